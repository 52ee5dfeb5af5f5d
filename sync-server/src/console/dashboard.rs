//! The first page.

use super::{
    clients::{line, table_choice},
    season,
    view::{
        clients::{Choice, href},
        dashboard::{self as view, CameIn, Season},
        timeline,
    },
};
use crate::{
    auth::InConsole,
    db::{Actor, DbError, FirmEvent},
    error::ServerError,
    state::State,
};
use axum::response::Html;
use std::collections::HashMap;

/// Clients of whom something waits that are looked at.
const WAITING: usize = 100;

/// Events that are counted, at most.
const COUNTED: u32 = 2_000;
/// Events that are shown.
const SHOWN: usize = 12;
/// How far back the latest events go.
const RECENT_DAYS: i64 = 30;

/// `GET /kantoor`.
pub async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    InConsole(advisor): InConsole,
) -> Result<Html<String>, ServerError> {
    let (firm, me) = (advisor.firm, advisor.id);
    let frame = super::frame(&state, advisor)?;
    let (moments, year) = (frame.moments, season(frame.moments));
    let yesterday = moments.start_of_day(1);
    let everybody = table_choice(firm, &Choice::of_year(year), moments.now);
    let waiting = table_choice(firm, &Choice { attention_only: true, ..Choice::of_year(year) }, moments.now);
    let read = state.db.read(|q| {
        let places = q.count_places(&everybody)?;
        let waiting = q.table(&waiting, 0, WAITING)?;
        let (_, failed_mails) = q.count_outgoing(firm)?;
        let recent = q.events_of_firm(firm, yesterday, COUNTED)?;
        let mut shown = merged(q.events_of_firm(firm, moments.start_of_day(RECENT_DAYS), COUNTED)?);
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
        Ok::<_, DbError>((places, waiting, failed_mails, recent, shown, (names, numbers)))
    });
    let (places, waiting, failed_mails, recent, shown, (names, numbers)) = read?;
    let counted = |kind: &str| recent.iter().filter(|e| e.event.kind == kind).count();
    let came_in = CameIn {
        approvals: counted("approval_verified"),
        checklists: counted("checklist_handed_in"),
        documents: counted("attachment_received"),
        messages: counted("message_received") + counted("revision_declined"),
    };
    let name_of = |actor| match actor {
        Actor::Person(person) => names.get(&person).cloned(),
        _ => None,
    };
    let latest = shown
        .iter()
        .map(|e| {
            let who = timeline::who(moments.language, e.event.actor, me, name_of);
            let mut line = timeline::line(moments, &e.event, &who, None);
            line.href = numbers.get(&e.client).map(|number| href(number, year));
            line
        })
        .collect();
    let waiting = waiting.into_iter().map(line).collect();
    Ok(Html(view::page(&frame, &Season { year, came_in, places, waiting, failed_mails, latest })))
}

/// What is worth a line here: of one client, what follows each other at once
/// is one line.
fn merged(events: Vec<FirmEvent>) -> Vec<FirmEvent> {
    let mut merged: Vec<FirmEvent> = Vec::new();
    for event in events {
        let minor = ["attachment_announced", "revision_opened"].contains(&event.event.kind.as_str());
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
