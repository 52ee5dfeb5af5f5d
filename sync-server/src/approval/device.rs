//! Checks signatures by a device's own key, and by whom that key was certified.

use super::Flaw;
use crate::db::{DbError, Query};
use model::{
    hash::ContentHash,
    id::*,
    record::{Base64, DeviceCertificate},
    time::Timestamp,
};
use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use std::collections::BTreeMap;

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
    pub fn verify(&self, challenge: &[u8; 32], signature: &Base64) -> Result<(), Flaw> {
        let signature = Signature::from_slice(&signature.0).map_err(|_| Flaw::Signature)?;
        self.0.verify(challenge, &signature).map_err(|_| Flaw::Signature)
    }
}

/// A certified key of an account, revoked or not.
#[derive(Debug, Clone)]
pub struct KnownDeviceKey {
    pub key: DeviceKey,
    /// The person for whom it signs.
    pub person: PersonId,
    pub revoked_at: Option<Timestamp>,
}

/// Loads all device keys that an account ever had. As with passkeys, what was signed
/// with one before it was revoked may arrive afterwards.
pub fn known_device_keys(
    query: &Query<'_>,
    account: AccountId,
) -> Result<BTreeMap<ContentHash, KnownDeviceKey>, DbError> {
    let known = |certificate: &DeviceCertificate, revoked_at| {
        let key = DeviceKey::of_bytes(&certificate.key.0).ok_or(DbError::Malformed("device key"))?;
        Ok::<_, DbError>(KnownDeviceKey { key, person: certificate.person, revoked_at })
    };
    let rows = query.device_keys(account)?;
    rows.into_iter().map(|row| Ok((row.key, known(&row.certificate, row.revoked_at)?))).collect()
}
