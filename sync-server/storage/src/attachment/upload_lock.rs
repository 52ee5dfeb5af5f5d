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
pub(super) struct UploadLocks(Arc<Mutex<HashMap<UploadId, Weak<UploadLock>>>>);

/// The lock of one upload.
pub struct UploadLock {
    newest: watch::Sender<u64>,
    writer: Arc<tokio::sync::Mutex<()>>,
}

/// The right to read and write one upload.
pub struct UploadGuard {
    pub(super) newest: watch::Receiver<u64>,
    pub(super) ticket: u64,
    _guard: OwnedMutexGuard<()>,
    /// Holds the lock, so that other requests find the same one.
    _lock: Arc<UploadLock>,
}

impl UploadLocks {
    /// Returns the lock of an upload.
    pub(super) fn of(&self, upload: UploadId) -> Arc<UploadLock> {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        locks.retain(|_, upload_lock| upload_lock.strong_count() > 0);
        if let Some(upload_lock) = locks.get(&upload).and_then(Weak::upgrade) {
            return upload_lock;
        }
        let upload_lock = Arc::new(UploadLock { newest: watch::Sender::new(0), writer: Arc::default() });
        locks.insert(upload, Arc::downgrade(&upload_lock));
        upload_lock
    }
}

impl UploadLock {
    /// Ends the request that writes, and waits for the right to write.
    pub async fn take(self: Arc<Self>) -> UploadGuard {
        let mut ticket = 0;
        self.newest.send_modify(|newest| {
            *newest += 1;
            ticket = *newest;
        });
        let newest = self.newest.subscribe();
        UploadGuard { newest, ticket, _guard: self.writer.clone().lock_owned().await, _lock: self }
    }
}
