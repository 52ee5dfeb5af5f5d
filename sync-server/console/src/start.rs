//! The pages of first start, invitation, login and logout. The ceremonies of passkeys are in
//! `/api` and `console.js`.

mod text;
mod view;

use accounts::{Accounts, SignedIn, error::ServerError, session};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use model::language::Language;

/// Returns the language that the browser prefers, for a visitor who is not logged in.
fn language(headers: &HeaderMap) -> Language {
    let preferred = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    preferred.map_or(Language::Nl, Language::from_tag)
}

/// Handles `GET /kantoor/begin`.
pub async fn begin(headers: HeaderMap) -> Html<String> {
    Html(view::begin(language(&headers)))
}

/// Handles `GET /kantoor/welkom`.
pub async fn invited(headers: HeaderMap) -> Html<String> {
    Html(view::invited(language(&headers)))
}

/// Handles `GET /kantoor/inloggen`.
pub async fn log_in(headers: HeaderMap) -> Html<String> {
    Html(view::login(language(&headers)))
}

/// Handles `GET /dit-was-ik-niet`. The secret stays behind the `#`, and opening the
/// link does nothing yet.
pub async fn alarm(headers: HeaderMap) -> Html<String> {
    Html(view::alarm(language(&headers)))
}

/// Handles `POST /kantoor/overal-uitloggen`: ends all sessions of the login, this one too. Without a session it does
/// nothing.
pub async fn log_out_everywhere(
    State(accounts): State<Accounts>,
    signed_in: Result<SignedIn, ServerError>,
) -> Result<Response, ServerError> {
    let login = Redirect::to("/kantoor/inloggen");
    match signed_in {
        Ok(signed_in) => Ok((accounts::log_out_everywhere(&accounts, &signed_in).await?, login).into_response()),
        Err(_) => Ok(login.into_response()),
    }
}

/// Handles `POST /kantoor/uitloggen`.
pub async fn log_out(State(accounts): State<Accounts>, headers: HeaderMap) -> Result<impl IntoResponse, ServerError> {
    let cookies = session::log_out(State(accounts), headers).await?;
    Ok((cookies, Redirect::to("/kantoor/inloggen")))
}
