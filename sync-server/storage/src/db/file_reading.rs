//! When people of a client were given which file, so that the firm can say who has one that it takes back.

use super::{DbError, Query, Tx, column::values};
use model::{hash::ContentHash, id::*, time::Timestamp};

/// When a person was given a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileReading {
    pub person: PersonId,
    pub hash: ContentHash,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

impl Query<'_> {
    /// Returns who was given files of a client, in the order in which it first happened.
    pub fn file_readings(&self, client: ClientId) -> Result<Vec<FileReading>, DbError> {
        self.many(
            "select person, hash, first_at, last_at from file_reading where client = ?1 order by first_at, person, hash",
            values![client],
            |row| {
                let (first_at, last_at) = (row.get("first_at")?, row.get("last_at")?);
                Ok(FileReading { person: row.get("person")?, hash: row.get("hash")?, first_at, last_at })
            },
        )
    }

    /// Returns true if a person was given a file after a moment.
    pub fn was_given_since(
        &self,
        client: ClientId,
        hash: ContentHash,
        person: PersonId,
        since: Timestamp,
    ) -> Result<bool, DbError> {
        self.one(
            "select exists (select 1 from file_reading where client = ?1 and hash = ?2 and person = ?3
             and last_at > ?4)",
            values![client, hash, person, since],
            |row| row.get(0),
        )
    }
}

impl Tx<'_> {
    /// Records that a person is given a file.
    pub fn file_given(
        &self,
        client: ClientId,
        hash: ContentHash,
        person: PersonId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.run(
            "insert into file_reading (client, hash, person, first_at, last_at) values (?1, ?2, ?3, ?4, ?4)
             on conflict (client, hash, person) do update set last_at = excluded.last_at",
            values![client, hash, person, at],
        )?;
        Ok(())
    }
}
