//! Conversion of photographs to pages, which the browser does in a script that is loaded when it is first needed.

use crate::platform::{NoScanner, ScannedPage};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(js_namespace = ["akkoord", "papers"])]
extern "C" {
    #[wasm_bindgen(js_name = prepare, catch)]
    async fn js_prepare(bytes: Uint8Array, media_type: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = turn, catch)]
    async fn js_turn(page: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = bind, catch)]
    async fn js_bind(pages: Array) -> Result<JsValue, JsValue>;
}

fn failed(error: JsValue) -> NoScanner {
    web_sys::console::warn_1(&error);
    NoScanner
}

pub async fn prepare(bytes: &[u8], media_type: &str) -> Result<Option<ScannedPage>, NoScanner> {
    let made = js_prepare(Uint8Array::from(bytes), media_type).await.map_err(failed)?;
    if made.is_undefined() {
        return Ok(None);
    }
    let parts = Array::from(&made);
    Ok(Some(ScannedPage { bytes: Uint8Array::new(&parts.get(0)).to_vec(), blurred: parts.get(1).is_truthy() }))
}

pub async fn turn(page: &[u8]) -> Result<Vec<u8>, NoScanner> {
    js_turn(Uint8Array::from(page)).await.map(|bytes| Uint8Array::new(&bytes).to_vec()).map_err(failed)
}

pub async fn bind(pages: &[Vec<u8>]) -> Result<Vec<u8>, NoScanner> {
    let list: Array = pages.iter().map(|page| Uint8Array::from(page.as_slice())).collect();
    js_bind(list).await.map(|bytes| Uint8Array::new(&bytes).to_vec()).map_err(failed)
}
