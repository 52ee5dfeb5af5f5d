//! Limits how often within an hour one firm or login may do what costs others something. Counts in memory; a
//! restart starts anew.

use crate::error::Refusal;
use model::time::Timestamp;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

const HOUR: i64 = 3600 * 1000;

/// The counts of each key, with the hour that they are of.
pub struct Hourly<K> {
    most: u32,
    counts: Mutex<HashMap<K, (i64, u32)>>,
}

impl<K: Eq + Hash> Hourly<K> {
    /// Allows `most` times within an hour.
    pub fn new(most: u32) -> Self {
        Self { most, counts: Mutex::default() }
    }

    /// Counts one more time, and refuses it if it was one too many.
    pub fn check(&self, key: K, now: Timestamp) -> Result<(), Refusal> {
        let hour = now.0.div_euclid(HOUR);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key).or_insert((hour, 0));
        if count.0 != hour {
            *count = (hour, 0);
        }
        count.1 = count.1.saturating_add(1);
        if count.1 <= self.most { Ok(()) } else { Err(Refusal::TooManyRequests) }
    }
}
