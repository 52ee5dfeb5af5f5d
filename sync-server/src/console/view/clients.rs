//! The table of clients.

use super::frame::{Frame, Menu, attention, meter, phase_name, stage, years};
use crate::{
    console::{
        phase::Phase,
        text::{Clients, Stages},
    },
    db::{Standing, TableOrder},
};
use dioxus::prelude::*;
use model::time::TaxYear;
use ui::part::{Icon, Status, Tone};

/// One client in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientLine {
    pub number: String,
    pub name: String,
    pub phase: Phase,
    pub standing: Option<Standing>,
    /// Somebody's invitation ended unused.
    pub expired: bool,
}

/// What is chosen, as it stands in the address.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub year: TaxYear,
    pub phase: Option<Phase>,
    pub query: String,
    pub attention_only: bool,
    pub order: TableOrder,
    pub descending: bool,
    pub page: usize,
}

/// The words of the orders in an address; with a dash in front, downwards.
const ORDERS: [(TableOrder, &str); 4] = [
    (TableOrder::Name, "naam"),
    (TableOrder::Number, "nummer"),
    (TableOrder::Place, "fase"),
    (TableOrder::Active, "actief"),
];

/// The order that a word in an address asks for.
pub fn order_of(word: &str) -> (TableOrder, bool) {
    let (word, descending) = word.strip_prefix('-').map_or((word, false), |rest| (rest, true));
    ORDERS.into_iter().find(|(_, w)| *w == word).map_or_else(Default::default, |(order, _)| (order, descending))
}

impl Choice {
    /// All clients of a year, by name.
    pub fn of_year(year: TaxYear) -> Self {
        Self {
            year,
            phase: None,
            query: String::new(),
            attention_only: false,
            order: TableOrder::Name,
            descending: false,
            page: 1,
        }
    }

    /// The word of its order; `None` for the usual one.
    fn order_word(&self) -> Option<String> {
        let (_, word) = ORDERS.into_iter().find(|(order, _)| *order == self.order)?;
        let usual = self.order == TableOrder::Name && !self.descending;
        (!usual).then(|| format!("{}{word}", if self.descending { "-" } else { "" }))
    }

    /// The address of this choice.
    pub fn href(&self) -> String {
        format!("/kantoor/klanten?{}", self.parameters())
    }

    /// The address of this choice as a file for a spreadsheet.
    pub fn csv_href(&self) -> String {
        format!("/kantoor/klanten/klanten.csv?{}", self.first_page().parameters())
    }

    fn parameters(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("jaar", &self.year.to_string());
        if let Some(phase) = self.phase {
            query.append_pair("fase", phase.word());
        }
        if !self.query.is_empty() {
            query.append_pair("q", &self.query);
        }
        if self.attention_only {
            query.append_pair("aandacht", "ja");
        }
        if let Some(word) = self.order_word() {
            query.append_pair("op", &word);
        }
        if self.page > 1 {
            query.append_pair("pagina", &self.page.to_string());
        }
        query.finish()
    }

    fn first_page(&self) -> Self {
        Self { page: 1, ..self.clone() }
    }
}

/// The table, with how many there are in each phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub choice: Choice,
    pub years: Vec<TaxYear>,
    /// Of all clients; the first is the sum.
    pub counts: Vec<(Option<Phase>, usize)>,
    pub attention: usize,
    pub lines: Vec<ClientLine>,
    /// Clients that fit the choice, on all pages.
    pub found: usize,
    pub pages: usize,
}

/// The page.
pub fn page(frame: &Frame, table: &Table) -> String {
    let language = frame.language();
    let t = Clients(language);
    let choice = &table.choice;
    let found = crate::console::text::Dashboard(language).clients(table.found);
    frame.page(
        Menu::Clients,
        t.title(),
        rsx! {
            div { class: "head",
                h1 { {t.title()} }
                {years(language, &table.years, choice.year, |year| Choice { year, page: 1, ..choice.clone() }.href())}
                a { class: "btn", href: "{choice.csv_href()}", download: "",
                    Icon { name: "download" }
                    " "
                    {t.export()}
                }
                if frame.may_change() {
                    a { class: "btn btn--primary", href: "/kantoor/klanten/nieuw",
                        Icon { name: "plus" }
                        " "
                        {t.add()}
                    }
                }
            }
            nav { class: "subnav", aria_label: t.filter(),
                for (phase , count) in &table.counts {
                    a {
                        href: Choice { phase: *phase, ..choice.first_page() }.href(),
                        aria_current: if *phase == choice.phase { "true" },
                        {phase.map_or(t.all(), |p| phase_name(language, p))}
                        " "
                        span { class: "count", "{count}" }
                    }
                }
            }
            {toolbar(frame, table, &found)}
            if table.lines.is_empty() {
                p { class: "group muted",
                    {if frame.clients == 0 { t.empty() } else { t.none_found() }}
                }
            } else {
                {rows(frame, table)}
                {pager(frame, table)}
            }
        },
    )
}

fn toolbar(frame: &Frame, table: &Table, found: &str) -> Element {
    let t = Clients(frame.language());
    let choice = &table.choice;
    let icon = if choice.attention_only { "check" } else { "circle-alert" };
    let attention = Choice { attention_only: !choice.attention_only, ..choice.first_page() };
    rsx! {
        form { class: "toolbar", role: "search", method: "get", action: "/kantoor/klanten",
            input { r#type: "hidden", name: "jaar", value: "{choice.year}" }
            if let Some(phase) = choice.phase {
                input { r#type: "hidden", name: "fase", value: phase.word() }
            }
            if let Some(word) = choice.order_word() {
                input { r#type: "hidden", name: "op", value: "{word}" }
            }
            div { class: "searchbox",
                label { class: "sr", r#for: "zoek", {t.search()} }
                Icon { name: "search" }
                input { class: "input", id: "zoek", name: "q", r#type: "search", value: "{choice.query}", placeholder: t.search_hint(), size: "30" }
            }
            button { class: "btn", r#type: "submit", {t.search_button()} }
            a { class: "btn", href: "{attention.href()}", aria_current: if choice.attention_only { "true" },
                Icon { name: icon }
                " "
                {t.attention_only()}
                " "
                span { class: "count", "{table.attention}" }
            }
            if choice.attention_only || !choice.query.is_empty() {
                a { class: "btn btn--quiet", href: Choice { query: String::new(), attention_only: false, ..choice.first_page() }.href(),
                    Icon { name: "x" }
                    " "
                    {t.clear()}
                }
            }
            p { class: "push-r small muted nowrap", role: "status", "{found}" }
        }
    }
}

fn rows(frame: &Frame, table: &Table) -> Element {
    let language = frame.language();
    let t = Clients(language);
    let year = table.choice.year;
    rsx! {
        table { class: "table",
            caption { class: "sr", {t.caption(year.0)} }
            thead {
                tr {
                    {sortable(table, TableOrder::Name, t.client())}
                    {sortable(table, TableOrder::Number, t.number())}
                    {sortable(table, TableOrder::Place, &t.stage(year.0))}
                    th { scope: "col", {t.checklist()} }
                    th { scope: "col", {t.attention()} }
                    {sortable(table, TableOrder::Active, t.active())}
                }
            }
            tbody {
                for line in &table.lines {
                    {row(frame, year, line)}
                }
            }
        }
    }
}

/// The head of a column that the table can be ordered by: a link, twice the
/// other way round.
fn sortable(table: &Table, order: TableOrder, title: &str) -> Element {
    let choice = &table.choice;
    let current = choice.order == order;
    // The newest first is what somebody wants of moments.
    let descending = if current { !choice.descending } else { order == TableOrder::Active };
    let href = Choice { order, descending, ..choice.first_page() }.href();
    let sorted = current.then_some(if choice.descending { "descending" } else { "ascending" });
    rsx! {
        th { scope: "col", aria_sort: sorted,
            a { class: "hit", href, "{title}" }
            if current && choice.descending {
                " "
                Icon { name: "arrow-down" }
            }
        }
    }
}

fn row(frame: &Frame, year: TaxYear, line: &ClientLine) -> Element {
    let language = frame.language();
    let standing = line.standing.as_ref();
    let checklist = standing.filter(|s| s.asked > 0).map(|s| (s.answered, s.asked));
    let attention = standing.and_then(|s| attention(language, &s.attention));
    let active = standing.map_or_else(|| "–".to_owned(), |s| frame.moments.short(s.updated_at));
    rsx! {
        tr {
            th { scope: "row",
                a { href: href(&line.number, year), "{line.name}" }
            }
            td { class: "num muted", "{line.number}" }
            td { {stage(language, line.phase, standing)} }
            td {
                if let Some((answered, asked)) = checklist {
                    {meter(language, answered, asked)}
                } else {
                    span { class: "muted", "–" }
                }
            }
            td {
                if let Some((tone, icon, words)) = attention {
                    Status { tone, icon, {words} }
                } else if line.expired {
                    Status { tone: Tone::Wait, icon: "clock", {Stages(language).expired()} }
                }
            }
            td { class: "muted nowrap", "{active}" }
        }
    }
}

fn pager(frame: &Frame, table: &Table) -> Element {
    let t = Clients(frame.language());
    let (page, pages) = (table.choice.page, table.pages);
    let to = |page| Choice { page, ..table.choice.clone() }.href();
    rsx! {
        if pages > 1 {
            nav { class: "toolbar", aria_label: "{t.page(page, pages)}",
                if page > 1 {
                    a { class: "btn", href: to(page - 1), Icon { name: "chevron-left" } " " {t.previous()} }
                }
                p { class: "small muted", {t.page(page, pages)} }
                if page < pages {
                    a { class: "btn", href: to(page + 1), {t.next()} " " Icon { name: "chevron-right" } }
                }
            }
        }
    }
}

/// Address of a client's year.
pub fn href(number: &str, year: TaxYear) -> String {
    format!("/kantoor/klanten/{number}/{year}")
}
