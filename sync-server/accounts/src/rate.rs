//! Limits how often one address, link, login or firm may try what needs no login. Counts in memory, per
//! minute; a restart starts anew.

use crate::error::Refusal;
use model::{
    id::{AccountId, FirmId},
    time::Timestamp,
};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

/// The counts of the present minute.
pub struct RateLimit {
    per_minute: u32,
    counts: Mutex<(i64, HashMap<RateKey, u32>)>,
}

/// The keys by which attempts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateKey {
    /// An address, or the network it is in.
    Address(IpAddr),
    /// An invitation, by the hash of its token.
    Token([u8; 32]),
    /// A login.
    Account(AccountId),
    /// All attempts at one firm.
    Firm(FirmId),
}

/// The number by which the limit of one person is multiplied for a whole firm.
const PEOPLE_OF_A_FIRM: u32 = 20;

impl RateLimit {
    /// Allows `per_minute` requests; 0 means no limit.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, counts: Mutex::default() }
    }

    /// Counts a request. Returns false if it was one too many.
    pub fn admits(&self, key: RateKey, now: Timestamp) -> bool {
        if self.per_minute == 0 {
            return true;
        }
        let minute = now.0.div_euclid(60_000);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.0 != minute {
            *counts = (minute, HashMap::new());
        }
        let (key, most) = match key {
            RateKey::Address(address) => (RateKey::Address(household(address)), self.per_minute),
            RateKey::Firm(_) => (key, self.per_minute.saturating_mul(PEOPLE_OF_A_FIRM)),
            RateKey::Token(_) | RateKey::Account(_) => (key, self.per_minute),
        };
        let count = counts.1.entry(key).or_default();
        *count = count.saturating_add(1);
        *count <= most
    }

    /// Counts a request, and refuses it if it was one too many.
    pub fn check(&self, key: RateKey, now: Timestamp) -> Result<(), Refusal> {
        if self.admits(key, now) { Ok(()) } else { Err(Refusal::TooManyRequests) }
    }
}

/// Returns the network of an IPv6 address, because its owner has all addresses in it.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_tries_too_often_waits_for_the_next_minute() {
        let limit = RateLimit::new(2);
        let (one, other) =
            (RateKey::Address("10.0.0.1".parse().unwrap()), RateKey::Address("10.0.0.2".parse().unwrap()));
        let at = Timestamp(60_000 * 7);
        assert!(limit.admits(one, at) && limit.admits(one, at) && !limit.admits(one, at));
        assert!(limit.admits(other, at));
        assert!(limit.admits(one, at.plus_seconds(60)));
        assert!((0..100).all(|_| RateLimit::new(0).admits(one, at)));
    }

    #[test]
    fn one_ipv6_network_counts_as_one() {
        let limit = RateLimit::new(1);
        let admits = |from: &str| limit.admits(RateKey::Address(from.parse().unwrap()), Timestamp(0));
        assert!(admits("2001:db8::1"));
        assert!(!admits("2001:db8::2"));
        assert!(admits("2001:db8:0:1::1"));
    }

    #[test]
    fn a_link_a_login_and_a_firm_have_counts_of_their_own() {
        let limit = RateLimit::new(1);
        let (token, account) = (RateKey::Token([1; 32]), RateKey::Account(AccountId::from_bytes([1; 16])));
        assert!(limit.admits(token, Timestamp(0)) && !limit.admits(token, Timestamp(0)));
        assert!(limit.admits(account, Timestamp(0)) && !limit.admits(account, Timestamp(0)));
        let firm = RateKey::Firm(FirmId::from_bytes([1; 16]));
        assert!((0..PEOPLE_OF_A_FIRM).all(|_| limit.admits(firm, Timestamp(0))) && !limit.admits(firm, Timestamp(0)));
    }
}
