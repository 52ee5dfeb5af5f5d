//! Validation by replay: a client sends the records that it wrote and the hash
//! of the change that resulted. The server makes the same change itself and
//! accepts it only if the hash is the same. Automerge never parses a byte that a
//! client sent.

use crate::document::{Document, DocumentError, RawChange};
use model::{
    id::PersonId,
    record::Role,
    section::{ClientRecord, Party, Write},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The maximum number of changes in one push.
pub const MAX_CHANGES: usize = 200;
/// The maximum number of records in one change.
pub const MAX_WRITES: usize = 2_000;
/// The maximum number of changes that one change is based on.
pub const MAX_DEPS: usize = 16;
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
        let deps = document.heads();
        let raw = document.write(&actor, at, &writes)?;
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
}

/// Replays `batch` on a copy of `document`. Returns the new document and the
/// changes that are new in it (those it has already are skipped), or the
/// first refusal, in which case nothing of the batch is accepted.
pub fn replay(
    document: &Document,
    batch: &[ProposedChange],
    author: Author,
) -> Result<(Document, Vec<Accepted>), RefusedChange> {
    if batch.len() > MAX_CHANGES {
        return Err(RefusedChange { index: 0, reason: Reason::TooLarge });
    }
    let mut merged = document.clone();
    let mut work: Option<Document> = None;
    let mut accepted = Vec::new();
    for (index, change) in batch.iter().enumerate() {
        let refuse = |reason| RefusedChange { index, reason };
        if merged.has(&change.hash) {
            continue;
        }
        let records = check(change, author, &merged).map_err(refuse)?;
        let mut at_deps = match work.take() {
            Some(work) if work.heads() == change.deps => work,
            _ => document_at(&merged, &change.deps).map_err(refuse)?,
        };
        let raw = at_deps.write(&change.actor, change.at, &change.writes).map_err(|_| refuse(Reason::Malformed))?;
        let raw = raw.ok_or(refuse(Reason::NoEffect))?;
        if raw.hash != change.hash {
            return Err(refuse(Reason::OtherHash));
        }
        merged.apply([raw.bytes.as_slice()]).map_err(|_| refuse(Reason::Malformed))?;
        accepted.push(Accepted { hash: raw.hash, bytes: raw.bytes, actor: change.actor, records });
        work = Some(at_deps);
    }
    Ok((merged, accepted))
}

fn document_at(merged: &Document, deps: &[[u8; 32]]) -> Result<Document, Reason> {
    if merged.heads() == deps {
        return Ok(merged.clone());
    }
    if deps.is_empty() || !deps.iter().all(|d| merged.has(d)) {
        return Err(Reason::UnknownDependency);
    }
    let at_deps = merged.at(deps).map_err(|_| Reason::UnknownDependency)?;
    // A device can have had these heads only if none of them contains another.
    if at_deps.heads() == deps { Ok(at_deps) } else { Err(Reason::UnknownDependency) }
}

fn check(change: &ProposedChange, author: Author, document: &Document) -> Result<Vec<ClientRecord>, Reason> {
    if change.writes.is_empty() || change.writes.len() > MAX_WRITES || change.deps.len() > MAX_DEPS {
        return Err(Reason::TooLarge);
    }
    let mut places = BTreeSet::new();
    let checked = change.writes.iter().map(|write| {
        // A record that the same change overwrites would be checked and never be seen.
        let is_first = places.insert((write.section.name(), write.key.as_str()));
        if is_first { check_write(write, author, document) } else { Err(Reason::WrittenOnce) }
    });
    checked.collect()
}

fn check_write(write: &Write, author: Author, document: &Document) -> Result<ClientRecord, Reason> {
    if write.value.len() > MAX_VALUE {
        return Err(Reason::TooLarge);
    }
    if write.section.party() != Party::Client {
        return Err(Reason::WrongParty);
    }
    let record = ClientRecord::read(write).ok_or(Reason::Malformed)?;
    if record.author() != author.person {
        return Err(Reason::WrongAuthor);
    }
    if !record.is_allowed(author.role) {
        return Err(Reason::NotAllowed);
    }
    if !record.is_sound() {
        return Err(Reason::Malformed);
    }
    if !write.section.is_rewritten() && document.contains(write.section, &write.key) {
        return Err(Reason::WrittenOnce);
    }
    Ok(record)
}
