//! The documents of this device, and how far saving and sending them got.

use crate::client::engine::Engine;
use crate::platform::{StoreWrite, random};
use futures_channel::oneshot;
use model::id::AccountId;
use std::cell::{Cell, RefCell};

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

/// The engine, the connection, and those who wait until everything is saved.
pub struct SyncState {
    engine: RefCell<Engine>,
    connection: Cell<Connection>,
    saving: Cell<Saving>,
    flushing: RefCell<Vec<oneshot::Sender<Result<(), ()>>>>,
}

impl SyncState {
    pub fn new() -> Self {
        Self {
            engine: RefCell::new(Engine::new(Box::new(random::bytes))),
            connection: Cell::new(Connection::Connecting),
            saving: Cell::new(Saving::Saved),
            flushing: RefCell::default(),
        }
    }

    /// Reads from the engine. The closure must not come back to this part.
    pub fn read<T>(&self, read: impl FnOnce(&Engine) -> T) -> T {
        read(&self.engine.borrow())
    }

    /// Changes the engine. The closure must not come back to this part.
    pub fn change<T>(&self, change: impl FnOnce(&mut Engine) -> T) -> T {
        change(&mut self.engine.borrow_mut())
    }

    /// Queues `batch` for saving on the device, after all earlier batches.
    pub fn save(&self, batch: Vec<StoreWrite>) {
        self.change(|engine| engine.save(batch));
    }

    /// Returns the login that is signed in.
    pub fn account(&self) -> Option<AccountId> {
        self.read(|engine| engine.identity().map(|identity| identity.account))
    }

    pub fn connection(&self) -> Connection {
        self.connection.get()
    }

    /// Sets the state of the connection. Returns true if it was another.
    pub fn set_connection(&self, connection: Connection) -> bool {
        self.connection.replace(connection) != connection
    }

    /// Returns whether everything that was written is saved on the device.
    pub fn saving(&self) -> Saving {
        match self.saving.get() {
            Saving::Saved if self.read(Engine::has_batches) => Saving::Saving,
            saving => saving,
        }
    }

    /// Sets how far saving got. Returns true if that is another state.
    pub fn set_saving(&self, saving: Saving) -> bool {
        self.saving.replace(saving) != saving
    }

    /// Returns what receives the result of the next saving.
    pub fn next_flush(&self) -> oneshot::Receiver<Result<(), ()>> {
        let (flushed, result) = oneshot::channel();
        self.flushing.borrow_mut().push(flushed);
        result
    }

    /// Tells all who wait whether everything is saved.
    pub fn flushed(&self, result: Result<(), ()>) {
        for waiting in self.flushing.take() {
            // A caller that stopped waiting does not need the result.
            waiting.send(result).unwrap_or_default();
        }
    }
}
