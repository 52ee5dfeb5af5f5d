//! Records of the outbox: what the person meant, with the change that was made of it.

use documents::{protocol::Capabilities, replay::ProposedChange};
use model::{
    record::Subject,
    section::{ClientRecord, Section, Write},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Budget of the server that is used up. What waits for it stays in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Budget {
    /// The person wrote as much as somebody may write on one day. The rest goes on the next day.
    Day,
    /// The year is full.
    Year,
}

/// Records written here that the server's log does not have yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    /// Number of its place in the outbox.
    pub(super) number: u64,
    /// Heads of the confirmed document that the person saw when writing.
    pub(super) seen: Vec<[u8; 32]>,
    pub(super) change: ProposedChange,
    /// Bytes of the change as the library made it on this device.
    pub(super) raw: Vec<u8>,
    pub(super) attempts: u8,
}

impl Unsent {
    /// Returns true if the server takes all of its records.
    pub(super) fn is_taken_by(&self, capabilities: &Capabilities, used_up: Option<Budget>) -> bool {
        let has_room = |write: &Write| used_up.is_none() || write.section.has_room();
        self.change.writes.iter().all(|write| capabilities.take(write) && has_room(write))
    }

    /// Returns the places of records that the server has to have first.
    pub(super) fn follows(&self) -> impl Iterator<Item = (Section, String)> {
        let records = self.change.writes.iter().filter_map(ClientRecord::read);
        records.flat_map(|record| record.subjects()).filter_map(|subject| match subject {
            Subject::Attachment(id) | Subject::OwnAttachment(id) => Some((Section::Attachments, id.to_string())),
            Subject::OwnProposal(id) => Some((Section::Proposals, id.to_string())),
            Subject::OwnApproval(id) => Some((Section::Approvals, id.to_string())),
            _ => None,
        })
    }

    /// Replaces moments that cannot be, because the clock of the device was wrong when they were written. `behind` is
    /// how many milliseconds the device is behind the server, whose clock shows `now`. Returns true if there were any.
    pub(super) fn correct(&mut self, behind: i64, now: Timestamp) -> bool {
        let is_wrong = |at: &Timestamp| !at.is_possible(now);
        let mut is_corrected = is_wrong(&self.change.at);
        if is_corrected {
            self.change.at = self.change.at.corrected(behind, now);
        }
        for write in &mut self.change.writes {
            is_corrected |= correct(write, is_wrong, |at| at.corrected(behind, now));
        }
        is_corrected
    }

    /// Returns the records, which say what the person meant.
    pub fn change(&self) -> &ProposedChange {
        &self.change
    }
}

/// Replaces the moments of a record of which `is_wrong` says yes. Returns true if there were any.
fn correct(write: &mut Write, is_wrong: impl Fn(&Timestamp) -> bool, right: impl Fn(Timestamp) -> Timestamp) -> bool {
    let Some(mut record) = ClientRecord::read(write) else { return false };
    let mut is_corrected = false;
    for at in record.moments().into_iter().filter(|at| is_wrong(at)) {
        *at = right(*at);
        is_corrected = true;
    }
    if is_corrected {
        *write = record.to_write();
    }
    is_corrected
}
