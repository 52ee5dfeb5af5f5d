//! The part of the app that comes after its first screen (assets/rest.js). Only a
//! build for release has one; the build decides what is in it.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "/rest.js")]
extern "C" {
    #[wasm_bindgen(js_name = bringNow)]
    fn bring_now();
}

/// Waits until the rest is here. The build calls it before a function of the rest.
#[wasm_bindgen(js_name = bringRest)]
pub fn bring_rest() {
    bring_now();
}
