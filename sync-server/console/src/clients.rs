//! The table of clients. Filters, search, order and page are written in the address.

pub mod export;
pub mod text;
mod view;

use crate::part::{
    client_table::{ClientsQuery, line, sum, table_choice},
    page::{self, season},
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::Html,
};
use model::time::TaxYear;
use storage::{
    clock::Clock,
    db::{Db, DbError, Phase},
};
use view::Table;

/// The number of clients on one page.
const PAGE: usize = 50;

/// Handles `GET /kantoor/klanten`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ClientsQuery>,
) -> Result<Html<String>, ServerError> {
    let firm = advisor.firm;
    let frame = page::frame(&db, &clock, advisor)?;
    let current = season(frame.time_format);
    let mut choice = asked.choice(current);
    let wanted = table_choice(firm, &choice, frame.time_format);
    let (phases, found, pages, rows, advisors, tags) = db.read(|q| {
        let phases = q.count_phases(&wanted)?;
        let found = sum(&phases, |p| {
            (!choice.attention_only || p.attention) && choice.phase.is_none_or(|phase| phase == p.phase)
        });
        let pages = found.div_ceil(PAGE).max(1);
        choice.page = choice.page.min(pages);
        let rows = q.table(&wanted, (choice.page - 1) * PAGE, PAGE)?;
        Ok::<_, DbError>((phases, found, pages, rows, q.advisors(firm)?, q.tags_of_firm(firm)?))
    })?;
    let counts = std::iter::once(None).chain(Phase::ALL.into_iter().map(Some));
    let year = choice.year;
    let table = Table {
        years: [TaxYear(current.0 - 1), current]
            .into_iter()
            .chain((year.0 < current.0 - 1 || year > current).then_some(year))
            .collect(),
        counts: counts.map(|p| (p, sum(&phases, |c| p.is_none_or(|p| p == c.phase)))).collect(),
        attention: sum(&phases, |p| p.attention),
        found,
        pages,
        lines: rows.into_iter().map(line).collect(),
        advisors: advisors.into_iter().map(|a| (a.id, a.name)).collect(),
        tags,
        choice,
    };
    Ok(Html(view::page(&frame, &table)))
}
