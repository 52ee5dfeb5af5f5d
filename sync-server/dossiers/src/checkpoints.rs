//! Writes checkpoints of the chains of the audit log by the clock.

use model::{id::FirmId, time::Timestamp};
use proof::{audit::Checkpoint, seal::Seal};
use std::{convert::Infallible, time::Duration};
use storage::{
    apart::{apart, round},
    clock::Clock,
    db::{Db, DbError, Tx, Work, WorkItem},
};

/// The time between two checks whether a checkpoint is due.
const ROUND: Duration = Duration::from_secs(15 * 60);
const DAY: i64 = 24 * 3600;

/// Writes checkpoints until the process ends.
pub async fn run(db: Db, clock: Clock, seal: Seal) -> Infallible {
    loop {
        if let Some(Err(error)) = round("checkpoints", write_due(&db, &clock, &seal)).await {
            tracing::error!(%error, "checkpoints of the audit log could not be written");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Writes the checkpoints that are due: of the chain of each firm and of that of the installation, one
/// a day while something happens. One that fails delays no other.
pub async fn write_due(db: &Db, clock: &Clock, seal: &Seal) -> Result<(), DbError> {
    let now = clock.now();
    let firms = db.read::<_, DbError>(|q| q.firms())?;
    for firm in firms.into_iter().map(|f| Some(f.id)).chain([None]) {
        let item = match firm {
            Some(firm) => WorkItem::of_firm(Work::Checkpoint, firm, firm),
            None => WorkItem::of_installation(Work::Checkpoint),
        };
        let seal = seal.clone();
        let one = db.write(move |tx| {
            let last = tx.last_checkpoint(firm)?;
            let is_due = last.is_none_or(|c| c.at.plus_seconds(DAY) <= now);
            if is_due { write_on(tx, firm, &seal, now) } else { Ok(()) }
        });
        apart(db, now, item, one).await;
    }
    Ok(())
}

/// Writes a checkpoint if the chain has grown since the last one.
pub fn write_on(tx: &Tx<'_>, firm: Option<FirmId>, seal: &Seal, now: Timestamp) -> Result<(), DbError> {
    let last = tx.last_checkpoint(firm)?.map_or(0, |c| c.reach.events);
    if last < tx.audit_reach(firm)?.events {
        write(tx, firm, seal, now)?;
    }
    Ok(())
}

/// Writes a checkpoint of the chain as it is in this transaction.
pub fn write(tx: &Tx<'_>, firm: Option<FirmId>, seal: &Seal, now: Timestamp) -> Result<Checkpoint, DbError> {
    let reach = tx.audit_reach(firm)?;
    let made = Checkpoint::make(reach, now, seal).ok_or(DbError::Unwritable("checkpoint"))?;
    tx.add_checkpoint(&made)?;
    Ok(made)
}
