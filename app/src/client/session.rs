//! Registering, logging in and out: the ceremonies with the firm's server.

use super::{
    Client, Connection, DeviceStore, Holder, Identity, LocalStore, PublicError, Status, StoreError, StoreWrite,
    UnlockSecret, json, keys, uploads::Uploads,
};
use crate::platform::{Request, Response, Unreachable, network};
use model::{
    api::{Ceremony, FinishCeremony, Keyring, StartRegistration},
    id::AccountId,
};
use serde::{Serialize, de::DeserializeOwned};

/// Why the server did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// It cannot be reached.
    #[error("the server cannot be reached")]
    Offline,
    /// It says why, in both languages.
    #[error("{}", .0.error)]
    Refused(PublicError),
    /// Its answer makes no sense, or this device's storage failed.
    #[error("an answer that makes no sense")]
    Failed,
}

impl From<Unreachable> for ApiError {
    fn from(_: Unreachable) -> Self {
        Self::Offline
    }
}

/// The reason in an answer that is no success.
pub(super) fn public_error(answer: &Response) -> PublicError {
    json(&answer.body).unwrap_or_else(|| PublicError {
        error: "server_failure".to_owned(),
        nl: "Dit lukt nu niet. Probeer het straks opnieuw.".to_owned(),
        en: "This does not work right now. Please try again later.".to_owned(),
    })
}

impl Client {
    /// Begins a registration; gives the options of the passkey dialog.
    pub async fn start_registration(&self, start: &StartRegistration) -> Result<Ceremony, ApiError> {
        self.post("/api/registration/start", start).await
    }

    /// The passkeys and devices of this login.
    pub async fn keyring(&self) -> Result<Keyring, ApiError> {
        let bytes = self.get("/api/keyring").await?;
        json(&bytes).ok_or(ApiError::Failed)
    }

    /// Changes something of the keyring; `path` is what, below `/api/keyring/`.
    pub async fn change_keyring<B: Serialize>(&self, path: &str, body: &B) -> Result<Keyring, ApiError> {
        self.post(&format!("/api/keyring/{path}"), body).await
    }

    /// Begins making one more passkey; gives the options of the passkey dialog.
    pub async fn start_passkey(&self) -> Result<Ceremony, ApiError> {
        self.post("/api/keyring/passkeys/start", &serde_json::json!({})).await
    }

    /// Ends a registration; then this device is signed in.
    /// `secret` is what the passkey gives for unlocking this device, if it does.
    pub async fn finish_registration(
        &self,
        ceremony: String,
        credential: serde_json::Value,
        secret: Option<UnlockSecret>,
    ) -> Result<(), ApiError> {
        let identity = self.post("/api/registration/finish", &FinishCeremony { ceremony, credential }).await?;
        self.sign_in(identity, secret).await
    }

    /// Begins a login; gives the options of the passkey dialog.
    pub async fn start_login(&self) -> Result<Ceremony, ApiError> {
        self.post("/api/login/start", &serde_json::json!({})).await
    }

    /// Ends a login; then this device is signed in.
    /// `secret` is what the passkey gives for unlocking this device, if it does.
    pub async fn finish_login(
        &self,
        ceremony: String,
        credential: serde_json::Value,
        secret: Option<UnlockSecret>,
    ) -> Result<(), ApiError> {
        let identity = self.post("/api/login/finish", &FinishCeremony { ceremony, credential }).await?;
        self.sign_in(identity, secret).await
    }

    /// Ends the session and, when all of it is at the firm, clears this
    /// person's data from the device. Unsent work stays on it and is there
    /// again after the next login.
    pub async fn log_out(&self) -> Result<(), ApiError> {
        let (Some(account), Some(store)) = (self.account(), self.store()) else { return Ok(()) };
        match self.post::<_, serde_json::Value>("/api/logout", &serde_json::json!({})).await {
            // The session was over already.
            Ok(_) | Err(ApiError::Refused(_) | ApiError::Failed) => {}
            Err(ApiError::Offline) => return Err(ApiError::Offline),
        }
        self.flushed().await.map_err(|()| ApiError::Failed)?;
        let all_sent = self.unsent() == 0;
        // What the server refused is only here: it stays.
        let refused = self.0.uploads.borrow().refused(account);
        // From here on nothing more is taken in that would be kept after the clearing.
        self.0.engine.borrow_mut().close();
        *self.0.uploads.borrow_mut() = Uploads::default();
        self.0.fetched.borrow_mut().clear();
        self.0.pile.borrow_mut().clear();
        let mut batch = vec![StoreWrite::Delete(keys::HOLDER.to_owned()), StoreWrite::Delete(keys::identity(account))];
        if all_sent {
            for prefix in [keys::account(account), keys::files(account)] {
                let mut there = store.names(&prefix).await.map_err(|_| ApiError::Failed)?;
                there.retain(|key| !key.contains("/aside/") && !key.contains("/pile/") && !refused.contains(key));
                batch.extend(there.into_iter().map(StoreWrite::Delete));
            }
        }
        self.0.holder.replace(None);
        self.0.status.replace(Status::SignedOut);
        store.commit(batch).await.map_err(|_| ApiError::Failed)?;
        self.signal(&self.0.wake);
        self.changed();
        Ok(())
    }

    pub(super) async fn sign_in(&self, identity: Identity, secret: Option<UnlockSecret>) -> Result<(), ApiError> {
        let store = self.store().ok_or(ApiError::Failed)?;
        // What was typed a moment ago must be among what is read.
        self.flushed().await.map_err(|()| ApiError::Failed)?;
        if store.admit(identity.account, secret.as_ref()).await.map_err(|_| ApiError::Failed)? {
            drop_worthless(&store, identity.account).await.map_err(|_| ApiError::Failed)?;
        }
        let stored = store.load(&keys::account(identity.account)).await.map_err(|_| ApiError::Failed)?;
        let holder = Holder::of(&identity, self.now(), self.idle_limit());
        let batch = vec![identity_write(&identity), holder.write()];
        store.commit(batch).await.map_err(|_| ApiError::Failed)?;
        self.0.holder.replace(Some(holder));
        self.take_up(identity, stored);
        self.set_connection(Connection::Connecting);
        self.signal(&self.0.wake);
        Ok(())
    }

    /// Shows what the device holds of `identity`'s account.
    pub(super) fn take_up(&self, identity: Identity, stored: Vec<(String, Vec<u8>)>) {
        *self.0.uploads.borrow_mut() = Uploads::open(identity.account, &stored);
        self.take_up_desk(identity.account, &stored);
        self.0.engine.borrow_mut().open(identity.clone(), stored);
        self.leave_ended_years();
        self.0.status.replace(Status::SignedIn(identity));
        self.changed();
    }

    /// Asks the server who is signed in; `None` when nobody is.
    pub(super) async fn ask_identity(&self) -> Result<Option<Identity>, Unreachable> {
        let answer = network::request(
            &self.0.network,
            Request { method: "GET", path: "/api/me".to_owned(), ..Request::default() },
        )
        .await?;
        match answer.status {
            200 => json(&answer.body).map(Some).ok_or(Unreachable),
            401 => Ok(None),
            _ => Err(Unreachable),
        }
    }

    pub(super) async fn get(&self, path: &str) -> Result<Vec<u8>, ApiError> {
        let request = Request { method: "GET", path: path.to_owned(), ..Request::default() };
        let answer = network::request(&self.0.network, request).await?;
        if answer.status == 200 { Ok(answer.body) } else { Err(ApiError::Refused(public_error(&answer))) }
    }

    pub(super) async fn post<B: Serialize, T: DeserializeOwned>(&self, path: &str, body: &B) -> Result<T, ApiError> {
        let body = serde_json::to_vec(body).map_err(|_| ApiError::Failed)?;
        let headers = vec![("content-type", "application/json".to_owned())];
        let answer =
            network::request(&self.0.network, Request { method: "POST", path: path.to_owned(), headers, body }).await?;
        match answer.status {
            200..300 => json(&answer.body).ok_or(ApiError::Failed),
            _ => Err(ApiError::Refused(public_error(&answer))),
        }
    }
}

/// Drops what nothing opens any more. The server has all of it: unsent work has a key of its own, and stays.
async fn drop_worthless(store: &DeviceStore, account: AccountId) -> Result<(), StoreError> {
    let mut worthless = store.names(&keys::account(account)).await?;
    worthless.retain(|name| !keys::is_unsent_work(name));
    worthless.extend(store.names(&keys::files(account)).await?);
    store.commit(worthless.into_iter().map(StoreWrite::Delete).collect()).await
}

pub(super) fn identity_write(identity: &Identity) -> StoreWrite {
    // An identity has no maps with odd keys: it always has a JSON form.
    StoreWrite::Put(keys::identity(identity.account), serde_json::to_vec(identity).unwrap_or_default())
}
