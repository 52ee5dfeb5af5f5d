//! The page about how a person gets access.

use super::text::Person as Text;
use crate::{
    household::{text::Household, view as household},
    part::{
        access::{
            text::Access,
            view::{AccessState, More, action, first, state_words},
        },
        form::Form,
        frame::{Frame, Menu, head},
        tax_numbers::{self, NumbersView},
    },
};
use dioxus::prelude::*;
use model::{record::Role, time::Timestamp};
use storage::db::PersonRow;

/// Renders the whole page.
pub fn page(
    frame: &Frame,
    dossier: &str,
    person: &PersonRow,
    state: AccessState,
    awaiting_ruling: Option<Timestamp>,
    (more, numbers): (More, &NumbersView),
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
                    {first(frame.language(), &person.given_name, &more)}
                    if frame.may_change() {
                        {actions(t, &here, person, state)}
                        if let More::Split(from) = &more {
                            {household::split(dossier, person, *from, Household(frame.language()), &Form::default())}
                        }
                    }
                }
                div { class: "well stack",
                    dl { class: "facts",
                        div {
                            dt { {Access(frame.language()).state()} }
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
                    {tax_numbers::section(numbers, &here, frame.may_change(), frame.language())}
                }
            }
        },
    )
}

fn role_words(t: Text, role: Role) -> &'static str {
    match role {
        Role::Approver => t.approver(),
        Role::Filler => t.filler(),
        Role::Reader => t.reader(),
    }
}

fn actions(t: Text, here: &str, person: &PersonRow, state: AccessState) -> Element {
    let waits = matches!(state, AccessState::Invited(_) | AccessState::Opened(_) | AccessState::Expired(_));
    let access = Access(t.0);
    let has_login = person.account.is_some();
    rsx! {
        section { class: "section stack",
            h2 { {access.manage()} }
            if person.blocked {
                {action(here, "deblokkeren", access.unblock(), "")}
            } else {
                if has_login {
                    {action(here, "vernieuwen", access.recover(), t.recover_hint())}
                } else {
                    {action(here, "uitnodigen", if state == AccessState::NotInvited { access.invite() } else { access.invite_again() }, "")}
                    {action(here, "code", t.invite_with_code(), t.code_hint())}
                    if waits {
                        {action(here, "intrekken", access.withdraw(), "")}
                    }
                }
                form { method: "post", action: "{here}", class: "stack-s",
                    input { r#type: "hidden", name: "action", value: "rol" }
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
                {action(here, "blokkeren", access.block(), t.block_hint())}
            }
        }
    }
}
