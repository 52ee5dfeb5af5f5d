//! Changing a client: number, name, advisor and tags; blocking its people; archiving it.

pub mod text;
mod view;

use crate::part::{
    address,
    editor::Editor,
    field::text::Fields,
    form::{Form, Posted},
    page::{self, season},
    storage_use::StorageUse,
    tax_numbers::{self, NumbersView},
    time_format::TimeFormat,
    year,
};
use accounts::{
    access::client_of_firm,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{
    Dossiers,
    client::{is_number, tags_fit, tags_of},
};
use model::{event::Event, id::*, record::Taxpayer, time::Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use storage::{
    clock::Clock,
    db::{Actor, Advisor, Client, Db, DbError, Invitations, KnownClient, NewEvent, Query, Tx, Usage},
};
use text::EditClient as Text;

fn find(db: &Db, advisor: &Advisor, number: &str) -> Result<KnownClient, ServerError> {
    client_of_firm(db, advisor, number)?;
    Ok(db.read(|q| q.known_client(advisor.firm, number))?.ok_or(Refusal::NotFound)?)
}

/// Handles `GET /kantoor/klanten/{number}/bewerken`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(dossiers): State<Dossiers>,
    Editor(advisor): Editor,
    Path(number): Path<String>,
) -> Result<Html<String>, ServerError> {
    let known = find(&db, &advisor, &number)?;
    let numbers = numbers_of(&dossiers, &known.client)?;
    page(&clock, &dossiers, advisor, &known.client, (&proposed(&known), &numbers))
}

/// Returns the form with what is known of the client.
fn proposed(known: &KnownClient) -> Form {
    let client = &known.client;
    let (by, tags) = (client.advisor.to_string(), known.tags.join(", "));
    Form::proposing([("number", &client.number), ("name", &client.name), ("advisor", &by), ("tags", &tags)])
}

fn numbers_of(dossiers: &Dossiers, client: &Client) -> Result<NumbersView, ServerError> {
    tax_numbers::load(dossiers.db(), dossiers.vault(), client.firm, client.id, Taxpayer::Company)
}

fn page(
    clock: &Clock,
    dossiers: &Dossiers,
    advisor: Advisor,
    client: &Client,
    (form, numbers): (&Form, &NumbersView),
) -> Result<Html<String>, ServerError> {
    let db = dossiers.db();
    let frame = page::frame(db, clock, advisor)?;
    let (advisors, kept, used) = db.read(|q| {
        Ok::<_, DbError>((choosable(q, client)?, q.client_state(client.id)?, q.usage_of_client(client.id)?))
    })?;
    let advisors: Vec<_> = advisors.into_iter().map(|a| (a.id.to_string(), a.name)).collect();
    let quota = dossiers.files().quota();
    let most = Usage { bytes: quota.client_bytes, files: quota.client_files };
    let files = StorageUse { used, most, of_firm: false };
    Ok(Html(view::page(&frame, client, season(frame.time_format), (kept, files), &advisors, (form, numbers))))
}

/// Returns the advisors that can be responsible for a client: everybody who is not blocked, and the present one.
fn choosable(q: &Query<'_>, client: &Client) -> Result<Vec<Advisor>, DbError> {
    let mut advisors = q.working_advisors(client.firm)?;
    if !advisors.iter().any(|a| a.id == client.advisor) {
        advisors.extend(q.advisor(client.advisor)?);
    }
    Ok(advisors)
}

/// Handles `POST /kantoor/klanten/{number}/bewerken`: does the action that the pressed button names.
pub async fn act(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(dossiers): State<Dossiers>,
    Editor(advisor): Editor,
    Path(number): Path<String>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let known = find(&db, &advisor, &number)?;
    let (client, by) = (known.client.clone(), advisor.clone());
    let here = format!("/kantoor/klanten/{}/bewerken", client.number);
    let now = clock.now();
    let event = move |event: Event| log_of(&client, &advisor, event, now);
    match typed.get("action").map(String::as_str) {
        Some("bewaar") => {
            return save(
                &db,
                &clock,
                &dossiers,
                known,
                event(Event::ClientChanged { imported: false, people: None }),
                typed,
            )
            .await;
        }
        Some("toon") => {
            let kind = typed.get("kind").map_or("", String::as_str);
            let mut numbers = numbers_of(&dossiers, &known.client)?;
            let whose = (known.client.id, Taxpayer::Company);
            numbers.shown = Some(tax_numbers::show(&db, &by, whose, kind, now).await?);
            return Ok(page(&clock, &dossiers, by, &known.client, (&proposed(&known), &numbers))?.into_response());
        }
        Some("nummers") => return keep_numbers(&clock, &dossiers, by, &known, Form::from(typed)).await,
        Some(action @ ("blokkeer" | "deblokkeer")) => {
            block(&db, &dossiers, &known, action == "blokkeer", event, now).await?
        }
        Some(action @ ("archiveer" | "terug")) => {
            let aside = action == "archiveer";
            let event = event(if aside { Event::ClientArchived {} } else { Event::ClientTakenBack {} });
            let id = known.client.id;
            db.write(move |tx| {
                tx.set_client_archived(id, aside.then_some(now))?;
                tx.log(&event)
            })
            .await?;
        }
        _ => return Err(Refusal::Malformed.into()),
    }
    Ok(Redirect::to(&here).into_response())
}

fn log_of(client: &Client, by: &Advisor, event: Event, at: Timestamp) -> NewEvent {
    NewEvent { firm: client.firm, client: Some(client.id), tax_year: None, at, actor: Actor::Advisor(by.id), event }
}

/// Stores the numbers of the client as a company.
async fn keep_numbers(
    clock: &Clock,
    dossiers: &Dossiers,
    advisor: Advisor,
    known: &KnownClient,
    mut form: Form,
) -> Result<Response, ServerError> {
    let (client, taxpayer) = (&known.client, Taxpayer::Company);
    let changed = tax_numbers::read(&mut form, taxpayer, advisor.language);
    if !form.is_sound() {
        let numbers = numbers_of(dossiers, client)?.typed(form);
        let page = page(clock, dossiers, advisor, client, (&proposed(known), &numbers))?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let whose = (client.id, taxpayer);
    tax_numbers::keep(dossiers.db(), dossiers.vault(), &advisor, whose, changed, clock.now()).await?;
    Ok(Redirect::to(&format!("/kantoor/klanten/{}/bewerken#nummers", client.number)).into_response())
}

/// Blocks or unblocks the people of a client. Blocking ends their sessions, except that a
/// session which also gives access to another client loses only this one.
async fn block(
    db: &Db,
    dossiers: &Dossiers,
    known: &KnownClient,
    blocked: bool,
    event: impl Fn(Event) -> NewEvent,
    now: Timestamp,
) -> Result<(), ServerError> {
    let event = event(if blocked { Event::ClientBlocked {} } else { Event::ClientUnblocked {} });
    let (id, people) = (known.client.id, known.people.clone());
    let accounts: BTreeSet<AccountId> = people.iter().filter_map(|p| p.row.account).collect();
    let shut_out = accounts.clone();
    db.write(move |tx| {
        tx.set_client_blocked(id, blocked.then_some(now))?;
        if blocked {
            people.iter().try_for_each(|p| tx.withdraw_invitations(Invitations::Of(p.row.id), now).map(|_| ()))?;
            end_sessions(tx, &shut_out)?;
        }
        tx.log(&event)
    })
    .await?;
    for account in accounts {
        dossiers.hub().recheck(account);
    }
    Ok(())
}

fn end_sessions(tx: &Tx<'_>, accounts: &BTreeSet<AccountId>) -> Result<(), DbError> {
    for account in accounts {
        if tx.is_shut_out(*account)? && tx.advisor_of_account(*account)?.is_none() {
            tx.end_sessions(*account)?;
        }
    }
    Ok(())
}

/// The reasons why a client could not be changed.
enum NotChanged {
    NumberTaken(String),
    Db(DbError),
}

impl From<DbError> for NotChanged {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

async fn save(
    db: &Db,
    clock: &Clock,
    dossiers: &Dossiers,
    known: KnownClient,
    event: NewEvent,
    typed: BTreeMap<String, String>,
) -> Result<Response, ServerError> {
    let Actor::Advisor(by) = event.actor else { return Err(Refusal::NotAllowed.into()) };
    let advisor = db.read(|q| q.advisor(by))?.ok_or(Refusal::NotAllowed)?;
    let (t, new) = (Text(advisor.language), Fields(advisor.language));
    let again = |form: Form| {
        let numbers = numbers_of(dossiers, &known.client)?;
        page(clock, dossiers, advisor.clone(), &known.client, (&form, &numbers))
    };
    let mut form = Form::from(typed);
    let number = form.line("number", 20, new.number_missing(), new.number_malformed());
    if !number.is_empty() && !is_number(&number) {
        form.refuse("number", new.number_malformed());
    }
    let name = form.line("name", 120, new.name_missing(), new.too_long());
    let chosen = form.value("advisor").parse::<AdvisorId>().ok();
    let chosen = db.read(|q| choosable(q, &known.client))?.into_iter().find(|a| Some(a.id) == chosen);
    let tags = tags_of(form.value("tags"));
    if !tags_fit(&tags) {
        form.refuse("tags", t.tags_malformed());
    }
    let Some(chosen) = chosen.filter(|_| form.is_sound()) else {
        form.refuse("advisor", t.advisor_unknown());
        return Ok((StatusCode::BAD_REQUEST, again(form)?).into_response());
    };
    let client = Client { number, name, advisor: chosen.id, ..known.client.clone() };
    let row = client.clone();
    let changed = db.write(move |tx| {
        if let Some(other) = tx.client_by_number(row.firm, &row.number)?.filter(|c| c.id != row.id) {
            return Err(NotChanged::NumberTaken(other.name));
        }
        tx.change_client(&row)?;
        tx.set_tags(row.id, &tags)?;
        Ok(tx.log(&event)?)
    });
    match changed.await {
        Ok(()) => {}
        Err(NotChanged::NumberTaken(name)) => {
            form.refuse("number", new.number_taken(&name));
            return Ok((StatusCode::BAD_REQUEST, again(form)?).into_response());
        }
        Err(NotChanged::Db(error)) => return Err(error.into()),
    }
    // The documents say who the advisor is, so every year that is open is updated.
    let documents = db.read(|q| q.documents_of_client(client.id))?;
    let years: BTreeSet<_> = documents.iter().map(|d| d.info.tax_year).collect();
    let newest =
        years.last().copied().unwrap_or_else(|| season(TimeFormat { now: clock.now(), language: advisor.language }));
    let id = client.id;
    year::act(dossiers, move |d| years.into_iter().try_for_each(|year| d.open_year(&advisor, id, year))).await??;
    Ok(Redirect::to(&address::year(&client.number, newest)).into_response())
}
