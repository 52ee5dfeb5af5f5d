//! The bytes of uploads while they arrive. What arrived is kept however the
//! connection ends. Knows offsets, but no protocol.

use super::{Store, StoreError};
use crate::db::UploadId;
use futures_util::{Stream, StreamExt};
use std::{
    collections::HashMap,
    pin::pin,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::{
    fs::OpenOptions,
    io::{AsyncWriteExt, BufWriter},
    sync::{OwnedMutexGuard, watch},
};

/// Lets one request at a time write to an upload. A newer request ends an older
/// one of the same upload, because the connection of that is most likely dead and
/// nobody noticed it yet.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<UploadId, Weak<Turn>>>>);

/// The lock of one upload.
pub(super) struct Turn {
    newest: watch::Sender<u64>,
    held: Arc<tokio::sync::Mutex<()>>,
}

/// The right to read and write one upload.
pub(super) struct Held {
    newest: watch::Receiver<u64>,
    ticket: u64,
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
    pub(super) async fn take(self: Arc<Self>) -> Held {
        let mut ticket = 0;
        self.newest.send_modify(|newest| {
            *newest += 1;
            ticket = *newest;
        });
        let newest = self.newest.subscribe();
        Held { newest, ticket, _guard: self.held.clone().lock_owned().await, _turn: self }
    }
}

impl Store {
    /// Writes bytes of an upload from `offset` on, up to `size`,
    /// until they end, the sender breaks off, or a newer request wants to
    /// write. What arrived is kept. Returns the number of bytes that are there.
    pub(super) async fn append<B: AsRef<[u8]>, E: std::fmt::Display>(
        &self,
        held: &mut Held,
        upload: UploadId,
        offset: u64,
        size: u64,
        bytes: impl Stream<Item = Result<B, E>>,
    ) -> Result<u64, StoreError> {
        let file = OpenOptions::new().create(true).append(true).open(self.part(upload)).await?;
        let mut at = file.metadata().await?.len();
        if at != offset {
            return Err(StoreError::WrongOffset { offset: at });
        }
        let mut file = BufWriter::with_capacity(64 * 1024, file);
        let mut bytes = pin!(bytes);
        let ticket = held.ticket;
        let written = loop {
            let newer = async { held.newest.wait_for(|newest| *newest > ticket).await.is_ok() };
            let next = tokio::select! {
                _ = newer => None,
                next = bytes.next() => Some(next),
            };
            match next {
                None | Some(None) => break Ok(()),
                Some(Some(Err(error))) => {
                    tracing::debug!(%error, "an upload was cut");
                    break Ok(());
                }
                Some(Some(Ok(chunk))) => {
                    let chunk = chunk.as_ref();
                    if at + chunk.len() as u64 > size {
                        break Err(StoreError::TooLarge { limit: size });
                    }
                    if let Err(error) = file.write_all(chunk).await {
                        break Err(error.into());
                    }
                    at += chunk.len() as u64;
                }
            }
        };
        // This is done even after an error, because what arrived before it is kept.
        file.flush().await?;
        if let Err(error) = file.get_ref().sync_data().await {
            // The kernel may have dropped bytes anywhere, so none of them are trusted.
            self.forget(upload)?;
            return Err(error.into());
        }
        written?;
        Ok(at)
    }
}
