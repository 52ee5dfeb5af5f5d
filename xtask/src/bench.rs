//! `cargo xtask bench`: figures that a change should not make worse, one line each, to compare.
//! They are measured on the release build, never on a build for development.

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::command::{program, succeed, target};
use crate::{dist, setup, test};

#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Bytes of the server and of what a phone downloads
    Size,
    /// Time until the shell and the app are on a phone-sized screen, cold and offline
    Start,
}

pub fn bench(root: &Path, options: &Options) -> Result<()> {
    match options.what {
        What::Size => {
            let sizes = dist::dist(root)?;
            println!(
                "size: server_bytes={} wasm_br_kb={} total_br_kb={} shell_kb={}",
                sizes.server,
                sizes.wasm_br / 1000,
                sizes.total_br / 1000,
                sizes.shell_br / 1000
            );
            Ok(())
        }
        What::Start => {
            dist::dist(root)?;
            setup::for_browser(root)?;
            let mut node = program(&root.join("tests/browser"), "node");
            node.arg("start.mjs");
            succeed(test::browser_environment(&mut node, root, &target(root).join("release/sync-server")))
        }
    }
}
