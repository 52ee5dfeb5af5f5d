//! Files of clients: uploads that can be resumed, the store,
//! and serving files. File names are stored in documents, never here.

mod give;
mod room;
mod tus;

use crate::state::AppState;
use axum::{
    Router,
    routing::{get, post},
};

/// Returns the routes of the endpoints about files.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/clients/{client}/uploads", post(tus::create).options(tus::options))
        .route(
            "/api/uploads/{upload}",
            get(tus::no_get).head(tus::offset).patch(tus::append).delete(tus::terminate).options(tus::options),
        )
        .route("/api/clients/{client}/files/{hash}", get(give::file))
        .route("/api/clients/{client}/room", get(room::show))
        .route("/api/clients/{client}/files/{hash}/shown", get(give::shown))
}
