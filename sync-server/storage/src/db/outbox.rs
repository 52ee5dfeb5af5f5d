//! Mails that wait to be sent, were sent, or could not be sent.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{
    id::*,
    mail::{MailKind, MailRank},
    time::{TaxYear, Timestamp},
};

/// A mail as it was written. It is sent in exactly this form, however often it is tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Mail {
    pub firm: FirmId,
    /// The Message-ID without angle brackets, which is the same at each attempt.
    pub message_id: String,
    pub kind: MailKind,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    /// The person to whom it is sent, or whose action the advisor is told about.
    pub person: Option<PersonId>,
    /// The advisor to whom it is sent.
    pub advisor: Option<AdvisorId>,
    pub from_name: String,
    pub from_address: String,
    /// The address for answers, or an empty text.
    pub reply_to: String,
    pub to_address: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    /// Its place among the mails that wait.
    pub rank: MailRank,
    /// How often happened what it tells.
    pub times: u32,
    /// The things that the mail names, as JSON, so that two waiting mails can be merged.
    pub items: String,
    /// The revision about which it says something that may be undone.
    pub about: Option<RevisionId>,
}

/// The progress of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailState {
    /// It is tried at this moment or later.
    Waiting { next_attempt_at: Timestamp },
    /// The mail server accepted it.
    Sent { at: Timestamp },
    /// It is not tried any more.
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
    /// The last error of the mail server; empty if there was none.
    pub last_error: String,
    /// The moment at which an advisor had it tried anew.
    pub asked_again_at: Option<Timestamp>,
    /// True if an advisor has seen that it failed.
    pub seen: bool,
}

pub(super) const MAIL: &str =
    "select id, firm, message_id, kind, client, tax_year, person, advisor, from_name, from_address, reply_to,
     to_address, subject, body_text, body_html, created_at, next_attempt_at, attempts, sent_at, failed_at, last_error,
     rank, times, items, about, asked_again_at, seen_at from outbox";

pub(super) fn mail(row: &Row<'_>) -> Result<OutboxRow, DbError> {
    let state = match (row.get("sent_at")?, row.get("failed_at")?) {
        (Some(sent), _) => MailState::Sent { at: sent },
        (None, Some(failed)) => MailState::Failed { at: failed },
        (None, None) => MailState::Waiting { next_attempt_at: row.get("next_attempt_at")? },
    };
    Ok(OutboxRow {
        id: row.get("id")?,
        mail: Mail {
            firm: row.get("firm")?,
            message_id: row.get("message_id")?,
            kind: row.get("kind")?,
            client: row.get("client")?,
            tax_year: row.get("tax_year")?,
            person: row.get("person")?,
            advisor: row.get("advisor")?,
            from_name: row.get("from_name")?,
            from_address: row.get("from_address")?,
            reply_to: row.get("reply_to")?,
            to_address: row.get("to_address")?,
            subject: row.get("subject")?,
            body_text: row.get("body_text")?,
            body_html: row.get("body_html")?,
            rank: row.get("rank")?,
            times: row.get("times")?,
            items: row.get("items")?,
            about: row.get("about")?,
        },
        created_at: row.get("created_at")?,
        attempts: row.get("attempts")?,
        state,
        last_error: row.get("last_error")?,
        asked_again_at: row.get("asked_again_at")?,
        seen: row.get::<Option<Timestamp>>("seen_at")?.is_some(),
    })
}

impl Query<'_> {
    /// Returns the firms with mails that are to be tried at `now`.
    pub fn firms_with_due_mails(&self, now: Timestamp) -> Result<Vec<FirmId>, DbError> {
        self.many(
            "select distinct firm from outbox where sent_at is null and failed_at is null and next_attempt_at <= ?1",
            values![now],
            |row| row.get(0),
        )
    }

    /// Returns the ids of mails of a firm that are to be tried at `now`: by rank, and in each those first that have
    /// waited longest. Each is read by itself, so that one that cannot be read delays no other.
    pub fn due_mails(&self, firm: FirmId, now: Timestamp, limit: u32) -> Result<Vec<i64>, DbError> {
        self.many(
            "select id from outbox where firm = ?1 and sent_at is null and failed_at is null and next_attempt_at <= ?2
             order by rank, next_attempt_at, id limit ?3",
            values![firm, now, limit],
            |row| row.get(0),
        )
    }

    /// Returns how often a mail was tried.
    pub fn mail_attempts(&self, id: i64) -> Result<u32, DbError> {
        self.one("select attempts from outbox where id = ?1", values![id], |row| row.get(0))
    }

    /// Returns the number of mails of a firm that left since a moment.
    pub fn mails_sent_since(&self, firm: FirmId, since: Timestamp) -> Result<u32, DbError> {
        self.one(
            "select count(*) from outbox where firm = ?1
             and sent_at > ?2",
            values![firm, since],
            |row| row.get(0),
        )
    }

    /// Returns true if a mail that was not urgent left for a person, or waits to leave, between two moments.
    pub fn was_mailed(&self, person: PersonId, from: Timestamp, until: Timestamp) -> Result<bool, DbError> {
        self.one(
            "select exists (select 1 from outbox where person = ?1 and advisor is null and rank = 2
             and failed_at is null and coalesce(sent_at, next_attempt_at) >= ?2 and coalesce(sent_at,
             next_attempt_at) < ?3)",
            values![person, from, until],
            |row| row.get(0),
        )
    }

    /// Returns a mail to a person that was never tried and is not due yet.
    pub fn held_mail(&self, person: PersonId, now: Timestamp) -> Result<Option<OutboxRow>, DbError> {
        self.optional(
            &format!(
                "{MAIL} where person = ?1 and advisor is null and rank = 2 and attempts = 0 and sent_at is null
             and failed_at is null and next_attempt_at > ?2 order by id limit 1"
            ),
            values![person, now],
            mail,
        )
    }

    /// Returns the newest mail of a kind to an advisor about what a person did.
    pub fn last_mail_about(
        &self,
        advisor: AdvisorId,
        person: PersonId,
        kind: MailKind,
    ) -> Result<Option<OutboxRow>, DbError> {
        self.optional(
            &format!(
                "{MAIL} where person = ?1 and advisor = ?2 and kind = ?3 order by created_at desc, id desc limit 1"
            ),
            values![person, advisor, kind],
            mail,
        )
    }

    /// Returns the number of mails to advisors that a person caused since a moment, other than about access.
    pub fn mails_caused_by(&self, person: PersonId, since: Timestamp) -> Result<u32, DbError> {
        self.one(
            "select count(*) from outbox where person = ?1 and created_at > ?2 and advisor is not null and rank > 0",
            values![person, since],
            |row| row.get(0),
        )
    }

    /// Returns the moment at which the next mail is to be tried; `None` if none waits.
    pub fn next_mail_due(&self) -> Result<Option<Timestamp>, DbError> {
        self.one(
            "select min(next_attempt_at) from outbox where sent_at is null and failed_at is null",
            values![],
            |row| row.get(0),
        )
    }

    /// Returns a mail by its id.
    pub fn mail(&self, id: i64) -> Result<Option<OutboxRow>, DbError> {
        self.optional(&format!("{MAIL} where id = ?1"), values![id], mail)
    }

    /// Returns the mails of a client since a moment that say something about a revision that may be undone.
    pub fn mails_about(
        &self,
        client: ClientId,
        revision: RevisionId,
        since: Timestamp,
    ) -> Result<Vec<OutboxRow>, DbError> {
        self.many(
            &format!("{MAIL} where client = ?1 and about = ?2 and created_at >= ?3 order by id"),
            values![client, revision, since],
            mail,
        )
    }

    /// Returns the newest mails of all firms, newest first, for the development mailbox.
    pub fn newest_mails(&self, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        self.readable(&format!("{MAIL} order by id desc limit ?1"), values![limit], mail)
    }

    /// Returns the mails about a client's year and to its people in general, newest first.
    pub fn mails_of_year(&self, client: ClientId, tax_year: TaxYear, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        self.readable(
            &format!("{MAIL} where client = ?1 and (tax_year = ?2 or tax_year is null) order by id desc limit ?3"),
            values![client, tax_year, limit],
            mail,
        )
    }
}

impl Tx<'_> {
    /// Puts a mail in the outbox, to be tried from `first_attempt_at` on.
    pub fn queue_mail(&self, m: &Mail, at: Timestamp, first_attempt_at: Timestamp) -> Result<i64, DbError> {
        self.one(
"insert into outbox (firm, message_id, kind, client, tax_year, person, advisor, from_name, from_address, reply_to,
             to_address, subject, body_text, body_html, created_at, next_attempt_at, rank, times, items, about)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
             returning id", values![
                m.firm,
                m.message_id,
                m.kind,
                m.client,
                m.tax_year,
                m.person,
                m.advisor,
                m.from_name,
                m.from_address,
                m.reply_to,
                m.to_address,
                m.subject,
                m.body_text,
                m.body_html,
                at,
                first_attempt_at,
                m.rank,
                m.times,
                m.items,
                m.about
            ], |row| row.get(0))
    }

    /// Deletes a mail that was never tried.
    pub fn delete_mail(&self, id: i64) -> Result<(), DbError> {
        self.run("delete from outbox where id = ?1 and attempts = 0 and sent_at is null", values![id])?;
        Ok(())
    }

    /// Replaces a mail that was never tried by another one.
    pub fn rewrite_mail(&self, id: i64, m: &Mail) -> Result<(), DbError> {
        self.run(
            "update outbox set kind = ?1, tax_year = ?2, subject = ?3, body_text = ?4, body_html = ?5,
             items = ?6, times = ?7 where id = ?8",
            values![m.kind, m.tax_year, m.subject, m.body_text, m.body_html, m.items, m.times, id],
        )?;
        Ok(())
    }

    /// Replaces the stored text of a mail, so that it can be without the secrets that were sent.
    pub fn rewrite_mail_body(&self, id: i64, text: &str, html: &str) -> Result<(), DbError> {
        self.run("update outbox set body_text = ?1, body_html = ?2 where id = ?3", values![text, html, id])?;
        Ok(())
    }

    /// Records that the mail server accepted a mail.
    pub fn mail_sent(&self, id: i64, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "update outbox set sent_at = ?1, attempts = attempts + 1, last_error = '' where id = ?2",
            values![at, id],
        )?;
        Ok(())
    }

    /// Records that a mail is to be tried later.
    pub fn mail_postponed(&self, id: i64, next_attempt_at: Timestamp, error: &str) -> Result<(), DbError> {
        self.run(
            "update outbox set next_attempt_at = ?1, attempts = attempts + 1, last_error = ?2 where id = ?3",
            values![next_attempt_at, error, id],
        )?;
        Ok(())
    }

    /// Records that a mail is given up.
    pub fn mail_failed(&self, id: i64, at: Timestamp, error: &str) -> Result<(), DbError> {
        self.run(
            "update outbox set failed_at = ?1, attempts = attempts + 1, last_error = ?2 where id = ?3",
            values![at, error, id],
        )?;
        Ok(())
    }
}
