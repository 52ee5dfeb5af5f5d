//! The page about approval: presenting a tax return, seeing who approved it, and marking it as filed.

pub mod evidence;
pub mod ruling;
pub mod text;
mod view;

use crate::{
    dossier::text::Dossier as DossierText,
    part::{
        editor::Editor,
        form::Form,
        page, timeline,
        upload::{self, Sent, receive, text::Upload},
        year::{Loaded, YearPath, act, load},
    },
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{ActionError, NewRevision, firm_file::Accept};
use model::{id::*, money::Cents, record::Figure};
use std::collections::BTreeMap;
use storage::db::{Actor, Advisor, DbError};
use text::Consent as Text;
use view::{Proceedings, return_form::FIGURE_ROWS, signature::Devices};

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
    let me = advisor.id;
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    let (mails, events, devices, advisors) = state.db.read(|q| {
        let mut devices = Devices::default();
        for account in loaded.people.iter().filter_map(|(p, _)| p.account) {
            devices.passkeys.extend(q.passkeys(account)?.into_iter().map(|p| (p.credential, p.name)));
            for row in q.device_keys(account)? {
                devices.device_keys.insert(row.key, q.device(row.device)?.map(|d| d.name).unwrap_or_default());
            }
        }
        let mails = q.mails_of_year(loaded.client.id, loaded.tax_year, MAILS)?;
        let events = q.events(loaded.client.id, loaded.tax_year, EVENTS)?;
        Ok::<_, DbError>((mails, events, devices, q.advisors(frame.advisor.firm)?))
    })?;
    let name_of = |actor| match actor {
        Actor::Person(person) => Some(loaded.people.iter().find(|(p, _)| p.id == person)?.0.given_name.clone()),
        Actor::Advisor(id) => Some(advisors.iter().find(|a| a.id == id)?.given_name.clone()),
        Actor::Server => None,
    };
    let timeline: Vec<_> = timeline::merged(events)
        .iter()
        .map(|e| {
            let who = timeline::who(frame.language(), e.actor, me, name_of);
            timeline::line(frame.time_format, e, &who, |person| name_of(Actor::Person(person)))
        })
        .collect();
    let proceedings = Proceedings { form, mails: &mails, timeline: &timeline, devices: &devices, refused };
    Ok(view::page(&frame, &loaded.view(), &proceedings))
}

/// Handles `POST …/akkoord`: presents a new revision.
pub async fn set_out(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let Sent { mut form, file, too_large } = receive(&state.files, parts, state.files.largest()).await?;
    let t = Text(advisor.language);
    let asked = read(&mut form, &loaded, t, DossierText(advisor.language));
    if loaded.year.approvers().is_empty() {
        form.refuse("", t.no_approver());
    }
    match &file {
        None => form.refuse("file", t.file_missing()),
        Some(_) if too_large => form.refuse("file", Refusal::TooLarge.sentence(advisor.language)),
        Some(_) if !form.is_sound() => form.refuse("file", Upload(advisor.language).file_again()),
        Some(_) => {}
    }
    let stored = match file {
        Some(named) if form.is_sound() => {
            upload::keep(&state, &loaded, &mut form, named, Accept::Pdf, &advisor).await?
        }
        _ => None,
    };
    let Some(file) = stored else {
        let page = page(&state, advisor, &loaded, &form, None)?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    };
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    let new = NewRevision {
        kind: asked.kind,
        file,
        outcomes: asked.outcomes,
        figures: asked.figures,
        due: asked.due,
        in_order: asked.in_order,
        for_information: asked.for_information,
    };
    act(&state.dossiers, move |d| d.set_out_revision(&advisor, client, tax_year, new)).await??;
    Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response())
}

/// The values that the advisor filled in for a revision.
struct ApprovalForm {
    kind: String,
    outcomes: BTreeMap<PersonId, Cents>,
    figures: Vec<Figure>,
    due: Option<model::time::Date>,
    in_order: bool,
    for_information: bool,
}

fn read(form: &mut Form, loaded: &Loaded, t: Text, d: DossierText) -> ApprovalForm {
    let kind = form.value("kind").to_owned();
    if !["IB", "VPB", "OB"].contains(&kind.as_str()) {
        form.refuse("kind", t.kind_malformed());
    }
    let mut outcomes = BTreeMap::new();
    for person in loaded.year.approvers() {
        let field = format!("outcome_{person}");
        if form.value(&field).is_empty() {
            form.refuse(field, t.amount_missing());
        } else if let Some(Cents(cents)) = form.amount(&field, t.amount_malformed()) {
            let pays = form.value(&format!("way_{person}")) == "pay";
            outcomes.insert(person, Cents(if pays { -cents } else { cents }));
        }
    }
    let figures = (0..FIGURE_ROWS).filter_map(|row| figure(form, row, t)).collect();
    let (in_order, for_information) = (form.value("turns") == "order", form.value("turns") == "information");
    ApprovalForm { kind, outcomes, figures, due: form.day("due", d.day_malformed()), in_order, for_information }
}

fn figure(form: &mut Form, row: usize, t: Text) -> Option<Figure> {
    let [label, this_year, last_year] = ["figure", "this_year", "last_year"].map(|f| format!("{f}_{row}"));
    if !form.has_any(&[&label, &this_year, &last_year]) {
        return None;
    }
    let text: String = form.value(&label).chars().filter(|c| !c.is_control()).take(80).collect();
    if text.is_empty() {
        form.refuse(label, t.figure_unnamed());
    }
    let last_year = form.amount(&last_year, t.amount_malformed());
    if form.value(&this_year).is_empty() {
        form.refuse(this_year.clone(), t.figure_empty());
    }
    Some(Figure { label: text, this_year: form.amount(&this_year, t.amount_malformed())?, last_year })
}

/// Handles `POST …/akkoord/{revision}/verstuurd`.
pub async fn file(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, revision)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let revision: RevisionId = revision.parse().map_err(|_| Refusal::NotFound)?;
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    let t = Text(advisor.language);
    let refused = match act(&state.dossiers, move |d| d.file_revision(&by, client, tax_year, revision)).await? {
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
