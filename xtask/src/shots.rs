//! `cargo xtask shots`: a picture of every screen in docs/screenshots, from the real server and app.
//! The pictures show demo data only.

use std::path::Path;

use anyhow::Result;
use clap::Args;

use crate::command::{program, succeed};
use crate::step::step;
use crate::web::{self, Profile};
use crate::{run, setup, test};

#[derive(Args)]
pub struct Options {
    /// Only screens whose name contains one of these
    names: Vec<String>,
}

pub fn shots(root: &Path, options: &Options) -> Result<()> {
    setup::for_building(root)?;
    setup::for_browser(root)?;
    web::build(root, Profile::Dev)?;
    let server = run::build_server(root, false)?;
    let pictures = root.join("docs/screenshots");
    std::fs::create_dir_all(&pictures)?;
    step("screenshots", || {
        let mut node = program(&root.join("tests/browser"), "node");
        node.arg("shots.mjs").args(&options.names).env("TEST_SHOTS", &pictures);
        succeed(test::browser_environment(&mut node, root, &server))
    })
}
