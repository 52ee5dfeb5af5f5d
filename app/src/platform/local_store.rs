//! What is kept on the device: keys with bytes, written in atomic batches.
//! Knows nothing of what the bytes mean.

use model::id::AccountId;
use serde::Serialize;
use std::fmt;

/// The device's storage failed. Nothing of the batch was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No room left.
    #[error("the device has no room left")]
    Full,
    /// Anything else; the text is for the log.
    #[error("the device's storage failed: {0}")]
    Failed(String),
}

/// One write of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreWrite {
    /// Sets the bytes of a key.
    Put(String, Vec<u8>),
    /// Removes a key, if it is there.
    Delete(String),
}

impl StoreWrite {
    /// Sets a key to a value in postcard's encoding.
    pub fn put<T: Serialize>(key: String, value: &T) -> Self {
        // No type that is stored has anything postcard cannot write.
        Self::Put(key, postcard::to_stdvec(value).unwrap_or_default())
    }
}

/// A secret that a passkey gives for unlocking this device (the PRF extension,
/// Web Authentication Level 3, section 10.1.4). It never leaves the device.
#[derive(Clone, PartialEq, Eq)]
pub struct UnlockSecret(pub Vec<u8>);

impl fmt::Debug for UnlockSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnlockSecret(…)")
    }
}

/// Whether what this device keeps of a login can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vault {
    /// There is nothing yet.
    Absent,
    /// It can.
    Open,
    /// Not before the person's passkey was used.
    Locked,
}

/// The device's storage.
#[expect(async_fn_in_trait, reason = "used on one thread only, so no Send bound is wanted")]
pub trait LocalStore {
    /// All keys that begin with `prefix`, in order, with their bytes.
    async fn load(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError>;
    /// The names of all keys that begin with `prefix`, in order.
    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
    /// The bytes of one key.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Carries out all of `batch` or nothing; returns when it is durable.
    async fn commit(&self, batch: Vec<StoreWrite>) -> Result<(), StoreError>;
    /// Whether what is kept of a login can be read.
    async fn vault(&self, account: AccountId) -> Result<Vault, StoreError>;
    /// After a login: makes the login's part readable, whatever state it is in.
    /// True when nothing opens any more what was kept before: then all of it but
    /// unsent work is worthless, and the server has it.
    async fn admit(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError>;
    /// After the passkey was used: whether the login's part is readable now.
    async fn unlock(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError>;
    /// Makes the login's part unreadable until [`LocalStore::unlock`].
    async fn lock(&self, account: AccountId) -> Result<(), StoreError>;
}

/// The keys. Numbers have leading zeros so that their order is the keys' order.
pub mod keys {
    use model::{
        hash::ContentHash,
        id::{AccountId, ApprovalId, AttachmentId, DocumentId},
    };

    /// Whose device it is: what must be known while it is locked (JSON).
    pub const HOLDER: &str = "holder";
    /// The language that was chosen.
    pub const LANGUAGE: &str = "language";

    /// Who is signed in (JSON).
    pub fn identity(account: AccountId) -> String {
        format!("account/{account}/identity")
    }
    /// Everything of one login but its files.
    pub fn account(account: AccountId) -> String {
        format!("account/{account}/")
    }
    /// What a document is.
    pub fn document(account: AccountId, document: DocumentId) -> String {
        format!("account/{account}/document/{document}")
    }
    /// A confirmed change.
    pub fn log(account: AccountId, document: DocumentId, seq: u64) -> String {
        format!("account/{account}/log/{document}/{seq:020}")
    }
    /// Confirmed changes in one piece.
    pub fn snapshot(account: AccountId, document: DocumentId) -> String {
        format!("account/{account}/snapshot/{document}")
    }
    /// Something that is not sent yet.
    pub fn outbox(account: AccountId, document: DocumentId, number: u64) -> String {
        format!("account/{account}/outbox/{document}/{number:020}")
    }
    /// Something that the server will not take.
    pub fn set_aside(account: AccountId, document: DocumentId, number: u64) -> String {
        format!("account/{account}/aside/{document}/{number:020}")
    }
    /// Everything that the server will not take.
    pub fn all_set_aside(account: AccountId) -> String {
        format!("account/{account}/aside/")
    }
    /// An attachment whose bytes are not sent yet.
    pub fn upload(account: AccountId, attachment: AttachmentId) -> String {
        format!("account/{account}/upload/{attachment}")
    }
    /// Something that is being written and was not handed in yet.
    pub fn draft(account: AccountId, name: &str) -> String {
        format!("account/{account}/draft/{name}")
    }
    /// What was chosen for sending and is not sent yet: a list (JSON).
    pub fn pile(account: AccountId) -> String {
        format!("account/{account}/pile/list")
    }
    /// The bytes of one paper of the pile.
    pub fn paper(account: AccountId, hash: &ContentHash) -> String {
        format!("unsent/{account}/paper-{hash}")
    }
    /// An upload that the person wants to wait.
    pub fn paused(account: AccountId, attachment: AttachmentId) -> String {
        format!("account/{account}/paused/{attachment}")
    }
    /// A year of which all files are kept.
    pub fn kept_year(account: AccountId, name: &str) -> String {
        format!("account/{account}/kept/{name}")
    }
    /// The client whose dossier was last looked at.
    pub fn chosen(account: AccountId) -> String {
        format!("account/{account}/chosen")
    }
    /// The bytes of a file.
    pub fn file(account: AccountId, hash: &ContentHash) -> String {
        format!("file/{account}/{hash}")
    }
    /// An evidence pack: the stage it was made at, then its bytes.
    pub fn evidence(account: AccountId, approval: ApprovalId) -> String {
        format!("file/{account}/evidence-{approval}")
    }
    /// The bytes of a file that the firm does not have yet.
    pub fn unsent_file(account: AccountId, hash: &ContentHash) -> String {
        format!("unsent/{account}/{hash}")
    }
    /// Whether the bytes of a key are only on this device, or needed to send
    /// what is.
    pub fn is_unsent_work(key: &str) -> bool {
        let mut parts = key.split('/');
        match (parts.next(), parts.nth(1)) {
            (Some("unsent"), Some(_)) => true,
            (Some("account"), Some(kind)) => matches!(kind, "document" | "outbox" | "aside" | "upload" | "pile"),
            _ => false,
        }
    }
    /// The login that a key belongs to, as it stands in the key; `None` for what belongs to nobody.
    pub fn owner(key: &str) -> Option<&str> {
        let (kind, rest) = key.split_once('/')?;
        let (account, _) = rest.split_once('/')?;
        matches!(kind, "account" | "file" | "unsent").then_some(account)
    }
    /// All files of one login that the firm does not have yet.
    pub fn unsent_files(account: AccountId) -> String {
        format!("unsent/{account}/")
    }
    /// All files of one login.
    pub fn files(account: AccountId) -> String {
        format!("file/{account}/")
    }
}
