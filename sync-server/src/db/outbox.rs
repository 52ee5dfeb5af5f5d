//! Mails waiting to be sent, sent ones, and those that could not be sent.

use super::{DbError, Query, Tx, mail::word, value::Col};
use model::{
    id::*,
    mail::MailKind,
    time::{TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, Row, params};

/// A mail as it was written. It is sent exactly so, however often it is tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Mail {
    pub firm: FirmId,
    /// Without angle brackets; the same at each attempt.
    pub message_id: String,
    pub kind: MailKind,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    /// The person it goes to, or whose deed the advisor is told of.
    pub person: Option<PersonId>,
    /// The advisor it goes to.
    pub advisor: Option<AdvisorId>,
    pub from_name: String,
    pub from_address: String,
    /// An address, or nothing.
    pub reply_to: String,
    pub to_address: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    /// Leaves at once, also at night and after another mail of the same day.
    pub urgent: bool,
    /// What it names, as JSON, so that two that wait can become one.
    pub items: String,
}

/// How far a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// Is tried at this moment or later.
    Waiting { next_attempt_at: Timestamp },
    /// The mail server took it.
    Sent { at: Timestamp },
    /// Is not tried any more.
    Failed { at: Timestamp },
}

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    pub id: i64,
    pub mail: Mail,
    pub created_at: Timestamp,
    pub attempts: u32,
    pub state: MailState,
    /// What the mail server said last; empty when it said nothing wrong.
    pub last_error: String,
    /// When somebody of the firm had it tried anew.
    pub asked_again_at: Option<Timestamp>,
    /// Somebody of the firm has seen that it failed.
    pub seen: bool,
}

pub(super) const MAIL: &str =
    "select id, firm, message_id, kind, client, tax_year, person, advisor, from_name, from_address, reply_to,
     to_address, subject, body_text, body_html, created_at, next_attempt_at, attempts, sent_at, failed_at, last_error,
     urgent, items, asked_again_at, seen_at from outbox";

pub(super) fn mail(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    let state = match (row.get::<_, Option<Col<_>>>(18)?, row.get::<_, Option<Col<_>>>(19)?) {
        (Some(sent), _) => MailState::Sent { at: sent.0 },
        (None, Some(failed)) => MailState::Failed { at: failed.0 },
        (None, None) => MailState::Waiting { next_attempt_at: row.get::<_, Col<_>>(16)?.0 },
    };
    Ok(OutboxRow {
        id: row.get(0)?,
        mail: Mail {
            firm: row.get::<_, Col<_>>(1)?.0,
            message_id: row.get(2)?,
            kind: word(row, 3, MailKind::of)?,
            client: row.get::<_, Option<Col<_>>>(4)?.map(|c| c.0),
            tax_year: row.get::<_, Option<i16>>(5)?.map(TaxYear),
            person: row.get::<_, Option<Col<_>>>(6)?.map(|c| c.0),
            advisor: row.get::<_, Option<Col<_>>>(7)?.map(|c| c.0),
            from_name: row.get(8)?,
            from_address: row.get(9)?,
            reply_to: row.get(10)?,
            to_address: row.get(11)?,
            subject: row.get(12)?,
            body_text: row.get(13)?,
            body_html: row.get(14)?,
            urgent: row.get(21)?,
            items: row.get(22)?,
        },
        created_at: row.get::<_, Col<_>>(15)?.0,
        attempts: row.get(17)?,
        state,
        last_error: row.get(20)?,
        asked_again_at: row.get::<_, Option<Col<_>>>(23)?.map(|c| c.0),
        seen: row.get::<_, Option<i64>>(24)?.is_some(),
    })
}

impl Query<'_> {
    /// Firms with mails that are to be tried at `now`.
    pub fn firms_with_due_mails(&self, now: Timestamp) -> Result<Vec<FirmId>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select distinct firm from outbox where sent_at is null and failed_at is null and next_attempt_at <= ?",
        )?;
        let rows = statement.query_map([Col(now)], |row| Ok(row.get::<_, Col<_>>(0)?.0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Mails of a firm that are to be tried at `now`: urgent ones first, then
    /// those that wait longest.
    pub fn due_mails(&self, firm: FirmId, now: Timestamp, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{MAIL} where firm = ? and sent_at is null and failed_at is null and next_attempt_at <= ?
             order by urgent desc, next_attempt_at, id limit ?"
        ))?;
        Ok(statement.query_map(params![Col(firm), Col(now), limit], mail)?.collect::<Result<_, _>>()?)
    }

    /// How many mails of a firm left since a moment.
    pub fn mails_sent_since(&self, firm: FirmId, since: Timestamp) -> Result<u32, DbError> {
        let mut statement = self.0.prepare_cached("select count(*) from outbox where firm = ? and sent_at > ?")?;
        Ok(statement.query_row(params![Col(firm), Col(since)], |row| row.get(0))?)
    }

    /// Whether a mail that was not urgent went to a person, or waits to go, between two moments.
    pub fn was_mailed(&self, person: PersonId, from: Timestamp, until: Timestamp) -> Result<bool, DbError> {
        let mut statement = self.0.prepare_cached(
            "select exists (select 1 from outbox where person = ?1 and advisor is null and urgent = 0
             and failed_at is null and coalesce(sent_at, next_attempt_at) >= ?2 and coalesce(sent_at, next_attempt_at) < ?3)",
        )?;
        Ok(statement.query_row(params![Col(person), Col(from), Col(until)], |row| row.get(0))?)
    }

    /// A mail to a person that was never tried and is not due yet.
    pub fn held_mail(&self, person: PersonId, now: Timestamp) -> Result<Option<OutboxRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{MAIL} where person = ? and advisor is null and urgent = 0 and attempts = 0 and sent_at is null
             and failed_at is null and next_attempt_at > ? order by id limit 1"
        ))?;
        Ok(statement.query_row(params![Col(person), Col(now)], mail).optional()?)
    }

    /// When the next mail is to be tried; `None` when none waits.
    pub fn next_mail_due(&self) -> Result<Option<Timestamp>, DbError> {
        let mut statement = self
            .0
            .prepare_cached("select min(next_attempt_at) from outbox where sent_at is null and failed_at is null")?;
        Ok(statement.query_row([], |row| row.get::<_, Option<Col<_>>>(0))?.map(|c| c.0))
    }

    /// One mail.
    pub fn mail(&self, id: i64) -> Result<Option<OutboxRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{MAIL} where id = ?"))?;
        Ok(statement.query_row([id], mail).optional()?)
    }

    /// The newest mails of all firms, newest first: for the development mailbox.
    pub fn newest_mails(&self, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{MAIL} order by id desc limit ?"))?;
        Ok(statement.query_map([limit], mail)?.collect::<Result<_, _>>()?)
    }

    /// The mails about a client's year and to its people in general, newest first.
    pub fn mails_of_year(&self, client: ClientId, tax_year: TaxYear, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{MAIL} where client = ? and (tax_year = ? or tax_year is null) order by id desc limit ?"
        ))?;
        Ok(statement.query_map(params![Col(client), tax_year.0, limit], mail)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Puts a mail in the outbox, to be tried from `first_attempt_at` on.
    pub fn queue_mail(&self, m: &Mail, at: Timestamp, first_attempt_at: Timestamp) -> Result<i64, DbError> {
        self.0.0.execute(
            "insert into outbox (firm, message_id, kind, client, tax_year, person, advisor, from_name, from_address, reply_to,
             to_address, subject, body_text, body_html, created_at, next_attempt_at, urgent, items)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                Col(m.firm),
                m.message_id,
                m.kind.word(),
                m.client.map(Col),
                m.tax_year.map(|y| y.0),
                m.person.map(Col),
                m.advisor.map(Col),
                m.from_name,
                m.from_address,
                m.reply_to,
                m.to_address,
                m.subject,
                m.body_text,
                m.body_html,
                Col(at),
                Col(first_attempt_at),
                m.urgent,
                m.items
            ],
        )?;
        Ok(self.0.0.last_insert_rowid())
    }

    /// A mail that was never tried says something else.
    pub fn rewrite_mail(&self, id: i64, m: &Mail) -> Result<(), DbError> {
        self.0.0.execute(
            "update outbox set kind = ?, tax_year = ?, subject = ?, body_text = ?, body_html = ?, items = ? where id = ?",
            params![m.kind.word(), m.tax_year.map(|y| y.0), m.subject, m.body_text, m.body_html, m.items, id],
        )?;
        Ok(())
    }

    /// What is kept of a mail is another text than the one that was written.
    pub fn rewrite_mail_body(&self, id: i64, text: &str, html: &str) -> Result<(), DbError> {
        self.0.0.execute("update outbox set body_text = ?, body_html = ? where id = ?", params![text, html, id])?;
        Ok(())
    }

    /// The mail server took a mail.
    pub fn mail_sent(&self, id: i64, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "update outbox set sent_at = ?, attempts = attempts + 1, last_error = '' where id = ?",
            params![Col(at), id],
        )?;
        Ok(())
    }

    /// A mail is to be tried again.
    pub fn mail_postponed(&self, id: i64, next_attempt_at: Timestamp, error: &str) -> Result<(), DbError> {
        self.0.0.execute(
            "update outbox set next_attempt_at = ?, attempts = attempts + 1, last_error = ? where id = ?",
            params![Col(next_attempt_at), error, id],
        )?;
        Ok(())
    }

    /// A mail is given up.
    pub fn mail_failed(&self, id: i64, at: Timestamp, error: &str) -> Result<(), DbError> {
        self.0.0.execute(
            "update outbox set failed_at = ?, attempts = attempts + 1, last_error = ? where id = ?",
            params![Col(at), error, id],
        )?;
        Ok(())
    }
}
