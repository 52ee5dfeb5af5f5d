//! The table of tax returns.

use super::{choice::Choice, text::Returns};
use crate::part::{
    address,
    field::filter_choice,
    frame::{Frame, Menu, years},
    pager::pager,
};
use dioxus::prelude::*;
use model::{
    id::AdvisorId,
    tax_return::{Period, ReturnKind},
    time::TaxYear,
};
use std::collections::BTreeSet;
use storage::db::{ReturnPhase, ReturnRow};
use ui::{
    format::date_short,
    part::{Icon, Status, Tone},
};

/// The table of returns, with the number of returns in each phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub choice: Choice,
    pub years: Vec<TaxYear>,
    /// The kinds of which there are returns in the year.
    pub kinds: BTreeSet<ReturnKind>,
    /// The periods of which there are returns of the chosen kind.
    pub periods: BTreeSet<Period>,
    pub advisors: Vec<(AdvisorId, String)>,
    /// The number of returns by phase, whatever phase is chosen.
    pub phases: Vec<(ReturnPhase, usize)>,
    pub all: usize,
    /// The number of returns that fit the choice, on all pages together.
    pub found: usize,
    pub pages: usize,
    pub rows: Vec<ReturnRow>,
}

const PATH: &str = "/kantoor/aangiften";

pub fn page(frame: &Frame, table: &Table) -> String {
    let language = frame.language();
    let t = Returns(language);
    let choice = &table.choice;
    let is_narrowed = choice.kind.is_some() || choice.period.is_some() || choice.advisor.is_some();
    // A period of the other year means nothing there.
    let of_year = |year| Choice { year, period: None, ..choice.first_page() }.href(PATH);
    let phases = std::iter::once((None, t.all(), table.all))
        .chain(table.phases.iter().map(|(phase, count)| (Some(*phase), t.phase_name(*phase), *count)));
    frame.page(
        Menu::Returns,
        t.title(),
        rsx! {
            div { class: "head",
                h1 { {t.title()} }
                {years(language, &table.years, choice.year, of_year)}
                a { class: "btn", href: choice.first_page().href("/kantoor/aangiften/aangiften.csv"), download: "",
                    Icon { name: "download" }
                    " "
                    {t.export()}
                }
            }
            nav { class: "subnav", aria_label: t.filter(),
                for (phase , name , count) in phases {
                    a {
                        href: Choice { phase, ..choice.first_page() }.href(PATH),
                        aria_current: if phase == choice.phase { "true" },
                        {name}
                        " "
                        span { class: "count", "{count}" }
                    }
                }
            }
            {toolbar(frame, table, is_narrowed)}
            if table.rows.is_empty() {
                p { class: "group muted",
                    {if is_narrowed || choice.phase.is_some() { t.none_found() } else { t.empty() }}
                }
            } else {
                {rows(frame, table)}
                {pager(language, choice.page, table.pages, |page| Choice { page, ..*choice }.href(PATH))}
            }
        },
    )
}

fn toolbar(frame: &Frame, table: &Table, is_narrowed: bool) -> Element {
    let language = frame.language();
    let t = Returns(language);
    let choice = &table.choice;
    let own = ["soort", "tijdvak", "adviseur", "pagina"];
    let hidden: Vec<_> = choice.pairs().into_iter().filter(|(name, _)| !own.contains(name)).collect();
    let any = |name: &str| (String::new(), name.to_owned(), false);
    let kinds = table.kinds.iter().map(|k| (k.word().to_owned(), k.title(language), choice.kind == Some(*k)));
    let periods = table.periods.iter().map(|p| (p.to_string(), p.name(language), choice.period == Some(*p)));
    let advisors = table.advisors.iter().map(|(id, name)| (id.to_string(), name.clone(), choice.advisor == Some(*id)));
    let selects = [
        ("soort", t.kind(), std::iter::once(any(t.all_kinds())).chain(kinds).collect::<Vec<_>>()),
        ("tijdvak", t.period(), std::iter::once(any(t.all_periods())).chain(periods).collect()),
        ("adviseur", t.advisor(), std::iter::once(any(t.everybody())).chain(advisors).collect()),
    ];
    rsx! {
        form { class: "toolbar", role: "search", method: "get", action: PATH,
            for (name , value) in hidden {
                input { r#type: "hidden", name, value: "{value}" }
            }
            for (name , label , options) in selects {
                {filter_choice(name, label, options)}
            }
            button { class: "btn", r#type: "submit", {t.apply()} }
            if is_narrowed {
                a {
                    class: "btn btn--quiet",
                    href: Choice { kind: None, period: None, advisor: None, ..choice.first_page() }.href(PATH),
                    Icon { name: "x" }
                    " "
                    {t.clear()}
                }
            }
            p { class: "push-r small muted nowrap", role: "status", {t.found(table.found)} }
        }
    }
}

fn rows(frame: &Frame, table: &Table) -> Element {
    let t = Returns(frame.language());
    rsx! {
        table { class: "table",
            caption { class: "sr", {t.caption(table.choice.year.0)} }
            thead {
                tr {
                    th { scope: "col", {t.tax_return()} }
                    th { scope: "col", {t.taxpayer()} }
                    th { scope: "col", {t.client()} }
                    th { scope: "col", {t.phase()} }
                    th { scope: "col", {t.due()} }
                }
            }
            tbody {
                for row in &table.rows {
                    {line(frame, row)}
                }
            }
        }
    }
}

fn line(frame: &Frame, row: &ReturnRow) -> Element {
    let language = frame.language();
    let t = Returns(language);
    let status = &row.status;
    let (tone, icon) = match status.phase {
        ReturnPhase::Declined => (Tone::Bad, "message-circle-question-mark"),
        ReturnPhase::ToApprove => (Tone::Wait, "hourglass"),
        ReturnPhase::ToFile => (Tone::Ok, "badge-check"),
        ReturnPhase::ForInformation => (Tone::Plain, "info"),
        ReturnPhase::Filed => (Tone::Plain, "check"),
    };
    let is_late = status.due.is_some_and(|due| due < frame.time_format.today());
    let dossier = address::year(&row.client_number, row.tax_year);
    rsx! {
        tr {
            th { scope: "row",
                a { href: "{dossier}/akkoord", {status.tax_return.title(language)} }
            }
            td { {status.tax_return.taxpayer_name.as_str()} }
            td {
                a { href: "{dossier}", {row.client_name.as_str()} }
                " "
                span { class: "num muted", {row.client_number.as_str()} }
            }
            td {
                Status { tone, icon,
                    {t.phase_name(status.phase)}
                }
                if status.phase == ReturnPhase::ToApprove && status.approvals_asked > 1 {
                    " "
                    span { class: "muted", {t.part(status.approvals_given, status.approvals_asked)} }
                }
            }
            td { class: "nowrap",
                if let Some(due) = status.due {
                    span { class: "num", {date_short(due, language)} }
                    if is_late {
                        " "
                        Status { tone: Tone::Bad, icon: "clock", {t.late()} }
                    }
                } else {
                    span { class: "muted", "–" }
                }
                if let Some(day) = status.tax_return.postponed_until {
                    br {}
                    span { class: "small muted", {t.postponed(&date_short(day, language))} }
                }
            }
        }
    }
}
