//! The actions of an advisor in a dossier. Each action writes the firm's document,
//! queues its mails and logs its event in one commit.

use super::{ActionError, Dossiers, InSameTransaction, Plan, filled::filled};
use documents::dossier::DossierYear;
use mail::Notice;
use model::{
    event::Event,
    id::*,
    language::Bilingual,
    record::*,
    section::Write,
    time::{Date, TaxYear, Timestamp},
};
use storage::{
    clock::random,
    db::{Actor, Advisor, DbError, PersonRow},
};

impl Dossiers {
    /// Opens a year of a client: creates its documents and writes whose they
    /// are. If the year is open, its cover and people are updated.
    pub fn open_year(&self, by: &Advisor, client: ClientId, tax_year: TaxYear) -> Result<(), ActionError> {
        let (firm, row, people, advisor) = self.0.db.read(|q| {
            let firm = q.firm(by.firm)?.ok_or(ActionError::NoSuchClient)?;
            let row = q.client(by.firm, client)?.ok_or(ActionError::NoSuchClient)?;
            let advisor = q.advisor(row.advisor)?.ok_or(ActionError::NoSuchClient)?;
            let people = q.people(client)?.into_iter().map(|row| Ok((q.person_details(row.id)?, row)));
            Ok::<_, ActionError>((firm, row, people.collect::<Result<Vec<_>, DbError>>()?, advisor))
        })?;
        self.create(&firm, client, tax_year)?;
        self.act(by, client, tax_year, |year, _| {
            let cover = Cover {
                firm: FirmProfile { name: firm.name, phone: firm.phone, accent: firm.accent },
                advisor: AdvisorProfile { name: advisor.name, given_name: advisor.given_name, hours: advisor.hours },
                client_number: row.number,
                tax_year,
            };
            let mut plan = Plan::default();
            if year.cover.is_none() {
                plan.events.push(Event::YearOpened {});
            }
            if year.cover.as_ref() != Some(&cover) {
                plan.writes.push(Write::of(&Cover::KEY.to_owned(), &cover));
            }
            for (known, row) in people {
                // Somebody who left the household stays in the years before as a reader, and gets no tasks.
                let role = if row.is_in(tax_year) { row.role } else { Role::Reader };
                if !row.is_in(tax_year) && !year.people.contains_key(&row.id) {
                    continue;
                }
                plan.writes.extend(filled(year, &row, &known));
                let person = Person { name: row.name, given_name: row.given_name, role, language: row.language };
                if year.people.get(&row.id) != Some(&person) {
                    plan.writes.push(Write::of(&row.id, &person));
                }
            }
            Ok((plan, ()))
        })
    }

    /// Asks the client for documents, one item each.
    pub fn request_documents(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        items: Vec<RequestItem>,
        due: Option<Date>,
    ) -> Result<TaskId, ActionError> {
        self.request_documents_also(by, client, tax_year, items, due, None)
    }

    /// Does the same as [`Self::request_documents`], and commits `in_same_transaction` with it.
    pub fn request_documents_also(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        items: Vec<RequestItem>,
        due: Option<Date>,
        in_same_transaction: Option<InSameTransaction>,
    ) -> Result<TaskId, ActionError> {
        let items: Vec<_> = items.into_iter().filter(|i| !i.title.trim().is_empty()).collect();
        self.act_also(by, client, tax_year, |year, now| {
            let count = items.len();
            let title = match items.as_slice() {
                [] => return Err(ActionError::Empty),
                [one] => Bilingual::new(format!("Stuur: {}", one.title), format!("Send: {}", one.title)),
                _ => Bilingual::new(format!("Stuur {count} documenten"), format!("Send {count} documents")),
            };
            let id = TaskId::from_random(random());
            let task = new_task(by, TaskKind::DocumentRequest(items), title, due, now);
            // The mail names no file and no bank: only that documents are asked for.
            let asked = Bilingual::new("documenten sturen", "send documents");
            let plan = Plan {
                writes: vec![Write::of(&id, &task)],
                notices: task_notices(year, tax_year, &asked, due),
                events: vec![Event::DocumentsRequested { count, task: id }],
            };
            Ok((plan, in_same_transaction, id))
        })
    }

    /// Marks a task as done.
    pub fn close_task(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        task: TaskId,
    ) -> Result<(), ActionError> {
        self.act(by, client, tax_year, |year, now| {
            year.task(task).filter(|t| t.closing.is_none()).ok_or(ActionError::NoSuchTask)?;
            let plan = Plan {
                writes: vec![Write::of(&task, &Closing { at: now, withdrawn: false })],
                notices: Vec::new(),
                events: vec![Event::TaskClosed { task }],
            };
            Ok((plan, ()))
        })
    }

    /// Lets `decide` look at the present view, and commits what it decides.
    pub(super) fn act<T>(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        decide: impl FnOnce(&DossierYear, Timestamp) -> Result<(Plan, T), ActionError>,
    ) -> Result<T, ActionError> {
        self.act_also(by, client, tax_year, |year, now| decide(year, now).map(|(plan, out)| (plan, None, out)))
    }

    /// Does the same as [`Self::act`], and commits what else is to be in the same transaction.
    pub(super) fn act_also<T>(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        decide: impl FnOnce(&DossierYear, Timestamp) -> Result<(Plan, Option<InSameTransaction>, T), ActionError>,
    ) -> Result<T, ActionError> {
        if by.role == storage::db::AdvisorRole::Reader {
            return Err(ActionError::NotAllowed);
        }
        self.0.db.read(|q| q.client(by.firm, client))?.ok_or(ActionError::NoSuchClient)?;
        let year = self.year(client, tax_year)?;
        let mut year = year.lock();
        let (plan, in_same_transaction, out) = decide(&year.view(), self.0.clock.now())?;
        self.commit(&mut year, None, plan, Actor::Advisor(by.id), in_same_transaction)?;
        Ok(out)
    }
}

/// Gives the lower ids to those who come first: documents order people by id,
/// so a household is in the same order everywhere.
pub fn keep_order(people: &mut [PersonRow]) {
    let mut ids: Vec<_> = people.iter().map(|p| p.id).collect();
    ids.sort_unstable();
    for (person, id) in people.iter_mut().zip(ids) {
        person.id = id;
    }
}

pub(super) fn new_task(by: &Advisor, kind: TaskKind, title: Bilingual, due: Option<Date>, at: Timestamp) -> Task {
    Task { kind, title, due, asked_by: by.given_name.clone(), at }
}

pub(super) fn task_notices(year: &DossierYear, tax_year: TaxYear, title: &Bilingual, due: Option<Date>) -> Vec<Notice> {
    let doers = year.people.iter().filter(|(_, p)| p.role != Role::Reader);
    doers.map(|(person, _)| Notice::Task { person: *person, tax_year, title: title.clone(), due }).collect()
}
