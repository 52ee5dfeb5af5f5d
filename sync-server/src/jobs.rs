//! Work that outlives the request that asked for it: imports, and deeds for
//! many clients at once. All of it stands in the database, so a server that
//! was killed goes on where it was.

use crate::{bulk, db::DbError, error::ServerError, import, state::State};
use std::time::Duration;

/// A round is made at least this often.
const ROUND: Duration = Duration::from_secs(60);
/// Standings that are made anew in one go.
const PIECE: usize = 50;
/// How long rows of a file are kept that nobody carries out any more, in seconds.
const KEPT: i64 = 30 * 24 * 3600;

/// Does what there is to do until the process ends.
pub async fn run(state: State) {
    loop {
        run_due(&state).await;
        // Either is a reason to look again.
        if tokio::time::timeout(ROUND, state.jobs.notified()).await.is_ok() {
            tracing::trace!("there is work");
        }
    }
}

/// Does all there is to do: a piece of each in turn, so that a large one holds
/// up nobody. For tests, and for [`run`].
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

/// A piece of each. Whether there may be more.
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

/// A piece of the standings that older versions of the server wrote. Whether
/// there may be more.
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
