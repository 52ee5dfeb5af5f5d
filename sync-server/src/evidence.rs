//! Evidence packs: everything that somebody needs to check one approval, in one
//! file, without this server and without a network. docs/evidence.md specifies
//! the format. [`verify`] does no I/O and needs nothing of the server's state.

mod collect;
mod pack;
mod page;
pub mod text;
mod verify;
pub mod zip;

pub use collect::collect;
pub use pack::{Countersigned, Kind, Link, Manifest, Material, PackError, Part, Signer, make};
pub use verify::{Fault, Proven, verify};
