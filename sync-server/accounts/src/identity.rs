//! What the app has to know about the account that is logged in.

use super::{origin::Origin, parts::Accounts, session::SignedIn};
use crate::error::{Refusal, ServerError};
use axum::{Json, extract::State};
use model::{
    api::{CertifiedKey, Identity, Membership},
    record::Base64,
};
use storage::db::{DbError, DeviceKeyRow, PersonRow, Query};

/// Handles `GET /api/me`.
pub async fn me(State(accounts): State<Accounts>, signed_in: SignedIn) -> Result<Json<Identity>, ServerError> {
    Ok(Json(accounts.db.read(|q| identity(q, &accounts.origin, &signed_in))?))
}

/// Returns what the app has to know about an account.
pub fn identity(q: &Query<'_>, origin: &Origin, signed_in: &SignedIn) -> Result<Identity, ServerError> {
    let account = q.account(signed_in.account)?.ok_or(Refusal::NotSignedIn)?;
    let memberships = q.people_of_account(account.id)?.into_iter().map(|person| membership(q, person));
    let passkeys = q.passkeys(account.id)?.into_iter().filter(|p| p.revoked_at.is_none());
    let here = |k: &DeviceKeyRow| k.device == signed_in.device && k.revoked_at.is_none();
    let device_keys = q.device_keys(account.id)?.into_iter().filter(here);
    Ok(Identity {
        account: account.id,
        user_name: account.user_name,
        device: signed_in.device,
        memberships: memberships.collect::<Result<_, _>>()?,
        is_advisor: q.advisor_of_account(account.id)?.is_some(),
        rp_id: origin.rp_id().to_owned(),
        passkeys: passkeys.map(|p| Base64(p.credential)).collect(),
        device_keys: device_keys.map(|k| CertifiedKey { person: k.certificate.person, key: k.key }).collect(),
    })
}

fn membership(q: &Query<'_>, person: PersonRow) -> Result<Membership, DbError> {
    let firm = q.firm(person.firm)?.ok_or(DbError::Missing("firm of a person"))?;
    Ok(Membership {
        client: person.client,
        person: person.id,
        name: person.name,
        given_name: person.given_name,
        email: person.email,
        language: person.language,
        login_path: firm.login_path(person.language),
        firm_name: firm.name,
        firm_phone: firm.phone,
        accent: firm.accent,
        until: person.until,
        logo: q.portal(firm.id)?.logo,
    })
}
