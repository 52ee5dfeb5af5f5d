//! Login: the browser offers the passkeys it has, and the passkey says whose it is.

use super::{
    alarm::{self, AlarmSubject},
    caller::{Network, Sender},
    json_body::JsonBody,
    login_log,
    parts::{Accounts, Change},
    passkey::{Passkeys, Proven},
    rate::RateKey,
    session::{NewSession, SignedIn},
};
use crate::error::{Refusal, ServerError};
use axum::{Json, extract::State, http::HeaderMap, response::IntoResponse};
use model::{
    api::{Ceremony, FinishCeremony},
    event::Event,
    id::AccountId,
    time::Timestamp,
};
use storage::db::{DbError, PasskeyRow};

/// Handles `POST /api/login/start`.
pub async fn start(State(accounts): State<Accounts>) -> Result<Json<Ceremony>, ServerError> {
    Ok(Json(accounts.passkeys.start_login(accounts.clock.now())?))
}

/// Checks a passkey's answer against what is stored of it. An unknown passkey gets the
/// same answer as one with a wrong signature.
pub(super) fn prove(
    accounts: &Accounts,
    (account, from): (AccountId, Sender),
    credential: &[u8],
    end: &FinishCeremony,
    now: Timestamp,
) -> Result<Proven, ServerError> {
    let key = RateKey::FailedLogins(account, from.0);
    accounts.rate_limit.check_failures(key, now)?;
    let stored = accounts.db.read::<_, DbError>(|q| q.passkey(credential))?;
    let stored = stored.filter(|p: &PasskeyRow| p.account == account && p.revoked_at.is_none());
    let stored = stored.as_ref().map(|p| p.passkey.as_str());
    let proven = accounts.passkeys.finish_login(&end.ceremony, &end.credential, stored, now);
    if proven.is_err() {
        accounts.rate_limit.count(key, now);
    }
    proven
}

/// Handles `POST /api/login/finish`.
pub async fn finish(
    State(accounts): State<Accounts>,
    from: Sender,
    network: Network,
    headers: HeaderMap,
    JsonBody(end): JsonBody<FinishCeremony>,
) -> Result<impl IntoResponse, ServerError> {
    let now = accounts.clock.now();
    let (account, credential) = Passkeys::claim(&end.credential)?;
    let proven = prove(&accounts, (account, from), &credential, &end, now).inspect_err(|error| {
        if error.refusal() == Refusal::PasskeyUnknown {
            login_log::refused(&accounts, account, network.clone());
        }
    })?;
    let is_written = accounts.logged_logins.check(account, now).is_ok();
    let mut session = NewSession::from_headers(&headers);
    let (origin, composer) = (accounts.origin.clone(), accounts.composer.clone());
    let (identity, session) = accounts
        .db
        .write(move |tx| {
            // The passkey may have been revoked since it was read.
            let live = tx.passkey(&proven.credential)?.is_some_and(|p| p.revoked_at.is_none());
            if !live {
                return Err(Refusal::PasskeyUnknown.into());
            }
            if tx.is_shut_out(account)? && tx.advisor_of_account(account)?.is_none() {
                return Err(Refusal::AccessBlocked.into());
            }
            tx.set_passkey_used(&proven.credential, &proven.passkey, now)?;
            // At registration no mail about the device is sent, because there is one about the passkey.
            if session.write(tx, account, now)? {
                let about = AlarmSubject::Device(session.device(), session.device_name().to_owned());
                alarm::tell(tx, &composer, account, &about, now)?;
                alarm::log(tx, account, &Event::DeviceAdded { account }, now)?;
            }
            if is_written {
                login_log::logged_in(tx, account, session.device(), network, now)?;
            }
            let identity = super::identity::identity(tx, &origin, &session.signed_in(account))?;
            Ok::<_, ServerError>((identity, session))
        })
        .await?;
    // A session that was used longest ago may have ended, and its sockets have to.
    accounts.tell(Change::Recheck(account)).await;
    Ok((session.cookies(), Json(identity)))
}

/// Handles `POST /api/login/confirm`: shows a passkey of the login within its session, which is fresh from then on.
pub async fn confirm(
    State(accounts): State<Accounts>,
    from: Sender,
    SignedIn { account, session, .. }: SignedIn,
    JsonBody(end): JsonBody<FinishCeremony>,
) -> Result<Json<serde_json::Value>, ServerError> {
    let now = accounts.clock.now();
    let (claimed, credential) = Passkeys::claim(&end.credential)?;
    if claimed != account {
        return Err(Refusal::PasskeyUnknown.into());
    }
    let proven = prove(&accounts, (account, from), &credential, &end, now)?;
    accounts
        .db
        .write(move |tx| {
            if tx.passkey(&proven.credential)?.is_none_or(|p| p.revoked_at.is_some()) {
                return Err(Refusal::PasskeyUnknown.into());
            }
            tx.set_passkey_used(&proven.credential, &proven.passkey, now)?;
            tx.touch_console(&session, now)?;
            Ok::<_, ServerError>(tx.prove_session(&session, now)?)
        })
        .await?;
    Ok(Json(serde_json::json!({})))
}
