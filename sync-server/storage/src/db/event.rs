//! The audit log: who did what when. Append-only; each row's hash covers the
//! row before it, so a row that is changed, dropped or moved is detected.

use super::{DbError, Query, Tx, column::values};
use model::{
    event::Event,
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use proof::audit::{Row, hash_of};

/// The person, advisor or program that did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person of a client.
    Person(PersonId),
    /// An advisor of the firm.
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

pub(super) fn past_event(row: &super::sqlite::Row<'_>) -> Result<PastEvent, DbError> {
    let actor = match (row.get("person")?, row.get("advisor")?) {
        (Some(person), _) => Actor::Person(person),
        (None, Some(advisor)) => Actor::Advisor(advisor),
        (None, None) => Actor::Server,
    };
    let event = Event::read(&row.get::<String>("kind")?, &row.get::<String>("detail")?);
    Ok(PastEvent { id: row.get("id")?, at: row.get("at")?, actor, event })
}

impl Query<'_> {
    /// Returns the number of the newest event of a firm; 0 before the first.
    pub fn last_event(&self, firm: FirmId) -> Result<u64, DbError> {
        Ok(self
            .optional("select id from event where firm = ?1 order by at desc, id desc limit 1", values![firm], |row| {
                row.get(0)
            })?
            .unwrap_or(0))
    }

    /// Returns the events of a client's year and of its people, newest first.
    pub fn events(&self, client: ClientId, tax_year: TaxYear, limit: u32) -> Result<Vec<PastEvent>, DbError> {
        self.many(
            "select id, at, person, advisor, kind, detail from event
             where client = ?1 and (tax_year = ?2 or tax_year is null) order by id desc limit ?3",
            values![client, tax_year, limit],
            past_event,
        )
    }
}

impl Query<'_> {
    /// Returns the whole log, oldest first.
    pub fn audit_log(&self) -> Result<Vec<Row>, DbError> {
        self.many(
            "select id, firm, client, tax_year, at, person, advisor, kind, detail, hash from event order by id",
            values![],
            |row| {
                Ok(Row {
                    id: row.get("id")?,
                    firm: row.get("firm")?,
                    client: row.get("client")?,
                    tax_year: row.get("tax_year")?,
                    at: row.get("at")?,
                    person: row.get("person")?,
                    advisor: row.get("advisor")?,
                    kind: row.get("kind")?,
                    detail: row.get("detail")?,
                    hash: row.get("hash")?,
                })
            },
        )
    }
}

impl Tx<'_> {
    /// Appends an event to the chain.
    pub fn log(&self, new: &NewEvent) -> Result<(), DbError> {
        let last = self.optional("select id, hash from event order by id desc limit 1", values![], |row| {
            Ok((row.get::<i64>(0)?, row.get::<[u8; 32]>(1)?))
        })?;
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
        self.run(
            "insert into event (id, firm, client, tax_year, at, person, advisor, kind, detail, hash)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            values![id, new.firm, new.client, new.tax_year, new.at, person, advisor, row.kind, row.detail, hash],
        )?;
        Ok(())
    }
}
