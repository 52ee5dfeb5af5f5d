//! The one place where the server reads the time and draws randomness.

use model::time::Timestamp;
use std::sync::Arc;

/// Tells the time. Tests pass one that they move by hand.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// Returns the machine's clock.
    #[expect(clippy::disallowed_methods, reason = "the one sanctioned place")]
    pub fn system() -> Self {
        Self::of(|| {
            let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
            Timestamp(since_1970.ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0))
        })
    }

    /// Returns a clock that asks `now`.
    pub fn of(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Returns the present moment.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

/// Returns random bytes from the operating system, fit for keys and tokens.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Nothing that this server does is safe without randomness.
        tracing::error!(%error, "the operating system gives no randomness");
        std::process::abort();
    }
    bytes
}
