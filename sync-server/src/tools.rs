//! What the binary does besides serving: it checks packs and the audit log, and
//! lets further firms in.

use clap::{Parser, Subcommand};
use model::language::Language;
use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};
use sync_server::{
    audit::{self, Row},
    auth::setup,
    clock::Clock,
    config::{NotAnOrigin, Origin},
    db::{Db, DbError},
    evidence,
    seal::{Seal, SealError},
};

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
    /// The audit log
    Audit {
        #[command(subcommand)]
        audit: Audit,
    },
    /// The firms on this server
    Firm {
        #[command(subcommand)]
        firms: Firms,
    },
}

#[derive(Debug, Subcommand)]
enum Firms {
    /// Print a one-time link with which a further firm is set up on this server. It works for two weeks
    Add {
        /// The server's data folder
        #[arg(long)]
        data: PathBuf,
        /// How browsers reach the server, such as https://portaal.example.nl
        #[arg(long, default_value = "http://localhost:8080")]
        origin: String,
    },
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Write the whole log as JSON lines, sealed, to standard output
    Export {
        /// The server's data folder
        #[arg(long)]
        data: PathBuf,
    },
    /// Check an export, or with --data the log of a data folder. Ends with 1 when it does not hold
    Verify {
        /// The export
        #[arg(required_unless_present = "data")]
        file: Option<PathBuf>,
        /// The server's data folder
        #[arg(long, conflicts_with = "file")]
        data: Option<PathBuf>,
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
    #[error("{0}: no data folder of this server")]
    NoData(PathBuf),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("--origin: {0}")]
    Origin(#[from] NotAnOrigin),
    #[error("the log cannot be written as JSON")]
    Json,
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// The names of the tools.
const NAMES: [&str; 3] = ["verify", "audit", "firm"];

/// Runs the tool that `arguments` name, if they name one.
pub fn run(arguments: impl Iterator<Item = OsString>) -> Result<Option<ExitCode>, ToolError> {
    let arguments: Vec<_> = arguments.collect();
    if !arguments.first().is_some_and(|first| NAMES.iter().any(|name| first == name)) {
        return Ok(None);
    }
    let mut out = std::io::stdout().lock();
    match Tools::parse_from([OsString::from("akkoord")].into_iter().chain(arguments)).tool {
        Tool::Verify { pack, language } => {
            let bytes = std::fs::read(&pack).map_err(|cause| ToolError::File { file: pack, cause })?;
            let outcome = evidence::verify(&bytes);
            for line in evidence::text::lines(&outcome, Language::from_tag(&language)) {
                writeln!(out, "{line}")?;
            }
            Ok(Some(match outcome {
                Ok(proven) if proven.counts => ExitCode::SUCCESS,
                Ok(_) => ExitCode::from(2),
                Err(_) => ExitCode::FAILURE,
            }))
        }
        Tool::Firm { firms: Firms::Add { data, origin } } => {
            let origin = Origin::parse(&origin)?;
            let link = setup::further_link(&open(&data)?, &origin, Clock::system().now())?;
            writeln!(out, "{link}")?;
            Ok(Some(ExitCode::SUCCESS))
        }
        Tool::Audit { audit: Audit::Export { data } } => {
            let rows = rows_of(&data)?;
            let lines = audit::export(&rows, Clock::system().now(), &Seal::open(&data)?).ok_or(ToolError::Json)?;
            out.write_all(lines.as_bytes())?;
            Ok(Some(ExitCode::SUCCESS))
        }
        Tool::Audit { audit: Audit::Verify { file, data, language } } => {
            let outcome = match (file, data) {
                (Some(file), _) => {
                    let text = std::fs::read_to_string(&file).map_err(|cause| ToolError::File { file, cause })?;
                    audit::verify(&text).map(|end| (end.rows, end.head))
                }
                (None, data) => {
                    let rows = rows_of(&data.unwrap_or_default())?;
                    audit::verify_rows(&rows).map(|head| (rows.len() as u64, head))
                }
            };
            let language = Language::from_tag(&language);
            let (line, code) = match (outcome, language) {
                (Ok((rows, head)), Language::Nl) => {
                    (format!("KLOPT: {rows} gebeurtenissen, de laatste {head}"), ExitCode::SUCCESS)
                }
                (Ok((rows, head)), Language::En) => {
                    (format!("HOLDS: {rows} events, the last {head}"), ExitCode::SUCCESS)
                }
                (Err(fault), Language::Nl) => (format!("KLOPT NIET: {}", fault.sentence(language)), ExitCode::FAILURE),
                (Err(fault), Language::En) => {
                    (format!("DOES NOT HOLD: {}", fault.sentence(language)), ExitCode::FAILURE)
                }
            };
            writeln!(out, "{line}")?;
            Ok(Some(code))
        }
    }
}

/// The log of a data folder; a server may be at work in it.
fn rows_of(data: &Path) -> Result<Vec<Row>, ToolError> {
    Ok(open(data)?.read(|q| q.audit_log())?)
}

fn open(data: &Path) -> Result<Db, ToolError> {
    let file = data.join("akkoord.db");
    if !file.is_file() {
        return Err(ToolError::NoData(data.to_owned()));
    }
    Ok(Db::open(&file)?)
}
