//! Asking for documents, item by item. It works without script: a button adds
//! a row, and what was typed stays.

pub mod view;

use super::{again, document::text::Documents, text::Dossier as Text, view::Forms};
use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        year::{YearPath, act, load},
    },
    state::Console,
};
use accounts::error::ServerError;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use model::{record::RequestItem, time::Date};
use view::{MOST_ITEMS, rows};

/// Reads the documents that are asked for. Empty rows are left out.
fn items(form: &mut Form, t: Text, d: Documents) -> Vec<RequestItem> {
    let mut items = Vec::new();
    for row in 0..MOST_ITEMS {
        let [title, year, example] = ["title", "year", "example"].map(|f| format!("{f}_{row}"));
        if !form.has_any(&[&title, &example]) {
            continue;
        }
        let name = form.line(&title, 120, d.item_untitled(), d.item_malformed());
        let over = match form.value(&year) {
            "" => None,
            text => {
                let over = text.parse::<i16>().ok().filter(|y| (1990..=2100).contains(y));
                if over.is_none() {
                    form.refuse(year, d.year_malformed());
                }
                over
            }
        };
        let hint = form.value(&example).to_owned();
        if hint.chars().count() > 300 || hint.chars().any(char::is_control) {
            form.refuse(example, d.item_malformed());
        }
        items.push(RequestItem { title: name, year: over, example: hint });
    }
    if items.is_empty() {
        form.refuse("title_0", t.items_missing());
    }
    items
}

/// Handles `POST …/documenten`.
pub async fn ask(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let (t, d) = (Text(advisor.language), Documents(advisor.language));
    let mut form = Form::from(typed);
    if !form.value("more").is_empty() {
        let more = rows(&form) + 1;
        form.set("rows", more.to_string());
        let mut page = again(&state, advisor, &loaded, &Forms { request: form, ..Forms::default() })?;
        *page.status_mut() = StatusCode::OK;
        return Ok(page);
    }
    let items = items(&mut form, t, d);
    let due: Option<Date> = form.day("due", t.day_malformed());
    if !form.is_sound() {
        return again(&state, advisor, &loaded, &Forms { request: form, ..Forms::default() });
    }
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |dossiers| dossiers.request_documents(&advisor, client, tax_year, items, due)).await??;
    Ok(Redirect::to(&format!("{}#taken", loaded.href())).into_response())
}
