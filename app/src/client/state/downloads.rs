//! Files that are on their way to this device: whoever wants one meanwhile waits for the same bytes.

use crate::client::api_error::ApiError;
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared, WeakShared},
};
use model::{hash::ContentHash, id::ClientId};
use std::{cell::RefCell, collections::BTreeMap};

type Bytes = LocalBoxFuture<'static, Result<Vec<u8>, ApiError>>;

/// The downloads belong to those who wait for them: one for which nobody waits any more ends, and the next one asks
/// again.
#[derive(Default)]
pub struct Downloads(RefCell<BTreeMap<(ClientId, ContentHash), WeakShared<Bytes>>>);

impl Downloads {
    /// Returns the download of a file that is under way, or else `start`.
    pub fn join(
        &self,
        wanted: (ClientId, ContentHash),
        start: impl Future<Output = Result<Vec<u8>, ApiError>> + 'static,
    ) -> Shared<Bytes> {
        let mut under_way = self.0.borrow_mut();
        under_way.retain(|_, download| download.upgrade().is_some());
        under_way.get(&wanted).and_then(WeakShared::upgrade).unwrap_or_else(|| {
            let download = start.boxed_local().shared();
            under_way.extend(download.downgrade().map(|download| (wanted, download)));
            download
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_channel::oneshot::channel;
    use futures_util::future::{join, ready};

    const WANTED: (ClientId, ContentHash) = (ClientId::from_bytes([1; 16]), ContentHash([2; 32]));

    #[test]
    fn whoever_wants_a_file_that_is_on_its_way_waits_for_the_same_bytes() {
        let downloads = Downloads::default();
        let (arrives, bytes) = channel();
        let first = downloads.join(WANTED, async { bytes.await.map_err(|_| ApiError::Failed) });
        let second = downloads.join(WANTED, ready(Err(ApiError::Offline)));
        arrives.send(vec![1]).unwrap();
        assert_eq!(join(first, second).now_or_never(), Some((Ok(vec![1]), Ok(vec![1]))));
        let later = downloads.join(WANTED, ready(Err(ApiError::Offline)));
        assert_eq!(later.now_or_never(), Some(Err(ApiError::Offline)), "the next one asks again");
    }

    #[test]
    fn a_download_for_which_nobody_waits_any_more_ends() {
        let downloads = Downloads::default();
        let (arrives, bytes) = channel();
        drop(downloads.join(WANTED, async { bytes.await.map_err(|_| ApiError::Failed) }));
        assert!(arrives.send(vec![1]).is_err());
        let later = downloads.join(WANTED, ready(Ok(vec![2])));
        assert_eq!(later.now_or_never(), Some(Ok(vec![2])));
    }
}
