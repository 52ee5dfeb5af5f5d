//! Adding documents to a client's archive: assessments, filed returns and letters.

mod filed;
pub mod text;
mod view;

use crate::{
    dossier::text::Dossier,
    part::{
        editor::Editor,
        form::Form,
        page,
        upload::{Sent, keep, receive, text::Upload},
        year::{Loaded, YearPath, act, load},
    },
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{NewDelivery, firm_file::Accept};
use filed::{ZVW, filed_results};
use model::{
    id::{PersonId, TaxReturnId},
    money::Cents,
    record::{Assessment, Decides, DeliveryKind, ResultOf, TaxReturn, Taxpayer},
};
use storage::db::Advisor;
use text::Archive as Text;

/// Handles `GET …/archief`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
) -> Result<Html<String>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    Ok(Html(page(&state, advisor, &loaded, &Form::default())?))
}

fn page(state: &Console, advisor: Advisor, loaded: &Loaded, form: &Form) -> Result<String, ServerError> {
    Ok(view::page(&page::frame(&state.db, &state.clock, advisor)?, &loaded.view(), form))
}

/// Handles `POST …/archief`.
pub async fn deliver(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let Sent { mut form, file, too_large } = receive(&state.files, parts, state.files.largest()).await?;
    let t = Text(advisor.language);
    let title = form.line("title", 120, t.name_missing(), t.name_too_long());
    let kind = kind(&mut form, &loaded, t, Dossier(advisor.language).day_malformed());
    match &file {
        None => form.refuse("file", t.file_missing()),
        Some(_) if too_large => form.refuse("file", Refusal::TooLarge.sentence(advisor.language)),
        Some(_) if !form.is_sound() => form.refuse("file", Upload(advisor.language).file_again()),
        Some(_) => {}
    }
    let stored = match file {
        Some(named) if form.is_sound() => keep(&state, &loaded, &mut form, named, Accept::Pdf, &advisor).await?,
        _ => None,
    };
    let (Some(kind), Some(file)) = (kind, stored) else {
        let page = page(&state, advisor, &loaded, &form)?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    };
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |d| d.deliver(&advisor, client, tax_year, NewDelivery { kind, title, file })).await??;
    Ok(Redirect::to(&format!("{}/archief", loaded.href())).into_response())
}

fn kind(form: &mut Form, loaded: &Loaded, t: Text, day_malformed: &str) -> Option<DeliveryKind> {
    match form.value("kind") {
        "letter" => Some(DeliveryKind::Letter),
        "filed_return" => {
            let filed = filed_results(&loaded.year);
            let known = |id: TaxReturnId| filed.iter().any(|(decides, _)| decides.tax_return == id);
            let wanted = about(form).map(|decides| decides.tax_return).filter(|id| known(*id));
            // Where one return was filed, there is nothing to choose.
            let only = filed.first().map(|(decides, _)| decides.tax_return);
            let only = only.filter(|id| filed.iter().all(|(decides, _)| decides.tax_return == *id));
            match (filed.is_empty(), wanted.or(only)) {
                (true, _) => form.refuse("kind", t.not_filed()),
                (false, None) => form.refuse("about", t.about_missing()),
                (false, Some(id)) => return Some(DeliveryKind::FiledReturn(id)),
            }
            None
        }
        "assessment" => assessment(form, loaded, t, day_malformed).map(DeliveryKind::Assessment),
        _ => {
            form.refuse("kind", t.kind_missing());
            None
        }
    }
}

/// Reads an assessment from the form. An amount to be paid needs an account and a reference; a refund does not.
fn assessment(form: &mut Form, loaded: &Loaded, t: Text, day_malformed: &str) -> Option<Assessment> {
    let person = form.value("person").parse::<PersonId>().ok().filter(|p| loaded.year.people.contains_key(p));
    if person.is_none() {
        form.refuse("person", t.kind_missing());
    }
    if form.value("amount").is_empty() {
        form.refuse("amount", t.amount_missing());
    }
    let amount = form.amount("amount", t.amount_malformed());
    let due = form.day("due", day_malformed);
    let pays = form.value("way") != "back" && amount.is_some_and(|a| a.0 > 0);
    let iban = form.iban("iban", pays, t.iban_wrong());
    let reference = form.payment_reference("reference", pays, t.reference_wrong());
    let dated = form.day("dated", day_malformed);
    let filed = filed_results(&loaded.year);
    let about = about(form).and_then(|decides| filed.into_iter().find(|(known, _)| *known == decides));
    let is_of_another = |known: &TaxReturn| matches!(known.taxpayer, Taxpayer::Person(of) if Some(of) != person);
    if about.as_ref().is_some_and(|(_, known)| is_of_another(known)) {
        form.refuse("about", t.about_another());
    }
    let decides = about.map(|(decides, _)| decides);
    let Cents(cents) = amount?;
    let amount = Cents(if pays { -cents } else { cents });
    Some(Assessment { person: person?, amount, decides, dated, due, iban, reference })
}

/// Reads which result of which return a document is about.
fn about(form: &Form) -> Option<Decides> {
    let value = form.value("about");
    let (id, of) = match value.strip_suffix(ZVW) {
        Some(id) => (id, ResultOf::Zvw),
        None => (value, ResultOf::Tax),
    };
    Some(Decides { tax_return: id.parse().ok()?, of })
}
