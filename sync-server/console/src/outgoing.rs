//! The table of outgoing mails, with filters in the address, and what can be
//! done about a mail that failed. It never shows bodies, because some contain secrets.

pub mod text;
mod view;

use crate::part::{
    address,
    editor::Editor,
    page,
    setbacks::{self, SetbackOf},
};
use accounts::{
    InConsole, access,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, Query, State},
    response::{Html, Redirect},
};
use mail::Composer;
use model::{event::Event, id::FirmId, mail::MailKind};
use serde::Deserialize;
use std::sync::Arc;
use storage::{
    clock::Clock,
    db::{Actor, Advisor, Db, DbError, MailFilter, MailState, NewEvent, OutboxRow, OutgoingChoice, Setback, Tx},
};
use view::Table;

/// The number of mails on one page.
const PAGE: usize = 50;

/// The kinds of mail that are deliberately sent to another address than the person's own.
const ELSEWHERE: [MailKind; 3] = [MailKind::AddressChanged, MailKind::MailCode, MailKind::MailChanged];

/// The parameters of the address. A value that means nothing counts as absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OutgoingQuery {
    staat: Option<String>,
    q: Option<String>,
    klant: Option<String>,
    pagina: Option<String>,
}

/// Handles `GET /kantoor/uitgaand`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(asked): Query<OutgoingQuery>,
) -> Result<Html<String>, ServerError> {
    let client = match asked.klant.as_deref().filter(|number| !number.is_empty()) {
        Some(number) => Some(access::client_of_firm(&db, &advisor, number)?),
        None => None,
    };
    let choice = OutgoingChoice {
        firm: advisor.firm,
        filter: asked.staat.as_deref().and_then(address::outgoing_filter),
        client: client.as_ref().map(|client| client.id),
        text: asked.q.unwrap_or_default().trim().chars().take(100).filter(|c| !c.is_control()).collect(),
    };
    let page = asked.pagina.and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 10_000);
    let firm = advisor.firm;
    let (mut rows, (waiting, failed), setbacks) = db.read(|q| {
        let rows = q.outgoing(&choice, (page - 1) * PAGE, PAGE + 1)?;
        Ok::<_, ServerError>((rows, q.count_outgoing(firm)?, setbacks_of(q, firm)?))
    })?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let frame = page::frame(&db, &clock, advisor)?;
    let table = Table { filter: choice.filter, text: choice.text, client, page, more, waiting, failed, setbacks, rows };
    Ok(Html(view::page(&frame, &table)))
}

/// Returns what the server could not do for a firm, with the clients whom it is about.
fn setbacks_of(q: &storage::db::Query<'_>, firm: FirmId) -> Result<Vec<SetbackOf>, DbError> {
    let with_client = |setback: Setback| {
        let client = setback.item.client.map(|client| q.client(firm, client)).transpose()?.flatten();
        Ok((setback, client))
    };
    q.setbacks_of(firm, setbacks::SHOWN)?.into_iter().map(with_client).collect()
}

/// Handles `POST /kantoor/uitgaand/{mail}/opnieuw`: sends a mail to the address that the person has now.
pub async fn again(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(composer): State<Arc<Composer>>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Redirect, ServerError> {
    let (id, now) = (id.parse().map_err(|_| Refusal::NotFound)?, clock.now());
    db.write(move |tx| {
        let row = own(tx, &advisor, id)?;
        let to = match (row.mail.person, row.mail.advisor) {
            (_, Some(advisor)) => tx.advisor(advisor)?.map(|advisor| advisor.email),
            (Some(person), None) if !ELSEWHERE.contains(&row.mail.kind) => {
                let person = tx.person(person)?.ok_or(Refusal::NotFound)?;
                if person.blocked || row.mail.tax_year.is_some_and(|year| !person.is_in(year)) {
                    return Err(Refusal::NotAllowed.into());
                }
                Some(person.email)
            }
            _ => None,
        };
        tx.ask_mail_again(id, &to.unwrap_or(row.mail.to_address), now)?;
        tx.log(&NewEvent {
            firm: advisor.firm,
            client: row.mail.client,
            tax_year: row.mail.tax_year,
            at: now,
            actor: Actor::Advisor(advisor.id),
            event: Event::MailSentAgain { mail: id },
        })?;
        Ok::<_, ServerError>(())
    })
    .await?;
    composer.queued().notify_one();
    Ok(Redirect::to("/kantoor/uitgaand"))
}

/// Handles `POST /kantoor/uitgaand/{mail}/gezien`: marks a failed mail as dealt with.
pub async fn seen(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Redirect, ServerError> {
    let (id, now) = (id.parse().map_err(|_| Refusal::NotFound)?, clock.now());
    db.write(move |tx| {
        own(tx, &advisor, id)?;
        Ok::<_, ServerError>(tx.mail_seen(id, now)?)
    })
    .await?;
    Ok(Redirect::to(&address::outgoing(Some(MailFilter::Failed), "", None, 1)))
}

/// Returns a mail of the advisor's firm that was not sent, or refuses.
fn own(tx: &Tx<'_>, advisor: &Advisor, id: i64) -> Result<OutboxRow, ServerError> {
    let row = tx.mail(id)?.filter(|row| row.mail.firm == advisor.firm);
    Ok(row.filter(|row| !matches!(row.state, MailState::Sent { .. })).ok_or(Refusal::NotFound)?)
}
