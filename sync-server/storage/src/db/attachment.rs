//! The files of clients in the store, and the uploads that are not finished.
//! The bytes are elsewhere.

use super::{DbError, FileView, Query, Tx, UploadId, column::values, sqlite::Row};
use model::{
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};

/// A file of a client whose bytes are in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub client: ClientId,
    pub hash: ContentHash,
    pub size: u64,
    pub media_type: String,
    /// The number of pages of a PDF; 1 for an image.
    pub pages: u32,
    pub view: FileView,
    pub stored_at: Timestamp,
}

/// An upload as it was started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadRow {
    pub id: UploadId,
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub person: PersonId,
    pub attachment: AttachmentId,
    /// The announced hash of the whole file.
    pub hash: ContentHash,
    /// The announced size of the whole file in bytes.
    pub size: u64,
    pub expires_at: Timestamp,
    /// The moment since which the file is in the store and its receipt is written.
    pub finished_at: Option<Timestamp>,
}

/// What files take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Their size in bytes.
    pub bytes: u64,
    /// Their number.
    pub files: u64,
}

impl Usage {
    /// Returns what both take together.
    pub fn and(self, other: Self) -> Self {
        Self { bytes: self.bytes.saturating_add(other.bytes), files: self.files.saturating_add(other.files) }
    }

    /// Returns true if it is not more than this.
    pub fn is_within(self, bytes: u64, files: u64) -> bool {
        self.bytes <= bytes && self.files <= files
    }
}

fn usage(row: &Row<'_>) -> Result<Usage, DbError> {
    Ok(Usage { bytes: row.get(0)?, files: row.get(1)? })
}

const UPLOAD: &str = "select id, client, tax_year, person, attachment, hash, size, expires_at, finished_at
     from upload";

fn upload(row: &Row<'_>) -> Result<UploadRow, DbError> {
    Ok(UploadRow {
        id: row.get("id")?,
        client: row.get("client")?,
        tax_year: row.get("tax_year")?,
        person: row.get("person")?,
        attachment: row.get("attachment")?,
        hash: row.get("hash")?,
        size: row.get("size")?,
        expires_at: row.get("expires_at")?,
        finished_at: row.get("finished_at")?,
    })
}

impl Query<'_> {
    /// Returns a file of a client.
    pub fn file(&self, client: ClientId, hash: ContentHash) -> Result<Option<FileRow>, DbError> {
        let read = |row: &Row<'_>| {
            Ok(FileRow {
                client: row.get("client")?,
                hash: row.get("hash")?,
                size: row.get("size")?,
                media_type: row.get("media_type")?,
                pages: row.get("pages")?,
                view: row.get("view")?,
                stored_at: row.get("stored_at")?,
            })
        };
        self.optional(
            "select client, hash, size, media_type, pages, view, stored_at from file where client = ?1 and hash = ?2",
            values![client, hash],
            read,
        )
    }

    /// Returns what the files of a client take.
    pub fn usage_of_client(&self, client: ClientId) -> Result<Usage, DbError> {
        self.one("select coalesce(sum(size), 0), count(*) from file where client = ?1", values![client], usage)
    }

    /// Returns what the uploads of a client will take that are neither finished nor expired.
    pub fn pending_usage_of_client(&self, client: ClientId, now: Timestamp) -> Result<Usage, DbError> {
        self.one(
            "select coalesce(sum(size), 0), count(*) from upload
             where client = ?1 and finished_at is null and expires_at > ?2",
            values![client, now],
            usage,
        )
    }

    /// Returns what the files of all clients of a firm take.
    pub fn usage_of_firm(&self, firm: FirmId) -> Result<Usage, DbError> {
        self.one(
            "select coalesce(sum(f.size), 0), count(*) from client c join file f on f.client = c.id where c.firm = ?1",
            values![firm],
            usage,
        )
    }

    /// Returns the firm whose client this is.
    pub fn firm_of_client(&self, client: ClientId) -> Result<FirmId, DbError> {
        self.one("select firm from client where id = ?1", values![client], |row| row.get(0))
    }

    /// Returns uploads that expired.
    pub fn expired_uploads(&self, now: Timestamp, limit: u32) -> Result<Vec<UploadRow>, DbError> {
        self.many(&format!("{UPLOAD} where expires_at <= ?1 limit ?2"), values![now, limit], upload)
    }

    /// Returns the reason why a file was refused before, for a kind of work.
    pub fn refused_file(&self, hash: ContentHash, work: &str) -> Result<Option<String>, DbError> {
        self.optional("select reason from refused_file where hash = ?1 and work = ?2", values![hash, work], |row| {
            row.get(0)
        })
    }

    /// Returns an upload by its id.
    pub fn upload(&self, id: UploadId) -> Result<Option<UploadRow>, DbError> {
        self.optional(&format!("{UPLOAD} where id = ?1"), values![id], upload)
    }

    /// Returns the upload of an attachment by a person.
    pub fn upload_of(&self, person: PersonId, attachment: AttachmentId) -> Result<Option<UploadRow>, DbError> {
        self.optional(&format!("{UPLOAD} where person = ?1 and attachment = ?2"), values![person, attachment], upload)
    }

    /// Returns the number of a person's uploads that are neither finished nor expired.
    pub fn uploads_under_way(&self, person: PersonId, now: Timestamp) -> Result<u32, DbError> {
        self.one(
            "select count(*) from upload where person = ?1 and finished_at is null and expires_at > ?2",
            values![person, now],
            |row| row.get(0),
        )
    }

    /// Returns all uploads.
    pub fn uploads(&self) -> Result<Vec<UploadRow>, DbError> {
        self.many(UPLOAD, values![], upload)
    }
}

impl Tx<'_> {
    /// Records that a file is in the store. Nothing changes if that is recorded already.
    pub fn add_file(&self, f: &FileRow) -> Result<(), DbError> {
        self.run(
            "insert into file (client, hash, size, media_type, pages, view, stored_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do nothing",
            values![f.client, f.hash, f.size, f.media_type, f.pages, f.view, f.stored_at],
        )?;
        Ok(())
    }

    /// Remembers that a file was refused. Of more than `most` files the oldest are forgotten.
    pub fn add_refused_file(
        &self,
        hash: ContentHash,
        work: &str,
        reason: &str,
        at: Timestamp,
        most: u32,
    ) -> Result<(), DbError> {
        self.run(
            "insert into refused_file (hash, work, reason, at) values (?1, ?2, ?3, ?4) on conflict do nothing",
            values![hash, work, reason, at],
        )?;
        self.run(
            "delete from refused_file where at < (select at from refused_file order by at desc limit 1 offset ?1)",
            values![most],
        )?;
        Ok(())
    }

    /// Adds an upload, in place of an older one of the same attachment.
    pub fn add_upload(&self, u: &UploadRow) -> Result<(), DbError> {
        self.run("delete from upload where person = ?1 and attachment = ?2", values![u.person, u.attachment])?;
        self.run(
            "insert into upload
             (id, client, tax_year, person, attachment, hash, size, expires_at, finished_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            values![u.id, u.client, u.tax_year, u.person, u.attachment, u.hash, u.size, u.expires_at, u.finished_at],
        )?;
        Ok(())
    }

    /// Marks an upload as finished and its file as stored.
    pub fn finish_upload(&self, id: UploadId, at: Timestamp) -> Result<(), DbError> {
        self.run("update upload set finished_at = ?1 where id = ?2", values![at, id])?;
        Ok(())
    }

    /// Deletes an upload.
    pub fn remove_upload(&self, id: UploadId) -> Result<(), DbError> {
        self.run("delete from upload where id = ?1", values![id])?;
        Ok(())
    }
}
