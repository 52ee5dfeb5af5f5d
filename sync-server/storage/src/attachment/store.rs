//! The attachment store: one folder per client, one file per content. A file
//! is in place only when all its bytes are on the disk. Nothing here knows
//! HTTP.

use super::{
    content::inspect,
    error::StoreError,
    quota::Quota,
    upload_lock::{UploadLock, UploadLocks},
};
use crate::{
    clock::{Clock, random},
    db::{Db, FileRow, UploadId},
};
use model::{attachment::MediaType, hash::ContentHash, id::ClientId, time::Timestamp};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The types of file that may be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// What can be a document: [`MediaType::of_document`].
    Documents,
    /// PDF only, as for tax returns.
    Pdf,
}

/// A file whose bytes are in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    pub hash: ContentHash,
    /// The size in bytes.
    pub size: u64,
    pub media_type: &'static str,
    /// The number of pages of a PDF; 1 for an image.
    pub pages: u32,
}

impl StoredFile {
    fn of(bytes: &[u8], accept: Accept) -> Result<Self, StoreError> {
        let (kind, pages) = inspect(bytes)?;
        if accept == Accept::Pdf && kind != MediaType::Pdf {
            return Err(StoreError::WrongType);
        }
        Ok(Self { hash: ContentHash::of(bytes), size: bytes.len() as u64, media_type: kind.mime(), pages })
    }

    /// Returns the row for the table of files.
    pub fn row(&self, client: ClientId, stored_at: Timestamp) -> FileRow {
        FileRow { client, hash: self.hash, size: self.size, media_type: self.media_type.to_owned(), stored_at }
    }
}

/// The folder of files. It is cheap to clone. Functions that are not `async` block, so
/// async code has to call them on a thread that may block.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

pub(super) struct Inner {
    pub(super) files: PathBuf,
    parts: PathBuf,
    clock: Clock,
    largest: u64,
    pub(super) quota: Quota,
    locks: UploadLocks,
}

impl Store {
    /// Opens the store below the data folder and creates its folders if they
    /// are absent. `largest` is the largest size of a file, in bytes.
    pub fn open(data: &Path, clock: Clock, largest: u64, quota: Quota) -> Result<Self, StoreError> {
        let (files, parts) = (data.join("files"), data.join("parts"));
        fs::create_dir_all(&files)?;
        fs::create_dir_all(&parts)?;
        Ok(Self(Arc::new(Inner { files, parts, clock, largest, quota, locks: UploadLocks::default() })))
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.0
    }

    /// Returns the largest size of a file, in bytes.
    pub fn largest(&self) -> u64 {
        self.0.largest
    }

    /// Returns the lock of an upload.
    pub fn upload_lock(&self, upload: UploadId) -> Arc<UploadLock> {
        self.0.locks.of(upload)
    }

    /// Returns the path that a file of a client has or would have.
    pub fn path(&self, client: ClientId, hash: ContentHash) -> PathBuf {
        self.folder(client).join(hash.to_string())
    }

    /// Returns the path that the unfinished bytes of an upload have or would have.
    pub(super) fn part(&self, upload: UploadId) -> PathBuf {
        self.0.parts.join(upload.to_string())
    }

    /// Stores a whole file of a client. Storing it once more returns the same file.
    pub fn put(&self, db: &Db, client: ClientId, bytes: &[u8], accept: Accept) -> Result<StoredFile, StoreError> {
        if bytes.len() as u64 > self.0.largest {
            return Err(StoreError::TooLarge { limit: self.0.largest });
        }
        let stored = StoredFile::of(bytes, accept)?;
        self.check_disk(stored.size)?;
        db.read(|q| {
            let firm = q.firm_of_client(client)?;
            self.0.quota.check_firm(q, firm, stored.size)
        })?;
        let part = self.part(UploadId(random()));
        let kept = write_part(&part, bytes).and_then(|()| self.place(&part, client, stored.hash));
        if let Err(error) = kept {
            drop_part(&part);
            return Err(error);
        }
        let row = stored.row(client, self.0.clock.now());
        db.write_blocking(move |tx| tx.add_file(&row))?;
        Ok(stored)
    }

    /// Returns how many bytes of an upload are there; 0 if there are none.
    pub fn received(&self, upload: UploadId) -> Result<u64, StoreError> {
        match fs::metadata(self.part(upload)) {
            Ok(part) => Ok(part.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Moves the bytes of an upload in place if they are what was
    /// announced, and deletes them otherwise. Called once more, it returns the file that is there.
    pub fn finish(
        &self,
        upload: UploadId,
        client: ClientId,
        hash: ContentHash,
        size: u64,
    ) -> Result<StoredFile, StoreError> {
        let (part, place) = (self.part(upload), self.path(client, hash));
        let bytes = match fs::read(&part) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // The process died after the file was moved in place and before that was noted.
                let stored = StoredFile::of(&fs::read(&place)?, Accept::Documents)?;
                sync(&place)?;
                sync(&self.folder(client))?;
                return Ok(stored);
            }
            bytes => bytes?,
        };
        let announced = bytes.len() as u64 == size && ContentHash::of(&bytes) == hash;
        let checked = if announced { StoredFile::of(&bytes, Accept::Documents) } else { Err(StoreError::Differs) };
        let durable = checked.and_then(|stored| sync(&part).map(|()| stored));
        if durable.is_err() {
            // The bytes may not be stored, or may not be on the disk: nothing of them is trusted.
            drop_part(&part);
        }
        let stored = durable?;
        self.place(&part, client, hash)?;
        Ok(stored)
    }

    /// Deletes the bytes of an upload.
    pub fn forget(&self, upload: UploadId) -> Result<(), StoreError> {
        match fs::remove_file(self.part(upload)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Deletes uploads that expired, and bytes that belong to no upload. This has to be
    /// called at the start, while no upload is running.
    pub fn sweep(&self, db: &Db) -> Result<(), StoreError> {
        let now = self.0.clock.now();
        let (expired, live): (Vec<_>, Vec<_>) =
            db.read(|q| q.uploads())?.into_iter().partition(|u| u.expires_at <= now);
        db.write_blocking(move |tx| expired.iter().try_for_each(|u| tx.remove_upload(u.id)))?;
        let wanted = |name: &str| live.iter().any(|u| u.finished_at.is_none() && u.id.to_string() == name);
        for part in fs::read_dir(&self.0.parts)? {
            let part = part?;
            if !part.file_name().to_str().is_some_and(wanted)
                && let Err(error) = fs::remove_file(part.path())
            {
                tracing::error!(%error, part = %part.path().display(), "an old part of an upload cannot be deleted");
            }
        }
        Ok(())
    }

    /// Moves bytes that are on the disk in place, and makes the move
    /// durable too.
    fn place(&self, part: &Path, client: ClientId, hash: ContentHash) -> Result<(), StoreError> {
        let (folder, place) = (self.folder(client), self.path(client, hash));
        if !folder.is_dir() {
            fs::create_dir_all(&folder)?;
            sync(&self.0.files)?;
        }
        fs::rename(part, &place)?;
        let durable = sync(&folder);
        if durable.is_err() {
            drop_part(&place);
        }
        durable
    }

    fn folder(&self, client: ClientId) -> PathBuf {
        self.0.files.join(client.to_string())
    }
}

fn write_part(part: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = File::create_new(part)?;
    file.write_all(bytes)?;
    Ok(file.sync_data()?)
}

/// Makes a file or a folder durable. It is never tried a second time, because after a failure the kernel
/// may have dropped the bytes and would report success.
fn sync(path: &Path) -> Result<(), StoreError> {
    Ok(File::open(path)?.sync_all()?)
}

fn drop_part(part: &Path) {
    if let Err(error) = fs::remove_file(part)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a part of an upload is left behind");
    }
}
