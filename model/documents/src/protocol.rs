//! `akkoord-sync.1`: the messages between a device and the server. Each is one
//! binary WebSocket message in postcard's encoding.
//!
//! There is no separate acknowledgement: a change is accepted once the server
//! streams it back as part of the log, which it does only after its commit.

use crate::replay::{ProposedChange, Reason};
use model::{
    id::{ClientId, DocumentId},
    section::{ClientRecord, Party, Section, Write},
    text::Line,
    time::{TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version, which rises when a message changes its meaning. Messages are only ever added.
pub const VERSION: u16 = 1;

/// The maximum size of a message from a device, in bytes.
pub const MAX_FRAME: usize = 256 * 1024;

/// The approximate size of the raw changes that the server puts into one message, in bytes.
pub const CHANGES_PER_FRAME: usize = 128 * 1024;

/// A message from a device to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToServer {
    /// The first message: tells what the device has. The device sends it later to start over.
    Hello {
        /// The [`VERSION`] of the device.
        version: u16,
        /// The release of the app, for the server's log.
        app_version: Line<40>,
        /// The last sequence number that the device has of each document.
        documents: Vec<(DocumentId, u64)>,
    },
    /// Sends changes that the device made.
    Push {
        /// The document that was changed.
        document: DocumentId,
        /// A number that the device chooses and that a refusal repeats.
        batch: u64,
        /// The changes, in the order in which they were made.
        changes: Vec<ProposedChange>,
    },
    /// Asks for the moment by the server's clock. Only for a server that [`Capabilities::has_clock`].
    AskClock,
}

/// A message from the server to a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToDevice {
    /// The answer to `Hello`, which is sent again when a document is added: all documents
    /// that the person may see.
    Documents(Vec<DocumentInfo>),
    /// All changes up to `seq` in one piece, for a device that has none.
    Snapshot {
        /// The document that this is a snapshot of.
        document: DocumentId,
        /// The sequence number of the last change in it.
        seq: u64,
        /// The bytes that [`crate::document::Document::load`] reads.
        bytes: Vec<u8>,
    },
    /// Some changes of the log.
    Changes {
        /// The document that was changed.
        document: DocumentId,
        /// The sequence number of the first change.
        from_seq: u64,
        /// The raw changes, without a gap.
        changes: Vec<Vec<u8>>,
    },
    /// The refusal of a push, of which nothing was accepted.
    Refused {
        /// The document that the push was about.
        document: DocumentId,
        /// The number of the push.
        batch: u64,
        /// The position of the first change that was refused.
        index: u32,
        /// The reason of the refusal.
        reason: Reason,
    },
    /// The server does not know this version; the app has to be updated first.
    TooOld,
    /// The first answer to `Hello`: what the server takes from a device.
    Welcome(Capabilities),
    /// The answer to `AskClock`: the moment by the server's clock. A device whose clock is wrong dates by it what it
    /// cannot have written when it says.
    Clock(Timestamp),
}

/// What a server takes from a device: for each section of the client's people the
/// highest revision of its records, and for each further kind of message 1. A device that is newer keeps the others
/// until the server is newer, too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities(pub BTreeMap<String, u16>);

/// The name of the message `AskClock` among the capabilities. No section has it.
const CLOCK: &str = "clock";

impl Capabilities {
    /// Returns what this release takes.
    pub fn of_this_release() -> Self {
        let sections = Section::ALL.iter().filter(|section| section.party() == Party::Client);
        let records = sections.map(|section| (section.name().to_owned(), section.revision()));
        Self(records.chain([(CLOCK.to_owned(), 1)]).collect())
    }

    /// Returns true if the server answers [`ToServer::AskClock`].
    pub fn has_clock(&self) -> bool {
        self.0.contains_key(CLOCK)
    }

    /// Returns true if the server takes this record.
    pub fn take(&self, write: &Write) -> bool {
        let Some(revision) = self.0.get(write.section.name()) else { return false };
        *revision >= write.section.revision()
            || ClientRecord::read(write).is_some_and(|record| *revision >= record.revision())
    }
}

/// The facts that a device has to know about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// The id of the document.
    pub document: DocumentId,
    /// The client that it belongs to.
    pub client: ClientId,
    /// The year that it is about.
    pub tax_year: TaxYear,
    /// The party that writes it.
    pub party: Party,
}

/// The bytes are no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message")]
pub struct NotAMessage;

/// Writes a message as bytes.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    // Neither type of message contains anything that postcard cannot write.
    postcard::to_stdvec(message).unwrap_or_default()
}

/// Reads a message from bytes. All of them must belong to it.
pub fn decode<'b, M: Deserialize<'b>>(bytes: &'b [u8]) -> Result<M, NotAMessage> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(NotAMessage),
    }
}
