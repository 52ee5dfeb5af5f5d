//! Why a change is refused.

use serde::{Deserialize, Serialize};

/// The reasons why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// It has more changes, records or bytes than a push may have.
    #[error("too large")]
    TooLarge,
    /// It is based on a change that the server does not have.
    #[error("unknown dependency")]
    UnknownDependency,
    /// The section belongs to the other party.
    #[error("not this party's to write")]
    WrongParty,
    /// The key or the content does not fit the section.
    #[error("malformed record")]
    Malformed,
    /// It names another person as its author.
    #[error("another author")]
    WrongAuthor,
    /// The person's role does not allow it.
    #[error("role does not allow this")]
    NotAllowed,
    /// It would overwrite something that is written once.
    #[error("written once")]
    WrittenOnce,
    /// Nothing would change.
    #[error("no effect")]
    NoEffect,
    /// The replay resulted in another hash.
    #[error("other hash")]
    OtherHash,
    /// The actor belongs to another device.
    #[error("another device's actor")]
    WrongActor,
    /// The document is unknown, or the person has no access to it.
    #[error("unknown document")]
    UnknownDocument,
    /// The server failed; trying again may help.
    #[error("server failure")]
    ServerFailure,
    /// It is about something that is not there.
    #[error("about nothing that is there")]
    UnknownSubject,
    /// The person said the same kind of thing about one thing too often.
    #[error("said too often")]
    TooOften,
    /// It has a moment that cannot be: the clock of the device is wrong.
    #[error("impossible moment")]
    WrongClock,
    /// Too many changes would stand side by side.
    #[error("too many heads")]
    TooManyHeads,
    /// The document has no room for further records, except for those that always have room.
    #[error("document full")]
    DocumentFull,
    /// The person wrote as many records as somebody may write on one day.
    #[error("budget of the day used up")]
    DailyBudget,
}

/// The first change of a batch that is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedChange {
    /// The position in the batch.
    pub index: usize,
    /// The reason of the refusal.
    pub reason: Reason,
}
