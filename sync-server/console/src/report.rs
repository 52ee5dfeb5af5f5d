//! The report of a season: how many clients had reached each step, week by week.

pub mod text;
mod view;

use crate::part::{
    csv,
    page::{self, season},
    time_format::TimeFormat,
};
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::{Html, Response},
};
use jiff::ToSpan;
use model::{
    event::EventKind,
    id::FirmId,
    time::{Date, TaxYear, Timestamp},
};
use serde::Deserialize;
use storage::{
    clock::Clock,
    db::{Db, DbError},
};
use text::Report as Text;
use view::Course;

/// The maximum number of weeks in one report.
const MOST_WEEKS: usize = 70;

/// The kinds of event that bring a client to each step, and whether they belong to a tax year.
const STEPS: [(&[EventKind], bool); 5] = [
    (&[EventKind::Registered], false),
    (&[EventKind::ChecklistHandedIn], true),
    (&[EventKind::RevisionSetOut], true),
    (&[EventKind::ApprovalVerified, EventKind::PaperApprovalRecorded], true),
    (&[EventKind::RevisionFiled], true),
];

/// The parameters of the address: the year.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReportQuery {
    jaar: Option<String>,
}

fn year_of(asked: &ReportQuery, time_format: TimeFormat) -> TaxYear {
    let asked = asked.jaar.as_deref().and_then(|j| j.parse().ok()).filter(|y| (2015..=2100).contains(y));
    asked.map_or_else(|| season(time_format), TaxYear)
}

fn course(db: &Db, firm: FirmId, time_format: TimeFormat, year: TaxYear) -> Result<Course, DbError> {
    let times = db.read(|q| {
        let of = |(kinds, of_year): (&[EventKind], bool)| q.first_times(firm, kinds, of_year.then_some(year));
        STEPS.into_iter().map(of).collect::<Result<Vec<_>, DbError>>()
    })?;
    Ok(by_week(&times, time_format, year))
}

/// Counts the clients that had reached each step at the end of each week, from the first week in
/// which something of the year happened to the last.
fn by_week(times: &[Vec<Timestamp>], time_format: TimeFormat, year: TaxYear) -> Course {
    let day = |at: &Timestamp| time_format.day_of(*at);
    let days: Vec<Vec<Date>> = times.iter().map(|times| times.iter().map(day).collect()).collect();
    let of_year = || days.iter().skip(1).flatten().copied();
    let (Some(first), Some(last)) = (of_year().min(), of_year().max()) else {
        return Course { year, weeks: Vec::new() };
    };
    let sunday = |date: Date| date.saturating_add((7 - i64::from(date.weekday().to_monday_one_offset())).days());
    let mut weeks = Vec::new();
    let mut end = sunday(first);
    while weeks.len() < MOST_WEEKS {
        let counts = [0, 1, 2, 3, 4].map(|step: usize| days[step].iter().filter(|date| **date <= end).count());
        weeks.push((end, counts));
        if end >= last {
            break;
        }
        end = end.saturating_add(7.days());
    }
    Course { year, weeks }
}

/// Handles `GET /kantoor/seizoen`.
pub async fn show(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ReportQuery>,
) -> Result<Html<String>, ServerError> {
    let firm = advisor.firm;
    let frame = page::frame(&db, &clock, advisor)?;
    let year = year_of(&asked, frame.time_format);
    let course = course(&db, firm, frame.time_format, year)?;
    let current = season(frame.time_format);
    Ok(Html(view::page(&frame, &course, &[TaxYear(current.0 - 1), current])))
}

/// Handles `GET /kantoor/seizoen/seizoen.csv`.
pub async fn download(
    State(db): State<Db>,
    State(clock): State<Clock>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ReportQuery>,
) -> Result<Response, ServerError> {
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    let year = year_of(&asked, time_format);
    let course = course(&db, advisor.firm, time_format, year)?;
    let t = Text(advisor.language);
    let head = [t.week()].into_iter().chain(view::steps(t)).map(str::to_owned).collect();
    let weeks = course.weeks.iter();
    let rows =
        weeks.map(|(end, counts)| std::iter::once(end.to_string()).chain(counts.map(|n| n.to_string())).collect());
    csv::file(&format!("seizoen-{year}.csv"), std::iter::once(head).chain(rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::language::Language;

    #[test]
    fn a_client_counts_from_its_week_on() {
        let time_format = TimeFormat { now: Timestamp(0), language: Language::Nl };
        // 2 March 2026 is a Monday.
        let monday = 1_772_442_000_000;
        let day = 24 * 3600 * 1000;
        let at = |n: i64| Timestamp(monday + n * day);
        let times = [vec![at(-90), at(8)], vec![at(0), at(6), at(7)], vec![at(14)], vec![], vec![]];
        let course = by_week(&times, time_format, TaxYear(2025));
        let rows: Vec<_> = course.weeks.iter().map(|(end, counts)| (end.to_string(), *counts)).collect();
        assert_eq!(
            rows,
            [
                ("2026-03-08".to_owned(), [1, 2, 0, 0, 0]),
                ("2026-03-15".to_owned(), [2, 3, 0, 0, 0]),
                ("2026-03-22".to_owned(), [2, 3, 1, 0, 0]),
            ]
        );
        assert!(by_week(&[vec![at(0)], vec![], vec![], vec![], vec![]], time_format, TaxYear(2025)).weeks.is_empty());
    }
}
