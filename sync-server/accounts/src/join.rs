//! What else a link can be used for: accepting it with a passkey that exists
//! already, asking for a new link, confirming another mail address, and
//! saying that it reached somebody else.

use super::{
    alarm::{self, AlarmSubject},
    caller::Sender,
    code,
    invitation::{self, Guest},
    json_body::JsonBody,
    login,
    parts::{Accounts, Change},
    passkey::Passkeys,
    rate::RateKey,
    session::NewSession,
};
use crate::error::{Refusal, ServerError};
use axum::{Json, extract::State, http::HeaderMap, response::IntoResponse};
use mail::{Composer, Notice, Security};
use model::{
    api::{ConfirmMail, FinishCeremony, InvitationQuery, Join, LinkByMail, NewLink},
    event::Event,
    hash::hash_of,
    mail_address::MailAddress,
    time::Timestamp,
};
use storage::db::{Actor, DbError, InvitationRow, Invitations, Invitee, NewEvent, Tx};

/// The shortest time between two new links, in seconds.
const AGAIN: i64 = 5 * 60;
/// The number of links that somebody can get in a day without the firm.
const LINKS_A_DAY: u32 = 10;
const DAY: i64 = 24 * 3600;

/// Handles `POST /api/invitation/join`: connects the login that shows its passkey to the
/// person who was invited.
pub async fn join(
    State(accounts): State<Accounts>,
    from: Sender,
    headers: HeaderMap,
    JsonBody(wish): JsonBody<Join>,
) -> Result<impl IntoResponse, ServerError> {
    let (token_hash, now) = (hash_of(&wish.token), accounts.clock.now());
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let (invited, more) = accounts.db.read(|q| {
        let (invited, _) = invitation::valid(q, &token_hash, now)?;
        Ok::<_, ServerError>((invited, q.invitation_more(&token_hash)?))
    })?;
    code::check_spoken(&accounts, &wish.token, &wish.code, invited.created_at, &more, now).await?;
    let end = FinishCeremony { ceremony: wish.ceremony, credential: wish.credential };
    let (account, credential) = Passkeys::claim(&end.credential)?;
    let proven = login::prove(&accounts, (account, from), &credential, &end, now)?;
    let mut session = NewSession::from_headers(&headers);
    let (origin, composer) = (accounts.origin.clone(), accounts.composer.clone());
    let (identity, session) = accounts
        .db
        .write(move |tx| {
            if tx.passkey(&proven.credential)?.is_none_or(|p| p.revoked_at.is_some()) {
                return Err(Refusal::PasskeyUnknown.into());
            }
            let (_, guest) = invitation::valid(tx, &token_hash, now)?;
            if !tx.use_invitation(&token_hash, now)? {
                return Err(Refusal::InvitationUsed.into());
            }
            match &guest {
                Guest::Person(person) => {
                    let people = tx.people_of_account(account)?;
                    // A login belongs to at most one person of a client, and a person keeps the login.
                    if people.iter().any(|p| p.client == person.client && p.id != person.id)
                        || person.account.is_some_and(|a| a != account)
                    {
                        return Err(Refusal::AlreadyMember.into());
                    }
                    tx.set_person_account(person.id, account)?;
                    invitation::log(
                        tx,
                        person,
                        Actor::Person(person.id),
                        Event::MembershipAdded { person: person.id },
                        now,
                    )?;
                }
                Guest::Advisor(advisor) => {
                    if tx.advisor_of_account(account)?.is_some_and(|a| a.id != advisor.id) {
                        return Err(Refusal::AlreadyMember.into());
                    }
                    tx.set_advisor_account(advisor.id, account)?;
                }
            }
            tx.set_passkey_used(&proven.credential, &proven.passkey, now)?;
            if session.write(tx, account, now)? {
                let about = AlarmSubject::Device(session.device(), session.device_name().to_owned());
                alarm::tell(tx, &composer, account, &about, now)?;
                alarm::log(tx, account, &Event::DeviceAdded { account }, now)?;
            }
            let identity = super::identity::identity(tx, &origin, &session.signed_in(account))?;
            Ok::<_, ServerError>((identity, session))
        })
        .await?;
    accounts.tell(Change::Joined(identity.memberships.iter().map(|m| m.client).collect())).await;
    Ok((session.cookies(), Json(identity)))
}

/// Handles `POST /api/invitation/again`: sends a new link to the mail address that was
/// invited if the old one expired or is not the newest. If the invitation has a code,
/// or the firm withdrew it, only the firm can send a new one. An unknown
/// link gets the same answer.
pub async fn again(
    State(accounts): State<Accounts>,
    JsonBody(query): JsonBody<InvitationQuery>,
) -> Result<Json<NewLink>, ServerError> {
    let (token_hash, now) = (hash_of(&query.token), accounts.clock.now());
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let composer = accounts.composer.clone();
    let sent = accounts
        .db
        .write(move |tx| match tx.invitation(&token_hash)? {
            Some(old) => send_again(tx, &composer, &old, now),
            None => Ok(false),
        })
        .await?;
    Ok(Json(NewLink { sent }))
}

/// Mails a new link in place of an old one, unless only the firm may send one. Returns true if a link is on its way.
fn send_again(tx: &Tx<'_>, composer: &Composer, old: &InvitationRow, now: Timestamp) -> Result<bool, ServerError> {
    let more = tx.invitation_more(&old.token_hash)?;
    if old.used_at.is_some() || more.withdrawn_at.is_some() || more.code_hash.is_some() {
        return Ok(false);
    }
    let last = match old.invitee {
        Invitee::Person(person) => tx.last_invitation(person)?,
        Invitee::Advisor(advisor) => tx.last_invitation_of_advisor(advisor)?,
    };
    if let Some(last) = last {
        let last_more = tx.invitation_more(&last.token_hash)?;
        if last_more.withdrawn_at.is_some() || last_more.code_hash.is_some() {
            return Ok(false);
        }
        if now < last.created_at.plus_seconds(AGAIN) {
            // A new link was sent shortly before.
            return Ok(true);
        }
    }
    if tx.invitations_since(old.invitee, now.plus_seconds(-DAY))? >= LINKS_A_DAY {
        return Ok(false);
    }
    invite_again(tx, composer, old.invitee, now)
}

/// Handles `POST /api/invitation/by-mail`: mails a new link, as [`again`] does, to everybody without a login whom the
/// firm knows by this address. The answer is the same if nobody has the address.
pub async fn by_mail(
    State(accounts): State<Accounts>,
    JsonBody(wish): JsonBody<LinkByMail>,
) -> Result<Json<serde_json::Value>, ServerError> {
    let now = accounts.clock.now();
    let email = MailAddress::read(&wish.email).ok_or(Refusal::MailMalformed)?;
    let firms = accounts.db.read::<_, DbError>(|q| q.firms())?;
    let firm = firms.into_iter().find(|firm| firm.slug == wish.firm).ok_or(Refusal::NotFound)?.id;
    let asked = hash_of(&format!("{firm} {}", email.as_str().to_lowercase()));
    accounts.rate_limit.check(RateKey::Token(asked), now)?;
    let composer = accounts.composer.clone();
    accounts
        .db
        .write(move |tx| {
            for person in tx.people_of_address(firm, email.as_str())? {
                if let Some(last) = tx.last_invitation(person.id)? {
                    send_again(tx, &composer, &last, now)?;
                }
            }
            Ok::<_, ServerError>(())
        })
        .await?;
    Ok(Json(serde_json::json!({})))
}

/// Mails a new link to somebody without a login who is not blocked. Returns false if there is nobody like that.
fn invite_again(tx: &Tx<'_>, composer: &Composer, invitee: Invitee, now: Timestamp) -> Result<bool, ServerError> {
    match invitee {
        Invitee::Person(person) => {
            let Some(person) = tx.person(person)?.filter(|p| p.account.is_none() && !p.blocked) else {
                return Ok(false);
            };
            let token = invitation::invite_person(tx, &person, now)?;
            composer.queue(tx, &Notice::Invitation { person: person.id, token }, now)?;
            let event = Event::LinkAskedAgain { person: Some(person.id) };
            invitation::log(tx, &person, Actor::Person(person.id), event, now)?;
        }
        Invitee::Advisor(advisor) if tx.is_advisor_blocked(advisor)? => return Ok(false),
        Invitee::Advisor(advisor) => {
            let Some(advisor) = tx.advisor(advisor)?.filter(|a| a.account.is_none()) else { return Ok(false) };
            let token = invitation::invite_advisor(tx, &advisor, now)?;
            composer.queue(tx, &Notice::AdvisorInvitation { advisor: advisor.id, token }, now)?;
            let (actor, event) = (Actor::Advisor(advisor.id), Event::LinkAskedAgain { person: None });
            tx.log(&NewEvent { firm: advisor.firm, client: None, tax_year: None, at: now, actor, event })?;
        }
    }
    Ok(true)
}

/// Handles `POST /api/invitation/not-me`: the link reached somebody else. It stops
/// working and the advisor is told.
pub async fn not_me(
    State(accounts): State<Accounts>,
    JsonBody(query): JsonBody<InvitationQuery>,
) -> Result<Json<serde_json::Value>, ServerError> {
    let (token_hash, now) = (hash_of(&query.token), accounts.clock.now());
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let composer = accounts.composer.clone();
    accounts
        .db
        .write(move |tx| {
            let (_, guest) = invitation::valid(tx, &token_hash, now)?;
            tx.withdraw_invitations(Invitations::Link(&token_hash), now)?;
            if let Guest::Person(person) = guest {
                let event = Event::InvitationWrongPerson { person: person.id };
                invitation::log(tx, &person, Actor::Server, event, now)?;
                composer.queue(tx, &Notice::AlarmRaised { person: person.id }, now)?;
            }
            Ok::<_, ServerError>(())
        })
        .await?;
    Ok(Json(serde_json::json!({})))
}

/// Handles `POST /api/invitation/mail`: sends a code to another address than the
/// invited one.
pub async fn confirm_mail(
    State(accounts): State<Accounts>,
    JsonBody(wish): JsonBody<ConfirmMail>,
) -> Result<Json<serde_json::Value>, ServerError> {
    let (token_hash, now) = (hash_of(&wish.token), accounts.clock.now());
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let email = MailAddress::read(&wish.email).ok_or(Refusal::MailMalformed)?;
    let composer = accounts.composer.clone();
    accounts
        .db
        .write(move |tx| {
            let (_, guest) = invitation::valid(tx, &token_hash, now)?;
            // Mails to advisors go only to the address that the firm chose.
            let Guest::Person(person) = guest else { return Err(Refusal::MailDiffers.into()) };
            let code = code::new_mail_code(tx, &wish.token, &email, now)?;
            let what = Security::MailCode { to: email, code };
            Ok::<_, ServerError>(composer.queue(tx, &Notice::Security { person: person.id, what }, now)?)
        })
        .await?;
    Ok(Json(serde_json::json!({})))
}
