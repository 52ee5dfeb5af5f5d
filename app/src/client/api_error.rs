//! The reasons why the server did not do what was asked.

use crate::platform::Unreachable;
use model::api::PublicError;

/// Reason why the server did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The server cannot be reached.
    #[error("the server cannot be reached")]
    Offline,
    /// The server refuses, and gives the reason in both languages.
    #[error("{}", .0.error)]
    Refused(PublicError),
    /// The answer cannot be read, or this device's storage failed.
    #[error("an answer that makes no sense")]
    Failed,
}

impl From<Unreachable> for ApiError {
    fn from(_: Unreachable) -> Self {
        Self::Offline
    }
}
