//! Passkeys of the browser. Never sees a secret: keys stay in the
//! authenticator, and results of the PRF extension are dropped in the script.

use crate::client::SigningRequest;
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

/// Makes a passkey with the server's creation options; gives what the server
/// wants to see.
pub async fn create(options: serde_json::Value) -> Result<serde_json::Value, PasskeyError> {
    platform::create(options).await
}

/// Logs in with a passkey; gives what the server wants to see.
pub async fn get(options: serde_json::Value) -> Result<serde_json::Value, PasskeyError> {
    platform::get(options).await
}

/// Signs a challenge of an approval. Needs no network.
pub async fn sign(request: &SigningRequest) -> Result<Assertion, PasskeyError> {
    let [credential, authenticator_data, client_data, signature] = platform::sign(request).await?.map(Base64);
    Ok(Assertion { credential, authenticator_data, client_data, signature })
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use super::PasskeyError;
    use crate::client::SigningRequest;
    use js_sys::{Array, Uint8Array};
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen(module = "/src/shell/passkey.js")]
    extern "C" {
        #[wasm_bindgen(js_name = create, catch)]
        async fn js_create(options: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = get, catch)]
        async fn js_get(options: &str) -> Result<JsValue, JsValue>;
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

    fn parsed(result: Result<JsValue, JsValue>) -> Result<serde_json::Value, PasskeyError> {
        let json = result.map_err(reason)?.as_string().ok_or(PasskeyError::Failed)?;
        serde_json::from_str(&json).map_err(|_| PasskeyError::Failed)
    }

    pub async fn create(options: serde_json::Value) -> Result<serde_json::Value, PasskeyError> {
        parsed(js_create(&options.to_string()).await)
    }

    pub async fn get(options: serde_json::Value) -> Result<serde_json::Value, PasskeyError> {
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
    use super::PasskeyError;
    use crate::client::SigningRequest;

    pub async fn create(_: serde_json::Value) -> Result<serde_json::Value, PasskeyError> {
        Err(PasskeyError::Unsupported)
    }

    pub async fn get(_: serde_json::Value) -> Result<serde_json::Value, PasskeyError> {
        Err(PasskeyError::Unsupported)
    }

    pub async fn sign(_: &SigningRequest) -> Result<[Vec<u8>; 4], PasskeyError> {
        Err(PasskeyError::Unsupported)
    }
}
