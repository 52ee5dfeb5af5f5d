//! Files that are on their way to this device: whoever wants one meanwhile waits for the same bytes.

use crate::client::api_error::ApiError;
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use model::{hash::ContentHash, id::ClientId};
use std::{cell::RefCell, collections::BTreeMap};

type Download = Shared<LocalBoxFuture<'static, Result<Vec<u8>, ApiError>>>;

#[derive(Default)]
pub struct Downloads(RefCell<BTreeMap<(ClientId, ContentHash), Download>>);

impl Downloads {
    /// Returns the download of a file that is under way, or else `start`.
    pub fn join(
        &self,
        wanted: (ClientId, ContentHash),
        start: impl Future<Output = Result<Vec<u8>, ApiError>> + 'static,
    ) -> Download {
        self.0.borrow_mut().entry(wanted).or_insert_with(|| start.boxed_local().shared()).clone()
    }

    /// Forgets a download that has ended, so that the next one asks again.
    pub fn end(&self, wanted: (ClientId, ContentHash)) {
        self.0.borrow_mut().remove(&wanted);
    }
}
