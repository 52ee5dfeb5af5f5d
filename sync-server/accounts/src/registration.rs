//! Registration: turns an invitation into an account with a passkey, a device and
//! a session, all in one transaction.

use super::{
    alarm::{self, AlarmSubject},
    code,
    invitation::{self, Guest},
    json_body::JsonBody,
    parts::{Accounts, Change},
    passkey::{Proven, Registering},
    rate::RateKey,
    session::NewSession,
    user_name::{is_user_name, normal},
};
use crate::error::{Refusal, ServerError};
use axum::{Json, extract::State, http::HeaderMap, response::IntoResponse};
use mail::{Composer, Notice, Security};
use model::{
    api::{Ceremony, FinishCeremony, StartRegistration},
    event::Event,
    hash::hash_of,
    id::AccountId,
    mail_address::MailAddress,
    time::Timestamp,
};
use storage::{
    clock::random,
    db::{Account, Actor, NewEvent, PasskeyRow, Tx},
};

/// Handles `POST /api/registration/start`.
pub async fn start(
    State(accounts): State<Accounts>,
    JsonBody(wish): JsonBody<StartRegistration>,
) -> Result<Json<Ceremony>, ServerError> {
    let token_hash = hash_of(&wish.token);
    let now = accounts.clock.now();
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let (invited, guest, more) = accounts.db.read(|q| {
        let (invited, guest) = invitation::valid(q, &token_hash, now)?;
        Ok::<_, ServerError>((invited, guest, q.invitation_more(&token_hash)?))
    })?;
    accounts.rate_limit.check(RateKey::Firm(invited.firm), now)?;
    code::check_spoken(&accounts, &wish.token, &wish.code, invited.created_at, &more, now).await?;
    if let Some(account) = guest.account() {
        // An existing login is kept, and gets a new passkey only if the firm asked for that.
        if !more.renews {
            return Err(Refusal::InvitationUsed.into());
        }
        let account = accounts.db.read(|q| q.account(account))?.ok_or(Refusal::InvitationUnknown)?;
        let who = Registering {
            invitation: Some(token_hash),
            account: account.id,
            user_name: account.user_name,
            email: account.email,
        };
        return Ok(Json(accounts.passkeys.start_registration(who, guest.name(), Vec::new(), now)?));
    }
    let user_name = normal(&wish.user_name);
    if !is_user_name(&user_name) {
        return Err(Refusal::UserNameMalformed.into());
    }
    let mut email = wish.email.trim().to_owned();
    if email.to_lowercase() == guest.email().trim().to_lowercase() {
        guest.email().trim().clone_into(&mut email);
    } else {
        let to = MailAddress::read(&email).ok_or(Refusal::MailMalformed)?;
        let (token, given) = (wish.token, wish.mail_code);
        accounts.db.write(move |tx| code::mail_is_confirmed(tx, &token, &to, &given, now)).await??;
    }
    if accounts.db.read(|q| q.user_name_is_taken(&user_name))? {
        return Err(Refusal::UserNameTaken.into());
    }
    let account = AccountId::from_random(random());
    let who = Registering { invitation: Some(token_hash), account, user_name, email };
    Ok(Json(accounts.passkeys.start_registration(who, guest.name(), Vec::new(), now)?))
}

/// Handles `POST /api/registration/finish`.
pub async fn finish(
    State(accounts): State<Accounts>,
    headers: HeaderMap,
    JsonBody(end): JsonBody<FinishCeremony>,
) -> Result<impl IntoResponse, ServerError> {
    let now = accounts.clock.now();
    let (who, proven) = accounts.passkeys.finish_registration(&end.ceremony, end.credential, now)?;
    let mut session = NewSession::from_headers(&headers);
    let (origin, composer) = (accounts.origin.clone(), accounts.composer.clone());
    let (identity, session) = accounts
        .db
        .write(move |tx| {
            let credential = proven.credential.clone();
            register(tx, &composer, &who, proven, &session, now)?;
            alarm::tell(tx, &composer, who.account, &AlarmSubject::Passkey(credential), now)?;
            session.write(tx, who.account, now)?;
            let signed_in = session.signed_in(who.account);
            Ok::<_, ServerError>((super::identity::identity(tx, &origin, &signed_in)?, session))
        })
        .await?;
    // If this renewed a login, the connections of the lost devices have to end.
    accounts.tell(Change::Recheck(identity.account)).await;
    accounts.tell(Change::Joined(identity.memberships.iter().map(|m| m.client).collect())).await;
    Ok((session.cookies(), Json(identity)))
}

/// Registers the person. The invitation is checked once more, because between start and finish
/// somebody else may have used it, or taken the user name.
fn register(
    tx: &Tx<'_>,
    composer: &Composer,
    who: &Registering,
    proven: Proven,
    session: &NewSession,
    now: Timestamp,
) -> Result<(), ServerError> {
    let token_hash = who.invitation.ok_or(Refusal::CeremonyUnknown)?;
    let (invitation, guest) = invitation::valid(tx, &token_hash, now)?;
    let renewed = guest.account();
    match renewed {
        // In the meantime the person was connected to another login.
        Some(account) if account != who.account => return Err(Refusal::InvitationUsed.into()),
        Some(_) => {}
        None if tx.user_name_is_taken(&who.user_name)? => return Err(Refusal::UserNameTaken.into()),
        None => {}
    }
    if tx.passkey(&proven.credential)?.is_some() {
        return Err(Refusal::PasskeyRefused.into());
    }
    if !tx.use_invitation(&token_hash, now)? {
        return Err(Refusal::InvitationUsed.into());
    }
    let account = Account { id: who.account, user_name: who.user_name.clone(), email: who.email.clone() };
    if renewed.is_some() {
        renew(tx, account.id, now)?;
    } else {
        tx.add_account(&account, now)?;
    }
    tx.add_passkey(&PasskeyRow {
        credential: proven.credential,
        account: account.id,
        passkey: proven.passkey,
        name: session.device_name().to_owned(),
        created_at: now,
        last_used_at: None,
        revoked_at: None,
    })?;
    let (actor, client) = match &guest {
        Guest::Person(person) => {
            tx.set_person_account(person.id, account.id)?;
            if renewed.is_none() && person.email.trim() != account.email {
                tx.set_person_email(person.id, &account.email)?;
                let what = Security::MailChanged { from: person.email.clone() };
                composer.queue(tx, &Notice::Security { person: person.id, what }, now)?;
            }
            (Actor::Person(person.id), Some(person.client))
        }
        Guest::Advisor(advisor) => {
            tx.set_advisor_account(advisor.id, account.id)?;
            (Actor::Advisor(advisor.id), None)
        }
    };
    let account = account.id;
    let first = if renewed.is_some() { Event::AccessRenewed { account } } else { Event::Registered { account } };
    for event in [first, Event::PasskeyAdded { account }] {
        tx.log(&NewEvent { firm: invitation.firm, client, tax_year: None, at: now, actor, event })?;
    }
    Ok(())
}

/// Renews the access of somebody who lost every passkey: everything earlier is revoked, and approvals
/// await a ruling for a day.
fn renew(tx: &Tx<'_>, account: AccountId, now: Timestamp) -> Result<(), ServerError> {
    tx.revoke_everything(account, now)?;
    for person in tx.people_of_account(account)? {
        tx.require_ruling_of_approvals(person.id, now.plus_seconds(alarm::HOLD))?;
    }
    Ok(())
}
