//! Checks all rows of an import, and carries it out: some rows at a time, each
//! exactly once, even if the server ends half-way.

use super::{
    change::{changes, matched, taxpayer},
    check::{Firm, Judge},
    columns::Field,
    row::{self, CellMistake, Problem, Wanted, WantedPerson},
};
use crate::dossiers::{Dossiers, keep_order};
use accounts::error::ServerError;
use mail::{Composer, Notice};
use model::{
    event::Event,
    id::*,
    language::Language,
    mail_address::MailAddress,
    record::Role,
    time::{TaxYear, Timestamp},
};
use std::sync::Arc;
use storage::{
    clock::random,
    db::{
        Actor, Advisor, Client, Db, DbError, Import, ImportRow, ImportVerdict, KnownClient, KnownNumber, NewEvent,
        PersonChange, PersonRow, Rows, Tx,
    },
    vault::Vault,
};

/// The number of rows that are carried out in one transaction.
const CHUNK: usize = 200;
/// The number of rows that are read and judged at a time.
const JUDGED: usize = 2000;

/// Returns the field of each column of an import.
pub fn columns(import: &Import) -> Vec<Option<Field>> {
    import.columns.iter().map(|word| word.as_deref().and_then(Field::of)).collect()
}

/// Checks all rows and stores the results. Blocks.
pub fn judge_all(db: &Db, vault: &Vault, import: &Import) -> Result<(), DbError> {
    let id = import.id;
    let firm = db.read(|q| {
        let numbers = q.tax_numbers_of_firm(vault, import.firm)?;
        Ok::<_, DbError>(Firm::new(q.known_clients(import.firm)?, numbers, q.working_advisors(import.firm)?))
    })?;
    let columns = columns(import);
    let mut judge = Judge::new(&firm, &columns);
    // The rows of a large file do not all fit into memory. Their verdicts change nothing about which rows there are.
    for skip in (0..).step_by(JUDGED) {
        let rows = db.read(|q| q.import_rows(id, Rows::All, skip, JUDGED))?;
        if rows.is_empty() {
            break;
        }
        let mut judged = Vec::new();
        for row in rows {
            let (verdict, problems) = judge.judge(row.line, &row.cells);
            let problems = serde_json::to_string(&problems).map_err(|_| DbError::Unwritable("problem of a row"))?;
            if row.verdict != Some(verdict) || row.problems != problems {
                judged.push((row.line, verdict, problems));
            }
        }
        db.write_blocking(move |tx| tx.judge_rows(id, &judged))?;
    }
    Ok(())
}

/// Carries out the next rows of an import. Returns true if there may be more.
pub async fn step(dossiers: &Dossiers, import: &Import) -> Result<bool, ServerError> {
    let rows = dossiers.db().read(|q| q.import_rows_to_do(import.id, CHUNK))?;
    let (id, now) = (import.id, dossiers.clock().now());
    if rows.is_empty() {
        dossiers
            .db()
            .write(move |tx| {
                tx.finish_import(id, now)?;
                Ok::<_, DbError>(())
            })
            .await?;
        return Ok(false);
    }
    let (written, waiting): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.written);
    if written.is_empty() {
        let (import, composer, vault) = (import.clone(), dossiers.composer().clone(), dossiers.vault().clone());
        dossiers.db().write(move |tx| carry_out(tx, &Tools { composer, vault }, &import, &waiting, now)).await?;
    } else {
        // The documents of open years have to repeat the changes to these clients.
        let (dossiers, import) = (dossiers.clone(), import.clone());
        tokio::task::spawn_blocking(move || follow_up(&dossiers, &import, written)).await??;
    }
    Ok(true)
}

fn follow_up(dossiers: &Dossiers, import: &Import, rows: Vec<ImportRow>) -> Result<(), ServerError> {
    let advisor = dossiers.db().read(|q| q.advisor(import.advisor))?.ok_or(DbError::Missing("advisor of an import"))?;
    for row in rows {
        let Some(client) = row.client else { continue };
        // A client whose years cannot follow now is tried again apart from the import.
        dossiers.renew_covers(&advisor, vec![client]);
        let (id, line) = (import.id, row.line);
        dossiers.db().write_blocking(move |tx| tx.row_done(id, line, Some(client), false))?;
    }
    Ok(())
}

/// What carrying out a row needs beside the transaction.
struct Tools {
    composer: Arc<Composer>,
    vault: Vault,
}

/// Carries out rows. One that cannot be carried out is left out and says so; the others go on.
fn carry_out(tx: &Tx<'_>, tools: &Tools, import: &Import, rows: &[ImportRow], now: Timestamp) -> Result<(), DbError> {
    let (columns, advisors) = (columns(import), tx.working_advisors(import.firm)?);
    for row in rows {
        if let Err(error) = tx.apart(|tx| carry_out_row(tx, tools, import, (&columns, &advisors), row, now)) {
            tracing::error!(%error, line = row.line, "a row of an import is left out");
            let failed = [Problem { field: String::new(), mistake: CellMistake::Failed }];
            let problems = serde_json::to_string(&failed).map_err(|_| DbError::Unwritable("problem of a row"))?;
            tx.judge_rows(import.id, &[(row.line, ImportVerdict::Wrong, problems)])?;
            tx.row_done(import.id, row.line, None, false)?;
        }
    }
    Ok(())
}

fn carry_out_row(
    tx: &Tx<'_>,
    tools: &Tools,
    import: &Import,
    (columns, advisors): (&[Option<Field>], &[Advisor]),
    row: &ImportRow,
    now: Timestamp,
) -> Result<(), DbError> {
    let takes =
        row.taken && matches!(row.verdict, Some(ImportVerdict::New | ImportVerdict::Exists | ImportVerdict::Double));
    let (wanted, _) = row::read(columns, &row.cells, advisors);
    let known = if takes { tx.known_client(import.firm, &wanted.number)? } else { None };
    match known {
        _ if !takes => tx.row_done(import.id, row.line, None, false),
        None => {
            let client = add(tx, &tools.vault, import, &wanted, now)?;
            tx.row_done(import.id, row.line, Some(client), false)
        }
        Some(known) if row.verdict != Some(ImportVerdict::Exists) => {
            // The client was added since the check, so nobody has seen what would change.
            let numbers = tx.tax_numbers(&tools.vault, known.client.id)?;
            let changes = changes(&known, &numbers, &wanted, advisors);
            let verdict = if changes.is_empty() { ImportVerdict::Same } else { ImportVerdict::Exists };
            tx.judge_rows(import.id, &[(row.line, verdict, row.problems.clone())])?;
            tx.set_row_taken(import.id, row.line, changes.is_empty())?;
            tx.row_done(import.id, row.line, None, false)
        }
        Some(known) => {
            change(tx, tools, import, &known, &wanted, now)?;
            let follows = !tx.documents_of_client(known.client.id)?.is_empty();
            tx.row_done(import.id, row.line, Some(known.client.id), follows)
        }
    }
}

fn log(tx: &Tx<'_>, import: &Import, client: ClientId, event: Event, at: Timestamp) -> Result<(), DbError> {
    tx.log(&NewEvent {
        firm: import.firm,
        client: Some(client),
        tax_year: None,
        at,
        actor: Actor::Advisor(import.advisor),
        event,
    })
}

fn new_person(firm: FirmId, client: ClientId, wanted: &WantedPerson) -> PersonRow {
    PersonRow {
        id: PersonId::from_random(random()),
        firm,
        client,
        account: None,
        name: wanted.name.clone(),
        given_name: wanted.given_name.clone(),
        email: wanted.email.clone(),
        language: wanted.language.unwrap_or(Language::Nl),
        role: Role::Approver,
        blocked: false,
        until: None,
    }
}

fn add(tx: &Tx<'_>, vault: &Vault, import: &Import, wanted: &Wanted, now: Timestamp) -> Result<ClientId, DbError> {
    let client = Client {
        id: ClientId::from_random(random()),
        firm: import.firm,
        number: wanted.number.clone(),
        name: wanted.name(),
        advisor: wanted.advisor.unwrap_or(import.advisor),
    };
    tx.add_client(&client, now)?;
    let mut people: Vec<_> = wanted.people.iter().map(|w| new_person(import.firm, client.id, w)).collect();
    keep_order(&mut people);
    let first = people.first().map(|person| person.id);
    for (person, wanted) in people.iter().zip(&wanted.people) {
        tx.add_person(person, now)?;
        for (field, value) in wanted.details() {
            tx.set_person_detail(person.id, field.word(), value)?;
        }
    }
    if !wanted.tags.is_empty() {
        tx.set_tags(client.id, &wanted.tags)?;
    }
    keep_numbers(tx, vault, client.id, first, wanted)?;
    let event = Event::ClientAdded { imported: true, people: people.len() };
    log(tx, import, client.id, event, now)?;
    Ok(client.id)
}

/// Stores the numbers of a row for their taxpayer.
fn keep_numbers(
    tx: &Tx<'_>,
    vault: &Vault,
    client: ClientId,
    first: Option<PersonId>,
    wanted: &Wanted,
) -> Result<(), DbError> {
    let (false, Some(first)) = (wanted.numbers.is_empty(), first) else { return Ok(()) };
    let taxpayer = taxpayer(client, &tx.tax_numbers(vault, client)?, wanted, first);
    for (kind, number) in &wanted.numbers {
        tx.set_tax_number(vault, &KnownNumber { client, taxpayer, kind: *kind, number: number.clone() })?;
    }
    Ok(())
}

fn change(
    tx: &Tx<'_>,
    tools: &Tools,
    import: &Import,
    known: &KnownClient,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<(), DbError> {
    let client = Client {
        name: wanted.name.clone().unwrap_or_else(|| known.client.name.clone()),
        advisor: wanted.advisor.unwrap_or(known.client.advisor),
        ..known.client.clone()
    };
    tx.change_client(&client)?;
    let mut tags = known.tags.clone();
    tags.extend(wanted.tags.iter().filter(|t| !known.tags.iter().any(|k| k.eq_ignore_ascii_case(t))).cloned());
    tx.set_tags(client.id, &tags)?;
    let mut first = None;
    for (wanted, known) in wanted.people.iter().zip(matched(&known.people, &wanted.people)) {
        let person = match known {
            None => {
                let person = new_person(import.firm, client.id, wanted);
                tx.add_person(&person, now)?;
                person.id
            }
            Some(known) => {
                let row = &known.row;
                let mut change = PersonChange::of(row.id);
                change.name = Some(wanted.name.clone());
                change.email = Some(wanted.email.clone());
                tx.set_person_called(row.id, &wanted.given_name, wanted.language.unwrap_or(row.language))?;
                if row.account.is_some() && row.email != wanted.email {
                    // Both addresses get the mail, because somebody who did not ask for it must learn of the change.
                    let tax_year = TaxYear(now.at_offset(60).date().year() - 1);
                    for to in [&row.email, &wanted.email].into_iter().filter_map(|to| MailAddress::read(to)) {
                        tools.composer.queue(tx, &Notice::AddressChanged { person: row.id, tax_year, to }, now)?;
                    }
                }
                tx.change_person(&change)?;
                row.id
            }
        };
        for (field, value) in wanted.details() {
            tx.set_person_detail(person, field.word(), value)?;
        }
        first.get_or_insert(person);
    }
    keep_numbers(tx, &tools.vault, client.id, first, wanted)?;
    let event = Event::ClientChanged { imported: true, people: Some(wanted.people.len()) };
    log(tx, import, client.id, event, now)
}
