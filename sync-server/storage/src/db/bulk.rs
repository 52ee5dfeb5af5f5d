//! Actions for many clients at once: what is to be done, for which clients, and how far it is.

use super::{DbError, Query, Tx, client::ids, column::values, sqlite::Row};
use model::{
    id::*,
    time::{TaxYear, Timestamp},
};

/// The actions that can be done for many clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAction {
    Invite,
    Checklist,
    Remind,
    Documents,
}

impl BulkAction {
    /// All actions.
    pub const ALL: [Self; 4] = [Self::Invite, Self::Checklist, Self::Remind, Self::Documents];

    /// Returns the name of the action in forms and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Checklist => "checklist",
            Self::Remind => "remind",
            Self::Documents => "documents",
        }
    }

    /// Returns the action with this name.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }
}

/// The progress of an action for many clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkState {
    /// The advisor reviews which clients it is for.
    Draft,
    Running,
    Done,
}

/// An action for many clients.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    pub id: BulkId,
    pub firm: FirmId,
    pub advisor: AdvisorId,
    pub action: BulkAction,
    pub tax_year: TaxYear,
    /// JSON that says what exactly is to be done.
    pub wish: String,
    pub state: BulkState,
    pub created_at: Timestamp,
}

/// A client that an action is for.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkItem {
    pub number: u32,
    pub client: ClientId,
}

/// The facts that decide whether a client is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkFacts {
    pub number: u32,
    pub client_number: String,
    pub name: String,
    pub archived: bool,
    pub blocked: bool,
    /// The ids of the templates of the client's checklists of this year.
    pub checklists: Vec<String>,
    pub open_tasks: u32,
    /// The number of people without a login who are not blocked.
    pub strangers: u32,
    /// The number of those who have a mail address.
    pub reachable: u32,
    /// The number of those who were also not invited just now.
    pub invitable: u32,
}

/// The number of clients with the same result.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkCount {
    /// True if the action was done or the client was left out.
    pub done: bool,
    /// The reason why they were left out; empty if they were not.
    pub reason: String,
    pub clients: usize,
}

const BULK: &str = "select id, firm, advisor, action, tax_year, wish, state, created_at from bulk";

fn bulk(row: &Row<'_>) -> Result<Bulk, DbError> {
    let state = match row.get::<String>("state")?.as_str() {
        "draft" => BulkState::Draft,
        "running" => BulkState::Running,
        _ => BulkState::Done,
    };
    Ok(Bulk {
        id: row.get("id")?,
        firm: row.get("firm")?,
        advisor: row.get("advisor")?,
        action: BulkAction::of(&row.get::<String>("action")?).unwrap_or(BulkAction::Remind),
        tax_year: row.get("tax_year")?,
        wish: row.get("wish")?,
        state,
        created_at: row.get("created_at")?,
    })
}

impl Query<'_> {
    /// Returns an action of `firm`.
    pub fn bulk(&self, firm: FirmId, id: BulkId) -> Result<Option<Bulk>, DbError> {
        self.optional(&format!("{BULK} where firm = ?1 and id = ?2"), values![firm, id], bulk)
    }

    /// Returns the actions that are being done, of any firm, for the server's own work.
    pub fn running_bulks(&self) -> Result<Vec<Bulk>, DbError> {
        self.readable(&format!("{BULK} where state = 'running' order by created_at"), values![], bulk)
    }

    /// Returns the clients for whom an action still has to be done.
    pub fn bulk_items_to_do(&self, id: BulkId, limit: usize) -> Result<Vec<BulkItem>, DbError> {
        self.many(
            "select number, client from bulk_item where bulk = ?1 and state = 'waiting' order by number limit ?2",
            values![id, limit],
            |row| Ok(BulkItem { number: row.get(0)?, client: row.get(1)? }),
        )
    }

    /// Returns the facts about each client. Somebody who was invited since
    /// `just_now` is not invited a second time.
    pub fn bulk_facts(&self, bulk: &Bulk, just_now: Timestamp) -> Result<Vec<BulkFacts>, DbError> {
        let people =
            "select count(*) from person p where p.client = c.id and p.account is null and p.blocked_at is null
            and (p.until_year is null or p.until_year > ?2)";
        self.many(
            &format!(
                "select b.number, c.number as client_number, c.name, c.archived_at is not null as archived,
                 c.blocked_at is not null as blocked,
                 coalesce(s.checklists, '') as checklists, coalesce(s.open_tasks, 0) as open_tasks,
                 ({people}) as strangers, ({people} and p.email <> '') as reachable,
                 ({people} and p.email <> '' and not exists (select 1 from invitation i
                     where i.person = p.id and i.voided_at is null and i.created_at > ?3)) as invitable
             from bulk_item b join client c on c.id = b.client
             left join year_status s on s.client = c.id and s.tax_year = ?2
             where b.bulk = ?1 order by b.number"
            ),
            values![bulk.id, bulk.tax_year, just_now],
            |row| {
                Ok(BulkFacts {
                    number: row.get("number")?,
                    client_number: row.get("client_number")?,
                    name: row.get("name")?,
                    archived: row.get("archived")?,
                    blocked: row.get("blocked")?,
                    checklists: ids(row, "checklists")?,
                    open_tasks: row.get("open_tasks")?,
                    strangers: row.get("strangers")?,
                    reachable: row.get("reachable")?,
                    invitable: row.get("invitable")?,
                })
            },
        )
    }

    /// Counts the clients of an action by result and by the reason for leaving them out.
    pub fn count_bulk_items(&self, id: BulkId) -> Result<Vec<BulkCount>, DbError> {
        self.many(
            "select state = 'done', reason, count(*) from bulk_item where bulk = ?1 group by state, reason",
            values![id],
            |row| Ok(BulkCount { done: row.get(0)?, reason: row.get(1)?, clients: row.get(2)? }),
        )
    }

    /// Returns number and name of clients that were left out for a reason.
    pub fn bulk_left_out(&self, id: BulkId, reason: &str, limit: usize) -> Result<Vec<(String, String)>, DbError> {
        self.many(
            "select c.number, c.name from bulk_item b join client c on c.id = b.client
             where b.bulk = ?1 and b.state = 'skipped' and b.reason = ?2 order by b.number limit ?3",
            values![id, reason, limit],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl Tx<'_> {
    /// Adds an action that nobody confirmed yet.
    pub fn add_bulk(&self, b: &Bulk) -> Result<(), DbError> {
        self.run(
            "insert into bulk (id, firm, advisor, action, tax_year, wish, state, created_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, 'draft', ?7)",
            values![b.id, b.firm, b.advisor, b.action.word(), b.tax_year, b.wish, b.created_at],
        )?;
        Ok(())
    }

    /// Adds clients to an action, numbered from `from` on.
    pub fn add_bulk_items(&self, id: BulkId, from: u32, clients: &[ClientId]) -> Result<(), DbError> {
        for (number, client) in (from..).zip(clients) {
            self.run(
                "insert into bulk_item (bulk, number, client) values (?1, ?2,
                 ?3)",
                values![id, number, *client],
            )?;
        }
        Ok(())
    }

    /// Marks the action as started. Returns false if somebody else started it first.
    pub fn start_bulk(&self, id: BulkId, wish: &str) -> Result<bool, DbError> {
        let rows = self.run(
            "update bulk set state = 'running', wish = ?1 where id = ?2
                 and state = 'draft'",
            values![wish, id],
        )?;
        Ok(rows == 1)
    }

    /// Records that the action was done for a client, or why the client was left out.
    pub fn bulk_item_done(&self, id: BulkId, number: u32, left_out: Option<&str>) -> Result<(), DbError> {
        let state = if left_out.is_some() { "skipped" } else { "done" };
        self.run(
            "update bulk_item set state = ?1, reason = ?2 where bulk = ?3 and number = ?4",
            values![state, left_out.unwrap_or_default(), id, number],
        )?;
        Ok(())
    }

    /// Records that the action was done for all clients.
    pub fn finish_bulk(&self, id: BulkId, at: Timestamp) -> Result<(), DbError> {
        self.run("update bulk set state = 'done', finished_at = ?1 where id = ?2", values![at, id])?;
        Ok(())
    }

    /// Deletes actions from before a moment that nobody confirmed.
    pub fn sweep_bulks(&self, before: Timestamp) -> Result<(), DbError> {
        let old = "select id from bulk where created_at < ?1 and state = 'draft'";
        self.run(&format!("delete from bulk_item where bulk in ({old})"), values![before])?;
        self.run("delete from bulk where created_at < ?1 and state = 'draft'", values![before])?;
        Ok(())
    }
}
