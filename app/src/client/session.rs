//! Logging in and logging out, with the requests to the firm's server that these need. Registering is done on the page
//! before the app.

use super::{
    ApiError, Client, Connection, DeviceStore, Engine, Holder, Identity, LocalStore, Status, StoreError, StoreWrite,
    UnlockSecret, holder::identity_write, json::from_json, keys,
};
use crate::platform::window;
use model::{
    api::{Ceremony, FinishCeremony, Keyring, Room},
    id::{AccountId, ClientId},
};
use serde::Serialize;

/// Number of times that the app gives up in a row before it starts without reading any document.
const CRASHES_BEFORE_CAUTION: u32 = 2;

impl Client {
    /// Returns the passkeys and devices of this login.
    pub async fn keyring(&self) -> Result<Keyring, ApiError> {
        let bytes = self.get("/api/keyring").await?;
        from_json(&bytes).ok_or(ApiError::Failed)
    }

    /// Changes passkeys or devices of this login. `path` names the action, below `/api/keyring/`.
    pub async fn change_keyring<B: Serialize>(&self, path: &str, body: &B) -> Result<Keyring, ApiError> {
        self.post(&format!("/api/keyring/{path}"), body).await
    }

    /// Asks how much a client can still send.
    pub async fn room(&self, client: ClientId) -> Result<Room, ApiError> {
        let bytes = self.get(&format!("/api/clients/{client}/room")).await?;
        from_json(&bytes).ok_or(ApiError::Failed)
    }

    /// Starts making another passkey. Returns the options of the passkey dialog.
    pub async fn start_passkey(&self) -> Result<Ceremony, ApiError> {
        self.post("/api/keyring/passkeys/start", &serde_json::json!({})).await
    }

    /// Starts a login. Returns the options of the passkey dialog.
    pub async fn start_login(&self) -> Result<Ceremony, ApiError> {
        self.post("/api/login/start", &serde_json::json!({})).await
    }

    /// Finishes a login and signs this device in. `secret` is the passkey's secret for unlocking this device, if it
    /// has one.
    pub async fn finish_login(
        &self,
        ceremony: String,
        credential: serde_json::Value,
        secret: Option<UnlockSecret>,
    ) -> Result<(), ApiError> {
        let identity = self.post("/api/login/finish", &FinishCeremony { ceremony, credential }).await?;
        self.sign_in(identity, secret).await
    }

    /// Ends the session; without a network the server ends it as soon as this device reaches it again. If everything is
    /// at the firm, this also removes the person's data from the device. Unsent work stays on the device, and is there
    /// again after the next login.
    pub async fn log_out(&self) -> Result<(), ApiError> {
        let (Some(account), Some(store)) = (self.account(), self.store()) else { return Ok(()) };
        let is_owed = !self.end_session().await;
        self.flushed().await.map_err(|()| ApiError::Failed)?;
        let all_sent = self.unsent() == 0;
        // What the server refused exists only on this device, so it stays.
        let refused = self.0.uploads.refused(account);
        // The engine closes first, so that nothing is saved after the data are removed.
        self.0.sync.change(Engine::close);
        self.0.uploads.clear();
        self.0.offline_files.forget_all();
        self.0.upload_queue.replace(Vec::new());
        let (quarantine, queue) = (keys::all_quarantined(account), keys::upload_queue(account));
        let stays = |key: &String| key.starts_with(&quarantine) || *key == queue || refused.contains(key);
        let mut batch = vec![StoreWrite::Delete(keys::HOLDER.to_owned()), StoreWrite::Delete(keys::identity(account))];
        if is_owed {
            batch.push(StoreWrite::Put(keys::LOGOUT_OWED.to_owned(), Vec::new()));
        }
        if all_sent {
            for prefix in [keys::account(account), keys::files(account)] {
                let mut there = store.names(&prefix).await.map_err(|_| ApiError::Failed)?;
                there.retain(|key| !stays(key));
                batch.extend(there.into_iter().map(StoreWrite::Delete));
            }
        }
        self.0.session.set_holder(None);
        self.0.session.set_status(Status::SignedOut);
        store.commit(batch).await.map_err(|_| ApiError::Failed)?;
        self.0.signals.wake();
        self.changed();
        Ok(())
    }

    /// Tells the server that the session is over. Returns false if it was not reached.
    async fn end_session(&self) -> bool {
        // A refusal means that the session was over already.
        let told = self.post::<_, serde_json::Value>("/api/logout", &serde_json::json!({})).await;
        !matches!(told, Err(ApiError::Offline))
    }

    /// Tells the server of a logout that it does not know of yet.
    pub(super) async fn settle_logout(&self) {
        let Some(store) = self.store() else { return };
        if matches!(store.get(keys::LOGOUT_OWED).await, Ok(Some(_))) && self.end_session().await {
            // What is not removed is told once more, which does no harm.
            store.commit(vec![StoreWrite::Delete(keys::LOGOUT_OWED.to_owned())]).await.unwrap_or_default();
        }
    }

    pub(super) async fn sign_in(&self, identity: Identity, secret: Option<UnlockSecret>) -> Result<(), ApiError> {
        let store = self.store().ok_or(ApiError::Failed)?;
        // What was typed a moment ago must be saved before the store is read.
        self.flushed().await.map_err(|()| ApiError::Failed)?;
        if store.admit(identity.account, secret.as_ref()).await.map_err(|_| ApiError::Failed)? {
            drop_worthless(&store, identity.account).await.map_err(|_| ApiError::Failed)?;
        }
        let stored = store.load(&keys::account(identity.account)).await.map_err(|_| ApiError::Failed)?;
        let holder = Holder::of(&identity, self.now(), self.idle_limit());
        // The server ended the session before this one when it made it.
        let settled = StoreWrite::Delete(keys::LOGOUT_OWED.to_owned());
        let batch = vec![identity_write(&identity), holder.write(), settled];
        store.commit(batch).await.map_err(|_| ApiError::Failed)?;
        self.0.session.set_holder(Some(holder));
        self.restore(identity, stored);
        self.set_connection(Connection::Connecting);
        self.0.signals.wake();
        Ok(())
    }

    /// Restores and shows what the device has saved of `identity`'s account.
    pub(super) fn restore(&self, identity: Identity, stored: Vec<(String, Vec<u8>)>) {
        let account = identity.account;
        self.0.uploads.restore(account, &stored);
        self.0.upload_queue.restore(account, &stored);
        self.0.offline_files.restore(account, &stored);
        self.0.drafts.restore(account, &stored);
        self.restore_choice(account, &stored);
        let reading = window::crashes() < CRASHES_BEFORE_CAUTION;
        self.0.sync.change(|engine| engine.open(identity.clone(), stored, reading));
        self.leave_ended_years();
        self.0.session.set_status(Status::SignedIn(identity));
        self.changed();
    }

    /// Replaces what is known of the login by what the server reported.
    pub(super) fn renew_identity(&self, identity: Identity) {
        self.0.session.set_status(Status::SignedIn(identity.clone()));
        self.0.sync.save(vec![identity_write(&identity)]);
        self.0.sync.change(|engine| engine.set_identity(identity));
    }
}

/// Deletes what no key opens any more. The server has all of it: unsent work has a key of its own, and stays.
async fn drop_worthless(store: &DeviceStore, account: AccountId) -> Result<(), StoreError> {
    let mut worthless = store.names(&keys::account(account)).await?;
    worthless.retain(|name| !keys::is_unsent_work(name));
    worthless.extend(store.names(&keys::files(account)).await?);
    store.commit(worthless.into_iter().map(StoreWrite::Delete).collect()).await
}
