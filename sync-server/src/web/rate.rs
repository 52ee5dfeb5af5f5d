//! How often one address may try what needs no login. Counted in memory, per
//! minute; a restart forgets.

use crate::{
    error::{Refusal, ServerError},
    state::State,
};
use axum::{
    extract::{ConnectInfo, Request},
    middleware::Next,
    response::Response,
};
use model::time::Timestamp;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    sync::{Mutex, PoisonError},
};

/// The counts of the present minute.
pub struct RateLimit {
    per_minute: u32,
    counts: Mutex<(i64, HashMap<IpAddr, u32>)>,
}

impl RateLimit {
    /// `per_minute` requests; 0 for no limit.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, counts: Mutex::default() }
    }

    /// Counts a request. Whether it may go on.
    pub fn admits(&self, from: IpAddr, now: Timestamp) -> bool {
        if self.per_minute == 0 {
            return true;
        }
        let minute = now.0.div_euclid(60_000);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.0 != minute {
            *counts = (minute, HashMap::new());
        }
        let count = counts.1.entry(household(from)).or_default();
        *count = count.saturating_add(1);
        *count <= self.per_minute
    }
}

/// Who has an IPv6 network has all addresses in it: the network counts as one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

/// Refuses who tries too often.
pub async fn limit_rate(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Result<Response, ServerError> {
    // In a test there is no connection; all share one count.
    let from = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    if !state.rate_limit.admits(from, state.clock.now()) {
        return Err(Refusal::TooManyRequests.into());
    }
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_tries_too_often_waits_for_the_next_minute() {
        let limit = RateLimit::new(2);
        let (one, other) = ("10.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap());
        let at = Timestamp(60_000 * 7);
        assert!(limit.admits(one, at) && limit.admits(one, at) && !limit.admits(one, at));
        assert!(limit.admits(other, at));
        assert!(limit.admits(one, at.plus_seconds(60)));
        assert!((0..100).all(|_| RateLimit::new(0).admits(one, at)));
    }

    #[test]
    fn one_ipv6_network_counts_as_one() {
        let limit = RateLimit::new(1);
        assert!(limit.admits("2001:db8::1".parse().unwrap(), Timestamp(0)));
        assert!(!limit.admits("2001:db8::2".parse().unwrap(), Timestamp(0)));
        assert!(limit.admits("2001:db8:0:1::1".parse().unwrap(), Timestamp(0)));
    }
}
