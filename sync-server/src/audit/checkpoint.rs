//! Checkpoints: the server's signed word that the log had so many events and
//! this head at a moment. Who keeps one elsewhere finds a log that was cut or
//! written anew since.

use super::{Fault, Line, Log};
use crate::seal::{self, Seal, hex, of_hex};
use model::{hash::ContentHash, id::FirmId, time::Timestamp};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "akkoord-checkpoint-1";
/// Signed with a checkpoint.
const SEALED: &str = "Akkoord 2026-11-25 audit checkpoint v1\n";

/// How far the log was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    pub format: String,
    pub at: Timestamp,
    /// Events of all firms.
    pub position: u64,
    /// Hash of the newest event.
    pub head: ContentHash,
    /// Where it is a firm's own: which, and how many of the events are its.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<FirmId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<u64>,
    /// The public key that it is sealed with.
    pub seal: String,
    pub signature: String,
}

/// What a checkpoint says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    pub position: u64,
    pub head: ContentHash,
    /// A firm, and how many of the events are its.
    pub of_firm: Option<(FirmId, u64)>,
}

impl Checkpoint {
    /// Signs how far the log is. `None` if it cannot be written.
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
        made.signature = hex(&seal.sign(&made.signed()?));
        Some(made)
    }

    /// One line of JSON: the one form of a checkpoint.
    pub fn text(&self) -> Option<String> {
        Some(serde_json::to_string(self).ok()? + "\n")
    }

    /// Reads what [`Checkpoint::text`] wrote, if its signature fits.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let read: Self = serde_json::from_str(text).map_err(|_| Fault::Checkpoint)?;
        let signature = of_hex(&read.signature).ok_or(Fault::Checkpoint)?;
        let is_sealed = read.format == FORMAT
            && read.text().as_deref() == Some(text)
            && read.signed().is_some_and(|bytes| seal::fits(&read.seal, &bytes, &signature));
        if is_sealed { Ok(read) } else { Err(Fault::Checkpoint) }
    }

    fn signed(&self) -> Option<Vec<u8>> {
        let unsigned = Self { signature: String::new(), ..self.clone() };
        Some([SEALED.as_bytes(), &serde_json::to_vec(&unsigned).ok()?].concat())
    }

    /// As [`Checkpoint::fits`], for a log under this seal: one under another
    /// says nothing of it.
    pub fn fits_of(&self, log: &Log, seal: &str) -> Result<(), Fault> {
        if self.seal == seal { self.fits(log) } else { Err(Fault::OtherSeal) }
    }

    /// Whether `log`, whose chain holds, goes on from here.
    pub fn fits(&self, log: &Log) -> Result<(), Fault> {
        let position = usize::try_from(self.position).map_err(|_| Fault::Checkpoint)?;
        let before = log.lines.get(..position).ok_or(Fault::Cut { had: self.position, has: log.lines.len() as u64 })?;
        if before.last().map_or(ContentHash([0; 32]), Line::hash) != self.head {
            return Err(Fault::Rewritten(self.position));
        }
        let (Some(firm), Some(own)) = (self.firm, self.own) else { return Ok(()) };
        // Of another firm's events an export has the hashes only.
        if log.firm.is_some_and(|of| of != firm) {
            return Ok(());
        }
        let there = before.iter().filter(|line| line.firm() == Some(firm)).count() as u64;
        if there == own { Ok(()) } else { Err(Fault::Hidden { had: own, has: there }) }
    }
}
