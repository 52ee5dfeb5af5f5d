//! All documents of a client's year, or of many clients, as one ZIP file. It is made while it is sent, and what cannot
//! be read ends it in the middle, so that a browser says that it failed.

mod contents;
mod index;
mod name;
mod packing;
mod text;
mod zip;

use crate::{
    bulk::chosen,
    part::{
        client_table::ClientsQuery,
        editor::Editor,
        form::Posted,
        page::season,
        time_format::TimeFormat,
        year::{YearPath, load},
    },
    state::Console,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use dossiers::work::{Share, Work};
use futures_util::stream::try_unfold;
use model::{id::ClientId, time::TaxYear};
use packing::{Packing, Wanted};
use storage::db::{Advisor, DbError};

/// Handles `GET /kantoor/klanten/{number}/{year}/documenten.zip`.
pub async fn of_year(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let number: String = loaded.client.number.chars().filter(char::is_ascii_alphanumeric).collect();
    let name = format!("documenten-{number}-{year}.zip");
    give(state, advisor, loaded.tax_year, vec![loaded.client.id], false, &name)
}

/// Handles `POST /kantoor/klanten/documenten.zip`, with the choice of the table and the clients that are ticked.
pub async fn of_many(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Query(asked): Query<ClientsQuery>,
    Posted(typed): Posted<Vec<(String, String)>>,
) -> Result<Response, ServerError> {
    let time_format = TimeFormat { now: state.clock.now(), language: advisor.language };
    let choice = asked.choice(season(time_format));
    let clients = chosen(&state.db, &advisor, &choice, time_format, &typed)?;
    if clients.is_empty() {
        return Ok(Redirect::to(&choice.href()).into_response());
    }
    let name = format!("documenten-{}.zip", choice.year);
    give(state, advisor, choice.year, clients, true, &name)
}

fn give(
    state: Console,
    advisor: Advisor,
    tax_year: TaxYear,
    clients: Vec<ClientId>,
    has_folders: bool,
    name: &str,
) -> Result<Response, ServerError> {
    let firm = state.db.read(|q| q.firm(advisor.firm))?.ok_or(DbError::Missing("firm of an advisor"))?.name;
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).map_err(ServerError::inner)?;
    let work = state.work.clone();
    let packing = Packing::begin(Wanted { state, advisor, firm, tax_year, clients, has_folders });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, stream(work, packing)).into_response())
}

/// Returns the pieces of a ZIP file, each of which is made when the one before it was taken, so that a slow line holds
/// no thread. An error ends the connection before the file has its directory.
fn stream(work: Work, packing: Packing) -> Body {
    Body::from_stream(try_unfold(packing, move |mut packing| {
        let work = work.clone();
        async move {
            let next = work.run(Share::Files, move || Ok::<_, ServerError>((packing.next()?, packing))).await;
            let next = next.map_err(ServerError::from).flatten();
            next.map(|(piece, packing)| piece.map(|piece| (piece, packing)))
                .inspect_err(|cause| tracing::error!(%cause, "a download of documents was broken off"))
        }
    }))
}
