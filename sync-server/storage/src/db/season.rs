//! The figures of the dashboard and of the report of a season.

use super::{
    Attention, DbError, Query, Tx,
    column::values,
    hint::{EVENT_OF_PEOPLE, IN_THIS_ORDER},
};
use model::{
    event::EventKind,
    id::*,
    time::{Date, TaxYear, Timestamp},
};
use std::collections::HashMap;

/// The number of events of a kind, and of the clients for whom they happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    pub kind: EventKind,
    pub events: usize,
    pub clients: usize,
}

/// Selects the clients that are counted: those present, of one advisor or of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Whose {
    pub firm: FirmId,
    pub advisor: Option<AdvisorId>,
}

/// The condition for clients of [`Whose`], as `c`: firm is the first parameter, advisor the second. Otherwise
/// SQLite would start with the clients and read everything that happened for each of them.
const OF: &str = "c.firm = ?1 and (c.advisor = ?2 or ?2 is null) and c.archived_at is null";

impl Query<'_> {
    /// Counts what people did since a moment, by kind, as far as this program knows the kinds.
    pub fn happened_since(&self, whose: Whose, since: Timestamp) -> Result<Vec<Happened>, DbError> {
        let known: Vec<Option<Happened>> = self.many(
            &format!(
                "select e.kind, count(*), count(distinct e.client)
                 from event e {EVENT_OF_PEOPLE} {IN_THIS_ORDER} client c on c.id = e.client
             where e.firm = ?1 and e.at >= ?3 and e.person is not null and e.client is not null and {OF}
             group by e.kind"
            ),
            values![whose.firm, whose.advisor, since],
            |row| {
                let (kind, events, clients) = (EventKind::of(&row.get::<String>(0)?), row.get(1)?, row.get(2)?);
                Ok(kind.map(|kind| Happened { kind, events, clients }))
            },
        )?;
        Ok(known.into_iter().flatten().collect())
    }

    /// Counts the clients with something that was due before `day`.
    pub fn count_overdue(&self, whose: Whose, tax_year: TaxYear, day: Date) -> Result<usize, DbError> {
        let values = values![whose.firm, whose.advisor, tax_year, day];
        self.one(
            &format!(
                "select count(*) from year_status s {IN_THIS_ORDER} client c on c.id = s.client
             where s.tax_year = ?3 and s.due < ?4 and {OF}"
            ),
            values,
            |row| row.get(0),
        )
    }

    /// Counts the clients by what waits for the advisor.
    pub fn count_waiting(&self, whose: Whose, tax_year: TaxYear) -> Result<Vec<(Attention, usize)>, DbError> {
        let values = values![whose.firm, whose.advisor, tax_year];
        let known: Vec<Option<_>> = self.many(
            &format!(
                "select s.attention, count(*) from year_status s {IN_THIS_ORDER} client c on c.id = s.client
             where s.tax_year = ?3 and s.attention <> '' and {OF} group by 1"
            ),
            values,
            |row| {
                let (attention, clients) = (Attention::of(&row.get::<String>(0)?), row.get(1)?);
                Ok(attention.map(|attention| (attention, clients)))
            },
        )?;
        Ok(known.into_iter().flatten().collect())
    }

    /// Returns years whose status was calculated by an older version of the server, at most `limit`. The number
    /// is that of `set_year_status`; the index of them uses it too.
    pub fn old_year_statuses(&self, limit: usize) -> Result<Vec<(ClientId, TaxYear)>, DbError> {
        self.many("select client, tax_year from year_status where sums < 1 limit ?1", values![limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Returns the moments at which one of some kinds of event first happened for each client, in a tax
    /// year or, without one, at all.
    pub fn first_times(
        &self,
        firm: FirmId,
        kinds: &[EventKind],
        tax_year: Option<TaxYear>,
    ) -> Result<Vec<Timestamp>, DbError> {
        let sql = "select client, min(at) from event where firm = ?1 and kind = ?2 and tax_year is not distinct
                 from ?3 and client is not null
             group by client";
        let mut first = HashMap::<ClientId, Timestamp>::new();
        for kind in kinds {
            let of_kind = self.many::<(ClientId, Timestamp), Vec<_>>(sql, values![firm, kind, tax_year], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            for (client, at) in of_kind {
                first.entry(client).and_modify(|known| *known = at.min(*known)).or_insert(at);
            }
        }
        Ok(first.into_values().collect())
    }
}

impl Tx<'_> {
    /// Marks a year status as up to date although it was not renewed, because its documents cannot be read.
    pub fn leave_year_status(&self, client: ClientId, tax_year: TaxYear) -> Result<(), DbError> {
        self.run("update year_status set sums = 1 where client = ?1 and tax_year = ?2", values![client, tax_year])?;
        Ok(())
    }
}
