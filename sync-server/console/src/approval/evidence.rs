//! The evidence pack of one approval, for the firm and for the person who gave it. Each
//! download is recorded in the audit log.

use crate::{part::year::load, state::Console};
use accounts::{
    InConsole, SignedIn, access,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use dossiers::{
    evidence::{self, Material},
    work::Share,
};
use model::{event::Event, id::*, time::TaxYear};
use storage::db::{Actor, DbError, NewEvent};

/// The number of seconds in which a pack that somebody fetches is recorded once.
const READ_ONCE: i64 = 3600;

/// Handles `GET …/akkoord/bewijs/{approval}.zip`.
pub async fn download(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year, file)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let id = file.strip_suffix(".zip").and_then(|id| id.parse().ok()).ok_or(Refusal::NotFound)?;
    give(state, advisor.firm, loaded.client.id, loaded.tax_year, id, Actor::Advisor(advisor.id)).await
}

/// Handles `GET /api/clients/{client}/years/{year}/evidence/{approval}`: the person's own approval.
pub async fn own(
    State(state): State<Console>,
    signed_in: SignedIn,
    Path((client, year, id)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let id: ApprovalId = id.parse().map_err(|_| Refusal::NotFound)?;
    let person = access::of_year(&state.db, &signed_in, client, TaxYear(year))?;
    give(state, person.firm, client, TaxYear(year), id, Actor::Person(person.id)).await
}

async fn give(
    state: Console,
    firm: FirmId,
    client: ClientId,
    tax_year: TaxYear,
    id: ApprovalId,
    actor: Actor,
) -> Result<Response, ServerError> {
    let person = match actor {
        Actor::Person(person) => Some(person),
        _ => None,
    };
    let work = state.work.clone();
    let make = move || {
        // The pack contains the document, which a person gets no more once it was taken back.
        let year = state.dossiers.read(client, tax_year)?;
        if person.is_some() && year.is_recalled_approval(id) {
            return Err(Refusal::Recalled.into());
        }
        let material: Material = evidence::collect(&state.dossiers, client, tax_year, id, person)?;
        let pack =
            evidence::make(&material, state.dossiers.relying_party(), &state.seal).map_err(ServerError::inner)?;
        let (at, client, tax_year) = (state.clock.now(), Some(client), Some(tax_year));
        let event = NewEvent { firm, client, tax_year, at, actor, event: Event::EvidenceRead { approval: id } };
        // Who fetches a pack again and again reads it once an hour: more would only make the log longer.
        let since = at.plus_seconds(-READ_ONCE);
        state.db.write_blocking::<_, DbError>(move |tx| {
            if tx.was_logged_since(&event, since)? { Ok(()) } else { tx.log(&event) }
        })?;
        Ok::<_, ServerError>(pack)
    };
    let pack = work.run(Share::Console, make).await??;
    let mut response = pack.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let disposition = format!("attachment; filename=\"akkoord-{tax_year}-{id}.zip\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(disposition).map_err(ServerError::inner)?);
    Ok(response)
}
