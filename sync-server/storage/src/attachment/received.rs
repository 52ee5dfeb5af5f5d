//! Files on their way into the store: written to the disk as they arrive, so that none of them is held in memory, and
//! deleted again unless the store takes them.

use super::error::StoreError;
use model::hash::ContentHash;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};
use tokio::io::AsyncWriteExt;

/// A file on the disk of the store that has no place in it yet. It is deleted with this.
#[derive(Debug)]
pub struct Part(PathBuf);

/// A file that is arriving.
pub struct Receiving {
    part: Part,
    file: tokio::fs::File,
    hasher: blake3::Hasher,
    size: u64,
    largest: u64,
}

/// A file that arrived whole.
#[derive(Debug)]
pub struct Received {
    pub part: Part,
    pub hash: ContentHash,
    /// The size in bytes.
    pub size: u64,
}

impl Receiving {
    /// Begins a file of up to `largest` bytes.
    pub(super) async fn begin(path: PathBuf, largest: u64) -> Result<Self, StoreError> {
        let file = tokio::fs::File::create_new(&path).await?;
        Ok(Self { part: Part(path), file, hasher: blake3::Hasher::new(), size: 0, largest })
    }

    /// Writes what arrived. What is beyond the largest size is counted and not kept.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.size += bytes.len() as u64;
        if self.size <= self.largest {
            self.hasher.update(bytes);
            self.file.write_all(bytes).await?;
        }
        Ok(())
    }

    /// Returns the number of bytes that arrived.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns true if the file is larger than it may be.
    pub fn is_too_large(&self) -> bool {
        self.size > self.largest
    }

    /// Ends a file. One that is too large is refused.
    pub async fn end(mut self) -> Result<Received, StoreError> {
        if self.is_too_large() {
            return Err(StoreError::TooLarge { limit: self.largest });
        }
        self.file.flush().await?;
        Ok(Received { part: self.part, hash: ContentHash(*self.hasher.finalize().as_bytes()), size: self.size })
    }
}

impl Received {
    /// Writes a file that is in memory.
    pub(super) fn write(path: PathBuf, bytes: &[u8]) -> Result<Self, StoreError> {
        let part = Part::create(path)?;
        OpenOptions::new().write(true).open(part.path())?.write_all(bytes)?;
        Ok(Self { part, hash: ContentHash::of(bytes), size: bytes.len() as u64 })
    }
}

impl Part {
    /// Creates an empty file.
    pub(super) fn create(path: PathBuf) -> Result<Self, StoreError> {
        File::create_new(&path)?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a part of a file is left behind");
        }
    }
}
