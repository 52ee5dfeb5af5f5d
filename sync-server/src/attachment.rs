//! Files of clients: uploads that can be resumed, the store that keeps them,
//! and how they are given back. File names live in documents, never here.

mod store;

pub use store::{Accept, Store, StoreError, StoredFile};
