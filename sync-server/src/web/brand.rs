//! A firm's logo and colour, for everybody without a login.
//! Each address contains the hash or value of its content, so it never means another.

use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use model::{accent::Accent, hash::ContentHash};
use storage::db::Db;

/// The header that lets browsers and caches in between keep a file forever.
const FOR_GOOD: (HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));

/// The policy of a picture or a style sheet: it may load and run nothing.
const POLICY: (HeaderName, HeaderValue) =
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));

fn answer(media_type: &'static str, content: impl IntoResponse) -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    ([kind, FOR_GOOD, POLICY], content).into_response()
}

/// Handles `GET /api/logos/{hash}`: the logo with this hash.
pub async fn logo(State(db): State<Db>, Path(hash): Path<String>) -> Result<Response, ServerError> {
    let hash: ContentHash = hash.parse().map_err(|_| Refusal::NotFound)?;
    let png = db.read(|q| q.logo(hash))?.ok_or(Refusal::NotFound)?;
    Ok(answer("image/png", png))
}

/// Handles `GET /api/accents/{accent}`, six hexadecimal digits: a style sheet with all shades of
/// this colour.
pub async fn accent(Path(accent): Path<String>) -> Result<Response, ServerError> {
    let accent = Accent::parse(&format!("#{accent}")).ok_or(Refusal::NotFound)?;
    Ok(answer("text/css; charset=utf-8", accent.style_sheet()))
}
