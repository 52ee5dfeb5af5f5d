//! Refuses requests from an address that tries too often what needs no login.

use super::{parts::Accounts, rate::RateKey};
use crate::error::ServerError;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Refuses requests from an address that tries too often.
pub async fn limit_rate(
    State(accounts): State<Accounts>,
    request: Request,
    next: Next,
) -> Result<Response, ServerError> {
    // In a test there is no connection, so all requests share one count.
    let from = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |ConnectInfo(peer)| peer.ip());
    let from = sender(from, request.headers(), accounts.trusted_proxies);
    accounts.rate_limit.check(RateKey::Address(from), accounts.clock.now())?;
    Ok(next.run(request).await)
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

#[cfg(test)]
mod tests {
    use super::*;

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
