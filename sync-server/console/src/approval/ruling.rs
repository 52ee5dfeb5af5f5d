//! Ruling on an approval that awaits it, and recording an approval that
//! was given on paper.

use super::{page, text::Ruling as Text};
use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        upload::{Sent, keep, receive},
        year::{act, load},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{NewPaper, firm_file::Accept};
use model::id::*;

/// Handles `POST …/akkoord/besluit/{approval}`.
pub async fn rule(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, approval)): Path<(String, i16, String)>,
    Posted(sent): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let approval: ApprovalId = approval.parse().map_err(|_| Refusal::NotFound)?;
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    let sent = Form::from(sent);
    let accepted = sent.value("decision") == "release";
    let remark: String = sent.value("remark").chars().take(model::record::MAX_TEXT).collect();
    act(&state.dossiers, move |d| d.rule(&advisor, client, tax_year, approval, accepted, remark)).await??;
    state.dossiers.refresh(client)?;
    Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response())
}

/// Handles `POST …/akkoord/{revision}/papier/{person}`.
pub async fn paper(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, revision, person)): Path<(String, i16, String, String)>,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let revision: RevisionId = revision.parse().map_err(|_| Refusal::NotFound)?;
    let person: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let t = Text(advisor.language);
    let Sent { mut form, file, too_large } = receive(&state.files, parts, state.files.largest()).await?;
    let signed_on = form.day("signed_on", t.paper_missing());
    let stored = match (file, signed_on) {
        (Some(named), Some(day)) if !too_large => {
            keep(&state, &loaded, &mut form, named, Accept::Pdf, &advisor).await?.map(|file| (file, day))
        }
        _ => None,
    };
    let Some((file, signed_on)) = stored else {
        let page = page(&state, advisor, &loaded, &Form::default(), Some(t.paper_missing()))?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    };
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    let new = NewPaper { revision, person, file, signed_on };
    act(&state.dossiers, move |d| d.record_paper(&advisor, client, tax_year, new)).await??;
    Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response())
}
