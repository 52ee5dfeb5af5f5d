//! Makes the reminders that are due. [`mail::reminder`] decides which of them leave, and with what.

use crate::dossiers::Dossiers;
use accounts::error::ServerError;
use mail::reminder::{day_to_remind, has_to_wait, remind};
use model::time::Timestamp;
use storage::{
    apart::apart,
    db::{DbError, ReminderRow, Work, WorkItem},
};

/// The number of steps that are read at once and made in one round. The mails of a round leave before the
/// next one.
const BATCH: usize = 200;

/// Queues the reminders that are due. One that fails delays no other.
pub async fn make(dossiers: &Dossiers, at: Timestamp) -> Result<(), DbError> {
    let Some(today) = day_to_remind(at) else { return Ok(()) };
    let (mut after, mut made) = (None, 0);
    // Rows whose moment is not now stay due, and must not block the ones after them.
    while made < BATCH {
        let rows = dossiers.db().read(|q| q.reminders_due(today, after.as_ref(), BATCH))?;
        let Some(last) = rows.last() else { break };
        after = Some(*last);
        for row in &rows {
            let item = WorkItem::of_client(
                Work::Reminder,
                row.client,
                format_args!("{}/{}/{}", row.person, row.tax_year, row.due),
            );
            let is_made = apart(dossiers.db(), at, item, make_one(dossiers, row, at)).await;
            made += usize::from(is_made == Some(true));
        }
    }
    Ok(())
}

/// Checks what is due for one person, unless that has to wait; then it stays due.
/// Returns false if it has to wait.
async fn make_one(dossiers: &Dossiers, row: &ReminderRow, at: Timestamp) -> Result<bool, ServerError> {
    let row = *row;
    if dossiers.db().read::<_, DbError>(|q| has_to_wait(q, &row, at))? {
        return Ok(false);
    }
    let (reader, client, year) = (dossiers.clone(), row.client, row.tax_year);
    let view = tokio::task::spawn_blocking(move || reader.read(client, year)).await??;
    let composer = dossiers.composer().clone();
    dossiers.db().write(move |tx| remind(tx, &composer, &view, &row, at)).await?;
    Ok(true)
}
