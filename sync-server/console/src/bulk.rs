//! Actions for many clients: first the page shows which clients are included and which are not, then the
//! advisor starts the action, then the page shows its progress. Leaving a page loses nothing.

pub mod text;
mod view;

use crate::part::{
    address,
    choice::Choice,
    client_table::{ClientsQuery, table_choice},
    editor::Editor,
    form::{Form, Posted},
    page::{self, season},
    time_format::TimeFormat,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{
    bulk::{Reason, Wish, just_now, reason},
    template::offered,
};
use model::{
    checklist::Template,
    id::{BulkId, ClientId},
    record::RequestItem,
    time::TaxYear,
};
use std::{collections::BTreeMap, sync::Arc};
use storage::{
    clock::{Clock, random},
    db::{Advisor, Bulk, BulkAction, BulkState, Db, DbError},
};
use text::Bulk as Text;
use tokio::sync::Notify;
use view::{LeftOut, Outlook};

/// The number of clients that are written in one transaction.
const CHUNK: usize = 2000;
/// The number of names that are shown for each reason.
const NAMES: usize = 12;
/// The maximum number of documents that can be asked for at once.
const MOST_ITEMS: usize = 30;
/// The maximum size of the form with the numbers of a page of clients, in bytes.
pub const ROOM: usize = 64 * 1024;

fn find(db: &Db, advisor: &Advisor, id: &str) -> Result<Bulk, ServerError> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(db.read(|q| q.bulk(advisor.firm, id))?.ok_or(Refusal::NotFound)?)
}

/// Handles `POST /kantoor/acties`, with the choice of the table. The clients that were chosen
/// stay the same, however the table changes afterwards.
pub async fn begin(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
    Query(asked): Query<ClientsQuery>,
    Posted(typed): Posted<Vec<(String, String)>>,
) -> Result<Redirect, ServerError> {
    let value = |name: &str| typed.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let action = value("action").and_then(BulkAction::of).ok_or(Refusal::Malformed)?;
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    let choice = asked.choice(season(time_format));
    let clients = chosen(&db, &advisor, &choice, time_format, &typed)?;
    draft(&db, &clock, &advisor, action, choice.year, clients).await
}

/// Returns the clients of a form over the table: those that are ticked, or all that fit the choice.
pub(super) fn chosen(
    db: &Db,
    advisor: &Advisor,
    choice: &Choice,
    time_format: TimeFormat,
    typed: &[(String, String)],
) -> Result<Vec<ClientId>, DbError> {
    if typed.iter().any(|(name, _)| name == "alles") {
        return db.read(|q| q.clients_of_choice(&table_choice(advisor.firm, choice, time_format)));
    }
    let numbers = typed.iter().filter(|(name, _)| name == "kies").map(|(_, number)| number);
    db.read(|q| {
        let found = numbers.map(|number| q.client_by_number(advisor.firm, number));
        Ok(found.collect::<Result<Vec<_>, DbError>>()?.into_iter().flatten().map(|client| client.id).collect())
    })
}

/// Stores an action that starts only when the advisor confirms it.
pub(super) async fn draft(
    db: &Db,
    clock: &Clock,
    advisor: &Advisor,
    action: BulkAction,
    tax_year: TaxYear,
    clients: Vec<ClientId>,
) -> Result<Redirect, ServerError> {
    let bulk = Bulk {
        id: BulkId::from_random(random()),
        firm: advisor.firm,
        advisor: advisor.id,
        action,
        tax_year,
        wish: "{}".to_owned(),
        state: BulkState::Draft,
        created_at: clock.now(),
    };
    let id = bulk.id;
    db.write(move |tx| tx.add_bulk(&bulk)).await?;
    let mut from = 0;
    for some in clients.chunks(CHUNK) {
        let some = some.to_vec();
        let next = from + u32::try_from(some.len()).unwrap_or(u32::MAX);
        db.write(move |tx| tx.add_bulk_items(id, from, &some)).await?;
        from = next;
    }
    Ok(Redirect::to(&address::bulk(id)))
}

/// Handles `GET /kantoor/acties/{bulk}`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Html<String>, ServerError> {
    let bulk = find(&db, &advisor, &id)?;
    let templates = db.read(|q| offered(q, bulk.firm, bulk.tax_year))?;
    let template = templates.first().map(|t| t.id.clone()).unwrap_or_default();
    let wish = Wish { template: template.clone(), ..Wish::default() };
    page(&db, &clock, advisor, &bulk, &wish, &Form::proposing([("template", &template), ("prefill", "yes")]))
}

fn page(
    db: &Db,
    clock: &Clock,
    advisor: Advisor,
    bulk: &Bulk,
    wish: &Wish,
    form: &Form,
) -> Result<Html<String>, ServerError> {
    let frame = page::frame(db, clock, advisor)?;
    let outlook = if bulk.state == BulkState::Draft { before(db, clock, bulk, wish)? } else { so_far(db, bulk)? };
    let templates = db.read(|q| offered(q, bulk.firm, bulk.tax_year))?;
    Ok(Html(view::page(&frame, bulk, &address::bulk(bulk.id), &outlook, &templates, form)))
}

/// Returns which clients an action would include and which it would leave out.
fn before(db: &Db, clock: &Clock, bulk: &Bulk, wish: &Wish) -> Result<Outlook, ServerError> {
    let facts = db.read(|q| q.bulk_facts(bulk, just_now(clock.now())))?;
    let mut left_out = BTreeMap::<Reason, LeftOut>::new();
    let mut go = Vec::new();
    let mut going = 0;
    for facts in facts.iter() {
        let names = match reason(bulk.action, wish, facts) {
            Some(why) => {
                let left =
                    left_out.entry(why).or_insert_with(|| LeftOut { reason: why, clients: 0, names: Vec::new() });
                left.clients += 1;
                &mut left.names
            }
            None => {
                going += 1;
                &mut go
            }
        };
        if names.len() < NAMES {
            names.push((facts.client_number.clone(), facts.name.clone()));
        }
    }
    Ok(Outlook { all: facts.len(), done: 0, going, names: go, left_out: left_out.into_values().collect() })
}

/// Returns how far an action is.
fn so_far(db: &Db, bulk: &Bulk) -> Result<Outlook, ServerError> {
    Ok(db.read(|q| {
        let counts = q.count_bulk_items(bulk.id)?;
        let mut outlook = Outlook { all: counts.iter().map(|c| c.clients).sum(), ..Outlook::default() };
        for count in counts {
            if let Some(reason) = Reason::of(&count.reason) {
                let names = q.bulk_left_out(bulk.id, &count.reason, NAMES)?;
                outlook.done += count.clients;
                outlook.left_out.push(LeftOut { reason, clients: count.clients, names });
            } else if count.done {
                outlook.done += count.clients;
                outlook.going += count.clients;
            }
        }
        outlook.left_out.sort_by_key(|left| left.reason);
        Ok::<_, DbError>(outlook)
    })?)
}

/// Handles `POST /kantoor/acties/{bulk}`: starts the action. A second request changes nothing.
pub async fn start(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(jobs): State<Arc<Notify>>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let bulk = find(&db, &advisor, &id)?;
    let mut form = Form::from(typed);
    let templates = db.read(|q| offered(q, bulk.firm, bulk.tax_year))?;
    let wish = wish(&mut form, &bulk, &templates, Text(advisor.language));
    let only_look = !form.value("kijk").is_empty();
    if bulk.state == BulkState::Draft && (only_look || !form.is_sound()) {
        let status = if form.is_sound() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        return Ok((status, page(&db, &clock, advisor, &bulk, &wish, &form)?).into_response());
    }
    let (id, wish) = (bulk.id, serde_json::to_string(&wish).map_err(ServerError::inner)?);
    if db.write(move |tx| tx.start_bulk(id, &wish)).await? {
        jobs.notify_one();
    }
    Ok(Redirect::to(&address::bulk(id)).into_response())
}

/// Reads what exactly is wanted from the form, and notes in `form` what is wrong with it.
fn wish(form: &mut Form, bulk: &Bulk, templates: &[Template], t: Text) -> Wish {
    let mut wish = Wish::default();
    if matches!(bulk.action, BulkAction::Checklist | BulkAction::Documents) {
        wish.due = form.day("due", t.day_malformed());
    }
    if bulk.action == BulkAction::Checklist {
        wish.template = form.value("template").to_owned();
        wish.prefill = !form.value("prefill").is_empty();
        if !templates.iter().any(|template| template.id == wish.template) {
            form.refuse("template", t.template_missing());
        }
    }
    if bulk.action == BulkAction::Documents {
        let lines = form.value("items").lines().map(str::trim).filter(|l| !l.is_empty());
        let titles: Vec<_> = lines.map(str::to_owned).collect();
        if titles.is_empty() {
            form.refuse("items", t.items_missing());
        } else if titles.len() > MOST_ITEMS
            || titles.iter().any(|l| l.chars().count() > 120 || l.contains(char::is_control))
        {
            form.refuse("items", t.items_malformed());
        }
        let item = |title| RequestItem { title, year: None, example: String::new() };
        wish.items = titles.into_iter().map(item).collect();
    }
    wish
}
