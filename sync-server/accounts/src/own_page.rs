//! Refuses requests that change something unless they come from our own pages (cross-site
//! request forgery). This one check covers all routes, forms and the socket.

use super::{origin::Origin, parts::Accounts};
use crate::error::{Refusal, ServerError};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::Response,
};

/// Refuses unless the `Origin` header is present and ours.
pub fn origin_is_ours(origin: &Origin, headers: &HeaderMap) -> Result<(), ServerError> {
    match headers.get(header::ORIGIN) {
        Some(given) if given.as_bytes() == origin.as_str().as_bytes() => Ok(()),
        _ => Err(Refusal::OriginRefused.into()),
    }
}

/// Accepts requests that change nothing, and those from our own pages. A
/// WebSocket handshake is a GET that opens a way to change things, so it must name
/// our origin, which every client can do.
pub async fn refuse_other_origins(
    State(accounts): State<Accounts>,
    request: Request,
    next: Next,
) -> Result<Response, ServerError> {
    if request.headers().contains_key(header::UPGRADE) {
        origin_is_ours(&accounts.origin, request.headers())?;
    }
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && !from_own_page(&accounts.origin, request.headers()) {
        return Err(Refusal::OriginRefused.into());
    }
    Ok(next.run(request).await)
}

fn from_own_page(origin: &Origin, headers: &HeaderMap) -> bool {
    // A page with a strict referrer policy posts its forms with `Origin: null`; then
    // the header in which the browser says where the request came from is used.
    let silent = headers.get(header::ORIGIN).is_none_or(|origin| origin == "null");
    if silent {
        headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
    } else {
        origin_is_ours(origin, headers).is_ok()
    }
}
