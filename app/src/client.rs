//! The headless client. It keeps what is on this device, saves what a person types, and sends it when the firm's
//! server can be reached. It never draws anything.
//!
//! A command changes what is shown at once. Saving it on the device and sending it happen afterwards, without a
//! further call.

mod api;
mod api_error;
mod approvals;
mod attach;
mod autosave;
mod commands;
mod contact;
mod device_key;
mod driver;
mod engine;
mod files;
mod holder;
mod json;
mod lock;
mod offline_files;
mod quarantine;
mod replica;
mod session;
mod state;
mod timeout;
mod upload_queue;
mod uploads;
mod workspace;

pub use crate::platform::{
    DeviceStore, LocalStore, Network, SigningRequest, StoreError, StoreWrite, UnlockSecret, Vault, keys,
};
pub use api_error::ApiError;
pub use attach::{AttachRefusal, NewFile};
pub use contact::NewProposal;
pub use device_key::DeviceKeyError;
pub use engine::{Engine, Random, Waiting, WriteError, YearKey};
pub use files::{Openable, WantedFile};
pub use holder::{Holder, IdleLimit};
pub use model::api::{Identity, Membership, PublicError};
pub use offline_files::files_of;
pub use state::{Connection, Form, QueuedFile, Saving, Status, UploadState};

use crate::platform::clock;
use documents::dossier::{DossierYear, TaskState};
use model::{id::*, language::Language, section::Section, time::Timestamp};
use state::{Received, State};
use std::{collections::BTreeSet, rc::Rc};

/// Handle to the client. It is cheap to clone, and all clones share one state.
#[derive(Clone)]
pub struct Client(Rc<State>);

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Client {
    fn new(network: Network) -> (Self, Received) {
        let (state, received) = State::new(network);
        (Self(Rc::new(state)), received)
    }

    /// Returns who uses this device.
    pub fn status(&self) -> Status {
        self.0.session.status()
    }

    /// Returns the years on this device, the newest first.
    pub fn years(&self) -> Vec<YearKey> {
        self.0.sync.read(Engine::years)
    }

    /// Returns a year as this device knows it.
    pub fn year(&self, key: YearKey) -> Rc<DossierYear> {
        self.0.sync.read(|engine| engine.year(key))
    }

    /// Returns who the person at this device is in the dossier of `client`.
    pub fn me(&self, client: ClientId) -> Option<PersonId> {
        self.0.sync.read(|engine| {
            let memberships = &engine.identity()?.memberships;
            memberships.iter().find(|m| m.client == client).map(|m| m.person)
        })
    }

    /// Counts the tasks of a year that are open for the person at this device.
    pub fn open_tasks(&self, key: YearKey) -> usize {
        let (year, Some(me)) = (self.year(key), self.me(key.client)) else { return 0 };
        year.tasks.iter().filter(|task| year.task_state(task, me) == TaskState::Open).count()
    }

    /// Returns section and key of each record of a year that is only on this device.
    pub fn unsent_records(&self, year: YearKey) -> BTreeSet<(Section, String)> {
        self.0.sync.read(|engine| engine.unsent_records(year))
    }

    /// Returns how much of an attachment is uploaded.
    pub fn upload(&self, attachment: AttachmentId) -> UploadState {
        self.0.uploads.state(attachment)
    }

    /// Returns the state of the connection to the firm's server.
    pub fn connection(&self) -> Connection {
        self.0.sync.connection()
    }

    /// Returns whether everything that was typed is saved on the device.
    pub fn saving(&self) -> Saving {
        self.0.sync.saving()
    }

    /// Counts the changes and files that the firm does not have yet.
    pub fn unsent(&self) -> usize {
        self.0.sync.read(Engine::unsent) + self.0.uploads.waiting()
    }

    /// Returns why something waits on this device, if the server or a damaged year is the reason.
    pub fn waiting(&self) -> Option<Waiting> {
        self.0.sync.read(Engine::waiting)
    }

    /// Returns true if the clock of this device is wrong, as the server said.
    pub fn is_clock_wrong(&self) -> bool {
        self.0.sync.read(Engine::is_clock_wrong)
    }

    /// Returns the language that was chosen on this device, or else the person's own.
    pub fn language(&self) -> Language {
        let of_person = || self.membership().map(|m| m.language);
        self.0.session.language().or_else(of_person).unwrap_or_default()
    }

    /// Sets the language of this device.
    pub fn set_language(&self, language: Language) {
        self.0.session.set_language(Some(language));
        let bytes = language.tag().as_bytes().to_vec();
        self.0.sync.save(vec![StoreWrite::Put(keys::LANGUAGE.to_owned(), bytes)]);
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
        self.0.listeners.add(changed);
    }

    /// Has a change in memory saved and sent, and notifies the screen.
    fn changed(&self) {
        self.0.signals.work();
        self.notify_listeners();
    }

    fn notify_listeners(&self) {
        self.0.listeners.notify();
    }

    fn set_connection(&self, connection: Connection) {
        if self.0.sync.set_connection(connection) {
            self.notify_listeners();
        }
    }

    fn store(&self) -> Option<Rc<DeviceStore>> {
        self.0.store.get().cloned()
    }

    fn account(&self) -> Option<AccountId> {
        self.0.sync.account()
    }
}
