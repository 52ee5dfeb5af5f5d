//! One file of everything: a ZIP that the browser makes and saves.

/// The browser cannot make it, or it would be too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file cannot be made here")]
pub struct NoZip;

pub use platform::Zip;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use super::NoZip;
    use js_sys::Uint8Array;
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen(module = "/src/shell/takeaway.js")]
    extern "C" {
        #[wasm_bindgen(js_name = beginZip, catch)]
        async fn js_begin() -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = addToZip, catch)]
        fn js_add(zip: &JsValue, path: &str, bytes: Uint8Array) -> Result<(), JsValue>;
        #[wasm_bindgen(js_name = finishZip, catch)]
        fn js_finish(zip: &JsValue, page: &str, name: &str) -> Result<(), JsValue>;
    }

    fn failed(error: JsValue) -> NoZip {
        web_sys::console::warn_1(&error);
        NoZip
    }

    /// The file while it is being made.
    pub struct Zip(JsValue);

    impl Zip {
        /// An empty one.
        pub async fn begin() -> Result<Self, NoZip> {
            js_begin().await.map(Self).map_err(failed)
        }

        /// Puts a file into it.
        pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), NoZip> {
            js_add(&self.0, path, Uint8Array::from(bytes)).map_err(failed)
        }

        /// Adds the page to read it with, and saves it under `name`.
        pub fn finish(&self, page: &str, name: &str) -> Result<(), NoZip> {
            js_finish(&self.0, page, name).map_err(failed)
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use super::NoZip;

    /// There is no browser.
    pub struct Zip;

    impl Zip {
        /// There is no browser.
        pub async fn begin() -> Result<Self, NoZip> {
            Err(NoZip)
        }

        /// There is no browser.
        pub fn add(&self, _path: &str, _bytes: &[u8]) -> Result<(), NoZip> {
            Err(NoZip)
        }

        /// There is no browser.
        pub fn finish(&self, _page: &str, _name: &str) -> Result<(), NoZip> {
            Err(NoZip)
        }
    }
}
