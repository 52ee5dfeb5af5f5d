//! The dashboard, which is the first page of the console.

pub mod text;
mod view;

use crate::part::{
    address,
    choice::Choice,
    client_table::{line, table_choice},
    page::{self, season},
    setbacks, timeline,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::Html,
};
use model::event::Event;
use serde::Deserialize;
use std::collections::HashMap;
use storage::{
    clock::Clock,
    db::{Actor, Db, DbError, FirmEvent, Whose},
};
use view::Season;

/// The maximum number of clients with something waiting that are read.
const WAITING: usize = 100;

/// The number of events from which the latest lines are made.
const LATEST: u32 = 150;
/// The maximum number of lines that are shown.
const SHOWN: usize = 12;
/// The number of days that the latest events go back.
const RECENT_DAYS: i64 = 30;

/// The parameters of the address: whose clients are counted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DashboardQuery {
    wie: Option<String>,
}

/// Handles `GET /kantoor`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(asked): Query<DashboardQuery>,
) -> Result<Html<String>, ServerError> {
    let (firm, me) = (advisor.firm, advisor.id);
    let frame = page::frame(&db, &clock, advisor)?;
    let (time_format, year) = (frame.time_format, season(frame.time_format));
    let mine = asked.wie.as_deref() == Some("ik");
    let base = Choice { advisor: mine.then_some(me), ..Choice::of_year(year) };
    let whose = Whose { firm, advisor: base.advisor };
    let everybody = table_choice(firm, &base, time_format);
    let waiting = table_choice(firm, &Choice { attention_only: true, ..base.clone() }, time_format);
    let to_file = table_choice(firm, &Choice { to_file: true, ..base.clone() }, time_format);
    let read = db.read(|q| {
        let position = q.last_event(firm)?;
        let (_, failed_mails) = q.count_outgoing(firm)?;
        let mut shown = merged(q.events_of_firm(firm, time_format.start_of_day(RECENT_DAYS), LATEST)?);
        shown.truncate(SHOWN);
        let (mut names, mut numbers) = (HashMap::new(), HashMap::new());
        for event in &shown {
            if let Actor::Person(person) = event.event.actor
                && let Some(row) = q.person(person)?
            {
                names.insert(person, row.name);
            }
            if let Some(client) = q.client(firm, event.client)? {
                numbers.insert(client.id, client.number);
            }
        }
        let season = Season {
            came_in: q.happened_since(whose, time_format.start_of_day(1))?,
            phases: q.count_phases(&everybody)?,
            waiting: q.table(&waiting, 0, WAITING)?.into_iter().map(line).collect(),
            to_file: q.table(&to_file, 0, view::LINES)?.into_iter().map(line).collect(),
            counts: q.count_waiting(whose, year)?,
            overdue: q.count_overdue(whose, year, time_format.today())?,
            failed_mails,
            setbacks: q.setbacks_of(firm, setbacks::SHOWN)?.len(),
            latest: Vec::new(),
            choice: base.clone(),
            me,
            position,
        };
        Ok::<_, DbError>((season, shown, names, numbers))
    });
    let (mut season, shown, names, numbers) = read?;
    let name_of = |actor| match actor {
        Actor::Person(person) => names.get(&person).cloned(),
        _ => None,
    };
    season.latest = shown
        .iter()
        .map(|e| {
            let who = timeline::who(time_format.language, e.event.actor, me, name_of);
            let mut line = timeline::line(time_format, &e.event, &who, |_| None);
            line.href = numbers.get(&e.client).map(|number| address::year(number, year));
            line
        })
        .collect();
    Ok(Html(view::page(&frame, &season)))
}

/// Returns the events that deserve a line. Events of one client that follow each other directly
/// are merged into one line.
fn merged(events: Vec<FirmEvent>) -> Vec<FirmEvent> {
    let mut merged: Vec<FirmEvent> = Vec::new();
    for event in events {
        let minor = matches!(event.event.event, Event::AttachmentAnnounced { .. } | Event::RevisionOpened { .. });
        match merged.last_mut() {
            Some(later) if later.client == event.client => {
                let pair = vec![later.event.clone(), event.event.clone()];
                match <[_; 1]>::try_from(timeline::merged(pair)) {
                    Ok([one]) => later.event = one,
                    Err(_) if minor => {}
                    Err(_) => merged.push(event),
                }
            }
            _ if minor => {}
            _ => merged.push(event),
        }
    }
    merged
}
