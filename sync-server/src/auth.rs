//! Establishes who sends a request: invitations, passkeys, sessions, and the extractors that
//! prove it to the rest of the server. What somebody may do is decided in
//! [`crate::access`].

mod alarm;
pub mod code;
mod device_key;
pub mod invitation;
mod join;
mod keyring;
mod login;
mod origin;
pub mod passkey;
mod registration;
pub mod session;
pub mod setup;

pub use keyring::require_fresh;
pub use origin::{origin_is_ours, refuse_other_origins};
pub use passkey::{PasskeyError, Passkeys};
pub use session::{InConsole, SignedIn};

use crate::state::State;
use axum::{
    Router,
    routing::{get, post},
};

/// Returns the routes of the endpoints about accounts. Those that need no session
/// are rate limited.
pub fn routes(state: &State) -> Router<State> {
    let open = Router::new()
        .route("/api/invitation", post(invitation::open))
        .route("/api/invitation/again", post(join::again))
        .route("/api/invitation/join", post(join::join))
        .route("/api/invitation/mail", post(join::confirm_mail))
        .route("/api/invitation/not-me", post(join::not_me))
        .route("/api/alarm", post(alarm::raise))
        .route("/api/registration/start", post(registration::start))
        .route("/api/registration/finish", post(registration::finish))
        .route("/api/login/start", post(login::start))
        .route("/api/login/finish", post(login::finish))
        .route("/api/setup", post(setup::set_up))
        .route_layer(axum::middleware::from_fn_with_state(state.clone(), crate::web::limit_rate));
    Router::new()
        .route("/api/me", get(session::me))
        .route("/api/logout", post(session::log_out))
        .merge(keyring::routes())
        .merge(device_key::routes())
        .merge(open)
}
