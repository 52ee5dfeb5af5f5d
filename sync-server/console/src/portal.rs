//! The page on which the firm sets up how it presents itself to clients.

pub mod preview;
pub mod text;
mod view;

use crate::part::{
    editor::Administrator,
    field::text::Fields,
    form::Form,
    page,
    storage_use::StorageUse,
    upload::{Sent, SentFile, receive},
    year,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Multipart, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::Dossiers;
use inspect::{InspectError, Refused, logo, logo::LogoError};
use model::{accent::Accent, event::Event, id::FirmId, language::Bilingual};
use std::collections::BTreeMap;
use storage::{
    clock::Clock,
    db::{Actor, Advisor, AdvisorRole, Db, DbError, Firm, NewEvent, Portal, Usage},
};
use text::Portal as Text;
use view::PortalPage;

/// The number of bytes that are read of the form, so that the page can say at the field that a
/// logo is too large.
pub const ROOM: usize = 8 * 1024 * 1024;
/// The maximum number of characters of the sentence of welcome.
const WELCOME: usize = 240;

fn firm_of(db: &Db, advisor: &Advisor) -> Result<(Firm, Portal), DbError> {
    db.read(|q| {
        let firm = q.firm(advisor.firm)?.ok_or(DbError::Missing("firm of an advisor"))?;
        Ok((firm, q.portal(advisor.firm)?))
    })
}

/// Handles `GET /kantoor/portaal`. With `accent`, the page shows how that colour would look.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(dossiers): State<Dossiers>,
    InConsole(advisor): InConsole,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Html<String>, ServerError> {
    let (firm, portal) = firm_of(&db, &advisor)?;
    let may_save = advisor.role == AdvisorRole::Administrator;
    let tried = query.get("accent").and_then(|accent| Accent::parse(accent));
    let accent = tried.unwrap_or_else(|| Accent::or_own(&firm.accent)).text();
    let form = Form::proposing([
        ("name", firm.name.as_str()),
        ("phone", &firm.phone),
        ("welcome_nl", &portal.welcome.nl),
        ("welcome_en", &portal.welcome.en),
        ("sender_name", &firm.sender_name),
        ("sender_address", &firm.sender_address),
        ("accent", &accent),
        ("statement_nl", &firm.statement_nl),
        ("statement_en", &firm.statement_en),
    ]);
    let mut form = form;
    form.set("seen", mark(&firm, &portal));
    let frame = page::frame(&db, &clock, advisor)?;
    let saved = query.contains_key("opgeslagen");
    let files = files_of(&db, &dossiers, firm.id)?;
    let page = PortalPage { frame: &frame, form: &form, logo: portal.logo, files, saved, may_save, conflict: false };
    Ok(Html(view::page(&page)))
}

fn files_of(db: &Db, dossiers: &Dossiers, firm: FirmId) -> Result<StorageUse, DbError> {
    let quota = dossiers.files().quota();
    let most = Usage { bytes: quota.firm_bytes, files: quota.firm_files };
    Ok(StorageUse { used: db.read(|q| q.usage_of_firm(firm))?, most, of_firm: true })
}

/// Returns a hash of what is saved, by which a change made by somebody else is noticed.
fn mark(firm: &Firm, portal: &Portal) -> String {
    let all = format!("{firm:?} {portal:?}");
    blake3::hash(all.as_bytes()).to_hex().as_str()[..16].to_owned()
}

/// The change to the logo that the form asks for.
enum LogoChange {
    Keep,
    Remove,
    Set(Vec<u8>),
}

/// Handles `POST /kantoor/portaal`.
pub async fn save(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(dossiers): State<Dossiers>,
    Administrator(advisor): Administrator,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let (before, portal) = firm_of(&db, &advisor)?;
    let Sent { mut form, file, .. } = receive(dossiers.files(), parts, logo::LARGEST).await?;
    let t = Text(advisor.language);
    let (firm, welcome) = read(&mut form, before.clone(), t, Fields(advisor.language));
    // Somebody else saved since this page was loaded: their change must not be overwritten unseen.
    let now = mark(&before, &portal);
    let conflict = form.value("seen") != now;
    form.set("seen", now);
    let file = file.map(|(_, file)| file);
    let change = if conflict || !form.is_sound() {
        // Nobody looks into a file that will not be saved.
        if file.is_some() {
            form.refuse("file", t.logo_again());
        }
        LogoChange::Keep
    } else {
        read_logo(&dossiers, &mut form, file, &advisor).await?
    };
    if conflict || !form.is_sound() {
        let frame = page::frame(&db, &clock, advisor)?;
        let (logo, files) = (portal.logo, files_of(&db, &dossiers, before.id)?);
        let page = PortalPage { frame: &frame, form: &form, logo, files, saved: false, may_save: true, conflict };
        let status = if conflict { StatusCode::CONFLICT } else { StatusCode::BAD_REQUEST };
        return Ok((status, Html(view::page(&page))).into_response());
    }
    let on_cover = |firm: &Firm| (firm.name.clone(), firm.phone.clone(), firm.accent.clone());
    let covers_change = on_cover(&before) != on_cover(&firm);
    let (by, now) = (advisor.id, clock.now());
    db.write(move |tx| {
        tx.set_firm(&firm)?;
        tx.set_welcome(firm.id, &welcome)?;
        match &change {
            LogoChange::Keep => {}
            LogoChange::Remove => tx.set_logo(firm.id, None)?,
            LogoChange::Set(png) => tx.set_logo(firm.id, Some(png))?,
        }
        tx.log(&NewEvent {
            firm: firm.id,
            client: None,
            tax_year: None,
            at: now,
            actor: Actor::Advisor(by),
            event: Event::FirmChanged {},
        })
    })
    .await?;
    if covers_change {
        let clients = db.read(|q| q.clients(advisor.firm))?.into_iter().map(|client| client.id).collect();
        year::act(&dossiers, move |d| {
            d.renew_covers(&advisor, clients);
            Ok(())
        })
        .await??;
    }
    Ok(Redirect::to("/kantoor/portaal?opgeslagen").into_response())
}

fn read(form: &mut Form, firm: Firm, t: Text, n: Fields) -> (Firm, Bilingual) {
    let phone = form.line("phone", 30, t.phone_malformed(), t.phone_malformed());
    if !phone.chars().all(|c| c.is_ascii_digit() || " +()-".contains(c)) {
        form.refuse("phone", t.phone_malformed());
    }
    let welcome = Bilingual { nl: welcome(form, "welcome_nl", t), en: welcome(form, "welcome_en", t) };
    let firm = Firm {
        name: form.line("name", 120, t.name_missing(), n.too_long()),
        phone,
        sender_name: form.line("sender_name", 120, t.name_missing(), n.too_long()),
        sender_address: form.mail_address("sender_address", n.email_missing(), n.email_malformed()),
        accent: accent(form, &firm.accent, t),
        statement_nl: statement(form, "statement_nl", t),
        statement_en: statement(form, "statement_en", t),
        ..firm
    };
    (firm, welcome)
}

/// Returns the colour that was chosen. Without script, choosing a swatch does
/// not change the text field, so the one of the two that was changed is used.
fn accent(form: &mut Form, saved: &str, t: Text) -> String {
    let [typed, chosen] = ["accent", "swatch"].map(|name| form.value(name).to_lowercase());
    let meant = if typed == saved && !chosen.is_empty() { chosen } else { typed };
    form.set("accent", meant.clone());
    match Accent::parse(&meant) {
        None => form.refuse("accent", t.accent_malformed()),
        // Every accent should come out readable; should a calculation ever say otherwise, it is refused.
        Some(accent) if !accent.is_readable() => form.refuse("accent", t.accent_unreadable()),
        Some(_) => {}
    }
    meant
}

fn welcome(form: &mut Form, name: &str, t: Text) -> String {
    // The field has several lines for one sentence, so line breaks in it mean nothing.
    let text = form.value(name).lines().map(str::trim).collect::<Vec<_>>().join(" ");
    if text.chars().count() > WELCOME || text.chars().any(char::is_control) {
        form.refuse(name, t.welcome_too_long());
    }
    text
}

fn statement(form: &mut Form, name: &str, t: Text) -> String {
    let text = form.value(name).replace("\r\n", "\n");
    if text.is_empty() {
        form.refuse(name, t.statement_missing());
    } else if text.chars().count() > 2_000 {
        form.refuse(name, t.statement_too_long());
    }
    text
}

async fn read_logo(
    dossiers: &Dossiers,
    form: &mut Form,
    file: Option<SentFile>,
    advisor: &Advisor,
) -> Result<LogoChange, ServerError> {
    let t = Text(advisor.language);
    let drawn = match file {
        None => {
            let gone = form.value("logo_remove") == "yes";
            return Ok(if gone { LogoChange::Remove } else { LogoChange::Keep });
        }
        Some(None) => Err(Refused::from(LogoError::TooLarge).into()),
        Some(Some(file)) => dossiers.inspector().logo(advisor.id, file.hash, file.part.path()).await,
    };
    let sentence = match drawn {
        Ok(png) => return Ok(LogoChange::Set(png)),
        Err(InspectError::Db(error)) => return Err(error.into()),
        Err(InspectError::Refused(Refused::Logo(why))) => sentence(t, why),
        Err(InspectError::Refused(_)) => t.logo_broken(),
        Err(InspectError::Busy | InspectError::NoWorker) => Refusal::FilesWait.sentence(advisor.language),
    };
    form.refuse("file", sentence);
    Ok(LogoChange::Keep)
}

fn sentence(t: Text, why: LogoError) -> &'static str {
    match why {
        LogoError::Vector => t.logo_vector(),
        LogoError::WrongType => t.logo_wrong_type(),
        LogoError::TooLarge => t.logo_too_large(),
        LogoError::TooManyPixels => t.logo_too_many(),
        LogoError::TooSmall => t.logo_too_small(),
        LogoError::Empty | LogoError::Broken => t.logo_broken(),
    }
}
