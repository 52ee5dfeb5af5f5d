//! Asking a client for a standing consent: the form, the document that is signed, and setting it out.

use super::{
    choice::{CONSENT, kind_field},
    page,
    set_out::{approvers, taxpayers},
    text::{ConsentPaper, SetOut, Standing as Text},
};
use crate::{
    part::{
        editor::Editor,
        form::{Form, Posted},
        page::frame,
        year::{Loaded, YearPath, act, load},
    },
    state::Console,
};
use accounts::error::ServerError;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{
    ActionError, Asks, NewRevision, WantedReturn,
    firm_file::{self, Accept},
};
use jiff::ToSpan;
use model::{
    id::PersonId,
    language::Language,
    record::{ConsentScope, DeliveredFile, Enough, Taxpayer},
    tax_return::{Capacity, Period, ReturnKind},
    time::Date,
};
use paper::{Report, ReportPart, report};
use storage::db::Advisor;

/// Handles `POST …/akkoord/vaste-toestemming`: asks for a standing consent. One that is asked once more takes the place
/// of the one before.
pub async fn ask(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let mut form = Form::from(typed);
    form.set(CONSENT, "yes");
    let frame = frame(&state.db, &state.clock, advisor.clone())?;
    let asked = read(&mut form, &loaded, frame.time_format.today(), advisor.language);
    let Some(asked) = asked.filter(|_| form.is_sound()) else {
        let page = page(&state, advisor, &loaded, &form, None)?;
        return Ok((StatusCode::BAD_REQUEST, Html(page)).into_response());
    };
    let file = keep(&state, &advisor, &loaded, &asked, &frame.firm).await?;
    let new = NewRevision {
        returns: vec![asked.wanted],
        file,
        results: Vec::new(),
        figures: Vec::new(),
        due: None,
        approvers: asked.approvers,
        enough: Enough::All,
        in_order: false,
        asks: Asks::Approval,
        scope: Some(asked.scope),
    };
    let (client, tax_year, language) = (loaded.client.id, loaded.tax_year, advisor.language);
    let by = advisor.clone();
    match act(&state.dossiers, move |d| d.set_out_revision(&by, client, tax_year, new)).await? {
        Ok(_) => return Ok(Redirect::to(&format!("{}/akkoord", loaded.href())).into_response()),
        Err(ActionError::NoApprover) => form.refuse("", SetOut(language).approver_left()),
        Err(other) => return Err(other.into()),
    }
    let page = page(&state, advisor, &loaded, &form, None)?;
    Ok((StatusCode::CONFLICT, Html(page)).into_response())
}

/// What the form asks.
struct Asked {
    wanted: WantedReturn,
    scope: ConsentScope,
    approvers: Vec<(PersonId, Capacity)>,
}

fn read(form: &mut Form, loaded: &Loaded, today: Date, language: Language) -> Option<Asked> {
    let (t, s) = (Text(language), SetOut(language));
    let taxpayer = match taxpayers(form, loaded, s).as_slice() {
        [one] => Some(*one),
        _ => {
            form.refuse("taxpayer", s.taxpayer_missing());
            None
        }
    };
    let offered = ReturnKind::FILED.into_iter().filter(|kind| kind.is_periodic());
    let kinds: Vec<_> = offered.filter(|kind| form.value(&kind_field(*kind)) == "yes").collect();
    if kinds.is_empty() {
        form.refuse("kinds", t.kinds_missing());
    }
    let period = Period::year(loaded.tax_year);
    let days = today..=period.last().saturating_add(1.year());
    let until = form.day("consent_until", t.until_wrong());
    if until.is_none_or(|day| !days.contains(&day)) {
        form.refuse("consent_until", t.until_wrong());
    }
    let (taxpayer, until) = (taxpayer?, until?);
    let wanted = WantedReturn::of(taxpayer, ReturnKind::StandingConsent, period);
    let approvers = approvers(form, loaded, std::slice::from_ref(&wanted));
    // A person gives consent for the own returns alone, or somebody who represents that person by law.
    let approvers: Vec<_> = match taxpayer {
        Taxpayer::Company => approvers,
        Taxpayer::Person(taxpayer) => approvers
            .into_iter()
            .filter(|(person, capacity)| *person == taxpayer || *capacity == Capacity::LegalRepresentative)
            .collect(),
    };
    if approvers.is_empty() {
        form.refuse("", t.nobody_may());
    }
    Some(Asked { wanted, scope: ConsentScope { kinds, until }, approvers })
}

/// Makes the document that is signed, and stores it.
async fn keep(
    state: &Console,
    advisor: &Advisor,
    loaded: &Loaded,
    asked: &Asked,
    firm: &str,
) -> Result<DeliveredFile, ServerError> {
    let reader = asked.approvers.first().and_then(|(person, _)| loaded.year.people.get(person));
    let language = reader.map_or(Language::Nl, |person| person.language);
    let t = ConsentPaper(language);
    let taxpayer = match asked.wanted.taxpayer {
        Taxpayer::Person(person) => loaded.year.people.get(&person).map(|known| known.name.clone()),
        Taxpayer::Company => Some(loaded.client.name.clone()),
    };
    let fact = |name: &str, value: String| ReportPart::Fact(name.to_owned(), value);
    let kinds: Vec<_> = asked.scope.kinds.iter().map(|kind| kind.name(language)).collect();
    let bytes = report(&Report {
        language,
        firm: firm.to_owned(),
        title: format!("{} {}", t.title(), loaded.tax_year),
        subtitle: String::new(),
        foot: format!("{} · {}", loaded.client.number, t.title()),
        parts: vec![
            ReportPart::Passage(t.lead(firm)),
            fact(t.taxpayer(), taxpayer.unwrap_or_default()),
            fact(t.kinds(), kinds.join(", ")),
            fact(t.period(), asked.wanted.period.name(language)),
            fact(t.until(), ui::format::date_long(asked.scope.until, language)),
            ReportPart::Passage(t.read().to_owned()),
            ReportPart::Passage(t.withdraw().to_owned()),
        ],
    });
    let received = state.files.receive(&bytes)?;
    let kept = firm_file::keep(&state.dossiers, advisor.id, loaded.client.id, received, Accept::Pdf).await?;
    let name = format!("{} {}.pdf", t.title(), loaded.tax_year);
    Ok(DeliveredFile { name, size: kept.size, hash: kept.hash, pages: kept.pages })
}
