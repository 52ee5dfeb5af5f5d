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
pub struct Hub(Arc<Subscribers>);

#[derive(Default)]
struct Subscribers {
    of_clients: Mutex<HashMap<ClientId, Vec<Weak<Subscriber>>>>,
    of_firms: Mutex<HashMap<FirmId, Vec<Weak<Subscriber>>>>,
    of_accounts: Mutex<HashMap<AccountId, Vec<Weak<Subscriber>>>>,
}

#[derive(Default)]
struct Subscriber {
    grown: Mutex<BTreeSet<ClientId>>,
    must_recheck: AtomicBool,
    wake: Notify,
}

/// A connection's subscription. Dropping it ends it.
#[derive(Default)]
pub struct Subscription(Arc<Subscriber>);

impl Hub {
    /// Adds `client` to what `subscription` is told about.
    pub fn subscribe(&self, subscription: &Subscription, client: ClientId) {
        subscribe(&self.0.of_clients, client, subscription);
    }

    /// Adds all clients of `firm` to what `subscription` is told about.
    pub fn subscribe_firm(&self, subscription: &Subscription, firm: FirmId) {
        subscribe(&self.0.of_firms, firm, subscription);
    }

    /// Tells `subscription` whenever `account` has to be checked.
    pub fn subscribe_account(&self, subscription: &Subscription, account: AccountId) {
        subscribe(&self.0.of_accounts, account, subscription);
    }

    /// Tells the connections of a login to check whether it may still be used.
    pub fn recheck(&self, account: AccountId) {
        let mut subscribers = self.0.of_accounts.lock().unwrap_or_else(PoisonError::into_inner);
        for subscriber in subscribers.remove(&account).unwrap_or_default().iter().filter_map(Weak::upgrade) {
            subscriber.must_recheck.store(true, Ordering::SeqCst);
            subscriber.wake.notify_one();
            subscribers.entry(account).or_default().push(Arc::downgrade(&subscriber));
        }
    }

    /// Tells subscribers that the documents of a client of `firm` grew.
    pub fn notify(&self, firm: FirmId, client: ClientId) {
        notify(&self.0.of_clients, client, client);
        notify(&self.0.of_firms, firm, client);
    }
}

/// Tells the subscribers of `at` that documents of `client` grew.
fn notify<K: std::hash::Hash + Eq>(subscribers: &Mutex<HashMap<K, Vec<Weak<Subscriber>>>>, at: K, client: ClientId) {
    let mut subscribers = subscribers.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(there) = subscribers.get_mut(&at) else { return };
    there.retain(|subscriber| subscriber.strong_count() > 0);
    for subscriber in there.iter().filter_map(Weak::upgrade) {
        subscriber.grown.lock().unwrap_or_else(PoisonError::into_inner).insert(client);
        subscriber.wake.notify_one();
    }
    if there.is_empty() {
        subscribers.remove(&at);
    }
}

fn subscribe<K: std::hash::Hash + Eq>(
    subscribers: &Mutex<HashMap<K, Vec<Weak<Subscriber>>>>,
    at: K,
    subscription: &Subscription,
) {
    let mut subscribers = subscribers.lock().unwrap_or_else(PoisonError::into_inner);
    let there = subscribers.entry(at).or_default();
    there.retain(|subscriber| subscriber.strong_count() > 0);
    let subscriber = Arc::downgrade(&subscription.0);
    if !there.iter().any(|other| other.ptr_eq(&subscriber)) {
        there.push(subscriber);
    }
}

impl Subscription {
    /// Waits until a client's documents grew or the login has to be checked. Returns
    /// the clients whose documents grew since the last call.
    pub async fn grown(&self) -> BTreeSet<ClientId> {
        loop {
            self.0.wake.notified().await;
            let grown = std::mem::take(&mut *self.0.grown.lock().unwrap_or_else(PoisonError::into_inner));
            if !grown.is_empty() || self.0.must_recheck.swap(false, Ordering::SeqCst) {
                return grown;
            }
        }
    }
}
