//! The errors of the database.

use std::any::Any;

/// The errors of the database. The public never sees them.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The database did not carry out a statement.
    #[error("database: {0}")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A newer release used the database.
    #[error(
        "a newer release of Akkoord used this data folder (step {0} of its schema is unknown here): \
         please start that release or a newer one; nothing was changed"
    )]
    Newer(String),
    /// A row does not contain what was written there.
    #[error("database holds a malformed {0}")]
    Malformed(&'static str),
    /// A row is missing to which another row refers.
    #[error("database lacks the {0}")]
    Missing(&'static str),
    /// A value cannot be stored.
    #[error("a {0} cannot be written down")]
    Unwritable(&'static str),
    /// A log has grown since it was read, so that what was to be appended does not follow its end.
    #[error("a log went on since it was read")]
    HeadMoved,
    /// An Automerge actor belongs to another device.
    #[error("an actor belongs to another device")]
    ActorTaken,
    /// The purpose of the write failed for a reason outside the database.
    #[error("a write was given up: {0}")]
    GivenUp(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The changes of this write could not be made durable.
    #[error("database could not commit: {0}")]
    NotCommitted(String),
    /// There is no room on the disk for what was to be written.
    #[error("the disk is full")]
    DiskFull,
    /// The writer is gone, because the process ends.
    #[error("database is closed")]
    Closed,
    /// The work panicked; nothing of it was stored.
    #[error("it panicked: {0}")]
    Panicked(String),
}

impl DbError {
    /// Returns the error of a write that failed for a reason outside the database.
    pub fn given_up(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::GivenUp(reason.into())
    }

    /// Returns the error of work that panicked.
    pub fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        Self::Panicked(words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default())
    }
}
