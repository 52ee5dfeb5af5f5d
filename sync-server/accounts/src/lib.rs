//! Establishes who sends a request: invitations, passkeys, sessions, and the extractors that
//! prove it to the rest of the server. What somebody may do is decided in
//! [`access`].

pub mod access;
mod alarm;
pub mod bucket;
pub mod caller;
mod ceremony;
pub mod code;
mod device_key;
pub mod error;
pub mod hourly;
mod identity;
pub mod invitation;
mod join;
pub mod json_body;
mod keyring;
pub mod limit;
mod login;
mod login_log;
pub mod origin;
mod own_page;
mod parts;
pub mod passkey;
pub mod rate;
mod registration;
mod routes;
pub mod session;
pub mod setup;
pub mod share;
pub mod signing_key;
mod user_name;

pub use json_body::JsonBody;
pub use keyring::log_out_everywhere;
pub use limit::limit_rate;
pub use origin::{NotAnOrigin, Origin};
pub use own_page::{origin_is_ours, refuse_other_origins};
pub use parts::{Accounts, Change, Limits};
pub use passkey::{PasskeyError, Passkeys};
pub use routes::routes;
pub use session::{Fresh, InConsole, SignedIn, require_fresh};
