//! First start, invitation, login, logout. The ceremonies themselves are
//! `/api` and `console.js`.

use super::view::start as view;
use crate::{auth::session, error::ServerError, state::State};
use axum::{
    http::{HeaderMap, header},
    response::{Html, IntoResponse, Redirect},
};
use model::language::Language;

/// The language of somebody who is not known yet: what the browser prefers.
fn language(headers: &HeaderMap) -> Language {
    let preferred = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    preferred.map_or(Language::Nl, Language::from_tag)
}

/// `GET /kantoor/begin`.
pub async fn begin(headers: HeaderMap) -> Html<String> {
    Html(view::begin(language(&headers)))
}

/// `GET /kantoor/welkom`.
pub async fn invited(headers: HeaderMap) -> Html<String> {
    Html(view::invited(language(&headers)))
}

/// `GET /kantoor/inloggen`.
pub async fn log_in(headers: HeaderMap) -> Html<String> {
    Html(view::login(language(&headers)))
}

/// `GET /dit-was-ik-niet`: the secret stays behind the `#`, and following the
/// link does nothing yet.
pub async fn alarm(headers: HeaderMap) -> Html<String> {
    Html(view::alarm(language(&headers)))
}

/// `POST /kantoor/uitloggen`.
pub async fn log_out(state: axum::extract::State<State>, headers: HeaderMap) -> Result<impl IntoResponse, ServerError> {
    let cookies = session::log_out(state, headers).await?;
    Ok((cookies, Redirect::to("/kantoor/inloggen")))
}
