//! The tools of the binary besides the server: they check packs and the audit log, and
//! make links for further firms.

use accounts::{
    origin::{NotAnOrigin, Origin},
    setup,
};
use clap::{Parser, Subcommand};
use dossiers::checkpoints;
use model::language::Language;
use proof::{
    audit::{self, AuditFault, Checked},
    evidence,
};
use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};
use storage::{
    clock::Clock,
    data_folder::{DataFolder, DataFolderError},
    db::{Db, DbError},
    key_file::{IN_FORCE, KeyFile, KeyFileError},
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
    /// The server's own key
    Keys {
        #[command(subcommand)]
        keys: Keys,
    },
    /// The firms on this server
    Firm {
        #[command(subcommand)]
        firms: Firms,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Put a new key in the place of the server's own, which seals packs and exports and closes the secrets of mail
    /// servers. What the old one sealed stays checkable; the old one is gone. The server has to be stopped
    Rotate {
        /// The server's data folder
        #[arg(long)]
        data: PathBuf,
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
    /// Write the log of the installation and of all firms as JSON lines, sealed, to standard output, with its checkpoints and one of now
    Export {
        /// The server's data folder
        #[arg(long)]
        data: PathBuf,
    },
    /// Check an export, or without one the log of a data folder. Ends with 1 when it does not hold
    Verify {
        /// The export
        #[arg(required_unless_present = "data")]
        file: Option<PathBuf>,
        /// A checkpoint or an earlier export that was kept elsewhere: finds a log that was cut or written anew since. May be given more than once
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
        /// The server's data folder, with the checkpoints that lie there
        #[arg(long)]
        data: Option<PathBuf>,
        /// Language of the answer: nl or en
        #[arg(long, default_value = "nl")]
        language: String,
    },
}

/// The reasons why a tool could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: std::io::Error },
    #[error("{0}: no data folder of this server")]
    NoData(PathBuf),
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Key(#[from] KeyFileError),
    #[error(transparent)]
    Folder(#[from] DataFolderError),
    #[error("--origin: {0}")]
    Origin(#[from] NotAnOrigin),
    #[error("the log cannot be written as JSON")]
    Json,
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// The names of the tools.
const NAMES: [&str; 4] = ["verify", "audit", "keys", "firm"];

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
            Ok(Some(ExitCode::from(evidence::exit_code(&outcome))))
        }
        Tool::Keys { keys: Keys::Rotate { data } } => {
            writeln!(out, "{}", rotate(&data)?)?;
            Ok(Some(ExitCode::SUCCESS))
        }
        Tool::Firm { firms: Firms::Add { data, origin } } => {
            let origin = Origin::parse(&origin)?;
            let link = setup::further_link(&open(&data)?, &origin, Clock::system().now())?;
            writeln!(out, "{link}")?;
            Ok(Some(ExitCode::SUCCESS))
        }
        Tool::Audit { audit: Audit::Export { data } } => {
            let lines = export(&data)?;
            out.write_all(lines.as_bytes())?;
            Ok(Some(ExitCode::SUCCESS))
        }
        Tool::Audit { audit: Audit::Verify { file, checkpoint, data, language } } => {
            let language = Language::from_tag(&language);
            let outcome = check_log(file, &checkpoint, data.as_deref())?;
            let code = if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            writeln!(out, "{}", audit::sentence(&outcome, language))?;
            Ok(Some(code))
        }
    }
}

/// Puts a new key in the place of the server's own. Returns what was done in a sentence.
fn rotate(data: &Path) -> Result<String, ToolError> {
    let database = open(data)?;
    // A server that runs has the old key in memory.
    let _folder = DataFolder::open(data)?;
    let old = KeyFile::open(data, &database)?;
    let new = old.prepare_next(data, Clock::system().now())?;
    let (from, to) = (old.seal.public(), new.seal.public());
    let in_force = to.clone();
    // From this commit on the new key is the one that opens what is there, whatever happens to this process.
    let count = database.write_blocking::<_, DbError>(move |tx| {
        tx.set_setting(IN_FORCE, &in_force)?;
        Ok(mail::rekey(tx, &old.vault, &new.vault)? + tx.rekey_tax_numbers(&old.vault, &new.vault)?)
    })?;
    KeyFile::put_in_place(data)?;
    Ok(format!("the seal is now {to}, after {from}; secrets closed again: {count}"))
}

/// Exports the log of a data folder, with a new checkpoint of each chain that has grown.
fn export(data: &Path) -> Result<String, ToolError> {
    let database = open(data)?;
    let (seal, now) = (KeyFile::open(data, &database)?.seal, Clock::system().now());
    let own = seal.clone();
    let (log, checkpoints) = database.write_blocking::<_, DbError>(move |tx| {
        let log = tx.audit_log()?;
        for chain in log.chains() {
            checkpoints::write_on(tx, chain.firm, &own, now)?;
        }
        Ok((log, tx.all_checkpoints()?))
    })?;
    audit::export(&log, &checkpoints, now, &seal).ok_or(ToolError::Json)
}

fn check_log(
    file: Option<PathBuf>,
    checkpoints: &[PathBuf],
    data: Option<&Path>,
) -> Result<Result<Checked, AuditFault>, ToolError> {
    let read =
        |file: &Path| std::fs::read_to_string(file).map_err(|cause| ToolError::File { file: file.to_owned(), cause });
    let kept = checkpoints.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let database = data.map(open).transpose()?;
    let (checked, mut beside, seal) = match (file, &database, data) {
        (Some(file), ..) => match audit::verify(&read(&file)?) {
            Ok(export) => (Ok(export.log), export.checkpoints, export.end.lineage()),
            Err(fault) => return Ok(Err(fault)),
        },
        (None, Some(database), Some(data)) => {
            let log = database.read(|q| q.audit_log())?;
            (log.verify().map(|()| log), Vec::new(), KeyFile::open(data, database)?.seal.lineage())
        }
        (None, ..) => return Err(ToolError::NoData(PathBuf::new())),
    };
    if let Some(database) = &database {
        beside.extend(database.read(|q| q.all_checkpoints())?);
    }
    Ok(checked.and_then(|log| audit::compare(log, &seal, &kept, beside)))
}

/// Opens the database of a data folder, in which a server may be running.
fn open(data: &Path) -> Result<Db, ToolError> {
    let file = data.join("akkoord.db");
    if !file.is_file() {
        return Err(ToolError::NoData(data.to_owned()));
    }
    Ok(Db::open(&file)?)
}
