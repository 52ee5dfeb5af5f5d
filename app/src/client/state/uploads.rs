//! Attachments that are not uploaded completely, as far as this device knows.

use crate::client::engine::YearKey;
use crate::platform::keys;
use model::{
    api::PublicError,
    hash::ContentHash,
    id::{AccountId, AttachmentId, ClientId},
    time::{TaxYear, Timestamp},
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
    /// The firm's server has no room for the file now, and says so. It is sent once there is room.
    Held(PublicError),
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

    fn year(&self) -> YearKey {
        YearKey { client: self.client, tax_year: self.tax_year }
    }
}

/// Milliseconds that an upload rests after its first failure. The pause doubles up to the last.
const FIRST_REST: i64 = 1_000;
const LAST_REST: i64 = 10 * 60 * 1_000;

/// All files that are not uploaded completely.
#[derive(Default)]
pub struct Uploads {
    pending: RefCell<BTreeMap<AttachmentId, Pending>>,
    /// Uploads that wait until the person continues them.
    paused: RefCell<BTreeSet<AttachmentId>>,
    /// Uploads for which the server had no room when it was last asked.
    held: RefCell<BTreeMap<AttachmentId, PublicError>>,
    /// The upload that is running, and how many bytes the firm has of it.
    sending: Cell<Option<(AttachmentId, u64)>>,
    /// Uploads that failed while the server was in reach: how often, and until when they rest, so that they delay no
    /// other file.
    resting: RefCell<BTreeMap<AttachmentId, (u32, Timestamp)>>,
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
        self.held.take();
        self.sending.set(None);
        self.resting.take();
    }

    /// Forgets all uploads. The store keeps its contents.
    pub fn clear(&self) {
        self.pending.take();
        self.paused.take();
        self.held.take();
        self.sending.set(None);
        self.resting.take();
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
            (Some(_), _) => match self.held.borrow().get(&id) {
                Some(why) => UploadState::Held(why.clone()),
                None => UploadState::Waiting,
            },
        }
    }

    /// Returns the store's keys of refused uploads and of their bytes.
    pub fn refused(&self, account: AccountId) -> BTreeSet<String> {
        let pending = self.pending.borrow();
        let refused = pending.iter().filter(|(_, p)| p.refusal.is_some());
        refused.flat_map(|(id, p)| [keys::upload(account, *id), keys::unsent_file(account, &p.hash)]).collect()
    }

    /// Notes that the server has no room for an upload, or that this is over.
    pub fn set_held(&self, id: AttachmentId, why: Option<PublicError>) {
        let mut held = self.held.borrow_mut();
        match why {
            Some(why) => held.insert(id, why),
            None => held.remove(&id),
        };
    }

    /// Returns the next upload that can run. The server takes a file only after the record that announces it, so those
    /// wait of which `is_announced` says no.
    pub fn next(
        &self,
        now: Timestamp,
        is_announced: impl Fn(AttachmentId, YearKey) -> bool,
    ) -> Option<(AttachmentId, Pending)> {
        let (pending, resting) = (self.pending.borrow(), self.resting.borrow());
        let rests = |id: &AttachmentId| resting.get(id).is_some_and(|(_, until)| *until > now);
        let ready = |(id, p): &(&AttachmentId, &Pending)| {
            p.refusal.is_none() && !self.is_paused(**id) && !rests(id) && is_announced(**id, p.year())
        };
        pending.iter().find(ready).map(|(id, p)| (*id, p.clone()))
    }

    /// Lets an upload that failed rest, for longer than the last time.
    pub fn set_back(&self, id: AttachmentId, now: Timestamp) {
        let mut resting = self.resting.borrow_mut();
        let before = resting.get(&id).map_or(0, |(failures, _)| *failures);
        let rest = FIRST_REST.checked_shl(before.min(32)).map_or(LAST_REST, |rest| rest.min(LAST_REST));
        resting.insert(id, (before.saturating_add(1), Timestamp(now.0.saturating_add(rest))));
    }

    /// Returns the moment at which the first upload has rested.
    pub fn rested_at(&self) -> Option<Timestamp> {
        let (pending, resting) = (self.pending.borrow(), self.resting.borrow());
        let can_run = |id: &AttachmentId| pending.get(id).is_some_and(|p| p.refusal.is_none()) && !self.is_paused(*id);
        resting.iter().filter(|(id, _)| can_run(id)).map(|(_, (_, until))| *until).min()
    }

    /// Lets all uploads run again, as when the server is back in reach.
    pub fn end_rests(&self) {
        self.resting.take();
    }
}
