//! The page of an action for many clients: which clients it includes, which it leaves out and why,
//! and how far it is.

use super::text::Bulk as Text;
use crate::part::{
    address,
    field::{Field, whole},
    form::Form,
    frame::{Frame, Menu},
};
use dioxus::prelude::*;
use dossiers::bulk::Reason;
use model::{checklist::Template, time::TaxYear};
use storage::db::{Bulk, BulkAction, BulkState};
use ui::part::{Icon, Status, Tone};

/// The clients that are left out for one reason, with number and name of some of them.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    pub reason: Reason,
    pub clients: usize,
    pub names: Vec<(String, String)>,
}

/// The number of clients that the action includes, and the clients that it leaves out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outlook {
    pub all: usize,
    /// The number of clients that the action has dealt with so far.
    pub done: usize,
    pub going: usize,
    /// The number and name of some of the clients that are included.
    pub names: Vec<(String, String)>,
    pub left_out: Vec<LeftOut>,
}

pub fn page(frame: &Frame, bulk: &Bulk, here: &str, outlook: &Outlook, templates: &[Template], form: &Form) -> String {
    let t = Text(frame.language());
    let left_out: usize = outlook.left_out.iter().map(|left| left.clients).sum();
    let draft = bulk.state == BulkState::Draft;
    frame.page(
        Menu::Clients,
        t.action(bulk.action),
        rsx! {
            div { class: "head",
                div {
                    h1 { {t.action(bulk.action)} }
                    p { class: "muted", {t.lead(outlook.all, bulk.tax_year.0)} }
                }
                a { class: "btn", href: "/kantoor/klanten?jaar={bulk.tax_year}", {t.cancel()} }
            }
            if bulk.state == BulkState::Running {
                {running(t, here, outlook)}
            }
            if outlook.all == 0 {
                p { class: "group", {t.nobody()} }
            } else {
                div { class: "tally",
                    div { class: "card",
                        Status { tone: Tone::Ok, icon: "check", {if draft { t.will() } else { t.was_done() }} }
                        b { class: "num", "{outlook.going}" }
                        span { class: "small muted", {names(&outlook.names, outlook.going, bulk.tax_year, t)} }
                    }
                    div { class: "card",
                        Status { tone: if left_out > 0 { Tone::Wait } else { Tone::Plain }, icon: "circle-alert", {t.left_out()} }
                        b { class: "num", "{left_out}" }
                        span { class: "small muted" }
                    }
                }
                {left(t, outlook, bulk.tax_year)}
                if draft {
                    {word(t, bulk, here, outlook, templates, form)}
                }
            }
        },
    )
}

fn running(t: Text, here: &str, outlook: &Outlook) -> Element {
    let words = t.progress(outlook.done, outlook.all);
    rsx! {
        div { class: "group stack", "data-poll": "",
            p { {t.running()} }
            progress { class: "bar", value: "{outlook.done}", max: "{outlook.all}", aria_label: "{words}" }
            p { role: "status", "{words}" }
            p { a { class: "btn", href: "{here}", Icon { name: "rotate-cw" } " " {t.refresh()} } }
        }
    }
}

fn names(names: &[(String, String)], all: usize, year: TaxYear, t: Text) -> Element {
    let more = all.saturating_sub(names.len());
    rsx! {
        for (n , (number , name)) in names.iter().enumerate() {
            if n > 0 {
                ", "
            }
            a { href: address::year(number, year), "{name}" }
        }
        if more > 0 && !names.is_empty() {
            " "
            {t.and_more(more)}
        }
    }
}

fn left(t: Text, outlook: &Outlook, year: TaxYear) -> Element {
    rsx! {
        if !outlook.left_out.is_empty() {
            section { class: "group", aria_labelledby: "overgeslagen",
                div { class: "section__head", h2 { id: "overgeslagen", {t.left_out()} } }
                div { class: "card",
                    ul { class: "lines",
                        for left in &outlook.left_out {
                            li {
                                Icon { name: "circle-alert" }
                                " "
                                span { class: "grow",
                                    b { {t.reason(left.reason)} }
                                    br {}
                                    span { class: "small muted", {names(&left.names, left.clients, year, t)} }
                                }
                                span { class: "num", "{left.clients}" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders the form that says what exactly is to be done, with the button that starts it.
fn word(t: Text, bulk: &Bulk, here: &str, outlook: &Outlook, templates: &[Template], form: &Form) -> Element {
    let options: Vec<_> = templates.iter().map(|x| (x.id.as_str(), x.title.get(t.0))).collect();
    let checklist = bulk.action == BulkAction::Checklist;
    let prefilled = !form.value("prefill").is_empty();
    rsx! {
        if outlook.going == 0 {
            p { class: "group", {t.nobody_left()} }
        }
        if checklist && templates.is_empty() {
            p { class: "group", {t.no_template(bulk.tax_year.0)} }
        } else {
            form { class: "group stack", method: "post", action: "{here}", novalidate: true,
                {whole(form)}
                if checklist {
                    {Field::text("actie", "template", t.template()).show_choice(form, &options)}
                    label { class: "cluster",
                        input { class: "check", r#type: "checkbox", name: "prefill", value: "yes", checked: prefilled }
                        " "
                        {t.prefill()}
                    }
                }
                if bulk.action == BulkAction::Documents {
                    {Field::text("actie", "items", t.items()).hint(t.items_hint()).show_lines(form, 4)}
                }
                if checklist || bulk.action == BulkAction::Documents {
                    {Field::text("actie", "due", t.due()).kind("date").hint(t.due_hint()).show(form)}
                }
                div { class: "cluster",
                    if outlook.going > 0 {
                        button { class: "btn btn--primary", r#type: "submit",
                            Icon { name: "send" }
                            " "
                            {t.start(bulk.action, outlook.going)}
                        }
                    }
                    if checklist {
                        button { class: "btn", r#type: "submit", name: "kijk", value: "1", {t.look_again()} }
                    }
                }
            }
        }
    }
}
