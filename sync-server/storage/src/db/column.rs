//! The forms of values in columns. A type that is stored implements [`ToColumn`]
//! and [`FromColumn`]; nothing here knows which database is used.

use super::{file_view::FileView, return_phase::ReturnPhase, upload_id::UploadId};
use model::{
    event::EventKind,
    hash::ContentHash,
    id::*,
    language::Language,
    mail::{DigestKind, MailKind, MailRank},
    record::Role,
    tax_return::{Period, ReturnKind},
    time::{Date, TaxYear, Timestamp},
};
use std::borrow::Cow;

/// A value in one of the forms that every database has.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'v> {
    Null,
    Integer(i64),
    Flag(bool),
    Text(Cow<'v, str>),
    Bytes(Cow<'v, [u8]>),
}

impl Value<'_> {
    /// Returns the same value without borrowed parts.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(number) => Value::Integer(number),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Text(text) => Value::Text(text.into_owned().into()),
            Self::Bytes(bytes) => Value::Bytes(bytes.into_owned().into()),
        }
    }
}

/// A type whose values can be written to a column.
pub(super) trait ToColumn {
    fn to_column(&self) -> Value<'_>;
}

/// A type whose values can be read from a column.
pub(super) trait FromColumn: Sized {
    /// Returns `None` for a value that was never written from this type.
    fn from_column(value: Value<'_>) -> Option<Self>;
}

/// Lists the values of a statement for its placeholders, in the order of their numbers.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::db::column::ToColumn::to_column(&$value)),*] };
}
pub(super) use values;

impl<T: ToColumn + ?Sized> ToColumn for &T {
    fn to_column(&self) -> Value<'_> {
        (**self).to_column()
    }
}

impl<T: ToColumn> ToColumn for Option<T> {
    fn to_column(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToColumn::to_column)
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::from_column(value).map(Some) }
    }
}

macro_rules! integers {
    ($($integer:ty)*) => {$(
        impl ToColumn for $integer {
            fn to_column(&self) -> Value<'_> {
                // A count that no column can hold is larger than any count that can occur.
                Value::Integer(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
        impl FromColumn for $integer {
            fn from_column(value: Value<'_>) -> Option<Self> {
                if let Value::Integer(number) = value { number.try_into().ok() } else { None }
            }
        }
    )*};
}

integers! { i16 i64 u8 u16 u32 u64 usize }

impl ToColumn for bool {
    fn to_column(&self) -> Value<'_> {
        Value::Flag(*self)
    }
}

impl FromColumn for bool {
    fn from_column(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Flag(flag) => Some(flag),
            // SQLite stores flags as numbers.
            Value::Integer(number) => Some(number != 0),
            _ => None,
        }
    }
}

impl ToColumn for str {
    fn to_column(&self) -> Value<'_> {
        Value::Text(self.into())
    }
}

impl ToColumn for String {
    fn to_column(&self) -> Value<'_> {
        self.as_str().to_column()
    }
}

impl FromColumn for String {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { Some(text.into_owned()) } else { None }
    }
}

impl ToColumn for [u8] {
    fn to_column(&self) -> Value<'_> {
        Value::Bytes(self.into())
    }
}

impl ToColumn for Vec<u8> {
    fn to_column(&self) -> Value<'_> {
        self.as_slice().to_column()
    }
}

impl FromColumn for Vec<u8> {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if let Value::Bytes(bytes) = value { Some(bytes.into_owned()) } else { None }
    }
}

impl<const N: usize> ToColumn for [u8; N] {
    fn to_column(&self) -> Value<'_> {
        self.as_slice().to_column()
    }
}

impl<const N: usize> FromColumn for [u8; N] {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if let Value::Bytes(bytes) = value { bytes.as_ref().try_into().ok() } else { None }
    }
}

/// Implements the traits for types that are stored as the value they consist of.
macro_rules! made_of {
    ($($column:ident: $type:ty, $of:expr, $as:expr;)*) => {$(
        impl ToColumn for $column {
            fn to_column(&self) -> Value<'_> {
                let part: fn(&Self) -> &$type = $as;
                part(self).to_column()
            }
        }
        impl FromColumn for $column {
            fn from_column(value: Value<'_>) -> Option<Self> {
                <$type>::from_column(value).map($of)
            }
        }
    )*};
}

made_of! {
    AccountId: [u8; 16], Self::from_bytes, Self::as_bytes;
    FirmId: [u8; 16], Self::from_bytes, Self::as_bytes;
    AdvisorId: [u8; 16], Self::from_bytes, Self::as_bytes;
    ClientId: [u8; 16], Self::from_bytes, Self::as_bytes;
    PersonId: [u8; 16], Self::from_bytes, Self::as_bytes;
    RevisionId: [u8; 16], Self::from_bytes, Self::as_bytes;
    DeviceId: [u8; 16], Self::from_bytes, Self::as_bytes;
    DocumentId: [u8; 16], Self::from_bytes, Self::as_bytes;
    AttachmentId: [u8; 16], Self::from_bytes, Self::as_bytes;
    BulkId: [u8; 16], Self::from_bytes, Self::as_bytes;
    TaxReturnId: [u8; 16], Self::from_bytes, Self::as_bytes;
    ImportId: [u8; 16], Self::from_bytes, Self::as_bytes;
    UploadId: [u8; 16], Self, |id| &id.0;
    ContentHash: [u8; 32], Self, |hash| &hash.0;
    Timestamp: i64, Self, |at| &at.0;
    TaxYear: i16, Self, |year| &year.0;
}

/// Implements the traits for types that are stored as a word.
macro_rules! words {
    ($($kind:ident)*) => {$(
        impl ToColumn for $kind {
            fn to_column(&self) -> Value<'_> {
                self.word().to_column()
            }
        }
        impl FromColumn for $kind {
            fn from_column(value: Value<'_>) -> Option<Self> {
                if let Value::Text(word) = value { Self::of(&word) } else { None }
            }
        }
    )*};
}

words! { MailKind DigestKind EventKind FileView ReturnKind ReturnPhase }

/// A rank is stored as a number, because mails are put in its order.
impl ToColumn for MailRank {
    fn to_column(&self) -> Value<'_> {
        Value::Integer(self.number())
    }
}

impl FromColumn for MailRank {
    fn from_column(value: Value<'_>) -> Option<Self> {
        Self::of(i64::from_column(value)?)
    }
}

/// A day is stored as `YYYY-MM-DD`, because the order of these texts is that of the days.
impl ToColumn for Date {
    fn to_column(&self) -> Value<'_> {
        Value::Text(self.to_string().into())
    }
}

impl FromColumn for Date {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { text.parse().ok() } else { None }
    }
}

impl ToColumn for Period {
    fn to_column(&self) -> Value<'_> {
        Value::Text(self.to_string().into())
    }
}

impl FromColumn for Period {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if let Value::Text(text) = value { text.parse().ok() } else { None }
    }
}

impl ToColumn for Language {
    fn to_column(&self) -> Value<'_> {
        self.tag().to_column()
    }
}

impl FromColumn for Language {
    fn from_column(value: Value<'_>) -> Option<Self> {
        if let Value::Text(tag) = value { Some(Self::from_tag(&tag)) } else { None }
    }
}

impl ToColumn for Role {
    fn to_column(&self) -> Value<'_> {
        match self {
            Self::Approver => "approver",
            Self::Filler => "filler",
            Self::Reader => "reader",
        }
        .to_column()
    }
}

impl FromColumn for Role {
    fn from_column(value: Value<'_>) -> Option<Self> {
        match String::from_column(value)?.as_str() {
            "approver" => Some(Self::Approver),
            "filler" => Some(Self::Filler),
            "reader" => Some(Self::Reader),
            _ => None,
        }
    }
}
