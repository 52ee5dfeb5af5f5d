//! A device of a world: the real engine and store, and a connection to the server.

use super::dice::Dice;
use app::client::{DeviceStore, Engine, LocalStore, StoreWrite, keys};
use futures_util::FutureExt;
use model::{api::Identity, id::PersonId};
use std::collections::{BTreeSet, VecDeque};
use sync_server::sync::Connection;

/// A device: the client's engine, its store, and its connection to the server.
pub(super) struct Device {
    pub name: &'static str,
    pub identity: Identity,
    pub engine: Engine,
    pub store: DeviceStore,
    /// Batches that the engine returned and that are not on the disk yet.
    pub unkept: VecDeque<Vec<StoreWrite>>,
    pub line: Option<Line>,
    /// Keys of messages that were stored on the device, so that they must arrive.
    pub promised: BTreeSet<String>,
}

pub(super) struct Line {
    pub connection: Connection,
    pub to_server: VecDeque<Vec<u8>>,
    pub to_device: VecDeque<Vec<u8>>,
}

impl Device {
    pub fn person(&self) -> PersonId {
        self.identity.memberships[0].person
    }

    pub fn keep_one(&mut self) {
        self.unkept.extend(self.engine.take_batches());
        if let Some(batch) = self.unkept.pop_front() {
            self.store.commit(batch).now_or_never().expect("at once").expect("kept");
        }
    }

    /// Writes everything so far to the disk, so that it may be shown as stored.
    pub fn keep_all(&mut self) {
        self.keep_one();
        while !self.unkept.is_empty() {
            self.keep_one();
        }
    }

    pub fn cut(&mut self) {
        self.line = None;
        self.engine.disconnected();
    }

    /// Kills the app and restarts it: what was not on the disk is lost.
    pub fn restart(&mut self, dice: &Dice) {
        self.cut();
        self.unkept.clear();
        self.engine = open_engine(&self.identity, &self.store, dice);
    }
}

pub(super) fn open_engine(identity: &Identity, store: &DeviceStore, dice: &Dice) -> Engine {
    let dice = dice.clone();
    let mut engine = Engine::new(Box::new(move || dice.bytes()));
    let stored = store.load(&keys::account(identity.account)).now_or_never().expect("at once").expect("read");
    engine.open(identity.clone(), stored, true);
    engine
}
