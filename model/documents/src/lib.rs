//! The two Automerge documents of a client's tax year, the rules by which a
//! change to one of them is accepted, the messages that carry changes between
//! a device and the server, and the reading of a year from both.
//!
//! Pure: no I/O, no clock, no randomness. A caller that needs one of these passes
//! the result in.
#![warn(missing_docs)]

pub mod document;
pub mod dossier;
pub mod protocol;
pub mod replay;
