//! State of the workspace: which client's dossier the person is looking at, and which texts are being written and were
//! not handed in.

use super::{Client, Membership, StoreWrite, YearKey, keys};
use crate::platform::network;
use model::id::{AccountId, ClientId};

impl Client {
    /// Returns all clients that this login belongs to.
    pub fn memberships(&self) -> Vec<Membership> {
        self.0.sync.read(|engine| engine.identity().map(|i| i.memberships.clone())).unwrap_or_default()
    }

    /// Returns the client whose dossier is shown: the chosen one if the login belongs to it, or else the first.
    pub fn membership(&self) -> Option<Membership> {
        let all = self.memberships();
        let chosen = all.iter().find(|m| Some(m.client) == self.0.session.client());
        chosen.or(all.first()).cloned()
    }

    /// Shows the dossier of another client.
    pub fn choose(&self, client: ClientId) {
        let Some(account) = self.account() else { return };
        self.0.session.set_client(Some(client));
        let write = StoreWrite::Put(keys::chosen(account), client.to_string().into_bytes());
        self.0.sync.save(vec![write]);
        self.changed();
    }

    /// Returns the newest year of a client on this device.
    pub fn newest_year(&self, client: ClientId) -> Option<YearKey> {
        self.years().into_iter().find(|year| year.client == client)
    }

    /// Returns the unfinished text that is saved under `name`.
    pub fn draft(&self, name: &str) -> String {
        self.0.drafts.get(name)
    }

    /// Saves an unfinished text under `name`. An empty text is deleted.
    pub fn set_draft(&self, name: &str, text: &str) {
        let Some(account) = self.account() else { return };
        if self.draft(name) == text {
            return;
        }
        let key = keys::draft(account, name);
        let write = match text {
            "" => StoreWrite::Delete(key),
            text => StoreWrite::Put(key, text.as_bytes().to_vec()),
        };
        self.0.drafts.set(name, text);
        self.0.sync.save(vec![write]);
        self.changed();
    }

    /// Tries at once to send what waits for the network.
    pub fn try_now(&self) {
        self.0.signals.wake();
        self.0.signals.upload();
    }

    /// Returns true if the device believes that it has a network.
    pub fn has_network(&self) -> bool {
        network::has_network()
    }

    /// Restores the chosen client from what the store holds of a login.
    pub(super) fn restore_choice(&self, account: AccountId, stored: &[(String, Vec<u8>)]) {
        let key = keys::chosen(account);
        let chosen = stored.iter().find(|(k, _)| *k == key);
        self.0.session.set_client(chosen.and_then(|(_, bytes)| str::from_utf8(bytes).ok()?.parse().ok()));
    }
}
