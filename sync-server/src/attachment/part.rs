//! The bytes of uploads as they come in. What arrived is kept however the
//! connection ends. Knows offsets, no protocol.

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
    sync::{MutexGuard, watch},
};

/// Who writes to which upload. One at a time: a newer request lets an older
/// one of the same upload end, because its connection is most likely dead and
/// nobody noticed yet.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Mutex<HashMap<UploadId, Weak<Turn>>>>);

/// One upload's turn.
pub(super) struct Turn {
    newest: watch::Sender<u64>,
    held: tokio::sync::Mutex<()>,
}

/// The right to read and write one upload.
pub(super) struct Held<'t> {
    newest: watch::Receiver<u64>,
    ticket: u64,
    _guard: MutexGuard<'t, ()>,
}

/// How an append ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Appended {
    /// All that was offered is there.
    All { offset: u64 },
    /// The sender or a newer request ended it; what arrived is kept.
    Cut { offset: u64 },
}

impl Turns {
    /// The turn of an upload.
    pub(super) fn of(&self, upload: UploadId) -> Arc<Turn> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(&upload).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::new(Turn { newest: watch::Sender::new(0), held: tokio::sync::Mutex::default() });
        turns.insert(upload, Arc::downgrade(&turn));
        turn
    }
}

impl Turn {
    /// Lets whoever writes end, and waits for the right to write.
    pub(super) async fn take(&self) -> Held<'_> {
        let mut ticket = 0;
        self.newest.send_modify(|newest| {
            *newest += 1;
            ticket = *newest;
        });
        Held { newest: self.newest.subscribe(), ticket, _guard: self.held.lock().await }
    }
}

impl Store {
    /// Writes bytes of an upload from `offset` on, as they come, up to `size`.
    pub(super) async fn append<B: AsRef<[u8]>, E: std::fmt::Display>(
        &self,
        held: &mut Held<'_>,
        upload: UploadId,
        offset: u64,
        size: u64,
        bytes: impl Stream<Item = Result<B, E>>,
    ) -> Result<Appended, StoreError> {
        let file = OpenOptions::new().create(true).append(true).open(self.part(upload)).await?;
        let mut at = file.metadata().await?.len();
        if at != offset {
            return Err(StoreError::WrongOffset { offset: at });
        }
        let mut file = BufWriter::with_capacity(64 * 1024, file);
        let mut bytes = pin!(bytes);
        let ticket = held.ticket;
        let mut whole = true;
        let written = loop {
            let newer = async { held.newest.wait_for(|newest| *newest > ticket).await.is_ok() };
            let next = tokio::select! {
                _ = newer => None,
                next = bytes.next() => Some(next),
            };
            match next {
                Some(None) => break Ok(()),
                None => {
                    whole = false;
                    break Ok(());
                }
                Some(Some(Err(error))) => {
                    tracing::debug!(%error, "an upload was cut");
                    whole = false;
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
        // Also after an error: what arrived before it is kept.
        file.flush().await?;
        if let Err(error) = file.get_ref().sync_data().await {
            // The kernel may have dropped bytes of any place: none are trusted.
            self.forget(upload)?;
            return Err(error.into());
        }
        written?;
        Ok(if whole { Appended::All { offset: at } } else { Appended::Cut { offset: at } })
    }
}
