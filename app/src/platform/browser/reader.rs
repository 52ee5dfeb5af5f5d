//! The reader of PDFs, which is a script and a module of their own (assets/reader), loaded when somebody first reads.

use super::element;
use crate::platform::ReadingOutcome;
use js_sys::Uint8Array;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::HtmlElement;

#[wasm_bindgen(js_namespace = ["akkoord", "reader"])]
extern "C" {
    #[wasm_bindgen(js_name = open)]
    fn js_open(root: &HtmlElement, bytes: Uint8Array, name: &str, told: JsValue);
    #[wasm_bindgen(js_name = close)]
    fn js_close(id: &str);
    #[wasm_bindgen(js_name = thumbnail, catch)]
    async fn js_thumbnail(canvas: &HtmlElement, bytes: Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = keep)]
    fn js_keep();
    #[wasm_bindgen(js_name = prepare)]
    fn js_prepare();
}

pub fn open(id: &str, bytes: &[u8], name: &str, told: impl Fn(ReadingOutcome) + 'static) {
    let Some(root) = element(id) else { return };
    // The script calls it at most once: a document is shown or it is not.
    let told = Closure::once_into_js(move |word: String| {
        told(if word == "shown" { ReadingOutcome::Shown } else { ReadingOutcome::Refused });
    });
    js_open(&root, Uint8Array::from(bytes), name, told);
}

pub fn close(id: &str) {
    js_close(id);
}

pub async fn thumbnail(id: &str, bytes: &[u8]) -> bool {
    let Some(canvas) = element(id) else { return false };
    match js_thumbnail(&canvas, Uint8Array::from(bytes)).await {
        Ok(drawn) => drawn.is_truthy(),
        Err(error) => {
            web_sys::console::warn_1(&error);
            false
        }
    }
}

pub fn prepare() {
    js_prepare();
}

pub fn keep() {
    js_keep();
}
