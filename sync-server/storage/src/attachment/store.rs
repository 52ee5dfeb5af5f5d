//! The attachment store: one folder per client, one file per content. A file
//! is in place only when all its bytes are on the disk. Nothing here knows
//! HTTP.

use super::{
    error::StoreError,
    quota::Quota,
    received::{Part, Received, Receiving},
    upload_lock::{UploadLock, UploadLocks},
};
use crate::{
    clock::{Clock, random},
    db::{Db, FileRow, FileView, UploadId},
};
use model::{attachment::MediaType, hash::ContentHash, id::ClientId, time::Timestamp};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// A file whose bytes are in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredFile {
    pub hash: ContentHash,
    /// The size in bytes.
    pub size: u64,
    pub media_type: MediaType,
    /// The number of pages of a PDF; 1 for an image.
    pub pages: u32,
    pub view: FileView,
}

impl StoredFile {
    /// Returns the row for the table of files.
    pub fn row(&self, client: ClientId, stored_at: Timestamp) -> FileRow {
        let Self { hash, size, media_type, pages, view } = *self;
        FileRow { client, hash, size, media_type: media_type.mime().to_owned(), pages, view, stored_at }
    }
}

/// The folder of files. It is cheap to clone. Functions that are not `async` block, so
/// async code has to call them on a thread that may block.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

pub(super) struct Inner {
    pub(super) files: PathBuf,
    copies: PathBuf,
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
        let [files, copies, parts] = ["files", "copies", "parts"].map(|folder| data.join(folder));
        for folder in [&files, &copies, &parts] {
            fs::create_dir_all(folder)?;
        }
        Ok(Self(Arc::new(Inner { files, copies, parts, clock, largest, quota, locks: UploadLocks::default() })))
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

    /// Returns the path that the copy of a file has or would have in which nothing runs.
    pub fn copy_path(&self, client: ClientId, hash: ContentHash) -> PathBuf {
        self.0.copies.join(client.to_string()).join(hash.to_string())
    }

    /// Returns the path that the unfinished bytes of an upload have or would have.
    pub(super) fn part(&self, upload: UploadId) -> PathBuf {
        self.0.parts.join(upload.to_string())
    }

    /// Returns the path of a file that is not there yet.
    fn new_path(&self) -> PathBuf {
        self.part(UploadId(random()))
    }

    /// Makes an empty file.
    pub fn new_part(&self) -> Result<Part, StoreError> {
        Part::create(self.new_path())
    }

    /// Begins to receive a file of up to `largest` bytes that belongs to no upload.
    pub async fn begin(&self, largest: u64) -> Result<Receiving, StoreError> {
        Receiving::begin(self.new_path(), largest).await
    }

    /// Receives a file that is in memory.
    pub fn receive(&self, bytes: &[u8]) -> Result<Received, StoreError> {
        Received::write(self.new_path(), bytes)
    }

    /// Stores a whole file of a client that was looked into. Storing it once more changes nothing.
    pub fn put(&self, db: &Db, client: ClientId, received: Received, stored: StoredFile) -> Result<(), StoreError> {
        self.check_disk(stored.size)?;
        db.read(|q| {
            let firm = q.firm_of_client(client)?;
            self.0.quota.check_firm(q, firm, stored.size)
        })?;
        sync(received.part.path())?;
        self.place(received.part.path(), client, stored.hash)?;
        let row = stored.row(client, self.0.clock.now());
        db.write_blocking(move |tx| tx.add_file(&row))?;
        Ok(())
    }

    /// Returns how many bytes of an upload are there; 0 if there are none.
    pub fn received(&self, upload: UploadId) -> Result<u64, StoreError> {
        match fs::metadata(self.part(upload)) {
            Ok(part) => Ok(part.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the path of the bytes of an upload if they are what was announced and are on the disk, and deletes them
    /// otherwise. The path is that of the place if the process died after they were moved there.
    pub fn arrived(
        &self,
        upload: UploadId,
        client: ClientId,
        hash: ContentHash,
        size: u64,
    ) -> Result<PathBuf, StoreError> {
        let (part, place) = (self.part(upload), self.path(client, hash));
        let (found, length) = match hash_of(&part) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                sync(&place)?;
                sync(&self.folder(client))?;
                return Ok(place);
            }
            read => read?,
        };
        let announced = if (found, length) == (hash, size) { Ok(()) } else { Err(StoreError::Differs) };
        let durable = announced.and_then(|()| sync(&part));
        if durable.is_err() {
            // The bytes may not be stored, or may not be on the disk: nothing of them is trusted.
            drop_part(&part);
        }
        durable.map(|()| part)
    }

    /// Moves the bytes of an upload that arrived in place, after the copy that browsers may show.
    pub fn place_upload(
        &self,
        upload: UploadId,
        client: ClientId,
        hash: ContentHash,
        copy: Option<Part>,
    ) -> Result<(), StoreError> {
        if let Some(copy) = copy {
            // A copy that is lost is missed by nobody but who would look at it, and then downloads the file.
            let place = self.copy_path(client, hash);
            fs::create_dir_all(place.parent().unwrap_or(self.0.copies.as_path()))?;
            fs::rename(copy.path(), place)?;
        }
        let part = self.part(upload);
        if part.exists() { self.place(&part, client, hash) } else { Ok(()) }
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

/// Returns the hash and the size of a file, without holding it in memory.
fn hash_of(path: &Path) -> io::Result<(ContentHash, u64)> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok((ContentHash(*hasher.finalize().as_bytes()), hasher.count()))
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
