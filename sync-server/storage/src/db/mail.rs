//! The settings of firms and advisors about mails, and what is remembered so that
//! each digest and each reminder is sent once.

use super::{DbError, Query, Tx, column::values};
use model::{
    id::*,
    mail::{DigestKind, MailKind},
    time::{Date, TaxYear, Timestamp},
};

/// The ways in which an advisor can be told about a kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailChoice {
    AtOnce,
    Digest,
    Never,
}

impl MailChoice {
    /// Returns the word for it in forms and in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Digest => "digest",
            Self::Never => "never",
        }
    }

    /// Returns the choice with this word, or None.
    pub fn of(word: &str) -> Option<Self> {
        [Self::AtOnce, Self::Digest, Self::Never].into_iter().find(|choice| choice.word() == word)
    }
}

/// Something that the next digest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestItem {
    pub id: i64,
    pub client: ClientId,
    pub person: PersonId,
    pub tax_year: TaxYear,
    pub kind: DigestKind,
    pub at: Timestamp,
}

/// A last day on which something is due from a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReminderRow {
    pub person: PersonId,
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub due: Date,
    /// The day up to which the steps are done.
    pub done_through: Date,
}

impl Query<'_> {
    /// Returns how an advisor wants to be told about a kind of mail.
    pub fn mail_choice(&self, advisor: AdvisorId, kind: DigestKind) -> Result<MailChoice, DbError> {
        let word: Option<String> = self.optional(
            "select choice from mail_choice where advisor = ?1 and kind = ?2",
            values![advisor, kind],
            |row| row.get(0),
        )?;
        Ok(word.and_then(|word| MailChoice::of(&word)).unwrap_or(MailChoice::Digest))
    }

    /// Returns the advisors for whom something waits for a digest, and who are not blocked, with their firms.
    pub fn advisors_with_digest(&self) -> Result<Vec<(FirmId, AdvisorId)>, DbError> {
        self.readable(
            "select distinct a.firm, d.advisor from digest_item d join advisor a on a.id = d.advisor
             where d.mail is null and a.blocked_at is null",
            values![],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Returns what waits for an advisor's next digest, oldest first.
    pub fn digest_items(&self, advisor: AdvisorId) -> Result<Vec<DigestItem>, DbError> {
        self.many(
            "select id, client, person, tax_year, kind, at from digest_item where advisor = ?1
             and mail is null order by id",
            values![advisor],
            |row| {
                Ok(DigestItem {
                    id: row.get("id")?,
                    client: row.get("client")?,
                    person: row.get("person")?,
                    tax_year: row.get("tax_year")?,
                    kind: row.get("kind")?,
                    at: row.get("at")?,
                })
            },
        )
    }

    /// Returns the moment at which the last digest of an advisor was made.
    pub fn last_digest(&self, advisor: AdvisorId) -> Result<Option<Timestamp>, DbError> {
        self.one(
            "select max(created_at) from outbox where kind = ?1 and advisor = ?2",
            values![MailKind::Digest, advisor],
            |row| row.get(0),
        )
    }

    /// Returns the reminders to check on `today` that come after `after`, at most `limit`.
    pub fn reminders_due(
        &self,
        today: Date,
        after: Option<&ReminderRow>,
        limit: usize,
    ) -> Result<Vec<ReminderRow>, DbError> {
        let (person, year, due) = (after.map(|a| a.person), after.map(|a| a.tax_year), after.map(|a| a.due));
        self.readable(
            "select person, client, tax_year, due, done_through from reminder
             where not finished and check_on <= ?1 and ((person, tax_year, due) > (?2, ?3, ?4) or ?2 is null)
             order by person, tax_year, due limit ?5",
            values![today, person, year, due, limit],
            |row| {
                Ok(ReminderRow {
                    person: row.get("person")?,
                    client: row.get("client")?,
                    tax_year: row.get("tax_year")?,
                    due: row.get("due")?,
                    done_through: row.get("done_through")?,
                })
            },
        )
    }
}

impl Tx<'_> {
    /// Stores how an advisor wants to be told about a kind of mail.
    pub fn set_mail_choice(&self, advisor: AdvisorId, kind: DigestKind, choice: MailChoice) -> Result<(), DbError> {
        self.run(
            "insert into mail_choice (advisor, kind, choice) values (?1, ?2, ?3)
             on conflict (advisor, kind) do update set choice = excluded.choice",
            values![advisor, kind, choice.word()],
        )?;
        Ok(())
    }

    /// Adds something to an advisor's next digest.
    pub fn add_digest_item(
        &self,
        advisor: AdvisorId,
        (client, person): (ClientId, PersonId),
        tax_year: TaxYear,
        kind: DigestKind,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.run(
            "insert into digest_item (advisor, client, person, tax_year, kind, at)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            values![advisor, client, person, tax_year, kind, at],
        )?;
        Ok(())
    }

    /// Records that everything up to item `last` is named in `mail`.
    pub fn digest_made(&self, advisor: AdvisorId, last: i64, mail: i64) -> Result<(), DbError> {
        self.run(
            "update digest_item set mail = ?1 where advisor = ?2 and mail is null and id <= ?3",
            values![mail, advisor, last],
        )?;
        Ok(())
    }

    /// Plans reminders of something that is due from a person. Without `check_on` none is needed.
    pub fn plan_reminder(&self, row: &ReminderRow, check_on: Option<Date>) -> Result<(), DbError> {
        let Some(check_on) = check_on else { return Ok(()) };
        self.run(
            "insert into reminder (person, client, tax_year, due, check_on, done_through) values (?1, ?2,
             ?3, ?4, ?5, ?6)
             on conflict (person, tax_year, due) do update set finished = false, check_on =
                 case when excluded.check_on < reminder.check_on then excluded.check_on else reminder.check_on end",
            values![row.person, row.client, row.tax_year, row.due, check_on, row.done_through],
        )?;
        Ok(())
    }

    /// Records that steps up to `today` are done. The next check is on `check_on`, or never.
    pub fn reminder_looked_at(&self, row: &ReminderRow, today: Date, check_on: Option<Date>) -> Result<(), DbError> {
        self.run(
            "update reminder set done_through = ?1, check_on = coalesce(?2, check_on), finished = ?3
             where person = ?4 and tax_year = ?5 and due = ?6",
            values![today, check_on, check_on.is_none(), row.person, row.tax_year, row.due],
        )?;
        Ok(())
    }
}
