//! A reminder that an advisor asks for: one mail with what is open for a person at this
//! moment. Reminders that are due by the clock are in [`super::reminder`].

use super::{
    Composer,
    household::Household,
    occasion::{Draft, item},
    timing::{Schedule, day_of, moment, plus_days},
};
use documents::dossier::{DossierYear, TaskState};
use model::{
    mail::MailKind,
    record::Role,
    time::{TaxYear, Timestamp},
};
use storage::db::{DbError, PersonRow, Tx};

/// The result of asking for a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nudge {
    /// The mail was queued.
    Sent,
    /// Nothing is open for this person, or the person is a reader.
    NothingOpen,
    /// The person wants no reminders, or is blocked.
    Unwanted,
    /// The person gets another mail on that day already.
    MailedToday,
}

/// Reminds a person of what is open in a year, in the caller's transaction.
pub fn nudge(
    tx: &Tx<'_>,
    composer: &Composer,
    view: &DossierYear,
    person: &PersonRow,
    tax_year: TaxYear,
    at: Timestamp,
) -> Result<Nudge, DbError> {
    if person.blocked || view.preferences.get(&person.id).is_some_and(|p| !p.reminders) {
        return Ok(Nudge::Unwanted);
    }
    let open = view.tasks.iter().filter(|t| view.task_state(t, person.id) == TaskState::Open);
    let today = day_of(at);
    let items: Vec<_> =
        open.map(|t| item(t.task.title.get(person.language), t.task.due, Some(today), person.language)).collect();
    if items.is_empty() || person.role == Role::Reader {
        return Ok(Nudge::NothingOpen);
    }
    let household = Household::of(tx, person.id)?;
    // At night the mail waits for the morning, and counts as one of that day.
    let leaves = composer.awake(&Schedule::of(tx, household.firm.id)?, at);
    let day = day_of(leaves);
    if tx.was_mailed(person.id, moment(day, 0), moment(plus_days(day, 1), 0))? {
        return Ok(Nudge::MailedToday);
    }
    let draft = Draft { items, tax_year: Some(tax_year), ..Draft::to_person(MailKind::Reminder, "/") };
    let mail = composer.written(tx, &household, &draft, at)?;
    composer.put(tx, &mail, at, leaves)?;
    Ok(Nudge::Sent)
}
