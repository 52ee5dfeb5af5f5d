//! Evidence packs: everything that somebody needs to check one approval, in one
//! file, without a server and without a network. docs/evidence.md specifies
//! the format.

mod manifest;
pub mod text;
mod verify;
pub mod zip;

pub use manifest::{Link, Manifest, PackFile, RecordKind, SEALED, Signer, format, signature_parts};
pub use verify::{PackFault, Proven, exit_code, verify};
