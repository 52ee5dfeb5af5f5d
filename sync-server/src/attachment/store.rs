//! The attachment store: one folder per client, one file per content. A file
//! is in place only when all its bytes are on the disk. Nothing here knows of
//! HTTP.

use crate::{
    clock::Clock,
    db::{Db, DbError},
};
use model::{hash::ContentHash, id::ClientId};
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the content is none of the accepted types")]
    WrongType,
    #[error("the PDF cannot be opened")]
    BrokenPdf,
    #[error("the disk refused: {0}")]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// PDF, JPEG, PNG, WebP and HEIC.
    Documents,
    /// PDF only: tax returns.
    Pdf,
}

/// A file that is in the store and in the table of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub hash: ContentHash,
    pub size: u64,
    pub media_type: &'static str,
    /// Of a PDF; 1 for an image.
    pub pages: u32,
}

/// The folder of files. Cheap to clone. Everything here blocks: from async
/// code it is called on the blocking pool.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    data: PathBuf,
    clock: Clock,
    largest: u64,
}

impl Store {
    /// Opens the store below the data folder and makes its folders where they
    /// are absent. `largest` is the largest size of a file, in bytes.
    pub fn open(data: &Path, clock: Clock, largest: u64) -> Result<Self, StoreError> {
        std::fs::create_dir_all(data.join("files"))?;
        std::fs::create_dir_all(data.join("parts"))?;
        Ok(Self(Arc::new(Inner { data: data.to_owned(), clock, largest })))
    }

    /// Keeps a whole file of a client. Again: the same file.
    pub fn put(&self, db: &Db, client: ClientId, bytes: &[u8], accept: Accept) -> Result<StoredFile, StoreError> {
        let _ = (db, client, bytes, accept, &self.0.data, &self.0.clock, self.0.largest);
        Err(StoreError::WrongType)
    }
}
