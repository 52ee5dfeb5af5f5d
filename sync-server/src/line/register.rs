//! The connections that there are. Where there is no room for one more, the one that kept the server waiting for the
//! longest time gives way to it, so that whoever only holds connections holds nothing.

use super::Limits;
use model::time::Timestamp;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU8, Ordering},
    },
    time::Duration,
};
use storage::clock::Clock;
use tokio::sync::Notify;

/// All connections of a server.
pub struct Register {
    /// The largest number of connections in all, and from one address.
    most: usize,
    most_of_address: usize,
    limits: Limits,
    clock: Clock,
    seats: Mutex<Seats>,
}

#[derive(Default)]
struct Seats {
    next: u64,
    taken: HashMap<u64, Arc<Seat>>,
    of_address: HashMap<IpAddr, usize>,
}

/// What a connection is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// For a request of the client.
    Head,
    /// For the rest of a request.
    Body,
    /// For the server.
    Work,
    /// For the client, which has to take the answer.
    Answer,
    /// For news: it stays open as long as it is used, and other limits hold for it.
    Kept,
}

impl Phase {
    fn of(number: u8) -> Self {
        [Self::Head, Self::Body, Self::Work, Self::Answer].get(usize::from(number)).copied().unwrap_or(Self::Kept)
    }
}

/// The place of one connection.
pub struct Seat {
    number: u64,
    /// The address that it counts for; none for that of a proxy.
    from: Option<IpAddr>,
    clock: Clock,
    phase: AtomicU8,
    /// The moments at which something last moved, at which the phase began, and at which the head of a request
    /// began: [`NEVER`] as long as there is nothing of it.
    moved: AtomicI64,
    since: AtomicI64,
    head: AtomicI64,
    leave: Notify,
}

const NEVER: i64 = i64::MAX;

/// The right to a place, which ends with it.
pub struct Place {
    pub seat: Arc<Seat>,
    register: Arc<Register>,
}

impl Register {
    /// Returns a register of at most `most` connections, of which at most `most_of_address` from one address.
    pub fn new(most: usize, most_of_address: usize, limits: Limits, clock: Clock) -> Arc<Self> {
        Arc::new(Self { most, most_of_address, limits, clock, seats: Mutex::default() })
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the number of connections.
    pub fn len(&self) -> usize {
        self.seats().taken.len()
    }

    /// Returns true if there is no connection.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives a place to a connection, whose address counts unless it is `None`. Where that needs another's place, the
    /// one that kept the server waiting for the longest time is told to leave. Returns `None` if none of them waits
    /// for its client.
    pub fn admit(self: &Arc<Self>, from: Option<IpAddr>) -> Option<Place> {
        let mut seats = self.seats();
        if from.is_some_and(|from| seats.of_address.get(&from).is_some_and(|n| *n >= self.most_of_address)) {
            seats.send_away(|seat| seat.from == from)?;
        }
        if seats.taken.len() >= self.most {
            seats.send_away(|_| true)?;
        }
        let number = seats.next;
        seats.next += 1;
        let now = self.clock.now().0;
        let seat = Arc::new(Seat {
            number,
            from,
            clock: self.clock.clone(),
            phase: AtomicU8::new(Phase::Head as u8),
            moved: now.into(),
            since: now.into(),
            head: now.into(),
            leave: Notify::new(),
        });
        seats.taken.insert(number, seat.clone());
        if let Some(from) = from {
            *seats.of_address.entry(from).or_default() += 1;
        }
        Some(Place { seat, register: self.clone() })
    }

    /// Tells the connection to leave that kept the server waiting for the longest time: there are too many files.
    pub fn make_room(&self) {
        self.seats().send_away(|_| true);
    }

    /// Tells those to leave that keep the server waiting for too long.
    pub fn sweep(&self) {
        let now = self.clock.now();
        let mut seats = self.seats();
        let is_late = |seat: &&Arc<Seat>| seat.is_late(&self.limits, now);
        let late: Vec<_> = seats.taken.values().filter(is_late).map(|seat| seat.number).collect();
        for number in late {
            seats.remove(number).iter().for_each(|seat| seat.leave.notify_one());
        }
    }
}

impl Seats {
    fn send_away(&mut self, is_among: impl Fn(&Seat) -> bool) -> Option<()> {
        let waiting = self.taken.values().filter(|seat| seat.waits_for_client() && is_among(seat));
        let number = waiting.min_by_key(|seat| seat.moved.load(Ordering::Relaxed))?.number;
        self.remove(number)?.leave.notify_one();
        Some(())
    }

    fn remove(&mut self, number: u64) -> Option<Arc<Seat>> {
        let seat = self.taken.remove(&number)?;
        if let Some(from) = seat.from
            && let Some(count) = self.of_address.get_mut(&from)
        {
            *count -= 1;
            if *count == 0 {
                self.of_address.remove(&from);
            }
        }
        Some(seat)
    }
}

impl Seat {
    fn phase(&self) -> Phase {
        Phase::of(self.phase.load(Ordering::Relaxed))
    }

    fn waits_for_client(&self) -> bool {
        matches!(self.phase(), Phase::Head | Phase::Body | Phase::Answer)
    }

    fn is_late(&self, limits: &Limits, now: Timestamp) -> bool {
        let longer_than = |since: &AtomicI64, limit: Duration| {
            let waited = now.0.saturating_sub(since.load(Ordering::Relaxed));
            u128::try_from(waited).is_ok_and(|waited| waited > limit.as_millis())
        };
        self.phase() == Phase::Head && (longer_than(&self.head, limits.head) || longer_than(&self.since, limits.idle))
    }

    /// Notes that bytes went in or out.
    pub(super) fn moved(&self) {
        self.moved.store(self.clock.now().0, Ordering::Relaxed);
    }

    /// Notes that bytes came in. With the first ones after an answer a request begins.
    pub(super) fn heard(&self) {
        self.moved();
        if self.phase() == Phase::Head && self.head.load(Ordering::Relaxed) == NEVER {
            self.head.store(self.clock.now().0, Ordering::Relaxed);
        }
    }

    /// Notes what the connection is waited for from now on.
    pub(super) fn enter(&self, phase: Phase) {
        self.head.store(NEVER, Ordering::Relaxed);
        self.since.store(self.clock.now().0, Ordering::Relaxed);
        self.phase.store(phase as u8, Ordering::Relaxed);
        self.moved();
    }

    /// Waits until the connection has to leave.
    pub(super) async fn told_to_leave(&self) {
        self.leave.notified().await;
    }
}

impl Place {
    /// Returns how long the connection may keep the server waiting.
    pub fn limits(&self) -> Limits {
        self.register.limits
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.register.seats().remove(self.seat.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use std::net::Ipv4Addr;

    const OFFICE: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1)));
    const HOME: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2)));

    fn is_told(place: &Place) -> bool {
        place.seat.told_to_leave().now_or_never().is_some()
    }

    /// Returns a register, and a function that lets seconds pass.
    fn register(most: usize, most_of_address: usize) -> (Arc<Register>, impl Fn(i64)) {
        let now = Arc::new(AtomicI64::new(1_000_000));
        let shared = now.clone();
        let clock = Clock::of(move || Timestamp(shared.load(Ordering::SeqCst)));
        let pass = move |seconds: i64| {
            now.fetch_add(seconds * 1000, Ordering::SeqCst);
        };
        (Register::new(most, most_of_address, Limits::default(), clock), pass)
    }

    #[test]
    fn the_longest_silent_of_an_address_gives_way_to_its_next_and_others_stay() {
        let (register, pass) = register(10, 2);
        let first = register.admit(OFFICE).unwrap();
        pass(1);
        let second = register.admit(OFFICE).unwrap();
        let elsewhere = register.admit(HOME).unwrap();
        pass(1);
        first.seat.moved();
        let third = register.admit(OFFICE).unwrap();
        assert_eq!([&first, &second, &third, &elsewhere].map(is_told), [false, true, false, false]);
        assert_eq!(register.len(), 3);
        drop(second);
        assert_eq!(register.len(), 3, "a place is given back once");
        let proxied: Vec<_> = (0..5).map(|_| register.admit(None).unwrap()).collect();
        assert!(proxied.iter().all(|place| !is_told(place)), "that of a proxy is counted in all only");
    }

    #[test]
    fn who_waits_for_the_server_or_for_news_never_gives_way() {
        let (register, _) = register(2, 2);
        let [working, listening] = [Phase::Work, Phase::Kept].map(|phase| {
            let place = register.admit(OFFICE).unwrap();
            place.seat.enter(phase);
            place
        });
        assert!(register.admit(OFFICE).is_none() && register.admit(HOME).is_none());
        for phase in [Phase::Body, Phase::Answer, Phase::Head] {
            working.seat.enter(phase);
            assert!(working.seat.waits_for_client(), "{phase:?}");
        }
        drop(register.admit(HOME).unwrap());
        assert!(is_told(&working) && !is_told(&listening));
    }

    #[test]
    fn a_head_has_ten_seconds_and_a_silent_connection_a_minute() {
        let (register, pass) = register(9, 9);
        let silent = register.admit(None).unwrap();
        let used = register.admit(None).unwrap();
        used.seat.enter(Phase::Work);
        used.seat.enter(Phase::Head);
        pass(11);
        register.sweep();
        assert_eq!([&silent, &used].map(is_told), [true, false]);
        // A byte each second does not help: the head is counted from its first byte.
        for _ in 0..11 {
            used.seat.heard();
            pass(1);
        }
        register.sweep();
        assert!(is_told(&used));
        let idle = register.admit(None).unwrap();
        idle.seat.enter(Phase::Head);
        pass(59);
        register.sweep();
        assert!(!is_told(&idle));
        pass(2);
        register.sweep();
        assert!(is_told(&idle) && register.is_empty());
    }
}
