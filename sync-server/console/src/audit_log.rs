//! The firm's audit log, for its administrators: an export that can be checked
//! elsewhere, and checkpoints to be stored elsewhere.

pub mod text;
mod view;

use crate::part::{
    editor::Administrator,
    page,
    told::{Told, both},
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use dossiers::{
    checkpoints,
    work::{Share, Work},
};
use mail::Composer;
use model::event::Event;
use proof::{
    audit::{self, Log},
    seal::Seal,
};
use std::sync::Arc;
use storage::{
    clock::Clock,
    db::{Actor, Db, DbError, NewEvent, Query},
};

/// The maximum number of checkpoints that are shown.
const SHOWN: u32 = 30;

/// Handles `GET /kantoor/logboek`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(seal): State<Seal>,
    Administrator(advisor): Administrator,
) -> Result<Html<String>, ServerError> {
    let firm = Some(advisor.firm);
    let (reach, checkpoints) = db.read::<_, DbError>(|q| Ok((q.audit_reach(firm)?, q.checkpoints(firm, SHOWN)?)))?;
    let seal = seal.public();
    Ok(Html(view::page(&page::frame(&db, &clock, advisor)?, reach.events, &checkpoints, &seal)))
}

/// Handles `GET /kantoor/logboek/auditlog.jsonl`. The export is itself an event; the
/// newest checkpoint in it is made after that event.
pub async fn download(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(seal): State<Seal>,
    State(work): State<Work>,
    State(composer): State<Arc<Composer>>,
    Administrator(advisor): Administrator,
) -> Result<Response, ServerError> {
    let (firm, now, own) = (advisor.firm, clock.now(), seal.clone());
    db.write::<_, DbError>(move |tx| {
        let (actor, event) = (Actor::Advisor(advisor.id), Event::AuditLogExported {});
        let what = both(|t| t.audit_log().to_owned());
        Told { by: &advisor, about: None, knows: false, left: None, what }.queue(tx, &composer, now)?;
        tx.log(&NewEvent { firm, client: None, tax_year: None, at: now, actor, event })?;
        checkpoints::write(tx, Some(firm), &own, now).map(drop)
    })
    .await?;
    let write_down = move || {
        let own = |q: &Query<'_>| Ok::<_, DbError>((q.audit_chain(Some(firm))?, q.checkpoints(Some(firm), u32::MAX)?));
        let (chain, checkpoints) = db.read(own)?;
        let checkpoints: Vec<_> = checkpoints.into_iter().rev().map(|(_, checkpoint)| checkpoint).collect();
        audit::export(&Log::Firm(chain), &checkpoints, now, &seal)
            .ok_or_else(|| ServerError::inner("the log cannot be written as JSON"))
    };
    let lines = work.run(Share::Console, write_down).await??;
    Ok((attached("application/jsonl", &format!("auditlog-{}.jsonl", day(now)))?, lines).into_response())
}

/// Handles `GET /kantoor/logboek/controlepunt/{id}`.
pub async fn checkpoint(
    State(db): State<Db>,
    Administrator(advisor): Administrator,
    Path(id): Path<i64>,
) -> Result<Response, ServerError> {
    let own = db.read::<_, DbError>(|q| q.checkpoint(advisor.firm, id))?.ok_or(Refusal::NotFound)?;
    let text = own.text().ok_or_else(|| ServerError::inner("a checkpoint cannot be written as JSON"))?;
    Ok((attached("application/json", &format!("controlepunt-{}.json", day(own.at)))?, text).into_response())
}

fn day(at: model::time::Timestamp) -> String {
    at.at_offset(0).date().to_string()
}

fn attached(media_type: &'static str, name: &str) -> Result<[(HeaderName, HeaderValue); 3], ServerError> {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).map_err(ServerError::inner)?;
    Ok([
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, disposition),
    ])
}
