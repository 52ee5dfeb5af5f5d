//! Attachments that are not uploaded completely, as far as this device knows.

use super::engine::YearKey;
use crate::platform::keys;
use model::{
    api::PublicError,
    hash::ContentHash,
    id::{AccountId, AttachmentId, ClientId},
    time::TaxYear,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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
pub(super) struct Pending {
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
pub(super) struct Uploads {
    pub pending: BTreeMap<AttachmentId, Pending>,
    /// Uploads that wait until the person continues them.
    pub paused: BTreeSet<AttachmentId>,
    pub sending: Option<(AttachmentId, u64)>,
}

impl Uploads {
    /// Restores the uploads from what the store holds of `account`.
    pub fn open(account: AccountId, stored: &[(String, Vec<u8>)]) -> Self {
        let prefix = format!("{}upload/", keys::account(account));
        let of = |(key, bytes): &(String, Vec<u8>)| {
            Some((key.strip_prefix(&prefix)?.parse().ok()?, postcard::from_bytes(bytes).ok()?))
        };
        let resting = format!("{}paused/", keys::account(account));
        let paused = stored.iter().filter_map(|(key, _)| key.strip_prefix(&resting)?.parse().ok());
        Self { pending: stored.iter().filter_map(of).collect(), paused: paused.collect(), sending: None }
    }

    pub fn add(&mut self, id: AttachmentId, pending: Pending) {
        self.pending.insert(id, pending);
    }

    /// Stops uploading an attachment. Returns true if it was not uploaded completely.
    pub fn give_up(&mut self, id: AttachmentId) -> bool {
        self.pending.remove(&id).is_some()
    }

    pub fn waiting(&self) -> usize {
        self.pending.values().filter(|p| p.refusal.is_none()).count()
    }

    pub fn state(&self, id: AttachmentId) -> UploadState {
        match (self.pending.get(&id), self.sending) {
            (None, _) => UploadState::Received,
            (Some(Pending { refusal: Some(refusal), .. }), _) => UploadState::Refused(refusal.clone()),
            (Some(_), _) if self.paused.contains(&id) => UploadState::Paused,
            (Some(pending), Some((sending, sent))) if sending == id => {
                UploadState::Sending { sent, total: pending.size }
            }
            (Some(_), _) => UploadState::Waiting,
        }
    }

    /// Returns the store's keys of refused uploads and of their bytes.
    pub fn refused(&self, account: AccountId) -> BTreeSet<String> {
        let refused = self.pending.iter().filter(|(_, p)| p.refusal.is_some());
        refused.flat_map(|(id, p)| [keys::upload(account, *id), keys::unsent_file(account, &p.hash)]).collect()
    }

    pub fn next(&self) -> Option<(AttachmentId, Pending)> {
        let ready = |(id, p): &(&AttachmentId, &Pending)| p.refusal.is_none() && !self.paused.contains(*id);
        self.pending.iter().find(ready).map(|(id, p)| (*id, p.clone()))
    }
}
