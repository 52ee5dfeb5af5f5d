//! The table of clients.

use super::text::{Clients, Filters};
use crate::{
    bulk::text::Bulk,
    dashboard::text::Dashboard,
    import::text::Importing,
    part::{
        address,
        choice::{Choice, KEPT},
        client_table::ClientLine,
        field::filter_choice,
        frame::{Frame, Menu, years},
        pager::pager,
        phase::{attention, meter, phase_name, stage, text::Stages},
    },
};
use dioxus::prelude::*;
use model::{id::AdvisorId, time::TaxYear};
use storage::db::{BulkAction, Kept, Phase, TableOrder};
use ui::part::{Icon, Status, Tone};

/// The table of clients, with the number of clients in each phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub choice: Choice,
    pub years: Vec<TaxYear>,
    /// The number of all clients by phase, whatever the filters are; the first entry is the sum.
    pub counts: Vec<(Option<Phase>, usize)>,
    pub attention: usize,
    pub lines: Vec<ClientLine>,
    /// The number of clients that fit the choice, on all pages together.
    pub found: usize,
    pub pages: usize,
    /// The advisors that the table can be filtered by.
    pub advisors: Vec<(AdvisorId, String)>,
    pub tags: Vec<String>,
}

pub fn page(frame: &Frame, table: &Table) -> String {
    let language = frame.language();
    let t = Clients(language);
    let choice = &table.choice;
    let found = Dashboard(language).clients(table.found);
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
                    a { class: "btn", href: "/kantoor/importeren",
                        Icon { name: "upload" }
                        " "
                        {Importing(language).title()}
                    }
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
                if frame.may_change() {
                    form { method: "post", action: "/kantoor/acties?{choice.parameters()}", "data-bulk": "",
                        {rows(frame, table)}
                        {bulk(frame, table)}
                    }
                } else {
                    {rows(frame, table)}
                }
                {pager(language, choice.page, table.pages, |page| Choice { page, ..choice.clone() }.href())}
            }
        },
    )
}

fn toolbar(frame: &Frame, table: &Table, found: &str) -> Element {
    let t = Clients(frame.language());
    let choice = &table.choice;
    let icon = if choice.attention_only { "check" } else { "circle-alert" };
    let attention = Choice { attention_only: !choice.attention_only, ..choice.first_page() };
    // A filter that has a field in the form needs no hidden field.
    let own = ["q", "adviseur", "label", "toon", "pagina"];
    let hidden: Vec<_> = choice.pairs().into_iter().filter(|(name, _)| !own.contains(name)).collect();
    rsx! {
        form { class: "toolbar", role: "search", method: "get", action: "/kantoor/klanten",
            for (name , value) in hidden {
                input { r#type: "hidden", name, value: "{value}" }
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
            if choice.is_narrowed() {
                a { class: "btn btn--quiet", href: choice.widened().href(),
                    Icon { name: "x" }
                    " "
                    {t.clear()}
                }
            }
            p { class: "push-r small muted nowrap", role: "status", "{found}" }
            {more_filters(frame, table)}
        }
        {told(frame, choice)}
    }
}

/// Renders the rarer filters, unfolded if one of them is set.
fn more_filters(frame: &Frame, table: &Table) -> Element {
    let t = Filters(frame.language());
    let choice = &table.choice;
    let advisors = table.advisors.iter().map(|(id, name)| (id.to_string(), name.clone(), choice.advisor == Some(*id)));
    let tags = table.tags.iter().map(|tag| (tag.clone(), tag.clone(), choice.tag.as_ref() == Some(tag)));
    let kept = KEPT.map(|(kept, word)| {
        let name = match kept {
            Kept::Present => t.present(),
            Kept::Archived => t.archived(),
            Kept::Blocked => t.blocked(),
        };
        (word.to_owned(), name.to_owned(), choice.kept == kept)
    });
    let any = |name: &str| (String::new(), name.to_owned(), false);
    rsx! {
        details { class: "more-filters", open: choice.advisor.is_some() || choice.tag.is_some() || choice.kept != Kept::Present,
            summary { class: "btn btn--quiet",
                Icon { name: "list-filter" }
                " "
                {t.more()}
            }
            div { class: "cluster",
                {filter_choice("adviseur", t.advisor(), std::iter::once(any(t.everybody())).chain(advisors).collect())}
                if !table.tags.is_empty() {
                    {filter_choice("label", t.tag(), std::iter::once(any(t.all_tags())).chain(tags).collect())}
                }
                {filter_choice("toon", t.shown(), kept.to_vec())}
                button { class: "btn", r#type: "submit", {t.apply()} }
            }
        }
    }
}

/// Renders in words the filters that came with a link and have no field of their own.
fn told(frame: &Frame, choice: &Choice) -> Element {
    let t = Filters(frame.language());
    let words = [
        choice.overdue.then(|| t.overdue()),
        choice.mail_failed.then(|| t.mail_failed()),
        choice.to_file.then(|| t.to_file()),
        choice.news.map(|news| t.news(news)),
    ];
    rsx! {
        for words in words.into_iter().flatten() {
            p { class: "group small",
                Icon { name: "list-filter" }
                " "
                {words}
            }
        }
    }
}

/// Renders the actions for the clients that are ticked, or for all clients that fit the filters.
fn bulk(frame: &Frame, table: &Table) -> Element {
    let t = Bulk(frame.language());
    let actions = BulkAction::ALL.map(|action| {
        let icon = match action {
            BulkAction::Invite => "send",
            BulkAction::Checklist => "list-checks",
            BulkAction::Remind => "bell",
            BulkAction::Documents => "file-plus",
        };
        (action.word(), icon, t.action(action))
    });
    rsx! {
        div { class: "toolbar toolbar--bulk", role: "group", aria_label: t.with_chosen(),
            p { class: "small",
                strong { "data-count": "", "data-words": t.chosen_template(), {t.with_chosen()} }
            }
            label { class: "cluster small nowrap",
                input { class: "check", r#type: "checkbox", name: "alles", value: "ja" }
                " "
                {t.all_that_fit(table.found)}
            }
            for (word , icon , name) in actions {
                button { class: "btn btn--s", r#type: "submit", name: "action", value: word,
                    Icon { name: icon }
                    " "
                    {name}
                }
            }
            button { class: "btn btn--s", r#type: "submit", formaction: "/kantoor/klanten/documenten.zip?{table.choice.parameters()}",
                Icon { name: "download" }
                " "
                {t.take_out()}
            }
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
                    if frame.may_change() {
                        th { class: "c-check", scope: "col",
                            label { input { class: "check", r#type: "checkbox", "data-all": "", hidden: true, aria_label: Bulk(language).choose_page() } }
                        }
                    }
                    {sortable(table, TableOrder::Name, t.client())}
                    {sortable(table, TableOrder::Number, t.number())}
                    {sortable(table, TableOrder::Phase, &t.stage(year.0))}
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

/// Renders the head of a column that the table can be ordered by: a link that orders by it, and
/// that reverses the order when it is pressed once more.
fn sortable(table: &Table, order: TableOrder, title: &str) -> Element {
    let choice = &table.choice;
    let current = choice.order == order;
    // A column of moments is ordered with the newest first, because that is what people look for.
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
    let status = line.status.as_ref();
    let checklist = status.filter(|s| s.asked > 0).map(|s| (s.answered, s.asked));
    let attention = status.and_then(|s| s.attention).map(|a| attention(language, a));
    let active = status.map_or_else(|| "–".to_owned(), |s| frame.time_format.short(s.updated_at));
    rsx! {
        tr {
            if frame.may_change() {
                td { class: "c-check",
                    label { input { class: "check", r#type: "checkbox", name: "kies", value: "{line.number}", aria_label: Bulk(language).choose(&line.name) } }
                }
            }
            th { scope: "row",
                a { href: address::year(&line.number, year), "{line.name}" }
            }
            td { class: "num muted", "{line.number}" }
            td { {stage(language, line.phase, status)} }
            td {
                if let Some((answered, asked)) = checklist {
                    {meter(language, answered, asked)}
                } else {
                    span { class: "muted", "–" }
                }
            }
            td {
                if line.blocked {
                    Status { tone: Tone::Bad, icon: "lock", {Filters(language).is_blocked()} }
                } else if line.archived {
                    Status { tone: Tone::Plain, icon: "archive", {Filters(language).is_archived()} }
                } else if let Some((tone, icon, words)) = attention {
                    Status { tone, icon, {words} }
                } else if line.expired {
                    Status { tone: Tone::Wait, icon: "clock", {Stages(language).expired()} }
                }
            }
            td { class: "muted nowrap", "{active}" }
        }
    }
}
