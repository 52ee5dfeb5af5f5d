//! The table of clients as a CSV file with all pages of the present choice. A spreadsheet opens it
//! without asking questions, and runs nothing in it.

use super::text::Clients;
use crate::{
    part::{
        client_table::{ClientLine, ClientsQuery, line, table_choice},
        page::season,
        phase::{attention, phase_name, text::Stages},
        time_format::TimeFormat,
    },
    state::Console,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};

/// The maximum number of clients in one file.
const MOST: usize = 100_000;

/// Handles `GET /kantoor/klanten/klanten.csv`, with the choice of the table.
pub async fn download(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ClientsQuery>,
) -> Result<Response, ServerError> {
    let time_format = TimeFormat { now: state.clock.now(), language: advisor.language };
    let choice = asked.choice(season(time_format));
    let wanted = table_choice(advisor.firm, &choice, time_format);
    let db = state.db.clone();
    let rows = tokio::task::spawn_blocking(move || db.read(|q| q.table(&wanted, 0, MOST))).await??;
    let lines: Vec<_> = rows.into_iter().map(line).collect();
    let name = format!("attachment; filename=\"klanten-{}.csv\"", choice.year);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, csv(time_format, choice.year.0, &lines)).into_response())
}

/// Writes the file: with a byte order mark by which Excel recognises UTF-8, with semicolons as
/// Dutch spreadsheets expect, and with lines ended as RFC 4180 says.
fn csv(time_format: TimeFormat, year: i16, lines: &[ClientLine]) -> String {
    let (t, stages) = (Clients(time_format.language), Stages(time_format.language));
    let mut out = String::from('\u{feff}');
    let mut row = |cells: [&str; 6]| {
        out.push_str(&cells.map(cell).join(";"));
        out.push_str("\r\n");
    };
    row([t.number(), t.client(), &t.stage(year), t.checklist(), t.attention(), t.active()]);
    for line in lines {
        let status = line.status.as_ref();
        let checklist = status.filter(|s| s.asked > 0).map(|s| stages.questions(s.answered, s.asked));
        let waits = status.and_then(|s| s.attention).map(|a| attention(time_format.language, a).2);
        let waits = waits.or_else(|| line.expired.then(|| stages.expired())).unwrap_or_default();
        let active = status.map(|s| time_format.long(s.updated_at)).unwrap_or_default();
        row([
            &line.number,
            &line.name,
            phase_name(time_format.language, line.phase),
            &checklist.unwrap_or_default(),
            waits,
            &active,
        ]);
    }
    out
}

/// Writes one cell. A text that a spreadsheet would run as a formula gets an
/// apostrophe in front (OWASP, CSV injection).
pub fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_and_never_runs() {
        let cases = [
            ("Jansen", "Jansen"),
            ("Jansen; Bakker", "\"Jansen; Bakker\""),
            ("De \"Kuiper\"", "\"De \"\"Kuiper\"\"\""),
            ("=1+1", "'=1+1"),
            ("@som(A1;A2)", "\"'@som(A1;A2)\""),
            ("+31 30", "'+31 30"),
            ("-Piet", "'-Piet"),
        ];
        for (text, expected) in cases {
            assert_eq!(cell(text), expected);
        }
    }
}
