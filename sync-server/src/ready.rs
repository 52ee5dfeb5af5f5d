//! Whether the server can do its work, for whoever watches over it.

use axum::{extract::State, http::StatusCode};
use model::time::Timestamp;
use std::sync::Arc;
use storage::{
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

/// Handles `GET /readyz`: answers if the database reads and writes.
pub async fn readyz(
    State(ready): State<Arc<Ready>>,
    State(db): State<Db>,
    State(clock): State<Clock>,
) -> Result<&'static str, StatusCode> {
    if ready.find(&db, clock.now()).await { Ok("ok") } else { Err(StatusCode::SERVICE_UNAVAILABLE) }
}
