//! Login: the browser offers the passkeys it has, and the passkey says whose it is.

use super::{
    alarm::{self, About},
    passkey::{Passkeys, Proven},
    session::Beginning,
};
use crate::{
    db::{DbError, PasskeyRow},
    error::{Refusal, ServerError},
    state::State,
    web::{JsonBody, RateKey},
};
use axum::{Json, http::HeaderMap, response::IntoResponse};
use model::{
    api::{Ceremony, FinishCeremony},
    id::AccountId,
    time::Timestamp,
};

/// Handles `POST /api/login/start`.
pub async fn start(axum::extract::State(state): axum::extract::State<State>) -> Result<Json<Ceremony>, ServerError> {
    Ok(Json(state.passkeys.start_login(state.clock.now())?))
}

/// Checks a passkey's answer against what is stored of it. An unknown passkey gets the
/// same answer as one with a wrong signature.
pub(super) fn prove(
    state: &State,
    account: AccountId,
    credential: &[u8],
    end: &FinishCeremony,
    now: Timestamp,
) -> Result<Proven, ServerError> {
    let stored = state.db.read::<_, DbError>(|q| q.passkey(credential))?;
    let stored = stored.filter(|p: &PasskeyRow| p.account == account && p.revoked_at.is_none());
    state.passkeys.finish_login(&end.ceremony, &end.credential, stored.as_ref().map(|p| p.passkey.as_str()), now)
}

/// Handles `POST /api/login/finish`.
pub async fn finish(
    axum::extract::State(state): axum::extract::State<State>,
    headers: HeaderMap,
    JsonBody(end): JsonBody<FinishCeremony>,
) -> Result<impl IntoResponse, ServerError> {
    let now = state.clock.now();
    let (account, credential) = Passkeys::claim(&end.credential)?;
    state.rate_limit.check(RateKey::Account(account), now)?;
    let proven = prove(&state, account, &credential, &end, now)?;
    let mut session = Beginning::from_headers(&headers);
    let (config, composer) = (state.config.clone(), state.composer.clone());
    let (identity, session) = state
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
                let about = About::Device(session.device(), session.device_name().to_owned());
                alarm::tell(tx, &composer, account, &about, now)?;
                alarm::log(tx, account, "device_added", now)?;
            }
            let identity = super::session::identity(tx, &config, &session.signed_in(account))?;
            Ok::<_, ServerError>((identity, session))
        })
        .await?;
    Ok((session.cookies(), Json(identity)))
}
