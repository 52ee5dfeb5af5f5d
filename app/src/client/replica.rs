//! One document on this device: what the server confirmed, and what was written here and is not in the server's log
//! yet.
//!
//! The outbox holds records, which say what the person *meant*, each with the change that was made of it. Whatever
//! goes wrong between this device and the server, the changes can be rebuilt from the records.

use crate::platform::{StoreWrite, keys};
use documents::{
    document::{Document, DocumentError, RawChange},
    protocol::{Capabilities, DocumentInfo},
    replay::{MAX_CHANGES, ProposedChange, Reason},
};
use model::{
    id::AccountId,
    section::{Section, Write},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Number of log rows on the device after which they are folded into a snapshot.
const FOLD_AFTER: u64 = 100;

/// Approximate bytes of records in one push: few enough for a slow connection to carry before the driver gives up on
/// it.
const PUSH_BYTES: usize = 32 * 1024;

/// Number of times that a record is offered before it goes into quarantine.
const ATTEMPTS: u8 = 3;

/// Records written here that the server's log does not have yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Unsent {
    /// Number of its place in the outbox.
    number: u64,
    /// Heads of the confirmed document that the person saw when writing.
    seen: Vec<[u8; 32]>,
    change: ProposedChange,
    /// Bytes of the change as the library made it on this device.
    raw: Vec<u8>,
    attempts: u8,
}

impl Unsent {
    /// Returns true if the server takes all of its records.
    fn is_taken_by(&self, capabilities: &Capabilities) -> bool {
        self.change.writes.iter().all(|write| capabilities.take(write))
    }

    /// Returns the records, which say what the person meant.
    pub fn change(&self) -> &ProposedChange {
        &self.change
    }
}

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
    /// kept in any case.
    pub fn load(account: AccountId, info: DocumentInfo, stored: Stored) -> Self {
        let (seq, confirmed) = read_confirmed(&stored).unwrap_or_else(|_| (0, Document::empty()));
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
        };
        replica.show_outbox();
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
        let actor = *self.actor.get_or_insert_with(&mut *random);
        let Some((change, raw)) = ProposedChange::make(&mut self.view, actor, at, writes)? else {
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

    /// Returns the next changes to push, or `None` if there are none or some are under way.
    pub fn next_push(&mut self, capabilities: &Capabilities) -> Option<Vec<ProposedChange>> {
        if !self.in_flight.is_empty() || self.closed || !self.is_ready() {
            return None;
        }
        let mut bytes = 0;
        let mut changes = Vec::new();
        for unsent in self.outbox.iter().take_while(|u| u.is_taken_by(capabilities)).take(MAX_CHANGES) {
            bytes += unsent.change.writes.iter().map(|w| w.key.len() + w.value.len() + 200).sum::<usize>();
            if bytes > PUSH_BYTES && !changes.is_empty() {
                break;
            }
            changes.push(unsent.change.clone());
        }
        if changes.is_empty() {
            return None;
        }
        self.in_flight = changes.iter().map(|c| c.hash).collect();
        self.batch += 1;
        Some(changes)
    }

    /// Moves the changes that the server does not take yet behind all others and rebuilds all changes, so that they
    /// delay nothing that could be sent. They stay in the outbox.
    pub fn move_unsupported_last(
        &mut self,
        capabilities: &Capabilities,
        random: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<Vec<StoreWrite>, DocumentError> {
        let mut writes = Vec::new();
        let is_taken = |unsent: &Unsent| unsent.is_taken_by(capabilities);
        let mut behind = self.outbox.iter().skip_while(|u| is_taken(u));
        if self.in_flight.is_empty() && behind.any(is_taken) {
            self.outbox.sort_by_key(|u| !is_taken(u));
            self.rebuild(random(), &mut writes)?;
        }
        Ok(writes)
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

    /// Handles the refusal of the change `index` of a push. If rebuilding the changes can help, it does so. A record
    /// that the server will never take goes into quarantine, where it stays readable and can be exported.
    pub fn refused(
        &mut self,
        index: usize,
        reason: Reason,
        random: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<Vec<StoreWrite>, DocumentError> {
        self.in_flight.clear();
        let mut writes = Vec::new();
        match reason {
            Reason::ServerFailure | Reason::UnknownDocument => {
                self.closed = true;
                return Ok(writes);
            }
            Reason::UnknownDependency | Reason::OtherHash | Reason::WrongActor => {
                if let Some(unsent) = self.outbox.get_mut(index) {
                    unsent.attempts += 1;
                }
            }
            // The record itself is at fault, so offering it again would not help.
            Reason::TooLarge
            | Reason::WrongParty
            | Reason::Malformed
            | Reason::WrongAuthor
            | Reason::NotAllowed
            | Reason::WrittenOnce
            | Reason::NoEffect => {
                if let Some(unsent) = self.outbox.get_mut(index) {
                    unsent.attempts = ATTEMPTS;
                }
            }
        }
        if let Some(hopeless) = self.outbox.iter().position(|u| u.attempts >= ATTEMPTS) {
            let unsent = self.outbox.remove(hopeless);
            writes.extend(self.quarantine(&unsent));
        }
        self.rebuild(random(), &mut writes)?;
        Ok(writes)
    }

    fn quarantine(&self, unsent: &Unsent) -> [StoreWrite; 2] {
        let key = keys::quarantined(self.account, self.info.document, unsent.number);
        [StoreWrite::put(key, unsent), StoreWrite::Delete(self.outbox_key(unsent.number))]
    }

    /// Removes the document from this device. Unsent changes go into quarantine.
    pub fn leave(mut self) -> Vec<StoreWrite> {
        let (account, outbox) = (self.account, std::mem::take(&mut self.outbox));
        let mut writes = self.start_over(account);
        writes.push(StoreWrite::Delete(keys::document(account, self.info.document)));
        writes.extend(outbox.iter().flat_map(|unsent| self.quarantine(unsent)));
        writes
    }

    /// Rebuilds all own changes from their records under a new actor, each on top of what the person saw when writing.
    /// Two answers that did not know of each other therefore still show as two.
    fn rebuild(&mut self, actor: [u8; 16], writes: &mut Vec<StoreWrite>) -> Result<(), DocumentError> {
        self.actor = Some(actor);
        self.view = self.confirmed.clone();
        let mut line: Option<Document> = None;
        for old in std::mem::take(&mut self.outbox) {
            writes.push(StoreWrite::Delete(self.outbox_key(old.number)));
            let seen = if !old.seen.is_empty() && old.seen.iter().all(|hash| self.confirmed.has(hash)) {
                old.seen
            } else {
                self.confirmed.heads()
            };
            let mut at = self.confirmed.at(&seen)?;
            if let Some(line) = &line {
                at.merge(line)?;
            }
            if let Some((change, raw)) = ProposedChange::make(&mut at, actor, old.change.at, old.change.writes)? {
                self.view.apply([raw.bytes.as_slice()])?;
                let stored = self.queue(change, &raw, seen, old.attempts);
                writes.push(stored);
            }
            line = Some(at);
        }
        Ok(())
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
