//! A change that a client proposes, and what it is judged by.

use super::budget::Room;
use crate::{
    document::{Document, DocumentError, RawChange},
    dossier::DossierYear,
};
use model::{id::PersonId, record::Role, section::Write, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The maximum number of changes in one push.
pub const MAX_CHANGES: usize = 200;
/// The maximum number of records in one change.
pub const MAX_WRITES: usize = 2_000;
/// The maximum number of changes that one change is based on.
pub const MAX_DEPS: usize = 16;
/// The number of newest changes side by side that a document never gets: a change that would make so many is refused.
/// The server merges them long before ([`crate::document::MAX_HEADS`]); this is for a batch that makes them at once.
pub const TOO_MANY_HEADS: usize = 64;
/// The maximum size of a record's JSON in bytes.
pub const MAX_VALUE: usize = 16_384;

/// A change that a client made and wants accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedChange {
    /// The Automerge actor: 16 random bytes of one run of one device.
    pub actor: [u8; 16],
    /// The moment at which it was made, by the clock of the device.
    pub at: Timestamp,
    /// The hashes of the changes that it is based on, sorted.
    pub deps: Vec<[u8; 32]>,
    /// The hash of the change, as the device computed it.
    pub hash: [u8; 32],
    /// The records that were written.
    pub writes: Vec<Write>,
}

impl ProposedChange {
    /// Makes a change in `document`. Returns it with its raw bytes for this device's own
    /// store; `None` if nothing would change.
    pub fn make(
        document: &mut Document,
        actor: [u8; 16],
        at: Timestamp,
        writes: Vec<Write>,
    ) -> Result<Option<(Self, RawChange)>, DocumentError> {
        Self::make_after(document, None, actor, at, writes)
    }

    /// Does the same as [`ProposedChange::make`]. If the document has more newest changes than one may name, the change
    /// is based on some of them, and in any case on `before`, which this device wrote before it. The next change takes
    /// further ones.
    pub fn make_after(
        document: &mut Document,
        before: Option<[u8; 32]>,
        actor: [u8; 16],
        at: Timestamp,
        writes: Vec<Write>,
    ) -> Result<Option<(Self, RawChange)>, DocumentError> {
        let mut deps = document.heads();
        let raw = if deps.len() <= MAX_DEPS {
            document.write(&actor, at, &writes)?
        } else {
            deps.sort_by_key(|head| Some(*head) != before);
            deps.truncate(MAX_DEPS);
            deps.sort_unstable();
            let raw = document.at(&deps)?.write(&actor, at, &writes)?;
            document.apply(raw.iter().map(|raw| raw.bytes.as_slice()))?;
            raw
        };
        Ok(raw.map(|raw| (Self { actor, at, deps, hash: raw.hash, writes }, raw)))
    }
}

/// The person who sends changes, whom the server knows from the session and never from a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The person.
    pub person: PersonId,
    /// The role of the person.
    pub role: Role,
}

/// What a batch is judged by, beside the document.
#[derive(Debug, Clone, Copy)]
pub struct Premises<'p> {
    /// The year as both documents have it before the batch.
    pub year: &'p DossierYear,
    /// The moment of arrival, by the server's clock.
    pub now: Timestamp,
    /// How much may still be written.
    pub room: Room,
}
