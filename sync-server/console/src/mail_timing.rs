//! The page on which an advisor chooses which mails to get and when, and the firm sets
//! the hours of sending and the reminders.

mod text;
mod view;

use crate::part::{
    editor::{Administrator, Editor},
    form::{Form, Posted},
    page,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use mail::{FARTHEST, MOST_STEPS, Schedule};
use model::{event::Event, language::Language, mail::DigestKind};
use std::collections::BTreeMap;
use storage::{
    clock::Clock,
    db::{Actor, Advisor, Db, DbError, MailChoice, NewEvent},
};
use text::MailTiming as Text;

type Fields = BTreeMap<String, String>;

/// Handles `GET /kantoor/mailtijden`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(query): Query<Fields>,
) -> Result<Response, ServerError> {
    let schedule = db.read(|q| Schedule::of(q, advisor.firm))?;
    page(&db, &clock, advisor, &form_of(&schedule), query.contains_key("opgeslagen"))
}

fn page(db: &Db, clock: &Clock, advisor: Advisor, form: &Form, saved: bool) -> Result<Response, ServerError> {
    let me = advisor.id;
    let choices = db.read(|q| {
        DigestKind::ALL.iter().map(|kind| Ok((*kind, q.mail_choice(me, *kind)?))).collect::<Result<Vec<_>, DbError>>()
    })?;
    let status = if form.is_sound() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let frame = page::frame(db, clock, advisor)?;
    Ok((status, Html(view::page(&frame, &choices, form, saved))).into_response())
}

/// Handles `POST /kantoor/mailtijden/mijn`.
pub async fn choose(
    State(db): State<Db>,
    Editor(advisor): Editor,
    Posted(typed): Posted,
) -> Result<Redirect, ServerError> {
    let chosen = DigestKind::ALL.iter().filter_map(|kind| Some((*kind, MailChoice::of(typed.get(kind.word())?)?)));
    let (chosen, me): (Vec<_>, _) = (chosen.collect(), advisor.id);
    let language = typed.get("language").filter(|tag| ["nl", "en"].contains(&tag.as_str())).cloned();
    db.write(move |tx| {
        if let Some(tag) = language {
            tx.set_advisor_language(me, Language::from_tag(&tag))?;
        }
        chosen.into_iter().try_for_each(|(kind, choice)| tx.set_mail_choice(me, kind, choice))
    })
    .await?;
    Ok(Redirect::to("/kantoor/mailtijden?opgeslagen"))
}

/// Handles `POST /kantoor/mailtijden/kantoor`.
pub async fn save(
    State(db): State<Db>,
    State(clock): State<Clock>,
    Administrator(advisor): Administrator,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let (firm, by, now) = (advisor.firm, advisor.id, clock.now());
    let mut form = Form::from(typed);
    let old = db.read(|q| Schedule::of(q, firm))?;
    let schedule = read(&mut form, old, Text(advisor.language));
    if !form.is_sound() {
        return page(&db, &clock, advisor, &form, false);
    }
    db.write(move |tx| {
        schedule.keep(tx, firm, now)?;
        tx.log(&NewEvent {
            firm,
            client: None,
            tax_year: None,
            at: now,
            actor: Actor::Advisor(by),
            event: Event::MailScheduleChanged {},
        })
    })
    .await?;
    Ok(Redirect::to("/kantoor/mailtijden?opgeslagen").into_response())
}

fn form_of(schedule: &Schedule) -> Form {
    let days = |steps: &[i16]| steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut form = Form::default();
    form.set("approval", days(&schedule.approval));
    form.set("checklist", days(&schedule.checklist));
    form.set("documents", days(&schedule.documents));
    form.set("payment", days(&schedule.payment));
    form.set("quiet_from", schedule.quiet_from.to_string());
    form.set("quiet_until", schedule.quiet_until.to_string());
    form.set("digest_at", schedule.digest_at.to_string());
    form
}

fn read(form: &mut Form, old: Schedule, t: Text) -> Schedule {
    let mut hour = |name: &str| {
        let hour = form.value(name).parse::<i8>().ok().filter(|hour| (0..24).contains(hour));
        if hour.is_none() {
            form.refuse(name, t.hour_malformed());
        }
        hour.unwrap_or_default()
    };
    let (quiet_from, quiet_until, digest_at) = (hour("quiet_from"), hour("quiet_until"), hour("digest_at"));
    let mut days = |name: &str| {
        let steps = steps(form.value(name));
        if steps.is_none() {
            form.refuse(name, t.days_malformed());
        }
        steps.unwrap_or_default()
    };
    let (approval, checklist) = (days("approval"), days("checklist"));
    let (documents, payment) = (days("documents"), days("payment"));
    Schedule { quiet_from, quiet_until, digest_at, approval, checklist, documents, payment, ..old }
}

/// Reads a list of days, sorted and without repetition. Returns None if it is malformed, too long, or has distant days.
fn steps(text: &str) -> Option<Vec<i16>> {
    let text = text.replace('\u{2212}', "-");
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let mut steps = parts.map(|part| part.parse::<i16>().ok()).collect::<Option<Vec<_>>>()?;
    steps.sort_unstable();
    steps.dedup();
    let near = steps.iter().all(|step| step.unsigned_abs() <= FARTHEST.unsigned_abs());
    (near && steps.len() <= MOST_STEPS).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, days) in [
            ("-7, -1, 3", Some(vec![-7, -1, 3])),
            ("+3,\u{2212}1 , -7,-7", Some(vec![-7, -1, 3])),
            ("", Some(vec![])),
            ("61", None),
            ("1,2,3,4,5,6,7", None),
            ("een week", None),
            ("1;2", None),
        ] {
            assert_eq!(steps(text), days, "{text}");
        }
    }
}
