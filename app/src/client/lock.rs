//! Lock of this device. After some time without use, what is saved here can be read only after the person has used the
//! passkey. That needs no network.

use super::{
    Client, Engine, Holder, Identity, IdleLimit, LocalStore, Status, StoreError, UnlockSecret, Vault, json::from_json,
    keys,
};
use crate::platform::{clock, tasks};

/// Milliseconds between two checks whether the device is in use.
const LOOK: u32 = 30_000;

impl Client {
    /// Returns the time without use after which this device locks.
    pub fn idle_limit(&self) -> IdleLimit {
        self.0.session.holder().map_or_else(IdleLimit::default, |h| h.limit)
    }

    /// Sets the time without use after which this device locks.
    pub fn set_idle_limit(&self, limit: IdleLimit) {
        self.change_holder(|holder| holder.limit = limit);
    }

    /// Notes that somebody touched the app.
    pub fn used(&self) {
        let now = self.now();
        let is_old = |h: &Holder| now.0 - h.last_used.0 >= i64::from(LOOK);
        if self.0.session.holder().as_ref().is_some_and(is_old) {
            self.change_holder(|holder| holder.last_used = now);
        }
    }

    /// Locks the device now. What was typed is saved first.
    pub async fn lock(&self) -> Result<(), StoreError> {
        let (Some(store), Some(holder)) = (self.store(), self.0.session.holder()) else { return Ok(()) };
        if !self.0.session.is_signed_in() || self.flushed().await.is_err() {
            return Ok(());
        }
        store.lock(holder.account).await?;
        // A store that cannot lock stays open.
        if store.vault(holder.account).await? != Vault::Locked {
            return Ok(());
        }
        self.0.sync.change(Engine::close);
        self.0.uploads.clear();
        self.0.offline_files.forget_all();
        self.0.session.set_status(Status::Locked(holder));
        self.0.signals.wake();
        self.notify_listeners();
        Ok(())
    }

    /// Opens what this device has saved, after the passkey was used. Returns false if the passkey's secret does not
    /// open it, in which case only a login with a network does.
    pub async fn unlock(&self, secret: Option<UnlockSecret>) -> Result<bool, StoreError> {
        let (Some(store), Some(holder)) = (self.store(), self.0.session.holder()) else { return Ok(false) };
        if !store.unlock(holder.account, secret.as_ref()).await? {
            return Ok(false);
        }
        self.change_holder(|holder| holder.last_used = clock::now());
        self.open_holder().await?;
        self.0.signals.wake();
        Ok(true)
    }

    /// Restores and shows what the device has saved of its holder.
    pub(super) async fn open_holder(&self) -> Result<(), StoreError> {
        let Some(store) = self.store() else { return Ok(()) };
        let holder = match self.0.session.holder() {
            Some(holder) => Some(holder),
            None => store.get(keys::HOLDER).await?.and_then(|bytes| from_json::<Holder>(&bytes)),
        };
        self.0.session.set_holder(holder.clone());
        let Some(holder) = holder else { return self.nobody() };
        if holder.is_idle(self.now()) {
            store.lock(holder.account).await?;
        }
        if store.vault(holder.account).await? == Vault::Locked {
            self.0.session.set_status(Status::Locked(holder));
            self.notify_listeners();
            return Ok(());
        }
        let identity = store.get(&keys::identity(holder.account)).await?;
        match identity.and_then(|bytes| from_json(&bytes)) {
            Some(identity) => {
                let stored = store.load(&keys::account(holder.account)).await?;
                self.restore(identity, stored);
                Ok(())
            }
            None => self.nobody(),
        }
    }

    fn nobody(&self) -> Result<(), StoreError> {
        self.0.session.set_status(Status::SignedOut);
        self.notify_listeners();
        Ok(())
    }

    /// Updates the list of passkeys to what the server reports.
    pub(super) fn renew_holder(&self, identity: &Identity) {
        if self.0.session.holder().is_some_and(|h| h.passkeys != identity.passkeys) {
            self.change_holder(|holder| holder.passkeys.clone_from(&identity.passkeys));
        }
    }

    fn change_holder(&self, change: impl FnOnce(&mut Holder)) {
        let write = self.0.session.change_holder(change);
        self.0.sync.save(write.into_iter().collect());
        self.0.signals.work();
    }

    /// Locks the device if nobody used the app for long enough.
    pub(super) fn lock_when_idle(&self) {
        let is_idle = self.0.session.holder().is_some_and(|h| h.is_idle(self.now()));
        if is_idle && self.0.session.is_signed_in() {
            let client = self.clone();
            tasks::spawn(async move {
                // If the store fails now, the next check tries again.
                client.lock().await.unwrap_or_default();
            });
        }
    }

    pub(super) async fn watch_idleness(&self) {
        loop {
            tasks::sleep(LOOK).await;
            self.lock_when_idle();
        }
    }
}
