//! A key of a device in software, and its certification.

use crate::harness::{Browser, ORIGIN, SoftAuthenticator};
use model::{
    api::{CertificateNonce, Identity},
    approval::{Nonce, certificate_challenge},
    hash::ContentHash,
    id::PersonId,
    record::{Base64, DeviceCertificate, DeviceSignature, Signature},
};
use p256::ecdsa::{Signature as Ecdsa, SigningKey, signature::Signer};
use serde_json::json;
use storage::clock::random;

pub struct SoftDeviceKey(SigningKey);

impl SoftDeviceKey {
    pub fn new() -> Self {
        Self(SigningKey::from_slice(&random::<32>()).unwrap())
    }

    /// Returns the public key as the browser gives it: an uncompressed point.
    pub fn public(&self) -> Base64 {
        Base64(self.0.verifying_key().to_sec1_point(false).as_bytes().to_vec())
    }

    pub fn hash(&self) -> ContentHash {
        ContentHash::of(&self.public().0)
    }

    pub fn sign(&self, challenge: &[u8; 32]) -> Signature {
        let signature: Ecdsa = self.0.sign(challenge);
        let signature = Base64(signature.to_bytes().to_vec());
        Signature::DeviceKey(DeviceSignature { key: self.hash(), signature })
    }

    /// Returns the passkey's certificate for this key.
    pub async fn certificate(
        &self,
        passkey: &mut SoftAuthenticator,
        person: PersonId,
        nonce: Nonce,
    ) -> DeviceCertificate {
        let key = self.public();
        let assertion = passkey.sign(ORIGIN, &certificate_challenge(person, &key.0, &nonce)).await;
        DeviceCertificate { person, key, nonce, assertion }
    }
}

impl Browser {
    /// Returns the nonce that the server gives for one certificate. `Err` is the refusal's code.
    pub async fn certificate_nonce(&mut self, person: PersonId) -> Result<Nonce, String> {
        let answer = self.post("/api/keyring/device-keys/start", &json!({ "person": person })).await;
        answer.result::<CertificateNonce>().map(|start| start.nonce)
    }

    pub async fn hand_in_certificate(&mut self, certificate: &DeviceCertificate) -> Result<Identity, String> {
        self.post("/api/keyring/device-keys/finish", certificate).await.result()
    }

    /// Returns a key of this browser that may sign for `person`.
    pub async fn certified_key(&mut self, person: PersonId) -> SoftDeviceKey {
        let (key, nonce) = (SoftDeviceKey::new(), self.certificate_nonce(person).await.unwrap());
        let certificate = key.certificate(&mut self.authenticator, person, nonce).await;
        let identity = self.hand_in_certificate(&certificate).await.unwrap();
        assert!(identity.device_keys.iter().any(|k| k.key == key.hash() && k.person == person));
        key
    }
}
