//! The routes of the endpoints about accounts.

use super::{
    alarm, device_key, identity, join, keyring, limit::limit_rate, login, parts::Accounts, registration, session, setup,
};
use axum::{
    Router, middleware,
    routing::{get, post},
};

/// Returns the routes of the endpoints about accounts. Those that need no session
/// are rate limited.
pub fn routes(accounts: Accounts) -> Router {
    let open = Router::new()
        .route("/api/invitation/again", post(join::again))
        .route("/api/invitation/by-mail", post(join::by_mail))
        .route("/api/invitation/join", post(join::join))
        .route("/api/invitation/mail", post(join::confirm_mail))
        .route("/api/invitation/not-me", post(join::not_me))
        .route("/api/alarm", post(alarm::raise))
        .route("/api/registration/start", post(registration::start))
        .route("/api/registration/finish", post(registration::finish))
        .route("/api/login/start", post(login::start))
        .route("/api/login/finish", post(login::finish))
        .route("/api/login/confirm", post(login::confirm))
        .route("/api/setup", post(setup::set_up))
        .route_layer(middleware::from_fn_with_state(accounts.clone(), limit_rate));
    Router::new()
        .route("/api/me", get(identity::me))
        .route("/api/logout", post(session::log_out))
        .merge(keyring::routes())
        .merge(device_key::routes())
        .merge(open)
        .with_state(accounts)
}
