//! The pile: papers that were chosen for sending and are not sent yet. They are
//! kept on the device like unsent work, so a phone that closes the app while
//! its camera is open loses nothing.

use super::{AttachRefusal, Client, LocalStore, StoreWrite, json, keys};
use model::{hash::ContentHash, id::AccountId};
use serde::{Deserialize, Serialize};

/// One paper of the pile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Of its bytes.
    pub hash: ContentHash,
    /// Name of the file it came from.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// What it is sent as.
    pub form: Form,
}

/// What a paper is sent as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A JPEG: one page of the document that the photographs make together.
    Page {
        /// It looks out of focus.
        blurred: bool,
    },
    /// A document of its own, of this type.
    File(String),
}

impl Paper {
    /// Whether it is a page of the document that the photographs make together.
    pub fn is_page(&self) -> bool {
        matches!(self.form, Form::Page { .. })
    }
}

impl Client {
    /// The pile, in its order.
    pub fn pile(&self) -> Vec<Paper> {
        self.0.pile.borrow().clone()
    }

    /// Puts a paper on the pile, in the place of `instead` where that is given.
    /// Returns once its bytes are kept on this device.
    pub async fn pile_up(
        &self,
        paper: Paper,
        bytes: Vec<u8>,
        instead: Option<ContentHash>,
    ) -> Result<(), AttachRefusal> {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return Err(AttachRefusal::Storage) };
        let write = StoreWrite::Put(keys::paper(account, &paper.hash), bytes);
        store.commit(vec![write]).await.map_err(|_| AttachRefusal::Storage)?;
        let mut pile = self.pile();
        match pile.iter().position(|p| Some(p.hash) == instead) {
            Some(at) => pile[at] = paper,
            None => pile.push(paper),
        }
        self.arrange(pile);
        self.flushed().await.map_err(|()| AttachRefusal::Storage)
    }

    /// The bytes of a paper of the pile.
    pub async fn paper(&self, hash: &ContentHash) -> Option<Vec<u8>> {
        let (store, account) = (self.store()?, self.account()?);
        store.get(&keys::paper(account, hash)).await.ok().flatten()
    }

    /// Sets the order of the pile; what is left out is taken off it.
    pub fn arrange(&self, pile: Vec<Paper>) {
        let Some(account) = self.account() else { return };
        // A list of plain values: it always has a JSON form.
        let mut batch = vec![StoreWrite::Put(keys::pile(account), serde_json::to_vec(&pile).unwrap_or_default())];
        let gone = self.0.pile.replace(pile.clone());
        let gone = gone.iter().filter(|old| !pile.iter().any(|p| p.hash == old.hash));
        batch.extend(gone.map(|old| StoreWrite::Delete(keys::paper(account, &old.hash))));
        self.0.engine.borrow_mut().keep(batch);
        self.changed();
    }

    /// Takes up what the store holds of a login.
    pub(super) fn take_up_pile(&self, account: AccountId, stored: &[(String, Vec<u8>)]) {
        let key = keys::pile(account);
        let list = stored.iter().find(|(k, _)| *k == key).and_then(|(_, bytes)| json(bytes));
        self.0.pile.replace(list.unwrap_or_default());
    }
}
