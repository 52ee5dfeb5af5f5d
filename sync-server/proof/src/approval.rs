//! Checks a passkey's or a certified device key's signature over a challenge that was chosen beforehand
//! (Web Authentication Level 3, section 7.2, without the parts that belong to
//! a login: approvals arrive late and out of order, so counters mean nothing).

mod device;
mod passkey;

pub use device::DeviceKey;
pub use passkey::PublicKey;

pub use model::approval::InvalidSignature;

use data_encoding::BASE64URL_NOPAD;
use model::{approval::RelyingParty, record::Assertion};
use ring::digest::{SHA256, digest};
use serde::Deserialize;

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

/// Checks that `assertion` is a signature by `key` over `challenge`, made on our own site by
/// a person who was verified.
pub fn verify(
    key: &PublicKey,
    relying_party: &RelyingParty,
    challenge: &[u8; 32],
    assertion: &Assertion,
) -> Result<(), InvalidSignature> {
    let client: ClientData =
        serde_json::from_slice(&assertion.client_data.0).map_err(|_| InvalidSignature::ClientData)?;
    if client.r#type != "webauthn.get" {
        return Err(InvalidSignature::Type);
    }
    if client.challenge != BASE64URL_NOPAD.encode(challenge) {
        return Err(InvalidSignature::Challenge);
    }
    if client.origin != relying_party.origin {
        return Err(InvalidSignature::Origin);
    }
    if client.cross_origin || client.top_origin.is_some() {
        return Err(InvalidSignature::CrossOrigin);
    }
    // The data are 32 bytes hash of the relying party, the flags, and 4 bytes counter.
    let data = &assertion.authenticator_data.0;
    let (Some(relying_party_hash), Some(flags), true) = (data.get(..32), data.get(32), data.len() >= 37) else {
        return Err(InvalidSignature::AuthenticatorData);
    };
    if relying_party_hash != digest(&SHA256, relying_party.id.as_bytes()).as_ref() {
        return Err(InvalidSignature::RelyingParty);
    }
    if flags & USER_PRESENT == 0 {
        return Err(InvalidSignature::NotPresent);
    }
    if flags & USER_VERIFIED == 0 {
        return Err(InvalidSignature::NotVerified);
    }
    if flags & BACKED_UP != 0 && flags & BACKUP_ELIGIBLE == 0 {
        return Err(InvalidSignature::BackupFlags);
    }
    let mut signed = data.clone();
    signed.extend_from_slice(digest(&SHA256, &assertion.client_data.0).as_ref());
    if key.has_signed(&signed, &assertion.signature.0) { Ok(()) } else { Err(InvalidSignature::Signature) }
}
