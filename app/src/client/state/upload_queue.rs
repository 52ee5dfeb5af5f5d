//! The upload queue: pages and files that were chosen for sending and are not sent yet.

use crate::client::json::from_json;
use crate::platform::keys;
use model::{hash::ContentHash, id::AccountId};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// One entry of the upload queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuedFile {
    /// Hash of its bytes.
    pub hash: ContentHash,
    /// Name of the file it came from.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Form in which it is sent.
    pub form: Form,
}

/// Form in which an entry is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A photograph as JPEG: one page of the document that all photographs form.
    Page {
        /// True if the photograph looks out of focus.
        blurred: bool,
    },
    /// A document by itself, with its media type.
    File(String),
}

impl QueuedFile {
    /// Returns true if the entry is a page of the document that all photographs form.
    pub fn is_page(&self) -> bool {
        matches!(self.form, Form::Page { .. })
    }
}

/// The entries in the order in which they are shown.
#[derive(Default)]
pub struct UploadQueue(RefCell<Vec<QueuedFile>>);

impl UploadQueue {
    /// Restores the queue from what the store holds of a login.
    pub fn restore(&self, account: AccountId, stored: &[(String, Vec<u8>)]) {
        let key = keys::upload_queue(account);
        let list = stored.iter().find(|(k, _)| *k == key).and_then(|(_, bytes)| from_json(bytes));
        self.0.replace(list.unwrap_or_default());
    }

    pub fn all(&self) -> Vec<QueuedFile> {
        self.0.borrow().clone()
    }

    /// Replaces all entries. Returns those that were there before.
    pub fn replace(&self, queue: Vec<QueuedFile>) -> Vec<QueuedFile> {
        self.0.replace(queue)
    }
}
