//! `cargo xtask shots`: takes pictures of every screen, from the real server and app, on a phone and a laptop, in light
//! and dark, in target/shots. With `--readme` only those in README.md, in docs/screenshots. They show demo data only.

use std::path::Path;

use anyhow::Result;
use clap::Args;

use crate::command::{program, succeed, target};
use crate::step::step;
use crate::web::{self, Profile};
use crate::{setup, test};

#[derive(Args)]
pub struct Options {
    /// Only screens whose name contains one of these
    names: Vec<String>,
    /// The pictures of README.md instead, in docs/screenshots
    #[arg(long, conflicts_with = "names")]
    readme: bool,
}

pub fn shots(root: &Path, options: &Options) -> Result<()> {
    setup::for_building(root)?;
    setup::for_browser(root)?;
    web::build(root, Profile::Dev)?;
    let server = test::server(root)?;
    let pictures = if options.readme { root.join("docs/screenshots") } else { target(root).join("shots") };
    std::fs::create_dir_all(&pictures)?;
    step("screenshots", || {
        let mut node = program(&root.join("tests/browser"), "node");
        node.arg("shots.mjs").args(&options.names).env("TEST_SHOTS", &pictures);
        if options.readme {
            node.env("SHOTS_README", root.join("README.md"));
        }
        succeed(test::browser_environment(&mut node, root, &server))
    })
}
