//! Validation by replay: a client sends the records that it wrote and the hash
//! of the change that resulted. The server makes the same change itself and
//! accepts it only if the hash is the same. Automerge never parses a byte that a
//! client sent.

mod budget;
mod change;
mod check;
mod reason;

pub use budget::{Budgets, Room};
pub use change::{Author, MAX_CHANGES, MAX_DEPS, MAX_VALUE, MAX_WRITES, Premises, ProposedChange, TOO_MANY_HEADS};
pub use reason::{Reason, RefusedChange};

use crate::document::Document;
use check::check;
use model::section::ClientRecord;

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
