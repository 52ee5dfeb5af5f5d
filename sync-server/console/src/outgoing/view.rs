//! The table of outgoing mails.

use super::text::Outgoing;
use crate::part::{
    address,
    frame::{Frame, Menu},
    mails::{MailTab, advice, state, tabs, text::mail_kind},
    setbacks::{self, SetbackOf},
};
use dioxus::prelude::*;
use mail::{DeliveryError, MailProperties};
use storage::db::{Client, MailFilter, MailState, OutboxRow};
use ui::part::Icon;

/// The contents of the page.
pub struct Table {
    pub filter: Option<MailFilter>,
    pub text: String,
    pub client: Option<Client>,
    pub page: usize,
    /// True if there is a further page.
    pub more: bool,
    pub waiting: u32,
    /// The number of mails that failed and that nobody has seen yet.
    pub failed: u32,
    /// What the server could not do.
    pub setbacks: Vec<SetbackOf>,
    pub rows: Vec<OutboxRow>,
}

pub fn page(frame: &Frame, table: &Table) -> String {
    let t = Outgoing(frame.language());
    frame.page(
        Menu::Mails,
        t.title(),
        rsx! {
            div { class: "head", h1 { {t.title()} } }
            {tabs(frame, MailTab::Outgoing)}
            {setbacks::list(frame, &table.setbacks)}
            {choice(frame, table)}
            if table.rows.is_empty() {
                p { class: "toolbar muted", {t.none()} }
            } else {
                {rows(frame, table)}
            }
            {pager(frame, table)}
        },
    )
}

fn choice(frame: &Frame, table: &Table) -> Element {
    let t = Outgoing(frame.language());
    let number = table.client.as_ref().map(|client| client.number.as_str());
    let filters = [
        (None, t.all(), None),
        (Some(MailFilter::Waiting), t.waiting(), Some(table.waiting)),
        (Some(MailFilter::Sent), t.sent(), None),
        (Some(MailFilter::Failed), t.failed(), Some(table.failed)),
    ]
    .map(|(filter, name, count)| {
        (address::outgoing(filter, &table.text, number, 1), name, count, filter == table.filter)
    });
    rsx! {
        form { class: "toolbar", role: "search", method: "get", action: "/kantoor/uitgaand",
            nav { class: "seg", aria_label: t.state(),
                for (href , name , count , current) in filters {
                    a { href, aria_current: if current { "true" },
                        {name}
                        if let Some(count) = count {
                            " "
                            span { class: "count", "{count}" }
                        }
                    }
                }
            }
            if let Some(filter) = table.filter {
                input { r#type: "hidden", name: "staat", value: address::filter_word(filter) }
            }
            if let Some(number) = number {
                input { r#type: "hidden", name: "klant", value: number }
            }
            div { class: "searchbox",
                label { class: "sr", r#for: "zoek", {t.search()} }
                Icon { name: "search" }
                input { class: "input", id: "zoek", name: "q", r#type: "search", value: "{table.text}", placeholder: t.search(), size: "26" }
            }
            if let Some(client) = &table.client {
                p { class: "push-r small", {t.of_client(&client.name)} " " a { href: address::outgoing(table.filter, &table.text, None, 1), {t.all_clients()} } }
            }
        }
    }
}

fn rows(frame: &Frame, table: &Table) -> Element {
    let t = Outgoing(frame.language());
    rsx! {
        div { class: "scroll",
            table { class: "table table--top",
                thead {
                    tr {
                        th { scope: "col", {t.to()} }
                        th { scope: "col", {t.mail()} }
                        th { scope: "col", {t.when()} }
                        th { scope: "col", {t.state()} }
                        if frame.may_change() {
                            th { scope: "col", {t.action()} }
                        }
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
}

/// Returns the subject, or None for a mail whose subject may contain a code that only its reader should know.
fn subject(row: &OutboxRow) -> Option<&str> {
    let secret = MailProperties::of(row.mail.kind).names.contains(&"code");
    (!secret).then_some(row.mail.subject.as_str())
}

fn line(frame: &Frame, row: &OutboxRow) -> Element {
    let t = Outgoing(frame.language());
    let is_sent = matches!(row.state, MailState::Sent { .. });
    let is_failed = matches!(row.state, MailState::Failed { .. });
    let base = format!("/kantoor/uitgaand/{}", row.id);
    let label = if is_failed { t.again() } else { t.now() };
    let about = format!("{label}: {}", row.mail.to_address);
    let tried = !row.last_error.is_empty();
    rsx! {
        tr {
            th { scope: "row", "{row.mail.to_address}" }
            td {
                {mail_kind(row.mail.kind, frame.language())}
                if let Some(subject) = subject(row) {
                    br {}
                    span { class: "small muted", "{subject}" }
                }
            }
            td { class: "nowrap muted", {frame.time_format.short(row.created_at)} }
            td {
                {state(frame, row)}
                if is_failed && row.seen {
                    " "
                    span { class: "small muted", {t.seen()} }
                }
                if tried && !is_sent {
                    p { class: "small muted", {t.attempts(row.attempts)} }
                    match row.last_error.as_str() {
                        DeliveryError::NOT_REACHED => rsx! {
                            p { class: "small", {t.not_reached()} }
                        },
                        DeliveryError::UNQUOTED_LATER => rsx! {
                            p { class: "small", {t.refused_for_now()} }
                        },
                        DeliveryError::UNQUOTED_REFUSED => rsx! {
                            p { class: "small", {t.refused()} }
                        },
                        words => rsx! {
                            p { class: "small", {t.words()} " " q { "{words}" } }
                        },
                    }
                }
                if is_failed {
                    p { class: "small", {advice(frame.language(), row)} }
                }
            }
            if frame.may_change() {
                td { class: "nowrap",
                    if tried && !is_sent {
                        form { method: "post", action: "{base}/opnieuw",
                            button { class: "btn btn--s", r#type: "submit", aria_label: about, {label} }
                        }
                    }
                    if is_failed && !row.seen {
                        form { method: "post", action: "{base}/gezien",
                            button { class: "btn btn--quiet btn--s", r#type: "submit", aria_label: "{t.mark_seen()}: {row.mail.to_address}", {t.mark_seen()} }
                        }
                    }
                }
            }
        }
    }
}

fn pager(frame: &Frame, table: &Table) -> Element {
    let t = Outgoing(frame.language());
    let number = table.client.as_ref().map(|client| client.number.as_str());
    let to = |page| address::outgoing(table.filter, &table.text, number, page);
    rsx! {
        if table.page > 1 || table.more {
            nav { class: "toolbar", aria_label: t.pages(),
                if table.page > 1 {
                    a { class: "btn", href: to(table.page - 1), Icon { name: "chevron-left" } " " {t.newer()} }
                }
                if table.more {
                    a { class: "btn", href: to(table.page + 1), {t.older()} " " Icon { name: "chevron-right" } }
                }
            }
        }
    }
}
