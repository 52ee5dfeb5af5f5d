//! Identifiers: 128 random bits, written as a UUID in text and as 16 bytes in
//! messages. Each kind of thing has its own type, so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// The text is no UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Makes an identifier from 16 random bytes (the version bits are set here).
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }
            /// Reads an identifier from its 16 bytes.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
            /// Returns the 16 bytes.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
            /// Returns the identifier as the `uuid` crate's type, for libraries that need it.
            pub fn uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            /// Reads only the canonical form (lower case, hyphens), so that
            /// one thing never has two names.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Self(Uuid::try_parse(text).map_err(|_| NotAnId)?);
                if id.to_string() == text { Ok(id) } else { Err(NotAnId) }
            }
        }
    )*};
}

ids! {
    /// A login: one human with passkeys.
    AccountId
    /// A tax firm.
    FirmId
    /// Somebody who works in the console.
    AdvisorId
    /// A served household or company.
    ClientId
    /// A human within a client.
    PersonId
    /// A browser or computer that somebody logged in on.
    DeviceId
    /// An Automerge document, of which a client's tax year has two.
    DocumentId
    /// Something asked of the client.
    TaskId
    /// The questions of one year, as they were given to one client.
    ChecklistId
    /// A file that somebody gave.
    AttachmentId
    /// A tax return of a client, of one kind and year.
    TaxReturnId
    /// A revision of a tax return: one exact set of bytes.
    RevisionId
    /// A signed consent to one revision.
    ApprovalId
    /// A passkey's confirmation of an approval by a device key.
    CountersignatureId
    /// A refusal of one revision, with a reason.
    DeclineId
    /// A checklist that was handed in.
    HandInId
    /// A written message.
    MessageId
    /// A change of personal details that the client reports.
    ProposalId
    /// A document that the firm adds to the archive.
    DeliveryId
    /// A row of a repeating question.
    RowId
    /// An action of the firm for many clients.
    BulkId
    /// A file of clients that the firm imports.
    ImportId
}
