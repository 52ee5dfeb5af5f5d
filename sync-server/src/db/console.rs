//! What the console's tables and time lines are read from.

use super::{Actor, DbError, PastEvent, Query, value::Col};
use model::{event::Event, id::*, time::Timestamp};
use rusqlite::{Row, params};

/// How far a person is with getting in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Never invited.
    NotInvited,
    /// The newest invitation, not opened.
    Invited(Timestamp),
    /// The newest invitation was looked at.
    Opened(Timestamp),
    /// The newest invitation ended unused.
    Expired(Timestamp),
    /// Logs in.
    Registered,
}

/// An event with the client it happened at.
#[derive(Debug, Clone, PartialEq)]
pub struct FirmEvent {
    pub client: ClientId,
    pub event: PastEvent,
}

const EVENT: &str = "select id, at, person, advisor, kind, detail, client from event";

fn event(row: &Row<'_>) -> rusqlite::Result<PastEvent> {
    let actor = match (row.get::<_, Option<Col<_>>>(2)?, row.get::<_, Option<Col<_>>>(3)?) {
        (Some(person), _) => Actor::Person(person.0),
        (None, Some(advisor)) => Actor::Advisor(advisor.0),
        (None, None) => Actor::Server,
    };
    let event = Event::read(row.get_ref(4)?.as_str()?, row.get_ref(5)?.as_str()?);
    Ok(PastEvent { id: row.get(0)?, at: row.get::<_, Col<_>>(1)?.0, actor, event })
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<Col<Timestamp>>>(column)?.map(|c| c.0))
}

impl Query<'_> {
    /// How far each person of a firm is with getting in, with the client the
    /// person belongs to; of one client where `only` is given.
    pub fn access_of_people(
        &self,
        firm: FirmId,
        only: Option<ClientId>,
        now: Timestamp,
    ) -> Result<Vec<(ClientId, PersonId, Access)>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select p.client, p.id, p.account is not null, i.created_at, i.opened_at, i.expires_at
             from person p left join invitation i on i.rowid =
                 (select max(rowid) from invitation where person = p.id)
             where p.firm = ?1 and (?2 is null or p.client = ?2)",
        )?;
        let rows = statement.query_map(params![Col(firm), only.map(Col)], |row| {
            let access = match (row.get(2)?, moment(row, 3)?, moment(row, 4)?, moment(row, 5)?) {
                (true, ..) => Access::Registered,
                (false, None, ..) => Access::NotInvited,
                (false, Some(sent), _, Some(end)) if end <= now => Access::Expired(sent),
                (false, Some(_), Some(opened), _) => Access::Opened(opened),
                (false, Some(sent), None, _) => Access::Invited(sent),
            };
            Ok((row.get::<_, Col<_>>(0)?.0, row.get::<_, Col<_>>(1)?.0, access))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What people of the firm's clients did, newest first.
    pub fn events_of_firm(&self, firm: FirmId, since: Timestamp, limit: u32) -> Result<Vec<FirmEvent>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{EVENT} indexed by event_of_people where firm = ? and client is not null and person is not null and at >= ?
             order by at desc, id desc limit ?"
        ))?;
        let rows = statement.query_map(params![Col(firm), Col(since), limit], |row| {
            Ok(FirmEvent { client: row.get::<_, Col<_>>(6)?.0, event: event(row)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
