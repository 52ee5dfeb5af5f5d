//! `cargo xtask bench`: figures that a change should not make worse, one line each, to compare.
//! They are measured on the release build, never on a build for development.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::command::{cargo, program, succeed, target};
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
    /// Attacks on a server, and what honest people notice of them; takes a quarter of an hour
    Siege {
        /// The program of another server, such as one of an earlier release
        #[arg(long)]
        server: Option<PathBuf>,
        /// Only these attacks, with commas between them
        #[arg(long)]
        only: Option<String>,
    },
    /// How the first visit, a start and a press feel on a slow phone with a slow line; takes half an hour
    Start,
    /// Reading a return of 40 pages on a slow phone with a slow line; takes some minutes
    Read,
}

/// The command line of Lighthouse, with which Google measures pages; installed under target, since nothing else needs
/// it.
const LIGHTHOUSE: &str = "lighthouse@12.8.2";

/// Returns the path of Lighthouse's program, and installs it if it is missing.
fn lighthouse(root: &Path) -> Option<PathBuf> {
    let folder = target(root).join("lighthouse");
    let program_file = folder.join("node_modules/lighthouse/cli/index.js");
    if !program_file.is_file() {
        let mut npm = program(root, "npm");
        npm.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]).arg(&folder).arg(LIGHTHOUSE);
        if let Err(error) = succeed(&mut npm) {
            println!("Lighthouse is left out: {error:#}");
        }
    }
    program_file.is_file().then_some(program_file)
}

pub fn bench(root: &Path, options: &Options) -> Result<()> {
    match &options.what {
        What::Size => {
            let sizes = dist::dist(root)?;
            println!(
                "size: server_bytes={} wasm_br_kb={} reader_br_kb={} total_br_kb={} shell_kb={}",
                sizes.server,
                sizes.wasm_br / 1000,
                sizes.reader_br / 1000,
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
        What::Siege { server, only } => {
            setup::for_building(root)?;
            let mut bench = cargo(root);
            bench.args(["bench", "--package=sync-server", "--bench=siege", "--"]);
            for (flag, value) in
                [("--server", server.as_deref().map(Path::as_os_str)), ("--only", only.as_deref().map(OsStr::new))]
            {
                bench.args(value.map(|_| flag)).args(value);
            }
            succeed(&mut bench)
        }
        What::Start => {
            setup::for_browser(root)?;
            in_browser(root, "start.mjs", lighthouse(root))
        }
        What::Read => in_browser(root, "read.mjs", None),
    }
}

/// Runs a script that measures in the browser, with the release server as a firm runs it, and beside it the demo, whose
/// client is measured.
fn in_browser(root: &Path, script: &str, lighthouse: Option<PathBuf>) -> Result<()> {
    setup::for_browser(root)?;
    dist::app(root)?;
    let server = dist::server(root, "embed,demo")?;
    let mut node = program(&root.join("tests/browser"), "node");
    node.arg(script).envs(lighthouse.map(|program| ("BENCH_LIGHTHOUSE", program)));
    succeed(test::browser_environment(&mut node, root, &server))
}
