//! Chooses how a firm's mails are sent: by its own mail server or the common one, signed
//! or not. The transport is made again when the firm changed its settings.

use super::{Delivery, DeliveryError, sign::Signer};
use crate::{Smtp, SmtpSecurity};
use model::{id::FirmId, time::Timestamp};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use storage::{
    db::{Db, DbError, MailServer},
    egress::Egress,
    vault::Vault,
};

/// The transport of the mails of one firm.
#[derive(Clone)]
pub struct MailTransport {
    pub delivery: Arc<Delivery>,
    pub signer: Option<Arc<Signer>>,
    /// True for the firm's own mail server, whose failures do not delay the mails of other firms.
    pub own: bool,
}

/// The settings that are needed to reach firms' own mail servers.
#[derive(Clone)]
pub struct Reach {
    pub vault: Vault,
    /// The host name with which this server introduces itself.
    pub host: String,
    /// A file of root certificates that are trusted in addition to the usual ones.
    pub trust: Option<PathBuf>,
    /// The addresses at which firms' mail servers may be.
    pub egress: Egress,
}

type Versions = (Option<Timestamp>, Option<Timestamp>);

/// The transports of the mails of all firms.
pub struct MailTransports {
    db: Db,
    common: Arc<Delivery>,
    reach: Option<Reach>,
    known: Mutex<HashMap<FirmId, (Versions, MailTransport)>>,
}

/// Returns the context to which the encrypted password of a firm's mail server is bound.
pub fn password_place(firm: FirmId) -> String {
    format!("mail server {firm}")
}

/// Returns the settings of a firm's mail server, with its password.
pub fn settings(server: &MailServer, password: Option<String>, trust: Option<PathBuf>) -> Smtp {
    Smtp {
        host: server.host.clone(),
        port: Some(server.port),
        security: SmtpSecurity::of(&server.security).unwrap_or_default(),
        user: Some(server.user.clone()).filter(|user| !user.is_empty()),
        password,
        from: Some(server.from.clone()).filter(|from| !from.is_empty()),
        trust,
    }
}

impl MailTransports {
    /// Sends the mails of all firms by the common mail server.
    pub fn new(db: Db, common: Delivery) -> Self {
        Self { db, common: Arc::new(common), reach: None, known: Mutex::default() }
    }

    /// Allows firms to have mail servers of their own.
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reach: Some(reach), ..self }
    }

    /// Returns what sends a firm's mails according to its present settings.
    pub fn of(&self, firm: FirmId) -> Result<Result<MailTransport, DeliveryError>, DbError> {
        let common = MailTransport { delivery: self.common.clone(), signer: None, own: false };
        let Some(reach) = &self.reach else { return Ok(Ok(common)) };
        let (server, key) =
            self.db.read(|q| Ok::<_, DbError>((q.mail_server(firm)?, q.mail_key(firm)?.filter(|key| key.used))))?;
        let versions = (server.as_ref().map(|s| s.changed_at), key.as_ref().map(|k| k.changed_at));
        if let Some((known, transport)) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&firm)
            && *known == versions
        {
            return Ok(Ok(transport.clone()));
        }
        let signer = key.and_then(|key| match Signer::open(&reach.vault, firm, &key) {
            Ok(signer) => Some(Arc::new(signer)),
            Err(error) => {
                tracing::error!(%error, %firm, "mails leave without a signature");
                None
            }
        });
        let mut transport = MailTransport { signer, ..common };
        if let Some(server) = server {
            let password =
                server.password.as_deref().and_then(|sealed| reach.vault.open(&password_place(firm), sealed));
            let smtp = settings(&server, password, reach.trust.clone());
            match Delivery::of_firm(&smtp, &reach.host, &reach.egress) {
                Ok(delivery) => transport = MailTransport { delivery: Arc::new(delivery), own: true, ..transport },
                Err(error) => return Ok(Err(error)),
            }
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(firm, (versions, transport.clone()));
        Ok(Ok(transport))
    }
}
