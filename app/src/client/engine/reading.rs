//! What a screen reads from the engine: years, documents, and what waits on this device.

use super::{Engine, YearKey};
use crate::client::replica::{Budget, Replica};
use documents::{document::Document, dossier::DossierYear, protocol::DocumentInfo};
use model::{
    id::{AttachmentId, DocumentId},
    section::{Party, Section},
};
use std::{collections::BTreeSet, rc::Rc};

/// Milliseconds by which the clock of a device may differ before it is told: an hour.
const CLOCK_TOLERANCE: u64 = 60 * 60 * 1000;

/// Reason why something waits on this device, although the server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// The person wrote as much as somebody may write on one day. The rest goes on the next day.
    Day,
    /// A year is full.
    Year,
    /// A year cannot be read on this device.
    Unreadable,
}

impl Engine {
    /// Returns the years on this device, the newest first.
    pub fn years(&self) -> Vec<YearKey> {
        let ready = self.replicas.values().filter(|r| r.is_ready());
        let years: BTreeSet<_> = ready.map(|r| YearKey { client: r.info.client, tax_year: r.info.tax_year }).collect();
        let mut years: Vec<_> = years.into_iter().collect();
        years.sort_by_key(|year| (std::cmp::Reverse(year.tax_year), year.client));
        years
    }

    /// Returns a year as this device knows it.
    pub fn year(&self, key: YearKey) -> Rc<DossierYear> {
        let mut views = self.views.borrow_mut();
        let documents = [Party::Firm, Party::Client].map(|party| self.document(key, party));
        let now = documents.map(|document| document.map(Document::heads).unwrap_or_default());
        let (year, seen) = views.entry(key).or_default();
        if *seen != now {
            let [firm, client] = documents;
            *year = Rc::new(year.read_again(firm, client).without_recalled());
            *seen = now;
        }
        year.clone()
    }

    /// Returns section and key of each record of a year that the server's log does not have yet.
    pub fn unsent_records(&self, year: YearKey) -> BTreeSet<(Section, String)> {
        let replica = self.document_of(year, Party::Client).and_then(|id| self.replicas.get(&id));
        replica.into_iter().flat_map(Replica::unsent_records).collect()
    }

    /// Returns true if the record that announces a file is not on its way to the server any more.
    pub fn is_announced(&self, year: YearKey, attachment: AttachmentId) -> bool {
        !self.unsent_records(year).contains(&(Section::Attachments, attachment.to_string()))
    }

    /// Counts the changes that the server's log does not have yet.
    pub fn unsent(&self) -> usize {
        self.replicas.values().map(Replica::unsent).sum()
    }

    /// Returns a document as it is shown, with the changes that were not sent.
    pub fn document(&self, year: YearKey, party: Party) -> Option<&Document> {
        Some(&self.replicas.get(&self.document_of(year, party)?)?.view)
    }

    /// Returns true if the server no longer talks to this release.
    pub fn is_too_old(&self) -> bool {
        self.too_old
    }

    /// Returns true if the clock of this device differs from the server's by more than an hour, as the server said.
    pub fn is_clock_wrong(&self) -> bool {
        self.clock.is_some_and(|clock| clock.behind.unsigned_abs() > CLOCK_TOLERANCE)
    }

    /// Returns why something waits on this device, if the server or a damaged year is the reason.
    pub fn waiting(&self) -> Option<Waiting> {
        if self.replicas.values().any(Replica::is_unreadable) {
            return Some(Waiting::Unreadable);
        }
        let used_up = self.replicas.values().filter(|r| r.unsent() > 0).filter_map(|r| r.used_up).max();
        used_up.map(|budget| match budget {
            Budget::Day => Waiting::Day,
            Budget::Year => Waiting::Year,
        })
    }

    pub(super) fn document_of(&self, year: YearKey, party: Party) -> Option<DocumentId> {
        let is =
            |info: &DocumentInfo| info.client == year.client && info.tax_year == year.tax_year && info.party == party;
        self.replicas.values().map(|r| r.info).find(is).map(|info| info.document)
    }
}
