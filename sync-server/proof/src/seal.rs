//! The server's own signature: over evidence packs and over checkpoints of the
//! audit log. Others compare its public half.

use data_encoding::HEXLOWER;
use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer, Verifier},
};

/// Signs (ECDSA over P-256 with SHA-256, RFC 6979).
#[derive(Clone)]
pub struct Seal(SigningKey);

impl Seal {
    /// Reads the secret half, 32 bytes. Returns `None` for bytes that are no key.
    pub fn of(bytes: &[u8; 32]) -> Option<Self> {
        SigningKey::from_slice(bytes).ok().map(Self)
    }

    /// Returns 64 bytes: r and s, of whose two forms the smaller one is used.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.normalize_s().to_bytes().to_vec()
    }

    /// Returns the public half: a compressed point (SEC 1) in 66 hexadecimal digits.
    pub fn public(&self) -> String {
        HEXLOWER.encode(self.0.verifying_key().to_sec1_point(true).as_bytes())
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
}
