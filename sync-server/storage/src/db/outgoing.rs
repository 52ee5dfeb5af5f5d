//! The outbox as the firm sees it: the mails by state, and those that are tried anew.

use super::{
    DbError, OutboxRow, Query, Tx,
    column::values,
    hint::OUTBOX_UNSEEN,
    outbox::{MAIL, mail},
};
use model::{id::*, time::Timestamp};

/// The states by which mails can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailFilter {
    Waiting,
    Sent,
    Failed,
}

impl MailFilter {
    fn condition(self) -> &'static str {
        match self {
            Self::Waiting => "and sent_at is null and failed_at is null",
            Self::Sent => "and sent_at is not null",
            Self::Failed => "and failed_at is not null",
        }
    }
}

/// Selects mails of a firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingChoice {
    pub firm: FirmId,
    pub filter: Option<MailFilter>,
    pub client: Option<ClientId>,
    /// A part of a mail address; empty for all.
    pub text: String,
}

impl Query<'_> {
    /// Returns the selected mails, newest first, from number `skip` on.
    pub fn outgoing(&self, choice: &OutgoingChoice, skip: usize, limit: usize) -> Result<Vec<OutboxRow>, DbError> {
        let condition = choice.filter.map_or("", MailFilter::condition);
        let plain = choice.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        self.readable(
            &format!(
                "{MAIL} where firm = ?1 {condition} and (client = ?2 or ?2 is null)
             and (?3 = '' or lower(to_address) like '%' || lower(?3) || '%' escape '\\')
             order by id desc limit ?4 offset ?5"
            ),
            values![choice.firm, choice.client, plain, limit, skip],
            mail,
        )
    }

    /// Returns the number of a firm's mails that wait, and of those that failed and nobody has seen.
    pub fn count_outgoing(&self, firm: FirmId) -> Result<(u32, u32), DbError> {
        self.one(
            &format!(
                "select (select count(*) from outbox where firm = ?1 and sent_at is null and failed_at is null),
                    (select count(*) from outbox {OUTBOX_UNSEEN}
                     where firm = ?1 and failed_at is not null and seen_at is null)"
            ),
            values![firm],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Returns the failed mails about a client that nobody has seen, newest first.
    pub fn failed_mails_of(&self, firm: FirmId, client: ClientId, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        self.readable(
            &format!(
                "{MAIL} where firm = ?1 and client = ?2 and failed_at is not null and seen_at is null
                 order by id desc limit ?3"
            ),
            values![firm, client, limit],
            mail,
        )
    }
}

impl Tx<'_> {
    /// Makes a mail that was not sent be tried anew from `at` on, to this address.
    pub fn ask_mail_again(&self, id: i64, to_address: &str, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "update outbox set to_address = ?1, next_attempt_at = ?3, asked_again_at = ?3, attempts = 0,
             failed_at = null,
             seen_at = null where id = ?2 and sent_at is null",
            values![to_address, id, at],
        )?;
        Ok(())
    }

    /// Records that an advisor has seen that a mail failed.
    pub fn mail_seen(&self, id: i64, at: Timestamp) -> Result<(), DbError> {
        self.run("update outbox set seen_at = ?1 where id = ?2 and failed_at is not null", values![at, id])?;
        Ok(())
    }
}
