//! Keeps a failure with its item. Whoever does several things in a row does each of them here: one that fails or
//! panics is logged, rests for a while that grows, and does not keep the others from being done.

use crate::db::{Db, DbError, WorkItem};
use futures_util::FutureExt;
use model::time::Timestamp;
use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Does one item of several, unless it rests. Returns `None` if it rests or has failed.
pub async fn apart<T, E: Display>(
    db: &Db,
    now: Timestamp,
    item: WorkItem,
    work: impl Future<Output = Result<T, E>>,
) -> Option<T> {
    let failed_before = begin(db, &item, now)?;
    let outcome = AssertUnwindSafe(work).catch_unwind().await;
    let outcome = outcome.map_err(|panic| DbError::of_panic(panic.as_ref()).to_string());
    let (done, error) = split(outcome.and_then(|result| result.map_err(|error| error.to_string())), &item);
    if failed_before || error.is_some() {
        note(db.write(move |tx| kept(tx, &item, error.as_deref(), now)).await);
    }
    done
}

/// Does the same as [`apart`] with work that blocks.
pub fn apart_blocking<T, E: Display>(
    db: &Db,
    now: Timestamp,
    item: WorkItem,
    work: impl FnOnce() -> Result<T, E>,
) -> Option<T> {
    let failed_before = begin(db, &item, now)?;
    let (done, error) = split(caught(work), &item);
    if failed_before || error.is_some() {
        note(db.write_blocking(move |tx| kept(tx, &item, error.as_deref(), now)));
    }
    done
}

/// Does something and returns why it failed, also if it panicked.
pub fn caught<T, E: Display>(work: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(panic) => Err(DbError::of_panic(panic.as_ref()).to_string()),
    }
}

/// Does a round of work. A panic ends the round and not what goes round.
pub async fn round<T>(name: &'static str, work: impl Future<Output = T>) -> Option<T> {
    let outcome = AssertUnwindSafe(work).catch_unwind().await;
    if let Err(panic) = &outcome {
        tracing::error!(error = %DbError::of_panic(panic.as_ref()), name, "a round of work broke off");
    }
    outcome.ok()
}

/// Returns whether the item failed before, or `None` if it rests.
fn begin(db: &Db, item: &WorkItem, now: Timestamp) -> Option<bool> {
    match db.read::<_, DbError>(|q| q.setback(item)) {
        Ok(Some(known)) if known.next_at.is_none_or(|next| next > now) => None,
        Ok(known) => Some(known.is_some()),
        Err(error) => {
            tracing::error!(%error, work = item.work.word(), "whether work rests cannot be read");
            Some(false)
        }
    }
}

fn split<T>(outcome: Result<T, String>, item: &WorkItem) -> (Option<T>, Option<String>) {
    match outcome {
        Ok(done) => (Some(done), None),
        Err(error) => {
            tracing::error!(%error, work = item.work.word(), item = item.name, "work failed and is set back");
            (None, Some(error))
        }
    }
}

fn kept(tx: &crate::db::Tx<'_>, item: &WorkItem, error: Option<&str>, now: Timestamp) -> Result<(), DbError> {
    match error {
        Some(error) => tx.set_back(item, error, true, now),
        None => tx.forget_setback(item),
    }
}

fn note(kept: Result<(), DbError>) {
    if let Err(error) = kept {
        tracing::error!(%error, "that work failed cannot be written down");
    }
}
