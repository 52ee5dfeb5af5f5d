//! `cargo xtask check`: finds what can be known without running a test.
//! It changes no file.

use std::path::Path;

use anyhow::Result;

use crate::command::{cargo, output, packages, succeed};
use crate::step::step;
use crate::{setup, tidy, web};

pub fn check(root: &Path) -> Result<()> {
    setup::for_building(root)?;
    setup::for_checking(root)?;
    step("tidy", || tidy::tidy(root))?;
    step("licences, versions and sources", || {
        succeed(cargo(root).args(["deny", "check", "bans", "licenses", "sources"]))
    })?;
    step("advisories", || advisories(root))?;
    step("formatting", || succeed(cargo(root).args(["fmt", "--all", "--check"])))?;
    step("clippy", || succeed(cargo(root).arg("clippy").args(packages()).args(["--all-targets", "--", "-Dwarnings"])))?;
    step("clippy of the build tool", || {
        succeed(cargo(root).args(["clippy", "--package=xtask", "--profile=xtask", "--all-targets", "--", "-Dwarnings"]))
    })?;
    step("clippy for the browser", || {
        succeed(cargo(root).env("CARGO_TARGET_DIR", web::web_target(root)).args([
            "clippy",
            "--package=app",
            "--features=web",
            "--target=wasm32-unknown-unknown",
            "--",
            "-Dwarnings",
        ]))
    })?;
    step("documentation", || {
        succeed(cargo(root).env("RUSTDOCFLAGS", "-Dwarnings").args(["doc", "--no-deps"]).args(packages()))
    })
}

/// The advisories come from a database on the network. Without it everything else is checked all the same.
fn advisories(root: &Path) -> Result<()> {
    if output(cargo(root).args(["deny", "fetch", "db"])).is_err() {
        println!("the database of advisories cannot be reached: left out");
        return Ok(());
    }
    succeed(cargo(root).args(["deny", "--offline", "check", "advisories"]))
}
