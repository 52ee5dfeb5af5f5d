//! The tests of the model, in one program, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod checklist;
mod conditions;
mod event;
mod ib_2025;
mod templates;
mod text;
