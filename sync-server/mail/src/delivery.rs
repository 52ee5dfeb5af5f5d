//! Sends a mail to the configured mail server, or writes it into a folder if there is
//! none. Tries once; the outbox decides when to try again.

use super::{
    message::{MessageError, message},
    sign::Signer,
};
use crate::{Smtp, SmtpSecurity};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::{error::Error, io, path::PathBuf, time::Duration};
use storage::db::OutboxRow;

/// The longest time that a mail server may take for one command.
const PATIENCE: Duration = Duration::from_secs(30);

/// The reasons why a mail could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
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

/// Returns the text of an error with all its causes, among them the mail server's own words.
fn whole(error: &lettre::transport::smtp::Error) -> String {
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

/// The destinations that mails can be sent to.
pub enum Delivery {
    /// A mail server.
    Smtp { transport: Box<AsyncSmtpTransport<Tokio1Executor>>, from: Option<String> },
    /// A folder, as files `<id>.eml`, so that nothing leaves the machine.
    Folder(PathBuf),
}

impl Delivery {
    /// Sends to the mail server of the settings. `host` is the name with which this server introduces itself.
    pub fn smtp(settings: &Smtp, host: &str) -> Result<Self, DeliveryError> {
        let tls = || {
            let mut parameters = TlsParameters::builder(settings.host.clone());
            if let Some(file) = &settings.trust {
                let root = Certificate::from_pem(&std::fs::read(file)?).map_err(DeliveryError::Unreachable)?;
                parameters = parameters.add_root_certificate(root);
            }
            parameters.build().map_err(DeliveryError::Unreachable)
        };
        let (tls, port) = match settings.security {
            SmtpSecurity::None => (Tls::None, 25),
            SmtpSecurity::StartTls => (Tls::Required(tls()?), 587),
            SmtpSecurity::Tls => (Tls::Wrapper(tls()?), 465),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(host.to_owned()));
        if let (Some(user), Some(password)) = (&settings.user, &settings.password) {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self::Smtp { transport: Box::new(builder.build()), from: settings.from.clone() })
    }

    /// Returns true if mails leave this machine.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Smtp { .. })
    }

    /// Tries once to send a mail. Returns the mail server's words of acceptance.
    pub async fn deliver(&self, row: &OutboxRow, signer: Option<&Signer>) -> Result<String, DeliveryError> {
        let written = |from: Option<&str>| {
            let mut message = message(row, from)?;
            if let Some(signer) = signer {
                signer.sign(row, from, &mut message);
            }
            Ok::<_, DeliveryError>(message)
        };
        match self {
            Self::Smtp { transport, from } => {
                let response = transport.send(written(from.as_deref())?).await.map_err(sorted)?;
                let words: Vec<_> = response.message().collect();
                Ok(format!("{} {}", response.code(), words.join(" ")))
            }
            Self::Folder(folder) => {
                let (path, message) = (folder.join(format!("{}.eml", row.id)), written(None)?);
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || write(&folder, &path, &message));
                written.await.map_err(io::Error::other)??;
                Ok(String::new())
            }
        }
    }
}

fn write(folder: &PathBuf, path: &PathBuf, message: &Message) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(path, message.formatted())
}

fn sorted(error: lettre::transport::smtp::Error) -> DeliveryError {
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
