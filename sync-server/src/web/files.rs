//! Serves the app's own files: from the folder that the build wrote, or from inside
//! the binary. Never anything that a person made.

use crate::config::Config;
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use data_encoding::HEXLOWER;
use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

/// The paths below which the server itself answers and no screen of the app is served, as a JSON list. The build gives
/// the same list to the service worker.
pub const SERVER_PAGES: &str = include_str!("../../../assets/server-pages.json");

fn is_of_server(path: &str) -> bool {
    static PREFIXES: LazyLock<Vec<String>> = LazyLock::new(|| serde_json::from_str(SERVER_PAGES).unwrap_or_default());
    PREFIXES.iter().any(|prefix| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Handles everything that no route handles: serves a file of the app, or one of its screens.
pub async fn app_file(State(config): State<Arc<Config>>, request: Request) -> Result<Response, ServerError> {
    let path = request.uri().path();
    if is_of_server(path) || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::NotFound.into());
    }
    let name = path.trim_start_matches('/');
    let is_screen = !name.rsplit('/').next().unwrap_or_default().contains('.');
    let name = if is_screen { "index.html" } else { name };
    if !is_plain(name) {
        return Err(Refusal::NotFound.into());
    }
    let file = read(&config, name).await?.ok_or(Refusal::NotFound)?;
    let compressed = match accepts_brotli(request.headers()) {
        true => read(&config, &format!("{name}.br")).await?,
        false => None,
    };
    Ok(respond(name, &request, file, compressed))
}

/// A file of the app with its SHA-256 hash.
struct AppFile {
    content: Cow<'static, [u8]>,
    hash: [u8; 32],
}

fn respond(name: &str, request: &Request, file: AppFile, compressed: Option<AppFile>) -> Response {
    let etag = format!("\"{}\"", HEXLOWER.encode(&compressed.as_ref().unwrap_or(&file).hash[..16]));
    let cache = match asks_for_version(request, &file.hash) {
        true => "public, max-age=31536000, immutable",
        // Browsers may store it and have to ask each time, so that an update is never missed.
        false => "no-cache",
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(name)));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    if is_current(request.headers(), &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let body = match compressed {
        Some(compressed) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            compressed.content
        }
        None => file.content,
    };
    (headers, body).into_response()
}

/// Returns true if the address has the hash of exactly this content, so that it can
/// never mean another.
fn asks_for_version(request: &Request, hash: &[u8; 32]) -> bool {
    let asked = request
        .uri()
        .query()
        .and_then(|query| url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "h"));
    asked.is_some_and(|(_, asked)| asked == STANDARD.encode(hash))
}

fn is_current(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag))
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let value = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| {
        value
            .split(',')
            .any(|one| one.split(';').next().is_some_and(|coding| coding.trim() == "br") && !one.contains("q=0"))
    })
}

/// Returns true for a name that stays inside the folder: words, and nothing that a file system
/// interprets.
fn is_plain(name: &str) -> bool {
    name.split('/').all(|part| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
    })
}

/// The hash of a file, with the size and the moment of the change at which it was computed.
#[cfg(not(feature = "embed"))]
type Known = (u64, std::time::SystemTime, [u8; 32]);

/// The time in seconds within which a file may change once more without another moment of its change.
#[cfg(not(feature = "embed"))]
const COARSE: u64 = 2;

/// Reads a file of the folder. It is hashed once; a build may write the folder again while the server runs.
#[cfg(not(feature = "embed"))]
async fn read(config: &Config, name: &str) -> Result<Option<AppFile>, ServerError> {
    use sha2::{Digest, Sha256};
    use std::{
        collections::HashMap,
        io::ErrorKind,
        path::PathBuf,
        sync::{Mutex, PoisonError},
    };
    static KNOWN: LazyLock<Mutex<HashMap<PathBuf, Known>>> = LazyLock::new(Mutex::default);
    let path = config.app.join(name);
    let found = async { Ok((tokio::fs::metadata(&path).await?.modified()?, tokio::fs::read(&path).await?)) };
    let (changed, bytes) = match found.await {
        Ok(found) => found,
        Err(error) => {
            let error: std::io::Error = error;
            return match error.kind() {
                ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory => Ok(None),
                _ => Err(error.into()),
            };
        }
    };
    let size = bytes.len() as u64;
    let known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(&path).copied();
    let hash = match known {
        Some((of_size, of, hash)) if of_size == size && of == changed => hash,
        _ => {
            let hash = Sha256::digest(&bytes).into();
            if changed.elapsed().is_ok_and(|age| age.as_secs() > COARSE) {
                KNOWN.lock().unwrap_or_else(PoisonError::into_inner).insert(path, (size, changed, hash));
            }
            hash
        }
    };
    Ok(Some(AppFile { hash, content: Cow::Owned(bytes) }))
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../dist"]
struct Embedded;

/// Reads a file of the binary. Its hash was computed when the server was built.
#[cfg(feature = "embed")]
async fn read(_: &Config, name: &str) -> Result<Option<AppFile>, ServerError> {
    Ok(Embedded::get(name).map(|file| AppFile { hash: file.metadata.sha256_hash(), content: file.data }))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_folder_is_none() {
        let check = |name: &str, expected| assert_eq!(is_plain(name), expected, "{name}");
        check("app_bg.wasm", true);
        check("snippets/app-1/inline0.js", true);
        check("../Cargo.toml", false);
        check("fonts/../../x.js", false);
        check(".git/config.js", false);
        check("a//b.js", false);
        check("C:\\x.js", false);
        check("%2e%2e/x.js", false);
    }
}
