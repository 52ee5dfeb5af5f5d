//! The page about approval: presenting a tax return, seeing who approved it, and marking it as filed.

mod choice;
pub mod evidence;
mod happened;
mod paper;
pub mod payment;
pub mod proposed;
pub mod ruling;
pub mod set_out;
pub mod standing_consent;
pub mod statement;
pub mod text;
mod view;

use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        page,
        tax_numbers::payment_references,
        timeline::{self, Line},
        year::{Loaded, YearPath, act, load},
    },
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::ActionError;
use happened::revision_of;
use model::id::*;
use paper::Proposed;
use storage::db::{Actor, Advisor, DbError};
use text::Consent as Text;
use view::{Proceedings, signature::Devices};

/// The maximum number of mails that are shown.
const MAILS: u32 = 20;
/// The maximum number of events that are shown.
const EVENTS: u32 = 100;

/// Handles `GET …/akkoord`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
) -> Result<Html<String>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    Ok(Html(page(&state, advisor, &loaded, &Form::default(), None)?))
}

pub(super) fn page(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    form: &Form,
    refused: Option<&str>,
) -> Result<String, ServerError> {
    page_about(state, advisor, loaded, (form, refused, None))
}

/// Returns the page with the form of a PDF that was read.
fn page_with(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    form: &Form,
    proposed: Option<&Proposed>,
) -> Result<String, ServerError> {
    page_about(state, advisor, loaded, (form, None, proposed))
}

fn page_about(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    (form, refused, proposed): (&Form, Option<&str>, Option<&Proposed>),
) -> Result<String, ServerError> {
    let me = advisor.id;
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    let (mails, events, devices, advisors, numbers) = state.db.read(|q| {
        let mut devices = Devices::default();
        for account in loaded.people.iter().filter_map(|(p, _)| p.account) {
            devices.passkeys.extend(q.passkeys(account)?.into_iter().map(|p| (p.credential, p.name)));
            for row in q.device_keys(account)? {
                devices.device_keys.insert(row.key, q.device(row.device)?.map(|d| d.name).unwrap_or_default());
            }
        }
        let mails = q.mails_of_year(loaded.client.id, loaded.tax_year, MAILS)?;
        let events = q.events(loaded.client.id, loaded.tax_year, EVENTS)?;
        let numbers = q.tax_numbers(state.dossiers.vault(), loaded.client.id)?;
        Ok::<_, DbError>((mails, events, devices, q.advisors(frame.advisor.firm)?, numbers))
    })?;
    let references = payment_references(&loaded.year, &numbers);
    let name_of = |actor| match actor {
        Actor::Person(person) => Some(loaded.people.iter().find(|(p, _)| p.id == person)?.0.given_name.clone()),
        Actor::Advisor(id) => Some(advisors.iter().find(|a| a.id == id)?.given_name.clone()),
        Actor::Server => None,
    };
    let timeline: Vec<_> = timeline::merged(events)
        .iter()
        .map(|e| {
            let who = timeline::who(frame.language(), e.actor, me, name_of);
            let line = timeline::line(frame.time_format, e, &who, |person| name_of(Actor::Person(person)));
            let about = revision_of(&loaded.year, &e.event).map(|given| given.title(frame.language()));
            let note = about.into_iter().chain(line.note).collect::<Vec<_>>().join(" · ");
            Line { note: Some(note).filter(|note| !note.is_empty()), ..line }
        })
        .collect();
    let proceedings = Proceedings {
        form,
        mails: &mails,
        timeline: &timeline,
        devices: &devices,
        refused,
        references: &references,
        proposed,
    };
    Ok(view::page(&frame, &loaded.view(), &proceedings))
}

/// Handles `POST …/akkoord/{revision}/verstuurd`.
pub async fn file(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, revision)): Path<(String, i16, String)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let revision: RevisionId = revision.parse().map_err(|_| Refusal::NotFound)?;
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    let t = Text(advisor.language);
    let reason = Form::from(typed).value("reason").to_owned();
    let filed = act(&state.dossiers, move |d| d.file_revision(&by, client, tax_year, revision, &reason)).await?;
    let refused = match filed {
        Ok(()) => return Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response()),
        Err(ActionError::NotApproved) => t.not_approved(),
        Err(ActionError::NoSuchRevision) => t.no_such_revision(),
        Err(other) => return Err(other.into()),
    };
    // The year is loaded once more, because somebody else may have changed what the page showed.
    let now = load(&state, &advisor, &number, year).await?;
    let page = page(&state, advisor, &now, &Form::default(), Some(refused))?;
    Ok((StatusCode::CONFLICT, Html(page)).into_response())
}

/// Handles `POST …/akkoord/{revision}/niet-verstuurd`: undoes the mark that a return was filed.
pub async fn undo_filing(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, revision)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let revision: RevisionId = revision.parse().map_err(|_| Refusal::NotFound)?;
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |d| d.undo_filing(&advisor, client, tax_year, revision)).await??;
    Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response())
}
