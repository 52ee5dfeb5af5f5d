//! The page about a person's access: inviting, with a code or without, withdrawing, blocking, renewing
//! access, and the role.

pub mod text;
mod view;

use crate::{
    household,
    part::{
        access::{access_state, view::More},
        editor::Editor,
        form::{Form, Posted},
        invite, page,
        tax_numbers::{self, NumbersView},
        told::both,
        year::{self, Loaded, load},
    },
    state::Console,
};
use accounts::{
    InConsole, SignedIn,
    error::{Refusal, ServerError},
    invitation, require_fresh,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use mail::{Composer, Notice, Security};
use model::{
    event::{Event, User},
    id::*,
    record::{DetailField, Role, Taxpayer},
    tax_number::NumberKind,
    time::{TaxYear, Timestamp},
};
use std::collections::BTreeMap;
use storage::db::{Actor, Advisor, DbError, Invitations, NewEvent, PersonRow, Tx};

type PersonPath = Path<(String, i16, String)>;

fn person_of(loaded: &Loaded, id: &str) -> Result<PersonRow, Refusal> {
    let id: PersonId = id.parse().map_err(|_| Refusal::NotFound)?;
    loaded.people.iter().map(|(p, _)| p).find(|p| p.id == id).cloned().ok_or(Refusal::NotFound)
}

fn page(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    person: &PersonRow,
    more: More,
) -> Result<Response, ServerError> {
    let numbers = numbers_of(state, person)?;
    page_with(state, advisor, loaded, person, (more, &numbers))
}

fn numbers_of(state: &Console, person: &PersonRow) -> Result<NumbersView, ServerError> {
    let taxpayer = Taxpayer::Person(person.id);
    tax_numbers::load(&state.db, state.dossiers.vault(), person.firm, person.client, taxpayer)
}

fn page_with(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    person: &PersonRow,
    (more, numbers): (More, &NumbersView),
) -> Result<Response, ServerError> {
    let now = state.clock.now();
    let (access, awaiting_ruling) = state.db.read(|q| {
        let awaiting_ruling = q.approvals_need_ruling_until(person.id)?.filter(|until| now < *until);
        let last = q.last_invitation(person.id)?;
        Ok::<_, DbError>((access_state(q, (person.blocked, person.account), last, now)?, awaiting_ruling))
    })?;
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    Ok(Html(view::page(&frame, &loaded.href(), person, access, awaiting_ruling, (more, numbers))).into_response())
}

/// Handles `GET …/personen/{person}`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year, person)): PersonPath,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let person = person_of(&loaded, &person)?;
    // The year after the present one is proposed, because the present one is usually still shared.
    let next = TaxYear(loaded.tax_year.0.saturating_add(1));
    let may = household::may_split(&loaded, &person);
    let more = if may { More::Split(next) } else { More::Nothing };
    page(&state, advisor, &loaded, &person, more)
}

/// Handles `POST …/personen/{person}`: does the action that the pressed button names.
pub async fn act(
    State(state): State<Console>,
    Editor(advisor): Editor,
    signed_in: SignedIn,
    Path((number, year, person)): PersonPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let person = person_of(&loaded, &person)?;
    let here = format!("{}/personen/{}", loaded.href(), person.id);
    let (now, by, composer) = (state.clock.now(), Actor::Advisor(advisor.id), state.composer.clone());
    let row = person.clone();
    match typed.get("action").map(String::as_str) {
        Some("uitnodigen") => {
            let skipped = invite::invite_again(&state, &advisor, row).await?;
            if let Some(refused) = invite::refusal(advisor.language, &skipped) {
                return page(&state, advisor, &loaded, &person, More::Refused(refused));
            }
        }
        Some("code" | "vernieuwen") => {
            if person.blocked {
                return Err(Refusal::NotAllowed.into());
            }
            if person.account.is_some() {
                require_fresh(&state.accounts, &signed_in)?;
            }
            let code = state.db.write(move |tx| invite_with_code(tx, &composer, &row, by, now)).await?;
            return page(&state, advisor, &loaded, &person, More::Code(code));
        }
        Some("intrekken") => {
            state
                .db
                .write(move |tx| {
                    if tx.withdraw_invitations(Invitations::Of(row.id), now)? {
                        log(tx, &row, by, Event::InvitationWithdrawn { of: User::Person(row.id) }, now)?;
                    }
                    Ok::<_, DbError>(())
                })
                .await?;
        }
        Some(action @ ("blokkeren" | "deblokkeren")) => {
            let blocked = action == "blokkeren";
            state
                .db
                .write(move |tx| {
                    tx.set_person_blocked(row.id, blocked.then_some(now))?;
                    if blocked {
                        tx.withdraw_invitations(Invitations::Of(row.id), now)?;
                    }
                    let person = row.id;
                    if blocked {
                        return log(tx, &row, by, Event::PersonBlocked { person }, now);
                    }
                    let what = both(|t| t.your_access().to_owned());
                    composer.queue(tx, &Notice::WayIn { person, what }, now)?;
                    log(tx, &row, by, Event::PersonUnblocked { person }, now)
                })
                .await?;
            if let Some(account) = person.account {
                state.dossiers.hub().recheck(account);
            }
        }
        Some("rol") => {
            let role = match typed.get("rol").map(String::as_str) {
                Some("approver") => Role::Approver,
                Some("filler") => Role::Filler,
                Some("reader") => Role::Reader,
                _ => return Err(Refusal::Malformed.into()),
            };
            state
                .db
                .write(move |tx| {
                    tx.set_person_role(row.id, role)?;
                    let what = both(|t| match role {
                        Role::Approver => t.you_approve().to_owned(),
                        Role::Filler => t.you_fill_in().to_owned(),
                        Role::Reader => t.you_read().to_owned(),
                    });
                    composer.queue(tx, &Notice::WayIn { person: row.id, what }, now)?;
                    log(tx, &row, by, Event::RoleChanged { person: row.id }, now)
                })
                .await?;
            // The documents say who may do what, so every year that is open is updated.
            let (client, years) = (loaded.client.id, loaded.years.clone());
            year::act(&state.dossiers, move |d| {
                years.into_iter().try_for_each(|year| d.open_year(&advisor, client, year))
            })
            .await??;
        }
        Some("toon") => {
            let mut numbers = numbers_of(&state, &person)?;
            let kind = typed.get("kind").map_or("", String::as_str);
            let whose = (person.client, Taxpayer::Person(person.id));
            numbers.shown = Some(tax_numbers::show(&state.db, &advisor, whose, kind, now).await?);
            return page_with(&state, advisor, &loaded, &person, (More::Nothing, &numbers));
        }
        Some("nummers") => return keep_numbers(&state, advisor, &loaded, &person, Form::from(typed)).await,
        _ => return Err(Refusal::Malformed.into()),
    }
    Ok(Redirect::to(&here).into_response())
}

/// Stores the numbers of a person: the BSN among the person's details, which the documents repeat.
async fn keep_numbers(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    person: &PersonRow,
    mut form: Form,
) -> Result<Response, ServerError> {
    let (client, taxpayer) = (person.client, Taxpayer::Person(person.id));
    let changed = tax_numbers::read(&mut form, taxpayer, advisor.language);
    if !form.is_sound() {
        let numbers = numbers_of(state, person)?.typed(form);
        let page = page_with(state, advisor, loaded, person, (More::Nothing, &numbers))?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    if let Some((_, bsn)) = changed.iter().find(|(kind, _)| *kind == NumberKind::Bsn).cloned() {
        let (by, tax_year, id) = (advisor.clone(), loaded.tax_year, person.id);
        let new = BTreeMap::from([(DetailField::Bsn, bsn)]);
        year::act(&state.dossiers, move |d| d.keep_details(&by, client, tax_year, id, new)).await??;
    }
    let vault = state.dossiers.vault();
    tax_numbers::keep(&state.db, vault, &advisor, (client, taxpayer), changed, state.clock.now()).await?;
    Ok(Redirect::to(&format!("{}/personen/{}#nummers", loaded.href(), person.id)).into_response())
}

/// Sends a link by mail and returns a code to be told. A person who has a login gets new access
/// to it, and a mail to the known address says so.
fn invite_with_code(
    tx: &Tx<'_>,
    composer: &Composer,
    person: &PersonRow,
    by: Actor,
    now: Timestamp,
) -> Result<String, DbError> {
    let (token, code) = invitation::invite_with_code(tx, person, now)?;
    if person.account.is_some() {
        composer.queue(tx, &Notice::Security { person: person.id, what: Security::Renewed }, now)?;
        log(tx, person, by, Event::AccessRenewalStarted { of: User::Person(person.id) }, now)?;
    } else {
        invitation::log_invited(tx, person, by, now)?;
    }
    composer.queue(tx, &Notice::Invitation { person: person.id, token }, now)?;
    Ok(code)
}

fn log(tx: &Tx<'_>, person: &PersonRow, actor: Actor, event: Event, at: Timestamp) -> Result<(), DbError> {
    tx.log(&NewEvent { firm: person.firm, client: Some(person.client), tax_year: None, at, actor, event })
}
