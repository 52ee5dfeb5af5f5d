//! `cargo xtask bench`: figures that a change should not make worse, one line each, to compare.
//! They are measured on the release build, never on a build for development.

use std::path::Path;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::command::{cargo, program, succeed};
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
    /// The console with 20,000 clients of three years each; takes some minutes
    Console {
        /// Another number of clients
        #[arg(long)]
        clients: Option<usize>,
    },
    /// How a start and a key press feel on a slow phone with a slow line
    Start,
}

pub fn bench(root: &Path, options: &Options) -> Result<()> {
    match &options.what {
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
        What::Console { clients } => {
            setup::for_building(root)?;
            let mut bench = cargo(root);
            bench.args(["bench", "--package=sync-server", "--bench=console", "--"]);
            succeed(bench.args(clients.map(|n| n.to_string())))
        }
        What::Start => {
            setup::for_building(root)?;
            setup::for_browser(root)?;
            let sizes = dist::app(root)?;
            // Its answers are a few milliseconds of what is measured, so the debug build is good enough.
            let server = test::server(root)?;
            let mut node = program(&root.join("tests/browser"), "node");
            node.arg("start.mjs").env("BENCH_SHELL_KB", (sizes.shell_br / 1000).to_string());
            succeed(test::browser_environment(&mut node, root, &server))
        }
    }
}
