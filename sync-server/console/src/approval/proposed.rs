//! PDFs that are to be set out: kept, read by a worker, and proposed in the form, one after the other. The number of
//! another client in one is said, and such a return is set out only by a press that says so.

use super::{
    choice::{BOOK_YEAR, BY_CONSENT, DAY, FIGURE_ROWS, TOGETHER, place_of},
    page_with,
    paper::{Before, MOST, Paper, Proposed, papers, query},
    text::Reading as Text,
};
use crate::{
    part::{
        editor::Editor,
        form::Form,
        tax_numbers::text::NumberWords,
        upload::{self, receive_each},
        year::{Loaded, YearPath, load},
    },
    state::Console,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Multipart, Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use documents::dossier::{DossierYear, GivenRevision};
use dossiers::{
    firm_file::Accept,
    proposal::{Known, Proposal, propose},
    work::Share,
};
use inspect::InspectError;
use model::{
    attachment::MediaType,
    hash::ContentHash,
    language::Language,
    money::Cents,
    record::{DeliveredFile, ResultOf, TaxReturn, Taxpayer},
    tax_number::mask,
    tax_return::{Period, PeriodKind},
    time::{Date, TaxYear},
};
use std::sync::Arc;
use storage::db::{Advisor, DbError};

/// Handles `POST …/akkoord/lezen`: keeps PDFs and proposes what the first is.
pub async fn receive(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year)): YearPath,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let sent = receive_each(&state.files, parts, state.files.largest(), MOST).await?;
    let (mut kept, mut form) = (Vec::new(), Form::default());
    for (name, file) in sent {
        let mut own = Form::default();
        let called = name.clone();
        match upload::keep(&state, &loaded, &mut own, (name, file), Accept::Pdf, &advisor).await? {
            Some(file) => kept.push(Paper { hash: file.hash, name: file.name }),
            None => form.refuse("", format!("{called}: {}", own.error("file").unwrap_or_default())),
        }
    }
    if kept.is_empty() && form.is_sound() {
        form.refuse("", Text(advisor.language).none_chosen());
    }
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let page = show_first(&state, advisor, loaded, kept, form).await?;
    Ok((status, page).into_response())
}

/// Handles `GET …/akkoord/klaarzetten`: proposes what the first of the PDFs in the address is.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year)): YearPath,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Html<String>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    show_first(&state, advisor, loaded, papers(asked.into_iter()), Form::default()).await
}

async fn show_first(
    state: &Console,
    advisor: Advisor,
    loaded: Loaded,
    papers: Vec<Paper>,
    refused: Form,
) -> Result<Html<String>, ServerError> {
    let mut waiting = papers.into_iter().filter(|paper| known(state, &loaded, paper.hash).is_ok_and(|k| k.is_some()));
    let Some(paper) = waiting.next() else {
        return Ok(Html(page_with(state, advisor, &loaded, &refused, None)?));
    };
    let rest: Vec<_> = waiting.collect();
    let text = text_of(state, &advisor, &loaded, paper.hash).await?.unwrap_or_default();
    let proposed = propose_for(state, &advisor, &loaded, paper, &text).await?;
    // A paper of another year is set out in the dossier of that year, if it is open.
    let year = proposed.proposal.period.map(Period::tax_year).filter(|year| *year != loaded.tax_year);
    let loaded = match year.filter(|year| loaded.years.contains(year)) {
        Some(year) => load(state, &advisor, &loaded.client.number, year.0).await?,
        None => loaded,
    };
    let before = before(state, &loaded, &proposed.proposal, advisor.language).await?;
    let proposed = Proposed { rest, before, ..proposed };
    let mut form = filled(&proposed);
    if is_covered(&loaded, &proposed.proposal, mail::day_of(state.clock.now())) {
        form.set("turns", BY_CONSENT);
    }
    refuse_of_others(&mut form, &proposed, advisor.language);
    if let Some(sentence) = refused.error("") {
        form.refuse("", sentence);
    }
    Ok(Html(page_with(state, advisor, &loaded, &form, Some(&proposed))?))
}

/// Returns a PDF of the client as it was kept.
pub fn known(state: &Console, loaded: &Loaded, hash: ContentHash) -> Result<Option<DeliveredFile>, DbError> {
    let file = state.db.read(|q| q.file(loaded.client.id, hash))?;
    let is_pdf = |mime: &str| MediaType::of_mime(mime) == Some(MediaType::Pdf);
    let file = file.filter(|file| is_pdf(&file.media_type));
    Ok(file.map(|file| DeliveredFile { name: String::new(), size: file.size, hash, pages: file.pages }))
}

/// Returns the text of a PDF; None if no worker could look into it now. One without text, or that ended its worker, has
/// an empty one.
pub async fn text_of(
    state: &Console,
    advisor: &Advisor,
    loaded: &Loaded,
    hash: ContentHash,
) -> Result<Option<String>, ServerError> {
    let path = state.files.path(loaded.client.id, hash);
    match state.dossiers.inspector().text(advisor.id, hash, &path).await {
        Ok(text) => Ok(Some(text)),
        Err(InspectError::Refused(_)) => Ok(Some(String::new())),
        Err(InspectError::Busy | InspectError::NoWorker) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Proposes what a PDF of a client is.
pub async fn propose_for(
    state: &Console,
    advisor: &Advisor,
    loaded: &Loaded,
    paper: Paper,
    text: &str,
) -> Result<Proposed, ServerError> {
    let (dossiers, firm) = (state.dossiers.clone(), advisor.firm);
    let read = move || dossiers.db().read(|q| q.tax_numbers_of_firm(dossiers.vault(), firm));
    let numbers = state.work.run(Share::Console, read).await??;
    let approvers = loaded.year.approvers();
    let name = |id| loaded.year.people.get(id).map(|person| (*id, person.name.as_str()));
    let others = loaded.year.people.keys().filter(|id| !approvers.contains(id));
    let people: Vec<_> = approvers.iter().chain(others).filter_map(name).collect();
    let known = Known { client: loaded.client.id, company: &loaded.client.name, people: &people, numbers: &numbers };
    let proposal = propose(text, &paper.name, known);
    let foreign = state.db.read(|q| {
        let mut foreign = Vec::new();
        for number in &proposal.foreign {
            if let Some(client) = q.client(firm, number.client)? {
                foreign.push((number.kind, mask(&number.number), format!("{}, {}", client.number, client.name)));
            }
        }
        Ok::<_, DbError>(foreign)
    })?;
    Ok(Proposed { paper, rest: Vec::new(), proposal, foreign, before: None })
}

/// Finds the version before of the same return, or else the newest return of the same taxpayer and kind, of which the one
/// a year before goes first.
async fn before(
    state: &Console,
    loaded: &Loaded,
    proposal: &Proposal,
    language: Language,
) -> Result<Option<Before>, ServerError> {
    let (Some(kind), Some(period), Some(taxpayer)) = (proposal.kind, proposal.period, proposal.taxpayers.first())
    else {
        return Ok(None);
    };
    let is_of = |known: &TaxReturn| known.kind == kind && known.taxpayer == *taxpayer;
    let newest = |year: &DossierYear, fits: &dyn Fn(&TaxReturn) -> bool| -> Option<GivenRevision> {
        let standing = year.revisions.iter().filter(|given| given.recall.is_none());
        let given = standing.filter(|given| given.tax_returns.iter().any(|(_, known)| fits(known)));
        given.max_by_key(|given| (given.revision.number, given.revision.at)).cloned()
    };
    let of = |given: GivenRevision, is_same: bool| Before {
        title: given.title(language),
        is_same,
        results: given.revision.results.iter().filter(|r| r.of == ResultOf::Tax).map(|r| r.amount).collect(),
        figures: given.revision.figures,
    };
    if let Some(same) = newest(&loaded.year, &|known| is_of(known) && known.period == period) {
        return Ok(Some(of(same, true)));
    }
    let (dossiers, client, last) = (state.dossiers.clone(), loaded.client.id, TaxYear(loaded.tax_year.0 - 1));
    let last: Option<Arc<DossierYear>> =
        state.work.run(Share::Console, move || dossiers.read(client, last).ok()).await?;
    let is_year_before = |known: &TaxReturn| {
        is_of(known) && known.period.kind() == period.kind() && known.period.last().year() + 1 == period.last().year()
    };
    let is_same_season =
        |known: &TaxReturn| is_year_before(known) && known.period.last().month() == period.last().month();
    let found = last.as_ref().and_then(|last| newest(last, &is_same_season).or_else(|| newest(last, &is_year_before)));
    Ok(found.or_else(|| newest(&loaded.year, &is_of)).map(|given| of(given, false)))
}

/// Returns true if a standing consent covers what is proposed.
fn is_covered(loaded: &Loaded, proposal: &Proposal, today: Date) -> bool {
    let (Some(kind), Some(period), [taxpayer]) = (proposal.kind, proposal.period, proposal.taxpayers.as_slice()) else {
        return false;
    };
    loaded.year.standing_consent_for(&[(*taxpayer, kind, period)], today).is_some()
}

/// Returns the form with what is proposed.
fn filled(proposed: &Proposed) -> Form {
    let proposal = &proposed.proposal;
    let mut form = keeping(Form::default(), proposed);
    if let Some(kind) = proposal.kind {
        form.set("kind", kind.word());
    }
    match proposal.taxpayers.as_slice() {
        [one] => form.set("taxpayer", place_of(*one)),
        [_, _] => form.set("taxpayer", TOGETHER),
        _ => {}
    }
    if let Some(period) = proposal.period {
        match period.kind() {
            PeriodKind::BookYear => {
                form.set("period", BOOK_YEAR);
                form.set("until", period.last().to_string());
            }
            PeriodKind::Day => form.set("period", DAY),
            _ => form.set("period", period.to_string()),
        }
        if matches!(period.kind(), PeriodKind::BookYear | PeriodKind::Day) {
            form.set("from", period.first().to_string());
        }
    }
    if let [taxpayer] = proposal.taxpayers.as_slice() {
        result(&mut form, "outcome", *taxpayer, proposal.tax);
        result(&mut form, "zvw", *taxpayer, proposal.zvw.filter(|_| matches!(taxpayer, Taxpayer::Person(_))));
    }
    let is_year_before = proposed.before.as_ref().is_some_and(|before| !before.is_same);
    let figures = proposed.before.iter().flat_map(|before| &before.figures).take(FIGURE_ROWS);
    for (row, figure) in figures.enumerate() {
        form.set(format!("figure_{row}"), figure.label.clone());
        let last_year = if is_year_before { Some(figure.this_year) } else { figure.last_year };
        form.set(format!("last_year_{row}"), last_year.map(Cents::plain).unwrap_or_default());
    }
    form
}

fn result(form: &mut Form, field: &str, taxpayer: Taxpayer, amount: Option<Cents>) {
    let Some(amount) = amount else { return };
    let place = place_of(taxpayer);
    form.set(format!("way_{field}_{place}"), if amount.0 < 0 { "pay" } else { "receive" });
    form.set(format!("{field}_{place}"), Cents(amount.0.abs()).plain());
}

/// Notes in a form that the number of another client is in the PDF.
pub fn refuse_of_others(form: &mut Form, proposed: &Proposed, language: Language) {
    if let Some((kind, number, client)) = proposed.foreign.first() {
        let kind = NumberWords(language).name(*kind);
        form.refuse("other_client", Text(language).other_client(kind, number, client));
    }
}

/// Notes in a form which PDF it is about, and which come after it.
fn keeping(mut form: Form, proposed: &Proposed) -> Form {
    form.set("kept", proposed.paper.hash.to_string());
    form.set("kept_name", proposed.paper.name.clone());
    form.set("rest", query(&proposed.rest));
    form
}
