//! The project's own build tool: `cargo xtask <command>`.
//!
//! It builds, checks and runs the products; it is never part of one.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a build tool talks to the terminal")]

mod bench;
mod check;
mod command;
mod dist;
mod postgres;
mod precache;
mod reader;
mod run;
mod script;
mod setup;
mod shots;
mod step;
mod test;
mod tidy;
mod web;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, check and run Akkoord")]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the app and the server, and run them on this machine
    Run(run::Options),
    /// Install what the tests need and run all of them
    Test(test::Options),
    /// Formatting, lints, documentation and the rules of the tree, without tests
    Check,
    /// The rules of the tree alone
    Tidy,
    /// One release binary with the app inside, in dist-release
    Dist,
    /// Measure what a change costs
    Bench(bench::Options),
    /// Screenshots of every screen on two devices in two colours, in target/shots
    Shots(shots::Options),
}

/// Returns the folder of the checkout, whatever folder the command was given in.
fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}

fn main() -> ExitCode {
    let root = root();
    let result = match Cli::parse().command {
        Task::Run(options) => run::run(&root, &options),
        Task::Test(options) => test::test(&root, &options),
        Task::Check => check::check(&root),
        Task::Tidy => step::step("tidy", || tidy::tidy(&root)),
        Task::Dist => dist::dist(&root).map(|sizes| println!("{sizes}")),
        Task::Bench(options) => bench::bench(&root, &options),
        Task::Shots(options) => shots::shots(&root, &options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
