//! The messages of both sides, the details of people, and the changes that people
//! report.

pub mod text;
mod view;

use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        page,
        upload::{Sent, keep, receive},
        year::{Loaded, YearPath, act, load},
    },
    state::Console,
};
use accounts::{
    InConsole, SignedIn,
    error::{Refusal, ServerError},
    require_fresh,
};
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use documents::dossier::GivenProposal;
use dossiers::{ActionError, NewMessage, firm_file::Accept};
use model::{
    id::*,
    record::{DetailField, MAX_TEXT},
};
use std::collections::BTreeMap;
use storage::db::Advisor;
use text::Contact as Text;
use view::Forms;

/// Handles `GET …/berichten`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
) -> Result<Html<String>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    Ok(Html(view::page(&frame, &loaded.view(), &Forms::default())))
}

/// Returns the page with what was typed and the reason why it was refused.
fn again(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    status: StatusCode,
    forms: &Forms,
) -> Result<Response, ServerError> {
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    Ok((status, Html(view::page(&frame, &loaded.view(), forms))).into_response())
}

fn done(loaded: &Loaded, place: &str) -> Response {
    Redirect::to(&format!("{}/berichten#{place}", loaded.href())).into_response()
}

/// Handles `POST …/bericht`.
pub async fn write_message(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let Sent { mut form, file, too_large } = receive(&state.files, parts, state.files.largest()).await?;
    let t = Text(advisor.language);
    let body = form.value("body").replace("\r\n", "\n");
    if body.is_empty() && file.is_none() {
        form.refuse("body", t.message_missing());
    } else if body.chars().count() > MAX_TEXT {
        form.refuse("body", t.message_too_long());
    }
    if too_large {
        form.refuse("file", Refusal::TooLarge.sentence(advisor.language));
    }
    let mut files = Vec::new();
    if let (Some(named), true) = (file, form.is_sound()) {
        files.extend(keep(&state, &loaded, &mut form, named, Accept::Documents, &advisor).await?);
    }
    if !form.is_sound() {
        let forms = Forms { message: form, ..Forms::default() };
        return again(&state, advisor, &loaded, StatusCode::BAD_REQUEST, &forms);
    }
    // If the hidden field cannot be understood, the message is about no subject in particular.
    let new =
        NewMessage { body, about: form.value("about").parse().ok(), answer: form.value("answer").parse().ok(), files };
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |d| d.write(&advisor, client, tax_year, new)).await??;
    Ok(done(&loaded, "berichten"))
}

/// Handles `POST …/berichten/gelezen`.
pub async fn mark_read(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |d| d.mark_read(&advisor, client, tax_year)).await??;
    Ok(done(&loaded, "berichten"))
}

/// Handles `POST …/wijzigingen/{proposal}`: accepts a reported change, or answers it.
pub async fn decide(
    State(state): State<Console>,
    Editor(advisor): Editor,
    signed_in: SignedIn,
    Path((number, year, proposal)): Path<(String, i16, String)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let proposal: ProposalId = proposal.parse().map_err(|_| Refusal::NotFound)?;
    let t = Text(advisor.language);
    let mut form = Form::from(typed);
    let remark = form.value("remark").replace("\r\n", "\n");
    let take_over = form.value("action") == "take_over";
    if remark.is_empty() && !take_over {
        form.refuse("remark", t.answer_missing());
    } else if remark.chars().count() > MAX_TEXT {
        form.refuse("remark", t.too_long());
    }
    if !form.is_sound() {
        let forms = Forms { reply: Some((proposal, form)), ..Forms::default() };
        return again(&state, advisor, &loaded, StatusCode::BAD_REQUEST, &forms);
    }
    let asks = |p: &GivenProposal| p.proposal.changes.iter().any(|change| change.field == DetailField::Email);
    if take_over && loaded.year.open_proposals().any(|p| p.id == proposal && asks(p)) {
        require_fresh(&state.accounts, &signed_in)?;
    }
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    let outcome = act(&state.dossiers, move |d| match take_over {
        true => d.take_over(&by, client, tax_year, proposal, remark),
        false => d.answer_proposal(&by, client, tax_year, proposal, remark),
    });
    match outcome.await? {
        Ok(()) => Ok(done(&loaded, "wijzigingen")),
        Err(ActionError::NoSuchProposal | ActionError::NoSuchPerson) => Err(Refusal::NotFound.into()),
        Err(ActionError::ProposalOver) => {
            // Somebody else was faster: the page shows what they did.
            let now = load(&state, &advisor, &number, year).await?;
            let forms = Forms { refused: Some(t.over().to_owned()), ..Forms::default() };
            again(&state, advisor, &now, StatusCode::CONFLICT, &forms)
        }
        Err(other) => Err(other.into()),
    }
}

/// Handles `POST …/gegevens/{person}`.
pub async fn keep_details(
    State(state): State<Console>,
    Editor(advisor): Editor,
    signed_in: SignedIn,
    Path((number, year, person)): Path<(String, i16, String)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let person: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let mut form = Form::from(typed);
    let mut new = BTreeMap::new();
    for field in view::changeable() {
        match field.read(form.value(field.word())) {
            Ok(value) => drop(new.insert(field, value)),
            Err(flaw) => form.refuse(field.word(), ui::details::sentence(flaw, advisor.language)),
        }
    }
    if !form.is_sound() {
        let forms = Forms { details: Some((person, form)), ..Forms::default() };
        return again(&state, advisor, &loaded, StatusCode::BAD_REQUEST, &forms);
    }
    let address = new.get(&DetailField::Email);
    if loaded.people.iter().any(|(p, _)| p.id == person && address.is_some_and(|new| *new != p.email)) {
        // Whoever reads the mails of somebody can be let in as that person.
        require_fresh(&state.accounts, &signed_in)?;
    }
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    match act(&state.dossiers, move |d| d.keep_details(&advisor, client, tax_year, person, new)).await? {
        Err(ActionError::NoSuchPerson) => Err(Refusal::NotFound.into()),
        other => other.map(|()| done(&loaded, "gegevens")).map_err(Into::into),
    }
}
