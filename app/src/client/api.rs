//! Requests to the firm's server over HTTP.

use super::{ApiError, Client, Identity, PublicError, json::from_json};
use crate::platform::{Request, Response, Unreachable, network};
use serde::{Serialize, de::DeserializeOwned};

/// Returns the reason that an unsuccessful answer gives.
pub(super) fn public_error(answer: &Response) -> PublicError {
    from_json(&answer.body).unwrap_or_else(|| PublicError {
        error: "server_failure".to_owned(),
        nl: "Dit lukt nu niet. Probeer het straks opnieuw.".to_owned(),
        en: "This does not work right now. Please try again later.".to_owned(),
    })
}

impl Client {
    /// Asks the server who is signed in. Returns `None` if nobody is.
    pub(super) async fn ask_identity(&self) -> Result<Option<Identity>, Unreachable> {
        let answer = network::request(
            &self.0.network,
            Request { method: "GET", path: "/api/me".to_owned(), ..Request::default() },
        )
        .await?;
        match answer.status {
            200 => from_json(&answer.body).map(Some).ok_or(Unreachable),
            401 => Ok(None),
            _ => Err(Unreachable),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        let request = Request { method: "GET", path: path.to_owned(), ..Request::default() };
        let answer = network::request(&self.0.network, request).await?;
        if answer.status == 200 { Ok(answer.body) } else { Err(ApiError::Refused(public_error(&answer))) }
    }

    pub(super) async fn post<B: Serialize, T: DeserializeOwned>(&self, path: &str, body: &B) -> Result<T, ApiError> {
        let body = serde_json::to_vec(body).map_err(|_| ApiError::Failed)?;
        let headers = vec![("content-type", "application/json".to_owned())];
        let answer =
            network::request(&self.0.network, Request { method: "POST", path: path.to_owned(), headers, body }).await?;
        match answer.status {
            200..300 => from_json(&answer.body).ok_or(ApiError::Failed),
            _ => Err(ApiError::Refused(public_error(&answer))),
        }
    }
}
