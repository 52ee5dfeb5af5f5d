//! SQLite with the few functions that all queries use. The only file
//! that names the driver.

use super::{
    column::{FromColumn, Value},
    error::DbError,
};
use rusqlite::{
    CachedStatement, ErrorCode, OpenFlags,
    types::{ToSql, ToSqlOutput, ValueRef},
};
use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::Duration,
};

/// The time that a statement waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// The number of statements that a connection keeps prepared.
const PREPARED: usize = 128;

/// A connection to the database file.
pub(super) struct Connection(rusqlite::Connection);

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Refused(error.into()),
        }
    }
}

impl From<std::io::Error> for DbError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Refused(error.into()),
        }
    }
}

impl Connection {
    /// Opens the file for writing and creates it if it is absent.
    pub fn open(path: &Path) -> Result<Self, DbError> {
        let connection = rusqlite::Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Self::ready(connection)
    }

    /// Opens an existing file for reading only.
    pub fn open_to_read(path: &Path) -> Result<Self, DbError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::ready(rusqlite::Connection::open_with_flags(path, flags)?)
    }

    /// Opens an existing file for reading in a way that leaves no trace beside it.
    pub fn open_untouched(path: &Path) -> Result<Self, DbError> {
        let mut beside = path.as_os_str().to_owned();
        beside.push("-wal");
        if Path::new(&beside).exists() {
            return Self::open_to_read(path);
        }
        // No process uses the file, so SQLite may assume that it does not change.
        let mut address =
            url::Url::from_file_path(std::path::absolute(path)?).map_err(|()| DbError::Missing("file"))?;
        address.set_query(Some("immutable=1"));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::ready(rusqlite::Connection::open_with_flags(address.as_str(), flags)?)
    }

    fn ready(connection: rusqlite::Connection) -> Result<Self, DbError> {
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Ok(Self(connection))
    }

    /// Runs statements without values, such as those that start and end a
    /// transaction or a step of the schema.
    pub fn batch(&self, sql: &str) -> Result<(), DbError> {
        Ok(self.0.execute_batch(sql)?)
    }

    /// Returns true if a transaction is open.
    pub fn in_transaction(&self) -> bool {
        !self.0.is_autocommit()
    }

    fn prepared(&self, sql: &str, values: &[Value<'_>]) -> Result<CachedStatement<'_>, DbError> {
        #[cfg(debug_assertions)]
        super::noted::note(sql);
        let mut statement = self.0.prepare_cached(sql)?;
        for (number, value) in (1..).zip(values) {
            statement.raw_bind_parameter(number, value)?;
        }
        Ok(statement)
    }
}

/// A row of a result.
pub(super) struct Row<'r>(&'r rusqlite::Row<'r>);

/// Selects a column of a row: by its number, from 0, or by its name.
pub(super) enum ColumnRef {
    At(usize),
    Named(&'static str),
}

impl From<usize> for ColumnRef {
    fn from(number: usize) -> Self {
        Self::At(number)
    }
}

impl From<&'static str> for ColumnRef {
    fn from(name: &'static str) -> Self {
        Self::Named(name)
    }
}

impl Row<'_> {
    /// Returns the value of a column.
    pub fn get<T: FromColumn>(&self, place: impl Into<ColumnRef>) -> Result<T, DbError> {
        let (value, name) = match place.into() {
            ColumnRef::At(number) => (self.0.get_ref(number)?, "column"),
            ColumnRef::Named(name) => (self.0.get_ref(name)?, name),
        };
        let value = match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Text(text) => {
                Value::Text(std::str::from_utf8(text).map_err(|_| DbError::Malformed(name))?.into())
            }
            ValueRef::Blob(bytes) => Value::Bytes(bytes.into()),
            ValueRef::Real(_) => return Err(DbError::Malformed(name)),
        };
        T::from_column(value).ok_or(DbError::Malformed(name))
    }
}

/// Access for reading, within one consistent view.
pub struct Query<'c>(pub(super) &'c Connection);

/// Access for writing, within one transaction.
pub struct Tx<'c>(pub(super) Query<'c>);

impl<'c> std::ops::Deref for Tx<'c> {
    type Target = Query<'c>;
    fn deref(&self) -> &Query<'c> {
        &self.0
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Flag(flag) => ValueRef::Integer(i64::from(*flag)),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Query<'_> {
    /// Reads row after row until `read` breaks off.
    pub(super) fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, DbError>,
    ) -> Result<(), DbError> {
        let mut statement = self.0.prepared(sql, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if read(&Row(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Reads all rows that can be read. One that cannot is logged and left out, so that it hides no other.
    pub(super) fn readable<T, Rows: Default + Extend<T>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Rows, DbError> {
        let mut found = Rows::default();
        self.each(sql, values, |row| {
            match read(row) {
                Ok(row) => found.extend([row]),
                Err(error) => tracing::error!(%error, "a row cannot be read and is left out"),
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// Reads all rows.
    pub(super) fn many<T, Rows: FromIterator<T>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Rows, DbError> {
        let mut statement = self.0.prepared(sql, values)?;
        let mut rows = statement.raw_query();
        std::iter::from_fn(|| rows.next().transpose().map(|row| read(&Row(row?)))).collect()
    }

    /// Reads the first row, if there is one.
    pub(super) fn optional<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let mut statement = self.0.prepared(sql, values)?;
        let mut rows = statement.raw_query();
        rows.next()?.map(|row| read(&Row(row))).transpose()
    }

    /// Reads the first row, which must exist.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.optional(sql, values, read)?.ok_or(DbError::Missing("row"))
    }

    /// Returns true if there is a row.
    pub(super) fn exists(&self, sql: &str, values: &[Value<'_>]) -> Result<bool, DbError> {
        Ok(self.optional(sql, values, |_| Ok(()))?.is_some())
    }
}

impl Tx<'_> {
    /// Makes a part of this transaction. If it fails or panics, nothing of that part is kept, and the
    /// rest of the transaction can go on.
    pub fn apart<T, E: From<DbError>>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = self.0.0;
        connection.batch("savepoint part")?;
        let result = catch_unwind(AssertUnwindSafe(|| change(self)))
            .unwrap_or_else(|panic| Err(DbError::of_panic(panic.as_ref()).into()));
        let ended = connection.batch(if result.is_ok() { "release part" } else { "rollback to part; release part" });
        // After a full disk there may be no savepoint left to return to: why the part failed is what matters.
        result.and_then(|made| ended.map(|()| made).map_err(E::from))
    }

    /// Changes rows. Returns their number.
    pub(super) fn run(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, DbError> {
        // A full disk may have ended the transaction. What somebody then writes after a part that failed would stand alone.
        if !self.0.0.in_transaction() {
            return Err(DbError::DiskFull);
        }
        Ok(self.0.0.prepared(sql, values)?.raw_execute()?)
    }
}
