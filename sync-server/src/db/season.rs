//! What the dashboard and the report of a season count.

use super::{Attention, DbError, Query, Tx, value::Col};
use model::{
    event::EventKind,
    id::*,
    time::{Date, TaxYear, Timestamp},
};
use rusqlite::params;
use std::collections::HashMap;

/// How often something happened, and at how many clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    pub kind: EventKind,
    pub events: usize,
    pub clients: usize,
}

/// What is counted over the clients that are present, of one advisor or of all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Whose {
    pub firm: FirmId,
    pub advisor: Option<AdvisorId>,
}

/// Clients of [`Whose`], as `c`: firm is the first parameter, advisor the second. `cross join` keeps
/// SQLite from starting with the clients and looking at everything that happened for each of them.
const OF: &str = "c.firm = ?1 and (?2 is null or c.advisor = ?2) and c.archived_at is null";

impl Query<'_> {
    /// What people did since a moment, by kind, as far as this program knows the kinds.
    pub fn happened_since(&self, whose: Whose, since: Timestamp) -> Result<Vec<Happened>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "select e.kind, count(*), count(distinct e.client) from event e indexed by event_of_people cross join client c on c.id = e.client
             where e.firm = ?1 and e.at >= ?3 and e.person is not null and e.client is not null and {OF} group by e.kind"
        ))?;
        let rows = statement.query_map(params![Col(whose.firm), whose.advisor.map(Col), Col(since)], |row| {
            let kind = EventKind::of(row.get_ref(0)?.as_str()?);
            let (events, clients) = (row.get(1)?, row.get(2)?);
            Ok(kind.map(|kind| Happened { kind, events, clients }))
        })?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Clients with something that was due before `day`.
    pub fn count_overdue(&self, whose: Whose, tax_year: TaxYear, day: Date) -> Result<usize, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "select count(*) from standing s cross join client c on c.id = s.client
             where s.tax_year = ?3 and s.due < ?4 and {OF}"
        ))?;
        let values = params![Col(whose.firm), whose.advisor.map(Col), tax_year.0, day.to_string()];
        Ok(statement.query_row(values, |row| row.get(0))?)
    }

    /// Clients by what waits for the advisor.
    pub fn count_waiting(&self, whose: Whose, tax_year: TaxYear) -> Result<Vec<(Attention, usize)>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "select s.attention, count(*) from standing s cross join client c on c.id = s.client
             where s.tax_year = ?3 and s.attention <> '' and {OF} group by 1"
        ))?;
        let values = params![Col(whose.firm), whose.advisor.map(Col), tax_year.0];
        let rows = statement.query_map(values, |row| {
            let attention = Attention::of(row.get_ref(0)?.as_str()?);
            let clients = row.get(1)?;
            Ok(attention.map(|attention| (attention, clients)))
        })?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Years whose standing was made by older sums, at most `limit`. The number
    /// is that of `set_standing`; the index of them knows it too.
    pub fn old_standings(&self, limit: usize) -> Result<Vec<(ClientId, TaxYear)>, DbError> {
        let mut statement = self.0.prepare_cached("select client, tax_year from standing where sums < 1 limit ?")?;
        let rows = statement.query_map([limit], |row| Ok((row.get::<_, Col<_>>(0)?.0, TaxYear(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When one of some kinds of event happened first at each client, in a tax
    /// year or, without one, at all.
    pub fn first_times(
        &self,
        firm: FirmId,
        kinds: &[EventKind],
        tax_year: Option<TaxYear>,
    ) -> Result<Vec<Timestamp>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select client, min(at) from event where firm = ? and kind = ? and tax_year is ? and client is not null
             group by client",
        )?;
        let mut first = HashMap::<ClientId, Timestamp>::new();
        for kind in kinds {
            let mut rows = statement.query(params![Col(firm), kind.word(), tax_year.map(|y| y.0)])?;
            while let Some(row) = rows.next()? {
                let (client, at) = (row.get::<_, Col<_>>(0)?.0, row.get::<_, Col<Timestamp>>(1)?.0);
                first.entry(client).and_modify(|known| *known = at.min(*known)).or_insert(at);
            }
        }
        Ok(first.into_values().collect())
    }
}

impl Tx<'_> {
    /// A standing stays as it is: its documents cannot be read.
    pub fn leave_standing(&self, client: ClientId, tax_year: TaxYear) -> Result<(), DbError> {
        self.0.0.execute(
            "update standing set sums = 1 where client = ? and tax_year = ?",
            params![Col(client), tax_year.0],
        )?;
        Ok(())
    }
}
