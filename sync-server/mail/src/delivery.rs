//! Sends a mail to the configured mail server, or writes it into a folder if there is
//! none. Tries once; the outbox decides when to try again.

use super::{error::DeliveryError, message::message, server::Server, sign::Signer};
use crate::Smtp;
use lettre::Message;
use std::{io, path::PathBuf};
use storage::{db::OutboxRow, egress::Egress};

/// The destinations that mails can be sent to.
pub enum Delivery {
    /// A mail server.
    Smtp { server: Box<Server>, from: Option<String> },
    /// A folder, as files `<id>.eml`, so that nothing leaves the machine.
    Folder(PathBuf),
}

impl Delivery {
    /// Sends to the operator's mail server. `host` is the name with which this server introduces itself.
    pub fn smtp(settings: &Smtp, host: &str) -> Result<Self, DeliveryError> {
        Ok(Self::Smtp { server: Box::new(Server::of(settings, host, None)?), from: settings.from.clone() })
    }

    /// Sends to a mail server that a firm chose, which has to be where `egress` allows.
    pub fn of_firm(settings: &Smtp, host: &str, egress: &Egress) -> Result<Self, DeliveryError> {
        let server = Server::of(settings, host, Some(egress.clone()))?;
        Ok(Self::Smtp { server: Box::new(server), from: settings.from.clone() })
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
            Self::Smtp { server, from } => server.send(&written(from.as_deref())?).await,
            Self::Folder(folder) => {
                let (path, message) = (folder.join(format!("{}.eml", row.id)), written(None)?);
                let folder = folder.clone();
                let written = tokio::task::spawn_blocking(move || write(&folder, &path, &message));
                written.await.map_err(io::Error::other)??;
                Ok(String::new())
            }
        }
    }

    /// Ends the connection that was kept for further mails.
    pub async fn hang_up(&self) {
        if let Self::Smtp { server, .. } = self {
            server.hang_up().await;
        }
    }
}

fn write(folder: &PathBuf, path: &PathBuf, message: &Message) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(path, message.formatted())
}
