//! Makes the reminders that are due. [`mail::reminder`] decides which of them leave, and with what.

use crate::dossiers::Dossiers;
use mail::reminder::{day_to_remind, has_to_wait, remind};
use model::time::Timestamp;
use storage::db::{DbError, ReminderRow};

/// The number of steps that are read at once and made in one round. The mails of a round leave before the
/// next one.
const BATCH: usize = 200;

/// Queues the reminders that are due.
pub async fn make(dossiers: &Dossiers, at: Timestamp) -> Result<(), DbError> {
    let Some(today) = day_to_remind(at) else { return Ok(()) };
    let (mut after, mut made) = (None, 0);
    // Rows whose moment is not now stay due, and must not block the ones after them.
    while made < BATCH {
        let rows = dossiers.db().read(|q| q.reminders_due(today, after.as_ref(), BATCH))?;
        let Some(last) = rows.last() else { break };
        after = Some(*last);
        for row in &rows {
            made += usize::from(make_one(dossiers, row, at).await?);
        }
    }
    Ok(())
}

/// Checks what is due for one person, unless that has to wait; then it stays due.
/// Returns false if it has to wait.
async fn make_one(dossiers: &Dossiers, row: &ReminderRow, at: Timestamp) -> Result<bool, DbError> {
    let row = *row;
    if dossiers.db().read(|q| has_to_wait(q, &row, at))? {
        return Ok(false);
    }
    let (reader, client, year) = (dossiers.clone(), row.client, row.tax_year);
    let read = tokio::task::spawn_blocking(move || reader.read(client, year)).await;
    let Ok(Ok(view)) = read else {
        tracing::error!(%client, %year, "a year that is to be reminded of cannot be read");
        return Ok(false);
    };
    let composer = dossiers.composer().clone();
    dossiers.db().write(move |tx| remind(tx, &composer, &view, &row, at)).await?;
    Ok(true)
}
