//! `cargo xtask run`: builds the app and the server, and runs them on this machine.
//! It needs no browser and no Node.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::command::{cargo, program, succeed, target};
use crate::setup;
use crate::step::step;
use crate::web::{self, Profile};

#[derive(Args)]
pub struct Options {
    /// With a demo firm and twelve clients
    #[arg(long)]
    demo: bool,
    /// The port on localhost
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the database and the attachments are
    #[arg(long, default_value = "./data")]
    data: PathBuf,
    /// Optimised, as it is for people
    #[arg(long)]
    release: bool,
}

pub fn run(root: &Path, options: &Options) -> Result<()> {
    setup::for_building(root)?;
    web::build(root, if options.release { Profile::Release } else { Profile::Dev })?;
    let server = build_server(root, options.release)?;
    let mut command = program(root, server);
    command.arg("--app").arg(web::dist(root));
    command.arg("--data").arg(&options.data);
    command.arg("--port").arg(options.port.to_string());
    if options.demo {
        command.arg("--demo");
    }
    become_program(command)
}

/// Builds the server for this machine and returns its path.
fn build_server(root: &Path, release: bool) -> Result<PathBuf> {
    step("build the server", || {
        let mut command = cargo(root);
        command.args(["build", "--package=sync-server", "--bin=sync-server"]);
        if release {
            command.arg("--release");
        }
        succeed(&mut command)?;
        Ok(target(root).join(if release { "release" } else { "debug" }).join("sync-server"))
    })
}

/// Replaces this process by the server, so that Ctrl-C and the exit code are the server's own.
#[cfg(unix)]
fn become_program(mut command: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(anyhow::Error::new(command.exec()).context("the server could not be started"))
}

#[cfg(not(unix))]
fn become_program(mut command: std::process::Command) -> Result<()> {
    succeed(&mut command)
}
