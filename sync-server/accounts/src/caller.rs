//! Where a request came from and whose it was, for logs and for counting what fails. It decides nothing.

use super::parts::Accounts;
use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts},
    http::{Extensions, HeaderMap, request::Parts},
};
use model::id::AccountId;
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, OnceLock},
};

/// Who sent a request, once a handler has found out. It travels in the extensions of the request, and whoever put it
/// there reads it afterwards.
#[derive(Debug, Clone, Default)]
pub struct Caller(Arc<OnceLock<AccountId>>);

impl Caller {
    /// Returns the login of the request, if it had one.
    pub fn account(&self) -> Option<AccountId> {
        self.0.get().copied()
    }

    /// Writes down whose request this is, for whoever asked to know.
    pub(super) fn tell(extensions: &Extensions, account: AccountId) {
        if let Some(Self(place)) = extensions.get::<Self>() {
            // A request has one login, whoever looks it up again.
            place.get_or_init(|| account);
        }
    }
}

/// Returns the address that a request came from: that of the sender before our own proxies.
pub fn address(extensions: &Extensions, headers: &HeaderMap, trusted_proxies: u8) -> IpAddr {
    // In a test there is no connection.
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    sender(peer, headers, trusted_proxies)
}

/// Returns where a request came from: the rightmost address that none of our own
/// proxies has. Each proxy appends the address it was reached from; what is further
/// left may be made up by the sender.
fn sender(peer: IpAddr, headers: &HeaderMap, trusted_proxies: u8) -> IpAddr {
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    match forwarded.len().checked_sub(usize::from(trusted_proxies)) {
        Some(at) if trusted_proxies > 0 => forwarded[at].parse().unwrap_or(peer),
        _ => peer,
    }
}

/// The address that a request came from, by which what fails is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender(pub IpAddr);

impl<S> FromRequestParts<S> for Sender
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(address(&parts.extensions, &parts.headers, Accounts::from_ref(state).trusted_proxies)))
    }
}

/// The network that a request came from, for the audit log: /24 of IPv4, /48 of IPv6. An address of a person would stay in
/// a log that nobody can shorten; the network says whether a login came from where its owner is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network(pub String);

impl Network {
    fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => format!("{}/24", Ipv4Addr::from_bits(v4.to_bits() & 0xffff_ff00)),
            IpAddr::V6(v6) => format!("{}/48", Ipv6Addr::from_bits(v6.to_bits() >> 80 << 80)),
        })
    }
}

impl<S> FromRequestParts<S> for Network
where
    Accounts: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let proxies = Accounts::from_ref(state).trusted_proxies;
        Ok(Self::of(address(&parts.extensions, &parts.headers, proxies)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_says_where_and_not_who() {
        for (address, network) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2a02:a450:1234:5678::9", "2a02:a450:1234::/48"),
            ("::1", "::/48"),
        ] {
            assert_eq!(Network::of(address.parse().unwrap()), Network(network.to_owned()));
        }
    }

    #[test]
    fn nobody_chooses_the_address_that_is_counted() {
        let check = |proxies: u8, forwarded: &[&str], expected: &str| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            let peer = "10.0.0.9".parse().unwrap();
            assert_eq!(sender(peer, &headers, proxies).to_string(), expected, "{proxies} {forwarded:?}");
        };
        check(0, &["1.1.1.1"], "10.0.0.9");
        check(1, &[], "10.0.0.9");
        check(1, &["6.6.6.6, 1.1.1.1"], "1.1.1.1");
        check(1, &["6.6.6.6", "1.1.1.1"], "1.1.1.1");
        check(2, &["6.6.6.6, 1.1.1.1, 10.0.0.8"], "1.1.1.1");
        check(2, &["10.0.0.8"], "10.0.0.9");
        check(1, &["not an address"], "10.0.0.9");
    }
}
