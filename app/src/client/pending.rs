//! Attachments whose bytes are not all at the firm, as far as this device knows.

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

/// How far the bytes of an attachment are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// On this device; nothing is under way.
    Waiting,
    /// The person wants it to wait.
    Paused,
    /// Under way.
    Sending {
        /// Bytes that the firm has.
        sent: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The firm's server does not take the file, and says why.
    Refused(PublicError),
    /// The firm has all of it.
    Received,
}

/// A file that is not all at the firm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub hash: ContentHash,
    pub size: u64,
    /// Where the server takes the bytes, once it said so.
    pub location: Option<String>,
    pub refusal: Option<PublicError>,
}

impl Pending {
    pub fn new(year: YearKey, hash: ContentHash, size: u64) -> Self {
        Self { client: year.client, tax_year: year.tax_year, hash, size, location: None, refusal: None }
    }
}

/// All files that are not all at the firm.
#[derive(Default)]
pub(super) struct Uploads {
    pub pending: BTreeMap<AttachmentId, Pending>,
    /// Not to be sent before the person says so.
    pub paused: BTreeSet<AttachmentId>,
    pub sending: Option<(AttachmentId, u64)>,
}

impl Uploads {
    /// Takes up what the store holds of `account`.
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

    /// Sends no more of an attachment. Whether there was something to send.
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

    /// The keys of what the server refused, with its bytes.
    pub fn refused(&self, account: AccountId) -> BTreeSet<String> {
        let refused = self.pending.iter().filter(|(_, p)| p.refusal.is_some());
        refused.flat_map(|(id, p)| [keys::upload(account, *id), keys::unsent_file(account, &p.hash)]).collect()
    }

    pub fn next(&self) -> Option<(AttachmentId, Pending)> {
        let ready = |(id, p): &(&AttachmentId, &Pending)| p.refusal.is_none() && !self.paused.contains(*id);
        self.pending.iter().find(ready).map(|(id, p)| (*id, p.clone()))
    }
}
