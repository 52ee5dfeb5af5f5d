//! The parts of a running server that accounts use.

use super::{
    Origin,
    bucket::Buckets,
    hourly::Hourly,
    passkey::{PasskeyError, Passkeys},
    rate::RateLimit,
    share::Shares,
};
use futures_util::future::BoxFuture;
use mail::Composer;
use model::id::{AccountId, ClientId};
use std::sync::Arc;
use storage::{clock::Clock, db::Db};

/// The parts that the handlers and extractors of accounts use. It is cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    pub db: Db,
    pub clock: Clock,
    pub composer: Arc<Composer>,
    pub passkeys: Arc<Passkeys>,
    pub rate_limit: Arc<RateLimit>,
    /// What each login may still ask for.
    pub buckets: Arc<Buckets>,
    /// The streams of news that each login has open.
    pub news: Shares<AccountId>,
    pub origin: Arc<Origin>,
    /// The number of reverse proxies in front of the server.
    pub trusted_proxies: u8,
    /// The refused logins that were written into the audit log.
    pub(super) refused_logins: Arc<Hourly<AccountId>>,
    /// The logins and logouts that were.
    pub(super) logged_logins: Arc<Hourly<AccountId>>,
    follow: Follow,
}

/// The number of refused logins that are written into the audit log within an hour for each login.
const REFUSALS_AN_HOUR: u32 = 1;
/// The number of logins and logouts that are, so that nobody fills the log by logging in.
const LOGINS_AN_HOUR: u32 = 60;

type Follow = Arc<dyn Fn(Change) -> BoxFuture<'static, ()> + Send + Sync>;

/// A committed change of a login that other parts have to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A session or device of this login ended: its open connections have to be checked again.
    Recheck(AccountId),
    /// People of these clients got a login.
    Joined(Vec<ClientId>),
}

/// The limits on how often accounts can be tried.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The number of times per minute that one address may try an invitation or a passkey; 0 for no limit.
    pub requests_per_minute: u32,
    /// The number of reverse proxies in front of the server.
    pub trusted_proxies: u8,
}

impl Accounts {
    /// Returns accounts that tell nobody about changes.
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
            buckets: Arc::default(),
            news: Shares::default(),
            origin: Arc::new(origin),
            trusted_proxies: limits.trusted_proxies,
            refused_logins: Arc::new(Hourly::new(REFUSALS_AN_HOUR)),
            logged_logins: Arc::new(Hourly::new(LOGINS_AN_HOUR)),
            follow: Arc::new(|_| Box::pin(std::future::ready(()))),
        })
    }

    /// Returns accounts that call `follow` after each change, and wait until it is done.
    pub fn following(self, follow: impl Fn(Change) -> BoxFuture<'static, ()> + Send + Sync + 'static) -> Self {
        Self { follow: Arc::new(follow), ..self }
    }

    /// Tells about a change that was committed.
    pub(super) async fn tell(&self, change: Change) {
        (self.follow)(change).await;
    }
}
