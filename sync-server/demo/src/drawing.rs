//! Papers of people who do not exist: tax returns as PDF and photographs of documents that nobody printed. The same
//! content always makes the same bytes. The demo and tests use them; a server for real firms has nothing of it.

mod helvetica;
mod letters;
mod photo;
mod sheet;
mod tax_return;

pub use photo::{Photo, photograph};
pub use tax_return::{PaperSection, TaxReturnPaper, tax_return};
