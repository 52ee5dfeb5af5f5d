//! Passkeys that are always unsupported: this program has no authenticator.

use crate::platform::{PasskeyAnswer, PasskeyError, SigningRequest, UnlockSecret};
use model::record::{Assertion, Base64};
use serde_json::Value;

pub async fn create(_options: Value) -> Result<PasskeyAnswer, PasskeyError> {
    Err(PasskeyError::Unsupported)
}

pub async fn get(_options: Value) -> Result<PasskeyAnswer, PasskeyError> {
    Err(PasskeyError::Unsupported)
}

pub async fn unlock(_rp_id: &str, _credentials: &[Base64]) -> Result<Option<UnlockSecret>, PasskeyError> {
    Err(PasskeyError::Unsupported)
}

pub async fn sign(_request: &SigningRequest) -> Result<Assertion, PasskeyError> {
    Err(PasskeyError::Unsupported)
}
