//! The device's storage as a SQLite file. It encrypts nothing.

use super::vault;
use crate::platform::{LocalStore, StoreError, StoreWrite, UnlockSecret, Vault, keys};
use model::id::AccountId;
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::{cell::RefCell, path::Path};

/// A SQLite file with the entries and the locks of the logins.
pub struct DeviceStore(RefCell<Connection>);

/// Opens a store in memory, which is gone when the process ends.
pub async fn open() -> Result<DeviceStore, StoreError> {
    DeviceStore::in_memory()
}

impl DeviceStore {
    /// Opens the file at `path`, and creates it if there is none.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::prepare(Connection::open(path)?)
    }

    /// Opens a store in memory, which is gone when the process ends.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(connection: Connection) -> Result<Self, StoreError> {
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.execute_batch(
            "create table if not exists entry (key text primary key, bytes blob not null) strict, without rowid",
        )?;
        connection.execute_batch(vault::SCHEMA)?;
        Ok(Self(RefCell::new(connection)))
    }
}

/// Returns true if the login that a key belongs to is locked.
fn is_locked(connection: &Connection, key: &str) -> Result<bool, StoreError> {
    keys::owner(key).map_or(Ok(false), |account| vault::is_locked(connection, account))
}

impl LocalStore for DeviceStore {
    async fn load(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let connection = self.0.borrow();
        // U+10FFFF sorts after every character that a key can have.
        let end = format!("{prefix}\u{10FFFF}");
        let mut statement =
            connection.prepare_cached("select key, bytes from entry where key >= ? and key < ? order by key")?;
        let rows = statement.query_map([prefix, &end], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut readable = Vec::new();
        for row in rows {
            let (key, bytes): (String, Vec<u8>) = row?;
            if !is_locked(&connection, &key)? {
                readable.push((key, bytes));
            }
        }
        Ok(readable)
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let connection = self.0.borrow();
        let end = format!("{prefix}\u{10FFFF}");
        let mut statement =
            connection.prepare_cached("select key from entry where key >= ? and key < ? order by key")?;
        let names = statement.query_map([prefix, &end], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let connection = self.0.borrow();
        if is_locked(&connection, key)? {
            return Ok(None);
        }
        let mut statement = connection.prepare_cached("select bytes from entry where key = ?")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    async fn commit(&self, batch: Vec<StoreWrite>) -> Result<(), StoreError> {
        let mut connection = self.0.borrow_mut();
        let transaction = connection.transaction()?;
        for write in batch {
            match write {
                StoreWrite::Put(key, bytes) => {
                    if is_locked(&transaction, &key)? {
                        return Err(StoreError::Failed("the login is locked".to_owned()));
                    }
                    transaction.execute("insert or replace into entry (key, bytes) values (?, ?)", (key, bytes))?;
                }
                StoreWrite::Delete(key) => {
                    transaction.execute("delete from entry where key = ?", [key])?;
                }
            }
        }
        Ok(transaction.commit()?)
    }

    async fn vault(&self, account: AccountId) -> Result<Vault, StoreError> {
        vault::state(&self.0.borrow(), account)
    }

    async fn admit(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError> {
        vault::admit(&self.0.borrow(), account, secret)
    }

    async fn unlock(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError> {
        vault::unlock(&self.0.borrow(), account, secret)
    }

    async fn lock(&self, account: AccountId) -> Result<(), StoreError> {
        vault::lock(&self.0.borrow(), account)
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
