//! How the domain's types stand in columns.

use model::{hash::ContentHash, id::*, language::Language, record::Role, time::Timestamp};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// A domain value as a column.
pub(super) struct Col<T>(pub T);

macro_rules! blobs {
    ($($id:ident)*) => {$(
        impl FromSql for Col<$id> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Ok(Self($id::from_bytes(<[u8; 16]>::column_result(value)?)))
            }
        }
        impl ToSql for Col<$id> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
            }
        }
    )*};
}

blobs! { AccountId FirmId AdvisorId ClientId PersonId DeviceId DocumentId AttachmentId }

impl FromSql for Col<ContentHash> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(ContentHash(<[u8; 32]>::column_result(value)?)))
    }
}

impl ToSql for Col<ContentHash> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0.0)))
    }
}

impl FromSql for Col<Timestamp> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(|ms| Self(Timestamp(ms)))
    }
}

impl ToSql for Col<Timestamp> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.0.into())
    }
}

impl FromSql for Col<Language> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(|tag| Self(Language::from_tag(tag)))
    }
}

impl ToSql for Col<Language> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.tag().into())
    }
}

impl FromSql for Col<Role> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "approver" => Ok(Self(Role::Approver)),
            "filler" => Ok(Self(Role::Filler)),
            "reader" => Ok(Self(Role::Reader)),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl ToSql for Col<Role> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let word = match self.0 {
            Role::Approver => "approver",
            Role::Filler => "filler",
            Role::Reader => "reader",
        };
        Ok(word.into())
    }
}
