//! Accepting a document of the client, or sending it back.

pub mod text;
pub mod view;

use super::{again, view::Forms};
use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        year::{act, load},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use dossiers::ActionError;
use model::{id::AttachmentId, record::ReviewOutcome};
use text::Documents;
use view::DocumentsQuery;

/// The maximum number of characters of a remark.
const LONGEST_REMARK: usize = 500;

/// Handles `POST …/stukken/{attachment}`.
pub async fn take_in(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, attachment)): Path<(String, i16, String)>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let attachment: AttachmentId = attachment.parse().map_err(|_| Refusal::NotFound)?;
    let t = Documents(advisor.language);
    let mut form = Form::from(typed);
    let outcome = match form.value("outcome") {
        "accept" => ReviewOutcome::Accepted,
        "send_back" => ReviewOutcome::SentBack,
        _ => return Err(Refusal::Malformed.into()),
    };
    let remark: String = match outcome {
        ReviewOutcome::Accepted => String::new(),
        ReviewOutcome::SentBack => form.value("remark").replace(|c: char| c.is_control(), " ").trim().to_owned(),
    };
    if outcome == ReviewOutcome::SentBack && remark.is_empty() {
        form.refuse("remark", t.remark_missing());
    } else if remark.chars().count() > LONGEST_REMARK {
        form.refuse("remark", t.remark_too_long());
    }
    let shown = DocumentsQuery { stuk: Some(attachment.to_string()), ..DocumentsQuery::default() };
    if !form.is_sound() {
        return again(&state, advisor, &loaded, &Forms { intake: form, shown, ..Forms::default() });
    }
    let (by, client, tax_year) = (advisor.clone(), loaded.client.id, loaded.tax_year);
    match act(&state.dossiers, move |d| d.take_in(&by, client, tax_year, attachment, outcome, remark)).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}?stuk={attachment}#documenten", loaded.href())).into_response()),
        Err(ActionError::NoSuchDocument) => {
            let refused = Some(t.gone().to_owned());
            // The year is loaded once more, because somebody else may have changed what the page showed.
            let now = load(&state, &advisor, &number, year).await?;
            again(&state, advisor, &now, &Forms { refused, ..Forms::default() })
        }
        Err(other) => Err(other.into()),
    }
}
