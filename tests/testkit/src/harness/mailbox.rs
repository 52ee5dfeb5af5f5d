//! The mails that the server in process wrote.

use super::TestApp;
use mail::Notice;
use model::{id::PersonId, language::Bilingual, time::TaxYear};
use storage::db::{DbError, OutboxRow};

/// The tax year that most mails are about.
pub const YEAR: TaxYear = TaxYear(2025);

impl TestApp {
    /// Writes and queues the mail of an occasion.
    pub fn queue(&self, notice: Notice) {
        let (composer, now) = (self.state.composer.clone(), self.now());
        self.state.db.write_blocking::<_, DbError>(move |tx| composer.queue(tx, &notice, now)).unwrap();
    }

    /// Returns all mails of the outbox, newest first.
    pub fn mails(&self) -> Vec<OutboxRow> {
        self.state.db.read(|q| q.newest_mails(u32::MAX)).unwrap()
    }

    pub fn newest_mail(&self) -> OutboxRow {
        self.mails().remove(0)
    }

    /// Returns the mails of a kind, newest first.
    pub fn mails_of(&self, kind: &str) -> Vec<OutboxRow> {
        self.mails().into_iter().filter(|row| row.mail.kind.word() == kind).collect()
    }

    /// Returns the mails to an address, newest first.
    pub fn mails_to(&self, address: &str) -> Vec<OutboxRow> {
        self.mails().into_iter().filter(|row| row.mail.to_address == address).collect()
    }
}

/// Returns the occasion that a person got a task.
pub fn task(person: PersonId) -> Notice {
    let title = Bilingual::new("Checklist IB 2025", "Checklist income tax 2025");
    Notice::Task { person, tax_year: YEAR, title, due: Some(jiff::civil::date(2026, 4, 1)) }
}
