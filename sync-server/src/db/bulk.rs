//! Deeds for many clients at once: what is meant, for whom, and how far it is.

use super::{DbError, Query, Tx, client::ids_at, value::Col};
use model::{
    id::*,
    time::{TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, Row, params};

/// Names a deed for many.
pub type BulkId = [u8; 16];

/// What is done for each client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Invite,
    Checklist,
    Remind,
    Documents,
}

impl Deed {
    /// All there are.
    pub const ALL: [Self; 4] = [Self::Invite, Self::Checklist, Self::Remind, Self::Documents];

    /// Its name in forms and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Checklist => "checklist",
            Self::Remind => "remind",
            Self::Documents => "documents",
        }
    }

    /// The deed of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.word() == word)
    }
}

/// How far a deed for many is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    /// The advisor looks at whom it is for.
    Draft,
    Running,
    Done,
}

/// A deed for many.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    pub id: BulkId,
    pub firm: FirmId,
    pub advisor: AdvisorId,
    pub deed: Deed,
    pub tax_year: TaxYear,
    /// JSON: what exactly.
    pub wish: String,
    pub state: BulkState,
    pub created_at: Timestamp,
}

/// A client that a deed is for.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkItem {
    pub number: u32,
    pub client: ClientId,
}

/// What decides whether a client is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkFacts {
    pub number: u32,
    pub client_number: String,
    pub name: String,
    pub archived: bool,
    pub blocked: bool,
    /// Ids of the templates of the checklists that were set out this year.
    pub checklists: Vec<String>,
    pub open_tasks: u32,
    /// People without a login who are not blocked.
    pub strangers: u32,
    /// Of those, who have a mail address.
    pub reachable: u32,
    /// Of those, who were not invited just now.
    pub invitable: u32,
}

/// How many items there are of a kind, with what they are called.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkCount {
    /// Done and not left out.
    pub done: bool,
    /// Why it was left out; empty where it was not.
    pub reason: String,
    pub clients: usize,
}

const BULK: &str = "select id, firm, advisor, deed, tax_year, wish, state, created_at from bulk";

fn bulk(row: &Row<'_>) -> rusqlite::Result<Bulk> {
    let state = match row.get_ref(6)?.as_str()? {
        "draft" => BulkState::Draft,
        "running" => BulkState::Running,
        _ => BulkState::Done,
    };
    Ok(Bulk {
        id: row.get(0)?,
        firm: row.get::<_, Col<_>>(1)?.0,
        advisor: row.get::<_, Col<_>>(2)?.0,
        deed: Deed::of(row.get_ref(3)?.as_str()?).unwrap_or(Deed::Remind),
        tax_year: TaxYear(row.get(4)?),
        wish: row.get(5)?,
        state,
        created_at: row.get::<_, Col<_>>(7)?.0,
    })
}

impl Query<'_> {
    /// A deed for many of `firm`.
    pub fn bulk(&self, firm: FirmId, id: &BulkId) -> Result<Option<Bulk>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{BULK} where firm = ? and id = ?"))?;
        Ok(statement.query_row(params![Col(firm), id], bulk).optional()?)
    }

    /// Deeds that are being done, of any firm: for the server's own work.
    pub fn running_bulks(&self) -> Result<Vec<Bulk>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{BULK} where state = 'running' order by created_at"))?;
        Ok(statement.query_map([], bulk)?.collect::<Result<_, _>>()?)
    }

    /// Clients for whom a deed is still to be done.
    pub fn bulk_items_to_do(&self, id: &BulkId, limit: usize) -> Result<Vec<BulkItem>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select number, client from bulk_item where bulk = ? and state = 'waiting' order by number limit ?",
        )?;
        let rows = statement.query_map(params![id, limit], |row| {
            Ok(BulkItem { number: row.get(0)?, client: row.get::<_, Col<_>>(1)?.0 })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What decides whether each client is left out. Somebody invited since
    /// `just_now` is not invited again.
    pub fn bulk_facts(&self, bulk: &Bulk, just_now: Timestamp) -> Result<Vec<BulkFacts>, DbError> {
        let people =
            "select count(*) from person p where p.client = c.id and p.account is null and p.blocked_at is null
            and (p.until_year is null or p.until_year > ?2)";
        let mut statement = self.0.prepare_cached(&format!(
            "select b.number, c.number, c.name, c.archived_at is not null, c.blocked_at is not null,
                 coalesce(s.checklists, ''), coalesce(s.open_tasks, 0),
                 ({people}), ({people} and p.email <> ''),
                 ({people} and p.email <> '' and not exists (select 1 from invitation i
                     where i.person = p.id and i.voided_at is null and i.created_at > ?3))
             from bulk_item b join client c on c.id = b.client
             left join standing s on s.client = c.id and s.tax_year = ?2
             where b.bulk = ?1 order by b.number"
        ))?;
        let rows = statement.query_map(params![bulk.id, bulk.tax_year.0, Col(just_now)], |row| {
            Ok(BulkFacts {
                number: row.get(0)?,
                client_number: row.get(1)?,
                name: row.get(2)?,
                archived: row.get(3)?,
                blocked: row.get(4)?,
                checklists: ids_at(row, 5)?,
                open_tasks: row.get(6)?,
                strangers: row.get(7)?,
                reachable: row.get(8)?,
                invitable: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How far a deed is, and why some were left out.
    pub fn count_bulk_items(&self, id: &BulkId) -> Result<Vec<BulkCount>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select state = 'done', reason, count(*) from bulk_item where bulk = ? group by state, reason",
        )?;
        let rows = statement
            .query_map([id], |row| Ok(BulkCount { done: row.get(0)?, reason: row.get(1)?, clients: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Number and name of clients that were left out for a reason.
    pub fn bulk_left_out(&self, id: &BulkId, reason: &str, limit: usize) -> Result<Vec<(String, String)>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select c.number, c.name from bulk_item b join client c on c.id = b.client
             where b.bulk = ? and b.state = 'skipped' and b.reason = ? order by b.number limit ?",
        )?;
        let rows = statement.query_map(params![id, reason, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Adds a deed that nobody confirmed yet.
    pub fn add_bulk(&self, b: &Bulk) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into bulk (id, firm, advisor, deed, tax_year, wish, state, created_at) values (?, ?, ?, ?, ?, ?, 'draft', ?)",
            params![b.id, Col(b.firm), Col(b.advisor), b.deed.word(), b.tax_year.0, b.wish, Col(b.created_at)],
        )?;
        Ok(())
    }

    /// Adds clients to a deed, numbered from `from` on.
    pub fn add_bulk_items(&self, id: &BulkId, from: u32, clients: &[ClientId]) -> Result<(), DbError> {
        let mut statement = self.0.0.prepare_cached("insert into bulk_item (bulk, number, client) values (?, ?, ?)")?;
        for (number, client) in (from..).zip(clients) {
            statement.execute(params![id, number, Col(*client)])?;
        }
        Ok(())
    }

    /// Begins to do it. Whether this was the word that counts.
    pub fn start_bulk(&self, id: &BulkId, wish: &str) -> Result<bool, DbError> {
        let rows = self.0.0.execute(
            "update bulk set state = 'running', wish = ? where id = ? and state = 'draft'",
            params![wish, id],
        )?;
        Ok(rows == 1)
    }

    /// It was done for a client, or not for a reason.
    pub fn bulk_item_done(&self, id: &BulkId, number: u32, left_out: Option<&str>) -> Result<(), DbError> {
        let state = if left_out.is_some() { "skipped" } else { "done" };
        let mut statement =
            self.0.0.prepare_cached("update bulk_item set state = ?, reason = ? where bulk = ? and number = ?")?;
        statement.execute(params![state, left_out.unwrap_or_default(), id, number])?;
        Ok(())
    }

    /// It was done for all.
    pub fn finish_bulk(&self, id: &BulkId, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute("update bulk set state = 'done', finished_at = ? where id = ?", params![Col(at), id])?;
        Ok(())
    }

    /// Forgets deeds from before a moment that nobody confirmed.
    pub fn sweep_bulks(&self, before: Timestamp) -> Result<(), DbError> {
        let old = "select id from bulk where created_at < ? and state = 'draft'";
        self.0.0.execute(&format!("delete from bulk_item where bulk in ({old})"), [Col(before)])?;
        self.0.0.execute("delete from bulk where created_at < ? and state = 'draft'", [Col(before)])?;
        Ok(())
    }
}
