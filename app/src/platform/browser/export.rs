//! Export of everything into one ZIP file, which the browser makes and saves.

use crate::platform::NoZip;
use js_sys::Uint8Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(js_namespace = ["akkoord", "exporter"])]
extern "C" {
    #[wasm_bindgen(js_name = begin, catch)]
    async fn js_begin() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = add, catch)]
    fn js_add(zip: &JsValue, path: &str, bytes: Uint8Array) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = finish, catch)]
    fn js_finish(zip: &JsValue, page: &str, name: &str) -> Result<(), JsValue>;
}

fn failed(error: JsValue) -> NoZip {
    web_sys::console::warn_1(&error);
    NoZip
}

/// An export that is being made.
pub struct Zip(JsValue);

pub async fn begin() -> Result<Zip, NoZip> {
    js_begin().await.map(Zip).map_err(failed)
}

pub fn add(zip: &Zip, path: &str, bytes: &[u8]) -> Result<(), NoZip> {
    js_add(&zip.0, path, Uint8Array::from(bytes)).map_err(failed)
}

pub fn finish(zip: &Zip, page: &str, name: &str) -> Result<(), NoZip> {
    js_finish(&zip.0, page, name).map_err(failed)
}
