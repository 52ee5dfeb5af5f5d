//! The parts that the pages about mails share: the tabs, and the words for the state of a mail.

pub mod text;

use super::{address, frame::Frame};
use dioxus::prelude::*;
use mail::DeliveryError;
use model::language::Language;
use storage::db::{AdvisorRole, MailState, OutboxRow};
use text::{MailStatus, MailTabs, mail_kind};
use ui::part::{Icon, Status, Tone};

/// The pages about mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTab {
    Texts,
    Outgoing,
    Timing,
    Server,
}

/// Renders the tabs, with the current one marked.
pub fn tabs(frame: &Frame, tab: MailTab) -> Element {
    let t = MailTabs(frame.language());
    let mut links = vec![
        (MailTab::Texts, "/kantoor/sjablonen", t.texts()),
        (MailTab::Outgoing, "/kantoor/uitgaand", t.outgoing()),
        (MailTab::Timing, "/kantoor/mailtijden", t.timing()),
    ];
    if frame.advisor.role == AdvisorRole::Administrator {
        links.push((MailTab::Server, "/kantoor/mailserver", t.server()));
    }
    rsx! {
        nav { class: "subnav", aria_label: t.parts(),
            for (of , href , name) in links {
                a { href, aria_current: if of == tab { "page" }, {name} }
            }
        }
    }
}

/// Renders in a few words whether a mail was sent, waits or failed.
pub fn state(frame: &Frame, row: &OutboxRow) -> Element {
    let t = MailStatus(frame.language());
    let short = |at| frame.time_format.short(at);
    let (tone, icon, words) = match row.state {
        MailState::Sent { at } => (Tone::Ok, "check", t.sent_at(&short(at))),
        MailState::Failed { at } => (Tone::Bad, "triangle-alert", t.failed_at(&short(at))),
        MailState::Waiting { next_attempt_at } if row.last_error.is_empty() => {
            (Tone::Plain, "hourglass", t.leaves(&short(next_attempt_at)))
        }
        MailState::Waiting { next_attempt_at } => (Tone::Wait, "hourglass", t.again_at(&short(next_attempt_at))),
    };
    rsx! {
        Status { tone, icon, {words} }
    }
}

/// Returns advice on what to do about a mail that failed.
pub fn advice(language: Language, row: &OutboxRow) -> &'static str {
    let t = MailStatus(language);
    if row.last_error.starts_with("permanent error") || row.last_error == DeliveryError::UNQUOTED_REFUSED {
        t.todo_refused()
    } else if row.last_error.ends_with("is no mail address") {
        t.todo_malformed()
    } else {
        t.todo_late()
    }
}

/// Renders the newest mails about a dossier.
pub fn of_dossier(frame: &Frame, number: &str, rows: &[OutboxRow]) -> Element {
    let t = MailStatus(frame.language());
    let all = address::outgoing(None, "", Some(number), 1);
    rsx! {
        section { class: "section", id: "mails", aria_labelledby: "mails-titel",
            div { class: "section__head",
                h2 { id: "mails-titel", {t.of_dossier()} }
                if !rows.is_empty() {
                    a { class: "small hit", href: all, {t.all_of_dossier()} }
                }
            }
            if rows.is_empty() {
                p { class: "muted", {t.none_of_dossier()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for row in rows {
                            li {
                                span { class: "grow",
                                    {mail_kind(row.mail.kind, frame.language())}
                                    br {}
                                    span { class: "small muted", "{row.mail.to_address}" }
                                }
                                {state(frame, row)}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders a notice about mails to this client that failed.
pub fn failed_of_client(frame: &Frame, number: &str, rows: &[OutboxRow]) -> Element {
    let t = MailStatus(frame.language());
    let href = address::outgoing(Some(storage::db::MailFilter::Failed), "", Some(number), 1);
    let failed = rows.iter().filter(|row| matches!(row.state, MailState::Failed { .. }) && !row.seen);
    rsx! {
        for row in failed {
            div { class: "notice notice--bad",
                Icon { name: "triangle-alert" }
                strong { {t.client_failed(&row.mail.to_address)} }
                p { {advice(frame.language(), row)} " " a { href: href.clone(), {t.look()} } }
            }
        }
    }
}
