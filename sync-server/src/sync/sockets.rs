//! The sockets that are open: a few for each device, and some for each login. Where there is no room for one more,
//! one that was silent for some time gives way to it: a phone that changes networks leaves dead ones behind.

use model::{
    id::{AccountId, DeviceId},
    time::Timestamp,
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use storage::clock::Clock;
use tokio::sync::Notify;

/// The largest number of sockets of one device.
const OF_DEVICE: usize = 4;
/// The largest number of sockets of one login.
const OF_LOGIN: usize = 16;
/// The silence after which a socket gives way. An app that is alive is heard more often.
const SILENT: Duration = Duration::from_secs(30);

/// The open sockets of all logins. It is cheap to clone.
#[derive(Clone)]
pub struct Sockets {
    open: Arc<Mutex<HashMap<AccountId, Vec<Arc<Place>>>>>,
    clock: Clock,
}

/// The place of an open socket.
struct Place {
    device: DeviceId,
    heard: AtomicI64,
    leave: Notify,
}

/// The right to an open socket, which ends with it.
pub struct OpenSocket {
    account: AccountId,
    place: Arc<Place>,
    sockets: Sockets,
}

impl Sockets {
    pub fn new(clock: Clock) -> Self {
        Self { open: Arc::default(), clock }
    }

    /// Returns a place for a further socket, or `None` if all are in use.
    pub fn open(&self, account: AccountId, device: DeviceId) -> Option<OpenSocket> {
        let now = self.clock.now();
        let mut sockets = self.all();
        let own = sockets.entry(account).or_default();
        let of_device = own.iter().filter(|place| place.device == device).count();
        if of_device >= OF_DEVICE {
            send_away(own, now, |place| place.device == device)?;
        } else if own.len() >= OF_LOGIN {
            send_away(own, now, |_| true)?;
        }
        let place = Arc::new(Place { device, heard: now.0.into(), leave: Notify::new() });
        own.push(place.clone());
        Some(OpenSocket { account, place, sockets: self.clone() })
    }

    fn all(&self) -> MutexGuard<'_, HashMap<AccountId, Vec<Arc<Place>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn send_away(own: &mut Vec<Arc<Place>>, now: Timestamp, is_among: impl Fn(&Place) -> bool) -> Option<()> {
    let among = own.iter().enumerate().filter(|(_, place)| is_among(place) && place.silence(now) > SILENT);
    let (at, _) = among.max_by_key(|(_, place)| place.silence(now))?;
    own.remove(at).leave.notify_one();
    Some(())
}

impl Place {
    fn silence(&self, now: Timestamp) -> Duration {
        let silent = now.0.saturating_sub(self.heard.load(Ordering::Relaxed));
        Duration::from_millis(u64::try_from(silent).unwrap_or(0))
    }
}

impl OpenSocket {
    /// Notes that the device was heard.
    pub fn hear(&self) {
        self.place.heard.store(self.sockets.clock.now().0, Ordering::Relaxed);
    }

    /// Returns the time for which nothing was heard.
    pub fn silence(&self) -> Duration {
        self.place.silence(self.sockets.clock.now())
    }

    /// Waits until the socket has to give way.
    pub async fn told_to_leave(&self) {
        self.place.leave.notified().await;
    }
}

impl Drop for OpenSocket {
    fn drop(&mut self) {
        let mut sockets = self.sockets.all();
        if let Some(own) = sockets.get_mut(&self.account) {
            own.retain(|place| !Arc::ptr_eq(place, &self.place));
            if own.is_empty() {
                sockets.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    const LOGIN: AccountId = AccountId::from_bytes([1; 16]);

    fn device(number: u8) -> DeviceId {
        DeviceId::from_bytes([number; 16])
    }

    fn is_told(socket: &OpenSocket) -> bool {
        socket.told_to_leave().now_or_never().is_some()
    }

    /// Returns no sockets, and a function that lets seconds pass.
    fn sockets() -> (Sockets, impl Fn(i64)) {
        let now = Arc::new(AtomicI64::new(1_000_000));
        let shared = now.clone();
        let pass = move |seconds: i64| {
            now.fetch_add(seconds * 1000, Ordering::SeqCst);
        };
        (Sockets::new(Clock::of(move || Timestamp(shared.load(Ordering::SeqCst)))), pass)
    }

    #[test]
    fn a_device_has_four_sockets_and_a_login_sixteen() {
        let (sockets, _) = sockets();
        let open: Vec<_> = (0..25).map(|n| sockets.open(LOGIN, device(n / 5))).collect();
        let of_devices: Vec<_> = open.chunks(5).map(|of_device| of_device.iter().flatten().count()).collect();
        assert_eq!(of_devices, [4, 4, 4, 4, 0]);
        assert!(sockets.open(AccountId::from_bytes([2; 16]), device(9)).is_some(), "another login is not touched");
        drop(open);
        assert!(sockets.all().is_empty());
    }

    #[test]
    fn a_silent_socket_gives_way_and_one_that_is_heard_stays() {
        let (sockets, pass) = sockets();
        let open: Vec<_> = (0..4).map(|_| sockets.open(LOGIN, device(1)).unwrap()).collect();
        pass(31);
        for heard in [0, 2, 3] {
            open[heard].hear();
        }
        let further = sockets.open(LOGIN, device(1)).unwrap();
        assert_eq!(open.iter().map(is_told).collect::<Vec<_>>(), [false, true, false, false]);
        assert!(sockets.open(LOGIN, device(1)).is_none() && !is_told(&further));
    }
}
