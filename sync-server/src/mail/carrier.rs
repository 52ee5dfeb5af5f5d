//! Who carries a firm's mails: its own mail server or the common one, and
//! whether they are signed. Set up anew when the firm changed its settings.

use super::{Delivery, DeliveryError, sign::Signer};
use crate::{
    config::{Smtp, SmtpSecurity},
    db::{Db, DbError, MailServer},
    vault::Vault,
};
use model::{id::FirmId, time::Timestamp};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

/// The carrier of one firm's mails.
#[derive(Clone)]
pub struct Carrier {
    pub delivery: Arc<Delivery>,
    pub signer: Option<Arc<Signer>>,
    /// The firm's own mail server: others are not held up by it.
    pub own: bool,
}

/// What own mail servers are reached with.
#[derive(Clone)]
pub struct Reach {
    pub vault: Vault,
    /// How we introduce ourselves.
    pub host: String,
    /// Roots that are trusted beside the usual ones.
    pub trust: Option<PathBuf>,
}

type Versions = (Option<Timestamp>, Option<Timestamp>);

/// The carriers of all firms.
pub struct Carriers {
    db: Db,
    common: Arc<Delivery>,
    reach: Option<Reach>,
    known: Mutex<HashMap<FirmId, (Versions, Carrier)>>,
}

/// Where a password belongs in the vault.
pub fn password_place(firm: FirmId) -> String {
    format!("mail server {firm}")
}

/// The settings of a firm's mail server, with its password.
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

impl Carriers {
    /// All by the common one.
    pub fn new(db: Db, common: Delivery) -> Self {
        Self { db, common: Arc::new(common), reach: None, known: Mutex::default() }
    }

    /// Also by firms' own.
    pub fn reaching(self, reach: Reach) -> Self {
        Self { reach: Some(reach), ..self }
    }

    /// The carrier of a firm's mails, as it is set up now.
    pub fn of(&self, firm: FirmId) -> Result<Result<Carrier, DeliveryError>, DbError> {
        let common = Carrier { delivery: self.common.clone(), signer: None, own: false };
        let Some(reach) = &self.reach else { return Ok(Ok(common)) };
        let (server, key) =
            self.db.read(|q| Ok::<_, DbError>((q.mail_server(firm)?, q.mail_key(firm)?.filter(|key| key.used))))?;
        let versions = (server.as_ref().map(|s| s.changed_at), key.as_ref().map(|k| k.changed_at));
        if let Some((known, carrier)) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&firm)
            && *known == versions
        {
            return Ok(Ok(carrier.clone()));
        }
        let signer = key.and_then(|key| match Signer::open(&reach.vault, firm, &key) {
            Ok(signer) => Some(Arc::new(signer)),
            Err(error) => {
                tracing::error!(%error, %firm, "mails leave without a signature");
                None
            }
        });
        let mut carrier = Carrier { signer, ..common };
        if let Some(server) = server {
            let password =
                server.password.as_deref().and_then(|sealed| reach.vault.open(&password_place(firm), sealed));
            let smtp = settings(&server, password, reach.trust.clone());
            match Delivery::smtp(&smtp, &reach.host) {
                Ok(delivery) => carrier = Carrier { delivery: Arc::new(delivery), own: true, ..carrier },
                Err(error) => return Ok(Err(error)),
            }
        }
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(firm, (versions, carrier.clone()));
        Ok(Ok(carrier))
    }
}
