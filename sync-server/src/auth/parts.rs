//! The parts of a running server that accounts are made of.

use super::{
    Origin,
    passkey::{PasskeyError, Passkeys},
    rate::RateLimit,
};
use crate::{clock::Clock, db::Db, mail::Composer};
use futures_util::future::BoxFuture;
use model::id::{AccountId, ClientId};
use std::sync::Arc;

/// What the handlers and extractors of accounts reach. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    pub db: Db,
    pub clock: Clock,
    pub composer: Arc<Composer>,
    pub passkeys: Arc<Passkeys>,
    pub rate_limit: Arc<RateLimit>,
    pub origin: Arc<Origin>,
    /// How many reverse proxies stand before the server.
    pub trusted_proxies: u8,
    follow: Follow,
}

type Follow = Arc<dyn Fn(Change) -> BoxFuture<'static, ()> + Send + Sync>;

/// A change of a login that others have to know of. It is committed already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A session or device of this login ended: its open connections have to be checked again.
    InDoubt(AccountId),
    /// People of these clients got a login.
    Joined(Vec<ClientId>),
}

/// How often, and through how many proxies, accounts can be tried.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How often one address may try an invitation or a passkey each minute; 0 for no limit.
    pub requests_per_minute: u32,
    /// How many reverse proxies stand before the server.
    pub trusted_proxies: u8,
}

impl Accounts {
    /// Accounts that tell nobody about changes.
    pub fn new(
        db: Db,
        clock: Clock,
        composer: Arc<Composer>,
        origin: Origin,
        limits: Limits,
    ) -> Result<Self, PasskeyError> {
        Ok(Self {
            db,
            clock,
            composer,
            passkeys: Arc::new(Passkeys::new(&origin)?),
            rate_limit: Arc::new(RateLimit::new(limits.requests_per_minute)),
            origin: Arc::new(origin),
            trusted_proxies: limits.trusted_proxies,
            follow: Arc::new(|_| Box::pin(std::future::ready(()))),
        })
    }

    /// Accounts that call `follow` after each change, and wait until it is done.
    pub fn following(self, follow: impl Fn(Change) -> BoxFuture<'static, ()> + Send + Sync + 'static) -> Self {
        Self { follow: Arc::new(follow), ..self }
    }

    /// Tells about a change that was committed.
    pub(super) async fn tell(&self, change: Change) {
        (self.follow)(change).await;
    }
}
