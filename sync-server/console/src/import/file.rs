//! The first step of an import: a file is sent, or a sample of one is downloaded.

use super::{
    tally::count,
    text::{Columns, Importing as Text},
    view,
};
use crate::part::{
    address, csv,
    editor::Editor,
    page,
    upload::{Sent, receive},
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Multipart, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::{
    Dossiers,
    import::columns::{Detail, Field, guess},
};
use inspect::{
    InspectError, Refused,
    table::{LARGEST, Table, Unreadable},
};
use model::id::ImportId;
use std::collections::HashMap;
use storage::{
    clock::{Clock, random},
    db::{Advisor, Db, DbError, Import, ImportState},
};

/// The maximum number of earlier imports that are shown.
const EARLIER: u32 = 10;

/// Handles `GET /kantoor/importeren`.
pub async fn begin(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Editor(advisor): Editor,
) -> Result<Html<String>, ServerError> {
    file_page(&db, &clock, advisor, None)
}

fn file_page(db: &Db, clock: &Clock, advisor: Advisor, refused: Option<String>) -> Result<Html<String>, ServerError> {
    let earlier = db.read(|q| {
        let imports = q.imports(advisor.firm, EARLIER)?;
        imports
            .into_iter()
            .map(|i| Ok((count(&q.count_import_rows(i.id)?, |_| true), i)))
            .collect::<Result<Vec<_>, DbError>>()
    })?;
    let frame = page::frame(db, clock, advisor)?;
    Ok(Html(view::file(&frame, &earlier, refused.as_deref())))
}

/// Handles `POST /kantoor/importeren`: receives a file.
pub async fn take_file(
    State(db): State<Db>,
    State(clock): State<Clock>,
    State(dossiers): State<Dossiers>,
    Editor(advisor): Editor,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let Sent { file, .. } = receive(dossiers.files(), parts, LARGEST as u64).await?;
    let (name, table) = match file {
        None => (String::new(), Err(Refused::from(Unreadable::Empty).into())),
        Some((name, None)) => (name, Err(Refused::from(Unreadable::TooLarge).into())),
        Some((name, Some(file))) => (name, dossiers.inspector().table(advisor.id, file.hash, file.part.path()).await),
    };
    let table: Table = match table {
        Ok(table) => table,
        Err(InspectError::Db(error)) => return Err(error.into()),
        Err(why) => {
            let sentence = Some(sentence(&advisor, why));
            return Ok((StatusCode::BAD_REQUEST, file_page(&db, &clock, advisor, sentence)?).into_response());
        }
    };
    let remembered = db.read(|q| q.remembered_columns(advisor.firm))?;
    let remembered: HashMap<_, _> = remembered.into_iter().map(|(heading, word)| (heading, Field::of(&word))).collect();
    let import = Import {
        id: ImportId::from_random(random()),
        firm: advisor.firm,
        advisor: advisor.id,
        file_name: name,
        columns: guess(&table.headings, &remembered).into_iter().map(|f| f.map(Field::word)).collect(),
        headings: table.headings.clone(),
        state: ImportState::Columns,
        created_at: clock.now(),
        finished_at: None,
    };
    let (id, new) = (import.id, import);
    db.write(move |tx| tx.add_import(&new)).await?;
    for rows in table.rows() {
        db.write(move |tx| tx.add_import_rows(id, &rows)).await?;
    }
    Ok(Redirect::to(&address::import(id)).into_response())
}

fn sentence(advisor: &Advisor, why: InspectError) -> String {
    let t = Text(advisor.language);
    let why = match why {
        InspectError::Refused(Refused::Table(why)) => why,
        InspectError::Refused(Refused::TooComplex) => return t.failed_complex().to_owned(),
        _ => return Refusal::FilesWait.sentence(advisor.language).to_owned(),
    };
    match why {
        Unreadable::Empty => t.failed_empty().to_owned(),
        Unreadable::TooLarge => t.failed_large().to_owned(),
        Unreadable::Workbook => t.failed_workbook().to_owned(),
        Unreadable::Binary => t.failed_binary().to_owned(),
        Unreadable::TooManyRows => t.failed_rows().to_owned(),
        Unreadable::TooManyColumns => t.failed_columns().to_owned(),
        Unreadable::TooManyCells(line) => t.failed_cells(line),
        Unreadable::EndlessCell(line) => t.failed_endless(line),
        Unreadable::NoHeadings => t.failed_headings().to_owned(),
        Unreadable::NoRows => t.failed_no_rows().to_owned(),
    }
}

/// Handles `GET /kantoor/importeren/voorbeeld.csv`.
pub async fn sample(Editor(advisor): Editor) -> Result<Response, ServerError> {
    let of = |n, part| Field::Of(n, part);
    let fields = [
        (Field::Number, ["10417", "10402"]),
        (of(0, Detail::GivenName), ["Marieke", "Ayşe"]),
        (of(0, Detail::Infix), ["", ""]),
        (of(0, Detail::Surname), ["Jansen", "Yılmaz"]),
        (of(0, Detail::Email), ["marieke@voorbeeld.nl", "ayse@voorbeeld.nl"]),
        (of(0, Detail::Bsn), ["111222333", ""]),
        (of(1, Detail::FullName), ["Thomas Bakker", ""]),
        (of(1, Detail::Email), ["thomas@voorbeeld.nl", ""]),
        (Field::Tags, ["ondernemer", ""]),
    ];
    let heading = fields.iter().map(|(field, _)| Columns(advisor.language).field(*field)).collect::<Vec<_>>();
    let rows = [0, 1].map(|n| fields.iter().map(|(_, rows)| rows[n]).collect());
    let heading = heading.iter().map(String::as_str).collect();
    csv::file("voorbeeld.csv", std::iter::once(heading).chain(rows))
}
