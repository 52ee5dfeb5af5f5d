//! How many records each person wrote on the present day, of those that count towards the budget of a day. The counts
//! are in memory; a restart forgets them.

use model::{id::PersonId, time::Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The counts of one day.
#[derive(Default)]
pub(super) struct Today(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    /// The day, counted from 1970 (UTC).
    day: i64,
    written: HashMap<PersonId, usize>,
}

impl Today {
    /// Returns how many records a person wrote on the day of `now`.
    pub fn written(&self, person: PersonId, now: Timestamp) -> usize {
        self.counts(now).written.get(&person).copied().unwrap_or_default()
    }

    /// Counts further records, after they were stored.
    pub fn add(&self, person: PersonId, records: usize, now: Timestamp) {
        *self.counts(now).written.entry(person).or_default() += records;
    }

    fn counts(&self, now: Timestamp) -> MutexGuard<'_, Counts> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = now.0.div_euclid(DAY);
        if counts.day != day {
            *counts = Counts { day, written: HashMap::new() };
        }
        counts
    }
}
