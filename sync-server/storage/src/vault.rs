//! Encrypts secrets that the server has to read later, such as the password of
//! a mail server. The key is derived from the one in the data folder, so that a copy of
//! the database alone reveals nothing. Each secret is bound to its context.

use crate::clock::random;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// Encrypts and decrypts (ChaCha20-Poly1305).
#[derive(Clone)]
pub struct Vault([u8; 32]);

impl Vault {
    /// Derives the key from the server's own secret.
    pub fn of(secret: &[u8]) -> Self {
        Self(blake3::derive_key("akkoord 2026-11 secrets at rest", secret))
    }

    fn key(&self) -> Option<LessSafeKey> {
        UnboundKey::new(&CHACHA20_POLY1305, &self.0).ok().map(LessSafeKey::new)
    }

    /// Encrypts a secret that belongs to the context `place`. `None` never happens with a key
    /// of this length, but is no panic either.
    pub fn close(&self, place: &str, secret: &str) -> Option<Vec<u8>> {
        let nonce = random::<NONCE_LEN>();
        let mut bytes = secret.as_bytes().to_vec();
        let sealing = Nonce::assume_unique_for_key(nonce);
        self.key()?.seal_in_place_append_tag(sealing, Aad::from(place), &mut bytes).ok()?;
        Some([nonce.to_vec(), bytes].concat())
    }

    /// Decrypts a secret. Returns None unless it was encrypted with this key for this context.
    pub fn open(&self, place: &str, closed: &[u8]) -> Option<String> {
        let (nonce, bytes) = closed.split_first_chunk::<NONCE_LEN>()?;
        let mut bytes = bytes.to_vec();
        let opened =
            self.key()?.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place), &mut bytes).ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_back_in_its_place_and_with_its_key_only() {
        let vault = Vault::of(b"one");
        let closed = vault.close("firm 1", "geheim").unwrap();
        assert_eq!(vault.open("firm 1", &closed).as_deref(), Some("geheim"));
        assert_eq!(vault.open("firm 2", &closed), None);
        assert_eq!(Vault::of(b"two").open("firm 1", &closed), None);
        for place in 0..closed.len() {
            let mut bent = closed.clone();
            bent[place] ^= 1;
            assert_eq!(vault.open("firm 1", &bent), None, "{place}");
        }
        assert_eq!(vault.open("firm 1", &closed[..8]), None);
        assert_ne!(vault.close("firm 1", "geheim").unwrap(), closed);
        assert!(!closed.windows(6).any(|part| part == b"geheim"));
    }
}
