//! The development mailbox shows the mails of this server as pages, with the secrets in them. It exists only
//! while no mail server is set and browsers run on this machine, and for these browsers. It changes no
//! mail.

use crate::state::AppState;
use accounts::error::{Refusal, ServerError};
use axum::{
    Json, Router,
    extract::{ConnectInfo, FromRequestParts, Path},
    http::{HeaderName, header, request::Parts},
    response::Html,
    routing::get,
};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use model::language::Language;
use serde::Serialize;
use std::net::SocketAddr;
use storage::db::{Db, MailState, OutboxRow};
use ui::format;

const PAGE: &str = include_str!("../../../assets/mail/mailbox.html");
/// The maximum number of mails that are shown, which is as many as a developer scrolls through.
const SHOWN: u32 = 500;

/// The policy of a mail: it may use its own styles, and nothing else that is active.
const MAIL_POLICY: [(HeaderName, &str); 1] =
    [(header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")];

/// Returns the routes of the mailbox.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/dev/mailbox", get(list))
        .route("/dev/mailbox.json", get(list_json))
        .route("/dev/mailbox/{id}", get(show))
        .route("/dev/mailbox/{id}/html", get(show_html))
}

/// Proves that the mailbox exists on this server.
struct InDevelopment(Db);

impl FromRequestParts<AppState> for InDevelopment {
    type Rejection = ServerError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ServerError> {
        let origin = &state.config.origin;
        let exists = origin.is_localhost() && state.config.smtp.is_none();
        // The server may listen on other addresses too, and a name of somebody else may lead to this one.
        if exists && is_here(parts) && host(parts) == origin.as_str().split_once("://").map(|(_, host)| host) {
            Ok(Self(state.db.clone()))
        } else {
            Err(Refusal::NotFound.into())
        }
    }
}

/// Returns true if the request comes from this machine.
fn is_here(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback())
}

fn host(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::HOST)?.to_str().ok()
}

/// A mail in the form in which programs read it.
#[derive(Debug, Serialize)]
struct MailView {
    id: i64,
    kind: String,
    from_name: String,
    from: String,
    reply_to: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    /// The moment in milliseconds since 1970.
    at: i64,
    /// The address that the button opens.
    link: String,
    sent: bool,
    error: String,
}

impl From<OutboxRow> for MailView {
    fn from(row: OutboxRow) -> Self {
        let sent = matches!(row.state, MailState::Sent { .. });
        let OutboxRow { id, mail, created_at, last_error, .. } = row;
        let link = mail.body_text.lines().find(|line| line.starts_with("http")).unwrap_or_default().to_owned();
        Self {
            id,
            kind: mail.kind.word().to_owned(),
            from_name: mail.from_name,
            from: mail.from_address,
            reply_to: mail.reply_to,
            to: mail.to_address,
            subject: mail.subject,
            text: mail.body_text,
            html: mail.body_html,
            at: created_at.0,
            link,
            sent,
            error: last_error,
        }
    }
}

async fn list_json(InDevelopment(db): InDevelopment) -> Result<Json<Vec<MailView>>, ServerError> {
    let rows = db.read(|q| q.newest_mails(SHOWN))?;
    Ok(Json(rows.into_iter().map(MailView::from).collect()))
}

async fn list(InDevelopment(db): InDevelopment) -> Result<Html<String>, ServerError> {
    let rows = db.read(|q| q.newest_mails(SHOWN))?;
    let mails: Vec<Value> = rows.into_iter().map(value).collect();
    page(minijinja::context! { mails, mail => false })
}

async fn show(InDevelopment(db): InDevelopment, Path(id): Path<i64>) -> Result<Html<String>, ServerError> {
    let row = db.read(|q| q.mail(id))?.ok_or(Refusal::NotFound)?;
    page(minijinja::context! { mail => value(row), mails => false })
}

async fn show_html(
    InDevelopment(db): InDevelopment,
    Path(id): Path<i64>,
) -> Result<([(HeaderName, &'static str); 1], Html<String>), ServerError> {
    let row = db.read(|q| q.mail(id))?.ok_or(Refusal::NotFound)?;
    // Without a target a link would open inside the frame.
    let html = row.mail.body_html.replacen("<head>", "<head>\n  <base target=\"_top\">", 1);
    Ok((MAIL_POLICY, Html(html)))
}

fn value(row: OutboxRow) -> Value {
    let at = format::moment_long(row.created_at, mail::offset_at_office(row.created_at), Language::Nl);
    let MailView { id, kind, from_name, from, reply_to, to, subject, text, link, error, .. } = MailView::from(row);
    minijinja::context! { at, id, kind, from_name, from, reply_to, to, subject, text, link => mail::link_as_text(&link), error }
}

fn page(values: Value) -> Result<Html<String>, ServerError> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.render_named_str("mailbox.html", PAGE, values).map(Html).map_err(ServerError::inner)
}
