//! The table of tax returns: of one kind and period or of all, those that are due first in front. The choice is written
//! in the address.

mod choice;
pub mod text;
mod view;

use crate::part::{
    csv,
    page::{self, season},
    time_format::TimeFormat,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::{Html, Response},
};
use choice::ReturnsQuery;
use dossiers::work::{Share, Work};
use model::{
    tax_return::{Period, ReturnKind},
    time::{Date, TaxYear},
};
use std::collections::BTreeSet;
use storage::{
    clock::Clock,
    db::{Db, DbError, ReturnPhase},
};
use text::Returns as Text;
use view::Table;

/// The number of returns on one page.
const PAGE: usize = 50;
/// The maximum number of returns in one file.
const MOST: usize = 100_000;

/// Handles `GET /kantoor/aangiften`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ReturnsQuery>,
) -> Result<Html<String>, ServerError> {
    let firm = advisor.firm;
    let frame = page::frame(&db, &clock, advisor)?;
    let current = season(frame.time_format);
    let mut choice = asked.choice(current);
    let wanted = choice.of_firm(firm);
    let (counts, found, pages, rows, known, advisors) = db.read(|q| {
        let counts = q.count_returns(&wanted)?;
        let fits = |(phase, _): &&(ReturnPhase, usize)| choice.phase.is_none_or(|wanted| wanted == *phase);
        let found = counts.iter().filter(fits).map(|(_, count)| count).sum::<usize>();
        let pages = found.div_ceil(PAGE).max(1);
        choice.page = choice.page.min(pages);
        let rows = q.returns(&wanted, (choice.page - 1) * PAGE, PAGE)?;
        Ok::<_, DbError>((counts, found, pages, rows, q.kinds_of_returns(firm, choice.year)?, q.advisors(firm)?))
    })?;
    let count = |phase: ReturnPhase| counts.iter().filter(|(known, _)| *known == phase).map(|(_, count)| count).sum();
    let kinds: BTreeSet<_> = known.iter().map(|(kind, _)| *kind).collect();
    let is_of_kind = |(kind, _): &&(ReturnKind, Period)| choice.kind.is_none_or(|wanted| wanted == *kind);
    let periods: BTreeSet<_> = known.iter().filter(is_of_kind).map(|(_, period)| *period).collect();
    let mut years = vec![current, TaxYear(current.0 + 1)];
    if !years.contains(&choice.year) {
        years.push(choice.year);
        years.sort_unstable();
    }
    let table = Table {
        choice,
        years,
        kinds,
        periods,
        advisors: advisors.into_iter().map(|a| (a.id, a.name)).collect(),
        phases: ReturnPhase::ALL.map(|phase| (phase, count(phase))).to_vec(),
        all: counts.iter().map(|(_, count)| count).sum(),
        found,
        pages,
        rows,
    };
    Ok(Html(view::page(&frame, &table)))
}

/// Handles `GET /kantoor/aangiften/aangiften.csv`, with the choice of the table.
pub async fn download(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(work): State<Work>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ReturnsQuery>,
) -> Result<Response, ServerError> {
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    let choice = asked.choice(season(time_format));
    let wanted = choice.of_firm(advisor.firm);
    let rows = work.run(Share::Console, move || db.read(|q| q.returns(&wanted, 0, MOST))).await??;
    let (t, language) = (Text(time_format.language), time_format.language);
    let headings = [t.number(), t.client(), t.taxpayer(), t.tax_return(), t.phase(), t.due(), t.postponed_until()];
    let mut lines = vec![headings.map(str::to_owned).to_vec()];
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    lines.extend(rows.into_iter().map(|row| {
        let tax_return = row.status.tax_return;
        vec![
            row.client_number,
            row.client_name,
            tax_return.taxpayer_name.clone(),
            tax_return.title(language),
            t.phase_name(row.status.phase).to_owned(),
            day(row.status.due),
            day(tax_return.postponed_until),
        ]
    }));
    csv::file(&format!("{}-{}.csv", t.file_name(), choice.year), lines)
}
