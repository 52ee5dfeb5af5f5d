//! The parts of the server that every request handler can reach. It is cheap to clone, and never holds
//! anything about one request or one person.

use crate::{config::Config, line::Limits as LineLimits, ready::Ready, sync::Sockets};
use accounts::{Accounts, Change, Limits, PasskeyError, hourly::Hourly};
use axum::extract::FromRef;
use console::{Console, TESTS_AN_HOUR};
use dossiers::Dossiers;
use futures_util::future::BoxFuture;
use inspect::Inspector;
use mail::{Composer, transport::Reach};
use proof::seal::Seal;
use std::{path::PathBuf, sync::Arc};
use storage::{
    attachment::{Store, StoreError},
    clock::Clock,
    db::{Db, DbError},
    egress::Egress,
    key_file::{KeyFile, KeyFileError},
    vault::Vault,
};
use tokio::sync::Notify;

/// The parts of a running server.
#[derive(Clone, FromRef)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    pub clock: Clock,
    pub composer: Arc<Composer>,
    pub files: Store,
    pub accounts: Accounts,
    pub dossiers: Dossiers,
    pub seal: Seal,
    pub vault: Vault,
    pub ready: Arc<Ready>,
    /// The open sockets of devices.
    pub sockets: Sockets,
    /// How long a connection may keep the server waiting.
    pub lines: LineLimits,
    /// Notified when there is work that goes on after its request.
    pub jobs: Arc<Notify>,
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
    Key(#[from] KeyFileError),
}

impl AppState {
    /// Opens the data folder, and creates it if it is absent.
    pub fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        std::fs::create_dir_all(&config.data)
            .map_err(|cause| StartError::Folder { folder: config.data.clone(), cause })?;
        let db = Db::open(&config.data.join("akkoord.db"))?;
        let files = Store::open(&config.data, clock.clone(), config.max_upload, config.storage)?;
        // What cannot be tidied up now is no reason to answer nobody.
        if let Err(error) = files.sweep(&db) {
            tracing::error!(%error, "old parts of uploads are not deleted");
        }
        let composer = Arc::new(Composer::new(config.origin.as_str(), config.mails_at_once));
        let KeyFile { seal, vault } = KeyFile::open(&config.data, &db)?;
        let relying_party = config.origin.relying_party();
        let inspector = Inspector::new(config.program.clone(), db.clone(), clock.clone());
        let stores = (files.clone(), inspector, vault.clone());
        let dossiers = Dossiers::new(db.clone(), clock.clone(), composer.clone(), relying_party, stores);
        let limits =
            Limits { requests_per_minute: config.requests_per_minute, trusted_proxies: config.trusted_proxies };
        let accounts = Accounts::new(db.clone(), clock.clone(), composer.clone(), config.origin.clone(), limits)?;
        Ok(Self {
            accounts: accounts.following(follow(dossiers.clone())),
            dossiers,
            composer,
            seal,
            vault,
            ready: Arc::default(),
            files,
            sockets: Sockets::new(clock.clone()),
            lines: LineLimits::default(),
            jobs: Arc::default(),
            config: Arc::new(config),
            db,
            clock,
        })
    }

    /// Returns what is needed to reach firms' own mail servers.
    pub fn reach(&self) -> Reach {
        Reach {
            vault: self.vault.clone(),
            host: self.config.origin.rp_id().to_owned(),
            trust: self.config.smtp.as_ref().and_then(|smtp| smtp.trust.clone()),
            egress: match self.config.mail_servers_inside {
                true => Egress::anywhere(),
                false => Egress::public(),
            },
        }
    }

    /// Returns the parts of the server that the console uses.
    pub fn console(&self) -> Console {
        Console {
            db: self.db.clone(),
            clock: self.clock.clone(),
            composer: self.composer.clone(),
            files: self.files.clone(),
            accounts: self.accounts.clone(),
            dossiers: self.dossiers.clone(),
            work: self.dossiers.work().clone(),
            seal: self.seal.clone(),
            reach: self.reach(),
            mail_tests: Arc::new(Hourly::new(TESTS_AN_HOUR)),
            jobs: self.jobs.clone(),
        }
    }
}

/// Returns what has to be done in the dossiers when a login changed.
fn follow(dossiers: Dossiers) -> impl Fn(Change) -> BoxFuture<'static, ()> + Send + Sync + 'static {
    move |change| {
        let dossiers = dossiers.clone();
        Box::pin(async move {
            match change {
                Change::Recheck(account) => dossiers.hub().recheck(account),
                Change::Joined(clients) => dossiers.refresh_all(clients).await,
            }
        })
    }
}
