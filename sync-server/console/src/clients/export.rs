//! The table of clients as a CSV file with all pages of the present choice. A spreadsheet opens it
//! without asking questions, and runs nothing in it.

use super::text::Clients;
use crate::part::{
    client_table::{ClientLine, ClientsQuery, line, table_choice},
    csv,
    page::season,
    phase::{attention, phase_name, text::Stages},
    time_format::TimeFormat,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::Response,
};
use dossiers::work::{Share, Work};
use storage::{clock::Clock, db::Db};

/// The maximum number of clients in one file.
const MOST: usize = 100_000;

/// Handles `GET /kantoor/klanten/klanten.csv`, with the choice of the table.
pub async fn download(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(work): State<Work>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ClientsQuery>,
) -> Result<Response, ServerError> {
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    let choice = asked.choice(season(time_format));
    let wanted = table_choice(advisor.firm, &choice, time_format);
    let rows = work.run(Share::Console, move || db.read(|q| q.table(&wanted, 0, MOST))).await??;
    let lines: Vec<_> = rows.into_iter().map(line).collect();
    csv::file(&format!("klanten-{}.csv", choice.year), table(time_format, choice.year.0, &lines))
}

/// Returns the rows of the file, the headings first.
fn table(time_format: TimeFormat, year: i16, lines: &[ClientLine]) -> Vec<Vec<String>> {
    let (t, stages) = (Clients(time_format.language), Stages(time_format.language));
    let headings = [t.number(), t.client(), &t.stage(year), t.checklist(), t.attention(), t.active()];
    let mut rows = vec![headings.map(str::to_owned).to_vec()];
    for line in lines {
        let status = line.status.as_ref();
        let checklist = status.filter(|s| s.asked > 0).map(|s| stages.questions(s.answered, s.asked));
        let waits = status.and_then(|s| s.attention).map(|a| attention(time_format.language, a).2);
        let waits = waits.or_else(|| line.expired.then(|| stages.expired())).unwrap_or_default();
        let active = status.map(|s| time_format.long(s.updated_at)).unwrap_or_default();
        let phase = phase_name(time_format.language, line.phase);
        rows.push(vec![
            line.number.clone(),
            line.name.clone(),
            phase.to_owned(),
            checklist.unwrap_or_default(),
            waits.to_owned(),
            active,
        ]);
    }
    rows
}
