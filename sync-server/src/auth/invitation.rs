//! Invitations: a secret in a link's fragment, single use, for 14 days, known
//! to the database by its hash only. Opening the link changes nothing; the page
//! behind it asks by POST, because mail scanners follow links.

use super::session::{hash_of, new_token};
use crate::{
    db::{Advisor, DbError, InvitationRow, Invitee, PersonRow, Query, Tx},
    dossiers::Dossiers,
    error::{Refusal, ServerError},
    state::State,
    web::JsonBody,
};
use axum::Json;
use model::{
    api::{Invitation, InvitationQuery},
    dossier::TaskState,
    id::FirmId,
    language::Language,
    time::Timestamp,
};
use std::collections::BTreeSet;

const SECONDS_VALID: i64 = 14 * 24 * 3600;

/// Invites a person; an earlier invitation of theirs is void. Gives the token,
/// which is kept nowhere: it goes into the mail of the same write.
pub fn invite_person(tx: &Tx<'_>, person: &PersonRow, now: Timestamp) -> Result<String, DbError> {
    invite(tx, person.firm, Invitee::Person(person.id), now)
}

/// Invites somebody of the firm; an earlier invitation of theirs is void.
pub fn invite_advisor(tx: &Tx<'_>, advisor: &Advisor, now: Timestamp) -> Result<String, DbError> {
    invite(tx, advisor.firm, Invitee::Advisor(advisor.id), now)
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

/// An invitation that can be used now, with whom it is for.
pub(super) fn valid(
    q: &Query<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(InvitationRow, Guest), ServerError> {
    let invitation = q.invitation(token_hash)?.ok_or(Refusal::InvitationUnknown)?;
    if invitation.used_at.is_some() {
        return Err(Refusal::InvitationUsed.into());
    }
    if invitation.voided_at.is_some() {
        return Err(Refusal::InvitationVoided.into());
    }
    if invitation.expires_at <= now {
        return Err(Refusal::InvitationExpired.into());
    }
    let guest = match invitation.invitee {
        Invitee::Person(person) => q.person(person)?.filter(|p| !p.blocked).map(Guest::Person),
        Invitee::Advisor(advisor) => q.advisor(advisor)?.map(Guest::Advisor),
    };
    Ok((invitation, guest.ok_or(Refusal::InvitationUnknown)?))
}

/// `POST /api/invitation`: what the link is for.
pub async fn open(
    axum::extract::State(state): axum::extract::State<State>,
    JsonBody(query): JsonBody<InvitationQuery>,
) -> Result<Json<Invitation>, ServerError> {
    let token_hash = hash_of(&query.token);
    let now = state.clock.now();
    let (invitation, guest, firm) = state.db.read(|q| {
        let (invitation, guest) = valid(q, &token_hash, now)?;
        let firm = q.firm(invitation.firm)?.ok_or(DbError::Malformed("invitation: its firm is missing"))?;
        Ok::<_, ServerError>((invitation, guest, firm))
    })?;
    if invitation.opened_at.is_none() {
        state.db.write(move |tx| tx.open_invitation(&token_hash, now)).await?;
    }
    let (given_name, email, language) = (guest.given_name().to_owned(), guest.email().to_owned(), guest.language());
    let tasks = match guest {
        Guest::Person(person) => {
            let dossiers = state.dossiers.clone();
            tokio::task::spawn_blocking(move || waiting(&dossiers, &person)).await??
        }
        Guest::Advisor(_) => 0,
    };
    Ok(Json(Invitation {
        firm_name: firm.name,
        firm_phone: firm.phone,
        accent: firm.accent,
        given_name,
        email,
        language,
        tasks,
    }))
}

/// How many tasks wait for a person, over all years.
fn waiting(dossiers: &Dossiers, person: &PersonRow) -> Result<u32, ServerError> {
    let documents = dossiers.db().read(|q| q.documents_of_client(person.client))?;
    let years: BTreeSet<_> = documents.iter().map(|document| document.info.tax_year).collect();
    let mut waiting = 0;
    for tax_year in years {
        let year = dossiers.read(person.client, tax_year).map_err(ServerError::inner)?;
        waiting += year.tasks.iter().filter(|task| year.task_state(task, person.id) == TaskState::Open).count();
    }
    Ok(u32::try_from(waiting).unwrap_or(u32::MAX))
}
