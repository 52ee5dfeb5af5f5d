//! What an installed app has beside its pages: its badge, the question to
//! install it, room on the device, and files that another app shared with it.

/// How the app can be installed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallOffer {
    /// The browser asks, when [`install`] is called.
    Ask,
    /// The person has to do it, in the browser's own menu.
    Explain,
}

/// Room on the device, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// In use by this app.
    pub used: f64,
    /// That it may use in all.
    pub quota: f64,
    /// Whether the browser promises not to clear it by itself.
    pub is_kept: bool,
}

pub use platform::*;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod platform {
    use super::{InstallOffer, Room};
    use js_sys::Array;
    use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

    #[wasm_bindgen(module = "/src/shell/installed.js")]
    extern "C" {
        /// Shows on the app's icon how many tasks are open.
        #[wasm_bindgen(js_name = setBadge)]
        pub fn set_badge(open: u32);
        #[wasm_bindgen(js_name = installOffer)]
        fn js_install_offer() -> String;
        /// Has the browser ask whether to install the app.
        pub fn install();
        /// Does not offer it again.
        #[wasm_bindgen(js_name = installLater)]
        pub fn install_later();
        #[wasm_bindgen(js_name = room, catch)]
        async fn js_room() -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = keepRoom, catch)]
        async fn js_keep_room() -> Result<JsValue, JsValue>;
        #[wasm_bindgen(js_name = deliverShared, catch)]
        async fn js_deliver_shared() -> Result<JsValue, JsValue>;
    }

    /// How the app can be installed here, where that is worth offering.
    pub fn install_offer() -> Option<InstallOffer> {
        match js_install_offer().as_str() {
            "ask" => Some(InstallOffer::Ask),
            "explain" => Some(InstallOffer::Explain),
            _ => None,
        }
    }

    /// Room on the device, where the browser tells.
    pub async fn room() -> Option<Room> {
        let parts = Array::from(&js_room().await.ok()?);
        let bytes = |at| parts.get(at).as_f64().unwrap_or_default();
        Some(Room { used: bytes(0), quota: bytes(1), is_kept: parts.get(2).is_truthy() })
    }

    /// Asks the browser not to clear what is kept here.
    pub async fn keep_room() {
        drop(js_keep_room().await);
    }

    /// Hands over files that another app shared, as if they were chosen on this page.
    pub async fn deliver_shared() {
        if let Err(error) = js_deliver_shared().await {
            web_sys::console::warn_1(&error);
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
mod platform {
    use super::{InstallOffer, Room};

    /// There is no icon.
    pub fn set_badge(_open: u32) {}

    /// There is nothing to install.
    pub fn install_offer() -> Option<InstallOffer> {
        None
    }

    /// There is nothing to install.
    pub fn install() {}

    /// There is nothing to install.
    pub fn install_later() {}

    /// Nobody tells.
    pub async fn room() -> Option<Room> {
        None
    }

    /// Nobody is asked.
    pub async fn keep_room() {}

    /// Nobody shares.
    pub async fn deliver_shared() {}
}
