//! Changing who belongs to a household: adding a person, such as a partner,
//! a child or a bewindvoerder, and splitting a household.

pub mod text;
pub mod view;

use crate::{
    new_client::client_number,
    part::{
        address,
        editor::Editor,
        field::text::Fields,
        form::{Form, Posted},
        invite::invite,
        page,
        year::{Loaded, act, load},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use model::{
    event::Event,
    id::{ClientId, PersonId},
    language::Language,
    record::Role,
    time::{TaxYear, Timestamp},
};
use storage::{
    clock::random,
    db::{Actor, Client, DbError, NewEvent, PersonRow, Tx},
};
use text::Household as Text;

/// Handles `GET …/personen/nieuw`.
pub async fn show(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): Path<(String, i16)>,
) -> Result<Html<String>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    Ok(Html(view::add(&frame, &loaded.href(), &Form::proposing([("role", "filler")]))))
}

/// Handles `POST …/personen/nieuw`: adds a person, and sends an invitation if that was asked for.
pub async fn add(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): Path<(String, i16)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let frame = page::frame(&state.db, &state.clock, advisor.clone())?;
    let mut form = Form::from(typed);
    let person = read(&mut form, &loaded.client, frame.language());
    if !form.is_sound() {
        return Ok((StatusCode::BAD_REQUEST, Html(view::add(&frame, &loaded.href(), &form))).into_response());
    }
    let (row, now, by) = (person.clone(), state.clock.now(), Actor::Advisor(advisor.id));
    state
        .db
        .write(move |tx| {
            tx.add_person(&row, now)?;
            log(tx, &row, by, Event::PersonAdded { person: row.id }, now)
        })
        .await?;
    let (client, years, opener) = (loaded.client.id, loaded.years.clone(), advisor.clone());
    act(&state.dossiers, move |d| years.into_iter().try_for_each(|year| d.open_year(&opener, client, year))).await??;
    if form.value("action") == "invite" {
        invite(&state, &advisor, vec![person]).await?;
    }
    Ok(Redirect::to(&format!("{}#personen", loaded.href())).into_response())
}

fn read(form: &mut Form, client: &Client, language: Language) -> PersonRow {
    let t = Fields(language);
    let role = match form.value("role") {
        "approver" => Role::Approver,
        "reader" => Role::Reader,
        _ => Role::Filler,
    };
    PersonRow {
        id: PersonId::from_random(random()),
        firm: client.firm,
        client: client.id,
        account: None,
        name: form.line("name", 120, t.full_name_missing(), t.too_long()),
        given_name: form.line("given_name", 60, t.given_name_missing(), t.too_long()),
        email: form.mail_address("email", t.email_missing(), t.email_malformed()),
        language: Language::from_tag(form.value("language")),
        role,
        blocked: false,
        until: None,
    }
}

/// Handles `POST …/personen/{person}/splitsen`: gives this person a dossier of their own from a
/// tax year on. The years before stay where they are, and both can read them.
pub async fn split(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, person)): Path<(String, i16, String)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let id: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let leaving = loaded.people.iter().map(|(p, _)| p).find(|p| p.id == id).cloned().ok_or(Refusal::NotFound)?;
    let frame = page::frame(&state.db, &state.clock, advisor.clone())?;
    let t = Text(frame.language());
    let mut form = Form::from(typed);
    let from = form.value("from").parse().ok().filter(|y| (2015..=2100).contains(y)).map(TaxYear);
    let Some(from) = from.filter(|_| may_split(&loaded, &leaving)) else {
        return Err(Refusal::Malformed.into());
    };
    let new = Client {
        id: ClientId::from_random(random()),
        firm: advisor.firm,
        number: client_number(&mut form, frame.language()),
        name: leaving.name.clone(),
        advisor: loaded.client.advisor,
    };
    let taken = state.db.read(|q| q.client_by_number(new.firm, &new.number))?;
    if let Some(other) = taken {
        form.refuse("number", Fields(frame.language()).number_taken(&other.name));
    }
    if !form.is_sound() {
        let page = view::split_again(&frame, &loaded.href(), &leaving, from, t, &form);
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    }
    let own = PersonRow { id: PersonId::from_random(random()), client: new.id, until: None, ..leaving.clone() };
    let (now, by) = (state.clock.now(), Actor::Advisor(advisor.id));
    let (client, person, old) = (new.clone(), own.clone(), leaving.clone());
    state
        .db
        .write(move |tx| {
            tx.add_client(&client, now)?;
            tx.add_person(&person, now)?;
            tx.set_person_until(old.id, from)?;
            log(tx, &old, by, Event::HouseholdSplit { client: client.id, from, person: old.id }, now)?;
            log(tx, &person, by, Event::ClientAdded { imported: false, people: 1 }, now)
        })
        .await?;
    let (before, years, opener, id) = (loaded.client.id, loaded.years.clone(), advisor.clone(), new.id);
    act(&state.dossiers, move |d| {
        years.into_iter().filter(|y| *y >= from).try_for_each(|year| d.open_year(&opener, before, year))?;
        d.open_year(&opener, id, from)
    })
    .await??;
    match own.account {
        Some(account) => state.dossiers.hub().recheck(account),
        None => drop(invite(&state, &advisor, vec![own]).await?),
    }
    Ok(Redirect::to(&address::year(&new.number, from)).into_response())
}

/// Returns true if a person can get an own dossier: there is another approver, and the person has not left before.
pub fn may_split(loaded: &Loaded, leaving: &PersonRow) -> bool {
    let partners = loaded.people.iter().filter(|(p, _)| p.role == Role::Approver && p.until.is_none() && !p.blocked);
    leaving.role == Role::Approver && leaving.until.is_none() && partners.count() > 1
}

fn log(tx: &Tx<'_>, person: &PersonRow, actor: Actor, event: Event, at: Timestamp) -> Result<(), DbError> {
    tx.log(&NewEvent { firm: person.firm, client: Some(person.client), tax_year: None, at, actor, event })
}
