//! `akkoord-verify`: checks an evidence pack, or an export of the audit log, without a server and without a network.
//! The only place of this crate that reads files and prints.

use lexopt::{Arg, Parser, ValueExt};
use model::language::Language;
use proof::{audit, evidence};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

const HELP: &str = "\
Checks an evidence pack, or an export of the audit log, without a server and without a network.

akkoord-verify PACK.zip
akkoord-verify audit EXPORT.jsonl [--checkpoint FILE]...

  --checkpoint FILE  A checkpoint or an earlier export that was kept elsewhere: finds a log that was cut or written anew
                     since. May be given more than once
  --language nl|en   Language of the answer, nl where it is not given
  --help, --version

Ends with 0 when it holds, 1 when it does not, 2 when a pack is intact and the approval does not count, 3 when nothing
could be checked.
";

/// The arguments: what has to be checked.
struct Wish {
    language: Language,
    files: Vec<PathBuf>,
    checkpoints: Vec<PathBuf>,
}

/// The reasons why nothing could be checked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Usage(#[from] lexopt::Error),
    #[error("name one pack, or `audit` and one export; see --help")]
    Count,
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: std::io::Error },
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            // If this cannot be written either, the exit code still tells it.
            writeln!(std::io::stderr(), "akkoord-verify: {failure}").ok();
            ExitCode::from(3)
        }
    }
}

fn run() -> Result<u8, Failure> {
    let mut out = std::io::stdout().lock();
    let wish = match read_arguments()? {
        Ok(wish) => wish,
        Err(text) => {
            out.write_all(text.as_bytes())?;
            return Ok(0);
        }
    };
    let (lines, code) = match wish.files.as_slice() {
        [word, export] if word == Path::new("audit") => {
            let outcome = check_export(export, &wish.checkpoints)?;
            (vec![audit::sentence(&outcome, wish.language)], u8::from(outcome.is_err()))
        }
        [pack] if wish.checkpoints.is_empty() => {
            let outcome = evidence::verify(&read(pack)?);
            (evidence::text::lines(&outcome, wish.language), evidence::exit_code(&outcome))
        }
        _ => return Err(Failure::Count),
    };
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(code)
}

/// Reads the arguments. The `Err` inside is a text that was asked for instead of a check.
fn read_arguments() -> Result<Result<Wish, String>, Failure> {
    let mut wish = Wish { language: Language::Nl, files: Vec::new(), checkpoints: Vec::new() };
    let mut arguments = Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Value(file) => wish.files.push(file.into()),
            Arg::Long("checkpoint") => wish.checkpoints.push(arguments.value()?.into()),
            Arg::Long("language") => wish.language = Language::from_tag(&arguments.value()?.string()?),
            Arg::Long("help") | Arg::Short('h') => return Ok(Err(HELP.to_owned())),
            Arg::Long("version") => {
                return Ok(Err(concat!("akkoord-verify ", env!("CARGO_PKG_VERSION"), "\n").to_owned()));
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(Ok(wish))
}

fn check_export(export: &Path, checkpoints: &[PathBuf]) -> Result<Result<audit::Checked, audit::AuditFault>, Failure> {
    // A file that is no text is no export, and the check says so.
    let text = |file: &Path| read(file).map(|bytes| String::from_utf8(bytes).unwrap_or_default());
    let kept = checkpoints.iter().map(|file| text(file)).collect::<Result<Vec<_>, _>>()?;
    Ok(audit::verify(&text(export)?).and_then(|e| audit::compare(e.log, &e.end.lineage(), &kept, e.checkpoints)))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|cause| Failure::File { file: file.to_owned(), cause })
}
