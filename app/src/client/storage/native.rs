//! The device's storage as a SQLite file. It is not encrypted: a program on a
//! computer is protected by the account it runs in.

use super::{LocalStore, StoreError, StoreWrite, UnlockSecret, Vault};
use model::id::AccountId;
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::{cell::RefCell, path::Path};

/// A SQLite file with one table.
pub struct DeviceStore(RefCell<Connection>);

impl DeviceStore {
    /// Opens the file at `path`, made where it is absent.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::prepare(Connection::open(path)?)
    }

    /// A store that is gone with the process.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(connection: Connection) -> Result<Self, StoreError> {
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.execute_batch(
            "create table if not exists entry (key text primary key, bytes blob not null) strict, without rowid",
        )?;
        Ok(Self(RefCell::new(connection)))
    }
}

impl LocalStore for DeviceStore {
    async fn load(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let connection = self.0.borrow();
        // U+10FFFF sorts after every character that a key can have.
        let end = format!("{prefix}\u{10FFFF}");
        let mut statement =
            connection.prepare_cached("select key, bytes from entry where key >= ? and key < ? order by key")?;
        let rows = statement.query_map([prefix, &end], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.load(prefix).await?.into_iter().map(|(key, _)| key).collect())
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let connection = self.0.borrow();
        let mut statement = connection.prepare_cached("select bytes from entry where key = ?")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    async fn commit(&self, batch: Vec<StoreWrite>) -> Result<(), StoreError> {
        let mut connection = self.0.borrow_mut();
        let transaction = connection.transaction()?;
        for write in batch {
            match write {
                StoreWrite::Put(key, bytes) => {
                    transaction.execute("insert or replace into entry (key, bytes) values (?, ?)", (key, bytes))?;
                }
                StoreWrite::Delete(key) => {
                    transaction.execute("delete from entry where key = ?", [key])?;
                }
            }
        }
        Ok(transaction.commit()?)
    }

    async fn vault(&self, _: AccountId) -> Result<Vault, StoreError> {
        Ok(Vault::Open)
    }

    async fn admit(&self, _: AccountId, _: Option<&UnlockSecret>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn unlock(&self, _: AccountId, _: Option<&UnlockSecret>) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn lock(&self, _: AccountId) -> Result<(), StoreError> {
        Ok(())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Failed(error.to_string()),
        }
    }
}
