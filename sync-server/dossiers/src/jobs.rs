//! Work besides the requests: imports, actions for many clients at once, and mails that are due by the
//! clock. All of it is in the database, so a server that was killed continues where it was. An item that fails
//! rests for a while that grows, and delays no other.

pub mod reminder;

use crate::{bulk, dossiers::Dossiers, import};
use accounts::error::ServerError;
use mail::digest;
use model::time::Timestamp;
use std::{sync::Arc, time::Duration};
use storage::{
    apart::{apart, apart_blocking, caught},
    db::{DbError, Setback, Work, WorkItem},
};
use tokio::sync::Notify;

/// The longest time between two rounds.
const ROUND: Duration = Duration::from_secs(60);
/// The number of year statuses that are renewed in one step.
const PIECE: usize = 50;
/// The time after which the rows of a file that nobody imports, and failures that did not recur, are deleted, in
/// seconds.
const KEPT: i64 = 30 * 24 * 3600;

/// Does the work that there is, until the process ends. `asked` is notified when there is new work.
pub async fn run(dossiers: Dossiers, asked: Arc<Notify>) {
    loop {
        storage::apart::round("mails by the clock", make_mails(&dossiers)).await;
        storage::apart::round("jobs", run_due(&dossiers)).await;
        // A notification and a timeout are both reasons to look for work.
        if tokio::time::timeout(ROUND, asked.notified()).await.is_ok() {
            tracing::trace!("there is work");
        }
    }
}

/// Queues the digests and reminders that are due now. Called by tests and by [`run`].
pub async fn make_mails(dossiers: &Dossiers) {
    let now = dossiers.clock().now();
    if let Err(error) = digest::make(dossiers.db(), dossiers.composer(), now).await {
        tracing::error!(%error, "digests could not be made");
    }
    if let Err(error) = reminder::make(dossiers, now).await {
        tracing::error!(%error, "reminders could not be made");
    }
}

/// Does all the work that there is: a piece of each job in turn, so that a large one does not
/// delay the others. Called by tests and by [`run`].
pub async fn run_due(dossiers: &Dossiers) {
    if let Err(error) = sweep(dossiers).await {
        tracing::error!(%error, "what is old is not forgotten");
    }
    if let Err(error) = follow_again(dossiers).await {
        tracing::error!(%error, "years that wait to follow a change cannot be looked for");
    }
    while round(dossiers).await {}
    loop {
        match renew_year_statuses(dossiers).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::error!(%error, "year statuses are made anew later");
                return;
            }
        }
    }
}

async fn sweep(dossiers: &Dossiers) -> Result<(), DbError> {
    let before = dossiers.clock().now().plus_seconds(-KEPT);
    dossiers
        .db()
        .write(move |tx| {
            tx.sweep_imports(before)?;
            tx.sweep_bulks(before)?;
            tx.sweep_setbacks(before)
        })
        .await
}

/// Does a piece of each job. Returns true if there may be more.
async fn round(dossiers: &Dossiers) -> bool {
    let (db, now) = (dossiers.db(), dossiers.clock().now());
    let mut more = false;
    let imports = db.read(|q| q.running_imports()).unwrap_or_else(unread);
    for running in imports {
        let item = WorkItem::of_firm(Work::Import, running.firm, running.id);
        more |= apart(db, now, item, import::run::step(dossiers, &running)).await.unwrap_or(false);
    }
    let bulks = db.read(|q| q.running_bulks()).unwrap_or_else(unread);
    for running in bulks {
        let item = WorkItem::of_firm(Work::Bulk, running.firm, running.id);
        more |= apart(db, now, item, bulk::step(dossiers, &running)).await.unwrap_or(false);
    }
    more
}

fn unread<T>(error: DbError) -> Vec<T> {
    tracing::error!(%error, "jobs cannot be read");
    Vec::new()
}

/// Lets years that could not follow a change of their client follow it now.
async fn follow_again(dossiers: &Dossiers) -> Result<(), ServerError> {
    let now = dossiers.clock().now();
    let waiting = dossiers.db().read(|q| q.setbacks_due(Work::Years, now, PIECE))?;
    let dossiers = dossiers.clone();
    tokio::task::spawn_blocking(move || waiting.into_iter().for_each(|one| follow_one(&dossiers, one, now))).await?;
    Ok(())
}

fn follow_one(dossiers: &Dossiers, waiting: Setback, now: Timestamp) {
    let Some(client) = waiting.item.client else { return };
    apart_blocking(dossiers.db(), now, waiting.item, || dossiers.follow(client));
}

/// Renews some of the year statuses that older versions of the server wrote. Returns
/// true if there may be more.
async fn renew_year_statuses(dossiers: &Dossiers) -> Result<bool, ServerError> {
    let old = dossiers.db().read(|q| q.old_year_statuses(PIECE))?;
    let (dossiers, more) = (dossiers.clone(), !old.is_empty());
    let renew = move || {
        old.into_iter().try_for_each(|(client, year)| match caught(|| dossiers.renew_year_status(client, year)) {
            Ok(()) => Ok(()),
            Err(error) => {
                tracing::error!(%error, %client, %year, "a year status cannot be made anew and stays as it is");
                dossiers.db().write_blocking(move |tx| tx.leave_year_status(client, year))
            }
        })
    };
    tokio::task::spawn_blocking(renew).await??;
    Ok(more)
}
