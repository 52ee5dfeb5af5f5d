//! The reasons why a mail could not be sent, and which of them may pass.

use super::message::MessageError;
use std::{error::Error, io};
use storage::egress::EgressError;

/// The reasons why a mail could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// There was no conversation with a firm's mail server that was encrypted under its name. The words are
    /// the same whatever was met there, so that nobody explores a network with the settings of a mail server.
    #[error("{}", Self::NOT_REACHED)]
    NotReached,
    /// A firm's mail server refused for now, by a connection without TLS, so its words are not repeated.
    #[error("{}", Self::UNQUOTED_LATER)]
    UnquotedLater,
    /// A firm's mail server refused for good, by a connection without TLS, so its words are not repeated.
    #[error("{}", Self::UNQUOTED_REFUSED)]
    UnquotedRefused,
    /// The operator's mail server was not reached.
    #[error(transparent)]
    Egress(EgressError),
    /// The mail server did not answer, so the next mail would fail too.
    #[error("{}", whole(.0))]
    Unreachable(#[source] lettre::transport::smtp::Error),
    /// The mail server refused for now, and may accept the mail later.
    #[error("{}", whole(.0))]
    Later(#[source] lettre::transport::smtp::Error),
    /// The mail server refused for good.
    #[error("{}", whole(.0))]
    Refused(#[source] lettre::transport::smtp::Error),
    /// The mail cannot be written as a message.
    #[error(transparent)]
    Message(#[from] MessageError),
    #[error("a file on this server: {0}")]
    Folder(#[from] io::Error),
}

impl DeliveryError {
    /// What is stored with a mail whose firm's mail server was not reached.
    pub const NOT_REACHED: &str = "the mail server is not reached with TLS and a valid certificate";
    /// What is stored with a mail that a firm's mail server refused for now, by a connection without TLS.
    pub const UNQUOTED_LATER: &str = "the mail server refuses the mail for now";
    /// What is stored with a mail that a firm's mail server refused for good, by a connection without TLS.
    pub const UNQUOTED_REFUSED: &str = "the mail server refuses the mail";
}

/// Returns the text of an error with all its causes, among them the mail server's own words.
pub(super) fn whole(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let words = cause.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        source = cause.source();
    }
    text
}

/// Tells apart what is the mail's fault and what may pass.
pub(super) fn sorted(error: lettre::transport::smtp::Error) -> DeliveryError {
    let status = error.status().map(u16::from);
    match status {
        // 530, 534, 535 and 538 mean that our login is refused, 421 that the server is closing down. Neither
        // is the mail's fault, so the mail is not given up.
        Some(421 | 530 | 534 | 535 | 538) => DeliveryError::Unreachable(error),
        Some(500..) => DeliveryError::Refused(error),
        Some(_) => DeliveryError::Later(error),
        None => DeliveryError::Unreachable(error),
    }
}
