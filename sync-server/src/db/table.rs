//! The table of clients: one page of it, and how many there are of each kind.
//! Read from indexed columns only; no document is opened for it.

use super::{Client, DbError, Query, Standing, client::STANDING_COLUMNS, client::standing_at, value::Col};
use model::{
    id::*,
    time::{TaxYear, Timestamp},
};
use rusqlite::{params_from_iter, types::Value};

/// The shortest text that the search index can find.
const SHORTEST_INDEXED: usize = 3;

/// What a table is narrowed to and how it is ordered.
#[derive(Debug, Clone, PartialEq)]
pub struct TableChoice {
    pub firm: FirmId,
    pub tax_year: TaxYear,
    /// Place in the season, 0 (nobody invited) to 6 (everybody approved).
    pub place: Option<u8>,
    /// Only what waits for the advisor.
    pub attention_only: bool,
    /// Part of a number, a name or a mail address; empty for all.
    pub text: String,
    pub order: TableOrder,
    pub descending: bool,
    pub now: Timestamp,
}

/// The column that a table is ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TableOrder {
    #[default]
    Name,
    Number,
    Place,
    Active,
}

/// A client in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub client: Client,
    pub place: u8,
    /// Somebody's newest invitation ended unused.
    pub expired: bool,
    pub standing: Option<Standing>,
}

/// How many clients there are at a place of the season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceCount {
    pub place: u8,
    /// Whether these wait for the advisor.
    pub attention: bool,
    pub clients: usize,
}

/// Where a client is in the season. The years' own stages come first.
const PLACE: &str =
    "case when s.stage = 4 then 6 when s.stage = 3 and s.approvals_asked > 0 then 5 when s.stage = 3 then 4
     when s.stage = 2 then 3 else c.entry end";

fn condition(choice: &TableChoice, values: &mut Vec<Value>) -> String {
    values.push(Value::Blob(choice.firm.as_bytes().to_vec()));
    values.push(Value::Integer(i64::from(choice.tax_year.0)));
    values.push(Value::Integer(choice.now.0));
    let mut sql =
        "from client c left join standing s on s.client = c.id and s.tax_year = ?2 where c.firm = ?1".to_owned();
    if choice.text.chars().count() >= SHORTEST_INDEXED {
        // Each word in quotes: what somebody types is never an expression of the index.
        let words = choice.text.split_whitespace().filter(|w| w.chars().count() >= SHORTEST_INDEXED);
        let quoted: Vec<_> = words.map(|w| format!("\"{}\"", w.replace('"', "\"\""))).collect();
        let wanted =
            if quoted.is_empty() { format!("\"{}\"", choice.text.replace('"', "\"\"")) } else { quoted.join(" ") };
        values.push(Value::Text(wanted));
        sql.push_str(&format!(
            " and c.id in (select client from searchable where id in
                 (select rowid from client_search where client_search match ?{}))",
            values.len()
        ));
    } else if !choice.text.is_empty() {
        let plain = choice.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(Value::Text(format!("{plain}%")));
        let n = values.len();
        sql.push_str(&format!(" and (c.number like ?{n} escape '\\' or c.name like ?{n} escape '\\')"));
    }
    sql
}

/// Whether something waits for the advisor.
const ATTENTION: &str = "(coalesce(s.attention, '') <> '' or coalesce(c.invited_until <= ?3, 0))";

impl Query<'_> {
    /// How many clients a firm has.
    pub fn count_clients(&self, firm: FirmId) -> Result<usize, DbError> {
        let mut statement = self.0.prepare_cached("select count(*) from client where firm = ?")?;
        Ok(statement.query_row([Col(firm)], |row| row.get(0))?)
    }

    /// How many clients there are at each place, whatever place is chosen.
    pub fn count_places(&self, choice: &TableChoice) -> Result<Vec<PlaceCount>, DbError> {
        let mut values = Vec::new();
        let from = condition(choice, &mut values);
        let mut statement =
            self.0.prepare_cached(&format!("select {PLACE}, {ATTENTION}, count(*) {from} group by 1, 2"))?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(PlaceCount { place: row.get(0)?, attention: row.get(1)?, clients: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The clients of a choice from number `skip` on.
    pub fn table(&self, choice: &TableChoice, skip: usize, limit: usize) -> Result<Vec<TableRow>, DbError> {
        let mut values = Vec::new();
        let mut sql = condition(choice, &mut values);
        if let Some(place) = choice.place {
            values.push(Value::Integer(i64::from(place)));
            sql.push_str(&format!(" and {PLACE} = ?{}", values.len()));
        }
        if choice.attention_only {
            sql.push_str(&format!(" and {ATTENTION}"));
        }
        let way = if choice.descending { "desc" } else { "asc" };
        let order = match choice.order {
            TableOrder::Name => format!("c.name collate nocase {way}, c.number {way}"),
            TableOrder::Number => format!("length(c.number) {way}, c.number {way}"),
            TableOrder::Place => format!("{PLACE} {way}, c.name collate nocase, c.number"),
            TableOrder::Active => format!("coalesce(s.updated_at, 0) {way}, c.name collate nocase, c.number"),
        };
        let count = |n: usize| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        values.extend([count(limit), count(skip)]);
        let mut statement = self.0.prepare_cached(&format!(
            "select c.id, c.firm, c.number, c.name, c.advisor, {PLACE}, coalesce(c.invited_until <= ?3, 0), {STANDING_COLUMNS}
             {sql} order by {order} limit ?{} offset ?{}",
            values.len() - 1,
            values.len()
        ))?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            let client = Client {
                id: row.get::<_, Col<_>>(0)?.0,
                firm: row.get::<_, Col<_>>(1)?.0,
                number: row.get(2)?,
                name: row.get(3)?,
                advisor: row.get::<_, Col<_>>(4)?.0,
            };
            let standing = match row.get_ref(7)? {
                rusqlite::types::ValueRef::Null => None,
                _ => Some(standing_at(row, 7)?),
            };
            Ok(TableRow { client, place: row.get(5)?, expired: row.get(6)?, standing })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
