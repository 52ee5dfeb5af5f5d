//! Checks signatures by a device's own key, which a passkey certified.

use super::InvalidSignature;
use model::record::Base64;
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};

/// The public half of a device's key.
#[derive(Debug, Clone)]
pub struct DeviceKey(VerifyingKey);

impl DeviceKey {
    /// Reads a key from 65 bytes, an uncompressed point, which is its only form.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let is_uncompressed = bytes.len() == 65 && bytes.first() == Some(&4);
        is_uncompressed.then(|| VerifyingKey::from_sec1_bytes(bytes).ok().map(Self)).flatten()
    }

    /// Checks that `signature` was made over `challenge`.
    pub fn verify(&self, challenge: &[u8; 32], signature: &Base64) -> Result<(), InvalidSignature> {
        let signature = Signature::from_slice(&signature.0).map_err(|_| InvalidSignature::Signature)?;
        self.0.verify(challenge, &signature).map_err(|_| InvalidSignature::Signature)
    }
}
