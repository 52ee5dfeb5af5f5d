//! Refuses requests from an address that fails or asks too often at what needs no login.

use super::{caller::Sender, parts::Accounts, rate::RateKey};
use crate::error::{Refusal, ServerError};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

/// Refuses requests from an address from which too much failed, or too much came.
pub async fn limit_rate(
    State(accounts): State<Accounts>,
    Sender(from): Sender,
    request: Request,
    next: Next,
) -> Result<Response, ServerError> {
    let now = accounts.clock.now();
    accounts.rate_limit.check_failures(RateKey::Failures(from), now)?;
    accounts.rate_limit.check(RateKey::Requests(from), now)?;
    let response = next.run(request).await;
    if response.extensions().get::<Refusal>().is_some_and(|refusal| is_failure(*refusal)) {
        accounts.rate_limit.count(RateKey::Failures(from), now);
    }
    Ok(response)
}

/// Returns true for refusals that somebody gets who tries out what they do not know. Being told to wait is none, so
/// that whoever waits gets in again; nor is a failure of ours.
fn is_failure(refusal: Refusal) -> bool {
    refusal.status().is_client_error() && refusal != Refusal::TooManyRequests
}
