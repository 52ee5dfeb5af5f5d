//! The client without a screen: what is on this device, saved as it is typed
//! and sent when the firm's server can be reached. Never draws anything.
//!
//! A command changes what is shown at once; keeping it on the device and
//! sending it follow by themselves.

mod api;
mod aside;
mod commands;
mod desk;
mod device_key;
mod drafts;
mod driver;
mod engine;
mod holder;
mod jots;
mod keeping;
mod letters;
mod lock;
mod pending;
mod pile;
mod replica;
mod session;
mod timeout;
mod uploads;

pub use crate::platform::{
    DeviceStore, LocalStore, Network, SigningRequest, StoreError, StoreWrite, UnlockSecret, Vault, keys,
};
pub use api::ApiError;
pub use commands::{AttachRefusal, MAX_FILE, NewFile, sniff};
pub use device_key::DeviceKeyError;
pub use engine::{Engine, Random, WriteError, YearKey};
pub use holder::{Holder, IdleLimit};
pub use keeping::files_of;
pub use letters::NewProposal;
pub use model::api::{Identity, Membership, PublicError};
pub use pending::UploadState;
pub use pile::{Form, Paper};

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

/// Who uses this device, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The device's store is being read.
    Starting,
    /// Nobody.
    SignedOut,
    /// Somebody whose data are on this device.
    SignedIn(Identity),
    /// Somebody, who has to use the passkey before the data can be read.
    Locked(Holder),
    /// Another tab took over; this one does nothing more.
    ElsewhereOpen,
    /// The device's store cannot be opened.
    NoStore,
}

/// Whether the firm's server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// Being tried.
    Connecting,
    /// It answers.
    Connected,
    /// It does not.
    Offline,
    /// It answers, but wants the person to log in again.
    SignInNeeded,
    /// It answers, but only to a newer release of this app.
    UpdateNeeded,
}

/// Whether what was typed is kept on the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// All of it.
    Saved,
    /// Under way.
    Saving,
    /// The device's storage fails; it is tried again and again.
    Failed,
}

/// The client. Cheap to clone; all clones are one.
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
    /// Whose device it is, and when it was last used.
    holder: RefCell<Option<Holder>>,
    /// The client whose dossier is looked at; else the first.
    chosen: Cell<Option<ClientId>>,
    /// What is being written and was not handed in, by name.
    drafts: RefCell<Drafts>,
    /// What was chosen for sending and is not sent yet.
    pile: RefCell<Vec<Paper>>,
    /// Years of which all files are kept on this device, by name.
    kept_years: RefCell<BTreeSet<String>>,
    /// Files that are on this device or on their way to it.
    fetched: RefCell<BTreeSet<ContentHash>>,
    listeners: RefCell<Vec<Rc<dyn Fn()>>>,
    /// Something is to be kept or sent.
    work: UnboundedSender<()>,
    /// Who waits until everything is kept.
    flushing: RefCell<Vec<oneshot::Sender<Result<(), ()>>>>,
    /// It is worth trying the network now.
    wake: UnboundedSender<()>,
    /// A file is to be sent.
    upload: UnboundedSender<()>,
}

/// The receiving ends, which the driver's tasks take.
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
            pile: RefCell::default(),
            kept_years: RefCell::default(),
            fetched: RefCell::default(),
            listeners: RefCell::default(),
            work,
            flushing: RefCell::default(),
            wake,
            upload,
        }));
        (client, Signals { work: work_signals, wake: wake_signals, upload: upload_signals })
    }

    /// Who uses this device.
    pub fn status(&self) -> Status {
        self.0.status.borrow().clone()
    }

    /// The years on this device, newest first.
    pub fn years(&self) -> Vec<YearKey> {
        self.0.engine.borrow().years()
    }

    /// A year as it stands on this device.
    pub fn year(&self, key: YearKey) -> Rc<DossierYear> {
        self.0.engine.borrow().year(key)
    }

    /// Who the person at this device is in the dossier of `client`.
    pub fn me(&self, client: ClientId) -> Option<PersonId> {
        let engine = self.0.engine.borrow();
        let memberships = &engine.identity()?.memberships;
        memberships.iter().find(|m| m.client == client).map(|m| m.person)
    }

    /// How many tasks of a year are open for the person at this device.
    pub fn open_tasks(&self, key: YearKey) -> usize {
        let (year, Some(me)) = (self.year(key), self.me(key.client)) else { return 0 };
        year.tasks.iter().filter(|task| year.task_state(task, me) == TaskState::Open).count()
    }

    /// Section and key of each record of a year that is only on this device.
    pub fn held(&self, year: YearKey) -> BTreeSet<(Section, String)> {
        self.0.engine.borrow().held(year)
    }

    /// How far the bytes of an attachment are.
    pub fn upload(&self, attachment: AttachmentId) -> UploadState {
        self.0.uploads.borrow().state(attachment)
    }

    /// Whether the firm's server answers.
    pub fn connection(&self) -> Connection {
        self.0.connection.get()
    }

    /// Whether what was typed is kept on the device.
    pub fn saving(&self) -> Saving {
        match self.0.saving.get() {
            Saving::Saved if self.0.engine.borrow().has_batches() => Saving::Saving,
            saving => saving,
        }
    }

    /// Changes and files that the firm does not have yet.
    pub fn unsent(&self) -> usize {
        self.0.engine.borrow().unsent() + self.0.uploads.borrow().waiting()
    }

    /// The language that was chosen here, else the person's.
    pub fn language(&self) -> Language {
        let of_person = || self.membership().map(|m| m.language);
        self.0.language.get().or_else(of_person).unwrap_or_default()
    }

    /// Chooses a language on this device.
    pub fn set_language(&self, language: Language) {
        self.0.language.set(Some(language));
        let bytes = language.tag().as_bytes().to_vec();
        self.0.engine.borrow_mut().keep(vec![StoreWrite::Put(keys::LANGUAGE.to_owned(), bytes)]);
        self.changed();
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        clock::now()
    }

    /// How far local time is east of UTC now, in minutes.
    pub fn utc_offset_minutes(&self) -> i32 {
        clock::utc_offset_minutes(clock::now())
    }

    /// Calls `changed` after every visible change, for as long as the app runs.
    pub fn subscribe(&self, changed: impl Fn() + 'static) {
        self.0.listeners.borrow_mut().push(Rc::new(changed));
    }

    /// Something changed in memory: have it kept and sent, and tell the screen.
    fn changed(&self) {
        self.signal(&self.0.work);
        self.tell();
    }

    fn tell(&self) {
        // A listener may subscribe another: the list is copied first.
        let listeners = self.0.listeners.borrow().clone();
        listeners.iter().for_each(|changed| changed());
    }

    /// A signal that nobody receives any more belongs to a client that ended.
    fn signal(&self, to: &UnboundedSender<()>) {
        to.unbounded_send(()).unwrap_or_default();
    }

    fn set_connection(&self, connection: Connection) {
        if self.0.connection.replace(connection) != connection {
            self.tell();
        }
    }

    fn store(&self) -> Option<Rc<DeviceStore>> {
        self.0.store.borrow().clone()
    }

    fn account(&self) -> Option<AccountId> {
        self.0.engine.borrow().identity().map(|i| i.account)
    }

    /// Whether the bytes of a file are on this device.
    pub async fn is_stored(&self, hash: &ContentHash) -> bool {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return false };
        matches!(stored_file(&store, account, hash).await, Ok(Some(_)))
    }

    /// The bytes of a file: from this device, else from the firm, and then
    /// kept here.
    pub async fn file(&self, client: ClientId, hash: ContentHash) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        if let Ok(Some(bytes)) = stored_file(&store, account, &hash).await {
            return Ok(bytes);
        }
        let bytes = self.get(&format!("/api/clients/{client}/files/{hash}")).await?;
        if ContentHash::of(&bytes) != hash {
            return Err(ApiError::Failed);
        }
        // Kept where there is room; without room it is fetched again next time.
        if store.commit(vec![StoreWrite::Put(keys::file(account, &hash), bytes.clone())]).await.is_ok() {
            self.tell();
        }
        Ok(bytes)
    }

    /// Whether the evidence pack of an approval is on this device.
    pub async fn has_evidence(&self, approval: ApprovalId) -> bool {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return false };
        matches!(store.get(&keys::evidence(account, approval)).await, Ok(Some(_)))
    }

    /// The evidence pack of an own approval: from this device where it was made
    /// at this `stage`, else from the firm, and then kept here. Without a
    /// network an earlier one is better than none.
    pub async fn evidence(&self, year: YearKey, approval: ApprovalId, stage: u8) -> Result<Vec<u8>, ApiError> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(ApiError::Offline) };
        let key = keys::evidence(account, approval);
        let kept = store.get(&key).await.ok().flatten();
        let kept = kept.and_then(|kept| kept.split_first().map(|(stage, pack)| (*stage, pack.to_vec())));
        if let Some((_, pack)) = kept.as_ref().filter(|(of, _)| *of == stage) {
            return Ok(pack.clone());
        }
        let path = format!("/api/clients/{}/years/{}/evidence/{approval}", year.client, year.tax_year);
        match (self.get(&path).await, kept) {
            (Ok(pack), _) => {
                let keep = [&[stage], pack.as_slice()].concat();
                // Kept where there is room; without room it is fetched again next time.
                if store.commit(vec![StoreWrite::Put(key, keep)]).await.is_ok() {
                    self.tell();
                }
                Ok(pack)
            }
            (Err(ApiError::Offline), Some((_, earlier))) => Ok(earlier),
            (Err(error), _) => Err(error),
        }
    }
}

/// JSON as it stands in the store and in answers. Read as text, as the records are: reading bytes would be compiled
/// and downloaded besides.
fn json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_str(str::from_utf8(bytes).ok()?).ok()
}

/// The bytes of a file that is on this device, sent or not.
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
