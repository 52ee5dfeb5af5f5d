//! What the app and the console share on screen: texts in two languages, formats of values, and small components. It
//! knows no platform and no server.

pub mod answer;
pub mod details;
pub mod document;
pub mod format;
pub mod html;
pub mod part;
pub mod reader;
pub mod text;
pub mod welcome;

pub use model::texts;
