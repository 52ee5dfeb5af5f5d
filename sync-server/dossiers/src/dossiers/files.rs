//! Files of the client: the receipt of one that was announced, and who may read which.

use super::{ActionError, Dossiers, InSameTransaction, Plan, if_readable};
use documents::dossier::{DossierYear, GivenAttachment};
use mail::Notice;
use model::{event::Event, hash::ContentHash, id::*, record::Receipt, section::Write, time::TaxYear};
use std::collections::BTreeSet;
use storage::db::{Actor, PersonRow};

/// A file as its record announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnnouncedFile {
    /// The attachment.
    pub attachment: AttachmentId,
    /// The hash of the bytes.
    pub hash: ContentHash,
    /// The number of bytes.
    pub size: u64,
}

impl Dossiers {
    /// Fails unless a record of this person announces the file.
    pub fn check_announced(
        &self,
        person: &PersonRow,
        tax_year: TaxYear,
        file: AnnouncedFile,
    ) -> Result<(), ActionError> {
        announced(&*self.read(person.client, tax_year)?, person.id, file).map(|_| ())
    }

    /// Records that all bytes of an attachment are here, which the person announced, and commits
    /// `in_same_transaction` with it. If that was recorded before, nothing more happens.
    pub fn receive(
        &self,
        person: &PersonRow,
        tax_year: TaxYear,
        attachment: AttachmentId,
        receipt: Receipt,
        in_same_transaction: InSameTransaction,
    ) -> Result<(), ActionError> {
        let year = self.year(person.client, tax_year)?;
        let mut year = year.lock();
        let file = AnnouncedFile { attachment, hash: receipt.hash, size: receipt.size };
        let view = year.view();
        let mut plan = Plan::default();
        if announced(&view, person.id, file)?.receipt.is_none() {
            plan.writes.push(Write::of(&attachment, &receipt));
            plan.notices.push(Notice::DocumentReceived { person: person.id, tax_year });
            plan.events.push(Event::AttachmentReceived { attachment });
        }
        self.commit(&mut year, None, plan, Actor::Person(person.id), Some(in_same_transaction))
    }

    /// Returns true if the person may read a file of the client. Somebody who left the household may read only the
    /// files of the years before: those that the firm gave, and those that were received in one of these years. A
    /// record alone does not do, because anybody can name any file in one.
    pub fn may_read(&self, person: &PersonRow, hash: &ContentHash) -> Result<bool, ActionError> {
        if person.until.is_none() {
            return Ok(true);
        }
        let documents = self.db().read(|q| q.documents_of_client(person.client))?;
        let years: BTreeSet<_> = documents.iter().map(|d| d.info.tax_year).filter(|y| person.is_in(*y)).collect();
        for tax_year in years {
            if if_readable(self.read(person.client, tax_year))?.is_some_and(|year| year.has_file(hash)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn announced(year: &DossierYear, person: PersonId, file: AnnouncedFile) -> Result<&GivenAttachment, ActionError> {
    let is_this = |given: &&GivenAttachment| {
        let record = &given.attachment;
        given.id == file.attachment && (record.by, record.hash, record.size) == (person, file.hash, file.size)
    };
    year.attachments.iter().find(is_this).ok_or(ActionError::NotAnnounced)
}
