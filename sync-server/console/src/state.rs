//! The parts of a running server that the console uses.

use accounts::{Accounts, hourly::Hourly};
use axum::extract::FromRef;
use dossiers::{Dossiers, work::Work};
use mail::{Composer, transport::Reach};
use model::id::FirmId;
use proof::seal::Seal;
use std::sync::Arc;
use storage::{attachment::Store, clock::Clock, db::Db};
use tokio::sync::Notify;

/// The parts that the pages of the console use. It is cheap to clone.
#[derive(Clone, FromRef)]
pub struct Console {
    pub db: Db,
    pub clock: Clock,
    pub composer: Arc<Composer>,
    pub files: Store,
    pub accounts: Accounts,
    pub dossiers: Dossiers,
    pub work: Work,
    pub seal: Seal,
    /// Returns what is needed to reach firms' own mail servers.
    pub reach: Reach,
    /// The tests of firms' own mail servers.
    pub mail_tests: Arc<Hourly<FirmId>>,
    /// Notified when there is work that goes on after its request.
    pub jobs: Arc<Notify>,
}
