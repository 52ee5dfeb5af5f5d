//! The files of clients on the disk. File names live in documents, never here.

mod disk;
mod error;
mod part;
mod quota;
mod received;
mod store;
mod upload_lock;

pub use error::StoreError;
pub use quota::Quota;
pub use received::{Part, Received, Receiving};
pub use store::{Store, StoredFile};
pub use upload_lock::{UploadGuard, UploadLock};
