//! One tab at a time holds the device, by the browser's Web Locks.

use wasm_bindgen::{closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen(js_namespace = ["akkoord", "tab"])]
extern "C" {
    #[wasm_bindgen(js_name = hold)]
    fn hold_device_js(lost: &Closure<dyn FnMut()>);
}

pub fn hold_device(lost: impl FnOnce() + 'static) {
    let lost = Closure::once(lost);
    hold_device_js(&lost);
    // Once per tab; the browser calls it at any later moment.
    lost.forget();
}
