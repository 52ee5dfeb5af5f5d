//! How much of the server's work one login may ask for: a bucket of tokens for each kind of work, which fills again
//! while nothing is asked. In memory; a restart fills all of them.

use axum::http::Method;
use model::{id::AccountId, time::Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// The kinds of work that are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Looking at pages, lists and files.
    Read,
    /// Anything that changes something; what is done for many at once counts once.
    Write,
    /// Sending a piece of a file, which counts by its bytes only.
    Piece,
    /// Messages of a device on its socket: one for each change that is not based on the one before it.
    Push,
    /// Bytes that are sent, beyond what a form has.
    Bytes,
    /// Evidence packs.
    Pack,
    /// Lists, logs and all documents to take away.
    Export,
}

/// The routes whose kind is not that of their method.
const OTHERS: [(&str, &str, Kind); 12] = [
    ("PATCH", "/api/uploads/{upload}", Kind::Piece),
    ("GET", "/api/clients/{client}/years/{year}/evidence/{approval}", Kind::Pack),
    ("GET", "/kantoor/klanten/{number}/{year}/akkoord/bewijs/{file}", Kind::Pack),
    ("GET", "/kantoor/aangiften/aangiften.csv", Kind::Export),
    ("GET", "/kantoor/klanten/klanten.csv", Kind::Export),
    ("POST", "/kantoor/klanten/documenten.zip", Kind::Export),
    ("GET", "/kantoor/klanten/{number}/{year}/documenten.zip", Kind::Export),
    ("GET", "/kantoor/klanten/{number}/{year}/checklist/{checklist}/antwoorden/{form}", Kind::Export),
    ("GET", "/kantoor/importeren/{import}/regels.csv", Kind::Export),
    ("GET", "/kantoor/importeren/klanten.csv", Kind::Export),
    ("GET", "/kantoor/logboek/auditlog.jsonl", Kind::Export),
    ("GET", "/kantoor/seizoen/seizoen.csv", Kind::Export),
];

/// The number of bytes that are no more than a form, and the least that a piece of a file counts.
const FORM: u64 = 64 * 1024;

const MIB: u64 = 1024 * 1024;

impl Kind {
    /// Returns the kind of a request.
    pub fn of(method: &Method, route: &str) -> Self {
        let other = OTHERS.iter().find(|(m, r, _)| method.as_str() == *m && route == *r);
        match other {
            Some((.., kind)) => *kind,
            None if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) => Self::Read,
            None => Self::Write,
        }
    }

    /// Returns what a full bucket holds, and how much it gains in a minute.
    fn limit(self) -> (u64, u64) {
        match self {
            Self::Read => (1_000, 50 * 60),
            Self::Write => (100, 20 * 60),
            Self::Push => (200, 20 * 60),
            // Forty photos of the largest size, and then 8 MB a second.
            Self::Bytes | Self::Piece => (1_024 * MIB, 8 * MIB * 60),
            Self::Pack => (30, 6),
            Self::Export => (20, 6),
        }
    }

    /// Returns what a request with a body of so many bytes costs.
    fn costs(self, bytes: u64) -> impl Iterator<Item = (Self, u64)> {
        let (own, more) = match self {
            Self::Piece => (None, bytes.max(FORM)),
            _ => (Some((self, 1)), if bytes > FORM { bytes } else { 0 }),
        };
        own.into_iter().chain((more > 0).then_some((Self::Bytes, more)))
    }
}

/// The buckets of all logins. Only full ones are forgotten, which is as if they had stayed.
#[derive(Default)]
pub struct Buckets(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    buckets: HashMap<(AccountId, Kind), Bucket>,
    /// The number of buckets at which full ones are looked for.
    sweep_at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// Tokens, in parts of 60,000, so that whole numbers suffice for a millisecond of a minute's gain. Less than 0 is
    /// a debt: what is large begins while there is something left, and what follows waits.
    left: i128,
    at: Timestamp,
}

/// The parts of a token.
const PARTS: i128 = 60_000;
/// The fewest buckets at which full ones are looked for.
const FEW: usize = 1_024;

impl Buckets {
    /// Takes the cost of a request with a body of so many bytes. Returns false if the login asked for too much.
    pub fn admits(&self, account: AccountId, kind: Kind, bytes: u64, now: Timestamp) -> bool {
        kind.costs(bytes).all(|(kind, cost)| self.spend(account, kind, cost, now).is_ok())
    }

    /// Takes `cost` tokens, or says how long it is until there are some.
    pub fn spend(&self, account: AccountId, kind: Kind, cost: u64, now: Timestamp) -> Result<(), Duration> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.buckets.len() >= kept.sweep_at {
            kept.buckets.retain(|(_, kind), bucket| !bucket.is_full(*kind, now));
            kept.sweep_at = (2 * kept.buckets.len()).max(FEW);
        }
        let full = Bucket { left: i128::from(kind.limit().0) * PARTS, at: now };
        kept.buckets.entry((account, kind)).or_insert(full).spend(kind, cost, now)
    }
}

impl Bucket {
    fn fill(&mut self, kind: Kind, now: Timestamp) {
        let (most, per_minute) = kind.limit();
        // A clock that was set back gives nothing and takes nothing.
        let passed = i128::from(now.0.saturating_sub(self.at.0).max(0));
        self.left = (self.left + passed * i128::from(per_minute)).min(i128::from(most) * PARTS);
        self.at = now;
    }

    fn is_full(mut self, kind: Kind, now: Timestamp) -> bool {
        self.fill(kind, now);
        self.left == i128::from(kind.limit().0) * PARTS
    }

    fn spend(&mut self, kind: Kind, cost: u64, now: Timestamp) -> Result<(), Duration> {
        self.fill(kind, now);
        if self.left < PARTS {
            let per_minute = i128::from(kind.limit().1);
            let missing = (PARTS - self.left + per_minute - 1).div_euclid(per_minute);
            return Err(Duration::from_millis(u64::try_from(missing).unwrap_or(u64::MAX)));
        }
        self.left -= i128::from(cost) * PARTS;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SELF: AccountId = AccountId::from_bytes([1; 16]);
    const OTHER: AccountId = AccountId::from_bytes([2; 16]);

    fn count(buckets: &Buckets, account: AccountId, kind: Kind, now: i64) -> usize {
        (0..2_000).take_while(|_| buckets.admits(account, kind, 0, Timestamp(now))).count()
    }

    #[test]
    fn a_login_has_its_burst_then_its_rate_and_others_and_other_kinds_are_not_touched() {
        let buckets = Buckets::default();
        assert_eq!(count(&buckets, SELF, Kind::Write, 0), 100);
        assert_eq!(count(&buckets, SELF, Kind::Write, 1_000), 20);
        assert_eq!(buckets.spend(SELF, Kind::Write, 1, Timestamp(1_000)), Err(Duration::from_millis(50)));
        assert_eq!(count(&buckets, SELF, Kind::Write, 0), 0, "a clock that was set back gives nothing");
        assert_eq!(count(&buckets, SELF, Kind::Pack, 0), 30);
        assert_eq!(count(&buckets, OTHER, Kind::Write, 0), 100);
        assert_eq!(count(&buckets, SELF, Kind::Write, 3_600_000), 100, "and no more is saved up");
    }

    #[test]
    fn forty_photos_of_the_largest_size_go_through_and_a_hundred_do_not() {
        let buckets = Buckets::default();
        let pieces_of_a_photo = 25 * 4;
        let sends = |photos: usize| {
            (0..photos * pieces_of_a_photo).all(|_| buckets.admits(SELF, Kind::Piece, MIB / 4, Timestamp(0)))
        };
        assert!(sends(40));
        assert!(!sends(60));
        assert!(buckets.admits(SELF, Kind::Write, 2_000, Timestamp(0)), "a form can still be sent");
        assert!(!buckets.admits(SELF, Kind::Write, MIB, Timestamp(0)), "but no file in it");
    }

    #[test]
    fn what_costs_more_than_there_is_goes_into_debt_once() {
        let buckets = Buckets::default();
        for expected in [Ok(()), Ok(()), Err(Duration::from_millis(9_900))] {
            assert_eq!(
                buckets.spend(SELF, Kind::Push, 199, Timestamp(0)).map_err(|wait| wait - Duration::from_millis(50)),
                expected
            );
        }
    }

    #[test]
    fn no_number_of_others_makes_the_server_forget_an_empty_bucket() {
        let buckets = Buckets::default();
        assert_eq!(count(&buckets, SELF, Kind::Pack, 0), 30);
        for number in 0..3_000_u32 {
            let mut id = [7; 16];
            id[..4].copy_from_slice(&number.to_be_bytes());
            assert!(buckets.admits(AccountId::from_bytes(id), Kind::Pack, 0, Timestamp(i64::from(number))));
        }
        assert_eq!(count(&buckets, SELF, Kind::Pack, 3_000), 0);
        let later = Timestamp(3_600_000);
        assert!(buckets.admits(SELF, Kind::Pack, 0, later));
        buckets.0.lock().unwrap().sweep_at = 0;
        assert!(buckets.admits(OTHER, Kind::Pack, 0, later));
        assert_eq!(buckets.0.lock().unwrap().buckets.len(), 2, "full ones are forgotten");
    }
}
