//! Taking something back that went to the wrong client or was wrong: the form that asks for the reason, and the list of
//! who has seen it, by which the firm judges whether data leaked.

mod seen;
pub mod text;
mod view;

use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        page,
        year::{Loaded, act, load},
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
use model::record::{MAX_TEXT, RecallTarget};
use storage::db::Advisor;
use text::Recalling as Text;

/// The path of a page about something of the firm: the client's number, the year, the kind of thing and its id.
type TargetPath = Path<(String, i16, String, String)>;

/// Handles `GET …/terughalen/{kind}/{target}`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year, kind, target)): TargetPath,
) -> Result<Html<String>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let target = find(&loaded, &kind, &target)?;
    Ok(Html(page(&state, advisor, &loaded, target, &Form::default())?))
}

/// Handles `POST …/terughalen/{kind}/{target}`.
pub async fn recall(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, kind, target)): TargetPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let target = find(&loaded, &kind, &target)?;
    let mut form = Form::from(typed);
    let reason = form.value("reason").trim().to_owned();
    let t = Text(advisor.language);
    if reason.is_empty() {
        form.refuse("reason", t.reason_missing());
    } else if reason.chars().count() > MAX_TEXT {
        form.refuse("reason", t.reason_too_long());
    }
    if !form.is_sound() {
        let page = page(&state, advisor, &loaded, target, &form)?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    }
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    let recalled = act(&state.dossiers, move |d| d.recall(&advisor, client, tax_year, target, &reason)).await?;
    match recalled {
        // Somebody who was quicker has done the same.
        Ok(()) | Err(ActionError::AlreadyRecalled) => {
            Ok(Redirect::to(&format!("{}/terughalen/{target}", loaded.href())).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn find(loaded: &Loaded, kind: &str, id: &str) -> Result<RecallTarget, ServerError> {
    let target = RecallTarget::of(kind, id).filter(|target| loaded.year.has_target(*target));
    Ok(target.ok_or(Refusal::NotFound)?)
}

fn page(
    state: &Console,
    advisor: Advisor,
    loaded: &Loaded,
    target: RecallTarget,
    form: &Form,
) -> Result<String, ServerError> {
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    let seen = seen::of(&state.db, loaded, target, &frame)?;
    Ok(view::page(&frame, &loaded.view(), target, &seen, form))
}
