//! The audit log: who did what when. Append-only; each row's hash covers the
//! row before it, so a row that is changed, dropped or moved shows.

use super::{DbError, Query, Tx, value::Col};
use model::{
    event::Event,
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use proof::audit::{Row, hash_of};
use rusqlite::{OptionalExtension, params};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person of a client.
    Person(PersonId),
    /// Somebody of the firm.
    Advisor(AdvisorId),
    /// The server by itself.
    Server,
}

/// An event that is to be logged.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    pub firm: FirmId,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    pub at: Timestamp,
    pub actor: Actor,
    pub event: Event,
}

/// An event as it is read back.
#[derive(Debug, Clone, PartialEq)]
pub struct PastEvent {
    pub id: i64,
    pub at: Timestamp,
    pub actor: Actor,
    pub event: Event,
}

impl Query<'_> {
    /// The newest event of a firm; 0 before the first.
    pub fn last_event(&self, firm: FirmId) -> Result<u64, DbError> {
        let mut statement =
            self.0.prepare_cached("select id from event where firm = ? order by at desc, id desc limit 1")?;
        Ok(statement.query_row([Col(firm)], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    /// What happened in a client's year and to its people, newest first.
    pub fn events(&self, client: ClientId, tax_year: TaxYear, limit: u32) -> Result<Vec<PastEvent>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select id, at, person, advisor, kind, detail from event
             where client = ? and (tax_year = ? or tax_year is null) order by id desc limit ?",
        )?;
        let rows = statement.query_map(params![Col(client), tax_year.0, limit], |row| {
            let actor = match (row.get::<_, Option<Col<_>>>(2)?, row.get::<_, Option<Col<_>>>(3)?) {
                (Some(person), _) => Actor::Person(person.0),
                (None, Some(advisor)) => Actor::Advisor(advisor.0),
                (None, None) => Actor::Server,
            };
            let event = Event::read(row.get_ref(4)?.as_str()?, row.get_ref(5)?.as_str()?);
            Ok(PastEvent { id: row.get(0)?, at: row.get::<_, Col<_>>(1)?.0, actor, event })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Query<'_> {
    /// The whole log, oldest first.
    pub fn audit_log(&self) -> Result<Vec<Row>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select id, firm, client, tax_year, at, person, advisor, kind, detail, hash from event order by id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Row {
                id: row.get(0)?,
                firm: row.get::<_, Col<_>>(1)?.0,
                client: row.get::<_, Option<Col<_>>>(2)?.map(|c| c.0),
                tax_year: row.get::<_, Option<i16>>(3)?.map(TaxYear),
                at: row.get::<_, Col<_>>(4)?.0,
                person: row.get::<_, Option<Col<_>>>(5)?.map(|c| c.0),
                advisor: row.get::<_, Option<Col<_>>>(6)?.map(|c| c.0),
                kind: row.get(7)?,
                detail: row.get(8)?,
                hash: ContentHash(row.get(9)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Appends an event to the chain.
    pub fn log(&self, new: &NewEvent) -> Result<(), DbError> {
        let last: Option<(i64, [u8; 32])> = self
            .0
            .0
            .prepare_cached("select id, hash from event order by id desc limit 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (id, previous) = last.map_or((1, [0; 32]), |(id, hash)| (id + 1, hash));
        let (person, advisor) = match new.actor {
            Actor::Person(person) => (Some(person), None),
            Actor::Advisor(advisor) => (None, Some(advisor)),
            Actor::Server => (None, None),
        };
        let row = Row {
            id,
            firm: new.firm,
            client: new.client,
            tax_year: new.tax_year,
            at: new.at,
            person,
            advisor,
            kind: new.event.word().to_owned(),
            detail: new.event.detail(),
            hash: ContentHash([0; 32]),
        };
        let hash = hash_of(&previous, &row);
        self.0.0.prepare_cached(
            "insert into event (id, firm, client, tax_year, at, person, advisor, kind, detail, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            id,
            Col(row.firm),
            row.client.map(Col),
            row.tax_year.map(|y| y.0),
            Col(row.at),
            person.map(Col),
            advisor.map(Col),
            row.kind,
            row.detail,
            hash
        ])?;
        Ok(())
    }
}
