//! The state of somebody's access, and the parts of the pages that change it.

use super::text::Access;
use crate::part::time_format::TimeFormat;
use dioxus::prelude::*;
use model::{
    language::Language,
    time::{TaxYear, Timestamp},
};
use ui::part::Icon;

/// The state of a person's access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessState {
    NotInvited,
    Invited(Timestamp),
    Opened(Timestamp),
    Expired(Timestamp),
    Withdrawn(Timestamp),
    Registered,
    Dormant(Timestamp),
    Blocked,
}

/// The part that is shown first on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum More {
    Nothing,
    /// The code of an invitation, which the advisor tells the person.
    Code(String),
    /// The sentence that says why the action was refused.
    Refused(String),
    /// The form for a dossier of one's own, with the first tax year that is proposed for it.
    Split(TaxYear),
}

/// Returns in a few words how far a person is in getting access.
pub fn state_words(time_format: TimeFormat, state: AccessState) -> String {
    let t = Access(time_format.language);
    let short = |at| time_format.short(at);
    match state {
        AccessState::NotInvited => t.not_invited().to_owned(),
        AccessState::Invited(at) => t.invited(&short(at)),
        AccessState::Opened(at) => t.opened(&short(at)),
        AccessState::Expired(at) => t.expired(&short(at)),
        AccessState::Withdrawn(at) => t.withdrawn(&short(at)),
        AccessState::Registered => t.registered().to_owned(),
        AccessState::Dormant(at) => t.dormant(&short(at)),
        AccessState::Blocked => t.blocked().to_owned(),
    }
}

/// Renders the code to be told, or why something was refused, which come before everything else.
pub fn first(language: Language, given_name: &str, more: &More) -> Element {
    let t = Access(language);
    match more {
        More::Nothing | More::Split(_) => rsx! {},
        More::Code(code) => rsx! {
            section { class: "notice notice--ok", role: "status",
                Icon { name: "key-round" }
                div {
                    h2 { {t.your_code(given_name)} }
                    p { class: "num lead", strong { "{code}" } }
                    p { class: "small", {t.code_once()} }
                }
            }
        },
        More::Refused(sentence) => rsx! {
            section { class: "notice notice--bad", role: "alert",
                Icon { name: "triangle-alert" }
                p { "{sentence}" }
            }
        },
    }
}

/// Renders a button with the sentence that says what it does.
pub fn action(here: &str, name: &str, words: &str, hint: &str) -> Element {
    rsx! {
        form { method: "post", action: "{here}", class: "stack-s",
            input { r#type: "hidden", name: "action", value: "{name}" }
            div { class: "cluster",
                button { class: "btn", r#type: "submit", "{words}" }
            }
            if !hint.is_empty() {
                p { class: "small muted", "{hint}" }
            }
        }
    }
}
