//! The files of clients on the disk. File names live in documents, never here.

mod content;
mod disk;
mod error;
mod part;
mod quota;
mod store;
mod upload_lock;

pub use error::StoreError;
pub use quota::Quota;
pub use store::{Accept, Store, StoredFile};
pub use upload_lock::{UploadGuard, UploadLock};
