//! No platform: for tests that render screens to HTML. Never shown to anybody.

use crate::client::{Client, StoreError, platform::Network};
use model::hash::ContentHash;

/// A client without a store: a native build has no app to start.
pub fn client() -> Client {
    let none = async { Err(StoreError::Failed("a native build has no device".to_owned())) };
    Client::start_soon(Network::new("http://localhost"), none)
}

/// There is no page.
pub fn reload() {}

/// There is no page.
pub fn go(_path: &str) {}

/// There is no page.
pub fn update() {}

/// There is no update.
pub fn update_is_ready() -> bool {
    false
}

/// There is no update.
pub fn on_update(_ready: impl Fn() + 'static) {}

/// Nobody touches anything.
pub fn on_use(_used: impl Fn() + 'static) {}

/// There is no shell.
pub fn remember(_shell: &serde_json::Value) {}

/// There is no address.
pub fn fragment() -> Option<String> {
    None
}

/// There is no address.
pub fn set_fragment(_fragment: &str) {}

/// There is no address.
pub fn reload_on_new_fragment() {}

/// There is no window to name.
pub fn set_page(_title: &str, _language: &str) {}

/// There is no style sheet.
pub fn set_accent(_accent: &str) {}

/// There is no shell.
pub fn remembered_logo() -> Option<ContentHash> {
    None
}

/// There is no style sheet.
pub fn set_property(_id: &str, _name: &str, _value: &str) {}

/// A dialog is in the markup; nothing opens it.
pub fn show_modal(_id: &str, _closed: impl Fn() + 'static) {}

/// See [`show_modal`].
pub fn modal_closed(_id: &str) {}

/// There is no focus.
pub fn focus(_id: &str) {}

/// There is no focus.
pub fn focus_heading() {}

/// Bytes cannot be shown.
pub fn show_bytes(_bytes: &[u8], _media_type: &str) -> Option<String> {
    None
}

/// See [`show_bytes`].
pub fn save_bytes(_bytes: &[u8], _media_type: &str, _name: &str) {}

/// See [`show_bytes`].
pub fn forget_bytes(_url: &str) {}

/// As in a browser that has passkeys.
pub fn place() -> super::place::Place {
    super::place::Place::Browser
}

/// There is no address.
pub fn address() -> String {
    String::new()
}

/// There is no clipboard.
pub async fn copy(_text: &str) -> bool {
    false
}

/// Goes on at once.
pub async fn pause(_milliseconds: u32) {}

/// Nothing is ever hidden.
pub fn keep_typing_when_hidden() {}

/// Nothing is ever put away.
pub async fn put_away() {
    std::future::pending().await
}

/// Goes on at once.
pub async fn next_frame() {}

/// Shows an address in a tab of its own.
pub fn open_address(_url: &str) {}
