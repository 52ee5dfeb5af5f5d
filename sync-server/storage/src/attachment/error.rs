//! The reasons why a file is not stored.

use crate::db::DbError;
use std::io;

/// The reasons why a file is not stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    /// The size or the hash is not what was announced.
    #[error("the content is not what was announced")]
    Differs,
    /// The bytes that were sent do not continue where the upload ends.
    #[error("the upload goes on at byte {offset}")]
    WrongOffset { offset: u64 },
    #[error("the disk is full")]
    DiskFull,
    /// The files of the client take as much as they may.
    #[error("the client has no room")]
    ClientFull,
    /// The files of the firm take as much as they may.
    #[error("the firm has no room")]
    FirmFull,
    #[error("the disk refused: {0}")]
    Disk(io::Error),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::DiskFull,
            _ => Self::Disk(error),
        }
    }
}
