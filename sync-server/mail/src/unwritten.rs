//! The reasons why a mail cannot be written.

/// The reasons why a mail could not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    #[error("the occasion is not one for this addressee")]
    WrongAudience,
    #[error("the mail's text cannot be read or drawn")]
    Template,
}
