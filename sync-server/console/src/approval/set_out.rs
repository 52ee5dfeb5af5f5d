//! Setting out a tax return: the form that an advisor fills in, and what it asks.

use super::{
    choice::{BOOK_YEAR, BY_CONSENT, COMPANY, DAY, FIGURE_ROWS, NOT_ASKED, TOGETHER, place_of},
    page,
    paper::{self, Paper},
    proposed,
    text::{Consent as Text, SetOut, Standing},
};
use crate::{
    dossier::text::Dossier as DossierText,
    part::{
        editor::Editor,
        form::Form,
        upload::{self, Sent, receive},
        year::{Loaded, YearPath, act, load},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{ActionError, Asks, NewRevision, WantedReturn, Which, firm_file::Accept, proposed_capacity};
use model::{
    id::*,
    language::Language,
    money::Cents,
    record::{DeliveredFile, Enough, Figure, ResultOf, Taxpayer},
    tax_return::{Capacity, Period, ReturnKind},
    text::Shape,
    time::{Date, TaxYear},
};
use storage::db::Advisor;

/// Handles `POST …/akkoord`: presents a new revision.
pub async fn set_out(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let Sent { mut form, file, too_large } = receive(&state.files, parts, state.files.largest()).await?;
    let language = advisor.language;
    let asked = read(&mut form, &loaded, language);
    let stored = match file {
        Some(_) if too_large => {
            form.refuse("file", Refusal::TooLarge.sentence(language));
            None
        }
        Some(named) => upload::keep(&state, &loaded, &mut form, named, Accept::Pdf, &advisor).await?,
        None => kept(&state, &loaded, &mut form, language)?,
    };
    let stored = match stored {
        Some(file) => {
            // Whatever else is wrong, the file need not be chosen again.
            form.set("kept", file.hash.to_string());
            form.set("kept_name", file.name.clone());
            refuse_of_others(&state, &advisor, &loaded, &file, &mut form).await?;
            Some(file).filter(|_| form.is_sound())
        }
        None => None,
    };
    let (Some(asked), Some(file)) = (asked, stored) else {
        let page = page(&state, advisor, &loaded, &form, None)?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    };
    let (client, tax_year, by) = (loaded.client.id, loaded.tax_year, advisor.clone());
    let Asked { returns, results, figures, due, approvers, enough, in_order, asks } = asked;
    let scope = None;
    let new = NewRevision { returns, file, results, figures, due, approvers, enough, in_order, asks, scope };
    let refused = act(&state.dossiers, move |d| d.set_out_revision(&by, client, tax_year, new)).await?;
    let sentence = match refused {
        Ok(_) => return Ok(Redirect::to(&next(&loaded, form.value("rest"))).into_response()),
        Err(error) => refusal(&error, language).ok_or(error)?,
    };
    form.refuse("", sentence);
    let page = page(&state, advisor, &loaded, &form, None)?;
    Ok((StatusCode::CONFLICT, Html(page)).into_response())
}

/// Returns the address at which it goes on: the next PDF, if there is one.
fn next(loaded: &Loaded, rest: &str) -> String {
    let pairs = url::form_urlencoded::parse(rest.as_bytes()).into_owned();
    match paper::papers(pairs).as_slice() {
        [] => format!("{}/akkoord", loaded.href()),
        papers => format!("{}/akkoord/klaarzetten?{}", loaded.href(), paper::query(papers)),
    }
}

/// Returns the PDF that was kept before the form was sent.
fn kept(
    state: &Console,
    loaded: &Loaded,
    form: &mut Form,
    language: Language,
) -> Result<Option<DeliveredFile>, ServerError> {
    let known = match form.value("kept").parse() {
        Ok(hash) => proposed::known(state, loaded, hash)?,
        Err(_) => None,
    };
    if known.is_none() {
        form.set("kept", "");
        form.refuse("file", Text(language).file_missing());
    }
    let name: String = Shape::Line.clean(form.value("kept_name")).chars().take(120).collect();
    let name = if name.is_empty() { format!("aangifte-{}.pdf", loaded.tax_year) } else { name };
    Ok(known.map(|file| DeliveredFile { name, ..file }))
}

/// Refuses a PDF with the number of another client, unless somebody says that it is of this one all the same, and one that
/// nobody could look into now.
async fn refuse_of_others(
    state: &Console,
    advisor: &Advisor,
    loaded: &Loaded,
    file: &DeliveredFile,
    form: &mut Form,
) -> Result<(), ServerError> {
    let language = advisor.language;
    let Some(text) = proposed::text_of(state, advisor, loaded, file.hash).await? else {
        form.refuse("file", Refusal::FilesWait.sentence(language));
        return Ok(());
    };
    let of = Paper { hash: file.hash, name: file.name.clone() };
    let proposed = proposed::propose_for(state, advisor, loaded, of, &text).await?;
    if form.value("other_client") != "yes" {
        proposed::refuse_of_others(form, &proposed, language);
    }
    Ok(())
}

/// Returns the sentence for what a form alone does not show.
fn refusal(error: &ActionError, language: Language) -> Option<String> {
    let t = SetOut(language);
    Some(match error {
        ActionError::NoReturn => t.no_such_return().to_owned(),
        ActionError::OtherYear(year) => t.other_year(year.0),
        ActionError::PeriodOverlaps => t.overlaps().to_owned(),
        ActionError::NoApprover => t.approver_left().to_owned(),
        ActionError::NoStandingConsent => Standing(language).none().to_owned(),
        _ => return None,
    })
}

/// What the form asks, without the file.
struct Asked {
    returns: Vec<WantedReturn>,
    results: Vec<(usize, ResultOf, Cents)>,
    figures: Vec<Figure>,
    due: Option<Date>,
    approvers: Vec<(PersonId, Capacity)>,
    enough: Enough,
    in_order: bool,
    asks: Asks,
}

/// Reads what is to be set out, and notes in the form what is wrong.
fn read(form: &mut Form, loaded: &Loaded, language: Language) -> Option<Asked> {
    let t = Text(language);
    let returns = match form.value("tax_return").parse::<TaxReturnId>() {
        Ok(id) => known_returns(loaded, id).or_else(|| {
            form.refuse("", SetOut(language).no_such_return());
            None
        }),
        Err(_) => wanted_returns(form, loaded, language),
    };
    let returns = returns.unwrap_or_default();
    let results = results(form, loaded, &returns, t);
    let approvers = approvers(form, loaded, &returns);
    if loaded.year.approvers().is_empty() {
        form.refuse("", t.no_approver());
    } else if approvers.is_empty() {
        form.refuse("", SetOut(language).nobody_asked());
    }
    let figures = (0..FIGURE_ROWS).filter_map(|row| figure(form, row, t)).collect();
    let turns = form.value("turns").to_owned();
    let due = form.day("due", DossierText(language).day_malformed());
    (!returns.is_empty()).then(|| Asked {
        returns,
        results,
        figures,
        due,
        approvers,
        enough: if turns == "one" { Enough::One } else { Enough::All },
        in_order: turns == "order",
        asks: match turns.as_str() {
            "information" => Asks::Reading,
            BY_CONSENT => Asks::ReadingByStandingConsent,
            _ => Asks::Approval,
        },
    })
}

/// Returns the returns of the newest revision of a return, of which a new version is set out.
fn known_returns(loaded: &Loaded, id: TaxReturnId) -> Option<Vec<WantedReturn>> {
    let given = loaded.year.latest_revision(id)?;
    let wanted = |(_, known): &(TaxReturnId, model::record::TaxReturn)| WantedReturn {
        taxpayer: known.taxpayer,
        kind: known.kind,
        name: known.name.clone(),
        period: known.period,
        which: Which::Number(known.number),
        postponed_until: known.postponed_until,
    };
    Some(given.tax_returns.iter().map(wanted).collect())
}

fn wanted_returns(form: &mut Form, loaded: &Loaded, language: Language) -> Option<Vec<WantedReturn>> {
    let (t, s) = (Text(language), SetOut(language));
    let kind = ReturnKind::of(form.value("kind"));
    if kind.is_none() {
        form.refuse("kind", t.kind_malformed());
    }
    let name = match kind {
        Some(ReturnKind::Other) => form.line("name", 80, s.name_missing(), s.name_too_long()),
        _ => String::new(),
    };
    let period = period(form, loaded.tax_year, language);
    let postponed_until = form.day("postponed_until", DossierText(language).day_malformed());
    let taxpayers = taxpayers(form, loaded, s);
    let (kind, period) = (kind?, period?);
    if !kind.periods().contains(&period.kind()) {
        form.refuse("period", s.period_does_not_fit(kind.name(language)));
    }
    let fits = |taxpayer: &Taxpayer| match taxpayer {
        Taxpayer::Person(_) => kind.is_of_person(),
        Taxpayer::Company => kind.is_of_company(),
    };
    if !taxpayers.iter().all(fits) || taxpayers.len() > 1 && !kind.is_filed_with_partner() {
        form.refuse("taxpayer", s.taxpayer_does_not_fit(kind.name(language)));
    }
    let which = if form.value("further") == "yes" { Which::Further } else { Which::Newest };
    let wanted = |taxpayer| WantedReturn { taxpayer, kind, name: name.clone(), period, which, postponed_until };
    Some(taxpayers.into_iter().map(wanted).collect())
}

pub(super) fn taxpayers(form: &mut Form, loaded: &Loaded, s: SetOut) -> Vec<Taxpayer> {
    let taxpayers = match form.value("taxpayer") {
        TOGETHER => loaded.year.approvers().into_iter().take(2).map(Taxpayer::Person).collect(),
        COMPANY => vec![Taxpayer::Company],
        person => {
            let known = person.parse::<PersonId>().ok().filter(|id| loaded.year.people.contains_key(id));
            known.map(Taxpayer::Person).into_iter().collect::<Vec<_>>()
        }
    };
    if taxpayers.is_empty() {
        form.refuse("taxpayer", s.taxpayer_missing());
    }
    taxpayers
}

fn period(form: &mut Form, tax_year: TaxYear, language: Language) -> Option<Period> {
    let s = SetOut(language);
    let malformed = DossierText(language).day_malformed();
    let read = match form.value("period") {
        BOOK_YEAR => {
            let (from, until): (Option<Date>, _) = (form.day("from", malformed), form.day("until", malformed));
            from.zip(until).and_then(|(from, until)| Period::book_year(from, until).ok())
        }
        DAY => form.day("from", malformed).and_then(|day| Period::day(day).ok()),
        "" => Some(Period::year(tax_year)),
        text => text.parse().ok(),
    };
    if read.is_none() {
        form.refuse("period", s.period_missing());
    }
    read
}

/// Reads the results. One that is left out stands in the return itself.
fn results(form: &mut Form, loaded: &Loaded, returns: &[WantedReturn], t: Text) -> Vec<(usize, ResultOf, Cents)> {
    let mut results = Vec::new();
    for (at, wanted) in returns.iter().enumerate() {
        let place = place_of(wanted.taxpayer);
        for (of, field) in [(ResultOf::Tax, "outcome"), (ResultOf::Zvw, "zvw")] {
            let amount = form.amount(&format!("{field}_{place}"), t.amount_malformed());
            let pays = form.value(&format!("way_{field}_{place}")) == "pay";
            results.extend(amount.map(|Cents(cents)| (at, of, Cents(if pays { -cents } else { cents }))));
        }
    }
    let others = loaded.year.people.keys().map(|person| Taxpayer::Person(*person)).chain([Taxpayer::Company]);
    for other in others.filter(|other| returns.iter().all(|wanted| wanted.taxpayer != *other)) {
        for field in ["outcome", "zvw"] {
            let name = format!("{field}_{}", place_of(other));
            if !form.value(&name).is_empty() && !returns.is_empty() {
                form.refuse(name, t.amount_of_nobody());
            }
        }
    }
    results
}

/// Returns the people who are asked, in the order of the household.
pub(super) fn approvers(form: &Form, loaded: &Loaded, returns: &[WantedReturn]) -> Vec<(PersonId, Capacity)> {
    let people = loaded.year.approvers().into_iter();
    let asked = people.filter_map(|person| match form.value(&format!("as_{person}")) {
        NOT_ASKED => None,
        word => Some((person, Capacity::of(word).unwrap_or_else(|| proposed_capacity(returns, person)))),
    });
    asked.collect()
}

fn figure(form: &mut Form, row: usize, t: Text) -> Option<Figure> {
    let [label, this_year, last_year] = ["figure", "this_year", "last_year"].map(|f| format!("{f}_{row}"));
    if !form.has_any(&[&label, &this_year, &last_year]) {
        return None;
    }
    let text: String = form.value(&label).chars().filter(|c| !c.is_control()).take(80).collect();
    if text.is_empty() {
        form.refuse(label, t.figure_unnamed());
    }
    let last_year = form.signed_amount(&last_year, t.amount_malformed());
    if form.value(&this_year).is_empty() {
        form.refuse(this_year.clone(), t.figure_empty());
    }
    Some(Figure { label: text, this_year: form.signed_amount(&this_year, t.amount_malformed())?, last_year })
}
