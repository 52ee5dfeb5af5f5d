//! The keys with which an account may sign approvals: its passkeys, and the
//! keys of devices that a passkey certified. Revoked ones are included, because what was signed
//! with one before it was revoked may arrive afterwards.

use model::{
    hash::ContentHash,
    id::{AccountId, PersonId},
    time::Timestamp,
};
use proof::approval::{DeviceKey, PublicKey};
use std::collections::BTreeMap;
use storage::db::{DbError, Query};
use webauthn_rs::prelude::{COSEAlgorithm, COSEEC2Key, COSEKeyType, COSERSAKey, Passkey};

/// A passkey of an account, revoked or not.
#[derive(Debug, Clone)]
pub struct KnownKey {
    pub key: PublicKey,
    pub revoked_at: Option<Timestamp>,
}

/// A certified key of an account, revoked or not.
#[derive(Debug, Clone)]
pub struct KnownDeviceKey {
    pub key: DeviceKey,
    /// The person for whom it signs.
    pub person: PersonId,
    pub revoked_at: Option<Timestamp>,
}

/// Loads all passkeys that an account ever had, by credential id.
pub fn known_keys(query: &Query<'_>, account: AccountId) -> Result<BTreeMap<Vec<u8>, KnownKey>, DbError> {
    let rows = query.passkeys(account)?;
    rows.into_iter()
        .map(|row| Ok((row.credential, KnownKey { key: public_key(&row.passkey)?, revoked_at: row.revoked_at })))
        .collect()
}

/// Loads all device keys that an account ever had, by the hash of their bytes.
pub fn known_device_keys(
    query: &Query<'_>,
    account: AccountId,
) -> Result<BTreeMap<ContentHash, KnownDeviceKey>, DbError> {
    let rows = query.device_keys(account)?;
    rows.into_iter()
        .map(|row| {
            let key = DeviceKey::of_bytes(&row.certificate.key.0).ok_or(DbError::Malformed("device key"))?;
            let known = KnownDeviceKey { key, person: row.certificate.person, revoked_at: row.revoked_at };
            Ok((row.key, known))
        })
        .collect()
}

/// Returns the public key in the stored form of a passkey.
pub fn public_key(stored: &str) -> Result<PublicKey, DbError> {
    let passkey: Passkey = serde_json::from_str(stored).map_err(|_| DbError::Malformed("passkey"))?;
    let key = passkey.get_public_key();
    match (key.type_, &key.key) {
        (COSEAlgorithm::ES256, COSEKeyType::EC_EC2(COSEEC2Key { x, y, .. })) => {
            Ok(PublicKey::Es256 { x: x.clone(), y: y.clone() })
        }
        (COSEAlgorithm::ES384, COSEKeyType::EC_EC2(COSEEC2Key { x, y, .. })) => {
            Ok(PublicKey::Es384 { x: x.clone(), y: y.clone() })
        }
        (COSEAlgorithm::RS256, COSEKeyType::RSA(COSERSAKey { n, e })) => {
            Ok(PublicKey::Rs256 { n: n.clone(), e: e.to_vec() })
        }
        // The server asks for no other kind of key.
        _ => Err(DbError::Malformed("passkey")),
    }
}
