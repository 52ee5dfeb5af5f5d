//! Everything that can be proved without the server: that a person approved exactly these bytes of a tax return, and
//! that the audit log is the one that was written. It needs no database, no network and no other part of the server, so
//! that an auditor has to read only this crate and `model`. docs/evidence.md specifies the formats.
//!
//! It does no I/O; the program `akkoord-verify` (`main.rs`) reads the files. Packs are made elsewhere, in the server.

pub mod approval;
pub mod audit;
pub mod evidence;
pub mod seal;
