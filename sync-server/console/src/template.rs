//! The editor of checklists. Every step results in a draft that could be given to clients:
//! a change that would break the checklist is refused where it was typed. Clients keep
//! the version of the checklist that they were given; a published version is for
//! later ones.

mod part;
mod text;
mod view;

use crate::part::{
    editor::Editor,
    form::{Form, Posted},
    page,
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
use dossiers::template::all_of;
use model::{
    checklist::{MOST_BYTES, Shift, Template},
    event::Event,
    time::TaxYear,
};
use serde::Deserialize;

use storage::{
    clock::Clock,
    db::{Actor, Advisor, DRAFT, Db, DbError, NewEvent, TemplateVersion},
};
use text::Templates as Text;
use view::editor::{TemplatePage, Working};

/// The parameters of the address: which part of the checklist is open.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TemplateQuery {
    /// The id of a section or a question.
    deel: String,
    /// The place of a new question: `na`, `onder` or `eind`.
    nieuw: String,
    /// The name of the action that was just done.
    klaar: Option<String>,
}

/// Handles `GET /kantoor/vragenlijsten`.
pub async fn list(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
) -> Result<Html<String>, ServerError> {
    let firm = advisor.firm;
    let (all, own) = db.read(|q| Ok::<_, DbError>((all_of(q, firm)?, q.own_templates(firm)?)))?;
    Ok(Html(view::list(&page::frame(&db, &clock, advisor)?, &all, &own)))
}

/// Handles `GET /kantoor/vragenlijsten/{template}`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Path(id): Path<String>,
    Query(shown): Query<TemplateQuery>,
) -> Result<Html<String>, ServerError> {
    let working = working(&db, &advisor, &id)?;
    let form = part::form_of(&working.template, &shown.deel, &shown.nieuw);
    let page = TemplatePage {
        working: &working,
        part: &shown.deel,
        new: &shown.nieuw,
        form: &form,
        done: shown.klaar.as_deref(),
    };
    Ok(Html(view::page(&page::frame(&db, &clock, advisor)?, &page)))
}

/// Handles `POST /kantoor/vragenlijsten/{template}`: does one step of the editor.
pub async fn act(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let working = working(&db, &advisor, &id)?;
    let t = Text(advisor.language);
    let mut form = Form::from(typed);
    let (part, new) = (form.value("part").to_owned(), form.value("new").to_owned());
    let base = format!("/kantoor/vragenlijsten/{id}");
    if form.value("mark") != working.mark {
        form.refuse("", t.changed_meanwhile(working.draft.as_ref().map_or("", |d| &d.by_name)));
        return refused(&db, &clock, advisor, &working, &form, StatusCode::CONFLICT);
    }
    let mut template = working.template.clone();
    let to = match form.value("action") {
        "publish" => return publish(&db, &clock, advisor, working).await,
        "discard" => {
            let (firm, id) = (advisor.firm, id.clone());
            db.write(move |tx| tx.drop_draft(firm, &id)).await?;
            return Ok(Redirect::to(&base).into_response());
        }
        "restore" => {
            let number = form.value("version").parse::<u32>().map_err(|_| Refusal::Malformed)?;
            let version = working.versions.iter().find(|v| v.version == number).ok_or(Refusal::NotFound)?;
            template = read(&version.json)?;
            base.clone()
        }
        "next_year" => {
            template = part::next_year(&template);
            let to = format!("/kantoor/vragenlijsten/{}", template.id);
            // If the checklist of the next year exists already, it is shown, and nothing in it changes.
            if self::working(&db, &advisor, &template.id).is_ok() {
                return Ok(Redirect::to(&to).into_response());
            }
            to
        }
        "up" => moved(&mut template, &part, Shift::Up, &base),
        "down" => moved(&mut template, &part, Shift::Down, &base),
        "remove" if template.remove(&part) => base.clone(),
        "save" => match part::change(&mut template, &part, &new, &mut form, t) {
            Some(shown) => format!("{base}?deel={shown}&klaar=bewaard#deel"),
            None => return Err(Refusal::NotFound.into()),
        },
        _ => return Err(Refusal::Malformed.into()),
    };
    if let Err(error) = template.check() {
        form.refuse("", part::sentence(&error, t, &template, advisor.language));
    }
    let json = serde_json::to_string(&template).map_err(ServerError::inner)?;
    if json.len() > MOST_BYTES {
        form.refuse("", t.too_large());
    }
    if !form.is_sound() {
        return refused(&db, &clock, advisor, &working, &form, StatusCode::BAD_REQUEST);
    }
    let draft = TemplateVersion {
        id: template.id,
        version: DRAFT,
        tax_year: TaxYear(template.year),
        at: clock.now(),
        by_name: advisor.name,
        json,
    };
    let firm = advisor.firm;
    db.write(move |tx| tx.keep_template(firm, &draft)).await?;
    Ok(Redirect::to(&to).into_response())
}

fn moved(template: &mut Template, part: &str, shift: Shift, base: &str) -> String {
    // A part that is already at the end of its list stays there, which is no error.
    template.shift(part, shift);
    format!("{base}?deel={part}#deel")
}

/// Publishes the draft as the next version.
async fn publish(db: &Db, clock: &Clock, advisor: Advisor, working: Working) -> Result<Response, ServerError> {
    let Some(draft) = working.draft else { return Err(Refusal::NotFound.into()) };
    let mut template = working.template;
    let newest = working.versions.first().map_or(template.version, |v| v.version);
    template.version = newest + 1;
    let version = TemplateVersion {
        version: template.version,
        json: serde_json::to_string(&template).map_err(ServerError::inner)?,
        at: clock.now(),
        by_name: advisor.name.clone(),
        ..draft
    };
    let to = format!("/kantoor/vragenlijsten/{}?klaar=gepubliceerd", version.id);
    let event = NewEvent {
        firm: advisor.firm,
        client: None,
        tax_year: None,
        at: version.at,
        actor: Actor::Advisor(advisor.id),
        event: Event::TemplatePublished { template: version.id.clone(), version: version.version },
    };
    db.write(move |tx| {
        tx.keep_template(event.firm, &version)?;
        tx.drop_draft(event.firm, &version.id)?;
        tx.log(&event)
    })
    .await?;
    Ok(Redirect::to(&to).into_response())
}

fn refused(
    db: &Db,
    clock: &Clock,
    advisor: Advisor,
    working: &Working,
    form: &Form,
    status: StatusCode,
) -> Result<Response, ServerError> {
    let page = TemplatePage { working, part: form.value("part"), new: form.value("new"), form, done: None };
    Ok((status, Html(view::page(&page::frame(db, clock, advisor)?, &page))).into_response())
}

/// Loads what an advisor edits: the draft, or the checklist on offer if there is no draft.
fn working(db: &Db, advisor: &Advisor, id: &str) -> Result<Working, ServerError> {
    let firm = advisor.firm;
    let (draft, versions, offered) = db.read(|q| {
        Ok::<_, DbError>((q.template_version(firm, id, DRAFT)?, q.template_versions(firm, id)?, all_of(q, firm)?))
    })?;
    let template = match &draft {
        Some(draft) => read(&draft.json)?,
        None => offered.into_iter().find(|t| t.id == id).ok_or(Refusal::NotFound)?,
    };
    let json = serde_json::to_vec(&template).map_err(ServerError::inner)?;
    let mark = blake3::hash(&json).to_hex().as_str().get(..16).unwrap_or_default().to_owned();
    Ok(Working { template, draft, mark, versions })
}

fn read(json: &str) -> Result<Template, ServerError> {
    Ok(Template::from_json(json).map_err(|_| DbError::Malformed("checklist template"))?)
}
