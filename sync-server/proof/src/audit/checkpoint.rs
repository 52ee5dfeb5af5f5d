//! Checkpoints: signed statements of the server that a chain had a number of events and
//! a head at a moment. Whoever stores one elsewhere can detect that a chain was cut or
//! rewritten since.

use super::{
    chain::{Log, Reach},
    fault::AuditFault,
};
use crate::seal::{self, Lineage, Seal};
use data_encoding::HEXLOWER;
use model::{hash::ContentHash, time::Timestamp};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "akkoord-checkpoint-2";
/// The bytes that are signed before a checkpoint.
const SEALED: &str = "Akkoord 2026-11-30 audit checkpoint v2\n";

/// A statement of how far a chain was at a moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    pub format: String,
    pub at: Timestamp,
    pub reach: Reach,
    /// The public key of the seal.
    pub seal: String,
    pub signature: String,
}

impl Checkpoint {
    /// Signs how far a chain is. Returns `None` if that cannot be written.
    pub fn make(reach: Reach, at: Timestamp, seal: &Seal) -> Option<Self> {
        let mut made = Self { format: FORMAT.to_owned(), at, reach, seal: seal.public(), signature: String::new() };
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

    /// Returns true if it is about a chain that `log` has, or has to have.
    pub fn concerns(&self, log: &Log) -> bool {
        match log {
            Log::Whole(_) => true,
            Log::Firm(chain) => chain.firm == self.reach.firm,
        }
    }

    /// Does the same as [`Checkpoint::fits`], for a log with this seal: a checkpoint with another
    /// seal, which this one did not take the place of, says nothing about it.
    pub fn fits_of(&self, log: &Log, seal: &Lineage) -> Result<(), AuditFault> {
        if seal.has(&self.seal) { self.fits(log) } else { Err(AuditFault::OtherSeal) }
    }

    /// Checks that `log`, whose chains are known to be intact, continues from this checkpoint.
    pub fn fits(&self, log: &Log) -> Result<(), AuditFault> {
        if !self.concerns(log) {
            return Err(AuditFault::OtherChain);
        }
        let Reach { firm, events, head } = self.reach;
        let chain = log.chains().iter().find(|chain| chain.firm == firm);
        let rows = chain.map_or(&[][..], |chain| &chain.rows);
        let had = usize::try_from(events).map_err(|_| AuditFault::Checkpoint)?;
        let before = rows.get(..had).ok_or(AuditFault::Cut { firm, had: events, has: rows.len() as u64 })?;
        let is_same = before.last().map_or(ContentHash([0; 32]), |row| row.hash) == head;
        if is_same { Ok(()) } else { Err(AuditFault::Rewritten(firm, events)) }
    }
}
