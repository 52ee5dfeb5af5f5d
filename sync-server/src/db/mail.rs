//! What firms and advisors set up about mails, and what is remembered so that
//! each digest and each reminder goes once.

use super::{DbError, Query, Tx, value::Col};
use model::{
    id::*,
    mail::{DigestKind, MailKind},
    time::{Date, TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, params};

/// How an advisor is told of a kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailChoice {
    AtOnce,
    Digest,
    Never,
}

impl MailChoice {
    /// As it stands in a form and in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Digest => "digest",
            Self::Never => "never",
        }
    }

    /// Of a word; nothing for any other.
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
    /// Steps up to this day are over.
    pub done_through: Date,
}

/// What the word in a column means.
pub(super) fn word<T>(row: &rusqlite::Row<'_>, column: usize, of: impl Fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    of(&text).ok_or(rusqlite::Error::InvalidColumnType(column, text, rusqlite::types::Type::Text))
}

fn day(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Date> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| rusqlite::Error::InvalidColumnType(column, text, rusqlite::types::Type::Text))
}

impl Query<'_> {
    /// How an advisor wants to be told of a kind.
    pub fn mail_choice(&self, advisor: AdvisorId, kind: DigestKind) -> Result<MailChoice, DbError> {
        let mut statement = self.0.prepare_cached("select choice from mail_choice where advisor = ? and kind = ?")?;
        let word: Option<String> =
            statement.query_row(params![Col(advisor), kind.word()], |row| row.get(0)).optional()?;
        Ok(word.and_then(|word| MailChoice::of(&word)).unwrap_or(MailChoice::Digest))
    }

    /// Advisors for whom something waits for a digest, and who may get in.
    pub fn advisors_with_digest(&self) -> Result<Vec<AdvisorId>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select distinct d.advisor from digest_item d join advisor a on a.id = d.advisor
             where d.mail is null and a.blocked_at is null",
        )?;
        let rows = statement.query_map([], |row| Ok(row.get::<_, Col<_>>(0)?.0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What waits for an advisor's next digest, oldest first.
    pub fn digest_items(&self, advisor: AdvisorId) -> Result<Vec<DigestItem>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select id, client, person, tax_year, kind, at from digest_item where advisor = ? and mail is null order by id",
        )?;
        let rows = statement.query_map([Col(advisor)], |row| {
            Ok(DigestItem {
                id: row.get(0)?,
                client: row.get::<_, Col<_>>(1)?.0,
                person: row.get::<_, Col<_>>(2)?.0,
                tax_year: TaxYear(row.get(3)?),
                kind: word(row, 4, DigestKind::of)?,
                at: row.get::<_, Col<_>>(5)?.0,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the last digest of an advisor was made.
    pub fn last_digest(&self, advisor: AdvisorId) -> Result<Option<Timestamp>, DbError> {
        let mut statement =
            self.0.prepare_cached("select max(created_at) from outbox where kind = ? and advisor = ?")?;
        let values = params![MailKind::Digest.word(), Col(advisor)];
        Ok(statement.query_row(values, |row| row.get::<_, Option<Col<_>>>(0))?.map(|c| c.0))
    }

    /// Reminders to look at on `today` that come after `after`, at most `limit`.
    pub fn reminders_due(
        &self,
        today: Date,
        after: Option<&ReminderRow>,
        limit: usize,
    ) -> Result<Vec<ReminderRow>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select person, client, tax_year, due, done_through from reminder
             where finished = 0 and check_on <= ?1 and (?2 is null or (person, tax_year, due) > (?2, ?3, ?4))
             order by person, tax_year, due limit ?5",
        )?;
        let (person, year, due) =
            (after.map(|a| Col(a.person)), after.map(|a| a.tax_year.0), after.map(|a| a.due.to_string()));
        let rows = statement.query_map(params![today.to_string(), person, year, due, limit], |row| {
            Ok(ReminderRow {
                person: row.get::<_, Col<_>>(0)?.0,
                client: row.get::<_, Col<_>>(1)?.0,
                tax_year: TaxYear(row.get(2)?),
                due: day(row, 3)?,
                done_through: day(row, 4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps how an advisor wants to be told of a kind.
    pub fn set_mail_choice(&self, advisor: AdvisorId, kind: DigestKind, choice: MailChoice) -> Result<(), DbError> {
        self.0.0.execute(
            "insert or replace into mail_choice (advisor, kind, choice) values (?, ?, ?)",
            params![Col(advisor), kind.word(), choice.word()],
        )?;
        Ok(())
    }

    /// Leaves something for an advisor's next digest.
    pub fn add_digest_item(
        &self,
        advisor: AdvisorId,
        (client, person): (ClientId, PersonId),
        tax_year: TaxYear,
        kind: DigestKind,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into digest_item (advisor, client, person, tax_year, kind, at) values (?, ?, ?, ?, ?, ?)",
            params![Col(advisor), Col(client), Col(person), tax_year.0, kind.word(), Col(at)],
        )?;
        Ok(())
    }

    /// All that waited up to item `last` is named in `mail`.
    pub fn digest_made(&self, advisor: AdvisorId, last: i64, mail: i64) -> Result<(), DbError> {
        self.0.0.execute(
            "update digest_item set mail = ? where advisor = ? and mail is null and id <= ?",
            params![mail, Col(advisor), last],
        )?;
        Ok(())
    }

    /// Something is due from a person; told of on `today`.
    pub fn plan_reminder(&self, row: &ReminderRow, check_on: Option<Date>) -> Result<(), DbError> {
        let Some(check_on) = check_on else { return Ok(()) };
        self.0.0.execute(
            "insert into reminder (person, client, tax_year, due, check_on, done_through) values (?, ?, ?, ?, ?, ?)
             on conflict do update set finished = 0, check_on = min(check_on, excluded.check_on)",
            params![
                Col(row.person),
                Col(row.client),
                row.tax_year.0,
                row.due.to_string(),
                check_on.to_string(),
                row.done_through.to_string()
            ],
        )?;
        Ok(())
    }

    /// Steps up to `today` are over; the next look is on `check_on`, or never.
    pub fn reminder_looked_at(&self, row: &ReminderRow, today: Date, check_on: Option<Date>) -> Result<(), DbError> {
        self.0.0.execute(
            "update reminder set done_through = ?, check_on = coalesce(?, check_on), finished = ?
             where person = ? and tax_year = ? and due = ?",
            params![
                today.to_string(),
                check_on.map(|d| d.to_string()),
                check_on.is_none(),
                Col(row.person),
                row.tax_year.0,
                row.due.to_string()
            ],
        )?;
        Ok(())
    }
}
