//! Decides which request may write to an upload: one at a time.

use crate::db::UploadId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::{OwnedMutexGuard, watch};

/// Lets one request at a time write to an upload. A newer request ends an older
/// one of the same upload, because the connection of that is most likely dead and
/// nobody noticed it yet.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<UploadId, Weak<Turn>>>>);

/// The lock of one upload.
pub struct Turn {
    newest: watch::Sender<u64>,
    held: Arc<tokio::sync::Mutex<()>>,
}

/// The right to read and write one upload.
pub struct Held {
    pub(super) newest: watch::Receiver<u64>,
    pub(super) ticket: u64,
    _guard: OwnedMutexGuard<()>,
    /// Holds the lock, so that other requests find the same one.
    _turn: Arc<Turn>,
}

impl Turns {
    /// Returns the lock of an upload.
    pub(super) fn of(&self, upload: UploadId) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(&upload).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::new(Turn { newest: watch::Sender::new(0), held: Arc::default() });
        turns.insert(upload, Arc::downgrade(&turn));
        turn
    }
}

impl Turn {
    /// Ends the request that writes, and waits for the right to write.
    pub async fn take(self: Arc<Self>) -> Held {
        let mut ticket = 0;
        self.newest.send_modify(|newest| {
            *newest += 1;
            ticket = *newest;
        });
        let newest = self.newest.subscribe();
        Held { newest, ticket, _guard: self.held.clone().lock_owned().await, _turn: self }
    }
}
