//! Checks a passkey's or a certified device key's signature over a challenge that was chosen beforehand
//! (Web Authentication Level 3, section 7.2, without the parts that belong to
//! a login: approvals arrive late and out of order, so counters mean nothing).

mod device;
mod jwk;

pub use device::{DeviceKey, KnownDeviceKey, known_device_keys};

pub use model::approval::Flaw;

use crate::db::{DbError, Query};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{approval::RelyingParty, id::AccountId, record::Assertion, time::Timestamp};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use webauthn_rs::prelude::{COSEKey, Passkey};

/// The public key of a passkey.
#[derive(Debug, Clone)]
pub struct PublicKey(pub COSEKey);

/// The contents of `clientDataJSON`. Browsers add keys of their own, which are ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

// These are bits of the flags byte (Web Authentication Level 3, section 6.1).
const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;

/// A passkey of an account, revoked or not.
#[derive(Debug, Clone)]
pub struct KnownKey {
    pub key: PublicKey,
    pub revoked_at: Option<Timestamp>,
}

/// Loads all passkeys that an account ever had, by credential id. What was signed
/// with one before it was revoked may arrive afterwards.
pub fn known_keys(query: &Query<'_>, account: AccountId) -> Result<BTreeMap<Vec<u8>, KnownKey>, DbError> {
    let rows = query.passkeys(account)?;
    rows.into_iter()
        .map(|row| Ok((row.credential, KnownKey { key: public_key(&row.passkey)?, revoked_at: row.revoked_at })))
        .collect()
}

/// Returns the public key in the stored form of a passkey.
pub fn public_key(stored: &str) -> Result<PublicKey, DbError> {
    let passkey: Passkey = serde_json::from_str(stored).map_err(|_| DbError::Malformed("passkey"))?;
    Ok(PublicKey(passkey.get_public_key().clone()))
}

/// Checks that `assertion` is a signature by `key` over `challenge`, made on our own site by
/// a person who was verified.
pub fn verify(
    key: &PublicKey,
    relying_party: &RelyingParty,
    challenge: &[u8; 32],
    assertion: &Assertion,
) -> Result<(), Flaw> {
    let client: ClientData = serde_json::from_slice(&assertion.client_data.0).map_err(|_| Flaw::ClientData)?;
    if client.r#type != "webauthn.get" {
        return Err(Flaw::Type);
    }
    if client.challenge != URL_SAFE_NO_PAD.encode(challenge) {
        return Err(Flaw::Challenge);
    }
    if client.origin != relying_party.origin {
        return Err(Flaw::Origin);
    }
    if client.cross_origin || client.top_origin.is_some() {
        return Err(Flaw::CrossOrigin);
    }
    // The data are 32 bytes hash of the relying party, the flags, and 4 bytes counter.
    let data = &assertion.authenticator_data.0;
    let (Some(relying_party_hash), Some(flags), true) = (data.get(..32), data.get(32), data.len() >= 37) else {
        return Err(Flaw::AuthenticatorData);
    };
    if relying_party_hash != Sha256::digest(relying_party.id.as_bytes()).as_slice() {
        return Err(Flaw::RelyingParty);
    }
    if flags & USER_PRESENT == 0 {
        return Err(Flaw::NotPresent);
    }
    if flags & USER_VERIFIED == 0 {
        return Err(Flaw::NotVerified);
    }
    if flags & BACKED_UP != 0 && flags & BACKUP_ELIGIBLE == 0 {
        return Err(Flaw::BackupFlags);
    }
    let mut signed = data.clone();
    signed.extend_from_slice(&Sha256::digest(&assertion.client_data.0));
    match key.0.verify_signature(&assertion.signature.0, &signed) {
        Ok(true) => Ok(()),
        _ => Err(Flaw::Signature),
    }
}
