//! What this device's own key may sign, as far as the server knows it.

use super::{ApiError, Client, SigningRequest, Status, session::identity_write};
use model::{
    api::{CertificateNonce, Identity, StartCertificate},
    approval::{Nonce, certificate_challenge},
    hash::ContentHash,
    id::PersonId,
    record::DeviceCertificate,
};

impl Client {
    /// The key of this device that may sign for `person`, as the server said
    /// when it was last reached.
    pub fn device_key(&self, person: PersonId) -> Option<ContentHash> {
        let engine = self.0.engine.borrow();
        engine.identity()?.device_keys.iter().find(|k| k.person == person).map(|k| k.key)
    }

    /// Begins certifying a key.
    pub async fn start_certificate(&self, person: PersonId) -> Result<Nonce, ApiError> {
        let start: CertificateNonce = self.post("/api/keyring/device-keys/start", &StartCertificate { person }).await?;
        Ok(start.nonce)
    }

    /// What the passkey is to sign for it; `None` when nobody is signed in.
    pub fn certificate_request(&self, person: PersonId, key: &[u8], nonce: &Nonce) -> Option<SigningRequest> {
        let engine = self.0.engine.borrow();
        let identity = engine.identity()?;
        Some(SigningRequest {
            challenge: certificate_challenge(person, key, nonce),
            rp_id: identity.rp_id.clone(),
            credentials: identity.passkeys.iter().map(|id| id.0.clone()).collect(),
        })
    }

    /// Ends it: the key may sign from now on.
    pub async fn finish_certificate(&self, certificate: &DeviceCertificate) -> Result<(), ApiError> {
        let identity: Identity = self.post("/api/keyring/device-keys/finish", certificate).await?;
        // Somebody may have logged out meanwhile.
        if self.account() == Some(identity.account) {
            self.0.status.replace(Status::SignedIn(identity.clone()));
            {
                let mut engine = self.0.engine.borrow_mut();
                engine.keep(vec![identity_write(&identity)]);
                engine.set_identity(identity);
            }
            self.changed();
        }
        Ok(())
    }
}
