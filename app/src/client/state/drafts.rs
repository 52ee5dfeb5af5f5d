//! Unfinished texts by name, and which of them still have to be saved.

use crate::platform::keys;
use model::id::AccountId;
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

/// The unfinished texts, and those that still have to be written to the device.
#[derive(Default)]
pub struct Drafts {
    texts: RefCell<BTreeMap<String, String>>,
    /// The newest text of each name that has to be written once the running write ends.
    waiting: RefCell<BTreeMap<String, String>>,
    is_writing: Cell<bool>,
}

impl Drafts {
    /// Restores the texts from what the store holds of a login.
    pub fn restore(&self, account: AccountId, stored: &[(String, Vec<u8>)]) {
        let prefix = keys::draft(account, "");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        let texts =
            stored.iter().filter_map(|(key, bytes)| Some((key.strip_prefix(&prefix)?.to_owned(), text(bytes)?)));
        self.texts.replace(texts.collect());
        self.waiting.take();
        self.is_writing.set(false);
    }

    /// Returns the text under `name`, or an empty one.
    pub fn get(&self, name: &str) -> String {
        self.texts.borrow().get(name).cloned().unwrap_or_default()
    }

    /// Sets the text under `name`. An empty text is deleted.
    pub fn set(&self, name: &str, text: &str) {
        let mut texts = self.texts.borrow_mut();
        if text.is_empty() {
            texts.remove(name);
        } else {
            texts.insert(name.to_owned(), text.to_owned());
        }
    }

    /// Queues the text under `name` for writing to the device. Returns true if no write is running, so that the caller
    /// has to start one.
    pub fn queue(&self, name: &str, text: &str) -> bool {
        self.waiting.borrow_mut().insert(name.to_owned(), text.to_owned());
        !self.is_writing.replace(true)
    }

    /// Takes the texts that have to be written next.
    pub fn take_waiting(&self) -> BTreeMap<String, String> {
        self.waiting.take()
    }

    /// Notes that no write is running any more.
    pub fn written(&self) {
        self.is_writing.set(false);
    }
}
