//! Tells open connections that a client's documents grew, or that a login is to
//! be checked again. It carries no data:
//! whoever is told reads the log, so nothing is lost when one is told late.

use model::id::{AccountId, ClientId, FirmId};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::Notify;

/// Where connections subscribe. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub(Arc<Bells>);

#[derive(Default)]
struct Bells {
    of_clients: Mutex<HashMap<ClientId, Vec<Weak<Bell>>>>,
    of_firms: Mutex<HashMap<FirmId, Vec<Weak<Bell>>>>,
    of_accounts: Mutex<HashMap<AccountId, Vec<Weak<Bell>>>>,
}

#[derive(Default)]
struct Bell {
    grown: Mutex<BTreeSet<ClientId>>,
    doubted: AtomicBool,
    rung: Notify,
}

/// A connection's subscription. Dropping it ends it.
#[derive(Default)]
pub struct Subscription(Arc<Bell>);

impl Hub {
    /// Lets `subscription` hear of `client` too.
    pub fn subscribe(&self, subscription: &Subscription, client: ClientId) {
        hang(&self.0.of_clients, client, subscription);
    }

    /// Lets `subscription` hear of all clients of `firm`.
    pub fn subscribe_firm(&self, subscription: &Subscription, firm: FirmId) {
        hang(&self.0.of_firms, firm, subscription);
    }

    /// Lets `subscription` hear when `account` is to be checked again.
    pub fn subscribe_account(&self, subscription: &Subscription, account: AccountId) {
        hang(&self.0.of_accounts, account, subscription);
    }

    /// Something of the login ended: its connections look whether they still may.
    pub fn doubt(&self, account: AccountId) {
        let mut bells = self.0.of_accounts.lock().unwrap_or_else(PoisonError::into_inner);
        for bell in bells.remove(&account).unwrap_or_default().iter().filter_map(Weak::upgrade) {
            bell.doubted.store(true, Ordering::SeqCst);
            bell.rung.notify_one();
            bells.entry(account).or_default().push(Arc::downgrade(&bell));
        }
    }

    /// The documents of a client of `firm` grew.
    pub fn notify(&self, firm: FirmId, client: ClientId) {
        ring(&self.0.of_clients, client, client);
        ring(&self.0.of_firms, firm, client);
    }
}

/// Tells those who listen at `at` that documents of `client` grew.
fn ring<K: std::hash::Hash + Eq>(bells: &Mutex<HashMap<K, Vec<Weak<Bell>>>>, at: K, client: ClientId) {
    let mut bells = bells.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(there) = bells.get_mut(&at) else { return };
    there.retain(|bell| bell.strong_count() > 0);
    for bell in there.iter().filter_map(Weak::upgrade) {
        bell.grown.lock().unwrap_or_else(PoisonError::into_inner).insert(client);
        bell.rung.notify_one();
    }
    if there.is_empty() {
        bells.remove(&at);
    }
}

fn hang<K: std::hash::Hash + Eq>(bells: &Mutex<HashMap<K, Vec<Weak<Bell>>>>, at: K, subscription: &Subscription) {
    let mut bells = bells.lock().unwrap_or_else(PoisonError::into_inner);
    let there = bells.entry(at).or_default();
    there.retain(|bell| bell.strong_count() > 0);
    let bell = Arc::downgrade(&subscription.0);
    if !there.iter().any(|b| b.ptr_eq(&bell)) {
        there.push(bell);
    }
}

impl Subscription {
    /// Waits until a client's documents grew or the login is in doubt; gives
    /// the clients of which something grew since.
    pub async fn grown(&self) -> BTreeSet<ClientId> {
        loop {
            self.0.rung.notified().await;
            let grown = std::mem::take(&mut *self.0.grown.lock().unwrap_or_else(PoisonError::into_inner));
            if !grown.is_empty() || self.0.doubted.swap(false, Ordering::SeqCst) {
                return grown;
            }
        }
    }
}
