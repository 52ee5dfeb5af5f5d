//! The lock of a login in the SQLite store. It refuses to read or write while it is locked, but encrypts nothing: a
//! program on a computer is protected by the account it runs in.

use crate::platform::{StoreError, UnlockSecret, Vault};
use model::{hash::ContentHash, id::AccountId};
use rusqlite::{Connection, OptionalExtension};

pub const SCHEMA: &str =
    "create table if not exists vault (account text primary key, secret text, locked integer not null) strict";

/// The lock of one login.
struct Lock {
    /// Hash of the secret that opens the lock, if a passkey gave one.
    secret: Option<String>,
    is_locked: bool,
}

fn read(connection: &Connection, account: &str) -> Result<Option<Lock>, StoreError> {
    let mut statement = connection.prepare_cached("select secret, locked from vault where account = ?")?;
    let lock = |row: &rusqlite::Row<'_>| Ok(Lock { secret: row.get(0)?, is_locked: row.get(1)? });
    Ok(statement.query_row([account], lock).optional()?)
}

fn write(connection: &Connection, account: AccountId, lock: &Lock) -> Result<(), StoreError> {
    let statement = "insert into vault (account, secret, locked) values (?1, ?2, ?3) \
         on conflict (account) do update set secret = ?2, locked = ?3";
    connection.execute(statement, (account.to_string(), &lock.secret, lock.is_locked))?;
    Ok(())
}

fn hash_of(secret: &UnlockSecret) -> String {
    ContentHash::of(&secret.0).to_string()
}

/// Returns true if the entries of `account` must not be read or written.
pub fn is_locked(connection: &Connection, account: &str) -> Result<bool, StoreError> {
    Ok(read(connection, account)?.is_some_and(|lock| lock.is_locked))
}

pub fn state(connection: &Connection, account: AccountId) -> Result<Vault, StoreError> {
    Ok(match read(connection, &account.to_string())? {
        None => Vault::Absent,
        Some(lock) if lock.is_locked => Vault::Locked,
        Some(_) => Vault::Open,
    })
}

/// Opens the login's entries after a login. Returns true if there was a lock that nothing opens any more.
pub fn admit(connection: &Connection, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError> {
    if unlock(connection, account, secret)? {
        return Ok(false);
    }
    let was_there = read(connection, &account.to_string())?.is_some();
    write(connection, account, &Lock { secret: secret.map(hash_of), is_locked: false })?;
    Ok(was_there)
}

/// Tries to unlock the login's entries. Returns true if they are open now.
pub fn unlock(connection: &Connection, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError> {
    let Some(lock) = read(connection, &account.to_string())? else { return Ok(false) };
    let given = secret.map(hash_of);
    if lock.is_locked && lock.secret.is_some() && lock.secret != given {
        return Ok(false);
    }
    write(connection, account, &Lock { secret: given.or(lock.secret), is_locked: false })?;
    Ok(true)
}

pub fn lock(connection: &Connection, account: AccountId) -> Result<(), StoreError> {
    if let Some(lock) = read(connection, &account.to_string())? {
        write(connection, account, &Lock { is_locked: true, ..lock })?;
    }
    Ok(())
}
