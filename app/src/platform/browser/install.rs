//! The app as the browser installs it. `assets/device.js` handles the badge, the storage space and shared files;
//! `assets/boot.js` handles new versions.

use super::{document, pass_over, the_window, window};
use crate::platform::{InstallOffer, Room};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::Event;

#[wasm_bindgen(js_namespace = ["akkoord", "installed"])]
extern "C" {
    #[wasm_bindgen(js_name = setBadge)]
    pub fn set_badge(open: u32);
    #[wasm_bindgen(js_name = installOffer)]
    fn js_install_offer() -> String;
    pub fn install();
    #[wasm_bindgen(js_name = installLater)]
    pub fn install_later();
    #[wasm_bindgen(js_name = room, catch)]
    async fn js_room() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = keepRoom, catch)]
    async fn js_keep_room() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = deliverShared, catch)]
    async fn js_deliver_shared() -> Result<JsValue, JsValue>;
}

pub fn install_offer() -> Option<InstallOffer> {
    match js_install_offer().as_str() {
        "ask" => Some(InstallOffer::Ask),
        "explain" => Some(InstallOffer::Explain),
        _ => None,
    }
}

pub async fn room() -> Option<Room> {
    let parts = Array::from(&js_room().await.ok()?);
    let bytes = |at| parts.get(at).as_f64().unwrap_or_default();
    Some(Room { used: bytes(0), quota: bytes(1), is_persistent: parts.get(2).is_truthy() })
}

pub async fn keep_room() {
    drop(js_keep_room().await);
}

pub async fn deliver_shared() {
    if let Err(error) = js_deliver_shared().await {
        web_sys::console::warn_1(&error);
    }
}

/// The root element's `data-update` is set by `assets/boot.js`.
pub fn update_is_ready() -> bool {
    let root = document().and_then(|d| d.document_element());
    root.and_then(|r| r.get_attribute("data-update")).as_deref() == Some("ready")
}

pub fn on_update(ready: impl Fn() + 'static) {
    let Some(window) = the_window() else { return };
    let listener = Closure::<dyn FnMut()>::new(ready);
    pass_over(window.add_event_listener_with_callback("akkoord-update", listener.as_ref().unchecked_ref()));
    // The listener lives as long as the page.
    listener.forget();
}

pub fn update() {
    if !update_is_ready() {
        return window::reload();
    }
    if let (Some(window), Ok(event)) = (the_window(), Event::new("akkoord-activate")) {
        pass_over(window.dispatch_event(&event));
    }
}
