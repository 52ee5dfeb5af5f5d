//! Writes checkpoints of the chains of the audit log by the clock.

use model::{id::FirmId, time::Timestamp};
use proof::{audit::Checkpoint, seal::Seal};
use std::{convert::Infallible, time::Duration};
use storage::{
    clock::Clock,
    db::{Db, DbError, Tx},
};

/// The time between two checks whether a checkpoint is due.
const ROUND: Duration = Duration::from_secs(15 * 60);
const DAY: i64 = 24 * 3600;

/// Writes checkpoints until the process ends.
pub async fn run(db: Db, clock: Clock, seal: Seal) -> Infallible {
    loop {
        if let Err(error) = write_due(&db, &clock, &seal).await {
            tracing::error!(%error, "a checkpoint of the audit log could not be written");
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Writes the checkpoints that are due: of the chain of each firm and of that of the installation, one
/// a day while something happens.
pub async fn write_due(db: &Db, clock: &Clock, seal: &Seal) -> Result<(), DbError> {
    let (seal, now) = (seal.clone(), clock.now());
    let firms = db.read::<_, DbError>(|q| q.firms())?;
    db.write(move |tx| {
        for firm in firms.into_iter().map(|f| Some(f.id)).chain([None]) {
            let last = tx.last_checkpoint(firm)?;
            if last.is_none_or(|c| c.at.plus_seconds(DAY) <= now) {
                write_on(tx, firm, &seal, now)?;
            }
        }
        Ok(())
    })
    .await
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
