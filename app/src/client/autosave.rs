//! Autosave of what is being typed, letter by letter, before it is an answer or a message. It goes to the device at
//! once and separately from everything else: no screen is drawn again for it, and a browser that is killed in the
//! middle of a word loses a letter at most.

use super::{Client, LocalStore, StoreWrite, keys};
use crate::platform::tasks;

impl Client {
    /// Saves what is being typed under `name`. [`Client::draft`] returns it.
    pub fn autosave(&self, name: &str, text: &str) {
        if self.account().is_none() || self.draft(name) == text {
            return;
        }
        self.0.drafts.set(name, text);
        if self.0.drafts.queue(name, text) {
            let client = self.clone();
            tasks::spawn(async move { client.write_autosaved().await });
        }
    }

    /// Deletes the saved text under `name` once everything made of it is saved, unless more was typed meanwhile.
    pub fn end_autosave(&self, name: &str) {
        let was = self.draft(name);
        if was.is_empty() {
            return;
        }
        let (client, name) = (self.clone(), name.to_owned());
        tasks::spawn(async move {
            if client.flushed().await.is_ok() && client.draft(&name) == was {
                client.autosave(&name, "");
            }
        });
    }

    async fn write_autosaved(&self) {
        loop {
            let waiting = self.0.drafts.take_waiting();
            let (Some(store), Some(account), false) = (self.store(), self.account(), waiting.is_empty()) else { break };
            let write = |(name, text): (String, String)| {
                let key = keys::draft(account, &name);
                if text.is_empty() { StoreWrite::Delete(key) } else { StoreWrite::Put(key, text.into_bytes()) }
            };
            // Without room the next letter tries again, and the answer itself reports that it is not saved.
            drop(store.commit(waiting.into_iter().map(write).collect()).await);
        }
        self.0.drafts.written();
    }
}
