//! The firm's clients as a file that an import reads again: with the details of their people and all numbers of the tax
//! authority. Who takes it along shows a passkey, and the log says so.

use super::text::Columns;
use crate::part::{csv, editor::Editor};
use accounts::error::ServerError;
use axum::{extract::State, response::Response};
use dossiers::{
    Dossiers,
    import::columns::{Detail, Field},
    work::{Share, Work},
};
use model::{event::Event, id::*, record::DetailField};
use std::collections::HashMap;
use storage::db::{Actor, Advisor, DbError, KnownClient, KnownNumber, NewEvent};

/// Handles `GET /kantoor/importeren/klanten.csv`.
pub async fn download(
    State(dossiers): State<Dossiers>,
    State(work): State<Work>,
    Editor(advisor): Editor,
) -> Result<Response, ServerError> {
    let (firm, language, now) = (advisor.firm, advisor.language, dossiers.clock().now());
    let reading = dossiers.clone();
    let (clients, numbers, advisors) = work
        .run(Share::Console, move || {
            reading.db().read(|q| {
                let numbers = q.tax_numbers_of_firm(reading.vault(), firm)?;
                Ok::<_, DbError>((q.known_clients(firm)?, numbers, q.advisors(firm)?))
            })
        })
        .await??;
    let event = Event::TaxNumbersExported { count: numbers.len() };
    let actor = Actor::Advisor(advisor.id);
    dossiers
        .db()
        .write(move |tx| tx.log(&NewEvent { firm, client: None, tax_year: None, at: now, actor, event }))
        .await?;
    let mut of = HashMap::<ClientId, Vec<KnownNumber>>::new();
    for number in numbers {
        of.entry(number.client).or_default().push(number);
    }
    let fields: Vec<_> = Field::all().filter(|field| !is_part_of_name(*field)).collect();
    let headings = fields.iter().map(|field| Columns(language).field(*field)).collect();
    let rows = clients.iter().map(|client| {
        let numbers = of.get(&client.client.id).map_or(&[][..], Vec::as_slice);
        fields.iter().map(|field| cell(client, numbers, &advisors, *field)).collect()
    });
    csv::file("klanten.csv", std::iter::once(headings).chain(rows))
}

/// Returns true for the parts of a name, of which only the whole is known.
fn is_part_of_name(field: Field) -> bool {
    matches!(field, Field::Of(_, Detail::Infix | Detail::Surname))
}

fn cell(known: &KnownClient, numbers: &[KnownNumber], advisors: &[Advisor], field: Field) -> String {
    match field {
        Field::Number => known.client.number.clone(),
        Field::Name => known.client.name.clone(),
        Field::Advisor => advisors.iter().find(|a| a.id == known.client.advisor).map_or("", |a| &a.name).to_owned(),
        Field::Tags => known.tags.join(", "),
        Field::TaxNumber(kind) => {
            numbers.iter().find(|number| number.kind == kind).map_or("", |number| &number.number).to_owned()
        }
        Field::Of(n, part) => {
            let Some(person) = known.people.get(n) else { return String::new() };
            let detail = |field: DetailField| person.details.get(field.word()).cloned().unwrap_or_default();
            match part {
                Detail::FullName => person.row.name.clone(),
                Detail::GivenName => person.row.given_name.clone(),
                Detail::Infix | Detail::Surname => String::new(),
                Detail::Email => person.row.email.clone(),
                Detail::Phone => detail(DetailField::Phone),
                Detail::Bsn => detail(DetailField::Bsn),
                Detail::Language => person.row.language.tag().to_owned(),
            }
        }
    }
}
