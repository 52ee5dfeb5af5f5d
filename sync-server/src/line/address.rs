//! The share of one address where proxies stand in between: how many of its requests may be under way. Without a
//! proxy the [`super::Register`] counts connections instead.

use super::held::Held;
use accounts::{caller::address, error::Refusal, share::Shares};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::net::IpAddr;

/// The requests of each address that are under way.
#[derive(Clone)]
pub struct UnderWay {
    counts: Shares<IpAddr>,
    trusted_proxies: u8,
    most: usize,
}

impl UnderWay {
    /// Returns counts behind so many proxies, of which none goes above `most`.
    pub fn new(trusted_proxies: u8, most: usize) -> Self {
        Self { counts: Shares::default(), trusted_proxies, most }
    }
}

/// Refuses a request of an address that has too many under way.
pub async fn share_of_address(State(under_way): State<UnderWay>, request: Request, next: Next) -> Response {
    if under_way.trusted_proxies == 0 {
        return next.run(request).await;
    }
    let from = address(request.extensions(), request.headers(), under_way.trusted_proxies);
    let Some(share) = under_way.counts.take(from, under_way.most) else {
        return Refusal::TooManyRequests.into_response();
    };
    next.run(request).await.map(|body| Body::new(Held { body, _held: share }))
}
