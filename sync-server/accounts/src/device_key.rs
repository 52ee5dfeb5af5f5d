//! Certifies a key of this device, so that it may sign approvals where the
//! passkey cannot be used: the passkey signs the key, the person and a nonce.

use super::{
    SignedIn,
    alarm::{self, AlarmSubject},
    json_body::JsonBody,
    parts::Accounts,
    passkey::CertificateFor,
    rate::RateKey,
    signing_key,
};
use crate::error::{Refusal, ServerError};
use axum::{Json, Router, extract::State, routing::post};
use model::{
    api::{CertificateNonce, Identity, StartCertificate},
    approval::certificate_challenge,
    event::Event,
    hash::ContentHash,
    id::*,
    record::{DeviceCertificate, Role},
};
use proof::approval::{DeviceKey, verify};
use storage::db::{DeviceKeyRow, Query};

/// Returns the routes of the endpoints.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route("/api/keyring/device-keys/start", post(start))
        .route("/api/keyring/device-keys/finish", post(finish))
}

/// Refuses people who do not approve, because they have nothing to sign.
fn require_approver(q: &Query<'_>, account: AccountId, person: PersonId) -> Result<(), ServerError> {
    let own = q.people_of_account(account)?.into_iter().find(|p| p.id == person).ok_or(Refusal::NotFound)?;
    if own.role == Role::Approver { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

async fn start(
    State(accounts): State<Accounts>,
    signed_in: SignedIn,
    JsonBody(wish): JsonBody<StartCertificate>,
) -> Result<Json<CertificateNonce>, ServerError> {
    let SignedIn { account, device, .. } = signed_in;
    accounts.rate_limit.check(RateKey::Account(account), accounts.clock.now())?;
    accounts.db.read(|q| require_approver(q, account, wish.person))?;
    let whom = CertificateFor { account, device, person: wish.person };
    Ok(Json(CertificateNonce { nonce: accounts.passkeys.start_certificate(whom, accounts.clock.now()) }))
}

async fn finish(
    State(accounts): State<Accounts>,
    signed_in: SignedIn,
    JsonBody(certificate): JsonBody<DeviceCertificate>,
) -> Result<Json<Identity>, ServerError> {
    let SignedIn { account, device, .. } = signed_in;
    let now = accounts.clock.now();
    let whom = CertificateFor { account, device, person: certificate.person };
    if !accounts.passkeys.finish_certificate(&certificate.nonce, whom, now) {
        return Err(Refusal::CeremonyUnknown.into());
    }
    DeviceKey::of_bytes(&certificate.key.0).ok_or(Refusal::Malformed)?;
    let (origin, relying_party) = (accounts.origin.clone(), accounts.origin.relying_party());
    let composer = accounts.composer.clone();
    let identity = accounts
        .db
        .write(move |tx| {
            require_approver(tx, account, certificate.person)?;
            let passkey = tx.passkey(&certificate.assertion.credential.0)?;
            let passkey = passkey.filter(|p| p.account == account && p.revoked_at.is_none());
            let public = signing_key::public_key(&passkey.ok_or(Refusal::PasskeyUnknown)?.passkey)?;
            let challenge = certificate_challenge(certificate.person, &certificate.key.0, &certificate.nonce);
            if let Err(flaw) = verify(&public, &relying_party, &challenge, &certificate.assertion) {
                tracing::info!(%flaw, "a certificate was refused");
                return Err(Refusal::PasskeyRefused.into());
            }
            let key = ContentHash::of(&certificate.key.0);
            if tx.device_key(&key)?.is_some() {
                return Err(Refusal::PasskeyRefused.into());
            }
            let row = DeviceKeyRow { key, account, device, certificate, certified_at: now, revoked_at: None };
            tx.add_device_key(&row)?;
            alarm::log(tx, account, &Event::DeviceKeyCertified { account }, now)?;
            let name = tx.device(device)?.map(|d| d.name).unwrap_or_default();
            alarm::tell(tx, &composer, account, &AlarmSubject::DeviceKey(key, name), now)?;
            super::identity::identity(tx, &origin, &signed_in)
        })
        .await?;
    Ok(Json(identity))
}
