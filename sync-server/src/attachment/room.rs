//! Tells the app how much a client can still send, so that people learn of it before it is too late.

use accounts::{
    SignedIn, access,
    error::{Refusal, ServerError},
};
use axum::{
    Json,
    extract::{Path, State},
};
use dossiers::Dossiers;
use model::{api::Room, id::ClientId};

/// Handles `GET /api/clients/{client}/room`.
pub async fn show(
    State(dossiers): State<Dossiers>,
    signed_in: SignedIn,
    Path(client): Path<String>,
) -> Result<Json<Room>, ServerError> {
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let person = access::of_client(dossiers.db(), &signed_in, client)?;
    let (quota, now) = (dossiers.files().quota(), dossiers.clock().now());
    Ok(Json(dossiers.db().read(|q| quota.room(q, person.firm, client, now))?))
}
