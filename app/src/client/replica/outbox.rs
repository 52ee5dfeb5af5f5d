//! The outbox of one document: what is pushed next, and what becomes of a refusal.

use super::{
    Replica,
    unsent::{Budget, Unsent},
};
use crate::platform::{StoreWrite, keys};
use documents::{
    document::{Document, DocumentError},
    protocol::Capabilities,
    replay::{MAX_CHANGES, ProposedChange, Reason},
};
use model::time::Timestamp;
use std::collections::BTreeSet;

/// Approximate bytes of records in one push: few enough for a slow connection to carry before the driver gives up on
/// it.
const PUSH_BYTES: usize = 32 * 1024;

/// Number of times that a record is offered before it goes into quarantine.
const ATTEMPTS: u8 = 3;

impl Replica {
    /// Returns for each change in the outbox whether the server takes it now. One that needs a record which has to wait
    /// waits with it.
    fn taken(&self, capabilities: &Capabilities) -> Vec<bool> {
        let mut waiting = BTreeSet::new();
        let is_taken = |unsent: &Unsent| {
            let taken = unsent.is_taken_by(capabilities, self.used_up)
                && (waiting.is_empty() || !unsent.follows().any(|place| waiting.contains(&place)));
            if !taken {
                waiting.extend(unsent.change.writes.iter().map(|write| (write.section, write.key.clone())));
            }
            taken
        };
        self.outbox.iter().map(is_taken).collect()
    }

    /// Returns the next changes to push, or `None` if there are none or some are under way.
    pub fn next_push(&mut self, capabilities: &Capabilities) -> Option<Vec<ProposedChange>> {
        if !self.in_flight.is_empty() || self.closed || !self.is_ready() {
            return None;
        }
        let mut bytes = 0;
        let mut changes = Vec::new();
        let taken = self.outbox.iter().zip(self.taken(capabilities)).take_while(|(_, is_taken)| *is_taken);
        for (unsent, _) in taken.take(self.at_most) {
            bytes += unsent.change.writes.iter().map(|w| w.key.len() + w.value.len() + 200).sum::<usize>();
            if bytes > PUSH_BYTES && !changes.is_empty() {
                break;
            }
            changes.push(unsent.change.clone());
        }
        if changes.is_empty() {
            return None;
        }
        self.at_most = MAX_CHANGES;
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
        if !self.in_flight.is_empty() {
            return Ok(writes);
        }
        let taken = self.taken(capabilities);
        if taken.iter().skip_while(|is_taken| **is_taken).any(|is_taken| *is_taken) {
            let mut outbox: Vec<_> = std::mem::take(&mut self.outbox).into_iter().zip(taken).collect();
            outbox.sort_by_key(|(_, is_taken)| !is_taken);
            self.outbox = outbox.into_iter().map(|(unsent, _)| unsent).collect();
            self.rebuild(random(), &mut writes)?;
        }
        Ok(writes)
    }

    /// Makes those changes anew that have a moment which cannot be, with the server's time.
    pub fn correct_moments(
        &mut self,
        behind: i64,
        now: Timestamp,
        random: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<Vec<StoreWrite>, DocumentError> {
        let mut writes = Vec::new();
        let mut is_corrected = false;
        if self.in_flight.is_empty() {
            for unsent in &mut self.outbox {
                is_corrected |= unsent.correct(behind, now);
            }
        }
        if is_corrected {
            self.rebuild(random(), &mut writes)?;
        }
        Ok(writes)
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
            // Nothing is wrong with the records: those before had room, and the rest waits.
            Reason::DailyBudget | Reason::DocumentFull if index > 0 => {
                self.at_most = index;
                return Ok(writes);
            }
            Reason::DailyBudget => {
                self.used_up = Some(Budget::Day);
                return Ok(writes);
            }
            Reason::DocumentFull => {
                self.used_up = Some(Budget::Year);
                return Ok(writes);
            }
            Reason::UnknownDependency
            | Reason::OtherHash
            | Reason::WrongActor
            | Reason::TooManyHeads
            | Reason::WrongClock => {
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
            | Reason::NoEffect
            | Reason::UnknownSubject
            | Reason::TooOften => {
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

    pub(super) fn quarantine(&self, unsent: &Unsent) -> [StoreWrite; 2] {
        let key = keys::quarantined(self.account, self.info.document, unsent.number);
        [StoreWrite::put(key, unsent), StoreWrite::Delete(self.outbox_key(unsent.number))]
    }

    /// Rebuilds all own changes from their records under a new actor, each on top of what the person saw when writing.
    /// Two answers that did not know of each other therefore still show as two. If that fails, the outbox stays as it
    /// was.
    fn rebuild(&mut self, actor: [u8; 16], writes: &mut Vec<StoreWrite>) -> Result<(), DocumentError> {
        let outbox = std::mem::take(&mut self.outbox);
        let rebuilt = self.rebuild_all(outbox.clone(), actor);
        match rebuilt {
            Ok(stored) => writes.extend(stored),
            Err(error) => {
                self.outbox = outbox;
                return Err(error);
            }
        }
        Ok(())
    }

    fn rebuild_all(&mut self, outbox: Vec<Unsent>, actor: [u8; 16]) -> Result<Vec<StoreWrite>, DocumentError> {
        let mut writes = Vec::new();
        self.actor = Some(actor);
        self.view = self.confirmed.clone();
        // The document with the changes made so far, and what the person had seen of it.
        let mut line: Option<(Document, Vec<[u8; 32]>)> = None;
        for old in outbox {
            writes.push(StoreWrite::Delete(self.outbox_key(old.number)));
            let seen = if !old.seen.is_empty() && old.seen.iter().all(|hash| self.confirmed.has(hash)) {
                old.seen
            } else {
                self.confirmed.heads()
            };
            let mut at = match line {
                Some((line, same)) if same == seen => line,
                Some((line, _)) => {
                    let mut at = self.confirmed.at(&seen)?;
                    at.merge(&line)?;
                    at
                }
                None => self.confirmed.at(&seen)?,
            };
            let before = self.outbox.last().map(|unsent| unsent.change.hash);
            let made = ProposedChange::make_after(&mut at, before, actor, old.change.at, old.change.writes)?;
            if let Some((change, raw)) = made {
                self.view.apply([raw.bytes.as_slice()])?;
                writes.push(self.queue(change, &raw, seen.clone(), old.attempts));
            }
            line = Some((at, seen));
        }
        Ok(writes)
    }
}
