//! What the client holds in memory, one part per concern. Each part owns its cells and lends none of them out: a
//! function returns a value, or runs a closure that cannot wait. So no borrow is held across an await.

mod downloads;
mod drafts;
mod listeners;
mod offline_files;
mod session;
mod signals;
mod sync;
mod upload_queue;
mod uploads;

pub use session::Status;
pub use sync::{Connection, Saving};
pub use upload_queue::{Form, QueuedFile};
pub use uploads::UploadState;

pub(super) use offline_files::name_of;
pub(super) use signals::Received;
pub(super) use uploads::Pending;

use crate::platform::{DeviceStore, Network};
use downloads::Downloads;
use drafts::Drafts;
use listeners::Listeners;
use offline_files::OfflineFiles;
use session::Session;
use signals::Signals;
use std::{cell::OnceCell, rc::Rc};
use sync::SyncState;
use upload_queue::UploadQueue;
use uploads::Uploads;

/// All that the client holds in memory.
pub(super) struct State {
    pub network: Network,
    /// The device's store, once it is open.
    pub store: OnceCell<Rc<DeviceStore>>,
    pub sync: SyncState,
    pub session: Session,
    pub downloads: Downloads,
    pub drafts: Drafts,
    pub uploads: Uploads,
    pub upload_queue: UploadQueue,
    pub offline_files: OfflineFiles,
    pub listeners: Listeners,
    pub signals: Signals,
}

impl State {
    /// Returns the state before the device's store was read, and the receiving ends of its signals.
    pub fn new(network: Network) -> (Self, Received) {
        let (signals, received) = Signals::new();
        let state = Self {
            network,
            store: OnceCell::new(),
            sync: SyncState::new(),
            session: Session::default(),
            downloads: Downloads::default(),
            drafts: Drafts::default(),
            uploads: Uploads::default(),
            upload_queue: UploadQueue::default(),
            offline_files: OfflineFiles::default(),
            listeners: Listeners::default(),
            signals,
        };
        (state, received)
    }
}
