//! Importing clients: the file, the meaning of its columns, what is wrong, and the progress
//! of the import. Each step is a page; leaving it loses nothing.

pub mod current;
pub mod file;
mod tally;
pub mod text;
mod view;

use crate::{
    bulk,
    part::{
        address, csv,
        editor::Editor,
        form::{Form, Posted},
        page,
        time_format::TimeFormat,
    },
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::import::{
    change::changes,
    columns::{Detail, Field, plain},
    row::{cell, read},
    run::{columns, judge_all},
};
use dossiers::{
    Dossiers,
    work::{Share, Work},
};
use inspect::table::{LARGEST, MOST_ROWS};
use model::language::Language;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};
use storage::{
    clock::Clock,
    db::{Advisor, BulkAction, Db, DbError, Import, ImportRow, ImportState, ImportVerdict, Rows},
};
use text::{Columns, Importing as Text};
use tokio::sync::Notify;
use view::{
    ImportStep,
    rows::{self, LineView},
};

/// The number of rows on one page.
const PAGE: usize = 50;
/// The number of rows that show what a column contains.
const SAMPLES: usize = 3;
/// The number of bytes that are read of a file, so that the page can say that it is too large.
pub const ROOM: usize = 4 * LARGEST;
/// The number of bytes of a page of rows: fifty rows with the longest cells in every field fit.
pub const PAGE_ROOM: usize = 4 * 1024 * 1024;

/// The parameters of the address: which rows are shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ImportQuery {
    toon: Option<String>,
    pagina: Option<String>,
}

fn find(db: &Db, advisor: &Advisor, id: &str) -> Result<Import, ServerError> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok(db.read(|q| q.import(advisor.firm, id))?.ok_or(Refusal::NotFound)?)
}

/// Handles `GET /kantoor/importeren/{import}`: shows the step that the import is at.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(dossiers): State<Dossiers>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
    Query(shown): Query<ImportQuery>,
) -> Result<Html<String>, ServerError> {
    let import = find(&db, &advisor, &id)?;
    page(&dossiers, &clock, advisor, &import, &shown, &Form::default())
}

fn page(
    dossiers: &Dossiers,
    clock: &Clock,
    advisor: Advisor,
    import: &Import,
    shown: &ImportQuery,
    form: &Form,
) -> Result<Html<String>, ServerError> {
    let db = dossiers.db();
    let frame = page::frame(db, clock, advisor)?;
    let (rows, counts) = db.read(|q| {
        Ok::<_, DbError>((q.import_rows(import.id, Rows::All, 0, SAMPLES)?, q.count_import_rows(import.id)?))
    })?;
    let tally = tally::tally(&counts);
    let stage = match import.state {
        ImportState::Columns => ImportStep::Columns { samples: rows.into_iter().map(|row| row.cells).collect(), form },
        ImportState::Check => {
            let all = shown.toon.as_deref() == Some("alles");
            let which = if all { Rows::All } else { Rows::Attention };
            let pages = if all { tally.all } else { tally.attention() }.div_ceil(PAGE).max(1);
            let page = shown.pagina.as_deref().and_then(|p| p.parse().ok()).unwrap_or(1).clamp(1, pages);
            ImportStep::Check { all, page, pages, lines: lines(dossiers, import, which, (page - 1) * PAGE)? }
        }
        ImportState::Running => ImportStep::Running,
        ImportState::Done => {
            let clients = db.read(|q| q.clients_of_import(import.id))?.len();
            ImportStep::Done { clients }
        }
    };
    Ok(Html(view::page(&frame, import, &tally, stage)))
}

fn lines(dossiers: &Dossiers, import: &Import, which: Rows, skip: usize) -> Result<Vec<LineView>, ServerError> {
    let columns = columns(import);
    Ok(dossiers.db().read(|q| {
        let advisors = q.advisors(import.firm)?;
        let line = |row: ImportRow| {
            let (wanted, _) = read(&columns, &row.cells, &advisors);
            let known = match row.verdict {
                Some(ImportVerdict::Exists) => q.known_client(import.firm, &wanted.number)?,
                _ => None,
            };
            let numbers = known.as_ref().map(|known| q.tax_numbers(dossiers.vault(), known.client.id)).transpose()?;
            let numbers = numbers.unwrap_or_default();
            Ok(LineView {
                line: row.line,
                name: wanted.people.first().map(|p| p.name.clone()).unwrap_or_default(),
                partner: wanted.people.get(1).map(|p| p.name.clone()),
                cells: Field::all().map(|f| (f, cell(&columns, &row.cells, f).to_owned())).collect(),
                problems: serde_json::from_str(&row.problems).unwrap_or_default(),
                changes: known.map(|known| changes(&known, &numbers, &wanted, &advisors)).unwrap_or_default(),
                verdict: row.verdict.unwrap_or(ImportVerdict::Wrong),
                taken: row.taken,
            })
        };
        q.import_rows(import.id, which, skip, PAGE)?.into_iter().map(line).collect::<Result<_, DbError>>()
    })?)
}

/// Handles `POST …/kolommen`.
pub async fn name_columns(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(work): State<Work>,
    State(dossiers): State<Dossiers>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let mut import = find(&db, &advisor, &id)?;
    if !matches!(import.state, ImportState::Columns | ImportState::Check) {
        return Ok(Redirect::to(&address::import(import.id)).into_response());
    }
    let mut form = Form::from(typed);
    let chosen = |n: usize| Field::of(form.value(&format!("column_{n}")));
    let columns: Vec<_> = (0..import.headings.len()).map(chosen).collect();
    if let Some(refused) = refusal(&columns, advisor.language) {
        form.refuse("", refused);
        import.columns = columns.into_iter().map(|f| f.map(Field::word)).collect();
        let page = page(&dossiers, &clock, advisor, &import, &ImportQuery::default(), &form)?;
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let plain: Vec<_> = import.headings.iter().map(|h| plain(h)).collect();
    import.columns = columns.iter().map(|f| f.map(Field::word)).collect();
    // What is missing about a partner is filled in on the page, so there must be a column for it.
    let email = Field::Of(1, Detail::Email);
    if columns.iter().any(|c| matches!(c, Some(Field::Of(1, _)))) && !columns.contains(&Some(email)) {
        import.columns.push(Some(email.word()));
    }
    import.state = ImportState::Check;
    let (db, import) = (db.clone(), import);
    let to = address::import(import.id);
    let judge = move || {
        let new = import.clone();
        db.write_blocking(move |tx| tx.set_import_columns(&new, &plain))?;
        judge_all(&db, dossiers.vault(), &import)
    };
    work.run(Share::Console, judge).await??;
    Ok(Redirect::to(&to).into_response())
}

/// Returns why the columns cannot have the chosen meaning, or None if they can.
fn refusal(columns: &[Option<Field>], language: Language) -> Option<String> {
    let t = Text(language);
    let has = |field| columns.contains(&Some(field));
    let of = |part| has(Field::Of(0, part));
    let twice = columns.iter().enumerate().find(|(n, c)| c.is_some() && columns[..*n].contains(c));
    if let Some((_, Some(field))) = twice {
        Some(t.twice(&Columns(language).field(*field)))
    } else if !has(Field::Number) {
        Some(t.no_number().to_owned())
    } else if !(of(Detail::FullName) || of(Detail::GivenName) && of(Detail::Surname)) {
        Some(t.no_name().to_owned())
    } else if !of(Detail::Email) {
        Some(t.no_email().to_owned())
    } else {
        None
    }
}

/// Handles `POST …/regels`: stores the cells that were corrected and which rows are included.
pub async fn repair(
    State(db): State<Db>,
    State(work): State<Work>,
    State(dossiers): State<Dossiers>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
    Query(shown): Query<ImportQuery>,
    Posted(typed): Posted<Vec<(String, String)>>,
) -> Result<Redirect, ServerError> {
    let import = find(&db, &advisor, &id)?;
    let mut to = address::import(import.id);
    if import.state == ImportState::Check {
        to = rows::rows_href(&import, shown.toon.as_deref() == Some("alles"), shown.pagina.as_deref().unwrap_or("1"));
        work.run(Share::Console, move || keep_typed(&dossiers, &import, &typed)).await??;
    }
    Ok(Redirect::to(&to))
}

fn keep_typed(dossiers: &Dossiers, import: &Import, typed: &[(String, String)]) -> Result<(), DbError> {
    let db = dossiers.db();
    let columns = columns(import);
    let (mut cells, mut taken) = (BTreeMap::<u32, Vec<(usize, String)>>::new(), BTreeMap::<u32, bool>::new());
    for (name, value) in typed {
        let mut parts = name.splitn(3, '-');
        let (kind, line) = (parts.next(), parts.next().and_then(|line| line.parse::<u32>().ok()));
        match (kind, line, parts.next()) {
            // Browsers do not send a box that is not ticked: `asked` says that the box was on the page.
            (Some("asked"), Some(line), _) => {
                taken.entry(line).or_insert(false);
            }
            (Some("take"), Some(line), _) => {
                taken.insert(line, true);
            }
            (Some("cell"), Some(line), Some(word)) => {
                let place = columns.iter().position(|c| *c == Field::of(word) && c.is_some());
                cells.entry(line).or_default().extend(place.map(|place| (place, value.trim().to_owned())));
            }
            _ => {}
        }
    }
    let id = import.id;
    db.write_blocking(move |tx| {
        for (line, changed) in cells {
            let Some(row) = tx.import_row(id, line)? else { continue };
            let mut cells = row.cells;
            for (place, value) in changed {
                cells.resize(cells.len().max(place + 1), String::new());
                cells[place] = value;
            }
            tx.set_row_cells(id, line, &cells)?;
        }
        taken.into_iter().try_for_each(|(line, taken)| tx.set_row_taken(id, line, taken))
    })?;
    judge_all(db, dossiers.vault(), import)
}

/// Handles `POST …/start`: starts the import. A second request changes nothing.
pub async fn start(
    State(db): State<Db>,
    State(jobs): State<Arc<Notify>>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Redirect, ServerError> {
    let import = find(&db, &advisor, &id)?;
    let id = import.id;
    if db.write(move |tx| tx.start_import(id)).await? {
        jobs.notify_one();
    }
    Ok(Redirect::to(&address::import(id)))
}

/// Handles `POST …/uitnodigen`: leads to the page that invites the imported clients, which first shows who gets a mail.
pub async fn invite(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Redirect, ServerError> {
    let import = find(&db, &advisor, &id)?;
    let clients = db.read(|q| q.clients_of_import(import.id))?;
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    bulk::draft(&db, &clock, &advisor, BulkAction::Invite, page::season(time_format), clients).await
}

/// Handles `POST …/weg`: deletes the import.
pub async fn discard(
    State(db): State<Db>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Redirect, ServerError> {
    let import = find(&db, &advisor, &id)?;
    if import.state != ImportState::Running {
        db.write(move |tx| tx.remove_import(import.id)).await?;
    }
    Ok(Redirect::to("/kantoor/importeren"))
}

/// Handles `GET …/regels.csv`: the rows that need attention, or after the import those that were left out.
pub async fn rows_csv(
    State(db): State<Db>,
    Editor(advisor): Editor,
    Path(id): Path<String>,
) -> Result<Response, ServerError> {
    let import = find(&db, &advisor, &id)?;
    let which = if import.state == ImportState::Check { Rows::Attention } else { Rows::LeftOut };
    let rows = db.read(|q| q.import_rows(import.id, which, 0, MOST_ROWS))?;
    let lines = std::iter::once(&import.headings).chain(rows.iter().map(|row| &row.cells));
    csv::file("regels.csv", lines.map(|cells| cells.iter().collect()))
}
