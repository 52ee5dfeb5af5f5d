//! Work that goes on after the request that started it: imports, and actions for
//! many clients at once. All of it is in the database, so a server that
//! was killed continues where it was.

use crate::{bulk, db::DbError, error::ServerError, import, state::State};
use std::time::Duration;

/// The longest time between two rounds.
const ROUND: Duration = Duration::from_secs(60);
/// The number of year statuses that are renewed in one step.
const PIECE: usize = 50;
/// The time after which the rows of a file that nobody imports are deleted, in seconds.
const KEPT: i64 = 30 * 24 * 3600;

/// Does the work that there is, until the process ends.
pub async fn run(state: State) {
    loop {
        run_due(&state).await;
        // A notification and a timeout are both reasons to look for work.
        if tokio::time::timeout(ROUND, state.jobs.notified()).await.is_ok() {
            tracing::trace!("there is work");
        }
    }
}

/// Does all the work that there is: a piece of each job in turn, so that a large one does not
/// delay the others. Called by tests and by [`run`].
pub async fn run_due(state: &State) {
    if let Err(error) = sweep(state).await {
        tracing::error!(%error, "old imports are not forgotten");
    }
    loop {
        match round(state).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::error!(%error, "work could not be done and is tried again later");
                return;
            }
        }
    }
}

async fn sweep(state: &State) -> Result<(), DbError> {
    let before = state.clock.now().plus_seconds(-KEPT);
    state
        .db
        .write(move |tx| {
            tx.sweep_imports(before)?;
            tx.sweep_bulks(before)
        })
        .await
}

/// Does a piece of each job. Returns true if there may be more.
async fn round(state: &State) -> Result<bool, ServerError> {
    let mut more = false;
    for running in state.db.read(|q| q.running_imports())? {
        more |= import::run::step(state, &running).await?;
    }
    for running in state.db.read(|q| q.running_bulks())? {
        more |= bulk::step(state, &running).await?;
    }
    more |= renew_standings(state).await?;
    Ok(more)
}

/// Renews some of the year statuses that older versions of the server wrote. Returns
/// true if there may be more.
async fn renew_standings(state: &State) -> Result<bool, ServerError> {
    let old = state.db.read(|q| q.old_standings(PIECE))?;
    let (dossiers, more) = (state.dossiers.clone(), !old.is_empty());
    let renew = move || {
        old.into_iter().try_for_each(|(client, year)| match dossiers.renew_standing(client, year) {
            Ok(()) => Ok(()),
            Err(error) => {
                tracing::error!(%error, %client, %year, "a standing cannot be made anew and stays as it is");
                dossiers.db().write_blocking(move |tx| tx.leave_standing(client, year))
            }
        })
    };
    tokio::task::spawn_blocking(renew).await??;
    Ok(more)
}
