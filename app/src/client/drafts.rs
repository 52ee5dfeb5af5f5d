//! Texts that are being written and were not handed in, by name.

use std::collections::BTreeMap;

/// The texts, and what of them is on its way to the device.
#[derive(Default)]
pub(super) struct Drafts {
    texts: BTreeMap<String, String>,
    /// To be written to the device as soon as what is being written is: the newest of each name.
    waiting: BTreeMap<String, String>,
    writing: bool,
}

impl Drafts {
    /// Those that the device holds.
    pub fn of(texts: BTreeMap<String, String>) -> Self {
        Self { texts, ..Self::default() }
    }

    /// The text under `name`, else an empty one.
    pub fn get(&self, name: &str) -> String {
        self.texts.get(name).cloned().unwrap_or_default()
    }

    /// Sets the text under `name`; an empty one is forgotten.
    pub fn set(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            self.texts.remove(name);
        } else {
            self.texts.insert(name.to_owned(), text.to_owned());
        }
    }

    /// Has the text under `name` written to the device. Returns whether nothing is being written yet, so that the
    /// caller has to begin.
    pub fn queue(&mut self, name: &str, text: &str) -> bool {
        self.waiting.insert(name.to_owned(), text.to_owned());
        !std::mem::replace(&mut self.writing, true)
    }

    /// What is to be written next.
    pub fn take_waiting(&mut self) -> BTreeMap<String, String> {
        std::mem::take(&mut self.waiting)
    }

    /// All of it is written.
    pub fn written(&mut self) {
        self.writing = false;
    }
}
