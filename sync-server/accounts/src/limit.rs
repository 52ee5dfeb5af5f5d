//! Refuses requests from an address that tries too often what needs no login.

use super::{caller::address, parts::Accounts, rate::RateKey};
use crate::error::ServerError;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

/// Refuses requests from an address that tries too often.
pub async fn limit_rate(
    State(accounts): State<Accounts>,
    request: Request,
    next: Next,
) -> Result<Response, ServerError> {
    let from = address(request.extensions(), request.headers(), accounts.trusted_proxies);
    accounts.rate_limit.check(RateKey::Address(from), accounts.clock.now())?;
    Ok(next.run(request).await)
}
