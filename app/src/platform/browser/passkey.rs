//! Passkeys of the browser. This module never sees a private key, which stays in the authenticator.

use crate::platform::{PasskeyAnswer, PasskeyError, SigningRequest, UnlockSecret};
use js_sys::{Array, Uint8Array};
use model::record::{Assertion, Base64};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(js_namespace = ["akkoord", "passkey"])]
extern "C" {
    #[wasm_bindgen(js_name = create, catch)]
    async fn js_create(options: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = get, catch)]
    async fn js_get(options: &str) -> Result<JsValue, JsValue>;
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

/// Reads a result of the form `[json, secret or undefined]`.
fn parsed(result: Result<JsValue, JsValue>) -> Result<PasskeyAnswer, PasskeyError> {
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

pub async fn create(options: serde_json::Value) -> Result<PasskeyAnswer, PasskeyError> {
    parsed(js_create(&options.to_string()).await)
}

pub async fn get(options: serde_json::Value) -> Result<PasskeyAnswer, PasskeyError> {
    parsed(js_get(&options.to_string()).await)
}

pub async fn sign(request: &SigningRequest) -> Result<Assertion, PasskeyError> {
    let credentials: Array = request.credentials.iter().map(|id| Uint8Array::from(id.as_slice())).collect();
    let parts = Array::from(&js_sign(&request.challenge, &request.rp_id, credentials).await.map_err(reason)?);
    let bytes = [0, 1, 2, 3].map(|part| Base64(Uint8Array::new(&parts.get(part)).to_vec()));
    let [credential, authenticator_data, client_data, signature] = bytes;
    Ok(Assertion { credential, authenticator_data, client_data, signature })
}
