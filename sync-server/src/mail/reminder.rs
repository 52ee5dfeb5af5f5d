//! Reminders: before and after a due date, only about what is still open, and one mail
//! with all of it. A step that was checked once is not checked another time.

use super::{
    Composer,
    compose::Household,
    occasion::{Draft, item},
    timing::{Schedule, day_of, local, moment, plus_days},
};
use crate::{
    db::{Db, DbError, ReminderRow},
    dossiers::Dossiers,
};
use documents::dossier::{DossierYear, TaskState};
use model::{
    record::Role,
    time::{Date, Timestamp},
};
use std::sync::Arc;

/// The number of steps that are read at once and made in one round. The mails of a round leave before the
/// next one.
const BATCH: usize = 200;
/// The hour from which reminders are sent, when offices open.
const FROM_HOUR: i8 = 9;

/// Queues the reminders that are due.
pub async fn make(db: &Db, dossiers: &Dossiers, composer: &Arc<Composer>, at: Timestamp) -> Result<(), DbError> {
    if local(at).hour() < FROM_HOUR {
        return Ok(());
    }
    let today = day_of(at);
    let (mut after, mut made) = (None, 0);
    // Rows whose moment is not now stay due, and must not block the ones after them.
    while made < BATCH {
        let rows = db.read(|q| q.reminders_due(today, after.as_ref(), BATCH))?;
        let Some(last) = rows.last() else { break };
        after = Some(*last);
        for row in &rows {
            made += usize::from(make_one(db, dossiers, composer, row, at).await?);
        }
    }
    Ok(())
}

/// Checks what is due for one person. Returns false if that has to wait, and then the row
/// stays due.
async fn make_one(
    db: &Db,
    dossiers: &Dossiers,
    composer: &Arc<Composer>,
    row: &ReminderRow,
    at: Timestamp,
) -> Result<bool, DbError> {
    let (row, today) = (*row, day_of(at));
    let (from, until) = (moment(today, 0), moment(plus_days(today, 1), 0));
    let (mailed, schedule) = db.read(|q| {
        let firm = Household::of(q, row.person)?.firm.id;
        Ok::<_, DbError>((q.was_mailed(row.person, from, until)?, Schedule::of(q, firm)?))
    })?;
    if mailed || schedule.awake(at) != at {
        // People get at most one mail a day, and none at night: the step stays due.
        return Ok(false);
    }
    let (reader, client, year) = (dossiers.clone(), row.client, row.tax_year);
    let read = tokio::task::spawn_blocking(move || reader.read(client, year)).await;
    let Ok(Ok(view)) = read else {
        tracing::error!(%client, %year, "a year that is to be reminded of cannot be read");
        return Ok(false);
    };
    let composer = composer.clone();
    db.write(move |tx| {
        let household = Household::of(tx, row.person)?;
        let open = open(&view, &row, today, &schedule);
        if !open.is_empty() && !household.person.blocked {
            let language = household.person.language;
            let items = open.iter().map(|title| item(title.get(language), Some(row.due), Some(today), language));
            let draft =
                Draft { items: items.collect(), tax_year: Some(row.tax_year), ..Draft::to_person("reminder", "/") };
            let mail = composer.written(tx, &household, &draft, at)?;
            composer.put(tx, &mail, at, at)?;
        }
        tx.reminder_looked_at(&row, today, schedule.next_check(row.due, today))
    })
    .await?;
    Ok(true)
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
