//! Registration: an invitation becomes an account with a passkey, a device and
//! a session, all in one write.

use super::{
    invitation::{self, Guest},
    passkey::{Proven, Registering},
    session::{Beginning, hash_of},
};
use crate::{
    clock::random,
    db::{Account, Actor, Event, PasskeyRow, Tx},
    error::{Refusal, ServerError},
    mail::Notice,
    state::State,
    web::JsonBody,
};
use axum::{Json, http::HeaderMap, response::IntoResponse};
use model::{
    api::{Ceremony, FinishCeremony, StartRegistration},
    id::AccountId,
    time::Timestamp,
};

/// `POST /api/registration/start`.
pub async fn start(
    axum::extract::State(state): axum::extract::State<State>,
    JsonBody(wish): JsonBody<StartRegistration>,
) -> Result<Json<Ceremony>, ServerError> {
    let token_hash = hash_of(&wish.token);
    let now = state.clock.now();
    let user_name = wish.user_name.trim().to_owned();
    let (_, guest) = state.db.read(|q| invitation::valid(q, &token_hash, now))?;
    if !is_user_name(&user_name) {
        return Err(Refusal::UserNameMalformed.into());
    }
    let email = wish.email.trim();
    if email.to_lowercase() != guest.email().trim().to_lowercase() {
        return Err(Refusal::MailDiffers.into());
    }
    if state.db.read(|q| q.user_name_is_taken(&user_name))? {
        return Err(Refusal::UserNameTaken.into());
    }
    let who = Registering {
        invitation: token_hash,
        account: AccountId::from_random(random()),
        user_name,
        email: guest.email().trim().to_owned(),
    };
    Ok(Json(state.passkeys.start_registration(who, guest.name(), now)?))
}

/// `POST /api/registration/finish`.
pub async fn finish(
    axum::extract::State(state): axum::extract::State<State>,
    headers: HeaderMap,
    JsonBody(end): JsonBody<FinishCeremony>,
) -> Result<impl IntoResponse, ServerError> {
    let now = state.clock.now();
    let (who, proven) = state.passkeys.finish_registration(&end.ceremony, end.credential, now)?;
    let mut session = Beginning::from_headers(&headers);
    let (config, composer) = (state.config.clone(), state.composer.clone());
    let (identity, session) = state
        .db
        .write(move |tx| {
            if let Guest::Person(person) = register(tx, &who, proven, &session, now)? {
                composer.queue(tx, &Notice::PasskeyAdded { person: person.id }, now)?;
            }
            session.write(tx, who.account, now)?;
            let signed_in = session.signed_in(who.account);
            Ok::<_, ServerError>((super::session::identity(tx, &config, &signed_in)?, session))
        })
        .await?;
    Ok((session.cookies(), Json(identity)))
}

/// The invitation is looked at again: between start and finish somebody else
/// may have used it, or taken the name.
fn register(
    tx: &Tx<'_>,
    who: &Registering,
    proven: Proven,
    session: &Beginning,
    now: Timestamp,
) -> Result<Guest, ServerError> {
    let (invitation, guest) = invitation::valid(tx, &who.invitation, now)?;
    if tx.user_name_is_taken(&who.user_name)? {
        return Err(Refusal::UserNameTaken.into());
    }
    if tx.passkey(&proven.credential)?.is_some() {
        return Err(Refusal::PasskeyRefused.into());
    }
    if !tx.use_invitation(&who.invitation, now)? {
        return Err(Refusal::InvitationUsed.into());
    }
    let account = Account { id: who.account, user_name: who.user_name.clone(), email: who.email.clone() };
    tx.add_account(&account, now)?;
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
            (Actor::Person(person.id), Some(person.client))
        }
        Guest::Advisor(advisor) => {
            tx.set_advisor_account(advisor.id, account.id)?;
            (Actor::Advisor(advisor.id), None)
        }
    };
    for kind in ["registered", "passkey_added"] {
        let detail = serde_json::json!({ "account": account.id });
        tx.log(&Event { firm: invitation.firm, client, tax_year: None, at: now, actor, kind, detail })?;
    }
    Ok(guest)
}

/// 3 to 40 letters, digits, full stops, hyphens and underscores. ASCII only, so
/// that two names never look the same.
fn is_user_name(name: &str) -> bool {
    (3..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::is_user_name;

    #[test]
    fn a_user_name_is_short_and_plain() {
        let check = |name: &str, expected| assert_eq!(is_user_name(name), expected, "{name:?}");
        check("marieke", true);
        check("m.jansen-2_", true);
        check(&"a".repeat(40), true);
        check(&"a".repeat(41), false);
        check("ab", false);
        check("", false);
        check("marieke jansen", false);
        check("mariëke", false);
        check("m@rieke", false);
    }
}
