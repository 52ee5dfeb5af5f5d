//! Ceremonies that were started and are not finished. The server keeps nothing of them: what it has to know at the end
//! goes to the browser, sealed, and comes back with the answer. So nobody can push out the ceremony of somebody else,
//! however many are started. Only ceremonies that were finished are remembered, until they would be over anyway, so that
//! each is finished once. The key is drawn at each start, which ends all ceremonies of before it.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{approval::Nonce, time::Timestamp};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};
use storage::{clock::random, vault::Vault};

/// The time for which a passkey dialog may stay open, in seconds.
pub(super) const PATIENCE: i64 = 5 * 60;

/// What a ceremony is for. One that was started for one purpose cannot be finished for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Registration,
    Login,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Login => "login",
        }
    }
}

/// Seals ceremonies, and remembers which are finished.
pub(super) struct Ceremonies {
    key: [u8; 32],
    /// The finished ceremonies, each with the moment at which it would be over, the earliest first.
    finished: Mutex<BTreeSet<(Timestamp, [u8; 32])>>,
}

#[derive(Serialize, Deserialize)]
struct Sealed<S> {
    until: Timestamp,
    state: S,
}

impl Ceremonies {
    pub(super) fn new() -> Self {
        Self { key: random(), finished: Mutex::default() }
    }

    /// Seals what has to be known at the end of a ceremony. Returns the text that the browser sends back.
    pub(super) fn start<S: Serialize>(
        &self,
        purpose: Purpose,
        state: S,
        now: Timestamp,
    ) -> Result<String, serde_json::Error> {
        let sealed = serde_json::to_string(&Sealed { until: now.plus_seconds(PATIENCE), state })?;
        let closed = Vault::of(&self.key).close(purpose.word(), &sealed);
        // There is always something closed: see there. A ceremony of nothing could not be finished.
        Ok(URL_SAFE_NO_PAD.encode(closed.unwrap_or_default()))
    }

    /// Opens a ceremony and counts it as finished, whether it succeeds or not. Returns `None` if it was not started
    /// here for this purpose, is over, or was finished before.
    pub(super) fn finish<S: DeserializeOwned>(&self, purpose: Purpose, ceremony: &str, now: Timestamp) -> Option<S> {
        let closed = URL_SAFE_NO_PAD.decode(ceremony).ok()?;
        let sealed = Vault::of(&self.key).open(purpose.word(), &closed)?;
        let Sealed { until, state } = serde_json::from_str(&sealed).ok()?;
        self.finish_once(until, *blake3::hash(&closed).as_bytes(), now).then_some(state)
    }

    /// Returns a nonce that shows by itself for whom it was made, and until when it is good.
    pub(super) fn nonce(&self, whom: &[&[u8]], now: Timestamp) -> Nonce {
        self.nonce_of(random(), now.plus_seconds(PATIENCE), whom)
    }

    /// Uses up a nonce that [`Ceremonies::nonce`] made for `whom`. Returns false if it is another one, is over, or was
    /// used before.
    pub(super) fn use_nonce(&self, nonce: &Nonce, whom: &[&[u8]], now: Timestamp) -> bool {
        let (Some(drawn), Some(until)) = (nonce.0.first_chunk::<8>(), nonce.0[8..].first_chunk::<8>()) else {
            return false;
        };
        let until = Timestamp(i64::from_le_bytes(*until));
        // Both are hashed before they are compared, so that the time taken reveals nothing.
        let made = self.nonce_of(*drawn, until, whom);
        blake3::hash(&made.0) == blake3::hash(&nonce.0) && self.finish_once(until, nonce.0, now)
    }

    /// Eight random bytes, the moment at which it is over, and a code that only this server can make of both and of
    /// whom it is for.
    fn nonce_of(&self, drawn: [u8; 8], until: Timestamp, whom: &[&[u8]]) -> Nonce {
        let mut nonce = [0; 32];
        nonce[..8].copy_from_slice(&drawn);
        nonce[8..16].copy_from_slice(&until.0.to_le_bytes());
        let mut hasher = blake3::Hasher::new_keyed(&blake3::derive_key("akkoord 2026-11 nonces", &self.key));
        hasher.update(&nonce[..16]);
        whom.iter().for_each(|part| {
            hasher.update(part);
        });
        nonce[16..].copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Nonce(nonce)
    }

    fn finish_once(&self, until: Timestamp, id: [u8; 32], now: Timestamp) -> bool {
        let mut finished = self.finished.lock().unwrap_or_else(PoisonError::into_inner);
        // What is over by itself need not be remembered.
        *finished = finished.split_off(&(Timestamp(now.0.saturating_add(1)), [0; 32]));
        now < until && finished.insert((until, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(ceremonies: &Ceremonies, state: &str, now: Timestamp) -> String {
        ceremonies.start(Purpose::Login, state, now).unwrap()
    }

    fn finish(ceremonies: &Ceremonies, ceremony: &str, now: Timestamp) -> Option<String> {
        ceremonies.finish(Purpose::Login, ceremony, now)
    }

    #[test]
    fn a_ceremony_is_finished_once_in_time_and_for_its_purpose() {
        let (ceremonies, at) = (Ceremonies::new(), Timestamp(1_000_000));
        let ceremony = start(&ceremonies, "who", at);
        assert_eq!(ceremonies.finish::<String>(Purpose::Registration, &ceremony, at), None);
        assert_eq!(finish(&Ceremonies::new(), &ceremony, at), None, "another start of the server");
        assert_eq!(finish(&ceremonies, "made-up", at), None);
        assert_eq!(finish(&ceremonies, &ceremony, at.plus_seconds(PATIENCE)), None);
        assert_eq!(finish(&ceremonies, &ceremony, at.plus_seconds(PATIENCE - 1)).as_deref(), Some("who"));
        assert_eq!(finish(&ceremonies, &ceremony, at.plus_seconds(PATIENCE - 1)), None);
    }

    #[test]
    fn however_many_are_started_none_is_pushed_out_and_only_finished_ones_are_remembered() {
        let (ceremonies, at) = (Ceremonies::new(), Timestamp(1_000_000));
        let first = start(&ceremonies, "first", at);
        for _ in 0..20_000 {
            start(&ceremonies, "flood", at);
        }
        assert!(ceremonies.finished.lock().unwrap().is_empty());
        for _ in 0..100 {
            assert!(finish(&ceremonies, &start(&ceremonies, "flood", at), at).is_some());
        }
        assert_eq!(ceremonies.finished.lock().unwrap().len(), 100);
        assert_eq!(finish(&ceremonies, &first, at.plus_seconds(PATIENCE - 1)).as_deref(), Some("first"));
        finish(&ceremonies, "anything", at.plus_seconds(PATIENCE));
        let late = start(&ceremonies, "late", at.plus_seconds(PATIENCE));
        assert!(finish(&ceremonies, &late, at.plus_seconds(PATIENCE)).is_some());
        assert_eq!(ceremonies.finished.lock().unwrap().len(), 1, "what is over is forgotten");
    }

    #[test]
    fn a_nonce_is_good_once_and_for_those_for_whom_it_was_made() {
        let (ceremonies, at) = (Ceremonies::new(), Timestamp(1_000_000));
        let nonce = ceremonies.nonce(&[b"me", b"here"], at);
        assert!(!ceremonies.use_nonce(&nonce, &[b"you", b"here"], at));
        assert!(!Ceremonies::new().use_nonce(&nonce, &[b"me", b"here"], at));
        for place in 0..32 {
            let mut bent = nonce;
            bent.0[place] ^= 1;
            assert!(!ceremonies.use_nonce(&bent, &[b"me", b"here"], at), "{place}");
        }
        assert!(!ceremonies.use_nonce(&nonce, &[b"me", b"here"], at.plus_seconds(PATIENCE)));
        assert!(ceremonies.use_nonce(&nonce, &[b"me", b"here"], at.plus_seconds(1)));
        assert!(!ceremonies.use_nonce(&nonce, &[b"me", b"here"], at.plus_seconds(1)));
    }
}
