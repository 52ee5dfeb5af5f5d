//! What the firm sets up about itself.

use super::{
    form::Form,
    text::{NewClient, Portal as Text},
    view::portal as view,
};
use crate::{
    auth::InConsole,
    db::{Actor, Advisor, AdvisorRole, Db, DbError, Event, Firm},
    dossiers::{ActionError, Dossiers},
    error::{Refusal, ServerError},
    state::State,
};
use axum::{
    extract::Query,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use model::document::Party;
use std::collections::BTreeMap;

fn firm_of(state: &State, advisor: &Advisor) -> Result<Firm, ServerError> {
    Ok(state.db.read(|q| q.firm(advisor.firm))?.ok_or(DbError::Malformed("advisor: the firm is missing"))?)
}

/// `GET /kantoor/portaal`.
pub async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    InConsole(advisor): InConsole,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, ServerError> {
    let firm = firm_of(&state, &advisor)?;
    let may_save = advisor.role == AdvisorRole::Administrator;
    let frame = super::frame(&state, advisor)?;
    let form = Form::proposing([
        ("name", firm.name.as_str()),
        ("phone", &firm.phone),
        ("sender_name", &firm.sender_name),
        ("sender_address", &firm.sender_address),
        ("accent", &firm.accent),
        ("statement_nl", &firm.statement_nl),
        ("statement_en", &firm.statement_en),
    ]);
    Ok(Html(view::page(&frame, &form, query.contains_key("opgeslagen"), may_save)))
}

/// `POST /kantoor/portaal`.
pub async fn save(
    axum::extract::State(state): axum::extract::State<State>,
    InConsole(advisor): InConsole,
    axum::Form(typed): axum::Form<BTreeMap<String, String>>,
) -> Result<Response, ServerError> {
    if advisor.role != AdvisorRole::Administrator {
        return Err(Refusal::NotAllowed.into());
    }
    let firm = firm_of(&state, &advisor)?;
    let mut form = Form::from(typed);
    let firm = read(&mut form, firm, Text(advisor.language), NewClient(advisor.language));
    if !form.is_sound() {
        let frame = super::frame(&state, advisor)?;
        return Ok((StatusCode::BAD_REQUEST, Html(view::page(&frame, &form, false, true))).into_response());
    }
    let (by, now) = (advisor.id, state.clock.now());
    state
        .db
        .write(move |tx| {
            tx.set_firm(&firm)?;
            tx.log(&Event {
                firm: firm.id,
                client: None,
                tax_year: None,
                at: now,
                actor: Actor::Advisor(by),
                kind: "firm_changed",
                detail: serde_json::json!({}),
            })
        })
        .await?;
    let (dossiers, db) = (state.dossiers.clone(), state.db.clone());
    tokio::task::spawn_blocking(move || renew_covers(&dossiers, &db, &advisor)).await??;
    Ok(Redirect::to("/kantoor/portaal?opgeslagen").into_response())
}

/// Every open year says on its cover who the firm is.
fn renew_covers(dossiers: &Dossiers, db: &Db, advisor: &Advisor) -> Result<(), ActionError> {
    for client in db.read(|q| q.clients(advisor.firm))? {
        for document in db.read(|q| q.documents_of_client(client.id))? {
            if document.info.party == Party::Firm {
                dossiers.open_year(advisor, client.id, document.info.tax_year)?;
            }
        }
    }
    Ok(())
}

fn read(form: &mut Form, firm: Firm, t: Text, n: NewClient) -> Firm {
    let phone = form.line("phone", 30, t.phone_malformed(), t.phone_malformed());
    if !phone.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c)) {
        form.refuse("phone", t.phone_malformed());
    }
    let accent = form.value("accent").to_lowercase();
    if accent.len() != 7 || !accent.starts_with('#') || !accent.bytes().skip(1).all(|b| b.is_ascii_hexdigit()) {
        form.refuse("accent", t.accent_malformed());
    }
    Firm {
        name: form.line("name", 120, t.name_missing(), n.too_long()),
        phone,
        sender_name: form.line("sender_name", 120, t.name_missing(), n.too_long()),
        sender_address: form.mail_address("sender_address", n.email_missing(), n.email_malformed()),
        accent,
        statement_nl: statement(form, "statement_nl", t),
        statement_en: statement(form, "statement_en", t),
        ..firm
    }
}

fn statement(form: &mut Form, name: &str, t: Text) -> String {
    let text = form.value(name).replace("\r\n", "\n");
    if text.is_empty() {
        form.refuse(name, t.statement_missing());
    } else if text.chars().count() > 2_000 {
        form.refuse(name, t.statement_too_long());
    }
    text
}
