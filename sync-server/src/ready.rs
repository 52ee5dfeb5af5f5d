//! Whether the server can do its work, for whoever watches over it.

use axum::{extract::State, http::StatusCode};
use model::time::Timestamp;
use std::sync::Arc;
use storage::{
    attachment::Store,
    clock::Clock,
    db::{Db, DbError},
};
use tokio::sync::Mutex;

/// The time in seconds for which an answer holds, so that who asks often makes nobody write often.
const HOLDS: i64 = 5;

/// The last answer, and when it was found.
#[derive(Default)]
pub struct Ready(Mutex<Option<(Timestamp, bool)>>);

impl Ready {
    /// Writes a little into the database, and reads it.
    async fn find(&self, db: &Db, now: Timestamp) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, is_ready)) = *last
            && (at.0..at.plus_seconds(HOLDS).0).contains(&now.0)
        {
            return is_ready;
        }
        let text = now.0.to_string();
        let written = db.write::<_, DbError>(move |tx| tx.set_setting("ready", &text)).await;
        let is_ready = match written.and_then(|()| db.read(|q| q.setting("ready"))) {
            Ok(_) => true,
            Err(cause) => {
                tracing::error!(%cause, "not ready");
                false
            }
        };
        *last = Some((now, is_ready));
        is_ready
    }
}

/// Handles `GET /readyz`: answers if the database reads and writes, and says if files have to wait because the disk is
/// nearly full. Answers and approvals go on then, so the server is ready all the same.
pub async fn readyz(
    State(ready): State<Arc<Ready>>,
    State(db): State<Db>,
    State(files): State<Store>,
    State(clock): State<Clock>,
) -> Result<&'static str, StatusCode> {
    if !ready.find(&db, clock.now()).await {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    Ok(files.check_disk(0).map_or("ok, but the disk is nearly full: files wait", |()| "ok"))
}
