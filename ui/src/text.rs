//! Texts in the two languages, side by side. Never a text itself: those stand
//! with the screens that show them.

pub use model::language::Language;
