//! Tells open connections that a client's documents grew, or that a login has to
//! be checked once more. It carries no data:
//! whoever is told reads the log, so nothing is lost if that is late.

use model::id::{AccountId, ClientId, FirmId};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::Notify;

/// The hub to which connections subscribe. It is cheap to clone.
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
    /// Adds `client` to what `subscription` is told about.
    pub fn subscribe(&self, subscription: &Subscription, client: ClientId) {
        hang(&self.0.of_clients, client, subscription);
    }

    /// Adds all clients of `firm` to what `subscription` is told about.
    pub fn subscribe_firm(&self, subscription: &Subscription, firm: FirmId) {
        hang(&self.0.of_firms, firm, subscription);
    }

    /// Tells `subscription` whenever `account` has to be checked.
    pub fn subscribe_account(&self, subscription: &Subscription, account: AccountId) {
        hang(&self.0.of_accounts, account, subscription);
    }

    /// Tells the connections of a login to check whether it may still be used.
    pub fn doubt(&self, account: AccountId) {
        let mut bells = self.0.of_accounts.lock().unwrap_or_else(PoisonError::into_inner);
        for bell in bells.remove(&account).unwrap_or_default().iter().filter_map(Weak::upgrade) {
            bell.doubted.store(true, Ordering::SeqCst);
            bell.rung.notify_one();
            bells.entry(account).or_default().push(Arc::downgrade(&bell));
        }
    }

    /// Tells subscribers that the documents of a client of `firm` grew.
    pub fn notify(&self, firm: FirmId, client: ClientId) {
        ring(&self.0.of_clients, client, client);
        ring(&self.0.of_firms, firm, client);
    }
}

/// Tells the subscribers of `at` that documents of `client` grew.
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
    /// Waits until a client's documents grew or the login has to be checked. Returns
    /// the clients whose documents grew since the last call.
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
