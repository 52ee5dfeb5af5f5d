//! Counts what is open at the same time for one login or one address.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The number of open things of each key. It is cheap to clone, and holds no key of which nothing is open.
pub struct Shares<K>(Arc<Mutex<HashMap<K, usize>>>);

/// One open thing, which is counted as long as this is there.
pub struct Share<K: Hash + Eq> {
    key: K,
    shares: Shares<K>,
}

impl<K: Hash + Eq + Clone> Shares<K> {
    /// Counts one more of `key`. Returns `None` if `most` are open already.
    pub fn take(&self, key: K, most: usize) -> Option<Share<K>> {
        let mut counts = self.counts();
        if counts.get(&key).copied().unwrap_or_default() >= most {
            return None;
        }
        *counts.entry(key.clone()).or_default() += 1;
        Some(Share { key, shares: self.clone() })
    }
}

impl<K> Shares<K> {
    fn counts(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K> Default for Shares<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K: Hash + Eq> Drop for Share<K> {
    fn drop(&mut self) {
        let mut counts = self.shares.counts();
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_given_back_and_nothing_is_left_of_it() {
        let shares = Shares::default();
        let held: Vec<_> = (0..2).map(|_| shares.take("office", 2).unwrap()).collect();
        assert!(shares.take("office", 2).is_none());
        assert!(shares.take("home", 2).is_some());
        drop(held);
        assert!(shares.counts().is_empty());
        assert!(shares.take("none", 0).is_none());
    }
}
