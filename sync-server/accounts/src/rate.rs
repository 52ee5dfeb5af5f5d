//! Limits how often one address, link, login or firm may try what needs no login, and start ceremonies. Counts in
//! memory, per minute; a restart starts anew.

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
    /// What failed from an address, or from the network it is in.
    Failures(IpAddr),
    /// All that came from an address, whether it failed or not.
    Requests(IpAddr),
    /// Failed logins with a passkey of one login, from one address: strangers elsewhere cannot use up the owner's.
    FailedLogins(AccountId, IpAddr),
    /// An invitation, an alarm or an address that a link is asked for, by a hash.
    Token([u8; 32]),
    /// Ceremonies that somebody who is logged in starts.
    Account(AccountId),
    /// Registrations that are started with links of one firm.
    Firm(FirmId),
}

/// The number by which the limit of one person is multiplied for a whole firm.
const PEOPLE_OF_A_FIRM: u32 = 20;
/// The number by which the limit is multiplied for requests that may succeed: an office sits behind one address.
const PEOPLE_OF_AN_ADDRESS: u32 = 10;
/// The most failed logins of one login from one address in a minute.
const FAILED_LOGINS: u32 = 10;
/// The bits of an IPv6 address that one customer of a provider can choose: a /56 is what is commonly given out.
const OWN_BITS: u32 = 128 - 56;

impl RateLimit {
    /// Allows `per_minute` requests; 0 means no limit.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, counts: Mutex::default() }
    }

    /// Counts a request, and refuses it if it was one too many.
    pub fn check(&self, key: RateKey, now: Timestamp) -> Result<(), Refusal> {
        if self.per_minute == 0 || self.count(key, now) <= self.most(key) {
            return Ok(());
        }
        Err(Refusal::TooManyRequests)
    }

    /// Refuses a request if as many were counted before as are allowed, and does not count it.
    pub fn check_failures(&self, key: RateKey, now: Timestamp) -> Result<(), Refusal> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = if counts.0 == minute(now) { counts.1.get(&key.of_network()).copied().unwrap_or(0) } else { 0 };
        if self.per_minute == 0 || failed < self.most(key) { Ok(()) } else { Err(Refusal::TooManyRequests) }
    }

    /// Counts a request. Returns how many there were in this minute.
    pub fn count(&self, key: RateKey, now: Timestamp) -> u32 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.0 != minute(now) {
            *counts = (minute(now), HashMap::new());
        }
        let count = counts.1.entry(key.of_network()).or_default();
        *count = count.saturating_add(1);
        *count
    }

    fn most(&self, key: RateKey) -> u32 {
        match key {
            RateKey::Firm(_) => self.per_minute.saturating_mul(PEOPLE_OF_A_FIRM),
            RateKey::Requests(_) => self.per_minute.saturating_mul(PEOPLE_OF_AN_ADDRESS),
            RateKey::FailedLogins(..) => self.per_minute.min(FAILED_LOGINS),
            RateKey::Failures(_) | RateKey::Token(_) | RateKey::Account(_) => self.per_minute,
        }
    }
}

fn minute(at: Timestamp) -> i64 {
    at.0.div_euclid(60_000)
}

impl RateKey {
    /// Returns the key with the network in place of an IPv6 address, because its owner has all addresses in it.
    fn of_network(self) -> Self {
        match self {
            Self::Failures(address) => Self::Failures(network(address)),
            Self::Requests(address) => Self::Requests(network(address)),
            Self::FailedLogins(account, address) => Self::FailedLogins(account, network(address)),
            Self::Token(_) | Self::Account(_) | Self::Firm(_) => self,
        }
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> OWN_BITS << OWN_BITS)),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(limit: &RateLimit, key: RateKey, at: Timestamp) -> bool {
        limit.check(key, at).is_ok()
    }

    #[test]
    fn an_address_that_tries_too_often_waits_for_the_next_minute() {
        let limit = RateLimit::new(2);
        let (one, other) =
            (RateKey::Failures("10.0.0.1".parse().unwrap()), RateKey::Failures("10.0.0.2".parse().unwrap()));
        let at = Timestamp(60_000 * 7);
        assert!(admits(&limit, one, at) && admits(&limit, one, at) && !admits(&limit, one, at));
        assert!(admits(&limit, other, at));
        assert!(admits(&limit, one, at.plus_seconds(60)));
        assert!((0..100).all(|_| admits(&RateLimit::new(0), one, at)));
    }

    #[test]
    fn what_is_not_counted_uses_nothing_up() {
        let (limit, at) = (RateLimit::new(2), Timestamp(60_000 * 7));
        let key = RateKey::Failures("10.0.0.1".parse().unwrap());
        assert!((0..100).all(|_| limit.check_failures(key, at).is_ok()));
        assert_eq!([limit.count(key, at), limit.count(key, at)], [1, 2]);
        assert!(limit.check_failures(key, at).is_err());
        assert!(limit.check_failures(key, at.plus_seconds(60)).is_ok());
        assert!(RateLimit::new(0).check_failures(key, at).is_ok());
    }

    #[test]
    fn one_ipv6_network_counts_as_one() {
        let limit = RateLimit::new(1);
        let from = |from: &str| admits(&limit, RateKey::Failures(from.parse().unwrap()), Timestamp(0));
        assert!(from("2001:db8::1"));
        assert!(!from("2001:db8::2"));
        assert!(!from("2001:db8:0:ff::1"));
        assert!(from("2001:db8:0:100::1"));
        assert!(from("192.0.2.1") && !from("::ffff:192.0.2.1"));
    }

    #[test]
    fn a_link_a_login_and_a_firm_have_counts_of_their_own() {
        let limit = RateLimit::new(1);
        let (token, account) = (RateKey::Token([1; 32]), RateKey::Account(AccountId::from_bytes([1; 16])));
        for key in [token, account] {
            assert!(admits(&limit, key, Timestamp(0)) && !admits(&limit, key, Timestamp(0)));
        }
        let firm = RateKey::Firm(FirmId::from_bytes([1; 16]));
        assert!((0..PEOPLE_OF_A_FIRM).all(|_| admits(&limit, firm, Timestamp(0))));
        assert!(!admits(&limit, firm, Timestamp(0)));
    }

    #[test]
    fn what_fails_elsewhere_locks_no_login() {
        let limit = RateLimit::new(60);
        let owner = RateKey::FailedLogins(AccountId::from_bytes([1; 16]), "10.0.0.1".parse().unwrap());
        for stranger in 0..200 {
            let from = format!("10.0.1.{stranger}").parse().unwrap();
            (0..20).for_each(|_| {
                limit.count(RateKey::FailedLogins(AccountId::from_bytes([1; 16]), from), Timestamp(0));
            });
        }
        assert!(limit.check_failures(owner, Timestamp(0)).is_ok());
    }
}
