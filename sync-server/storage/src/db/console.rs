//! The queries behind the console's tables and time lines.

use super::{DbError, PastEvent, Query, column::values, event::past_event, hint::EVENT_OF_PEOPLE};
use model::{id::*, time::Timestamp};

/// The state of a person's access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The person was never invited.
    NotInvited,
    /// The newest invitation was sent and not opened.
    Invited(Timestamp),
    /// The newest invitation was opened.
    Opened(Timestamp),
    /// The newest invitation expired unused.
    Expired(Timestamp),
    /// The person has a login.
    Registered,
}

/// An event with the client that it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmEvent {
    pub client: ClientId,
    pub event: PastEvent,
}

const EVENT: &str = "select id, at, person, advisor, kind, detail, client from event";

impl Query<'_> {
    /// Returns how far each person of a firm is in getting access, with the client of the
    /// person; with `only`, the people of that client.
    pub fn access_of_people(
        &self,
        firm: FirmId,
        only: Option<ClientId>,
        now: Timestamp,
    ) -> Result<Vec<(ClientId, PersonId, Access)>, DbError> {
        self.many(
            "select p.client, p.id, p.account is not null as registered, i.created_at, i.opened_at, i.expires_at
             from person p left join invitation i on i.seq =
                 (select max(seq) from invitation where person = p.id)
             where p.firm = ?1 and (p.client = ?2 or ?2 is null)",
            values![firm, only],
            |row| {
                let opened: Option<Timestamp> = row.get("opened_at")?;
                let expires: Option<Timestamp> = row.get("expires_at")?;
                let access = match (row.get("registered")?, row.get("created_at")?) {
                    (true, _) => Access::Registered,
                    (false, None) => Access::NotInvited,
                    (false, Some(sent)) if expires.is_some_and(|end| end <= now) => Access::Expired(sent),
                    (false, Some(sent)) => opened.map_or(Access::Invited(sent), Access::Opened),
                };
                Ok((row.get("client")?, row.get("id")?, access))
            },
        )
    }

    /// Returns what people of the firm's clients did, newest first.
    pub fn events_of_firm(&self, firm: FirmId, since: Timestamp, limit: u32) -> Result<Vec<FirmEvent>, DbError> {
        self.many(
            &format!(
                "{EVENT} {EVENT_OF_PEOPLE} where firm = ?1 and client is not null and person is not null and at >= ?2
             order by at desc, id desc limit ?3"
            ),
            values![firm, since, limit],
            |row| Ok(FirmEvent { client: row.get("client")?, event: past_event(row)? }),
        )
    }
}
