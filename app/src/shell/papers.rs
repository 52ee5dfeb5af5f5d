//! Photographs as pages: made upright and small, turned, bound into one PDF.
//! The browser does the work, in a script that is loaded when it is first needed.

/// This device cannot do it: the script is not here, or there is no browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("pages cannot be made here")]
pub struct NoPages;

/// A page that was made of a photograph.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// A JPEG.
    pub bytes: Vec<u8>,
    /// It looks out of focus.
    pub blurred: bool,
}

pub use platform::*;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use super::{NoPages, Page};
    use js_sys::{Array, Uint8Array};
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen(module = "/src/shell/papers.js")]
    extern "C" {
        #[wasm_bindgen(js_name = preparePage, catch)]
        async fn js_prepare(bytes: Uint8Array, media_type: &str) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = turnPage, catch)]
        async fn js_turn(page: Uint8Array) -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = bindPages, catch)]
        async fn js_bind(pages: Array) -> Result<JsValue, JsValue>;
    }

    fn failed(error: JsValue) -> NoPages {
        web_sys::console::warn_1(&error);
        NoPages
    }

    /// Makes a page of a picture; `None` of one that this browser cannot read.
    pub async fn prepare(bytes: &[u8], media_type: &str) -> Result<Option<Page>, NoPages> {
        let made = js_prepare(Uint8Array::from(bytes), media_type).await.map_err(failed)?;
        if made.is_undefined() {
            return Ok(None);
        }
        let parts = Array::from(&made);
        Ok(Some(Page { bytes: Uint8Array::new(&parts.get(0)).to_vec(), blurred: parts.get(1).is_truthy() }))
    }

    /// Turns a page a quarter to the right.
    pub async fn turn(page: &[u8]) -> Result<Vec<u8>, NoPages> {
        js_turn(Uint8Array::from(page)).await.map(|bytes| Uint8Array::new(&bytes).to_vec()).map_err(failed)
    }

    /// Binds pages into one PDF. The same pages always give the same bytes.
    pub async fn bind(pages: &[Vec<u8>]) -> Result<Vec<u8>, NoPages> {
        let list: Array = pages.iter().map(|page| Uint8Array::from(page.as_slice())).collect();
        js_bind(list).await.map(|bytes| Uint8Array::new(&bytes).to_vec()).map_err(failed)
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use super::{NoPages, Page};

    /// There is no browser.
    pub async fn prepare(_bytes: &[u8], _media_type: &str) -> Result<Option<Page>, NoPages> {
        Err(NoPages)
    }

    /// There is no browser.
    pub async fn turn(_page: &[u8]) -> Result<Vec<u8>, NoPages> {
        Err(NoPages)
    }

    /// There is no browser.
    pub async fn bind(_pages: &[Vec<u8>]) -> Result<Vec<u8>, NoPages> {
        Err(NoPages)
    }
}
