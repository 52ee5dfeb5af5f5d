//! The layers that apply to every request: headers, pages for refusals, limits, health,
//! and the app's own files.

mod brand;
pub mod dev_mailbox;
mod files;
mod headers;
pub mod invitation;

pub use brand::{accent, logo};
pub use files::{SERVER_PAGES, app_file};
pub use headers::{language_of, pages_for_refusals, secure};

use axum::{extract::State, http::StatusCode};
use storage::db::{Db, DbError};

/// Handles `GET /healthz`: answers if the process runs.
pub async fn healthz() -> &'static str {
    "ok"
}

/// Handles `GET /readyz`: answers if the database does too.
pub async fn readyz(State(db): State<Db>) -> Result<&'static str, StatusCode> {
    db.read(|q| q.setting("ready")).map(|_| "ok").map_err(|cause: DbError| {
        tracing::error!(%cause, "not ready");
        StatusCode::SERVICE_UNAVAILABLE
    })
}
