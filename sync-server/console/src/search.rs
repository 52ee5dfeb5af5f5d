//! Finding a client from any page while the advisor types. Without script the
//! table of clients does the same.

mod view;

use crate::part::{
    choice::Choice,
    client_table::{line, line_of, table_choice},
    page::season,
    time_format::TimeFormat,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::Html,
};
use serde::Deserialize;
use storage::{clock::Clock, db::Db};

/// The maximum number of clients that are offered.
const OFFERED: usize = 8;

/// The parameters of the address: what was typed so far.
#[derive(Debug, Deserialize)]
pub struct SearchQuery {
    q: Option<String>,
}

/// Handles `GET /kantoor/zoek?q=…`: returns a fragment of HTML with the first clients that fit.
pub async fn find(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(typed): Query<SearchQuery>,
) -> Result<Html<String>, ServerError> {
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    let choice = Choice { query: line_of(typed.q), ..Choice::of_year(season(time_format)) };
    let wanted = table_choice(advisor.firm, &choice, time_format);
    let rows = db.read(|q| q.table(&wanted, 0, OFFERED))?;
    let lines: Vec<_> = rows.into_iter().map(line).collect();
    Ok(Html(view::found(advisor.language, choice.year, &lines)))
}
