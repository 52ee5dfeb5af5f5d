//! Keys of this device that may sign for a person when the passkey cannot be asked. The passkey has certified each,
//! and the server knows it.

use super::{ApiError, Client, SigningRequest};
use crate::platform::{NoDeviceKey, PasskeyError, device_key, passkey};
use model::{
    api::{CertificateNonce, Identity, StartCertificate},
    approval::{Nonce, certificate_challenge},
    hash::ContentHash,
    id::{AccountId, PersonId},
    record::{Base64, DeviceCertificate, DeviceSignature},
};

/// Reason why this device does not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeviceKeyError {
    /// The passkey did not certify the key.
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
    /// The server did not accept the key.
    #[error(transparent)]
    Server(#[from] ApiError),
    /// The key does not exist on this device, or the device failed.
    #[error("the device's key cannot be used")]
    Failed,
}

impl From<NoDeviceKey> for DeviceKeyError {
    fn from(_: NoDeviceKey) -> Self {
        Self::Failed
    }
}

/// Returns the beginning of the names of a login's keys.
fn prefix(account: AccountId) -> String {
    format!("sign/{account}/")
}

fn name(account: AccountId, person: PersonId) -> String {
    format!("{}{person}", prefix(account))
}

impl Client {
    /// Makes a key and has the passkey certify it for `person`. This needs the server.
    pub async fn certify_device_key(&self, account: AccountId, person: PersonId) -> Result<(), DeviceKeyError> {
        let nonce = self.start_certificate(person).await?;
        let key = device_key::make().await?;
        let request = self.certificate_request(person, &key, &nonce).ok_or(DeviceKeyError::Failed)?;
        let assertion = passkey::sign(&request).await?;
        // The key is stored first: a key that the server knows must exist on this device.
        device_key::keep(&name(account, person)).await?;
        self.finish_certificate(&DeviceCertificate { person, key: Base64(key), nonce, assertion }).await?;
        Ok(())
    }

    /// Signs a challenge with the key that the server knows as `known`.
    pub async fn sign_by_device(
        &self,
        account: AccountId,
        person: PersonId,
        known: ContentHash,
        challenge: &[u8; 32],
    ) -> Result<DeviceSignature, DeviceKeyError> {
        let name = name(account, person);
        let public = device_key::open(&name).await?;
        if ContentHash::of(&public) != known {
            return Err(DeviceKeyError::Failed);
        }
        Ok(DeviceSignature { key: known, signature: Base64(device_key::sign(&name, challenge).await?) })
    }

    /// Removes the keys of a login from this device.
    pub async fn forget_device_keys(&self, account: AccountId) -> Result<(), DeviceKeyError> {
        Ok(device_key::forget(&prefix(account)).await?)
    }

    /// Returns the hash of this device's key that may sign for `person`, as the server reported it when it was last
    /// reached.
    pub fn device_key(&self, person: PersonId) -> Option<ContentHash> {
        self.0.sync.read(|engine| engine.identity()?.device_keys.iter().find(|k| k.person == person).map(|k| k.key))
    }

    /// Starts certifying a key. Returns the nonce of the certificate.
    pub async fn start_certificate(&self, person: PersonId) -> Result<Nonce, ApiError> {
        let start: CertificateNonce = self.post("/api/keyring/device-keys/start", &StartCertificate { person }).await?;
        Ok(start.nonce)
    }

    /// Returns what the passkey has to sign to certify a key, or `None` if nobody is signed in.
    pub fn certificate_request(&self, person: PersonId, key: &[u8], nonce: &Nonce) -> Option<SigningRequest> {
        self.signing_request(certificate_challenge(person, key, nonce))
    }

    /// Finishes certifying a key, which may sign from now on.
    pub async fn finish_certificate(&self, certificate: &DeviceCertificate) -> Result<(), ApiError> {
        let identity: Identity = self.post("/api/keyring/device-keys/finish", certificate).await?;
        // The person may have logged out while the answer was on its way.
        if self.account() == Some(identity.account) {
            self.renew_identity(identity);
            self.changed();
        }
        Ok(())
    }
}
