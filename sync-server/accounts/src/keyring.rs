//! The passkeys and devices of a login: listing, renaming, adding and
//! revoking them. A change of access needs a passkey that was shown a moment ago, is
//! logged, and is announced by mail.

use super::{
    SignedIn,
    alarm::{self, AlarmSubject},
    json_body::JsonBody,
    parts::{Accounts, Change},
    passkey::Registering,
    rate::RateKey,
    session::{Fresh, SetCookies, no_session},
};
use crate::error::{Refusal, ServerError};
use axum::{
    Json, Router,
    extract::State,
    http::HeaderMap,
    routing::{get, post},
};
use model::{
    api::{Ceremony, FinishCeremony, Keyring, KeyringDevice, KeyringPasskey, OnDevice, OnPasskey},
    event::Event,
    id::AccountId,
    record::Base64,
};
use storage::db::{DbError, PasskeyRow};

/// Returns the routes of the endpoints.
pub fn routes() -> Router<Accounts> {
    Router::new()
        .route("/api/keyring", get(show))
        .route("/api/keyring/passkeys/start", post(start_passkey))
        .route("/api/keyring/passkeys/finish", post(finish_passkey))
        .route("/api/keyring/passkeys/rename", post(rename_passkey))
        .route("/api/keyring/passkeys/revoke", post(revoke_passkey))
        .route("/api/keyring/devices/rename", post(rename_device))
        .route("/api/keyring/devices/revoke", post(revoke_device))
        .route("/api/keyring/sessions/end", post(end_sessions))
}

async fn show(State(accounts): State<Accounts>, signed_in: SignedIn) -> Result<Json<Keyring>, ServerError> {
    keyring(&accounts, &signed_in)
}

fn keyring(accounts: &Accounts, signed_in: &SignedIn) -> Result<Json<Keyring>, ServerError> {
    let account = signed_in.account;
    let (passkeys, devices, keys) =
        accounts.db.read::<_, DbError>(|q| Ok((q.passkeys(account)?, q.devices(account)?, q.device_keys(account)?)))?;
    let passkeys = passkeys.into_iter().filter(|p| p.revoked_at.is_none()).map(|p| KeyringPasskey {
        id: Base64(p.credential),
        name: p.name,
        created_at: p.created_at,
        last_used_at: p.last_used_at,
    });
    let devices = devices.into_iter().map(|d| KeyringDevice {
        id: d.id,
        name: d.name,
        last_seen_at: d.last_seen_at,
        is_this: d.id == signed_in.device,
        signs_since: keys.iter().find(|k| k.device == d.id && k.revoked_at.is_none()).map(|k| k.certified_at),
    });
    Ok(Json(Keyring { passkeys: passkeys.collect(), devices: devices.collect() }))
}

async fn start_passkey(
    State(accounts): State<Accounts>,
    Fresh(signed_in): Fresh,
) -> Result<Json<Ceremony>, ServerError> {
    accounts.rate_limit.check(RateKey::Account(signed_in.account), accounts.clock.now())?;
    let (account, passkeys) = accounts.db.read(|q| {
        let account = q.account(signed_in.account)?.ok_or(Refusal::NotSignedIn)?;
        Ok::<_, ServerError>((account, q.passkeys(signed_in.account)?))
    })?;
    let there = passkeys.into_iter().filter(|p| p.revoked_at.is_none()).map(|p| p.credential).collect();
    let who = Registering::another(account.id, account.user_name.clone());
    Ok(Json(accounts.passkeys.start_registration(who, &account.user_name, there, accounts.clock.now())?))
}

async fn finish_passkey(
    State(accounts): State<Accounts>,
    signed_in: SignedIn,
    headers: HeaderMap,
    JsonBody(end): JsonBody<FinishCeremony>,
) -> Result<Json<Keyring>, ServerError> {
    let now = accounts.clock.now();
    let (who, proven) = accounts.passkeys.finish_registration(&end.ceremony, end.credential, now)?;
    if who.invitation.is_some() || who.account != signed_in.account {
        return Err(Refusal::CeremonyUnknown.into());
    }
    let (account, name, composer) =
        (signed_in.account, super::session::device_name(&headers), accounts.composer.clone());
    accounts
        .db
        .write(move |tx| {
            if tx.passkey(&proven.credential)?.is_some() {
                return Err(Refusal::PasskeyRefused.into());
            }
            tx.add_passkey(&PasskeyRow {
                credential: proven.credential.clone(),
                account,
                passkey: proven.passkey,
                name,
                created_at: now,
                last_used_at: None,
                revoked_at: None,
            })?;
            alarm::log(tx, account, &Event::PasskeyAdded { account }, now)?;
            alarm::tell(tx, &composer, account, &AlarmSubject::Passkey(proven.credential), now)?;
            Ok::<_, ServerError>(())
        })
        .await?;
    keyring(&accounts, &signed_in)
}

/// Checks a name that a person gave to a passkey or device; it has to be on one line.
fn name_of(typed: &str) -> Result<String, Refusal> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(Refusal::TextMissing);
    }
    if name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(Refusal::Malformed);
    }
    Ok(name.to_owned())
}

async fn rename_passkey(
    State(accounts): State<Accounts>,
    signed_in: SignedIn,
    JsonBody(on): JsonBody<OnPasskey>,
) -> Result<Json<Keyring>, ServerError> {
    let (name, account) = (name_of(&on.name)?, signed_in.account);
    if !accounts.db.write(move |tx| tx.rename_passkey(account, &on.id.0, &name)).await? {
        return Err(Refusal::NotFound.into());
    }
    keyring(&accounts, &signed_in)
}

async fn rename_device(
    State(accounts): State<Accounts>,
    signed_in: SignedIn,
    JsonBody(on): JsonBody<OnDevice>,
) -> Result<Json<Keyring>, ServerError> {
    let (name, account) = (name_of(&on.name)?, signed_in.account);
    if !accounts.db.write(move |tx| tx.rename_device(account, on.id, &name)).await? {
        return Err(Refusal::NotFound.into());
    }
    keyring(&accounts, &signed_in)
}

async fn revoke_passkey(
    State(accounts): State<Accounts>,
    Fresh(signed_in): Fresh,
    JsonBody(on): JsonBody<OnPasskey>,
) -> Result<Json<Keyring>, ServerError> {
    let (account, now, composer) = (signed_in.account, accounts.clock.now(), accounts.composer.clone());
    accounts
        .db
        .write(move |tx| {
            let mut live: Vec<_> = tx.passkeys(account)?.into_iter().filter(|p| p.revoked_at.is_none()).collect();
            let at = live.iter().position(|p| p.credential == on.id.0).ok_or(Refusal::NotFound)?;
            if live.len() == 1 {
                return Err(Refusal::LastPasskey.into());
            }
            tx.revoke_passkey(&on.id.0, now)?;
            alarm::log(tx, account, &Event::PasskeyRemoved { account }, now)?;
            let about = AlarmSubject::Removed(live.swap_remove(at).name);
            alarm::tell(tx, &composer, account, &about, now)
        })
        .await?;
    accounts.tell(Change::Recheck(account)).await;
    keyring(&accounts, &signed_in)
}

async fn revoke_device(
    State(accounts): State<Accounts>,
    Fresh(signed_in): Fresh,
    JsonBody(on): JsonBody<OnDevice>,
) -> Result<Json<Keyring>, ServerError> {
    let (account, now, composer) = (signed_in.account, accounts.clock.now(), accounts.composer.clone());
    accounts
        .db
        .write(move |tx| {
            let device = tx.device(on.id)?.filter(|d| d.account == account && d.revoked_at.is_none());
            let device = device.ok_or(Refusal::NotFound)?;
            tx.revoke_device(device.id, now)?;
            alarm::log(tx, account, &Event::DeviceRemoved { account }, now)?;
            alarm::tell(tx, &composer, account, &AlarmSubject::Removed(device.name), now)
        })
        .await?;
    accounts.tell(Change::Recheck(account)).await;
    keyring(&accounts, &signed_in)
}

/// Ends all sessions of the login but the one that asks: whoever else is logged in has to show a passkey.
async fn end_sessions(State(accounts): State<Accounts>, Fresh(signed_in): Fresh) -> Result<Json<Keyring>, ServerError> {
    end_sessions_beside(&accounts, signed_in.account, Some(signed_in.session)).await?;
    keyring(&accounts, &signed_in)
}

/// Ends all sessions of a login, the one that asks too. What is stored on its devices stays its owner's. It asks for no
/// passkey, because it lets nobody in.
pub async fn log_out_everywhere(accounts: &Accounts, signed_in: &SignedIn) -> Result<SetCookies<2>, ServerError> {
    end_sessions_beside(accounts, signed_in.account, None).await?;
    Ok(no_session())
}

async fn end_sessions_beside(
    accounts: &Accounts,
    account: AccountId,
    own: Option<[u8; 32]>,
) -> Result<(), ServerError> {
    let now = accounts.clock.now();
    accounts
        .db
        .write(move |tx| {
            match own {
                Some(own) => tx.end_sessions_beside(account, &own, 0)?,
                None => tx.end_sessions(account)?,
            }
            alarm::log(tx, account, &Event::SessionsEnded { account }, now)
        })
        .await?;
    accounts.tell(Change::Recheck(account)).await;
    Ok(())
}
