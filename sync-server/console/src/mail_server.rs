//! The page about the mail server of a firm, which is tested before it is used, and about the
//! key that signs mails. A stored password is never shown again, and is sent
//! to no other mail server than the one it was given for.

mod text;
mod view;

use crate::{
    part::{
        editor::Administrator,
        form::{Form, Posted},
        page,
        told::{Told, both},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::work::Share;
use mail::{
    Delivery, DeliveryError, MailProperties, Smtp, SmtpSecurity, Source, sign,
    transport::{password_place, settings},
};
use model::{
    event::Event,
    mail::MailKind,
    mail_address::{MailAddress, is_dns_name},
};
use std::{collections::BTreeMap, net::IpAddr};
use storage::db::{Actor, Advisor, DbError, MailKey, MailServer, MailState, NewEvent, OutboxRow};
use text::MailServer as Text;
use view::{MailServerPage, Outcome};

type Fields = BTreeMap<String, String>;

/// The ports on which mail servers listen. The server must not connect to any other port.
const PORTS: [u16; 4] = [25, 465, 587, 2525];
/// The number of times within an hour that a firm may test its mail server, because each test is a connection to
/// wherever the firm wants.
pub const TESTS_AN_HOUR: u32 = 10;
const HERE: &str = "/kantoor/mailserver";

/// Handles `GET /kantoor/mailserver`.
pub async fn show(
    State(state): State<Console>,
    Administrator(advisor): Administrator,
    axum::extract::Query(query): axum::extract::Query<Fields>,
) -> Result<Response, ServerError> {
    let server = state.db.read(|q| q.mail_server(advisor.firm))?;
    let form = form_of(server.as_ref());
    let outcome = query.contains_key("opgeslagen").then_some(Outcome::Saved);
    page(&state, advisor, form, outcome)
}

fn form_of(server: Option<&MailServer>) -> Form {
    let mut form = Form::proposing([("port", "587"), ("security", SmtpSecurity::StartTls.word())]);
    if let Some(server) = server {
        form.set("host", server.host.as_str());
        form.set("port", server.port.to_string());
        form.set("security", server.security.as_str());
        form.set("user", server.user.as_str());
        form.set("from", server.from.as_str());
    }
    form
}

fn page(state: &Console, advisor: Advisor, form: Form, outcome: Option<Outcome>) -> Result<Response, ServerError> {
    let firm = advisor.firm;
    let (sender, server, key) = state.db.read(|q| {
        let sender = q.firm(firm)?.ok_or(DbError::Missing("firm of an advisor"))?.sender_address;
        Ok::<_, DbError>((sender, q.mail_server(firm)?, q.mail_key(firm)?))
    })?;
    let status = match (form.is_sound(), &outcome) {
        (true, Some(Outcome::TooMany)) => StatusCode::TOO_MANY_REQUESTS,
        (true, _) => StatusCode::OK,
        (false, _) => StatusCode::BAD_REQUEST,
    };
    let sender = server.as_ref().map(|s| s.from.clone()).filter(|from| !from.is_empty()).unwrap_or(sender);
    let frame = page::frame(&state.db, &state.clock, advisor)?;
    let record = key.as_ref().map(sign::dns_record);
    let page = MailServerPage {
        frame,
        form,
        outcome,
        sender,
        server,
        key,
        record,
        local: state.accounts.origin.is_localhost(),
    };
    Ok((status, Html(view::page(&page))).into_response())
}

/// Handles `POST /kantoor/mailserver`: stores the settings, tests them, or deletes them.
pub async fn act(
    State(state): State<Console>,
    Administrator(advisor): Administrator,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let mut form = Form::from(typed);
    if form.value("action") == "remove" {
        return keep(&state, &advisor, None).await;
    }
    let old = state.db.read(|q| q.mail_server(advisor.firm))?;
    let (server, password) = read(&state, &mut form, &advisor, old);
    if !form.is_sound() {
        return page(&state, advisor, form, None);
    }
    if form.value("action") == "test" {
        if state.mail_tests.check(advisor.firm, state.clock.now()).is_err() {
            return page(&state, advisor, form, Some(Outcome::TooMany));
        }
        let trust = state.reach.trust.clone();
        let outcome = send_test(&state, &advisor, &settings(&server, password, trust)).await?;
        return page(&state, advisor, form, Some(outcome));
    }
    keep(&state, &advisor, Some(server)).await
}

async fn keep(state: &Console, advisor: &Advisor, server: Option<MailServer>) -> Result<Response, ServerError> {
    let (firm, by, now) = (advisor.firm, advisor.clone(), state.clock.now());
    let composer = state.composer.clone();
    state
        .db
        .write(move |tx| {
            let what = both(|t| match &server {
                Some(server) => t.mail_server(&server.host),
                None => t.no_mail_server().to_owned(),
            });
            Told { by: &by, about: None, knows: false, left: None, what }.queue(tx, &composer, now)?;
            tx.set_mail_server(firm, server.as_ref())?;
            tx.log(&NewEvent {
                firm,
                client: None,
                tax_year: None,
                at: now,
                actor: Actor::Advisor(by.id),
                event: Event::MailServerChanged { own: server.is_some() },
            })
        })
        .await?;
    state.composer.queued().notify_one();
    Ok(Redirect::to(&format!("{HERE}?opgeslagen")).into_response())
}

/// Reads the mail server that was typed, and its password.
fn read(state: &Console, form: &mut Form, advisor: &Advisor, old: Option<MailServer>) -> (MailServer, Option<String>) {
    let (firm, t) = (advisor.firm, Text(advisor.language));
    let local = state.accounts.origin.is_localhost();
    let host = form.line("host", 200, t.host_malformed(), t.host_malformed()).to_lowercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    // What a name is, the guard of outgoing connections finds out each time; this is for whoever mistypes one.
    let inside = host.parse::<IpAddr>().is_ok() || !host.contains('.');
    if !host.chars().all(plain) || (inside && !state.reach.egress.reaches_inside()) {
        form.refuse("host", t.host_malformed());
    }
    let port = form.value("port").parse::<u16>().ok().filter(|port| local && *port > 0 || PORTS.contains(port));
    if port.is_none() {
        form.refuse("port", t.port_malformed());
    }
    let security = SmtpSecurity::of(form.value("security")).filter(|s| local || *s != SmtpSecurity::None);
    if security.is_none() {
        form.refuse("security", t.security_missing());
    }
    let (user, from) = (form.value("user").to_owned(), form.value("from").to_owned());
    if user.chars().count() > 200 || user.contains(char::is_control) {
        form.refuse("user", t.too_long());
    }
    if !from.is_empty() && MailAddress::read(&from).is_none() {
        form.refuse("from", t.from_malformed());
    }
    let vault = state.reach.vault.clone();
    // Spaces around a password may be part of it.
    let typed = form.as_typed("password").to_owned();
    let kept = old.filter(|old| old.host == host && old.user == user).and_then(|old| old.password);
    let kept = kept.and_then(|closed| vault.open(&password_place(firm), &closed));
    let password = if typed.is_empty() { kept } else { Some(typed) };
    if !user.is_empty() && password.is_none() {
        form.refuse("password", t.password_missing());
    }
    let password = password.filter(|_| !user.is_empty());
    let closed = password.as_deref().and_then(|password| vault.close(&password_place(firm), password));
    let security = security.unwrap_or_default().word().to_owned();
    let changed_at = state.clock.now();
    let server = MailServer { host, port: port.unwrap_or(587), security, user, password: closed, from, changed_at };
    (server, password)
}

/// Sends a mail to the advisor with these settings, without the outbox.
async fn send_test(state: &Console, advisor: &Advisor, smtp: &Smtp) -> Result<Outcome, ServerError> {
    let now = state.clock.now();
    let kind = MailProperties::of(MailKind::Invitation);
    let language = advisor.language;
    let standard = Source::standard(kind, language);
    let (sample, signer) = state.db.read(|q| {
        let firm = q.firm(advisor.firm)?.ok_or(DbError::Missing("firm of an advisor"))?;
        let sample = state.composer.sample(q, advisor, (kind, language), &standard, (&firm, None), now)?;
        let key = q.mail_key(advisor.firm)?.filter(|key| key.used);
        Ok::<_, DbError>((sample, key))
    })?;
    let mail = state.composer.test_mail(sample.map_err(|_| Refusal::Malformed)?, advisor);
    let signer = signer.and_then(|key| sign::Signer::open(&state.reach.vault, advisor.firm, &key).ok());
    let row = OutboxRow {
        id: 0,
        mail,
        created_at: now,
        attempts: 0,
        state: MailState::Waiting { next_attempt_at: now },
        last_error: String::new(),
        asked_again_at: None,
        seen: false,
    };
    let sent = match Delivery::of_firm(smtp, &state.reach.host, &state.reach.egress) {
        Ok(delivery) => {
            let sent = delivery.deliver(&row, signer.as_ref()).await;
            delivery.hang_up().await;
            sent
        }
        Err(error) => Err(error),
    };
    Ok(match sent {
        Ok(words) => Outcome::Good(words),
        Err(DeliveryError::NotReached) => Outcome::NotReached,
        Err(DeliveryError::UnquotedLater | DeliveryError::UnquotedRefused) => Outcome::Refused,
        Err(error) => Outcome::Bad(error.to_string()),
    })
}

/// Handles `POST /kantoor/mailserver/sleutel`: makes a key, or switches it on or off.
pub async fn key(
    State(state): State<Console>,
    Administrator(advisor): Administrator,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let (firm, by, now) = (advisor.firm, advisor.clone(), state.clock.now());
    let composer = state.composer.clone();
    let mut form = Form::from(typed);
    let old = state.db.read(|q| q.mail_key(firm))?;
    let key = match (form.value("action"), old) {
        ("make", _) => {
            let domain = form.value("domain").to_lowercase();
            if !is_dns_name(&domain) || !domain.is_ascii() {
                form.refuse("domain", Text(advisor.language).domain_malformed());
                let server = state.db.read(|q| q.mail_server(firm))?;
                let mut again = form_of(server.as_ref());
                again.set("domain", form.value("domain"));
                again.refuse("domain", Text(advisor.language).domain_malformed());
                return page(&state, advisor, again, None);
            }
            let (vault, algorithm) = (state.reach.vault.clone(), form.value("algorithm"));
            let algorithm = sign::Algorithm::of(algorithm).unwrap_or_default();
            state
                .work
                .run(Share::Console, move || sign::make_key(&vault, firm, &domain, algorithm, now))
                .await?
                .map_err(ServerError::inner)?
        }
        ("on", Some(old)) => MailKey { used: true, changed_at: now, ..old },
        ("off", Some(old)) => MailKey { used: false, changed_at: now, ..old },
        _ => return Err(Refusal::Malformed.into()),
    };
    state
        .db
        .write(move |tx| {
            tx.set_mail_key(firm, Some(&key))?;
            let what = both(|t| t.mail_key().to_owned());
            Told { by: &by, about: None, knows: false, left: None, what }.queue(tx, &composer, now)?;
            tx.log(&NewEvent {
                firm,
                client: None,
                tax_year: None,
                at: now,
                actor: Actor::Advisor(by.id),
                event: Event::MailKeyChanged { used: key.used },
            })
        })
        .await?;
    Ok(Redirect::to(&format!("{HERE}#handtekening")).into_response())
}
