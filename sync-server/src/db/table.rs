//! The table of clients: one page of it, and how many there are of each kind.
//! Read from indexed columns only; no document is opened for it.

use super::{
    Attention, Client, DbError, Phase, Query, Standing, client::STANDING_COLUMNS, client::standing_at, value::Col,
};
use model::{
    event::EventKind,
    id::*,
    time::{Date, TaxYear, Timestamp},
};
use rusqlite::{params_from_iter, types::Value};
use std::collections::BTreeMap;

/// The shortest text that the search index can find.
const SHORTEST_INDEXED: usize = 3;

/// What a table is narrowed to and how it is ordered.
#[derive(Debug, Clone, PartialEq)]
pub struct TableChoice {
    pub firm: FirmId,
    pub tax_year: TaxYear,
    /// Only those in this phase.
    pub phase: Option<Phase>,
    /// Only what waits for the advisor.
    pub attention_only: bool,
    /// Part of a number, a name or a mail address; empty for all.
    pub text: String,
    pub order: TableOrder,
    pub descending: bool,
    pub now: Timestamp,
    pub kept: Kept,
    /// Only those of one advisor.
    pub advisor: Option<AdvisorId>,
    /// Only those with this tag.
    pub tag: Option<String>,
    /// Only those with something that was due before this day.
    pub due_before: Option<Date>,
    /// Only those at whom one of these kinds of event happened since.
    pub happened: Option<(Timestamp, &'static [EventKind])>,
    /// Only those to whom a mail was given up.
    pub mail_failed: bool,
    /// Only those whose return everybody approved and nobody filed.
    pub to_file: bool,
}

/// Which clients are meant by what they are to the firm.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kept {
    /// All that were not put aside.
    #[default]
    Present,
    /// Those that were put aside.
    Archived,
    /// Those whose people may not get in.
    Blocked,
}

/// The column that a table is ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TableOrder {
    #[default]
    Name,
    Number,
    Phase,
    Active,
}

/// A client in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub client: Client,
    pub phase: Phase,
    /// Somebody's newest invitation ended unused.
    pub expired: bool,
    pub standing: Option<Standing>,
    pub archived: bool,
    pub blocked: bool,
}

/// How many clients there are in a phase of the season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseCount {
    pub phase: Phase,
    /// Whether these wait for the advisor.
    pub attention: bool,
    pub clients: usize,
}

/// Each word in quotes: what somebody types is never an expression of the index.
fn wanted_words(text: &str) -> String {
    let quoted = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
    let words = text.split_whitespace().filter(|w| w.chars().count() >= SHORTEST_INDEXED);
    let words: Vec<_> = words.map(quoted).collect();
    if words.is_empty() { quoted(text) } else { words.join(" ") }
}

/// `counts`: all clients are read, in no order, and not their names.
fn condition(choice: &TableChoice, values: &mut Vec<Value>, counts: bool) -> String {
    values.push(Value::Blob(choice.firm.as_bytes().to_vec()));
    values.push(Value::Integer(i64::from(choice.tax_year.0)));
    values.push(Value::Integer(choice.now.0));
    let indexed = choice.text.chars().count() >= SHORTEST_INDEXED;
    // What the search finds is little: it comes first, and the clients after it.
    let clients = if indexed {
        values.push(Value::Text(wanted_words(&choice.text)));
        "client_search f cross join searchable x on x.id = f.rowid cross join client c on c.id = x.client"
    } else if counts && choice.kept == Kept::Present {
        "client c indexed by client_active"
    } else {
        "client c"
    };
    let found = if indexed { "client_search match ?4 and c.firm = ?1" } else { "c.firm = ?1" };
    let mut sql = format!("from {clients} left join standing s on s.client = c.id and s.tax_year = ?2 where {found}");
    sql.push_str(match choice.kept {
        Kept::Present => " and c.archived_at is null",
        Kept::Archived => " and c.archived_at is not null",
        Kept::Blocked => " and c.blocked_at is not null",
    });
    if let Some(advisor) = choice.advisor {
        values.push(Value::Blob(advisor.as_bytes().to_vec()));
        sql.push_str(&format!(" and c.advisor = ?{}", values.len()));
    }
    if let Some(tag) = &choice.tag {
        values.push(Value::Text(tag.clone()));
        sql.push_str(&format!(" and c.id in (select client from client_tag where tag = ?{})", values.len()));
    }
    if let Some(day) = choice.due_before {
        values.push(Value::Text(day.to_string()));
        sql.push_str(&format!(" and s.due < ?{}", values.len()));
    }
    if let Some((since, kinds)) = choice.happened {
        values.push(Value::Integer(since.0));
        let at = values.len();
        values.extend(kinds.iter().map(|kind| Value::Text(kind.word().to_owned())));
        let places = (at + 1..=values.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        sql.push_str(&format!(
            " and c.id in (select client from event indexed by event_of_firm where firm = ?1 and at >= ?{at} and kind in ({places}))"
        ));
    }
    if choice.to_file {
        sql.push_str(&format!(" and s.attention = '{}'", Attention::ReadyToFile.word()));
    }
    if choice.mail_failed {
        sql.push_str(" and c.id in (select client from outbox where firm = ?1 and failed_at is not null)");
    }
    if !indexed && !choice.text.is_empty() {
        let plain = choice.text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        values.push(Value::Text(format!("{plain}%")));
        let n = values.len();
        sql.push_str(&format!(" and (c.number like ?{n} escape '\\' or c.name like ?{n} escape '\\')"));
    }
    sql
}

/// Whether something waits for the advisor.
const ATTENTION: &str = "(coalesce(s.attention, '') <> '' or coalesce(c.invited_until <= ?3, 0))";

/// As [`condition`], with phase and attention.
fn narrowed(choice: &TableChoice, values: &mut Vec<Value>) -> String {
    let mut sql = condition(choice, values, false);
    if let Some(phase) = choice.phase {
        values.push(Value::Integer(i64::from(phase.number())));
        sql.push_str(&format!(" and {} = ?{}", Phase::expression(), values.len()));
    }
    if choice.attention_only {
        sql.push_str(&format!(" and {ATTENTION}"));
    }
    sql
}

impl Query<'_> {
    /// How many clients a firm has.
    pub fn count_clients(&self, firm: FirmId) -> Result<usize, DbError> {
        let mut statement = self.0.prepare_cached(
            "select count(*) from client indexed by client_active where firm = ? and archived_at is null",
        )?;
        Ok(statement.query_row([Col(firm)], |row| row.get(0))?)
    }

    /// How many clients there are in each phase, whatever phase is chosen.
    pub fn count_phases(&self, choice: &TableChoice) -> Result<Vec<PhaseCount>, DbError> {
        let mut values = Vec::new();
        let from = condition(choice, &mut values, true);
        // Counted here: SQLite would sort all of them first.
        let mut statement = self.0.prepare_cached(&format!("select {}, {ATTENTION} {from}", Phase::expression()))?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut counts = BTreeMap::<(u8, bool), usize>::new();
        while let Some(row) = rows.next()? {
            *counts.entry((row.get(0)?, row.get(1)?)).or_default() += 1;
        }
        let count = |((phase, attention), clients)| PhaseCount { phase: Phase::from_number(phase), attention, clients };
        Ok(counts.into_iter().map(count).collect())
    }

    /// The tags that a firm uses.
    pub fn tags_of_firm(&self, firm: FirmId) -> Result<Vec<String>, DbError> {
        let mut statement = self.0.prepare_cached(
            // From tag to tag along the index: a firm has few, on many clients.
            "with recursive every (tag) as (
                 select min(tag) from client_tag
                 union all select (select min(tag) from client_tag where tag > every.tag) from every where tag is not null)
             select tag from every where tag is not null and exists (
                 select 1 from client_tag t join client c on c.id = t.client where t.tag = every.tag and c.firm = ?)
             order by tag collate nocase",
        )?;
        Ok(statement.query_map([Col(firm)], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// All clients of a choice, in no order.
    pub fn clients_of_choice(&self, choice: &TableChoice) -> Result<Vec<ClientId>, DbError> {
        let mut values = Vec::new();
        let sql = narrowed(choice, &mut values);
        let mut statement = self.0.prepare_cached(&format!("select c.id, {ATTENTION} {sql}"))?;
        let rows = statement.query_map(params_from_iter(values), |row| Ok(row.get::<_, Col<_>>(0)?.0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The clients of a choice from number `skip` on.
    pub fn table(&self, choice: &TableChoice, skip: usize, limit: usize) -> Result<Vec<TableRow>, DbError> {
        let mut values = Vec::new();
        let sql = narrowed(choice, &mut values);
        let (way, phase) = (if choice.descending { "desc" } else { "asc" }, Phase::expression());
        let order = match choice.order {
            TableOrder::Name => format!("c.name collate nocase {way}, c.number {way}"),
            TableOrder::Number => format!("length(c.number) {way}, c.number {way}"),
            TableOrder::Phase => format!("{phase} {way}, c.name collate nocase, c.number"),
            TableOrder::Active => format!("coalesce(s.updated_at, 0) {way}, c.name collate nocase, c.number"),
        };
        let count = |n: usize| Value::Integer(i64::try_from(n).unwrap_or(i64::MAX));
        values.extend([count(limit), count(skip)]);
        let mut statement = self.0.prepare_cached(&format!(
            "select c.id, c.firm, c.number, c.name, c.advisor, {phase}, coalesce(c.invited_until <= ?3, 0), c.archived_at is not null, c.blocked_at is not null, {STANDING_COLUMNS}
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
            let standing = match row.get_ref(9)? {
                rusqlite::types::ValueRef::Null => None,
                _ => Some(standing_at(row, 9)?),
            };
            Ok(TableRow {
                client,
                phase: Phase::from_number(row.get(5)?),
                expired: row.get(6)?,
                archived: row.get(7)?,
                blocked: row.get(8)?,
                standing,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
