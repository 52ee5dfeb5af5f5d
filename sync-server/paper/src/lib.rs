//! Paper: reports for people to keep, and for the demo and for tests tax
//! returns and photographs of documents that nobody printed. The same content
//! always makes the same bytes.

mod helvetica;
mod letters;
mod pdf;
mod photo;
mod report;
mod sheet;
mod text;

pub use pdf::{PaperSection, TaxReturnPaper, tax_return};
pub use photo::{Photo, photograph};
pub use report::{Report, ReportPart, report};
