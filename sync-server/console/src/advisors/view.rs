//! The pages about the firm's advisors: the list of all of them, and the page of one.

use super::text::Advisors;
use crate::part::{
    access::{
        text::Access,
        view::{AccessState, More, action, first, state_words},
    },
    address::ADVISORS,
    field::{Field, text::Fields, whole},
    firm_tabs::{FirmTab, tabs},
    form::Form,
    frame::{Frame, Menu, head, title},
};
use dioxus::prelude::*;
use storage::db::{AdvisorRole, Colleague};
use ui::part::{Icon, Status, Tone};

const FORM: &str = "adviseur";

/// Returns the name of a role as the screen shows it.
pub(super) fn role(t: Advisors, role: AdvisorRole) -> &'static str {
    match role {
        AdvisorRole::Administrator => t.administrator(),
        AdvisorRole::Advisor => t.advisor(),
        AdvisorRole::Reader => t.reader(),
    }
}

fn roles(t: Advisors) -> [(&'static str, String); 3] {
    let hint = |role| match role {
        AdvisorRole::Administrator => t.administrator_hint(),
        AdvisorRole::Advisor => t.advisor_hint(),
        AdvisorRole::Reader => t.reader_hint(),
    };
    [AdvisorRole::Administrator, AdvisorRole::Advisor, AdvisorRole::Reader]
        .map(|of| (of.word(), format!("{}: {}", role(t, of), hint(of))))
}

fn access(frame: &Frame, state: AccessState) -> Element {
    let (tone, icon) = match state {
        AccessState::Registered => (Tone::Ok, "check"),
        AccessState::Dormant(_) | AccessState::NotInvited => (Tone::Plain, "hourglass"),
        AccessState::Invited(_) | AccessState::Opened(_) => (Tone::Info, "mail"),
        AccessState::Expired(_) | AccessState::Withdrawn(_) => (Tone::Wait, "circle-alert"),
        AccessState::Blocked => (Tone::Bad, "lock"),
    };
    rsx! {
        Status { tone, icon, {state_words(frame.time_format, state)} }
    }
}

/// Renders the list of advisors and the form that adds one. `invited` is whom an invitation was just sent to.
pub fn list(frame: &Frame, lines: &[(AccessState, Colleague)], form: &Form, invited: Option<&str>) -> String {
    let t = Advisors(frame.language());
    let may = frame.advisor.role == AdvisorRole::Administrator;
    frame.page(
        Menu::Portal,
        t.title(),
        rsx! {
            {title(t.title(), t.lead())}
            {tabs(frame, FirmTab::Advisors)}
            div { class: "panes panes--main",
                div {
                    if let Some(email) = invited {
                        div { class: "notice notice--ok", role: "status",
                            Icon { name: "mail" }
                            strong { {t.invited(email)} }
                        }
                    }
                    div { class: "scroller", tabindex: "0", role: "region", aria_label: t.caption(),
                        table { class: "table",
                            caption { class: "sr", {t.caption()} }
                            thead {
                                tr {
                                    th { scope: "col", {t.name()} }
                                    th { scope: "col", {t.role()} }
                                    th { scope: "col", class: "num", {t.clients()} }
                                    th { scope: "col", {t.state()} }
                                }
                            }
                            tbody {
                                for (state , of) in lines {
                                    {line(frame, *state, of, may)}
                                }
                            }
                        }
                    }
                }
                aside { class: "well", aria_label: t.add(),
                    if may {
                        {add(frame, form)}
                    } else {
                        div { class: "notice",
                            Icon { name: "lock" }
                            p { {t.only_administrators()} }
                        }
                    }
                }
            }
        },
    )
}

fn line(frame: &Frame, state: AccessState, of: &Colleague, may: bool) -> Element {
    let t = Advisors(frame.language());
    let advisor = &of.advisor;
    let is_me = advisor.id == frame.advisor.id;
    rsx! {
        tr {
            th { scope: "row",
                if may {
                    a { class: "is-link hit", href: "{ADVISORS}/{advisor.id}", "{advisor.name}" }
                } else {
                    "{advisor.name}"
                }
                if is_me {
                    span { class: "muted", " ({t.you()})" }
                }
                br {}
                span { class: "small muted", "{advisor.email}" }
            }
            td { {role(t, advisor.role)} }
            td { class: "num", "{of.clients}" }
            td { {access(frame, state)} }
        }
    }
}

fn known(t: Advisors, form: &Form) -> Element {
    let f = |name, label| Field::text(FORM, name, label);
    rsx! {
        {f("name", t.full_name()).show(form)}
        {f("given_name", t.given_name()).hint(t.given_name_hint()).show(form)}
        {f("email", t.email()).kind("email").show(form)}
        {f("hours", t.hours()).hint(t.hours_hint()).show(form)}
    }
}

fn add(frame: &Frame, form: &Form) -> Element {
    let (t, n) = (Advisors(frame.language()), Fields(frame.language()));
    let roles = roles(t);
    let roles: Vec<_> = roles.iter().map(|(word, shown)| (*word, shown.as_str())).collect();
    rsx! {
        form { class: "stack", method: "post", action: ADVISORS, novalidate: true,
            h2 { {t.add()} }
            p { class: "muted", {t.add_lead()} }
            {whole(form)}
            {known(t, form)}
            {Field::text(FORM, "role", t.role()).show_choice(form, &roles)}
            {Field::text(FORM, "language", t.language()).show_choice(form, &[("nl", n.dutch()), ("en", n.english())])}
            button { class: "btn btn--primary", r#type: "submit",
                Icon { name: "user-plus" }
                " "
                {t.add_button()}
            }
        }
    }
}

/// The contents of the page about one advisor.
pub struct One<'o> {
    pub frame: &'o Frame,
    pub of: &'o Colleague,
    pub access: AccessState,
    /// The advisors that can take over this one's clients: id and name.
    pub others: &'o [(String, String)],
    pub form: &'o Form,
    pub more: More,
}

/// Renders the page about one advisor.
pub fn one(at: &One<'_>) -> String {
    let (t, p) = (Advisors(at.frame.language()), Access(at.frame.language()));
    let advisor = &at.of.advisor;
    let here = format!("{ADVISORS}/{}", advisor.id);
    at.frame.page(
        Menu::Portal,
        &advisor.name,
        rsx! {
            {head(ADVISORS, t.back(), &advisor.name)}
            div { class: "panes panes--main",
                div {
                    {first(at.frame.language(), &advisor.given_name, &at.more)}
                    {whole(at.form)}
                    if at.form.value("saved") == "yes" {
                        div { class: "notice notice--ok", role: "status",
                            Icon { name: "check" }
                            strong { {t.saved()} }
                        }
                    }
                    form { class: "section stack", method: "post", action: "{here}", novalidate: true,
                        h2 { {t.details()} }
                        input { r#type: "hidden", name: "action", value: "gegevens" }
                        {known(t, at.form)}
                        div { class: "cluster",
                            button { class: "btn btn--primary", r#type: "submit", {t.save()} }
                        }
                    }
                }
                div { class: "well",
                    dl { class: "facts",
                        div {
                            dt { {p.state()} }
                            dd { {access(at.frame, at.access)} }
                        }
                        div {
                            dt { {t.role()} }
                            dd { {role(t, advisor.role)} }
                        }
                        div {
                            dt { {t.clients()} }
                            dd { "{at.of.clients}" }
                        }
                    }
                    {actions(at, &here)}
                }
            }
        },
    )
}

fn actions(at: &One<'_>, here: &str) -> Element {
    let (t, p) = (Advisors(at.frame.language()), Access(at.frame.language()));
    if at.of.blocked_at.is_some() {
        return rsx! {
            section { class: "section stack",
                h2 { {p.manage()} }
                {action(here, "deblokkeren", p.unblock(), "")}
            }
        };
    }
    let waits = matches!(at.access, AccessState::Invited(_) | AccessState::Opened(_) | AccessState::Expired(_));
    let roles = roles(t);
    let roles: Vec<_> = roles.iter().map(|(word, shown)| (*word, shown.as_str())).collect();
    let mut successors = vec![("", "…")];
    successors.extend(at.others.iter().map(|(id, name)| (id.as_str(), name.as_str())));
    let is_me = at.of.advisor.id == at.frame.advisor.id;
    let hint = t.hand_over_hint(at.of.clients);
    rsx! {
        section { class: "section stack",
            h2 { {p.manage()} }
            form { class: "stack-s", method: "post", action: "{here}",
                input { r#type: "hidden", name: "action", value: "rol" }
                {Field::text(FORM, "role", t.role()).show_choice(at.form, &roles)}
                div { class: "cluster",
                    button { class: "btn", r#type: "submit", {t.set_role()} }
                }
            }
            if at.of.advisor.account.is_some() {
                {action(here, "vernieuwen", p.recover(), t.recover_hint())}
            } else {
                {action(here, "uitnodigen", if at.access == AccessState::NotInvited { p.invite() } else { p.invite_again() }, "")}
                if waits {
                    {action(here, "intrekken", p.withdraw(), "")}
                }
            }
            if !is_me {
                form { class: "stack-s", method: "post", action: "{here}",
                    input { r#type: "hidden", name: "action", value: "blokkeren" }
                    if at.of.clients > 0 {
                        {Field::text(FORM, "successor", t.hand_over()).hint(&hint).show_choice(at.form, &successors)}
                    }
                    div { class: "cluster",
                        button { class: "btn", r#type: "submit", {p.block()} }
                    }
                    p { class: "small muted", {t.block_hint()} }
                }
            }
        }
    }
}
