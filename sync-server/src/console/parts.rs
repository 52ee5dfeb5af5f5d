//! The parts of a running server that the console is made of.

use crate::{
    attachment::Store,
    auth::Accounts,
    clock::Clock,
    db::Db,
    dossiers::Dossiers,
    mail::{Composer, carrier::Reach},
    seal::Seal,
};
use axum::extract::FromRef;
use std::sync::Arc;
use tokio::sync::Notify;

/// What the pages of the console reach. Cheap to clone.
#[derive(Clone, FromRef)]
pub struct Console {
    pub db: Db,
    pub clock: Clock,
    pub composer: Arc<Composer>,
    pub files: Store,
    pub accounts: Accounts,
    pub dossiers: Dossiers,
    pub seal: Seal,
    /// Returns what is needed to reach firms' own mail servers.
    pub reach: Reach,
    /// Notified when there is work that goes on after its request.
    pub jobs: Arc<Notify>,
}
