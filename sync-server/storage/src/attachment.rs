//! The files of clients on the disk. File names live in documents, never here.

mod content;
mod error;
mod part;
mod store;
mod upload_lock;

pub use error::StoreError;
pub use store::{Accept, Store, StoredFile};
pub use upload_lock::{UploadGuard, UploadLock};
