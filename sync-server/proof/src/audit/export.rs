//! The export of a log and its check.
//!
//! An export is JSON lines: the format, the events of each chain, the checkpoints that there
//! are, and an end that says of each chain how far it is, and has the hash of all lines before it.
//! A file that was cut has no end; one that was changed has another hash.

use super::{
    chain::{Chain, Log, Reach},
    checkpoint::Checkpoint,
    fault::AuditFault,
};
use crate::seal::{self, Lineage, Seal, Succession};
use data_encoding::HEXLOWER;
use model::{hash::ContentHash, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The format of an export of the whole log.
const WHOLE: &str = "akkoord-audit-3";
/// The format of an export of one firm.
const OF_FIRM: &str = "akkoord-audit-firm-3";
/// The bytes that are signed before the end.
const SEALED: &str = "Akkoord 2026-11-30 audit export v2\n";

/// The first line of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
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
    /// How far each chain is, in the order of the chains.
    pub chains: Vec<Reach>,
    /// The BLAKE3 hash of all lines before this one.
    pub lines: ContentHash,
    pub at: Timestamp,
    /// The public key of the seal.
    pub seal: String,
    /// How this seal took the place of those with which older checkpoints are sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successions: Vec<Succession>,
    pub signature: String,
}

impl End {
    /// Returns the seal with those before it.
    pub fn lineage(&self) -> Lineage {
        Lineage { seal: self.seal.clone(), successions: self.successions.clone() }
    }
}

/// Writes a log as JSON lines, with its checkpoints and how its seal came after others. Returns `None` if it
/// cannot be written.
pub fn export(log: &Log, checkpoints: &[Checkpoint], at: Timestamp, seal: &Seal) -> Option<String> {
    let format = match log {
        Log::Whole(_) => WHOLE,
        Log::Firm(_) => OF_FIRM,
    };
    let mut lines = serde_json::to_string(&Head { format: format.to_owned() }).ok()?;
    lines.push('\n');
    for row in log.chains().iter().flat_map(|chain| &chain.rows) {
        lines += &serde_json::to_string(row).ok()?;
        lines.push('\n');
    }
    for checkpoint in checkpoints {
        lines += &checkpoint.text()?;
    }
    let mut end = End {
        chains: log.chains().iter().map(Chain::reach).collect(),
        lines: ContentHash::of(lines.as_bytes()),
        at,
        seal: seal.public(),
        successions: seal.lineage().successions,
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
    let (first, mut rest) = lines.split_once('\n').ok_or(AuditFault::Format)?;
    let head: Head = serde_json::from_str(first).map_err(|_| AuditFault::Format)?;
    if ContentHash::of(lines.as_bytes()) != end.lines {
        return Err(AuditFault::Lines);
    }
    let chains = end.chains.iter().map(|reach| read_chain(reach, &mut rest)).collect::<Result<Vec<_>, _>>()?;
    let log = match (head.format.as_str(), chains) {
        (WHOLE, chains) => Log::Whole(chains),
        (OF_FIRM, mut chains) if chains.len() == 1 => Log::Firm(chains.remove(0)),
        _ => return Err(AuditFault::Format),
    };
    log.verify()?;
    if log.chains().iter().map(Chain::reach).ne(end.chains.iter().copied()) {
        return Err(AuditFault::Lines);
    }
    let checkpoints = rest.split_inclusive('\n').map(Checkpoint::read).collect::<Result<Vec<_>, _>>()?;
    let seal = end.lineage();
    checkpoints.iter().try_for_each(|checkpoint| checkpoint.fits_of(&log, &seal))?;
    Ok(Export { log, checkpoints, end })
}

/// Reads as many events as the end says, and leaves the lines after them in `rest`.
fn read_chain(reach: &Reach, rest: &mut &str) -> Result<Chain, AuditFault> {
    let mut rows = Vec::new();
    for number in 1..=reach.events {
        let fault = AuditFault::Row(reach.firm, number);
        let (line, after) = rest.split_once('\n').ok_or(fault)?;
        rows.push(serde_json::from_str(line).map_err(|_| fault)?);
        *rest = after;
    }
    Ok(Chain { firm: reach.firm, rows })
}
