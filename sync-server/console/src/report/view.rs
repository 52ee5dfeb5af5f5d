//! The report of a season: a chart and the same figures in a table.

use super::text::Report as Text;
use crate::part::frame::{Frame, Menu, years};
use dioxus::prelude::*;
use model::time::{Date, TaxYear};
use ui::part::Icon;

/// The number of clients that had reached each step at the end of each week.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    pub year: TaxYear,
    pub weeks: Vec<(Date, [usize; 5])>,
}

/// The width and height of the chart, including the room for its words.
const CHART: (usize, usize) = (960, 320);
/// The room to the left of the lines and below them.
const EDGE: (usize, usize) = (56, 36);
/// The colour and the dashes of each line. Dashes are needed because colour alone does not tell lines apart.
const STROKES: [(&str, &str); 5] = [
    ("var(--text-3)", "2 5"),
    ("var(--info)", "9 5"),
    ("var(--wait)", "12 4 2 4"),
    ("var(--accent-strong)", "4 3"),
    ("var(--ok)", ""),
];

/// Returns the names of the steps.
pub fn steps(t: Text) -> [&'static str; 5] {
    [t.registered(), t.handed_in(), t.drafted(), t.approved(), t.filed()]
}

pub fn page(frame: &Frame, course: &Course, offered: &[TaxYear]) -> String {
    let language = frame.language();
    let t = Text(language);
    let title = t.title(course.year.0);
    frame.page(
        Menu::Dashboard,
        &title,
        rsx! {
            div { class: "head",
                div {
                    h1 { "{title}" }
                    p { class: "muted", {t.lead()} }
                }
                {years(language, offered, course.year, |year| format!("/kantoor/seizoen?jaar={year}"))}
                a { class: "btn", href: "/kantoor/seizoen/seizoen.csv?jaar={course.year}", download: "",
                    Icon { name: "download" }
                    " "
                    {t.csv()}
                }
            }
            if course.weeks.is_empty() {
                p { class: "group muted", {t.nothing()} }
            } else {
                div { class: "group", {chart(t, course)} }
                {table(frame, course)}
            }
        },
    )
}

fn chart(t: Text, course: &Course) -> Element {
    let (width, height) = CHART;
    let (left, below) = EDGE;
    let most = course.weeks.iter().flat_map(|(_, counts)| counts.iter().copied()).max().unwrap_or(1).max(1);
    let last = course.weeks.len().saturating_sub(1).max(1);
    let x = |week: usize| left + (width - left - 12) * week / last;
    let y = |count: usize| 8 + (height - below - 8) * (most - count) / most;
    let line = |step: usize| {
        let points = course.weeks.iter().enumerate().map(|(n, (_, counts))| format!("{},{}", x(n), y(counts[step])));
        points.collect::<Vec<_>>().join(" ")
    };
    let lines: Vec<_> =
        STROKES.into_iter().enumerate().map(|(step, (colour, dash))| (line(step), colour, dash)).collect();
    let grid = [0, most / 2, most].map(|count| (count, y(count)));
    let ends = [0, course.weeks.len() / 2, course.weeks.len() - 1];
    let mut ends: Vec<_> = ends.into_iter().map(|n| (x(n), ui::format::date_short(course.weeks[n].0, t.0))).collect();
    ends.dedup();
    rsx! {
        ul { class: "cluster small chart-key",
            for (name , (colour , dash)) in steps(t).into_iter().zip(STROKES) {
                li { class: "cluster",
                    svg { width: "36", height: "10", "aria-hidden": "true",
                        line { x1: "0", y1: "5", x2: "36", y2: "5", stroke: colour, stroke_width: "3", stroke_dasharray: dash }
                    }
                    {name}
                }
            }
        }
        svg { width: "100%", view_box: "0 0 {width} {height}", role: "img", "aria-label": t.chart(),
            for (count , y) in grid {
                line { x1: "{left}", y1: "{y}", x2: "{width - 12}", y2: "{y}", stroke: "var(--line-2)", stroke_width: "1" }
                text { x: "{left - 8}", y: "{y + 4}", text_anchor: "end", font_size: "12", fill: "var(--text-2)", "{count}" }
            }
            for (x , day) in ends {
                text { x: "{x}", y: "{height - 10}", text_anchor: if x > width / 2 { "end" } else { "start" }, font_size: "12", fill: "var(--text-2)", "{day}" }
            }
            for (points , colour , dash) in lines {
                polyline { points, fill: "none", stroke: colour, stroke_width: "2.5", stroke_dasharray: dash, stroke_linejoin: "round" }
            }
        }
    }
}

fn table(frame: &Frame, course: &Course) -> Element {
    let t = Text(frame.language());
    rsx! {
        table { class: "table",
            caption { class: "sr", {t.lead()} }
            thead {
                tr {
                    th { scope: "col", {t.week()} }
                    for name in steps(t) {
                        th { scope: "col", {name} }
                    }
                }
            }
            tbody {
                for (end , counts) in course.weeks.iter().rev() {
                    tr {
                        th { scope: "row", {ui::format::date_long(*end, frame.language())} }
                        for count in counts {
                            td { class: "num", "{count}" }
                        }
                    }
                }
            }
        }
    }
}
