//! Which files of which client are in the store, and which uploads are under
//! way. The bytes are elsewhere.

use super::{DbError, Query, Tx, value::Col};
use model::{
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, Row, params};
use std::{fmt, str::FromStr};

/// A file of a client whose bytes are in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub client: ClientId,
    pub hash: ContentHash,
    pub size: u64,
    pub media_type: String,
    pub stored_at: Timestamp,
}

/// Names an upload in addresses: 32 lower-case hexadecimal digits. Whoever
/// knows it can still do nothing without the session of its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UploadId(pub [u8; 16]);

/// A text that names no upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an upload")]
pub struct NotAnUpload;

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for UploadId {
    type Err = NotAnUpload;
    fn from_str(text: &str) -> Result<Self, NotAnUpload> {
        let number = u128::from_str_radix(text, 16).map_err(|_| NotAnUpload)?;
        let id = Self(number.to_be_bytes());
        if id.to_string() == text { Ok(id) } else { Err(NotAnUpload) }
    }
}

/// An upload as it was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UploadRow {
    pub id: UploadId,
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub person: PersonId,
    pub attachment: AttachmentId,
    /// Of the whole file, as announced.
    pub hash: ContentHash,
    /// Of the whole file, in bytes, as announced.
    pub size: u64,
    pub expires_at: Timestamp,
    /// The file is in the store and its receipt is written.
    pub finished_at: Option<Timestamp>,
}

const UPLOAD: &str = "select id, client, tax_year, person, attachment, hash, size, expires_at, finished_at from upload";

fn upload(row: &Row<'_>) -> rusqlite::Result<UploadRow> {
    Ok(UploadRow {
        id: UploadId(row.get(0)?),
        client: row.get::<_, Col<_>>(1)?.0,
        tax_year: TaxYear(row.get(2)?),
        person: row.get::<_, Col<_>>(3)?.0,
        attachment: row.get::<_, Col<_>>(4)?.0,
        hash: row.get::<_, Col<_>>(5)?.0,
        size: row.get(6)?,
        expires_at: row.get::<_, Col<_>>(7)?.0,
        finished_at: row.get::<_, Option<Col<_>>>(8)?.map(|c| c.0),
    })
}

impl Query<'_> {
    /// A file of a client.
    pub fn file(&self, client: ClientId, hash: ContentHash) -> Result<Option<FileRow>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select client, hash, size, media_type, stored_at from file where client = ? and hash = ?",
        )?;
        let read = |row: &Row<'_>| {
            Ok(FileRow {
                client: row.get::<_, Col<_>>(0)?.0,
                hash: row.get::<_, Col<_>>(1)?.0,
                size: row.get(2)?,
                media_type: row.get(3)?,
                stored_at: row.get::<_, Col<_>>(4)?.0,
            })
        };
        Ok(statement.query_row(params![Col(client), Col(hash)], read).optional()?)
    }

    /// An upload by its id.
    pub fn upload(&self, id: UploadId) -> Result<Option<UploadRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{UPLOAD} where id = ?"))?;
        Ok(statement.query_row([id.0], upload).optional()?)
    }

    /// The upload of an attachment by a person.
    pub fn upload_of(&self, person: PersonId, attachment: AttachmentId) -> Result<Option<UploadRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{UPLOAD} where person = ? and attachment = ?"))?;
        Ok(statement.query_row(params![Col(person), Col(attachment)], upload).optional()?)
    }

    /// How many uploads of a person are not finished and not expired.
    pub fn uploads_under_way(&self, person: PersonId, now: Timestamp) -> Result<u32, DbError> {
        let mut statement = self.0.prepare_cached(
            "select count(*) from upload where person = ? and finished_at is null and expires_at > ?",
        )?;
        Ok(statement.query_row(params![Col(person), Col(now)], |row| row.get(0))?)
    }

    /// All uploads that are known.
    pub fn uploads(&self) -> Result<Vec<UploadRow>, DbError> {
        let mut statement = self.0.prepare_cached(UPLOAD)?;
        Ok(statement.query_map([], upload)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Notes that a file is in the store. Again: nothing changes.
    pub fn add_file(&self, f: &FileRow) -> Result<(), DbError> {
        self.0.0.execute(
            "insert or ignore into file (client, hash, size, media_type, stored_at) values (?, ?, ?, ?, ?)",
            params![Col(f.client), Col(f.hash), f.size, f.media_type, Col(f.stored_at)],
        )?;
        Ok(())
    }

    /// Begins an upload, in place of an older one of the same attachment.
    pub fn add_upload(&self, u: &UploadRow) -> Result<(), DbError> {
        self.0.0.execute(
            "insert or replace into upload
             (id, client, tax_year, person, attachment, hash, size, expires_at, finished_at)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                u.id.0,
                Col(u.client),
                u.tax_year.0,
                Col(u.person),
                Col(u.attachment),
                Col(u.hash),
                u.size,
                Col(u.expires_at),
                u.finished_at.map(Col)
            ],
        )?;
        Ok(())
    }

    /// Notes that an upload is over and its file in the store.
    pub fn finish_upload(&self, id: UploadId, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute("update upload set finished_at = ? where id = ?", params![Col(at), id.0])?;
        Ok(())
    }

    /// Forgets an upload.
    pub fn remove_upload(&self, id: UploadId) -> Result<(), DbError> {
        self.0.0.execute("delete from upload where id = ?", [id.0])?;
        Ok(())
    }
}
