//! Attachments that are not uploaded completely, as far as this device knows.

use crate::client::engine::YearKey;
use crate::platform::keys;
use model::{
    api::PublicError,
    hash::ContentHash,
    id::{AccountId, AttachmentId, ClientId},
    time::TaxYear,
};
use serde::{Deserialize, Serialize};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

/// State of an attachment's upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// The file is on this device, and no upload is running.
    Waiting,
    /// The person paused the upload.
    Paused,
    /// The upload is running.
    Sending {
        /// Number of bytes that the firm has.
        sent: u64,
        /// Number of bytes in all.
        total: u64,
    },
    /// The firm's server refuses the file, and gives the reason.
    Refused(PublicError),
    /// The firm has the whole file.
    Received,
}

/// A file that is not uploaded completely.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub hash: ContentHash,
    pub size: u64,
    /// Address at which the server takes the bytes, once the server gave one.
    pub location: Option<String>,
    pub refusal: Option<PublicError>,
}

impl Pending {
    pub fn new(year: YearKey, hash: ContentHash, size: u64) -> Self {
        Self { client: year.client, tax_year: year.tax_year, hash, size, location: None, refusal: None }
    }
}

/// All files that are not uploaded completely.
#[derive(Default)]
pub struct Uploads {
    pending: RefCell<BTreeMap<AttachmentId, Pending>>,
    /// Uploads that wait until the person continues them.
    paused: RefCell<BTreeSet<AttachmentId>>,
    /// The upload that is running, and how many bytes the firm has of it.
    sending: Cell<Option<(AttachmentId, u64)>>,
}

impl Uploads {
    /// Restores the uploads from what the store holds of a login.
    pub fn restore(&self, account: AccountId, stored: &[(String, Vec<u8>)]) {
        let prefix = format!("{}upload/", keys::account(account));
        let of = |(key, bytes): &(String, Vec<u8>)| {
            Some((key.strip_prefix(&prefix)?.parse().ok()?, postcard::from_bytes(bytes).ok()?))
        };
        let resting = format!("{}paused/", keys::account(account));
        let paused = stored.iter().filter_map(|(key, _)| key.strip_prefix(&resting)?.parse().ok());
        self.pending.replace(stored.iter().filter_map(of).collect());
        self.paused.replace(paused.collect());
        self.sending.set(None);
    }

    /// Forgets all uploads. The store keeps its contents.
    pub fn clear(&self) {
        self.pending.take();
        self.paused.take();
        self.sending.set(None);
    }

    pub fn add(&self, id: AttachmentId, pending: Pending) {
        self.pending.borrow_mut().insert(id, pending);
    }

    /// Stops uploading an attachment. Returns true if it was not uploaded completely.
    pub fn give_up(&self, id: AttachmentId) -> bool {
        self.pending.borrow_mut().remove(&id).is_some()
    }

    /// Returns true if an attachment is not uploaded completely.
    pub fn is_pending(&self, id: AttachmentId) -> bool {
        self.pending.borrow().contains_key(&id)
    }

    pub fn is_paused(&self, id: AttachmentId) -> bool {
        self.paused.borrow().contains(&id)
    }

    pub fn set_paused(&self, id: AttachmentId, paused: bool) {
        let mut all = self.paused.borrow_mut();
        if paused {
            all.insert(id);
        } else {
            all.remove(&id);
        }
    }

    /// Sets the upload that is running, and how many bytes the firm has of it.
    pub fn set_sending(&self, sending: Option<(AttachmentId, u64)>) {
        self.sending.set(sending);
    }

    /// Counts the uploads that the firm did not refuse.
    pub fn waiting(&self) -> usize {
        self.pending.borrow().values().filter(|p| p.refusal.is_none()).count()
    }

    pub fn state(&self, id: AttachmentId) -> UploadState {
        match (self.pending.borrow().get(&id), self.sending.get()) {
            (None, _) => UploadState::Received,
            (Some(Pending { refusal: Some(refusal), .. }), _) => UploadState::Refused(refusal.clone()),
            (Some(_), _) if self.is_paused(id) => UploadState::Paused,
            (Some(pending), Some((sending, sent))) if sending == id => {
                UploadState::Sending { sent, total: pending.size }
            }
            (Some(_), _) => UploadState::Waiting,
        }
    }

    /// Returns the store's keys of refused uploads and of their bytes.
    pub fn refused(&self, account: AccountId) -> BTreeSet<String> {
        let pending = self.pending.borrow();
        let refused = pending.iter().filter(|(_, p)| p.refusal.is_some());
        refused.flat_map(|(id, p)| [keys::upload(account, *id), keys::unsent_file(account, &p.hash)]).collect()
    }

    /// Returns the next upload that can run.
    pub fn next(&self) -> Option<(AttachmentId, Pending)> {
        let pending = self.pending.borrow();
        let ready = |(id, p): &(&AttachmentId, &Pending)| p.refusal.is_none() && !self.is_paused(**id);
        pending.iter().find(ready).map(|(id, p)| (*id, p.clone()))
    }
}
