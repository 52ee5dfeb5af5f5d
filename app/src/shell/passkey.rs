//! Passkeys of the browser. Never sees a secret: keys stay in the
//! authenticator, and results of the PRF extension are dropped in the script.

use crate::client::{SigningRequest, UnlockSecret};
use model::record::{Assertion, Base64};

/// Why there is no passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The person closed the question, or did not answer in time.
    #[error("cancelled")]
    Cancelled,
    /// This browser has no passkeys, or not for this site.
    #[error("passkeys are not supported here")]
    Unsupported,
    /// The browser or the authenticator failed.
    #[error("the authenticator failed")]
    Failed,
}

/// What a passkey answers: what the server wants to see, and the secret for
/// this device's lock, of passkeys that have one.
pub type Answer = (serde_json::Value, Option<UnlockSecret>);

/// Uses one of `credentials` to unlock this device. Needs no network. Gives
/// the secret, of passkeys that have one.
pub async fn unlock(rp_id: &str, credentials: &[Base64]) -> Result<Option<UnlockSecret>, PasskeyError> {
    platform::unlock(rp_id, credentials).await
}

/// Makes a passkey with the server's creation options.
pub async fn create(options: serde_json::Value) -> Result<Answer, PasskeyError> {
    platform::create(options).await
}

/// Logs in with a passkey.
pub async fn get(options: serde_json::Value) -> Result<Answer, PasskeyError> {
    platform::get(options).await
}

/// Whether this browser offers passkeys in a field.
pub async fn can_offer() -> bool {
    platform::can_offer().await
}

/// Waits until somebody chooses a passkey in a field; nothing when nobody did
/// for so long.
pub async fn offer(options: serde_json::Value, milliseconds: u32) -> Result<Option<Answer>, PasskeyError> {
    platform::offer(options, milliseconds).await
}

/// Ends the waiting of [`offer`].
pub fn stop_offering() {
    platform::stop_offering();
}

/// Signs a challenge of an approval. Needs no network.
pub async fn sign(request: &SigningRequest) -> Result<Assertion, PasskeyError> {
    let [credential, authenticator_data, client_data, signature] = platform::sign(request).await?.map(Base64);
    Ok(Assertion { credential, authenticator_data, client_data, signature })
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use super::{Answer, PasskeyError};
    use crate::client::{SigningRequest, UnlockSecret};
    use js_sys::{Array, Uint8Array};
    use model::record::Base64;
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen(module = "/src/shell/passkey.js")]
    extern "C" {
        #[wasm_bindgen(js_name = create, catch)]
        async fn js_create(options: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = get, catch)]
        async fn js_get(options: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = canOffer)]
        async fn js_can_offer() -> JsValue;
        #[wasm_bindgen(js_name = offer, catch)]
        async fn js_offer(options: &str, milliseconds: u32) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = stopOffering)]
        fn js_stop_offering();
        #[wasm_bindgen(js_name = unlock, catch)]
        async fn js_unlock(rp_id: &str, credentials: Array) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = sign, catch)]
        async fn js_sign(challenge: &[u8], rp_id: &str, credentials: Array) -> Result<JsValue, JsValue>;
    }

    fn reason(error: JsValue) -> PasskeyError {
        match error.as_string().as_deref() {
            Some("cancelled") => PasskeyError::Cancelled,
            Some("unsupported") => PasskeyError::Unsupported,
            _ => PasskeyError::Failed,
        }
    }

    /// `[json, secret or undefined]`.
    fn parsed(result: Result<JsValue, JsValue>) -> Result<Answer, PasskeyError> {
        let parts = Array::from(&result.map_err(reason)?);
        let json = parts.get(0).as_string().ok_or(PasskeyError::Failed)?;
        Ok((serde_json::from_str(&json).map_err(|_| PasskeyError::Failed)?, secret(&parts.get(1))))
    }

    fn secret(value: &JsValue) -> Option<UnlockSecret> {
        (!value.is_undefined()).then(|| UnlockSecret(Uint8Array::new(value).to_vec()))
    }

    pub async fn unlock(rp_id: &str, credentials: &[Base64]) -> Result<Option<UnlockSecret>, PasskeyError> {
        let credentials: Array = credentials.iter().map(|id| Uint8Array::from(id.0.as_slice())).collect();
        js_unlock(rp_id, credentials).await.map(|value| secret(&value)).map_err(reason)
    }

    pub async fn create(options: serde_json::Value) -> Result<Answer, PasskeyError> {
        parsed(js_create(&options.to_string()).await)
    }

    pub async fn can_offer() -> bool {
        js_can_offer().await.is_truthy()
    }

    pub async fn offer(options: serde_json::Value, milliseconds: u32) -> Result<Option<Answer>, PasskeyError> {
        let answer = js_offer(&options.to_string(), milliseconds).await;
        if answer.as_ref().is_ok_and(|parts| Array::from(parts).length() == 0) {
            return Ok(None);
        }
        parsed(answer).map(Some)
    }

    pub fn stop_offering() {
        js_stop_offering();
    }

    pub async fn get(options: serde_json::Value) -> Result<Answer, PasskeyError> {
        parsed(js_get(&options.to_string()).await)
    }

    pub async fn sign(request: &SigningRequest) -> Result<[Vec<u8>; 4], PasskeyError> {
        let credentials: Array = request.credentials.iter().map(|id| Uint8Array::from(id.as_slice())).collect();
        let parts = Array::from(&js_sign(&request.challenge, &request.rp_id, credentials).await.map_err(reason)?);
        Ok([0, 1, 2, 3].map(|part| Uint8Array::new(&parts.get(part)).to_vec()))
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use super::{Answer, PasskeyError};
    use crate::client::{SigningRequest, UnlockSecret};
    use model::record::Base64;

    pub async fn unlock(_: &str, _: &[Base64]) -> Result<Option<UnlockSecret>, PasskeyError> {
        Err(PasskeyError::Unsupported)
    }

    pub async fn create(_: serde_json::Value) -> Result<Answer, PasskeyError> {
        Err(PasskeyError::Unsupported)
    }

    pub async fn can_offer() -> bool {
        false
    }

    pub async fn offer(_: serde_json::Value, _: u32) -> Result<Option<Answer>, PasskeyError> {
        Err(PasskeyError::Unsupported)
    }

    pub fn stop_offering() {}

    pub async fn get(_: serde_json::Value) -> Result<Answer, PasskeyError> {
        Err(PasskeyError::Unsupported)
    }

    pub async fn sign(_: &SigningRequest) -> Result<[Vec<u8>; 4], PasskeyError> {
        Err(PasskeyError::Unsupported)
    }
}
