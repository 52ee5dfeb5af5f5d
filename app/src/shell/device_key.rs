//! The key of this device that may sign for a person where the passkey cannot
//! be asked. The browser keeps it and gives nobody its private half.

use super::passkey::{self, PasskeyError};
use crate::client::{ApiError, Client};
use model::{
    hash::ContentHash,
    id::{AccountId, PersonId},
    record::{Base64, DeviceCertificate, DeviceSignature},
};

/// Why this device does not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeviceKeyError {
    /// The passkey did not certify it.
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
    /// The server did not take it.
    #[error(transparent)]
    Server(#[from] ApiError),
    /// The key is not there, or the browser failed.
    #[error("the device's key cannot be used")]
    Failed,
}

fn name(account: AccountId, person: PersonId) -> String {
    format!("{}{person}", prefix(account))
}

fn prefix(account: AccountId) -> String {
    format!("sign/{account}/")
}

/// Makes a key and has the passkey certify it for `person`. Needs the server.
pub async fn certify(client: &Client, account: AccountId, person: PersonId) -> Result<(), DeviceKeyError> {
    let nonce = client.start_certificate(person).await?;
    let key = platform::make().await?;
    let request = client.certificate_request(person, &key, &nonce).ok_or(DeviceKeyError::Failed)?;
    let assertion = passkey::sign(&request).await?;
    // Kept first: what the server knows must be here.
    platform::keep(&name(account, person)).await?;
    client.finish_certificate(&DeviceCertificate { person, key: Base64(key), nonce, assertion }).await?;
    Ok(())
}

/// Signs a challenge with the key that the server knows as `known`.
pub async fn sign(
    account: AccountId,
    person: PersonId,
    known: ContentHash,
    challenge: &[u8; 32],
) -> Result<DeviceSignature, DeviceKeyError> {
    let name = name(account, person);
    let public = platform::open(&name).await?;
    if ContentHash::of(&public) != known {
        return Err(DeviceKeyError::Failed);
    }
    Ok(DeviceSignature { key: known, signature: Base64(platform::sign(&name, challenge).await?) })
}

/// Forgets the keys of a login.
pub async fn forget(account: AccountId) -> Result<(), DeviceKeyError> {
    platform::forget(&prefix(account)).await
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use super::DeviceKeyError;
    use js_sys::Uint8Array;
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen(module = "/src/shell/device_key.js")]
    extern "C" {
        #[wasm_bindgen(js_name = make, catch)]
        async fn js_make() -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = keep, catch)]
        async fn js_keep(name: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = open, catch)]
        async fn js_open(name: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = sign, catch)]
        async fn js_sign(name: &str, bytes: &[u8]) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = forget, catch)]
        async fn js_forget(prefix: &str) -> Result<JsValue, JsValue>;
    }

    fn failed(error: JsValue) -> DeviceKeyError {
        web_sys::console::warn_1(&error);
        DeviceKeyError::Failed
    }

    fn bytes(value: &JsValue) -> Result<Vec<u8>, DeviceKeyError> {
        if value.is_undefined() { Err(DeviceKeyError::Failed) } else { Ok(Uint8Array::new(value).to_vec()) }
    }

    pub async fn make() -> Result<Vec<u8>, DeviceKeyError> {
        bytes(&js_make().await.map_err(failed)?)
    }

    pub async fn keep(name: &str) -> Result<(), DeviceKeyError> {
        js_keep(name).await.map(drop).map_err(failed)
    }

    pub async fn open(name: &str) -> Result<Vec<u8>, DeviceKeyError> {
        bytes(&js_open(name).await.map_err(failed)?)
    }

    pub async fn sign(name: &str, message: &[u8]) -> Result<Vec<u8>, DeviceKeyError> {
        bytes(&js_sign(name, message).await.map_err(failed)?)
    }

    pub async fn forget(prefix: &str) -> Result<(), DeviceKeyError> {
        js_forget(prefix).await.map(drop).map_err(failed)
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use super::DeviceKeyError;

    pub async fn make() -> Result<Vec<u8>, DeviceKeyError> {
        Err(DeviceKeyError::Failed)
    }

    pub async fn keep(_: &str) -> Result<(), DeviceKeyError> {
        Err(DeviceKeyError::Failed)
    }

    pub async fn open(_: &str) -> Result<Vec<u8>, DeviceKeyError> {
        Err(DeviceKeyError::Failed)
    }

    pub async fn sign(_: &str, _: &[u8]) -> Result<Vec<u8>, DeviceKeyError> {
        Err(DeviceKeyError::Failed)
    }

    pub async fn forget(_: &str) -> Result<(), DeviceKeyError> {
        Ok(())
    }
}
