//! Checkpoints: signed statements of the server that the log had a number of events and
//! a head at a moment. Whoever stores one elsewhere can detect that a log was cut or
//! rewritten since.

use super::{AuditFault, Line, Log};
use crate::seal::{self, Seal};
use data_encoding::HEXLOWER;
use model::{hash::ContentHash, id::FirmId, time::Timestamp};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "akkoord-checkpoint-1";
/// The bytes that are signed before a checkpoint.
const SEALED: &str = "Akkoord 2026-11-25 audit checkpoint v1\n";

/// A statement of the number of events and the head that the log had at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    pub format: String,
    pub at: Timestamp,
    /// The number of events of all firms.
    pub position: u64,
    /// The hash of the newest event.
    pub head: ContentHash,
    /// The firm, if it is a checkpoint of one firm; `own` is the number of the firm's events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<FirmId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<u64>,
    /// The public key of the seal.
    pub seal: String,
    pub signature: String,
}

/// The contents of a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    pub position: u64,
    pub head: ContentHash,
    /// The firm, and how many of the events belong to it.
    pub of_firm: Option<(FirmId, u64)>,
}

impl Checkpoint {
    /// Signs how far the log is. Returns `None` if that cannot be written.
    pub fn make(reach: Reach, at: Timestamp, seal: &Seal) -> Option<Self> {
        let (firm, own) = reach.of_firm.unzip();
        let mut made = Self {
            format: FORMAT.to_owned(),
            at,
            position: reach.position,
            head: reach.head,
            firm,
            own,
            seal: seal.public(),
            signature: String::new(),
        };
        made.signature = HEXLOWER.encode(&seal.sign(&made.signed()?));
        Some(made)
    }

    /// Writes a checkpoint in its one canonical form, one line of JSON.
    pub fn text(&self) -> Option<String> {
        Some(serde_json::to_string(self).ok()? + "\n")
    }

    /// Reads what [`Checkpoint::text`] wrote, if its signature fits.
    pub fn read(text: &str) -> Result<Self, AuditFault> {
        let read: Self = serde_json::from_str(text).map_err(|_| AuditFault::Checkpoint)?;
        let signature = HEXLOWER.decode(read.signature.as_bytes()).map_err(|_| AuditFault::Checkpoint)?;
        let is_sealed = read.format == FORMAT
            && read.text().as_deref() == Some(text)
            && read.signed().is_some_and(|bytes| seal::fits(&read.seal, &bytes, &signature));
        if is_sealed { Ok(read) } else { Err(AuditFault::Checkpoint) }
    }

    fn signed(&self) -> Option<Vec<u8>> {
        let unsigned = Self { signature: String::new(), ..self.clone() };
        Some([SEALED.as_bytes(), &serde_json::to_vec(&unsigned).ok()?].concat())
    }

    /// Does the same as [`Checkpoint::fits`], for a log with this seal: a checkpoint with another
    /// seal says nothing about it.
    pub fn fits_of(&self, log: &Log, seal: &str) -> Result<(), AuditFault> {
        if self.seal == seal { self.fits(log) } else { Err(AuditFault::OtherSeal) }
    }

    /// Checks that `log`, whose chain is known to be intact, continues from this checkpoint.
    pub fn fits(&self, log: &Log) -> Result<(), AuditFault> {
        let position = usize::try_from(self.position).map_err(|_| AuditFault::Checkpoint)?;
        let before =
            log.lines.get(..position).ok_or(AuditFault::Cut { had: self.position, has: log.lines.len() as u64 })?;
        if before.last().map_or(ContentHash([0; 32]), Line::hash) != self.head {
            return Err(AuditFault::Rewritten(self.position));
        }
        let (Some(firm), Some(own)) = (self.firm, self.own) else { return Ok(()) };
        // An export contains only the hashes of another firm's events.
        if log.firm.is_some_and(|of| of != firm) {
            return Ok(());
        }
        let there = before.iter().filter(|line| line.firm() == Some(firm)).count() as u64;
        if there == own { Ok(()) } else { Err(AuditFault::Hidden { had: own, has: there }) }
    }
}
