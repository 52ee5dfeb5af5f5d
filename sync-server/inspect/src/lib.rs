//! Looks into files that strangers sent: counts the pages of PDFs, reads their text and makes copies of them that run
//! nothing, checks photographs, draws logos anew and reads tables. All of it happens in *workers*: processes of our own program that
//! may use little memory and little time. A file that ends its worker is refused, and nothing else notices.

mod answer;
mod bounds;
mod document;
mod frame;
mod inspector;
mod line;
pub mod logo;
mod pdf;
mod picture;
mod process;
pub mod table;
mod worker;

pub use answer::{Document, Refused};
pub use inspector::{InspectError, Inspector};
pub use line::Asker;
pub use process::own_program;
pub use worker::{WORKER, work};
