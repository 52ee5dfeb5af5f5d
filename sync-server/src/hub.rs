//! Tells open connections that a client's documents grew. It carries no data:
//! whoever is told reads the log, so nothing is lost when one is told late.

use model::id::ClientId;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::sync::Notify;

/// Where connections subscribe. Cheap to clone.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<HashMap<ClientId, Vec<Weak<Bell>>>>>);

#[derive(Default)]
struct Bell {
    grown: Mutex<BTreeSet<ClientId>>,
    rung: Notify,
}

/// A connection's subscription. Dropping it ends it.
#[derive(Default)]
pub struct Subscription(Arc<Bell>);

impl Hub {
    /// Lets `subscription` hear of `client` too.
    pub fn subscribe(&self, subscription: &Subscription, client: ClientId) {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_client = bells.entry(client).or_default();
        of_client.retain(|bell| bell.strong_count() > 0);
        let bell = Arc::downgrade(&subscription.0);
        if !of_client.iter().any(|b| b.ptr_eq(&bell)) {
            of_client.push(bell);
        }
    }

    /// A client's documents grew.
    pub fn notify(&self, client: ClientId) {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(of_client) = bells.get_mut(&client) else { return };
        of_client.retain(|bell| bell.strong_count() > 0);
        for bell in of_client.iter().filter_map(Weak::upgrade) {
            bell.grown.lock().unwrap_or_else(PoisonError::into_inner).insert(client);
            bell.rung.notify_one();
        }
        if of_client.is_empty() {
            bells.remove(&client);
        }
    }
}

impl Subscription {
    /// Waits until a client's documents grew; gives all that did since.
    pub async fn grown(&self) -> BTreeSet<ClientId> {
        loop {
            self.0.rung.notified().await;
            let grown = std::mem::take(&mut *self.0.grown.lock().unwrap_or_else(PoisonError::into_inner));
            if !grown.is_empty() {
                return grown;
            }
        }
    }
}
