//! A window that does not exist: nothing can be touched, shown, copied or saved, and there is no address.

use crate::platform::Arrival;
use dioxus::prelude::Element;

/// Shows nothing: a program without a screen is a library for tests.
pub fn launch(_app: fn() -> Element) {}

pub fn crashes() -> u32 {
    0
}

pub fn forget_crashes() {}

pub fn reload() {}

pub fn go(_path: &str) {}

pub fn take_arrival() -> Option<Arrival> {
    None
}

pub fn login_path() -> String {
    "/inloggen".to_owned()
}

pub fn on_use(_used: impl Fn() + 'static) {}

pub fn keep_typing_when_hidden() {}

pub async fn copy(_text: &str) -> bool {
    false
}

pub fn show_bytes(_bytes: &[u8], _media_type: &str) -> Option<String> {
    None
}

pub fn forget_bytes(_url: &str) {}

pub fn save_bytes(_bytes: &[u8], _media_type: &str, _name: &str) {}
