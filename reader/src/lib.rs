//! Draws the pages of a PDF and says what stands on them, for people to read a tax return without the browser's viewer.
//!
//! It is a module of its own, which the app and the console load when somebody reads. It knows no screen, no network and
//! no text in any language. What it could not draw it always says: a page with something missing is not shown as whole.

mod document;
mod field;
mod lines;
mod overlay;
mod supplies;
#[cfg(target_arch = "wasm32")]
mod web;

pub use document::{Document, Drawn, MAX_PAGES, Missing, Unreadable};
pub use lines::Line;
