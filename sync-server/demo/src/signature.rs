//! A passkey in software, for people of the demo who approved before anybody
//! looked at it. Its private key lives only while it signs.

use accounts::origin::Origin;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::record::{Assertion, Base64};
use p256::ecdsa::{Error, Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use storage::clock::random;

/// The flags for user present and user verified (Web Authentication Level 3, section 6.1).
const FLAGS: u8 = 0x05;

/// A key pair on P-256 with an identifier.
pub(super) struct SoftKey {
    key: SigningKey,
    credential: [u8; 16],
}

impl SoftKey {
    pub fn new() -> Result<Self, Error> {
        Ok(Self { key: SigningKey::from_slice(&random::<32>())?, credential: random() })
    }

    /// Returns its identifier.
    pub fn credential(&self) -> [u8; 16] {
        self.credential
    }

    /// Returns the passkey as the passkey library stores it.
    pub fn stored(&self) -> Value {
        // The point is written as 0x04, x, y (SEC 1, section 2.3.3).
        let point = self.key.verifying_key().to_sec1_point(false);
        let coordinates = point.as_bytes();
        let half = |from: usize| coordinates.get(from..from + 32).map(|half| URL_SAFE_NO_PAD.encode(half));
        json!({ "cred": {
            "cred_id": URL_SAFE_NO_PAD.encode(self.credential),
            "cred": {
                "type_": "ES256",
                "key": { "EC_EC2": { "curve": "SECP256R1", "x": half(1), "y": half(33) } },
            },
            "counter": 0,
            "transports": null,
            "user_verified": true,
            "backup_eligible": false,
            "backup_state": false,
            "registration_policy": "required",
            "extensions": {},
            "attestation": { "data": "None", "metadata": "None" },
            "attestation_format": "none",
        }})
    }

    /// Signs a challenge as an authenticator does on a page of `origin`.
    pub fn sign(&self, origin: &Origin, challenge: &[u8; 32]) -> Assertion {
        let client_data = json!({
            "type": "webauthn.get",
            "challenge": URL_SAFE_NO_PAD.encode(challenge),
            "origin": origin.as_str(),
            "crossOrigin": false,
        });
        let client_data = client_data.to_string().into_bytes();
        let mut authenticator_data = Sha256::digest(origin.rp_id().as_bytes()).to_vec();
        authenticator_data.push(FLAGS);
        authenticator_data.extend([0; 4]);
        let signed = [authenticator_data.as_slice(), &Sha256::digest(&client_data)].concat();
        let signature: Signature = self.key.sign(&signed);
        Assertion {
            credential: Base64(self.credential.to_vec()),
            authenticator_data: Base64(authenticator_data),
            client_data: Base64(client_data),
            signature: Base64(signature.to_der().as_bytes().to_vec()),
        }
    }
}
