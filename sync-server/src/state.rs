//! The parts of the server that every request handler can reach. It is cheap to clone, and never holds
//! anything about one request or one person.

use crate::{
    attachment::{Store, StoreError},
    auth::{PasskeyError, Passkeys},
    clock::Clock,
    config::Config,
    db::{Db, DbError},
    dossiers::{Dossiers, RelyingParty},
    mail::Composer,
    seal::{Seal, SealError},
    web::RateLimit,
};
use std::{path::PathBuf, sync::Arc};

/// The parts of a running server.
#[derive(Clone)]
pub struct State {
    pub config: Arc<Config>,
    pub db: Db,
    pub clock: Clock,
    pub passkeys: Arc<Passkeys>,
    pub rate_limit: Arc<RateLimit>,
    pub composer: Arc<Composer>,
    pub files: Store,
    pub dossiers: Dossiers,
    pub seal: Seal,
    /// Notified when there is work that goes on after its request.
    pub jobs: Arc<tokio::sync::Notify>,
}

/// The reasons why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("{folder}: {cause}")]
    Folder { folder: PathBuf, cause: std::io::Error },
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Passkeys(#[from] PasskeyError),
    #[error(transparent)]
    Files(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
}

impl State {
    /// Opens the data folder, and creates it if it is absent.
    pub fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        std::fs::create_dir_all(&config.data)
            .map_err(|cause| StartError::Folder { folder: config.data.clone(), cause })?;
        let db = Db::open(&config.data.join("akkoord.db"))?;
        let files = Store::open(&config.data, clock.clone(), config.max_upload)?;
        files.sweep(&db)?;
        let composer = Arc::new(Composer::new(config.origin.as_str(), config.mails_at_once));
        let relying_party =
            RelyingParty { id: config.origin.rp_id().to_owned(), origin: config.origin.as_str().to_owned() };
        Ok(Self {
            dossiers: Dossiers::new(db.clone(), clock.clone(), composer.clone(), relying_party),
            passkeys: Arc::new(Passkeys::new(&config.origin)?),
            rate_limit: Arc::new(RateLimit::new(config.requests_per_minute)),
            composer,
            seal: Seal::open(&config.data)?,
            files,
            jobs: Arc::default(),
            config: Arc::new(config),
            db,
            clock,
        })
    }
}
