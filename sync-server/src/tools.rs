//! What the binary does besides serving: it checks packs.

use clap::{Parser, Subcommand};
use model::language::Language;
use std::{ffi::OsString, io::Write, path::PathBuf, process::ExitCode};
use sync_server::evidence;

/// Akkoord's tools.
#[derive(Debug, Parser)]
#[command(name = "akkoord", version)]
struct Tools {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Debug, Subcommand)]
enum Tool {
    /// Check an evidence pack without server and network. Ends with 0 when it
    /// holds, 1 when it is not intact, 2 when it is intact and the approval does not count
    Verify {
        /// The ZIP
        pack: PathBuf,
        /// Language of the answer: nl or en
        #[arg(long, default_value = "nl")]
        language: String,
    },
}

/// A tool that could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: std::io::Error },
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// The names of the tools.
const NAMES: [&str; 1] = ["verify"];

/// Runs the tool that `arguments` name, if they name one.
pub fn run(arguments: impl Iterator<Item = OsString>) -> Result<Option<ExitCode>, ToolError> {
    let arguments: Vec<_> = arguments.collect();
    if !arguments.first().is_some_and(|first| NAMES.iter().any(|name| first == name)) {
        return Ok(None);
    }
    match Tools::parse_from([OsString::from("akkoord")].into_iter().chain(arguments)).tool {
        Tool::Verify { pack, language } => {
            let bytes = std::fs::read(&pack).map_err(|cause| ToolError::File { file: pack, cause })?;
            let outcome = evidence::verify(&bytes);
            let mut out = std::io::stdout().lock();
            for line in evidence::text::lines(&outcome, Language::from_tag(&language)) {
                writeln!(out, "{line}")?;
            }
            Ok(Some(match outcome {
                Ok(proven) if proven.counts => ExitCode::SUCCESS,
                Ok(_) => ExitCode::from(2),
                Err(_) => ExitCode::FAILURE,
            }))
        }
    }
}
