//! The passkey ceremonies. This is the only file that knows the passkey library; what
//! it stores of a passkey is opaque text to the rest of the server.

use super::ceremony::{Ceremonies, PATIENCE, Purpose};
use crate::{
    error::{Refusal, ServerError},
    origin::Origin,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{api::Ceremony, approval::Nonce, id::*, time::Timestamp};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Webauthn, WebauthnBuilder, WebauthnError,
};

/// A failure that is the server's own fault.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    #[error("passkeys: {0}")]
    Library(#[from] WebauthnError),
    #[error("a stored passkey cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
}

impl From<PasskeyError> for ServerError {
    fn from(cause: PasskeyError) -> Self {
        Self::inner(cause)
    }
}

/// Somebody who is about to make a passkey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Registering {
    /// The hash of the invitation's token; `None` for somebody who is logged in.
    pub invitation: Option<[u8; 32]>,
    /// The account, which may not exist yet. It is the user handle of the passkey.
    pub account: AccountId,
    pub user_name: String,
    pub email: String,
}

impl Registering {
    /// Describes the registration of one more passkey for an account.
    pub fn another(account: AccountId, user_name: String) -> Self {
        Self { invitation: None, account, user_name, email: String::new() }
    }
}

/// A passkey that was made or used.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven {
    /// The identifier of the passkey.
    pub credential: Vec<u8>,
    /// The passkey as it has to be stored.
    pub passkey: String,
}

/// The account, device and person for whom a key is to be certified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateFor {
    pub account: AccountId,
    pub device: DeviceId,
    pub person: PersonId,
}

impl CertificateFor {
    /// Three identifiers of the same length, so that no other three are the same bytes.
    fn parts(&self) -> [&[u8]; 3] {
        [self.account.as_bytes(), self.device.as_bytes(), self.person.as_bytes()]
    }
}

/// The ceremonies of one relying party.
pub struct Passkeys {
    webauthn: Webauthn,
    ceremonies: Ceremonies,
}

impl Passkeys {
    /// Prepares the ceremonies for the host of `origin`.
    pub fn new(origin: &Origin) -> Result<Self, PasskeyError> {
        let webauthn = WebauthnBuilder::new(origin.rp_id(), origin.url())?
            .rp_name("Akkoord")
            .timeout(std::time::Duration::from_secs(PATIENCE.unsigned_abs()))
            .build()?;
        Ok(Self { webauthn, ceremonies: Ceremonies::new() })
    }

    /// Starts making a passkey for a person with the name `display_name` who
    /// has the passkeys `there`, so that no authenticator gets two.
    pub fn start_registration(
        &self,
        who: Registering,
        display_name: &str,
        there: Vec<Vec<u8>>,
        now: Timestamp,
    ) -> Result<Ceremony, PasskeyError> {
        let (options, state) =
            self.webauthn.start_passkey_registration(who.account.uuid(), &who.user_name, display_name, Some(there))?;
        let mut options = serde_json::to_value(options)?;
        // The library does not ask for it, but login without a typed name needs a
        // passkey that the browser can find by itself.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "required".into();
        options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = true.into();
        let ceremony = self.ceremonies.start(Purpose::Registration, (who, state), now)?;
        Ok(Ceremony { ceremony, options })
    }

    /// Finishes making a passkey with the authenticator's answer.
    pub fn finish_registration(
        &self,
        ceremony: &str,
        credential: serde_json::Value,
        now: Timestamp,
    ) -> Result<(Registering, Proven), ServerError> {
        let under_way: Option<(Registering, PasskeyRegistration)> =
            self.ceremonies.finish(Purpose::Registration, ceremony, now);
        let (who, state) = under_way.ok_or(Refusal::CeremonyUnknown)?;
        let credential: RegisterPublicKeyCredential =
            serde_json::from_value(credential).map_err(|_| Refusal::Malformed)?;
        let passkey = self.webauthn.finish_passkey_registration(&credential, &state).map_err(refused)?;
        Ok((who, proven(&passkey)?))
    }

    /// Starts a login. The account follows from the passkey.
    pub fn start_login(&self, now: Timestamp) -> Result<Ceremony, PasskeyError> {
        let (options, state) = self.webauthn.start_discoverable_authentication()?;
        let mut options = serde_json::to_value(options)?;
        // The page decides whether to wait for auto-fill.
        if let Some(options) = options.as_object_mut() {
            options.remove("mediation");
        }
        let ceremony = self.ceremonies.start(Purpose::Login, state, now)?;
        Ok(Ceremony { ceremony, options })
    }

    /// Returns the account and the passkey that an answer claims to be of, without checking anything.
    pub fn claim(credential: &serde_json::Value) -> Result<(AccountId, Vec<u8>), Refusal> {
        let credential = answer(credential)?;
        let handle = credential.get_user_unique_id().and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        let handle = handle.ok_or(Refusal::PasskeyUnknown)?;
        Ok((AccountId::from_bytes(handle), credential.get_credential_id().to_vec()))
    }

    /// Finishes a login with the authenticator's answer and the passkey as it
    /// was stored. If it is `None` because there is no such passkey, the answer is checked all the
    /// same against a passkey of nobody, so that neither the answer nor the time taken
    /// shows whether a passkey is known.
    pub fn finish_login(
        &self,
        ceremony: &str,
        credential: &serde_json::Value,
        stored: Option<&str>,
        now: Timestamp,
    ) -> Result<Proven, ServerError> {
        let state: Option<DiscoverableAuthentication> = self.ceremonies.finish(Purpose::Login, ceremony, now);
        let state = state.ok_or(Refusal::CeremonyUnknown)?;
        let answer = answer(credential)?;
        // The library looks at this when a passkey is made, and not when it is used.
        if is_from_another_sites_page(answer.response.client_data_json.as_slice()) {
            tracing::info!(why = "the page is in a frame of another site", "a login was refused");
            return Err(Refusal::PasskeyUnknown.into());
        }
        let mut passkey = match stored {
            Some(stored) => serde_json::from_str(stored),
            None => nobodys(&answer),
        }
        .map_err(PasskeyError::from)?;
        match self.webauthn.finish_discoverable_authentication_v2(&answer, state, &passkey) {
            Ok(result) if stored.is_some() => {
                passkey.update_credential(&result);
                Ok(proven(&passkey)?)
            }
            Ok(_) => Err(Refusal::PasskeyUnknown.into()),
            Err(why) => {
                tracing::info!(%why, "a login was refused");
                Err(Refusal::PasskeyUnknown.into())
            }
        }
    }

    /// Starts certifying a key of a device. Returns the nonce that the certificate must contain.
    pub fn start_certificate(&self, whom: CertificateFor, now: Timestamp) -> Nonce {
        self.ceremonies.nonce(&whom.parts(), now)
    }

    /// Uses a nonce up. Returns false unless it was given for `whom`.
    pub fn finish_certificate(&self, nonce: &Nonce, whom: CertificateFor, now: Timestamp) -> bool {
        self.ceremonies.use_nonce(nonce, &whom.parts(), now)
    }
}

fn answer(credential: &serde_json::Value) -> Result<PublicKeyCredential, Refusal> {
    serde_json::from_value(credential.clone()).map_err(|_| Refusal::Malformed)
}

/// Returns true if the browser says that our page was in a page of another site (Web Authentication Level 3,
/// section 5.8.1).
fn is_from_another_sites_page(client_data: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Where {
        #[serde(default)]
        cross_origin: bool,
        top_origin: Option<String>,
    }
    serde_json::from_slice::<Where>(client_data).map_or(true, |found| found.cross_origin || found.top_origin.is_some())
}

/// Returns a passkey that is checked in place of an unknown one. Its
/// key is a point of the curve and nothing more.
fn nobodys(answer: &PublicKeyCredential) -> Result<Passkey, serde_json::Error> {
    // Byte 32 holds the flags (Web Authentication Level 3, section 6.1), of which bit 3 says if a backup is possible.
    let may_be_backed_up = answer.response.authenticator_data.as_slice().get(32).is_some_and(|flags| flags & 8 != 0);
    let (x, y) = ("axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY", "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU");
    serde_json::from_value(serde_json::json!({ "cred": {
        "cred_id": URL_SAFE_NO_PAD.encode(answer.get_credential_id()),
        "cred": { "type_": "ES256", "key": { "EC_EC2": { "curve": "SECP256R1", "x": x, "y": y } } },
        "counter": 0,
        "transports": null,
        "user_verified": true,
        "backup_eligible": may_be_backed_up,
        "backup_state": false,
        "registration_policy": "required",
        "extensions": {},
        "attestation": { "data": "None", "metadata": "None" },
        "attestation_format": "none",
    } }))
}

fn refused(why: WebauthnError) -> ServerError {
    tracing::info!(%why, "a passkey was refused");
    Refusal::PasskeyRefused.into()
}

fn proven(passkey: &Passkey) -> Result<Proven, PasskeyError> {
    Ok(Proven { credential: passkey.cred_id().as_slice().to_vec(), passkey: serde_json::to_string(passkey)? })
}
