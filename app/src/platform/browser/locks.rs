//! Exclusive use of the device by one tab at a time, by the browser's Web Locks.

use wasm_bindgen::{closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen(js_namespace = ["akkoord", "tab"])]
extern "C" {
    #[wasm_bindgen(js_name = hold)]
    fn hold_device_js(lost: &Closure<dyn FnMut()>);
}

pub fn hold_device(lost: impl FnOnce() + 'static) {
    let lost = Closure::once(lost);
    hold_device_js(&lost);
    // The closure is leaked: there is one per tab, and the browser may call it at any time.
    lost.forget();
}
