//! Invitations: a secret in the fragment of a link, for single use within 14 days, of which
//! the database knows only the hash. Opening the link changes nothing; the page
//! behind it uses POST, because mail scanners follow links.

use super::{
    code::{hash_of_code, new_code},
    parts::Accounts,
    rate::RateKey,
    session::new_token,
    user_name,
};
use crate::error::{Refusal, ServerError};
use mail::{Composer, Notice};
use model::{
    api::Invitation,
    event::Event,
    hash::hash_of,
    id::{AccountId, FirmId, PersonId},
    language::Language,
    mail_address::MailAddress,
    time::Timestamp,
};
use storage::db::{Actor, Advisor, DbError, InvitationRow, Invitee, NewEvent, PersonRow, Query, Tx};

const SECONDS_VALID: i64 = 14 * 24 * 3600;

/// Invites a person and voids earlier invitations of theirs. Returns the token,
/// which is stored nowhere: it goes into the mail of the same transaction.
pub fn invite_person(tx: &Tx<'_>, person: &PersonRow, now: Timestamp) -> Result<String, DbError> {
    invite(tx, person.firm, Invitee::Person(person.id), now)
}

/// Invites an advisor and voids earlier invitations of theirs.
pub fn invite_advisor(tx: &Tx<'_>, advisor: &Advisor, now: Timestamp) -> Result<String, DbError> {
    invite(tx, advisor.firm, Invitee::Advisor(advisor.id), now)
}

/// Invites a person with a code that the advisor tells. If the person has a
/// login already, this renews its passkey. Returns the token and the code.
pub fn invite_with_code(tx: &Tx<'_>, person: &PersonRow, now: Timestamp) -> Result<(String, String), DbError> {
    let (token, code) = (invite_person(tx, person, now)?, new_code());
    tx.set_invitation_asks(&hash_of(&token), Some(hash_of_code(&token, &code)), person.account.is_some())?;
    Ok((token, code))
}

/// Does the same as [`invite_with_code`] for an advisor.
pub fn invite_advisor_with_code(tx: &Tx<'_>, advisor: &Advisor, now: Timestamp) -> Result<(String, String), DbError> {
    let (token, code) = (invite_advisor(tx, advisor, now)?, new_code());
    tx.set_invitation_asks(&hash_of(&token), Some(hash_of_code(&token, &code)), advisor.account.is_some())?;
    Ok((token, code))
}

/// The reasons why somebody of a list was not invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// The person has a login and can use that.
    Registered,
    /// The firm blocked the person.
    Blocked,
    /// The person has no valid mail address.
    NoMail,
    /// The person got an invitation less than an hour ago.
    JustInvited,
}

/// Invites people with their mails, in the caller's transaction. Returns those it left
/// out, each with the reason.
pub fn invite_many(
    tx: &Tx<'_>,
    composer: &Composer,
    people: &[PersonRow],
    by: Actor,
    now: Timestamp,
) -> Result<Vec<(PersonId, Skipped)>, DbError> {
    let mut skipped = Vec::new();
    for person in people {
        let last = tx.last_invitation(person.id)?;
        let is_new = last.is_some_and(|i| i.voided_at.is_none() && now < i.created_at.plus_seconds(3600));
        match obstacle(person).or(is_new.then_some(Skipped::JustInvited)) {
            Some(reason) => skipped.push((person.id, reason)),
            None => send_invitation(tx, composer, person, by, now)?,
        }
    }
    Ok(skipped)
}

/// Invites one person whom somebody chose by name: also shortly after an earlier invitation, whose mail may be lost.
/// Returns the reason if that cannot be.
pub fn invite_again(
    tx: &Tx<'_>,
    composer: &Composer,
    person: &PersonRow,
    by: Actor,
    now: Timestamp,
) -> Result<Option<Skipped>, DbError> {
    let obstacle = obstacle(person);
    if obstacle.is_none() {
        send_invitation(tx, composer, person, by, now)?;
    }
    Ok(obstacle)
}

/// Returns the reason why a person can never be invited as the person is now.
fn obstacle(person: &PersonRow) -> Option<Skipped> {
    if person.account.is_some() {
        Some(Skipped::Registered)
    } else if person.blocked {
        Some(Skipped::Blocked)
    } else if MailAddress::read(&person.email).is_none() {
        Some(Skipped::NoMail)
    } else {
        None
    }
}

fn send_invitation(
    tx: &Tx<'_>,
    composer: &Composer,
    person: &PersonRow,
    by: Actor,
    now: Timestamp,
) -> Result<(), DbError> {
    let token = invite_person(tx, person, now)?;
    composer.queue(tx, &Notice::Invitation { person: person.id, token }, now)?;
    log_invited(tx, person, by, now)
}

/// Logs that a person was invited.
pub fn log_invited(tx: &Tx<'_>, person: &PersonRow, actor: Actor, at: Timestamp) -> Result<(), DbError> {
    log(tx, person, actor, Event::PersonInvited { person: person.id }, at)
}

/// Logs an event about a person's invitation.
pub(super) fn log(tx: &Tx<'_>, person: &PersonRow, actor: Actor, event: Event, at: Timestamp) -> Result<(), DbError> {
    tx.log(&NewEvent { firm: person.firm, client: Some(person.client), tax_year: None, at, actor, event })
}

fn invite(tx: &Tx<'_>, firm: FirmId, invitee: Invitee, now: Timestamp) -> Result<String, DbError> {
    let token = new_token();
    tx.add_invitation(&InvitationRow {
        token_hash: hash_of(&token),
        firm,
        invitee,
        created_at: now,
        expires_at: now.plus_seconds(SECONDS_VALID),
        opened_at: None,
        used_at: None,
        voided_at: None,
    })?;
    Ok(token)
}

/// The person or advisor who was invited.
pub(super) enum Guest {
    Person(PersonRow),
    Advisor(Advisor),
}

impl Guest {
    pub(super) fn email(&self) -> &str {
        match self {
            Self::Person(person) => &person.email,
            Self::Advisor(advisor) => &advisor.email,
        }
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Person(person) => &person.name,
            Self::Advisor(advisor) => &advisor.name,
        }
    }

    pub(super) fn account(&self) -> Option<AccountId> {
        match self {
            Self::Person(person) => person.account,
            Self::Advisor(advisor) => advisor.account,
        }
    }

    fn given_name(&self) -> &str {
        match self {
            Self::Person(person) => &person.given_name,
            Self::Advisor(advisor) => &advisor.given_name,
        }
    }

    fn language(&self) -> Language {
        match self {
            Self::Person(person) => person.language,
            Self::Advisor(advisor) => advisor.language,
        }
    }
}

/// Returns an invitation that can be used now, with the person or advisor it is for.
pub(super) fn valid(
    q: &Query<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(InvitationRow, Guest), ServerError> {
    let invitation = q.invitation(token_hash)?.ok_or(Refusal::InvitationUnknown)?;
    if invitation.used_at.is_some() {
        return Err(Refusal::InvitationUsed.into());
    }
    if q.invitation_more(token_hash)?.withdrawn_at.is_some() {
        return Err(Refusal::InvitationWithdrawn.into());
    }
    if invitation.voided_at.is_some() {
        return Err(Refusal::InvitationVoided.into());
    }
    if invitation.expires_at <= now {
        return Err(Refusal::InvitationExpired.into());
    }
    let guest = match invitation.invitee {
        Invitee::Person(person) => q.person(person)?.filter(|p| !p.blocked).map(Guest::Person),
        Invitee::Advisor(advisor) if q.is_advisor_blocked(advisor)? => None,
        Invitee::Advisor(advisor) => q.advisor(advisor)?.map(Guest::Advisor),
    };
    Ok((invitation, guest.ok_or(Refusal::InvitationUnknown)?))
}

/// Opens a link. Returns what it is for, without the number of open tasks, and the person whom it invites, if it
/// is one of a client.
pub async fn open(accounts: &Accounts, token: &str) -> Result<(Invitation, Option<PersonRow>), ServerError> {
    let token_hash = hash_of(token);
    let now = accounts.clock.now();
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let (invitation, guest, firm, portal, more, user_name, suggested_user_name) = accounts.db.read(|q| {
        let (invitation, guest) = valid(q, &token_hash, now)?;
        let firm = q.firm(invitation.firm)?.ok_or(DbError::Missing("firm of an invitation"))?;
        let more = q.invitation_more(&token_hash)?;
        let account = guest.account().filter(|_| more.renews).map(|a| q.account(a)).transpose()?.flatten();
        let portal = q.portal(firm.id)?;
        let suggested = user_name::suggest(q, guest.given_name(), guest.name())?;
        Ok::<_, ServerError>((invitation, guest, firm, portal, more, account.map(|a| a.user_name), suggested))
    })?;
    if invitation.opened_at.is_none() {
        accounts.db.write(move |tx| tx.open_invitation(&token_hash, now)).await?;
    }
    let (given_name, email, language) = (guest.given_name().to_owned(), guest.email().to_owned(), guest.language());
    let invitation = Invitation {
        firm_name: firm.name,
        firm_phone: firm.phone,
        accent: firm.accent,
        logo: portal.logo,
        welcome: portal.welcome.get(language).to_owned(),
        given_name,
        email,
        language,
        tasks: 0,
        needs_code: more.code_hash.is_some(),
        user_name,
        suggested_user_name,
    };
    let person = match guest {
        Guest::Person(person) => Some(person),
        Guest::Advisor(_) => None,
    };
    Ok((invitation, person))
}
