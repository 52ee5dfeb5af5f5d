//! The audit log outside the database: its export, sealed by the server, and
//! the check of an export. Does no I/O.
//!
//! An export is JSON lines: the format, each event, the checkpoints that there
//! are, and an end that names the number of events, the head of the chain and
//! the hash of all lines before it. A file that was cut has no end; one that
//! was changed has another hash. A log that its owner cut or rewrote is
//! detected by a [`Checkpoint`]: one in the export, or one that was stored elsewhere.

mod checked;
mod checkpoint;

pub use checked::{Checked, compare, sentence};
pub use checkpoint::{Checkpoint, Reach};

use crate::seal::{self, Seal};
use data_encoding::HEXLOWER;
use model::{
    hash::ContentHash,
    id::*,
    language::Language,
    time::{TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};

/// The BLAKE3 key-derivation context of the chain.
const CONTEXT: &str = "Akkoord 2026-11-23 audit chain v1";
/// The first line of an export of the whole log.
const WHOLE: &str = "akkoord-audit-2";
/// The first line of an export of one firm, in which other firms' events are only hashes.
const OF_FIRM: &str = "akkoord-audit-firm-2";
/// The bytes that are signed before the end.
const SEALED: &str = "Akkoord 2026-11-25 audit export v1\n";

/// An event of the log as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The number of the event, counted from 1 without gaps.
    pub id: i64,
    pub firm: FirmId,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub advisor: Option<AdvisorId>,
    pub kind: String,
    /// The details as JSON text, exactly as they are stored.
    pub detail: String,
    pub hash: ContentHash,
}

/// The first line of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    firm: Option<FirmId>,
}

impl Head {
    fn of(firm: Option<FirmId>) -> Self {
        Self { format: (if firm.is_some() { OF_FIRM } else { WHOLE }).to_owned(), firm }
    }
}

/// An event of another firm, of which only the place in the chain is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    pub id: i64,
    pub hash: ContentHash,
}

/// An event in an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Line {
    Row(Row),
    Elsewhere(Elsewhere),
}

impl Line {
    /// Returns an event of which only its place is shown.
    pub fn elsewhere(row: &Row) -> Self {
        Self::Elsewhere(Elsewhere { id: row.id, hash: row.hash })
    }

    fn id(&self) -> i64 {
        match self {
            Self::Row(row) => row.id,
            Self::Elsewhere(line) => line.id,
        }
    }

    fn hash(&self) -> ContentHash {
        match self {
            Self::Row(row) => row.hash,
            Self::Elsewhere(line) => line.hash,
        }
    }

    fn firm(&self) -> Option<FirmId> {
        match self {
            Self::Row(row) => Some(row.firm),
            Self::Elsewhere(_) => None,
        }
    }
}

/// A log, or the part of it that a firm may see, from the first event on.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    pub firm: Option<FirmId>,
    pub lines: Vec<Line>,
}

impl Log {
    /// Returns the whole log.
    pub fn whole(rows: Vec<Row>) -> Self {
        Self { firm: None, lines: rows.into_iter().map(Line::Row).collect() }
    }

    /// Returns the hash of the newest event.
    pub fn head(&self) -> ContentHash {
        self.lines.last().map_or(ContentHash([0; 32]), Line::hash)
    }

    /// Checks the chain. The hash of another firm's event cannot be checked by itself, but
    /// the next event contains it.
    pub fn verify(&self) -> Result<(), AuditFault> {
        let mut head = [0; 32];
        for (expected, line) in (1..).zip(&self.lines) {
            if line.id() != expected {
                return Err(AuditFault::Row(expected));
            }
            head = match line {
                Line::Row(row) => hash_of(&head, row),
                Line::Elsewhere(line) if self.firm.is_some() => line.hash.0,
                Line::Elsewhere(_) => return Err(AuditFault::Row(expected)),
            };
            if head != line.hash().0 {
                return Err(AuditFault::Chain(expected));
            }
        }
        Ok(())
    }
}

/// An export that was read and is intact.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub log: Log,
    /// The checkpoints that it contains; the log fits each of them.
    pub checkpoints: Vec<Checkpoint>,
    pub end: End,
}

/// The last line of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    pub rows: u64,
    /// The hash of the newest event.
    pub head: ContentHash,
    /// The BLAKE3 hash of all lines before this one.
    pub lines: ContentHash,
    pub at: Timestamp,
    /// The public key of the seal.
    pub seal: String,
    pub signature: String,
}

/// The reasons why a log is not intact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    #[error("this is no export of the audit log")]
    Format,
    #[error("the end is missing or was changed: the file was cut, or its seal does not fit")]
    End,
    #[error("the lines are not those that were sealed")]
    Lines,
    #[error("event {0} is unreadable, missing or out of order")]
    Row(i64),
    #[error("event {0} or one before it was changed")]
    Chain(i64),
    #[error("this is no checkpoint, or it was changed")]
    Checkpoint,
    #[error("the log was cut: at a checkpoint it had {had} events, now {has}")]
    Cut { had: u64, has: u64 },
    #[error("the log was written anew: event {0} is another than at a checkpoint")]
    Rewritten(u64),
    #[error("events are missing: at a checkpoint the firm had {had}, now {has}")]
    Hidden { had: u64, has: u64 },
    #[error("the checkpoint is sealed with another key than the log")]
    OtherSeal,
}

impl AuditFault {
    /// Returns the fault in words.
    pub fn sentence(self, language: Language) -> String {
        match (language, self) {
            (Language::En, fault) => fault.to_string(),
            (Language::Nl, Self::Format) => "dit is geen export van het auditlog".to_owned(),
            (Language::Nl, Self::End) => {
                "het einde ontbreekt of is veranderd: het bestand is afgekapt, of het zegel past niet".to_owned()
            }
            (Language::Nl, Self::Lines) => "de regels zijn niet die welke zijn verzegeld".to_owned(),
            (Language::Nl, Self::Row(id)) => {
                format!("gebeurtenis {id} is onleesbaar, ontbreekt of staat niet op haar plaats")
            }
            (Language::Nl, Self::Chain(id)) => format!("gebeurtenis {id} of een eerdere is veranderd"),
            (Language::Nl, Self::Checkpoint) => "dit is geen controlepunt, of het is veranderd".to_owned(),
            (Language::Nl, Self::Cut { had, has }) => {
                format!("het log is afgekapt: bij een controlepunt waren er {had} gebeurtenissen, nu {has}")
            }
            (Language::Nl, Self::Rewritten(at)) => {
                format!("het log is herschreven: gebeurtenis {at} is een andere dan bij een controlepunt")
            }
            (Language::Nl, Self::Hidden { had, has }) => {
                format!("er ontbreken gebeurtenissen: bij een controlepunt had het kantoor er {had}, nu {has}")
            }
            (Language::Nl, Self::OtherSeal) => {
                "het controlepunt is verzegeld met een andere sleutel dan het log".to_owned()
            }
        }
    }
}

/// Returns the hash of an event: over the hash of the event before it and all its contents.
pub fn hash_of(previous: &[u8; 32], row: &Row) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    let fields: [&[u8]; 10] = [
        previous,
        &row.id.to_le_bytes(),
        row.firm.as_bytes(),
        row.client.as_ref().map_or(&[], |c| c.as_bytes()),
        &row.tax_year.map_or(0, |y| y.0).to_le_bytes(),
        &row.at.0.to_le_bytes(),
        row.person.as_ref().map_or(&[], |p| p.as_bytes()),
        row.advisor.as_ref().map_or(&[], |a| a.as_bytes()),
        row.kind.as_bytes(),
        row.detail.as_bytes(),
    ];
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}

/// Writes a log as JSON lines, with its checkpoints. Returns `None` if it
/// cannot be written.
pub fn export(log: &Log, checkpoints: &[Checkpoint], at: Timestamp, seal: &Seal) -> Option<String> {
    let mut lines = serde_json::to_string(&Head::of(log.firm)).ok()?;
    lines.push('\n');
    for line in &log.lines {
        lines += &serde_json::to_string(line).ok()?;
        lines.push('\n');
    }
    for checkpoint in checkpoints {
        lines += &checkpoint.text()?;
    }
    let mut end = End {
        rows: log.lines.len() as u64,
        head: log.head(),
        lines: ContentHash::of(lines.as_bytes()),
        at,
        seal: seal.public(),
        signature: String::new(),
    };
    end.signature = HEXLOWER.encode(&seal.sign(&signed(&end)?));
    lines += &serde_json::to_string(&end).ok()?;
    lines.push('\n');
    Some(lines)
}

/// Returns the bytes that are signed: the end without its signature.
fn signed(end: &End) -> Option<Vec<u8>> {
    let unsigned = End { signature: String::new(), ..end.clone() };
    Some([SEALED.as_bytes(), &serde_json::to_vec(&unsigned).ok()?].concat())
}

/// Checks an export, and its log against the checkpoints in it.
pub fn verify(export: &str) -> Result<Export, AuditFault> {
    let body = export.strip_suffix('\n').ok_or(AuditFault::End)?;
    let start = body.rfind('\n').ok_or(AuditFault::Format)? + 1;
    let (lines, last) = body.split_at(start);
    let end: End = serde_json::from_str(last).map_err(|_| AuditFault::End)?;
    let signature = HEXLOWER.decode(end.signature.as_bytes()).map_err(|_| AuditFault::End)?;
    let is_sealed = serde_json::to_string(&end).is_ok_and(|again| again == last)
        && signed(&end).is_some_and(|bytes| seal::fits(&end.seal, &bytes, &signature));
    if !is_sealed {
        return Err(AuditFault::End);
    }
    let (first, events) = lines.split_once('\n').ok_or(AuditFault::Format)?;
    let head: Head = serde_json::from_str(first).map_err(|_| AuditFault::Format)?;
    if head != Head::of(head.firm) {
        return Err(AuditFault::Format);
    }
    if ContentHash::of(lines.as_bytes()) != end.lines {
        return Err(AuditFault::Lines);
    }
    let count = usize::try_from(end.rows).map_err(|_| AuditFault::Lines)?;
    let rows = (1..).zip(events.lines().take(count));
    let rows = rows.map(|(n, line)| serde_json::from_str(line).map_err(|_| AuditFault::Row(n)));
    let log = Log { firm: head.firm, lines: rows.collect::<Result<_, _>>()? };
    log.verify()?;
    if log.head() != end.head || log.lines.len() != count {
        return Err(AuditFault::Lines);
    }
    let rest = events.split_inclusive('\n').skip(count);
    let checkpoints = rest.map(Checkpoint::read).collect::<Result<Vec<_>, _>>()?;
    for checkpoint in &checkpoints {
        checkpoint.fits_of(&log, &end.seal)?;
    }
    Ok(Export { log, checkpoints, end })
}
