//! The records that make up a dossier's year.
//!
//! A record is one value in a document: it is written whole, as JSON, and
//! never in parts, so that an answer can never be separated from its author. A
//! change of something is a further record (a withdrawal, a receipt, a
//! void), not an overwritten one. Only what has one current value, such as an
//! answer, is overwritten in the same place ([`ClientWritten::REWRITTEN`]).

mod archive;
mod attachment;
mod client;
mod consent;
mod firm;
mod message;
mod payment;
mod proposal;
mod recall;
mod review;
mod signature;
mod subject;
mod tax_return;
mod written;

pub use archive::*;
pub use attachment::*;
pub use client::*;
pub use consent::*;
pub use firm::*;
pub use message::*;
pub use payment::*;
pub use proposal::*;
pub use recall::*;
pub use review::*;
pub use signature::*;
pub use subject::Subject;
pub use tax_return::*;
pub use written::ClientWritten;

use crate::id::*;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The maximum number of characters of a text that a person types.
pub const MAX_TEXT: usize = 4_000;

/// The maximum number of parts of one record: documents of a message, details of a proposal, approvals with one
/// signature.
pub const MAX_ITEMS: usize = 20;

/// The maximum number of approvals, of refusals, and of confirmations of one approval, that a person gives about one
/// revision. They have room in a year that is full, so there has to be an end of them.
pub const MAX_CONSENTS: usize = 20;

/// Bytes that are written in JSON as base64url without padding (RFC 4648, section 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64(pub Vec<u8>);

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        URL_SAFE_NO_PAD.decode(String::deserialize(deserializer)?).map(Self).map_err(serde::de::Error::custom)
    }
}

/// The key of one item of a document request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey {
    /// The request.
    pub task: TaskId,
    /// The number of the item, counted from 0.
    pub item: u32,
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.task, self.item)
    }
}

impl std::str::FromStr for ItemKey {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (task, item) = text.split_once('/').ok_or(NotAnId)?;
        let key = Self { task: task.parse()?, item: item.parse().map_err(|_| NotAnId)? };
        if key.to_string() == text { Ok(key) } else { Err(NotAnId) }
    }
}

/// The key of records about one person and one revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerPerson {
    /// The revision.
    pub revision: RevisionId,
    /// The person.
    pub person: PersonId,
}

impl std::fmt::Display for PerPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.revision, self.person)
    }
}

impl std::str::FromStr for PerPerson {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (revision, person) = text.split_once('/').ok_or(NotAnId)?;
        Ok(Self { revision: revision.parse()?, person: person.parse()? })
    }
}
