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
use accounts::error::ServerError;
use axum::{
    extract::{Multipart, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use dossiers::import::{
    columns::{Detail, Field, guess},
    read::{self, LARGEST, Unreadable},
};
use model::id::ImportId;
use std::collections::HashMap;
use storage::{
    clock::{Clock, random},
    db::{Advisor, Db, DbError, Import, ImportState},
};

/// The number of rows that are written in one transaction.
const CHUNK: usize = 2000;
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
    Editor(advisor): Editor,
    parts: Multipart,
) -> Result<Response, ServerError> {
    let Sent { file, too_large, .. } = receive(parts, LARGEST as u64).await?;
    let (name, bytes) = file.unwrap_or_default();
    let sheet = match too_large {
        true => Err(Unreadable::TooLarge),
        false => tokio::task::spawn_blocking(move || read::sheet(&bytes)).await?,
    };
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(why) => {
            let sentence = Some(sentence(Text(advisor.language), why));
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
        columns: guess(&sheet.headings, &remembered).into_iter().map(|f| f.map(Field::word)).collect(),
        headings: sheet.headings,
        state: ImportState::Columns,
        created_at: clock.now(),
        finished_at: None,
    };
    let (id, new) = (import.id, import);
    db.write(move |tx| tx.add_import(&new)).await?;
    for rows in sheet.rows.chunks(CHUNK) {
        let rows = rows.to_vec();
        db.write(move |tx| tx.add_import_rows(id, &rows)).await?;
    }
    Ok(Redirect::to(&address::import(id)).into_response())
}

fn sentence(t: Text, why: Unreadable) -> String {
    match why {
        Unreadable::Empty => t.failed_empty().to_owned(),
        Unreadable::TooLarge => t.failed_large().to_owned(),
        Unreadable::Workbook => t.failed_workbook().to_owned(),
        Unreadable::Binary => t.failed_binary().to_owned(),
        Unreadable::TooManyRows => t.failed_rows().to_owned(),
        Unreadable::TooManyColumns => t.failed_columns().to_owned(),
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
