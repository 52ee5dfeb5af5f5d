//! The layers that apply to every request: headers, pages for refusals, limits, health,
//! and the app's own files.

mod brand;
mod files;
mod headers;
mod rate;

pub use brand::{accent, logo};
pub use files::app_file;
pub use headers::{pages_for_refusals, secure};
pub use rate::{Key as RateKey, RateLimit, limit_rate};

use crate::{
    error::{Refusal, ServerError},
    state::State,
};
use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
    http::StatusCode,
};
use serde::de::DeserializeOwned;

/// Extracts a JSON body. A malformed body is refused with a sentence.
pub struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = ServerError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ServerError> {
        match Json::from_request(request, state).await {
            Ok(Json(value)) => Ok(Self(value)),
            Err(JsonRejection::BytesRejection(why)) if why.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Refusal::TooLarge.into())
            }
            Err(_) => Err(Refusal::Malformed.into()),
        }
    }
}

/// Handles `GET /healthz`: answers if the process runs.
pub async fn healthz() -> &'static str {
    "ok"
}

/// Handles `GET /readyz`: answers if the database does too.
pub async fn readyz(axum::extract::State(state): axum::extract::State<State>) -> Result<&'static str, StatusCode> {
    state.db.read(|q| q.setting("ready")).map(|_| "ok").map_err(|cause: crate::db::DbError| {
        tracing::error!(%cause, "not ready");
        StatusCode::SERVICE_UNAVAILABLE
    })
}
