//! A software authenticator: a phone with passkeys, for tests.

use model::record::{Assertion, Base64};
use passkey::{
    authenticator::{Authenticator, UiHint, UserCheck, UserValidationMethod},
    client::{Client, DefaultClientData, DefaultClientDataWithCustomHash},
    crypto::rust_crypto::RustCryptoBackend,
    types::ctap2::{Aaguid, Ctap2Error},
};
use serde_json::{Value, json};
use url::Url;

/// Somebody who unlocks the phone, or does not.
struct Finger {
    verified: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Finger {
    type PasskeyItem = passkey::types::Passkey;

    async fn check_user<'a>(
        &self,
        _: UiHint<'a, Self::PasskeyItem>,
        _: bool,
        _: bool,
    ) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence: true, verification: self.verified })
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(self.verified)
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }
}

/// A phone with at most one passkey.
pub struct SoftAuthenticator {
    passkey: Option<passkey::types::Passkey>,
    /// True if the person unlocks it with finger, face or code.
    pub verifies: bool,
}

impl SoftAuthenticator {
    pub fn new() -> Self {
        Self { passkey: None, verifies: true }
    }

    /// Does `navigator.credentials.create` on a page of `origin`.
    pub async fn create(&mut self, origin: &str, options: &Value) -> Value {
        let options = serde_json::from_value(options.clone()).unwrap();
        let verified = self.verifies;
        let authenticator = Authenticator::new(Aaguid::new_empty(), None, Finger { verified }, RustCryptoBackend);
        let mut client = Client::new(authenticator).allows_insecure_localhost(true);
        let credential = client.register(&Url::parse(origin).unwrap(), options, DefaultClientData).await.unwrap();
        self.passkey = client.authenticator().store().clone();
        serde_json::to_value(credential).unwrap()
    }

    /// Does `navigator.credentials.get` on a page of `origin`.
    pub async fn get(&mut self, origin: &str, options: &Value) -> Value {
        let options = serde_json::from_value(options.clone()).unwrap();
        let verified = self.verifies;
        let authenticator =
            Authenticator::new(Aaguid::new_empty(), self.passkey.clone(), Finger { verified }, RustCryptoBackend);
        let mut client = Client::new(authenticator).allows_insecure_localhost(true);
        let credential = client.authenticate(&Url::parse(origin).unwrap(), options, DefaultClientData).await.unwrap();
        self.passkey = client.authenticator().store().clone();
        serde_json::to_value(credential).unwrap()
    }

    /// Does the same as [`SoftAuthenticator::get`], in a browser that says more of the page, such as that it is in
    /// a frame of another site.
    pub async fn get_saying(&mut self, origin: &str, options: &Value, more: &Value) -> Value {
        let mut client_data = json!({
            "type": "webauthn.get",
            "challenge": options["publicKey"]["challenge"],
            "origin": origin,
            "crossOrigin": false,
        });
        for (name, value) in more.as_object().unwrap() {
            client_data[name] = value.clone();
        }
        let client_data = client_data.to_string();
        let hash = ring::digest::digest(&ring::digest::SHA256, client_data.as_bytes());
        let options = serde_json::from_value(options.clone()).unwrap();
        let authenticator =
            Authenticator::new(Aaguid::new_empty(), self.passkey.clone(), Finger { verified: true }, RustCryptoBackend);
        let mut client = Client::new(authenticator).allows_insecure_localhost(true);
        let hash = DefaultClientDataWithCustomHash(hash.as_ref().to_vec());
        let credential = client.authenticate(&Url::parse(origin).unwrap(), options, hash).await.unwrap();
        let mut credential = serde_json::to_value(credential).unwrap();
        credential["response"]["clientDataJSON"] = serde_json::to_value(Base64(client_data.into_bytes())).unwrap();
        credential
    }

    /// Signs a challenge of an approval, as the app does. Needs no server.
    pub async fn sign(&mut self, origin: &str, challenge: &[u8; 32]) -> Assertion {
        let passkey = self.passkey.as_ref().expect("a passkey");
        let options = json!({ "publicKey": {
            "challenge": Base64(challenge.to_vec()),
            "rpId": Url::parse(origin).unwrap().host_str(),
            "userVerification": "required",
            "allowCredentials": [{ "type": "public-key", "id": Base64(passkey.credential_id.to_vec()) }],
        }});
        let credential = self.get(origin, &options).await;
        let part = |value: &Value| serde_json::from_value::<Base64>(value.clone()).unwrap();
        Assertion {
            credential: part(&credential["rawId"]),
            authenticator_data: part(&credential["response"]["authenticatorData"]),
            client_data: part(&credential["response"]["clientDataJSON"]),
            signature: part(&credential["response"]["signature"]),
        }
    }
}
