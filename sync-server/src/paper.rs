//! Paper that nobody printed: tax returns and photographs of documents, for
//! the demo and for tests. The same content makes the same bytes. Nothing here
//! is about a real person.

mod helvetica;
mod letters;
mod pdf;
mod photo;

pub use pdf::{PaperSection, TaxReturnPaper, tax_return};
pub use photo::{Photo, photograph};
