//! A page that nobody sees: markup is only rendered to HTML, so work never waits for drawing, and nothing has a focus
//! or a colour.

use model::hash::ContentHash;
use serde_json::Value;

pub async fn next_frame() {}

pub async fn painted() {}

pub fn set_page(_title: &str, _language: &str) {}

pub fn set_accent(_accent: &str) {}

pub fn remember(_shell: &Value) {}

pub fn remembered_logo() -> Option<ContentHash> {
    None
}

pub fn set_property(_id: &str, _name: &str, _value: &str) {}

pub fn show_modal(_id: &str, _closed: impl Fn() + 'static) {}

pub fn modal_closed(_id: &str) {}

pub fn focus(_id: &str) {}

pub fn focus_heading() {}
