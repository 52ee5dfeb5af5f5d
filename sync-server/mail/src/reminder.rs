//! Reminders: before and after a due date, only about what is still open, and one mail
//! with all of it. A step that was checked once is not checked another time.

use super::{
    Composer,
    household::Household,
    occasion::{Draft, item},
    timing::{Schedule, day_of, local, moment, plus_days},
};
use documents::dossier::{DossierYear, TaskState};
use model::{
    mail::MailKind,
    record::Role,
    time::{Date, Timestamp},
};
use storage::db::{DbError, Query, ReminderRow, Tx};

/// The hour from which reminders are sent, when offices open.
const FROM_HOUR: i8 = 9;

/// Returns the day whose reminders can leave at a moment; None before offices open.
pub fn day_to_remind(at: Timestamp) -> Option<Date> {
    (local(at).hour() >= FROM_HOUR).then(|| day_of(at))
}

/// Returns true if a reminder has to wait, because a person gets one mail a day, and none at night.
pub fn has_to_wait(q: &Query<'_>, row: &ReminderRow, at: Timestamp) -> Result<bool, DbError> {
    let today = day_of(at);
    let mailed = q.was_mailed(row.person, moment(today, 0), moment(plus_days(today, 1), 0))?;
    let schedule = Schedule::of(q, Household::of(q, row.person)?.firm.id)?;
    Ok(mailed || schedule.awake(at) != at)
}

/// Queues the reminder of what is open in a year, if anything is, and records that it was checked.
pub fn remind(
    tx: &Tx<'_>,
    composer: &Composer,
    view: &DossierYear,
    row: &ReminderRow,
    at: Timestamp,
) -> Result<(), DbError> {
    let (household, today) = (Household::of(tx, row.person)?, day_of(at));
    let schedule = Schedule::of(tx, household.firm.id)?;
    let open = open(view, row, today, &schedule);
    if !open.is_empty() && !household.person.blocked {
        let language = household.person.language;
        let items = open.iter().map(|title| item(title.get(language), Some(row.due), Some(today), language));
        let draft =
            Draft { items: items.collect(), tax_year: Some(row.tax_year), ..Draft::to_person(MailKind::Reminder, "/") };
        let mail = composer.written(tx, &household, &draft, at)?;
        composer.put(tx, &mail, at, at)?;
    }
    tx.reminder_looked_at(row, today, schedule.next_check(row.due, today))
}

/// Returns the titles of open tasks that are due that day and have a step since the last check.
fn open(view: &DossierYear, row: &ReminderRow, today: Date, schedule: &Schedule) -> Vec<model::language::Bilingual> {
    let wants = view.preferences.get(&row.person).is_none_or(|p| p.reminders);
    let does = view.people.get(&row.person).is_some_and(|p| p.role != Role::Reader);
    if !wants || !does {
        return Vec::new();
    }
    let has_step = |kind| {
        let steps = schedule.steps(kind).iter().map(|step| plus_days(row.due, *step));
        steps.into_iter().any(|day| day > row.done_through && day <= today)
    };
    let tasks = view.tasks.iter().filter(|given| {
        given.task.due == Some(row.due)
            && has_step(&given.task.kind)
            && view.task_state(given, row.person) == TaskState::Open
    });
    tasks.map(|given| given.task.title.clone()).collect()
}
