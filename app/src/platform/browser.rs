//! The app as a page in a browser. If the browser lacks something that this module asks for, that is never an error:
//! the screen works on without a title, a focus or an accent colour.

pub mod clock;
pub mod device_key;
pub mod export;
pub mod install;
pub mod locks;
pub mod network;
pub mod page;
pub mod passkey;
pub mod random;
pub mod reader;
pub mod scanner;
pub mod storage;
pub mod tasks;
mod visibility;
pub mod window;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlElement, Window};

fn the_window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    the_window()?.document()
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Ignores a failure of the browser, for the reason given at the head of this file.
fn pass_over<T>(result: Result<T, JsValue>) {
    drop(result);
}
