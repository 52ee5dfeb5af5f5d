//! The settings with which a mail server is reached.

use serde::Deserialize;
use std::path::PathBuf;

/// The mail server that sends the mails.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    /// The port; without one it is 25, 587 or 465, depending on `security`.
    pub port: Option<u16>,
    #[serde(default)]
    pub security: SmtpSecurity,
    pub user: Option<String>,
    pub password: Option<String>,
    /// The sender of all mails, if the mail server prescribes one.
    pub from: Option<String>,
    /// A PEM file with a root certificate that is trusted in addition to the usual ones, for a mail
    /// server with a self-made certificate.
    pub trust: Option<PathBuf>,
}

/// The encryption of the connection to the mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// The connection is not encrypted, as for a mail server on this machine.
    None,
    /// Upgraded to TLS before anything is sent.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
}

impl SmtpSecurity {
    /// Returns the word for it in settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
        }
    }

    /// Returns the security with this word, or None.
    pub fn of(word: &str) -> Option<Self> {
        [Self::None, Self::StartTls, Self::Tls].into_iter().find(|security| security.word() == word)
    }
}

impl std::fmt::Debug for Smtp {
    /// Leaves out the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}
