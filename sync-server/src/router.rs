//! Every route of the server, and the layers around all of them.

use crate::{attachment, entrance, line, ready, state::AppState, sync, web};
use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};

/// The largest body in bytes, unless a route sets another limit.
const BODY_LIMIT: usize = 64 * 1024;

/// Returns the server as a service, for a listener or for a test.
pub fn router(state: AppState) -> Router {
    let under_way = line::UnderWay::new(state.config.trusted_proxies, state.config.connections_per_address);
    Router::new()
        .route("/healthz", get(web::healthz))
        .route("/readyz", get(ready::readyz))
        .route("/api/logos/{hash}", get(web::logo))
        .route("/api/accents/{accent}", get(web::accent))
        .merge(web::invitation::routes(&state.accounts))
        .merge(entrance::routes())
        .merge(attachment::routes())
        .merge(web::dev_mailbox::routes())
        .merge(sync::socket::routes())
        .fallback(web::app_file)
        .with_state(state.clone())
        .merge(accounts::routes(state.accounts.clone()))
        .merge(console::routes(state.console()))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn_with_state(state.accounts.clone(), accounts::refuse_other_origins))
        .layer(middleware::from_fn_with_state(state.lines, line::pace))
        .layer(middleware::from_fn_with_state(under_way, line::share_of_address))
        .layer(middleware::from_fn(web::pages_for_refusals))
        .layer(middleware::from_fn_with_state(state.accounts.clone(), web::log_refusals))
        .layer(middleware::from_fn_with_state(state.config, web::secure))
}
