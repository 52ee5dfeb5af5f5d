//! Who uses this device, and what that person chose.

use crate::client::holder::Holder;
use crate::platform::StoreWrite;
use model::{api::Identity, id::ClientId, language::Language};
use std::cell::{Cell, RefCell};

/// The person who uses this device, as far as that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Status {
    /// The app is still reading the device's store.
    #[default]
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

/// The person, the login that the device belongs to, and the person's choices.
#[derive(Default)]
pub struct Session {
    status: RefCell<Status>,
    holder: RefCell<Option<Holder>>,
    language: Cell<Option<Language>>,
    client: Cell<Option<ClientId>>,
}

impl Session {
    pub fn status(&self) -> Status {
        self.status.borrow().clone()
    }

    pub fn set_status(&self, status: Status) {
        self.status.replace(status);
    }

    pub fn is_signed_in(&self) -> bool {
        matches!(*self.status.borrow(), Status::SignedIn(_))
    }

    pub fn is_open_elsewhere(&self) -> bool {
        *self.status.borrow() == Status::ElsewhereOpen
    }

    /// Returns the login that the device belongs to, and when it was last used.
    pub fn holder(&self) -> Option<Holder> {
        self.holder.borrow().clone()
    }

    pub fn set_holder(&self, holder: Option<Holder>) {
        self.holder.replace(holder);
    }

    /// Changes the holder, if there is one. Returns what has to be saved.
    pub fn change_holder(&self, change: impl FnOnce(&mut Holder)) -> Option<StoreWrite> {
        let mut holder = self.holder.borrow_mut();
        let holder = holder.as_mut()?;
        change(holder);
        Some(holder.write())
    }

    /// Returns the language that was chosen on this device.
    pub fn language(&self) -> Option<Language> {
        self.language.get()
    }

    pub fn set_language(&self, language: Option<Language>) {
        self.language.set(language);
    }

    /// Returns the client whose dossier the person chose to see.
    pub fn client(&self) -> Option<ClientId> {
        self.client.get()
    }

    pub fn set_client(&self, client: Option<ClientId>) {
        self.client.set(client);
    }
}
