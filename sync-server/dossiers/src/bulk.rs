//! Actions for many clients at once. The reasons for leaving a client out are shown before
//! and checked once more when it is its turn; each client is dealt with exactly once.

use crate::dossiers::{ActionError, Dossiers, template::offered};
use accounts::{
    error::ServerError,
    invitation::{Skipped, invite_many},
};
use mail::{Nudge, nudge};
use model::{
    record::RequestItem,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};
use storage::{
    apart::caught,
    db::{Actor, Advisor, Bulk, BulkAction, BulkFacts, BulkItem, DbError},
};

/// The number of clients in one round.
const CHUNK: usize = 20;
/// The time in seconds after an invitation during which nobody is invited a second time.
const JUST_NOW: i64 = 3600;

/// The details of the action that the advisor asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wish {
    /// The id of the checklist's template.
    pub template: String,
    /// True if last year's answers are to be proposed.
    pub prefill: bool,
    pub due: Option<Date>,
    pub items: Vec<RequestItem>,
}

/// The reasons why a client is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Archived,
    Blocked,
    /// Everybody of this client has a login.
    Registered,
    NoMail,
    JustInvited,
    /// This client has this checklist already.
    SetOut,
    NothingOpen,
    MailedToday,
    /// Nobody of this client wants reminders.
    Unwanted,
    /// The action failed, and the log of the server says why.
    Failed,
}

impl Reason {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Archived, "archived"),
        (Self::Blocked, "blocked"),
        (Self::Registered, "registered"),
        (Self::NoMail, "no_mail"),
        (Self::JustInvited, "just_invited"),
        (Self::SetOut, "set_out"),
        (Self::NothingOpen, "nothing_open"),
        (Self::MailedToday, "mailed_today"),
        (Self::Unwanted, "unwanted"),
        (Self::Failed, "failed"),
    ];

    /// Returns the word for it in the database.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(reason, _)| *reason == self).map_or("", |(_, word)| word)
    }

    /// Returns the reason with this word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, w)| *w == word).map(|(reason, _)| reason)
    }
}

/// Returns the first moment that counts as just now.
pub fn just_now(now: Timestamp) -> Timestamp {
    now.plus_seconds(-JUST_NOW)
}

/// Returns why a client would be left out, as far as the tables tell, or None.
pub fn reason(action: BulkAction, wish: &Wish, facts: &BulkFacts) -> Option<Reason> {
    if facts.archived {
        return Some(Reason::Archived);
    }
    if facts.blocked {
        return Some(Reason::Blocked);
    }
    match action {
        BulkAction::Invite if facts.strangers == 0 => Some(Reason::Registered),
        BulkAction::Invite if facts.reachable == 0 => Some(Reason::NoMail),
        BulkAction::Invite if facts.invitable == 0 => Some(Reason::JustInvited),
        BulkAction::Checklist if facts.checklists.contains(&wish.template) => Some(Reason::SetOut),
        BulkAction::Remind if facts.open_tasks == 0 => Some(Reason::NothingOpen),
        _ => None,
    }
}

/// Does the action for the next clients. Returns true if there may be more.
pub async fn step(dossiers: &Dossiers, bulk: &Bulk) -> Result<bool, ServerError> {
    let items = dossiers.db().read(|q| q.bulk_items_to_do(bulk.id, CHUNK))?;
    let (id, now) = (bulk.id, dossiers.clock().now());
    if items.is_empty() {
        dossiers.db().write(move |tx| tx.finish_bulk(id, now)).await?;
        return Ok(false);
    }
    let (dossiers, bulk) = (dossiers.clone(), bulk.clone());
    tokio::task::spawn_blocking(move || {
        let advisor =
            dossiers.db().read(|q| q.advisor(bulk.advisor))?.ok_or(DbError::Missing("advisor of a bulk action"))?;
        let wish: Wish = serde_json::from_str(&bulk.wish).map_err(|_| DbError::Malformed("wish of a bulk action"))?;
        items.iter().try_for_each(|item| one(&dossiers, &bulk, &wish, &advisor, item))
    })
    .await??;
    Ok(true)
}

/// Does the action for one client. A failure with one client does not stop the others.
fn one(dossiers: &Dossiers, bulk: &Bulk, wish: &Wish, advisor: &Advisor, item: &BulkItem) -> Result<(), DbError> {
    let left_out = caught(|| -> Result<_, ActionError> {
        let kept = dossiers.db().read(|q| q.client_state(item.client))?;
        if kept.archived_at.is_some() {
            Ok(Some(Reason::Archived))
        } else if kept.blocked_at.is_some() {
            Ok(Some(Reason::Blocked))
        } else {
            carry_out(dossiers, bulk, wish, advisor, item)
        }
    });
    let left_out = left_out.unwrap_or_else(|error: String| {
        tracing::error!(%error, client = %item.client, action = bulk.action.word(), "not done for one of many");
        Some(Reason::Failed)
    });
    // When the database is closed, this is not written either, and the client's turn comes after the next start.
    let (id, number) = (bulk.id, item.number);
    dossiers.db().write_blocking(move |tx| tx.bulk_item_done(id, number, left_out.map(Reason::word)))
}

fn carry_out(
    dossiers: &Dossiers,
    bulk: &Bulk,
    wish: &Wish,
    advisor: &Advisor,
    item: &BulkItem,
) -> Result<Option<Reason>, ActionError> {
    let (year, client) = (bulk.tax_year, item.client);
    if bulk.action != BulkAction::Remind && dossiers.db().read(|q| q.documents_of_year(client, year))?.is_empty() {
        dossiers.open_year(advisor, client, year)?;
    }
    match bulk.action {
        BulkAction::Invite => invite(dossiers, bulk, item),
        BulkAction::Remind => remind(dossiers, bulk, item),
        BulkAction::Checklist => {
            let templates = dossiers.db().read(|q| offered(q, bulk.firm, year))?;
            let template = templates.into_iter().find(|t| t.id == wish.template).ok_or(ActionError::NoSuchTask)?;
            match dossiers.set_out_checklist(advisor, client, year, template, wish.due, wish.prefill) {
                Ok(_) => Ok(None),
                Err(ActionError::AlreadySetOut) => Ok(Some(Reason::SetOut)),
                Err(other) => Err(other),
            }
        }
        BulkAction::Documents => {
            // The request and the mark that it was done are committed together, so that it is not made twice.
            let (id, number) = (bulk.id, item.number);
            let also = Box::new(move |tx: &storage::db::Tx<'_>| tx.bulk_item_done(id, number, None));
            let items = wish.items.clone();
            dossiers.request_documents_also(advisor, client, year, items, wish.due, Some(also))?;
            Ok(None)
        }
    }
}

/// Invites the people of one client. The mark that it was done is in the same transaction, so each mail leaves once.
fn invite(dossiers: &Dossiers, bulk: &Bulk, item: &BulkItem) -> Result<Option<Reason>, ActionError> {
    let (composer, now, by) = (dossiers.composer().clone(), dossiers.clock().now(), Actor::Advisor(bulk.advisor));
    let (id, item) = (bulk.id, item.clone());
    let done = dossiers.db().write_blocking(move |tx| {
        let people = tx.people(item.client)?;
        let skipped = invite_many(tx, &composer, &people, by, now)?;
        if skipped.len() < people.len() {
            tx.bulk_item_done(id, item.number, None)?;
            return Ok::<_, DbError>(None);
        }
        let of = |why| skipped.iter().any(|(_, s)| *s == why);
        Ok(Some(if of(Skipped::JustInvited) {
            Reason::JustInvited
        } else if of(Skipped::NoMail) || people.is_empty() {
            Reason::NoMail
        } else if of(Skipped::Registered) {
            Reason::Registered
        } else {
            Reason::Blocked
        }))
    })?;
    Ok(done)
}

fn remind(dossiers: &Dossiers, bulk: &Bulk, item: &BulkItem) -> Result<Option<Reason>, ActionError> {
    let (client, year) = (item.client, bulk.tax_year);
    let view = match dossiers.read(client, year) {
        Ok(view) => view,
        Err(ActionError::NoSuchYear) => return Ok(Some(Reason::NothingOpen)),
        Err(other) => return Err(other),
    };
    let (composer, now, id, number) = (dossiers.composer().clone(), dossiers.clock().now(), bulk.id, item.number);
    let done = dossiers.db().write_blocking(move |tx| {
        let people = tx.people(client)?;
        let outcomes = people.iter().map(|person| nudge(tx, &composer, &view, person, year, now));
        let outcomes = outcomes.collect::<Result<Vec<_>, DbError>>()?;
        if outcomes.contains(&Nudge::Sent) {
            tx.bulk_item_done(id, number, None)?;
            return Ok::<_, DbError>(None);
        }
        Ok(Some(if outcomes.contains(&Nudge::MailedToday) {
            Reason::MailedToday
        } else if outcomes.contains(&Nudge::NothingOpen) || outcomes.is_empty() {
            Reason::NothingOpen
        } else {
            Reason::Unwanted
        }))
    })?;
    Ok(done)
}
