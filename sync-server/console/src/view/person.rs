//! The page about how a person gets access.

use super::{
    frame::{Frame, Menu, head},
    household,
};
use crate::{
    form::Form,
    text::{Household, Person as Text},
    time_format::TimeFormat,
};
use dioxus::prelude::*;
use model::{
    record::Role,
    time::{TaxYear, Timestamp},
};
use storage::db::PersonRow;
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
    /// The advisor has to confirm the action with a passkey first.
    Prove,
    /// The form for a dossier of one's own, with the first tax year that is proposed for it.
    Split(TaxYear),
}

/// Renders the whole page.
pub fn page(
    frame: &Frame,
    dossier: &str,
    person: &PersonRow,
    state: AccessState,
    awaiting_ruling: Option<Timestamp>,
    more: More,
) -> String {
    let t = Text(frame.language());
    let title = t.title(&person.name);
    let here = format!("{dossier}/personen/{}", person.id);
    let short = |at| frame.time_format.short(at);
    let words = state_words(frame.time_format, state);
    frame.page(
        Menu::Clients,
        &title,
        rsx! {
            {head(&format!("{dossier}#personen"), t.back(), &title)}
            div { class: "panes panes--main",
                div {
                    {first(t, &person.given_name, &here, &more)}
                    if frame.may_change() {
                        {actions(t, &here, person, state)}
                        if let More::Split(from) = more {
                            {household::split(dossier, person, from, Household(frame.language()), &Form::default())}
                        }
                    }
                }
                div { class: "well",
                    dl { class: "facts",
                        div {
                            dt { {t.state()} }
                            dd { "{words}" }
                        }
                        div {
                            dt { {t.mail()} }
                            dd { "{person.email}" }
                        }
                        div {
                            dt { {t.role()} }
                            dd { {role_words(t, person.role)} }
                        }
                    }
                    if let Some(year) = person.until {
                        p { class: "small", {Household(frame.language()).left(year.0)} }
                    }
                    if let Some(until) = awaiting_ruling {
                        p { class: "small", {t.awaiting_ruling(&short(until))} }
                    }
                }
            }
        },
    )
}

/// Returns in a few words how far a person is in getting access.
pub(super) fn state_words(time_format: TimeFormat, state: AccessState) -> String {
    let t = Text(time_format.language);
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

fn role_words(t: Text, role: Role) -> &'static str {
    match role {
        Role::Approver => t.approver(),
        Role::Filler => t.filler(),
        Role::Reader => t.reader(),
    }
}

/// Renders the code to be told or the passkey to be confirmed, which come before everything else.
pub(super) fn first(t: Text, given_name: &str, here: &str, more: &More) -> Element {
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
        More::Prove => rsx! {
            section { class: "notice notice--wait",
                Icon { name: "fingerprint-pattern" }
                form { id: "inloggen", class: "stack-s", "data-next": "{here}",
                    h2 { {t.prove()} }
                    p { {t.prove_lead()} }
                    button { class: "btn btn--primary", r#type: "submit", {t.prove_button()} }
                }
            }
        },
    }
}

/// Renders a button with the sentence that says what it does.
pub(super) fn action(here: &str, name: &str, words: &str, hint: &str) -> Element {
    rsx! {
        form { method: "post", action: "{here}", class: "stack-s",
            input { r#type: "hidden", name: "deed", value: "{name}" }
            div { class: "cluster",
                button { class: "btn", r#type: "submit", "{words}" }
            }
            if !hint.is_empty() {
                p { class: "small muted", "{hint}" }
            }
        }
    }
}

fn actions(t: Text, here: &str, person: &PersonRow, state: AccessState) -> Element {
    let waits = matches!(state, AccessState::Invited(_) | AccessState::Opened(_) | AccessState::Expired(_));
    let has_login = person.account.is_some();
    rsx! {
        section { class: "section stack",
            h2 { {t.manage()} }
            if person.blocked {
                {action(here, "deblokkeren", t.unblock(), "")}
            } else {
                if has_login {
                    {action(here, "vernieuwen", t.recover(), t.recover_hint())}
                } else {
                    {action(here, "uitnodigen", if state == AccessState::NotInvited { t.invite() } else { t.invite_again() }, "")}
                    {action(here, "code", t.invite_with_code(), t.code_hint())}
                    if waits {
                        {action(here, "intrekken", t.withdraw(), "")}
                    }
                }
                form { method: "post", action: "{here}", class: "stack-s",
                    input { r#type: "hidden", name: "deed", value: "rol" }
                    div { class: "field",
                        label { r#for: "rol", {t.role()} }
                        select { class: "select", id: "rol", name: "rol",
                            for (value , role) in [("approver", Role::Approver), ("filler", Role::Filler), ("reader", Role::Reader)] {
                                option { value, selected: role == person.role, {role_words(t, role)} }
                            }
                        }
                    }
                    div { class: "cluster",
                        button { class: "btn", r#type: "submit", {t.set_role()} }
                    }
                }
                {action(here, "blokkeren", t.block(), t.block_hint())}
            }
        }
    }
}
