//! The editor of mail texts: a firm's own text for each kind of mail, which can be tested
//! before it is used.

mod text;
pub mod view;

use crate::{
    part::{
        editor::{Administrator, Editor},
        form::{Form, Posted},
        page,
    },
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderName, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use mail::{MailProperties, MailTextMistake, Misprint, PlacedMistake, Source};
use model::{event::Event, id::FirmId, language::Language, mail::MailKind};
use std::collections::BTreeMap;
use storage::db::{self, Actor, Advisor, AdvisorRole, DbError, MailText, NewEvent};
use text::MailEditor as Text;
use view::{MailTextPage, Preview};

/// The maximum number of versions that are listed.
const VERSIONS: u32 = 20;

/// The policy of a preview: it may use the mail's own styles, and nothing else that is active.
pub(super) const PREVIEW_POLICY: [(HeaderName, &str); 1] = [(
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox",
)];

type Fields = BTreeMap<String, String>;
type TextPath = Path<(String, String)>;

/// Returns the mail that an address is about.
fn meant(kind: &str, language: &str) -> Result<(&'static MailProperties, Language), Refusal> {
    let language = match language {
        "nl" => Language::Nl,
        "en" => Language::En,
        _ => return Err(Refusal::NotFound),
    };
    let kind = MailKind::of(kind).filter(|kind| *kind != MailKind::Test).ok_or(Refusal::NotFound)?;
    Ok((MailProperties::of(kind), language))
}

/// Handles `GET /kantoor/sjablonen`: shows the first mail.
pub async fn first(state: State<Console>, console: InConsole, query: Query<Fields>) -> Result<Response, ServerError> {
    let language = console.0.language.tag().to_owned();
    show(state, console, Path((MailKind::Invitation.word().to_owned(), language)), query).await
}

/// Handles `GET /kantoor/sjablonen/{kind}/{language}`: shows the text in use, or an older version.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((kind, language)): TextPath,
    Query(query): Query<Fields>,
) -> Result<Response, ServerError> {
    let mail = meant(&kind, &language)?;
    let mut at = At::load(&state, advisor, mail)?;
    at.page.saved = query.contains_key("opgeslagen");
    let mut source = at.counts();
    if let Some(version) = query.get("versie").and_then(|id| id.parse::<i64>().ok()) {
        let old = at.page.versions.iter().find(|text| text.id == version).ok_or(Refusal::NotFound)?;
        source = source_of(old, mail);
        at.page.old = Some(old.at);
    }
    let mut form = form_of(&source);
    form.set("seen", at.seen().to_string());
    form.set("client", query.get("klant").cloned().unwrap_or_default());
    at.page.form = form;
    Ok(at.answer(StatusCode::OK))
}

/// Handles `POST /kantoor/sjablonen/{kind}/{language}`: saves, restores the default, or sends
/// a test.
pub async fn act(
    State(state): State<Console>,
    Administrator(advisor): Administrator,
    Path((kind, language)): TextPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let mail = meant(&kind, &language)?;
    let (source, mut form) = (typed_source(&typed), Form::from(typed));
    match form.value("action") {
        "reset" => keep(&state, advisor, mail, None, form).await,
        "test" | "save" => {
            if refuse(&mut form, &source, mail, advisor.language) {
                let mut at = At::load(&state, advisor, mail)?;
                at.page.form = form;
                return Ok(at.answer(StatusCode::BAD_REQUEST));
            }
            if form.value("action") == "test" {
                return send_test(&state, advisor, mail, &source, form).await;
            }
            let text = (source != Source::standard(mail.0, mail.1)).then(|| source.stored());
            keep(&state, advisor, mail, text, form).await
        }
        _ => Err(Refusal::Malformed.into()),
    }
}

/// Handles `GET …/voorbeeld`: shows the text in use as a mail.
pub async fn preview(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((kind, language)): TextPath,
    Query(query): Query<Fields>,
) -> Result<Response, ServerError> {
    let mail = meant(&kind, &language)?;
    let at = At::load(&state, advisor, mail)?;
    let number = query.get("klant").map_or("", String::as_str);
    let version = query.get("versie").and_then(|id| id.parse::<i64>().ok());
    let old = at.page.versions.iter().find(|text| Some(text.id) == version);
    let source = old.map_or_else(|| at.counts(), |old| source_of(old, mail));
    sample(&state, &at.page.frame.advisor, mail, &source, number)
}

/// Handles `POST …/voorbeeld`: shows what was typed as a mail. Stores nothing.
pub async fn preview_typed(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((kind, language)): TextPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let mail = meant(&kind, &language)?;
    let number = typed.get("client").map_or("", String::as_str);
    sample(&state, &advisor, mail, &typed_source(&typed), number)
}

fn sample(
    state: &Console,
    advisor: &Advisor,
    (kind, language): (&'static MailProperties, Language),
    source: &Source,
    number: &str,
) -> Result<Response, ServerError> {
    let t = Text(advisor.language);
    let number = number.trim();
    let sample = state.db.read(|q| {
        let client = match number {
            "" => q.newest_client(advisor.firm)?,
            number => q.client_by_number(advisor.firm, number)?,
        };
        let made_up = client.is_none() && !number.is_empty();
        let firm = q.firm(advisor.firm)?.ok_or(DbError::Missing("firm of an advisor"))?;
        let of = (&firm, client.as_ref());
        let sample = state.composer.sample(q, advisor, (kind, language), source, of, state.clock.now())?;
        Ok::<_, DbError>((sample, made_up))
    })?;
    let page = match sample {
        (Ok(mail), made_up) => {
            view::preview(advisor.language, Preview { mail: &mail, remark: made_up.then(|| t.no_such_client()) })
        }
        (Err(misprint), _) => view::no_preview(advisor.language, &sentence(t, &misprint)),
    };
    Ok((PREVIEW_POLICY, Html(page)).into_response())
}

async fn send_test(
    state: &Console,
    advisor: Advisor,
    (kind, language): (&'static MailProperties, Language),
    source: &Source,
    form: Form,
) -> Result<Response, ServerError> {
    let number = form.value("client").to_owned();
    let (composer, now, me, source) = (state.composer.clone(), state.clock.now(), advisor.clone(), source.clone());
    let sent = state.db.write(move |tx| {
        let client = match number.as_str() {
            "" => tx.newest_client(me.firm)?,
            number => tx.client_by_number(me.firm, number)?,
        };
        let firm = tx.firm(me.firm)?.ok_or(DbError::Missing("firm of an advisor"))?;
        let sample = composer.sample(tx, &me, (kind, language), &source, (&firm, client.as_ref()), now)?;
        let Ok(mail) = sample else { return Ok(false) };
        composer.put(tx, &composer.test_mail(mail, &me), now, now)?;
        Ok::<_, DbError>(true)
    });
    if !sent.await? {
        return Err(Refusal::Malformed.into());
    }
    let mut at = At::load(state, advisor, (kind, language))?;
    at.page.form = form;
    at.page.test_sent = true;
    Ok(at.answer(StatusCode::OK))
}

/// Adds a version, unless somebody else added one since the page was loaded.
async fn keep(
    state: &Console,
    advisor: Advisor,
    mail: (&'static MailProperties, Language),
    text: Option<String>,
    mut form: Form,
) -> Result<Response, ServerError> {
    let (kind, language) = mail;
    let seen = form.value("seen").parse::<i64>().unwrap_or(0);
    let (firm, by, now) = (advisor.firm, advisor.id, state.clock.now());
    let kept = state.db.write(move |tx| {
        let newest = tx.mail_text(firm, kind.id, language)?;
        if newest.as_ref().map_or(0, |newest| newest.id) != seen {
            return Ok(false);
        }
        let before = newest.and_then(|newest| newest.source);
        if before != text {
            tx.add_mail_text((firm, kind.id, language), text.as_deref(), by, now)?;
            tx.log(&NewEvent {
                firm,
                client: None,
                tax_year: None,
                at: now,
                actor: Actor::Advisor(by),
                event: Event::MailTextChanged { kind: kind.id, language },
            })?;
        }
        Ok::<_, DbError>(true)
    });
    if kept.await? {
        let to = format!("/kantoor/sjablonen/{}/{}?opgeslagen", kind.id.word(), language.tag());
        return Ok(Redirect::to(&to).into_response());
    }
    let mut at = At::load(state, advisor, mail)?;
    form.set("seen", at.seen().to_string());
    at.page.form = form;
    at.page.conflict = true;
    Ok(at.answer(StatusCode::CONFLICT))
}

/// The mail that is edited, with the firm's present text for it.
struct At {
    page: MailTextPage,
}

impl At {
    fn load(
        state: &Console,
        advisor: Advisor,
        (kind, language): (&'static MailProperties, Language),
    ) -> Result<Self, ServerError> {
        let firm = advisor.firm;
        let (versions, own) = state
            .db
            .read(|q| Ok::<_, DbError>((q.mail_texts(firm, kind.id, language, VERSIONS)?, q.own_mail_texts(firm)?)))?;
        let may_save = advisor.role == AdvisorRole::Administrator;
        let frame = page::frame(&state.db, &state.clock, advisor)?;
        Ok(Self {
            page: MailTextPage {
                frame,
                kind,
                language,
                versions,
                own,
                may_save,
                form: Form::default(),
                saved: false,
                test_sent: false,
                conflict: false,
                old: None,
            },
        })
    }

    fn seen(&self) -> i64 {
        self.page.versions.first().map_or(0, |text| text.id)
    }

    fn counts(&self) -> Source {
        let mail = (self.page.kind, self.page.language);
        self.page.versions.first().map_or_else(|| Source::standard(mail.0, mail.1), |text| source_of(text, mail))
    }

    fn answer(&self, status: StatusCode) -> Response {
        (status, Html(view::page(&self.page))).into_response()
    }
}

/// Returns the text that a firm's mails of this kind have now: its own or the standard one.
pub(super) fn source_now(
    q: &db::Query<'_>,
    firm: FirmId,
    mail: (&'static MailProperties, Language),
) -> Result<Source, DbError> {
    let text = q.mail_text(firm, mail.0.id, mail.1)?;
    Ok(text.map_or_else(|| Source::standard(mail.0, mail.1), |text| source_of(&text, mail)))
}

fn source_of(text: &MailText, (kind, language): (&MailProperties, Language)) -> Source {
    text.source.as_deref().map_or_else(|| Source::standard(kind, language), Source::of)
}

fn form_of(source: &Source) -> Form {
    let mut form = Form::default();
    for (field, text) in source.lines() {
        form.set(field, text);
    }
    form.set("body", source.body.as_str());
    form
}

fn typed_source(typed: &Fields) -> Source {
    let line = |name: &str| typed.get(name).map_or("", |text| text.trim()).to_owned();
    let body = typed.get("body").map_or("", String::as_str).replace("\r\n", "\n");
    Source {
        subject: line("subject"),
        preview: line("preview"),
        status: line("status"),
        heading: line("heading"),
        button: line("button"),
        body: body.trim_end().trim_start_matches('\n').to_owned(),
    }
}

/// Notes at each field what is wrong with it. Returns true if anything is.
fn refuse(form: &mut Form, source: &Source, (kind, language): (&MailProperties, Language), reader: Language) -> bool {
    for misprint in source.misprints(kind, language) {
        form.refuse(misprint.field, sentence(Text(reader), &misprint));
    }
    !form.is_sound()
}

fn sentence(t: Text, misprint: &Misprint) -> String {
    let PlacedMistake { line, column, mistake } = &misprint.placed;
    match mistake {
        MailTextMistake::UnknownName(name) => t.unknown(*line, *column, &format!("{{{name}}}")),
        MailTextMistake::Unclosed(mark) => t.unclosed(*line, *column, mark),
        MailTextMistake::Stray(mark) => t.stray(*line, *column, mark),
        MailTextMistake::Button => t.no_button().to_owned(),
        MailTextMistake::Facts => t.facts(*line),
        MailTextMistake::Empty => t.empty().to_owned(),
        MailTextMistake::TooLong(most) if misprint.field == "body" => t.too_long_body(*most),
        MailTextMistake::TooLong(most) => t.too_long(*most),
    }
}
