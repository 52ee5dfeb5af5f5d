//! Unfinished texts by name, and which of them still have to be saved.

use std::collections::BTreeMap;

/// The unfinished texts, and those that still have to be written to the device.
#[derive(Default)]
pub(super) struct Drafts {
    texts: BTreeMap<String, String>,
    /// The newest text of each name that has to be written once the running write ends.
    waiting: BTreeMap<String, String>,
    writing: bool,
}

impl Drafts {
    /// Holds the texts that the device's store had.
    pub fn of(texts: BTreeMap<String, String>) -> Self {
        Self { texts, ..Self::default() }
    }

    /// Returns the text under `name`, or an empty one.
    pub fn get(&self, name: &str) -> String {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    /// Sets the text under `name`. An empty text is deleted.
    pub fn set(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.texts.remove(name);
        } else {
            self.texts.insert(name.to_owned(), text.to_owned());
        }
    }

    /// Queues the text under `name` for writing to the device. Returns true if no write is running, so that the caller
    /// has to start one.
    pub fn queue(&mut self, name: &str, text: &str) -> bool {
        self.waiting.insert(name.to_owned(), text.to_owned());
        !std::mem::replace(&mut self.writing, true)
    }

    /// Takes the texts that have to be written next.
    pub fn take_waiting(&mut self) -> BTreeMap<String, String> {
        std::mem::take(&mut self.waiting)
    }

    /// Notes that no write is running any more.
    pub fn written(&mut self) {
        self.writing = false;
    }
}
