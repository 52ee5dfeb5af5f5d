//! The headless client. It keeps what is on this device, saves what a person types, and sends it when the firm's
//! server can be reached. It never draws anything.
//!
//! A command changes what is shown at once. Saving it on the device and sending it happen afterwards, without a
//! further call.

mod api;
mod autosave;
mod commands;
mod device_key;
mod drafts;
mod driver;
mod engine;
mod holder;
mod letters;
mod lock;
mod offline_files;
mod pending;
mod quarantine;
mod replica;
mod session;
mod timeout;
mod upload_queue;
mod uploads;
mod workspace;

pub use crate::platform::{
    DeviceStore, LocalStore, Network, SigningRequest, StoreError, StoreWrite, UnlockSecret, Vault, keys,
};
pub use api::ApiError;
pub use commands::{AttachRefusal, MAX_FILE, NewFile, sniff};
pub use device_key::DeviceKeyError;
pub use engine::{Engine, Random, WriteError, YearKey};
pub use holder::{Holder, IdleLimit};
pub use letters::NewProposal;
pub use model::api::{Identity, Membership, PublicError};
pub use offline_files::files_of;
pub use pending::UploadState;
pub use upload_queue::{Form, QueuedFile};

use crate::platform::{clock, random};
use documents::dossier::{DossierYear, TaskState};
use drafts::Drafts;
use futures_channel::{
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded},
    oneshot,
};
use model::{hash::ContentHash, id::*, language::Language, section::Section, time::Timestamp};
use pending::Uploads;
use serde::de::DeserializeOwned;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};

/// The person who uses this device, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The app is still reading the device's store.
    Starting,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is signed in, and that person's data are on this device.
    SignedIn(Identity),
    /// Somebody is signed in, but has to use the passkey before the data can be read.
    Locked(Holder),
    /// Another tab uses the device's store now. This one does nothing more.
    ElsewhereOpen,
    /// The device's store cannot be opened.
    NoStore,
}

/// State of the connection to the firm's server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// The client is trying to connect.
    Connecting,
    /// The server answers.
    Connected,
    /// The server does not answer.
    Offline,
    /// The server answers, but wants the person to log in again.
    SignInNeeded,
    /// The server answers, but talks only to a newer release of this app.
    UpdateNeeded,
}

/// State of saving on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// Everything is saved.
    Saved,
    /// Something is being saved.
    Saving,
    /// The device's storage fails. The client keeps trying.
    Failed,
}

/// Handle to the client. It is cheap to clone, and all clones share one state.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    engine: RefCell<Engine>,
    store: RefCell<Option<Rc<DeviceStore>>>,
    network: Network,
    uploads: RefCell<Uploads>,
    status: RefCell<Status>,
    connection: Cell<Connection>,
    saving: Cell<Saving>,
    language: Cell<Option<Language>>,
    /// The login that this device belongs to, and when it was last used.
    holder: RefCell<Option<Holder>>,
    /// The client whose dossier the person chose to see; without a choice it is the login's first.
    chosen: Cell<Option<ClientId>>,
    /// Texts that the person is writing and has not handed in, by name.
    drafts: RefCell<Drafts>,
    /// The upload queue: what the person chose for sending and has not sent yet.
    upload_queue: RefCell<Vec<QueuedFile>>,
    /// Names of the years of which all files are cached offline.
    offline_years: RefCell<BTreeSet<String>>,
    /// Files that are on this device or being downloaded.
    fetched: RefCell<BTreeSet<ContentHash>>,
    listeners: RefCell<Vec<Rc<dyn Fn()>>>,
    /// Signals that something has to be saved or sent.
    work: UnboundedSender<()>,
    /// Callers that wait until everything is saved.
    flushing: RefCell<Vec<oneshot::Sender<Result<(), ()>>>>,
    /// Signals that it is worth trying the network now.
    wake: UnboundedSender<()>,
    /// Signals that a file has to be uploaded.
    upload: UnboundedSender<()>,
}

/// The receiving ends of the signals, which the driver's tasks take.
struct Signals {
    work: UnboundedReceiver<()>,
    wake: UnboundedReceiver<()>,
    upload: UnboundedReceiver<()>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    fn new(network: Network) -> (Self, Signals) {
        let (work, work_signals) = unbounded();
        let (wake, wake_signals) = unbounded();
        let (upload, upload_signals) = unbounded();
        let client = Self(Rc::new(Inner {
            engine: RefCell::new(Engine::new(Box::new(random::bytes))),
            store: RefCell::default(),
            network,
            uploads: RefCell::default(),
            status: RefCell::new(Status::Starting),
            connection: Cell::new(Connection::Connecting),
            saving: Cell::new(Saving::Saved),
            language: Cell::new(None),
            holder: RefCell::default(),
            chosen: Cell::new(None),
            drafts: RefCell::default(),
            upload_queue: RefCell::default(),
            offline_years: RefCell::default(),
            fetched: RefCell::default(),
            listeners: RefCell::default(),
            work,
            flushing: RefCell::default(),
            wake,
            upload,
        }));
        (client, Signals { work: work_signals, wake: wake_signals, upload: upload_signals })
    }

    /// Returns who uses this device.
    pub fn status(&self) -> Status {
        self.0.status.borrow().clone()
    }

    /// Returns the years on this device, the newest first.
    pub fn years(&self) -> Vec<YearKey> {
        self.0.engine.borrow().years()
    }

    /// Returns a year as this device knows it.
    pub fn year(&self, key: YearKey) -> Rc<DossierYear> {
        self.0.engine.borrow().year(key)
    }

    /// Returns who the person at this device is in the dossier of `client`.
    pub fn me(&self, client: ClientId) -> Option<PersonId> {
        let engine = self.0.engine.borrow();
        let memberships = &engine.identity()?.memberships;
        memberships.iter().find(|m| m.client == client).map(|m| m.person)
    }

    /// Counts the tasks of a year that are open for the person at this device.
    pub fn open_tasks(&self, key: YearKey) -> usize {
        let (year, Some(me)) = (self.year(key), self.me(key.client)) else { return 0 };
        year.tasks.iter().filter(|task| year.task_state(task, me) == TaskState::Open).count()
    }

    /// Returns section and key of each record of a year that is only on this device.
    pub fn unsent_records(&self, year: YearKey) -> BTreeSet<(Section, String)> {
        self.0.engine.borrow().unsent_records(year)
    }

    /// Returns how much of an attachment is uploaded.
    pub fn upload(&self, attachment: AttachmentId) -> UploadState {
        self.0.uploads.borrow().state(attachment)
    }

    /// Returns the state of the connection to the firm's server.
    pub fn connection(&self) -> Connection {
        self.0.connection.get()
    }

    /// Returns whether everything that was typed is saved on the device.
    pub fn saving(&self) -> Saving {
        match self.0.saving.get() {
            Saving::Saved if self.0.engine.borrow().has_batches() => Saving::Saving,
            saving => saving,
        }
    }

    /// Counts the changes and files that the firm does not have yet.
    pub fn unsent(&self) -> usize {
        self.0.engine.borrow().unsent() + self.0.uploads.borrow().waiting()
    }

    /// Returns the language that was chosen on this device, or else the person's own.
    pub fn language(&self) -> Language {
        let of_person = || self.membership().map(|m| m.language);
        self.0.language.get().or_else(of_person).unwrap_or_default()
    }

    /// Sets the language of this device.
    pub fn set_language(&self, language: Language) {
        self.0.language.set(Some(language));
        let bytes = language.tag().as_bytes().to_vec();
        self.0.engine.borrow_mut().keep(vec![StoreWrite::Put(keys::LANGUAGE.to_owned(), bytes)]);
        self.changed();
    }

    /// Returns the present moment.
    pub fn now(&self) -> Timestamp {
        clock::now()
    }

    /// Returns by how many minutes local time is ahead of UTC now.
    pub fn utc_offset_minutes(&self) -> i32 {
        clock::utc_offset_minutes(clock::now())
    }

    /// Calls `changed` after every visible change, for as long as the app runs.
    pub fn subscribe(&self, changed: impl Fn() + 'static) {
        self.0.listeners.borrow_mut().push(Rc::new(changed));
    }

    /// Has a change in memory saved and sent, and notifies the screen.
    fn changed(&self) {
        self.signal(&self.0.work);
        self.notify_listeners();
    }

    fn notify_listeners(&self) {
        // The list is copied first, because a listener may subscribe another.
        let listeners = self.0.listeners.borrow().clone();
        listeners.iter().for_each(|changed| changed());
    }

    /// Sends a signal. If nobody receives it any more, the client has ended and nothing is lost.
    fn signal(&self, to: &UnboundedSender<()>) {
        to.unbounded_send(()).unwrap_or_default();
    }

    fn set_connection(&self, connection: Connection) {
        if self.0.connection.replace(connection) != connection {
            self.notify_listeners();
        }
    }

    fn store(&self) -> Option<Rc<DeviceStore>> {
        self.0.store.borrow().clone()
    }

    fn account(&self) -> Option<AccountId> {
        self.0.engine.borrow().identity().map(|i| i.account)
    }

    /// Returns true if the bytes of a file are on this device.
    pub async fn is_stored(&self, hash: &ContentHash) -> bool {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return false };
        matches!(stored_file(&store, account, hash).await, Ok(Some(_)))
    }

    /// Returns the bytes of a file from this device. If they are not here, downloads them from the firm and caches
    /// them.
    pub async fn file(&self, client: ClientId, hash: ContentHash) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        if let Ok(Some(bytes)) = stored_file(&store, account, &hash).await {
            return Ok(bytes);
        }
        let bytes = self.get(&format!("/api/clients/{client}/files/{hash}")).await?;
        if ContentHash::of(&bytes) != hash {
            return Err(ApiError::Failed);
        }
        // A file that does not fit on the device is downloaded again next time.
        if store.commit(vec![StoreWrite::Put(keys::file(account, &hash), bytes.clone())]).await.is_ok() {
            self.notify_listeners();
        }
        Ok(bytes)
    }

    /// Returns true if the evidence pack of an approval is on this device.
    pub async fn has_evidence(&self, approval: ApprovalId) -> bool {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return false };
        matches!(store.get(&keys::evidence(account, approval)).await, Ok(Some(_)))
    }

    /// Returns the evidence pack of the person's own approval. It comes from this device if it was made at `stage`, or
    /// else from the firm, and is then cached. Without a network it may be one of an earlier stage.
    pub async fn evidence(&self, year: YearKey, approval: ApprovalId, stage: u8) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        let key = keys::evidence(account, approval);
        let cached = store.get(&key).await.ok().flatten();
        let cached = cached.and_then(|cached| cached.split_first().map(|(stage, pack)| (*stage, pack.to_vec())));
        if let Some((_, pack)) = cached.as_ref().filter(|(of, _)| *of == stage) {
            return Ok(pack.clone());
        }
        let path = format!("/api/clients/{}/years/{}/evidence/{approval}", year.client, year.tax_year);
        match (self.get(&path).await, cached) {
            (Ok(pack), _) => {
                let keep = [&[stage], pack.as_slice()].concat();
                // A pack that does not fit on the device is downloaded again next time.
                if store.commit(vec![StoreWrite::Put(key, keep)]).await.is_ok() {
                    self.notify_listeners();
                }
                Ok(pack)
            }
            (Err(ApiError::Offline), Some((_, earlier))) => Ok(earlier),
            (Err(error), _) => Err(error),
        }
    }
}

/// Reads JSON of the store or of an answer. It reads text and not bytes, as the records do, because a second parser
/// would make the download larger.
fn json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_str(str::from_utf8(bytes).ok()?).ok()
}

/// Returns the bytes of a file that is on this device, whether it was sent or not.
async fn stored_file(
    store: &DeviceStore,
    account: AccountId,
    hash: &ContentHash,
) -> Result<Option<Vec<u8>>, StoreError> {
    match store.get(&keys::file(account, hash)).await? {
        Some(bytes) => Ok(Some(bytes)),
        None => store.get(&keys::unsent_file(account, hash)).await,
    }
}
