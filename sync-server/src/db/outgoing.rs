//! The outbox as the firm looks at it: what is where, and what is tried again.

use super::{
    DbError, OutboxRow, Query, Tx,
    outbox::{MAIL, mail},
    value::Col,
};
use model::{id::*, time::Timestamp};
use rusqlite::{ToSql, params, params_from_iter};

/// Mails that are in the same way under way.
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

/// Which mails of a firm are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingChoice {
    pub firm: FirmId,
    pub filter: Option<MailFilter>,
    pub client: Option<ClientId>,
    /// Part of an address; empty for all.
    pub text: String,
}

impl Query<'_> {
    /// Mails of a choice, newest first, from number `skip` on.
    pub fn outgoing(&self, choice: &OutgoingChoice, skip: usize, limit: usize) -> Result<Vec<OutboxRow>, DbError> {
        let condition = choice.filter.map_or("", MailFilter::condition);
        let plain = choice.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let mut statement = self.0.prepare_cached(&format!(
            "{MAIL} where firm = ?1 {condition} and (?2 is null or client = ?2)
             and (?3 = '' or to_address like '%' || ?3 || '%' escape '\\') order by id desc limit ?4 offset ?5"
        ))?;
        let values: [&dyn ToSql; 5] = [&Col(choice.firm), &choice.client.map(Col), &plain, &limit, &skip];
        Ok(statement.query_map(params_from_iter(values), mail)?.collect::<Result<_, _>>()?)
    }

    /// How many mails of a firm wait, and how many failed that nobody has seen.
    pub fn count_outgoing(&self, firm: FirmId) -> Result<(u32, u32), DbError> {
        let mut statement = self.0.prepare_cached(
            "select (select count(*) from outbox where firm = ?1 and sent_at is null and failed_at is null),
                    (select count(*) from outbox indexed by outbox_unseen
                     where firm = ?1 and failed_at is not null and seen_at is null)",
        )?;
        Ok(statement.query_row([Col(firm)], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// The failed mails about a client that nobody has seen, newest first.
    pub fn failed_mails_of(&self, firm: FirmId, client: ClientId, limit: u32) -> Result<Vec<OutboxRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{MAIL} where firm = ? and client = ? and failed_at is not null and seen_at is null order by id desc limit ?"
        ))?;
        Ok(statement.query_map(params![Col(firm), Col(client), limit], mail)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// A mail that was not sent is tried anew from `at` on, to this address.
    pub fn ask_mail_again(&self, id: i64, to_address: &str, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "update outbox set to_address = ?1, next_attempt_at = ?3, asked_again_at = ?3, attempts = 0, failed_at = null,
             seen_at = null where id = ?2 and sent_at is null",
            params![to_address, id, Col(at)],
        )?;
        Ok(())
    }

    /// Somebody has seen that a mail failed.
    pub fn mail_seen(&self, id: i64, at: Timestamp) -> Result<(), DbError> {
        self.0
            .0
            .execute("update outbox set seen_at = ? where id = ? and failed_at is not null", params![Col(at), id])?;
        Ok(())
    }
}
