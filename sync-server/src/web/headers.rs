//! Sets headers on every response, and shows a page in place of a refusal's JSON.

use crate::config::Config;
use accounts::error::Refusal;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use model::language::Language;
use std::sync::Arc;

const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; frame-src 'self' blob:; \
     worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The headers that are sent unless a handler chose its own.
const DEFAULTS: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The same for pages and workers, because nothing else obeys these headers.
const OF_PAGES: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    // Our own pages have to send their origin, because forms are checked by it.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), publickey-credentials-create=(self), publickey-credentials-get=(self), \
         geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The policy of the parts of a page, for whoever opens one by itself: it loads nothing and is in no frame.
const POLICY_OF_PARTS: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The media types of the parts of a page, which need fewer headers, by their start.
const PARTS: [&str; 5] = ["text/javascript", "text/css", "font/", "application/wasm", "image/png"];

/// The scripts that run as workers.
const WORKERS: [&str; 2] = ["/sw.js", "/reader/worker.js"];

/// Sets the security headers.
pub async fn secure(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let is_worker = WORKERS.contains(&request.uri().path());
    let mut response = next.run(request).await;
    // The browser has these headers from the response that it stored.
    let is_known = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_part = PARTS.iter().any(|part| media_type.starts_with(part));
    let of_page = is_worker || !is_part;
    let of_pages = OF_PAGES.into_iter().filter(|_| !is_known && of_page);
    let of_parts = (!is_known && !of_page).then_some((header::CONTENT_SECURITY_POLICY, POLICY_OF_PARTS));
    for (name, value) in DEFAULTS.into_iter().chain(of_pages).chain(of_parts) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // A person's data must not stay in a cache that we do not know.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if !config.origin.is_localhost() {
        let policy = match config.hsts_subdomains {
            true => "max-age=31536000; includeSubDomains",
            false => "max-age=31536000",
        };
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(policy));
    }
    response
}

/// Turns a refusal into a page if a page was asked for.
pub async fn pages_for_refusals(request: Request, next: Next) -> Response {
    let wants_page = !request.uri().path().starts_with("/api/") && accepts_pages(request.headers());
    let language = language_of(request.headers());
    let response = next.run(request).await;
    match response.extensions().get::<Refusal>().copied() {
        Some(refusal) if wants_page => {
            let mut page = (refusal.status(), Html(page(refusal, language))).into_response();
            if let Some(wait) = response.headers().get(header::RETRY_AFTER) {
                page.headers_mut().insert(header::RETRY_AFTER, wait.clone());
            }
            page.extensions_mut().insert(refusal);
            page
        }
        _ => response,
    }
}

fn accepts_pages(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

/// Returns the first language that the browser asks for, for a visitor who is not logged in.
pub fn language_of(headers: &HeaderMap) -> Language {
    let value = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    value.map_or(Language::Nl, Language::from_tag)
}

fn page(refusal: Refusal, language: Language) -> String {
    let (tag, sentence) = (language.tag(), refusal.sentence(language));
    let back = match language {
        Language::Nl => "Naar het begin",
        Language::En => "To the start",
    };
    format!(
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Akkoord</title>\
         <link rel=\"icon\" href=\"/icons/akkoord.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"/app.css\"></head>\
         <body class=\"app\"><main class=\"page\"><h1>Akkoord</h1>\
         <div class=\"notice notice--bad\" role=\"alert\">\
         <i class=\"icon icon-triangle-alert\" aria-hidden=\"true\"></i><strong>{sentence}</strong></div>\
         <p><a class=\"btn\" href=\"/\">{back}</a></p></main></body></html>\n"
    )
}
