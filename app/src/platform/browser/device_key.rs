//! Keys that the browser stores for this device. It never gives away their private halves.

use crate::platform::NoDeviceKey;
use js_sys::Uint8Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(js_namespace = ["akkoord", "deviceKey"])]
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

fn failed(error: JsValue) -> NoDeviceKey {
    web_sys::console::warn_1(&error);
    NoDeviceKey
}

fn bytes(value: &JsValue) -> Result<Vec<u8>, NoDeviceKey> {
    if value.is_undefined() { Err(NoDeviceKey) } else { Ok(Uint8Array::new(value).to_vec()) }
}

pub async fn make() -> Result<Vec<u8>, NoDeviceKey> {
    bytes(&js_make().await.map_err(failed)?)
}

pub async fn keep(name: &str) -> Result<(), NoDeviceKey> {
    js_keep(name).await.map(drop).map_err(failed)
}

pub async fn open(name: &str) -> Result<Vec<u8>, NoDeviceKey> {
    bytes(&js_open(name).await.map_err(failed)?)
}

pub async fn sign(name: &str, message: &[u8]) -> Result<Vec<u8>, NoDeviceKey> {
    bytes(&js_sign(name, message).await.map_err(failed)?)
}

pub async fn forget(prefix: &str) -> Result<(), NoDeviceKey> {
    js_forget(prefix).await.map(drop).map_err(failed)
}
