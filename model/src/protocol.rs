//! `akkoord-sync.1`: the messages between a device and the server. Each is one
//! binary WebSocket message in postcard's encoding.
//!
//! There is no separate acknowledgement: a change is accepted once the server
//! streams it back as part of the log, which it does only after its commit.

use crate::{
    document::Party,
    id::{ClientId, DocumentId},
    replay::{ProposedChange, Reason},
    time::TaxYear,
};
use serde::{Deserialize, Serialize};

/// Rises when a message changes its meaning. Messages are only ever added.
pub const VERSION: u16 = 1;

/// Bytes of a message from a device, at most.
pub const MAX_FRAME: usize = 256 * 1024;

/// Bytes of raw changes that the server puts into one message, about.
pub const CHANGES_PER_FRAME: usize = 128 * 1024;

/// From a device to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToServer {
    /// First message: what the device has. Sent again to start over.
    Hello {
        /// [`VERSION`] of the device.
        version: u16,
        /// Release of the app, for the server's log.
        app_version: String,
        /// Per document the last sequence number the device has.
        documents: Vec<(DocumentId, u64)>,
    },
    /// Changes the device made.
    Push {
        /// In which document.
        document: DocumentId,
        /// Chosen by the device; comes back in a refusal.
        batch: u64,
        /// In the order in which they were made.
        changes: Vec<ProposedChange>,
    },
}

/// From the server to a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToDevice {
    /// Answer to `Hello`, and again when a document is added: all documents
    /// that the person may see.
    Documents(Vec<DocumentInfo>),
    /// All changes up to `seq` in one piece, for a device that has none.
    Snapshot {
        /// Of which document.
        document: DocumentId,
        /// The last change in it.
        seq: u64,
        /// What [`crate::document::Document::load`] reads.
        bytes: Vec<u8>,
    },
    /// A stretch of the log.
    Changes {
        /// Of which document.
        document: DocumentId,
        /// Sequence number of the first.
        from_seq: u64,
        /// Raw changes without a gap.
        changes: Vec<Vec<u8>>,
    },
    /// A push of which nothing was taken.
    Refused {
        /// In which document.
        document: DocumentId,
        /// Which push.
        batch: u64,
        /// Position of the first change that does not pass.
        index: u32,
        /// Why.
        reason: Reason,
    },
    /// The server does not speak this version; the app must be renewed first.
    TooOld,
}

/// What a device needs to know of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// Which.
    pub document: DocumentId,
    /// Of which client.
    pub client: ClientId,
    /// Of which year.
    pub tax_year: TaxYear,
    /// Who writes it.
    pub party: Party,
}

/// Bytes that are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message")]
pub struct NotAMessage;

/// Bytes of a message.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    // Neither message type has anything that postcard cannot write.
    postcard::to_stdvec(message).unwrap_or_default()
}

/// A message from bytes. All of them must belong to it.
pub fn decode<'b, M: Deserialize<'b>>(bytes: &'b [u8]) -> Result<M, NotAMessage> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(NotAMessage),
    }
}
