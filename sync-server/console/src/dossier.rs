//! The page about a client's year: showing it, inviting its people, giving out tasks.

pub mod answer_sheet;
pub mod document;
pub mod request;
pub mod review;
pub mod text;
mod view;

use crate::{
    part::{
        address,
        editor::Editor,
        form::{Form, Posted},
        invite, page,
        year::{Loaded, YearPath, act, find, load},
    },
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use document::view::DocumentsQuery;
use dossiers::{ActionError, template::offered};
use model::{checklist::Template, id::*, time::TaxYear};
use storage::db::{Access, Advisor, DbError, FileView, PersonRow};
use text::Dossier as Text;
use view::Forms;

/// Handles `GET /kantoor/klanten/{number}/{year}`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
    Query(shown): Query<DocumentsQuery>,
) -> Result<Html<String>, ServerError> {
    let frame = page::frame(&state.db, &state.clock, advisor.clone())?;
    match find(&state, &advisor, &number, year).await? {
        (_, Some(loaded)) => {
            let forms = Forms { shown: viewable(&state, &loaded, shown)?, ..Forms::default() };
            let templates = templates_for(&state, &advisor, &loaded)?;
            Ok(Html(view::page(&frame, &loaded.view(), &templates, &forms)))
        }
        (client, None) => Ok(Html(view::unopened(&frame, &client, TaxYear(year)))),
    }
}

/// Handles `POST …/openen`.
pub async fn open(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
) -> Result<Redirect, ServerError> {
    let (client, _) = find(&state, &advisor, &number, year).await?;
    let id = client.id;
    act(&state.dossiers, move |dossiers| dossiers.open_year(&advisor, id, TaxYear(year))).await??;
    Ok(Redirect::to(&address::year(&client.number, TaxYear(year))))
}

/// Handles `POST …/uitnodigen`: invites one person, or if none is named everybody who was never invited.
pub async fn invite(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let to = format!("{}#personen", loaded.href());
    let chosen = match typed.get("person") {
        Some(text) => Some(text.parse::<PersonId>().map_err(|_| Refusal::Malformed)?),
        None => None,
    };
    let is_meant = |person: &PersonRow, access: Access| match chosen {
        Some(chosen) => person.id == chosen,
        None => access == Access::NotInvited,
    };
    let people: Vec<_> = loaded.people.iter().filter(|(p, a)| is_meant(p, *a)).map(|(p, _)| p.clone()).collect();
    if chosen.is_some() && people.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let skipped = match (chosen, people.first()) {
        (Some(_), Some(person)) => invite::invite_again(&state, &advisor, person.clone()).await?,
        _ => invite::invite(&state, &advisor, people).await?,
    };
    if let Some(refused) = invite::refusal(advisor.language, &skipped) {
        // The year is loaded once more, because some of them may have been invited.
        let now = load(&state, &advisor, &number, year).await?;
        return again(&state, advisor, &now, &Forms { refused: Some(refused), ..Forms::default() });
    }
    Ok(Redirect::to(&to).into_response())
}

/// Notes whether a browser may show the document that is open.
fn viewable(state: &Console, loaded: &Loaded, shown: DocumentsQuery) -> Result<DocumentsQuery, DbError> {
    let is_open = |id: AttachmentId| shown.stuk.as_deref() == Some(&id.to_string());
    let open = loaded.year.attachments.iter().find(|document| is_open(document.id));
    let Some(hash) = open.map(|document| document.attachment.hash) else { return Ok(shown) };
    let file = state.db.read(|q| q.file(loaded.client.id, hash))?;
    Ok(DocumentsQuery { is_viewable: file.is_some_and(|file| file.view != FileView::Download), ..shown })
}

/// Returns the checklists that can be given out in a year.
fn templates_for(state: &Console, advisor: &Advisor, loaded: &Loaded) -> Result<Vec<Template>, DbError> {
    state.db.read(|q| offered(q, advisor.firm, loaded.tax_year))
}

/// Returns the page with what was typed and the reason why it was refused.
pub(super) fn again(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    forms: &Forms,
) -> Result<Response, ServerError> {
    let templates = templates_for(state, &advisor, loaded)?;
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    let forms = Forms { shown: viewable(state, loaded, forms.shown.clone())?, ..forms.clone() };
    let page = view::page(&frame, &loaded.view(), &templates, &forms);
    Ok((StatusCode::BAD_REQUEST, Html(page)).into_response())
}

/// Handles `POST …/checklist`.
pub async fn set_out_checklist(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let t = Text(advisor.language);
    let mut form = Form::from(typed);
    let due = form.day("due", t.day_malformed());
    let prefill = form.value("prefill") != "no";
    let templates = templates_for(&state, &advisor, &loaded)?;
    let template = templates.into_iter().find(|x| x.id == form.value("template"));
    if template.is_none() {
        form.refuse("template", t.template_missing());
    }
    if let (Some(template), true) = (template, form.is_sound()) {
        let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
        match act(&state.dossiers, move |d| d.set_out_checklist(&by, client, tax_year, template, due, prefill)).await? {
            Ok(_) => return Ok(Redirect::to(&loaded.href()).into_response()),
            Err(ActionError::AlreadySetOut) => {
                let forms = Forms { refused: Some(t.already_set_out().to_owned()), ..Forms::default() };
                return again(&state, advisor, &loaded, &forms);
            }
            Err(other) => return Err(other.into()),
        }
    }
    again(&state, advisor, &loaded, &Forms { checklist: form, ..Forms::default() })
}

/// Handles `POST …/taken/{task}/sluiten`.
pub async fn close_task(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, task)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let task: TaskId = task.parse().map_err(|_| Refusal::NotFound)?;
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    match act(&state.dossiers, move |d| d.close_task(&by, client, tax_year, task)).await? {
        Err(ActionError::NoSuchTask) => {
            let refused = Some(Text(advisor.language).task_over().to_owned());
            again(&state, advisor, &loaded, &Forms { refused, ..Forms::default() })
        }
        other => {
            other?;
            Ok(Redirect::to(&format!("{}#taken", loaded.href())).into_response())
        }
    }
}
