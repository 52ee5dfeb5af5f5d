//! Tells what an invitation's link is for, with the number of open tasks.

use crate::state::AppState;
use accounts::{Accounts, error::ServerError, invitation, json_body::JsonBody, limit_rate};
use axum::{Json, Router, extract::State, middleware, routing::post};
use dossiers::{Dossiers, work::Share};
use model::api::{Invitation, InvitationQuery};

/// Returns the route of the endpoint that tells what a link is for. It needs no session, so it is rate limited.
pub fn routes(accounts: &Accounts) -> Router<AppState> {
    Router::new()
        .route("/api/invitation", post(open))
        .route_layer(middleware::from_fn_with_state(accounts.clone(), limit_rate))
}

/// Handles `POST /api/invitation`: tells what the link is for.
async fn open(
    State(accounts): State<Accounts>,
    State(dossiers): State<Dossiers>,
    JsonBody(query): JsonBody<InvitationQuery>,
) -> Result<Json<Invitation>, ServerError> {
    let (invitation, person) = invitation::open(&accounts, &query.token).await?;
    let tasks = match person {
        Some(person) => {
            let work = dossiers.work().clone();
            work.run(Share::Sync, move || dossiers.open_tasks(&person)).await??
        }
        None => 0,
    };
    Ok(Json(Invitation { tasks, ..invitation }))
}
