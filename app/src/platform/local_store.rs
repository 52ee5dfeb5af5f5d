//! Storage on the device: keys with bytes, written in atomic batches. It knows nothing of what the bytes mean.

use model::id::AccountId;
use serde::Serialize;
use std::fmt;

/// Error of the device's storage. Nothing of the batch was saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the device has no room left")]
    Full,
    /// Anything else failed. The text is for the log.
    #[error("the device's storage failed: {0}")]
    Failed(String),
}

/// One write of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreWrite {
    /// Sets the bytes of a key.
    Put(String, Vec<u8>),
    /// Removes a key, if it exists.
    Delete(String),
}

impl StoreWrite {
    /// Sets a key to a value in postcard's encoding.
    pub fn put<T: Serialize>(key: String, value: &T) -> Self {
        // Every stored type has only what postcard can write, so this does not fail.
        Self::Put(key, postcard::to_stdvec(value).unwrap_or_default())
    }
}

/// Secret that a passkey gives for unlocking this device (the PRF extension, Web Authentication Level 3, section
/// 10.1.4). It never leaves the device.
#[derive(Clone, PartialEq, Eq)]
pub struct UnlockSecret(pub Vec<u8>);

impl fmt::Debug for UnlockSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnlockSecret(…)")
    }
}

/// State of what this device has saved of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vault {
    /// Nothing is saved yet.
    Absent,
    /// The data can be read.
    Open,
    /// The data can be read only after the person has used the passkey.
    Locked,
}

/// The device's storage.
#[expect(async_fn_in_trait, reason = "used on one thread only, so no Send bound is wanted")]
pub trait LocalStore {
    /// Returns all keys that begin with `prefix`, in order, with their bytes.
    async fn load(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError>;
    /// Returns the names of all keys that begin with `prefix`, in order.
    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError>;
    /// Returns the bytes of one key.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// Writes all of `batch` or nothing. Returns once it is durable.
    async fn commit(&self, batch: Vec<StoreWrite>) -> Result<(), StoreError>;
    /// Returns whether what is saved of a login can be read.
    async fn vault(&self, account: AccountId) -> Result<Vault, StoreError>;
    /// Makes the login's data readable after a login, whatever state they are in. Returns true if nothing opens any
    /// more what was saved before. All of that but unsent work is then worthless, and the server has it.
    async fn admit(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError>;
    /// Unlocks the login's data after the passkey was used. Returns true if they are readable now.
    async fn unlock(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError>;
    /// Makes the login's data unreadable until [`LocalStore::unlock`].
    async fn lock(&self, account: AccountId) -> Result<(), StoreError>;
}

/// Names of the keys. Numbers have leading zeros, so that their order is the keys' order.
pub mod keys {
    use model::{
        hash::ContentHash,
        id::{AccountId, ApprovalId, AttachmentId, DocumentId},
    };

    /// Names the holder of the device: what must be known while it is locked (JSON).
    pub const HOLDER: &str = "holder";
    /// Is there as long as the server does not know of a logout without a network.
    pub const LOGOUT_OWED: &str = "logout-owed";
    /// Names the language that was chosen.
    pub const LANGUAGE: &str = "language";

    /// Names the identity of who is signed in (JSON).
    pub fn identity(account: AccountId) -> String {
        format!("account/{account}/identity")
    }
    /// Returns the prefix of everything of one login but its files.
    pub fn account(account: AccountId) -> String {
        format!("account/{account}/")
    }
    /// Names the description of a document.
    pub fn document(account: AccountId, document: DocumentId) -> String {
        format!("account/{account}/document/{document}")
    }
    /// Names a confirmed change.
    pub fn log(account: AccountId, document: DocumentId, seq: u64) -> String {
        format!("account/{account}/log/{document}/{seq:020}")
    }
    /// Names the snapshot of confirmed changes.
    pub fn snapshot(account: AccountId, document: DocumentId) -> String {
        format!("account/{account}/snapshot/{document}")
    }
    /// Names a change that is not sent yet.
    pub fn outbox(account: AccountId, document: DocumentId, number: u64) -> String {
        format!("account/{account}/outbox/{document}/{number:020}")
    }
    /// Returns the prefix of all changes that are not sent yet.
    pub fn whole_outbox(account: AccountId) -> String {
        format!("account/{account}/outbox/")
    }
    /// Names a change in quarantine, which the server will not take.
    pub fn quarantined(account: AccountId, document: DocumentId, number: u64) -> String {
        format!("account/{account}/quarantine/{document}/{number:020}")
    }
    /// Returns the prefix of all changes in quarantine.
    pub fn all_quarantined(account: AccountId) -> String {
        format!("account/{account}/quarantine/")
    }
    /// Names an attachment whose bytes are not sent yet.
    pub fn upload(account: AccountId, attachment: AttachmentId) -> String {
        format!("account/{account}/upload/{attachment}")
    }
    /// Names an unfinished text.
    pub fn draft(account: AccountId, name: &str) -> String {
        format!("account/{account}/draft/{name}")
    }
    /// Names the list of the upload queue (JSON).
    pub fn upload_queue(account: AccountId) -> String {
        format!("account/{account}/upload-queue")
    }
    /// Names the bytes of one entry of the upload queue.
    pub fn queued_file(account: AccountId, hash: &ContentHash) -> String {
        format!("unsent/{account}/queued-{hash}")
    }
    /// Names an upload that the person paused.
    pub fn paused(account: AccountId, attachment: AttachmentId) -> String {
        format!("account/{account}/paused/{attachment}")
    }
    /// Names a year of which all files are cached offline.
    pub fn offline_year(account: AccountId, name: &str) -> String {
        format!("account/{account}/offline-year/{name}")
    }
    /// Names the client whose dossier was last shown.
    pub fn chosen(account: AccountId) -> String {
        format!("account/{account}/chosen")
    }
    /// Names the bytes of a file.
    pub fn file(account: AccountId, hash: &ContentHash) -> String {
        format!("file/{account}/{hash}")
    }
    /// Names an evidence pack. Its first byte is the stage it was made at.
    pub fn evidence(account: AccountId, approval: ApprovalId) -> String {
        format!("file/{account}/evidence-{approval}")
    }
    /// Names the bytes of a file that the firm does not have yet.
    pub fn unsent_file(account: AccountId, hash: &ContentHash) -> String {
        format!("unsent/{account}/{hash}")
    }
    /// Returns true if the bytes of a key exist only on this device, or are needed to send such bytes.
    pub fn is_unsent_work(key: &str) -> bool {
        let mut parts = key.split('/');
        match (parts.next(), parts.nth(1)) {
            (Some("unsent"), Some(_)) => true,
            (Some("account"), Some(kind)) => {
                matches!(kind, "document" | "outbox" | "quarantine" | "upload" | "upload-queue")
            }
            _ => false,
        }
    }
    /// Returns the login that a key belongs to, as written in the key, or `None` for what belongs to nobody.
    pub fn owner(key: &str) -> Option<&str> {
        let (kind, rest) = key.split_once('/')?;
        let (account, _) = rest.split_once('/')?;
        matches!(kind, "account" | "file" | "unsent").then_some(account)
    }
    /// Returns the prefix of all files of one login that the firm does not have yet.
    pub fn unsent_files(account: AccountId) -> String {
        format!("unsent/{account}/")
    }
    /// Returns the prefix of all files of one login.
    pub fn files(account: AccountId) -> String {
        format!("file/{account}/")
    }
}
