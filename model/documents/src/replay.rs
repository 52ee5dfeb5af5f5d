//! Validation by replay: a client sends the records that it wrote and the hash
//! of the change that resulted. The server makes the same change itself and
//! accepts it only if the hash is the same. Automerge never parses a byte that a
//! client sent.

mod budget;
mod check;

pub use budget::{Budgets, Room};

use crate::{
    document::{Document, DocumentError, RawChange},
    dossier::DossierYear,
};
use check::check;
use model::{
    id::PersonId,
    record::Role,
    section::{ClientRecord, Write},
    time::Timestamp,
};
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

/// The reasons why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// It has more changes, records or bytes than a push may have.
    #[error("too large")]
    TooLarge,
    /// It is based on a change that the server does not have.
    #[error("unknown dependency")]
    UnknownDependency,
    /// The section belongs to the other party.
    #[error("not this party's to write")]
    WrongParty,
    /// The key or the content does not fit the section.
    #[error("malformed record")]
    Malformed,
    /// It names another person as its author.
    #[error("another author")]
    WrongAuthor,
    /// The person's role does not allow it.
    #[error("role does not allow this")]
    NotAllowed,
    /// It would overwrite something that is written once.
    #[error("written once")]
    WrittenOnce,
    /// Nothing would change.
    #[error("no effect")]
    NoEffect,
    /// The replay resulted in another hash.
    #[error("other hash")]
    OtherHash,
    /// The actor belongs to another device.
    #[error("another device's actor")]
    WrongActor,
    /// The document is unknown, or the person has no access to it.
    #[error("unknown document")]
    UnknownDocument,
    /// The server failed; trying again may help.
    #[error("server failure")]
    ServerFailure,
    /// It is about something that is not there.
    #[error("about nothing that is there")]
    UnknownSubject,
    /// The person said the same kind of thing about one thing too often.
    #[error("said too often")]
    TooOften,
    /// It has a moment that cannot be: the clock of the device is wrong.
    #[error("impossible moment")]
    WrongClock,
    /// Too many changes would stand side by side.
    #[error("too many heads")]
    TooManyHeads,
    /// The document has no room for further records, except for those that always have room.
    #[error("document full")]
    DocumentFull,
    /// The person wrote as many records as somebody may write on one day.
    #[error("budget of the day used up")]
    DailyBudget,
}

/// The first change of a batch that is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedChange {
    /// The position in the batch.
    pub index: usize,
    /// The reason of the refusal.
    pub reason: Reason,
}

/// A change that was accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The hash of the change.
    pub hash: [u8; 32],
    /// Automerge's own bytes, made by this side.
    pub bytes: Vec<u8>,
    /// The actor that made it.
    pub actor: [u8; 16],
    /// The records that it wrote.
    pub records: Vec<ClientRecord>,
    /// The number of them that count towards the budgets.
    pub counted: usize,
}

/// Replays `batch` on a copy of `document`. Returns the new document and the
/// changes that are new in it (those it has already are skipped), or the
/// first refusal, in which case nothing of the batch is accepted.
pub fn replay(
    document: &Document,
    batch: &[ProposedChange],
    author: Author,
    premises: &Premises<'_>,
) -> Result<(Document, Vec<Accepted>), RefusedChange> {
    if batch.len() > MAX_CHANGES {
        return Err(RefusedChange { index: 0, reason: Reason::TooLarge });
    }
    let mut merged = document.clone();
    let mut work: Option<Document> = None;
    let mut room = premises.room;
    let mut accepted = Vec::new();
    for (index, change) in batch.iter().enumerate() {
        let refuse = |reason| RefusedChange { index, reason };
        if merged.has(&change.hash) {
            continue;
        }
        let records = check(change, author, &merged, premises).map_err(refuse)?;
        // On the newest state the change is made at once; on an earlier one in a document as it was then.
        let is_newest = merged.heads() == change.deps;
        let mut earlier = match work.take() {
            _ if is_newest => None,
            Some(work) if work.heads() == change.deps => Some(work),
            _ => Some(document_at(&merged, &change.deps).map_err(refuse)?),
        };
        let target = earlier.as_mut().unwrap_or(&mut merged);
        let raw = target.write(&change.actor, change.at, &change.writes).map_err(|_| refuse(Reason::Malformed))?;
        let raw = raw.ok_or(refuse(Reason::NoEffect))?;
        if raw.hash != change.hash {
            return Err(refuse(Reason::OtherHash));
        }
        let counted = change.writes.iter().filter(|write| !write.section.has_room()).count();
        room.take(counted, raw.bytes.len()).map_err(refuse)?;
        if earlier.is_some() {
            merged.apply([raw.bytes.as_slice()]).map_err(|_| refuse(Reason::Malformed))?;
        }
        accepted.push(Accepted { hash: raw.hash, bytes: raw.bytes, actor: change.actor, records, counted });
        work = earlier;
    }
    Ok((merged, accepted))
}

fn document_at(merged: &Document, deps: &[[u8; 32]]) -> Result<Document, Reason> {
    if deps.is_empty() || !deps.iter().all(|d| merged.has(d)) {
        return Err(Reason::UnknownDependency);
    }
    let at_deps = merged.at(deps).map_err(|_| Reason::UnknownDependency)?;
    // A device can have had these heads only if none of them contains another.
    if at_deps.heads() == deps { Ok(at_deps) } else { Err(Reason::UnknownDependency) }
}
