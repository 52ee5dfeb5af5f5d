//! The table of clients: one page of it, and how many there are of each kind.
//! It is read from indexed columns only; no document is opened for it.

use super::{
    Attention, Client, DbError, Phase, Query, YearStatus,
    client::YEAR_STATUS_COLUMNS,
    client::{client, year_status},
    column::{ToColumn, Value, values},
    hint::{CLIENT_ACTIVE, EVENT_OF_FIRM},
    search,
};
use model::{
    event::EventKind,
    id::*,
    time::{Date, TaxYear, Timestamp},
};
use std::{collections::BTreeMap, ops::ControlFlow};

/// The values of a statement that is put together in pieces.
#[derive(Default)]
struct Values(Vec<Value<'static>>);

impl Values {
    /// Adds a value. Returns the number of its placeholder.
    fn push(&mut self, value: impl ToColumn) -> usize {
        self.0.push(value.to_column().into_owned());
        self.0.len()
    }
}

/// The filters and the order of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableChoice {
    pub firm: FirmId,
    pub tax_year: TaxYear,
    /// The phase of the clients that are listed.
    pub phase: Option<Phase>,
    /// True for only clients with something that waits for the advisor.
    pub attention_only: bool,
    /// A part of a number, a name or a mail address; empty for all.
    pub text: String,
    pub order: TableOrder,
    pub descending: bool,
    pub now: Timestamp,
    pub kept: Kept,
    /// The advisor whose clients are listed.
    pub advisor: Option<AdvisorId>,
    /// The tag of the clients that are listed.
    pub tag: Option<String>,
    /// The day before which something of the clients was due.
    pub due_before: Option<Date>,
    /// The moment since which one of these kinds of event happened for the clients.
    pub happened: Option<(Timestamp, &'static [EventKind])>,
    /// True for only clients to whom a mail could not be delivered.
    pub mail_failed: bool,
    /// True for only clients whose return everybody approved and that is not filed.
    pub to_file: bool,
}

/// Selects clients by being present, archived or blocked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kept {
    /// All clients that are not archived.
    #[default]
    Present,
    /// The archived clients.
    Archived,
    /// The clients whose people are blocked.
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
    /// True if the newest invitation of one of its people expired unused.
    pub expired: bool,
    pub status: Option<YearStatus>,
    pub archived: bool,
    pub blocked: bool,
}

/// The number of clients in a phase of the season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhaseCount {
    pub phase: Phase,
    /// True if something of these clients waits for the advisor.
    pub attention: bool,
    pub clients: usize,
}

/// Returns a query without its columns. With `counts`, it reads all clients, without an order and their names.
fn condition(choice: &TableChoice, values: &mut Values, counts: bool) -> String {
    values.push(choice.firm);
    values.push(choice.tax_year);
    values.push(choice.now);
    let indexed = choice.text.chars().count() >= search::SHORTEST;
    // The search finds few rows, so it is joined first, and the clients after it.
    let clients = if indexed {
        values.push(search::wanted_words(&choice.text));
        search::FOUND_CLIENTS
    } else if counts && choice.kept == Kept::Present {
        &format!("client c {CLIENT_ACTIVE}")
    } else {
        "client c"
    };
    let found = if indexed { format!("{} and c.firm = ?1", search::MATCHES_4) } else { "c.firm = ?1".to_owned() };
    let mut sql =
        format!("from {clients} left join year_status s on s.client = c.id and s.tax_year = ?2 where {found}");
    sql.push_str(match choice.kept {
        Kept::Present => " and c.archived_at is null",
        Kept::Archived => " and c.archived_at is not null",
        Kept::Blocked => " and c.blocked_at is not null",
    });
    if let Some(advisor) = choice.advisor {
        sql.push_str(&format!(" and c.advisor = ?{}", values.push(advisor)));
    }
    if let Some(tag) = &choice.tag {
        let number = values.push(tag);
        sql.push_str(&format!(" and c.id in (select client from client_tag where tag = ?{number})"));
    }
    if let Some(day) = choice.due_before {
        sql.push_str(&format!(" and s.due < ?{}", values.push(day)));
    }
    if let Some((since, kinds)) = choice.happened {
        let at = values.push(since);
        let places = kinds.iter().map(|kind| format!("?{}", values.push(kind))).collect::<Vec<_>>().join(", ");
        sql.push_str(&format!(
            " and c.id in (select client from event {EVENT_OF_FIRM} where firm = ?1 and at >= ?{at}
                 and kind in ({places}))"
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
        let n = values.push(format!("{plain}%"));
        sql.push_str(&format!(
            " and (lower(c.number) like lower(?{n}) escape '\\' or lower(c.name) like lower(?{n}) escape '\\')"
        ));
    }
    sql
}

/// The expression that is true if something waits for the advisor.
const ATTENTION: &str = "(coalesce(s.attention, '') <> '' or coalesce(c.invited_until <= ?3, false))";

/// Returns the same as [`condition`], with phase and attention.
fn narrowed(choice: &TableChoice, values: &mut Values) -> String {
    let mut sql = condition(choice, values, false);
    if let Some(phase) = choice.phase {
        sql.push_str(&format!(" and {} = ?{}", Phase::expression(), values.push(phase.number())));
    }
    if choice.attention_only {
        sql.push_str(&format!(" and {ATTENTION}"));
    }
    sql
}

impl Query<'_> {
    /// Returns the number of clients of a firm.
    pub fn count_clients(&self, firm: FirmId) -> Result<usize, DbError> {
        self.one(
            &format!("select count(*) from client {CLIENT_ACTIVE} where firm = ?1 and archived_at is null"),
            values![firm],
            |row| row.get(0),
        )
    }

    /// Returns the number of clients in each phase, whatever phase is chosen.
    pub fn count_phases(&self, choice: &TableChoice) -> Result<Vec<PhaseCount>, DbError> {
        let mut values = Values::default();
        let from = condition(choice, &mut values, true);
        // They are counted here, because SQLite would sort all of them first.
        let mut counts = BTreeMap::<(u8, bool), usize>::new();
        self.each(&format!("select {}, {ATTENTION} {from}", Phase::expression()), &values.0, |row| {
            *counts.entry((row.get(0)?, row.get(1)?)).or_default() += 1;
            Ok(ControlFlow::Continue(()))
        })?;
        let count = |((phase, attention), clients)| PhaseCount { phase: Phase::from_number(phase), attention, clients };
        Ok(counts.into_iter().map(count).collect())
    }

    /// Returns the tags that a firm uses.
    pub fn tags_of_firm(&self, firm: FirmId) -> Result<Vec<String>, DbError> {
        self.many(
            // This steps from tag to tag along the index, because a firm has few tags on many clients.
            "with recursive every (tag) as (
                 select min(tag) from client_tag
                 union all select (select min(tag) from client_tag where tag > every.tag) from every
                 where tag is not null)
             select tag from every where tag is not null and exists (
                 select 1 from client_tag t join client c on c.id = t.client where t.tag = every.tag and c.firm = ?1)
             order by lower(tag)",
            values![firm],
            |row| row.get(0),
        )
    }

    /// Returns all clients of a choice, without an order.
    pub fn clients_of_choice(&self, choice: &TableChoice) -> Result<Vec<ClientId>, DbError> {
        let mut values = Values::default();
        let sql = narrowed(choice, &mut values);
        self.many(&format!("select c.id, {ATTENTION} {sql}"), &values.0, |row| row.get(0))
    }

    /// Returns the clients of a choice from number `skip` on.
    pub fn table(&self, choice: &TableChoice, skip: usize, limit: usize) -> Result<Vec<TableRow>, DbError> {
        let mut values = Values::default();
        let sql = narrowed(choice, &mut values);
        let (way, phase) = (if choice.descending { "desc" } else { "asc" }, Phase::expression());
        let order = match choice.order {
            TableOrder::Name => format!("lower(c.name) {way}, c.number {way}"),
            TableOrder::Number => format!("length(c.number) {way}, c.number {way}"),
            TableOrder::Phase => format!("{phase} {way}, lower(c.name), c.number"),
            TableOrder::Active => format!("coalesce(s.updated_at, 0) {way}, lower(c.name), c.number"),
        };
        let (limit, skip) = (values.push(limit), values.push(skip));
        self.many(
            &format!(
                "select c.id, c.firm, c.number, c.name, c.advisor, {phase} as phase,
             coalesce(c.invited_until <= ?3, false) as expired, c.archived_at is not null as archived,
             c.blocked_at is not null as blocked, {YEAR_STATUS_COLUMNS}
             {sql} order by {order} limit ?{limit} offset ?{skip}"
            ),
            &values.0,
            |row| {
                let has_status = row.get::<Option<ClientId>>("client")?.is_some();
                Ok(TableRow {
                    client: client(row)?,
                    phase: Phase::from_number(row.get("phase")?),
                    expired: row.get("expired")?,
                    archived: row.get("archived")?,
                    blocked: row.get("blocked")?,
                    status: if has_status { Some(year_status(row)?) } else { None },
                })
            },
        )
    }
}
