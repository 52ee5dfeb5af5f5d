//! The server's own signature: over evidence packs and over checkpoints of the
//! audit log. Others compare its public half. A seal can take the place of another: the old one says so, and what it
//! sealed stays checkable after it is gone.

use data_encoding::HEXLOWER;
use model::time::Timestamp;
use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer, Verifier},
};
use serde::{Deserialize, Serialize};

/// Signs (ECDSA over P-256 with SHA-256, RFC 6979).
#[derive(Clone)]
pub struct Seal {
    key: SigningKey,
    successions: Vec<Succession>,
}

impl Seal {
    /// Reads the secret half, 32 bytes. Returns `None` for bytes that are no key.
    pub fn of(bytes: &[u8; 32]) -> Option<Self> {
        Some(Self { key: SigningKey::from_slice(bytes).ok()?, successions: Vec::new() })
    }

    /// Returns the same seal, which came after others.
    pub fn after(self, successions: Vec<Succession>) -> Self {
        Self { successions, ..self }
    }

    /// Returns the public half, with those of the seals before it.
    pub fn lineage(&self) -> Lineage {
        Lineage { seal: self.public(), successions: self.successions.clone() }
    }

    /// Returns 64 bytes: r and s, of whose two forms the smaller one is used.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.key.sign(message);
        signature.normalize_s().to_bytes().to_vec()
    }

    /// Returns the public half: a compressed point (SEC 1) in 66 hexadecimal digits.
    pub fn public(&self) -> String {
        HEXLOWER.encode(self.key.verifying_key().to_sec1_point(true).as_bytes())
    }
}

/// Returns true if `signature` was made over `message` by the key with the public half `public`.
pub fn fits(public: &str, message: &[u8], signature: &[u8]) -> bool {
    let Ok(point) = HEXLOWER.decode(public.as_bytes()) else { return false };
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_sec1_bytes(&point), Signature::from_slice(signature)) else {
        return false;
    };
    // Only one of the two forms of a signature is accepted, so that no byte can vary.
    signature.normalize_s() == signature && key.verify(message, &signature).is_ok()
}

/// The bytes that are signed before a succession.
const SEALED: &str = "Akkoord 2026-11-30 succession of seals v1\n";

/// A statement by a seal that another one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    pub at: Timestamp,
    /// The public key of the new seal.
    pub to: String,
    /// The public key of the old one, which signed.
    pub from: String,
    pub signature: String,
}

impl Succession {
    /// Lets `to` take the place of `from`.
    pub fn make(from: &Seal, to: &Seal, at: Timestamp) -> Self {
        let (old, new) = (from.public(), to.public());
        let signature = HEXLOWER.encode(&from.sign(&signed(&old, &new, at)));
        Self { at, to: new, from: old, signature }
    }

    fn is_sound(&self) -> bool {
        let signature = HEXLOWER.decode(self.signature.as_bytes()).unwrap_or_default();
        fits(&self.from, &signed(&self.from, &self.to, self.at), &signature)
    }
}

fn signed(from: &str, to: &str, at: Timestamp) -> Vec<u8> {
    format!("{SEALED}{from}\n{to}\n{}\n", at.0).into_bytes()
}

/// A seal, and those that it took the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// The public key of the seal.
    pub seal: String,
    pub successions: Vec<Succession>,
}

impl Lineage {
    /// Returns true if the seal with the public key `older` is this one, or was succeeded by it.
    pub fn has(&self, older: &str) -> bool {
        let mut at = &self.seal;
        // Each step is a succession of its own, so a circle ends too.
        for _ in 0..=self.successions.len() {
            if at == older {
                return true;
            }
            let Some(before) = self.successions.iter().find(|step| step.to == *at && step.is_sound()) else {
                return false;
            };
            at = &before.from;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_fits_its_words_its_key_and_one_form_of_that_keys_text() {
        let seal = Seal::of(&[5; 32]).unwrap();
        let signature = seal.sign(b"words");
        assert!(fits(&seal.public(), b"words", &signature));
        assert!(!fits(&seal.public(), b"other words", &signature));
        assert!(!fits(&Seal::of(&[6; 32]).unwrap().public(), b"words", &signature));
        assert!(!fits(&seal.public().to_uppercase(), b"words", &signature));
        assert!(Seal::of(&[0; 32]).is_none());
    }

    #[test]
    fn a_seal_has_those_before_it_and_nobody_joins_them_without_their_key() {
        let [first, second, third, strange] = [1, 2, 3, 4].map(|n| Seal::of(&[n; 32]).unwrap());
        let at = Timestamp(7);
        let steps = vec![Succession::make(&first, &second, at), Succession::make(&second, &third, at)];
        let has = |successions: &[Succession], seal: &Seal, older: &Seal| {
            Lineage { seal: seal.public(), successions: successions.to_vec() }.has(&older.public())
        };
        assert!([&first, &second, &third].iter().all(|older| has(&steps, &third, older)));
        assert!(!has(&steps, &second, &third) && !has(&steps, &third, &strange) && !has(&steps, &strange, &first));
        assert!(!has(&steps[1..], &third, &first), "a missing step");
        for (from, to) in [(&strange, &third), (&first, &strange)] {
            // Somebody else's signature under the name of the old seal.
            let forged = Succession { from: first.public(), ..Succession::make(from, to, at) };
            assert!(from.public() == first.public() || !has(&[forged], to, &first));
        }
        let later = Succession { at: Timestamp(8), ..steps[0].clone() };
        assert!(!has(&[later], &second, &first), "another moment");
        let circle = [Succession::make(&first, &second, at), Succession::make(&second, &first, at)];
        assert!(!has(&circle, &first, &strange));
    }
}
