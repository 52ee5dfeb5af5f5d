//! The question for a passkey: before a way in changes, and where the console was not used for long. The form that was
//! sent waits in the page, and goes on once the passkey was shown, so that nothing has to be typed again.

pub mod text;

use super::bare;
use crate::state::Console;
use accounts::{
    Fresh,
    error::{Refusal, ServerError},
};
use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use dioxus::prelude::*;
use model::language::Language;
use text::Confirm;
use ui::part::Icon;
use url::form_urlencoded;

/// The largest form that waits in the page, in bytes. After a larger one, or one with a file, people press their
/// button once more.
const KEPT: usize = 64 * 1024;

/// Which requests to a route ask for a passkey that was shown a moment ago, because they change who gets in, or give
/// out what shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// None.
    Nothing,
    /// Those that change it, which its handler finds out and then asks.
    ByHandler,
    /// All.
    Always,
    /// Those that change something.
    ToChange,
    /// Forms whose field `action` is one of these.
    ToDo(&'static [&'static str]),
}

type Fields = Vec<(String, String)>;

/// The fields of the form that was sent, if it is small enough to be kept.
#[derive(Clone)]
struct Kept(Option<Fields>);

/// Refuses what the route asks a passkey for, until one was shown.
pub async fn ask(State((console, asks)): State<(Console, Asks)>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let changes = parts.method != Method::GET && parts.method != Method::HEAD;
    let is_one_of = |actions: &[&str]| match parts.extensions.get::<Kept>() {
        Some(Kept(Some(fields))) => fields.iter().any(|(name, value)| name == "action" && actions.contains(&&**value)),
        _ => true,
    };
    let asked = match asks {
        Asks::Nothing | Asks::ByHandler => false,
        Asks::Always => true,
        Asks::ToChange => changes,
        Asks::ToDo(actions) => changes && is_one_of(actions),
    };
    if asked {
        // The handler says what is wrong if nobody is logged in.
        let fresh = Fresh::from_request_parts(&mut parts, &console).await;
        if let Err(ServerError::Refused(Refusal::ProveAgain)) = fresh {
            return Refusal::ProveAgain.into_response();
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Keeps the form that is sent, and puts it in a page that asks for the passkey if that is what is missing.
pub async fn keep_form(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (bytes, body) = match take_form(&parts.method, &parts.headers, body).await {
        Ok(taken) => taken,
        Err(refused) => return refused.into_response(),
    };
    let fields = bytes.map(|bytes| form_urlencoded::parse(&bytes).into_owned().collect::<Fields>());
    parts.extensions.insert(Kept(fields.clone()));
    let (method, uri, wants_page) = (parts.method.clone(), parts.uri.clone(), accepts_pages(&parts.headers));
    let preferred = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = preferred.map_or(Language::Nl, Language::from_tag);
    let response = next.run(Request::from_parts(parts, body)).await;
    if !wants_page || response.extensions().get::<Refusal>() != Some(&Refusal::ProveAgain) {
        return response;
    }
    let query = uri.query().unwrap_or_default().as_bytes();
    let waiting = match fields {
        None if method == Method::GET => {
            Some(("get", uri.path().to_owned(), form_urlencoded::parse(query).into_owned().collect()))
        }
        None => None,
        Some(fields) => Some(("post", uri.to_string(), fields)),
    };
    (StatusCode::FORBIDDEN, Html(page(language, waiting))).into_response()
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

/// Reads a form without a file, if it is small. The body is the same as before.
async fn take_form(method: &Method, headers: &HeaderMap, body: Body) -> Result<(Option<Bytes>, Body), Refusal> {
    let of_fields = headers.get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"application/x-www"));
    let is_small = body.size_hint().exact().is_some_and(|size| size <= KEPT as u64);
    if method != Method::POST || !of_fields || !is_small {
        return Ok((None, body));
    }
    let bytes = to_bytes(body, KEPT).await.map_err(|_| Refusal::Malformed)?;
    Ok((Some(bytes.clone()), Body::from(bytes)))
}

/// Renders the page, with what waits: the method, the address and the fields of a form.
fn page(language: Language, waiting: Option<(&'static str, String, Fields)>) -> String {
    let t = Confirm(language);
    let by_hand = waiting.is_none();
    let hint = if by_hand { t.by_hand() } else { t.kept() };
    let (method, action, fields) = waiting.unwrap_or_default();
    bare::page(
        language,
        t.title(),
        rsx! {
            div { class: "welcome",
                img { class: "welcome__logo", src: "/icons/akkoord.svg", alt: "", width: 80, height: 80 }
                h1 { {t.title()} }
                p { class: "lead", {t.lead()} }
            }
            {bare::outcome(language)}
            form { class: "stack-s", id: "bevestigen", method, action, "data-back": if by_hand { "" },
                for (name , value) in fields {
                    input { r#type: "hidden", name, value }
                }
                button { class: "btn btn--primary btn--block", r#type: "submit",
                    Icon { name: "fingerprint-pattern" }
                    " "
                    {t.button()}
                }
                p { class: "small muted center", {hint} }
            }
            ul { class: "push links",
                li {
                    a { class: "textlink", href: "/kantoor", {t.back()} }
                }
            }
        },
    )
}
