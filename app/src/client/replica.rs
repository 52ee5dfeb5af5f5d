//! One document on this device: what the server confirmed, and what was written here and is not in the server's log
//! yet.
//!
//! The outbox holds records, which say what the person *meant*, each with the change that was made of it. Whatever
//! goes wrong between this device and the server, the changes can be rebuilt from the records.

mod outbox;
mod unsent;

pub(super) use unsent::{Budget, Unsent};

use crate::platform::{StoreWrite, keys};
use documents::{
    document::{Document, DocumentError, RawChange},
    protocol::DocumentInfo,
    replay::{MAX_CHANGES, MAX_DEPS, ProposedChange},
};
use model::{
    id::AccountId,
    section::{Section, Write},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// Number of log rows on the device after which they are folded into a snapshot.
const FOLD_AFTER: u64 = 100;

/// Number of times that a document which cannot be read is fetched anew.
const FETCHES: u8 = 2;

/// One document on this device.
pub(super) struct Replica {
    account: AccountId,
    pub info: DocumentInfo,
    confirmed: Document,
    /// Number of the last confirmed change.
    pub seq: u64,
    folded_seq: u64,
    outbox: Vec<Unsent>,
    /// Document that is shown: the confirmed changes and the person's own.
    pub view: Document,
    /// Actor of the changes, chosen at each start of the app so that no two runs share one.
    actor: Option<[u8; 16]>,
    next_number: u64,
    /// Hashes of the changes in the push that is under way.
    in_flight: BTreeSet<[u8; 32]>,
    pub batch: u64,
    /// True if nothing may be pushed until the document is announced again, because it no longer belongs to this
    /// person or because the server has trouble of its own.
    pub closed: bool,
    /// Budget that is used up, as the server said. Until then only what has room in any case is pushed.
    pub used_up: Option<Budget>,
    /// Number of changes in the next push at most: a budget had room for so many.
    at_most: usize,
    /// Number of times that the confirmed part could not be read, in this run.
    failures: u8,
}

/// Everything that the device's store holds of one document.
#[derive(Default)]
pub(super) struct Stored {
    pub snapshot: Option<(u64, Vec<u8>)>,
    /// Confirmed changes, by their numbers.
    pub log: Vec<Vec<u8>>,
    /// Unsent changes, in the order in which they were written.
    pub outbox: Vec<Unsent>,
}

impl Replica {
    /// Restores a document from the store. If the confirmed part cannot be read, it is fetched again. The outbox is
    /// kept in any case. Without `reading` nothing is read, and the document counts as one that cannot be.
    pub fn load(account: AccountId, info: DocumentInfo, stored: Stored, reading: bool) -> Self {
        let confirmed = if reading { read_confirmed(&stored).ok() } else { None };
        let (seq, confirmed) = confirmed.unwrap_or_else(|| (0, Document::empty()));
        let folded_seq = stored.snapshot.map_or(0, |(seq, _)| seq);
        let next_number = stored.outbox.last().map_or(0, |u| u.number + 1);
        let mut replica = Self {
            account,
            info,
            view: Document::empty(),
            confirmed,
            seq,
            folded_seq,
            outbox: stored.outbox,
            actor: None,
            next_number,
            in_flight: BTreeSet::new(),
            batch: 0,
            closed: false,
            used_up: None,
            at_most: MAX_CHANGES,
            failures: if reading { 0 } else { u8::MAX },
        };
        if reading {
            replica.show_outbox();
        }
        replica
    }

    /// Shows the confirmed changes and the outbox. Own changes that depend on a missing change are not shown until it
    /// is here.
    fn show_outbox(&mut self) {
        self.view = self.confirmed.clone();
        for unsent in &self.outbox {
            if self.view.apply([unsent.raw.as_slice()]).is_err() {
                break;
            }
        }
    }

    /// Returns true if the server's first change is here. Nothing can be written before.
    pub fn is_ready(&self) -> bool {
        self.seq > 0
    }

    /// Counts the changes that the server's log does not have yet.
    pub fn unsent(&self) -> usize {
        self.outbox.len()
    }

    /// Returns section and key of each record that waits to be sent.
    pub fn unsent_records(&self) -> impl Iterator<Item = (Section, String)> {
        self.outbox.iter().flat_map(|u| u.change.writes.iter().map(|w| (w.section, w.key.clone())))
    }

    /// Writes records on this device.
    pub fn write(
        &mut self,
        writes: Vec<Write>,
        at: Timestamp,
        random: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<Vec<StoreWrite>, DocumentError> {
        let before = self.outbox.last().map(|unsent| unsent.change.hash);
        if before.is_none() && self.view.heads().len() > MAX_DEPS {
            // A change names some of the others only, and an actor's next change must follow its last one.
            self.actor = None;
        }
        let actor = *self.actor.get_or_insert_with(&mut *random);
        let Some((change, raw)) = ProposedChange::make_after(&mut self.view, before, actor, at, writes)? else {
            return Ok(Vec::new());
        };
        let unsent = self.queue(change, &raw, self.confirmed.heads(), 0);
        Ok(vec![unsent])
    }

    fn queue(&mut self, change: ProposedChange, raw: &RawChange, seen: Vec<[u8; 32]>, attempts: u8) -> StoreWrite {
        let unsent = Unsent { number: self.next_number, seen, change, raw: raw.bytes.clone(), attempts };
        self.next_number += 1;
        let stored = StoreWrite::put(self.outbox_key(unsent.number), &unsent);
        self.outbox.push(unsent);
        stored
    }

    fn outbox_key(&self, number: u64) -> String {
        keys::outbox(self.account, self.info.document, number)
    }

    /// Ends the push under way, because the connection is gone. Its changes are offered again later.
    pub fn disconnected(&mut self) {
        self.in_flight.clear();
    }

    /// Adds a part of the log. Returns `None` if changes before it are missing.
    pub fn confirm(&mut self, from_seq: u64, changes: &[Vec<u8>]) -> Option<Result<Vec<StoreWrite>, DocumentError>> {
        if from_seq > self.seq + 1 {
            return None;
        }
        let known = usize::try_from(self.seq + 1 - from_seq).unwrap_or(usize::MAX);
        let new = changes.get(known..).unwrap_or_default();
        Some(self.take_in(new))
    }

    fn take_in(&mut self, new: &[Vec<u8>]) -> Result<Vec<StoreWrite>, DocumentError> {
        let bytes = || new.iter().map(Vec::as_slice);
        let hashes: BTreeSet<_> = self.confirmed.apply(bytes())?.into_iter().collect();
        self.view.apply(bytes())?;
        let mut writes = Vec::new();
        for change in new {
            self.seq += 1;
            writes.push(StoreWrite::Put(keys::log(self.account, self.info.document, self.seq), change.clone()));
        }
        self.forget(&hashes, &mut writes);
        if self.folded_seq == 0 || self.seq >= self.folded_seq + FOLD_AFTER {
            self.fold(&mut writes);
        }
        Ok(writes)
    }

    /// Replaces the confirmed part by a document with all changes up to `seq`.
    pub fn replace(&mut self, seq: u64, bytes: &[u8]) -> Result<Vec<StoreWrite>, DocumentError> {
        if seq <= self.seq {
            return Ok(Vec::new());
        }
        self.confirmed = Document::load(bytes)?;
        self.seq = seq;
        let there = self.outbox.iter().map(|u| u.change.hash).filter(|h| self.confirmed.has(h)).collect();
        let mut writes = Vec::new();
        self.forget(&there, &mut writes);
        self.show_outbox();
        self.fold(&mut writes);
        Ok(writes)
    }

    /// Notes that the confirmed part could not be read. Returns true if it is worth fetching again.
    pub fn failed(&mut self) -> bool {
        self.failures = self.failures.saturating_add(1);
        self.failures <= FETCHES
    }

    /// Returns true if the document cannot be read on this device. What the server says of it is passed over until the
    /// next start of the app; the outbox stays.
    pub fn is_unreadable(&self) -> bool {
        self.failures > FETCHES
    }

    /// Drops the confirmed part, which will be fetched again. The outbox stays, and is shown again when the changes
    /// that it depends on are back.
    pub fn start_over(&mut self, account: AccountId) -> Vec<StoreWrite> {
        let document = self.info.document;
        let mut writes = vec![StoreWrite::Delete(keys::snapshot(account, document))];
        writes
            .extend((self.folded_seq + 1..=self.seq).map(|seq| StoreWrite::Delete(keys::log(account, document, seq))));
        self.confirmed = Document::empty();
        self.seq = 0;
        self.folded_seq = 0;
        self.in_flight.clear();
        self.show_outbox();
        writes
    }

    fn forget(&mut self, confirmed: &BTreeSet<[u8; 32]>, writes: &mut Vec<StoreWrite>) {
        let (done, waiting): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.outbox).into_iter().partition(|u| confirmed.contains(&u.change.hash));
        self.outbox = waiting;
        for unsent in done {
            writes.push(StoreWrite::Delete(self.outbox_key(unsent.number)));
        }
        self.in_flight.retain(|hash| !confirmed.contains(hash));
    }

    /// Folds the snapshot and the log on the device into one snapshot, which makes the next start quicker.
    pub fn fold_log(&mut self) -> Vec<StoreWrite> {
        let mut writes = Vec::new();
        if self.seq > self.folded_seq {
            self.fold(&mut writes);
        }
        writes
    }

    fn fold(&mut self, writes: &mut Vec<StoreWrite>) {
        let document = self.info.document;
        writes.push(StoreWrite::put(
            keys::snapshot(self.account, document),
            &(self.seq, self.confirmed.save_uncompressed()),
        ));
        for seq in self.folded_seq + 1..=self.seq {
            writes.push(StoreWrite::Delete(keys::log(self.account, document, seq)));
        }
        self.folded_seq = self.seq;
    }

    /// Removes the document from this device. Unsent changes go into quarantine.
    pub fn leave(mut self) -> Vec<StoreWrite> {
        let (account, outbox) = (self.account, std::mem::take(&mut self.outbox));
        let mut writes = self.start_over(account);
        writes.push(StoreWrite::Delete(keys::document(account, self.info.document)));
        writes.extend(outbox.iter().flat_map(|unsent| self.quarantine(unsent)));
        writes
    }
}

fn read_confirmed(stored: &Stored) -> Result<(u64, Document), DocumentError> {
    let (seq, mut document) = match &stored.snapshot {
        Some((seq, bytes)) => (*seq, Document::load(bytes)?),
        None => (0, Document::empty()),
    };
    if !stored.log.is_empty() {
        document.apply(stored.log.iter().map(Vec::as_slice))?;
    }
    Ok((seq + stored.log.len() as u64, document))
}
