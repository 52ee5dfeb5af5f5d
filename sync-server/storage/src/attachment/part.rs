//! The bytes of uploads while they arrive. What arrived is kept however the
//! connection ends. Knows offsets, but no protocol.

use super::{error::StoreError, store::Store, upload_lock::UploadGuard};
use crate::db::UploadId;
use futures_util::{Stream, StreamExt};
use std::pin::pin;
use tokio::{
    fs::OpenOptions,
    io::{AsyncWriteExt, BufWriter},
};

impl Store {
    /// Writes bytes of an upload from `offset` on, up to `size`,
    /// until they end, the sender breaks off, or a newer request wants to
    /// write. What arrived is kept. Returns the number of bytes that are there.
    pub async fn append<B: AsRef<[u8]>, E: std::fmt::Display>(
        &self,
        guard: &mut UploadGuard,
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
        let ticket = guard.ticket;
        let written = loop {
            let newer = async { guard.newest.wait_for(|newest| *newest > ticket).await.is_ok() };
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
