//! The layers that apply to every request: headers, pages for refusals, limits, health,
//! and the app's own files.

mod brand;
pub mod dev_mailbox;
mod files;
mod headers;
pub mod invitation;
mod refusals;

pub use brand::{accent, logo};
pub use files::{SERVER_PAGES, app_file};
pub use headers::{language_of, pages_for_refusals, secure};
pub use refusals::log_refusals;

/// Handles `GET /healthz`: answers if the process runs.
pub async fn healthz() -> &'static str {
    "ok"
}
