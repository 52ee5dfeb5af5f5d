//! Paper: reports for people to keep, as PDF. The same content always makes the same bytes.

mod report;
mod text;

pub use report::{Report, ReportPart, report};
