//! The language in which a text is written. The texts themselves stand with the screens that show them.

pub use model::language::Language;
