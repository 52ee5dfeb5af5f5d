//! The audit log outside the database: its chains, their export, sealed by the server, and
//! the check of an export. Does no I/O.
//!
//! Each firm has a chain of its own, and the installation has one, which says which firms
//! were added. A log that its owner cut or rewrote is detected by a [`Checkpoint`]: one in the
//! export, or one that was stored elsewhere.

mod chain;
mod checked;
mod checkpoint;
mod export;
mod fault;

pub use chain::{Chain, Log, Reach, Row, hash_of};
pub use checked::{Checked, compare, sentence};
pub use checkpoint::Checkpoint;
pub use export::{End, Export, export, verify};
pub use fault::AuditFault;
