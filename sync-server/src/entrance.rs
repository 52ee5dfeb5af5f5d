//! The first pages that a client of a firm sees: the page behind the link of an invitation, and the login. They come
//! complete from the server, in the firm's looks and the client's language; the app's files are fetched meanwhile, and
//! the app starts in the same page after the passkey was used (`assets/entrance.js`).
//!
//! Each firm has addresses of its own, on one origin: `/welkom/<firm>/<language>` and `/inloggen/<firm>/<language>`.
//! Without a firm, these pages are those of the only firm of this server, or Akkoord's own.

mod host;
mod text;
mod view;

use crate::{state::AppState, web::language_of};
use accounts::error::{Refusal, ServerError};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use host::Host;
use model::language::Language;
use storage::db::{Db, Firm};
use tower_http::compression::CompressionLayer;

/// Nothing in these pages is about a person, so the browser may store them; it asks each time whether they changed.
const ASKED_AGAIN: (HeaderName, HeaderValue) = (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));

/// Returns the routes of the pages.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/welkom", get(welcome))
        .route("/welkom/{firm}/{language}", get(welcome_of_firm))
        .route("/inloggen", get(log_in))
        .route("/inloggen/{firm}/{language}", get(log_in_of_firm))
        // These pages hold no secret that their compressed size could give away.
        .layer(CompressionLayer::new())
}

/// Handles `GET /welkom`: the page behind a link whose firm is not known.
async fn welcome(State(db): State<Db>, headers: HeaderMap) -> Result<Response, ServerError> {
    only_firm(&db, language_of(&headers), view::welcome)
}

/// Handles `GET /welkom/{firm}/{language}`: the page behind the link of an invitation. The secret stays behind the `#`.
async fn welcome_of_firm(State(db): State<Db>, Path(address): Path<(String, String)>) -> Result<Response, ServerError> {
    of_firm(&db, &address, view::welcome)
}

/// Handles `GET /inloggen`: the login where the firm is not known.
async fn log_in(State(db): State<Db>, headers: HeaderMap) -> Result<Response, ServerError> {
    only_firm(&db, language_of(&headers), view::login)
}

/// Handles `GET /inloggen/{firm}/{language}`: the login of a firm's clients.
async fn log_in_of_firm(State(db): State<Db>, Path(address): Path<(String, String)>) -> Result<Response, ServerError> {
    of_firm(&db, &address, view::login)
}

type View = fn(Language, Option<&Host>) -> String;

fn of_firm(db: &Db, (slug, language): &(String, String), view: View) -> Result<Response, ServerError> {
    let language = Language::from_tag(language);
    let host = db.read(|q| {
        let firm = q.firms()?.into_iter().find(|firm| firm.slug == *slug);
        firm.map(|firm| Host::of(q, firm, language)).transpose()
    })?;
    Ok(answer(view(language, Some(&host.ok_or(Refusal::NotFound)?))))
}

fn only_firm(db: &Db, language: Language, view: View) -> Result<Response, ServerError> {
    let host = db.read(|q| {
        let firm = <[Firm; 1]>::try_from(q.firms()?).ok();
        firm.map(|[firm]| Host::of(q, firm, language)).transpose()
    })?;
    Ok(answer(view(language, host.as_ref())))
}

fn answer(page: String) -> Response {
    ([ASKED_AGAIN], Html(page)).into_response()
}
