//! The page about a client's year: people, tasks and answers on the left; documents and
//! messages on the right.

pub mod answers;
mod task;

use super::{
    document::view::{DocumentsQuery, documents},
    request::view as request,
    text::Dossier,
};
use crate::{
    household::text::Household,
    part::{
        address,
        form::Form,
        frame::{Frame, Menu, small_avatar, text::Shell},
        mails,
        year::{
            text::Year,
            view::{ClientYear, DossierTab},
        },
    },
};
use dioxus::prelude::*;
use model::{checklist::Template, time::TaxYear};
use storage::db::{Access, Client, PersonRow};
use ui::part::{Icon, Status, Tone};

/// The forms of the page with what was typed into them.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    pub checklist: Form,
    pub request: Form,
    /// The form that sends a document back, with what was typed and why it was refused.
    pub intake: Form,
    /// The parameters that say which documents are listed and which one is open.
    pub shown: DocumentsQuery,
    /// The sentence that says why the last action was refused.
    pub refused: Option<String>,
}

pub fn page(frame: &Frame, at: &ClientYear<'_>, templates: &[Template], forms: &Forms) -> String {
    let year_view = at.year_view(frame);
    let checklists: Vec<_> = at.year.checklists.iter().collect();
    frame.page(
        Menu::Clients,
        &at.client.name,
        rsx! {
            {at.head(frame, DossierTab::Answers)}
            div { class: "panes panes--2",
                div { role: "group", aria_label: Year(frame.language()).answers_tab(), tabindex: "0",
                    {notices(frame, at, forms)}
                    {people(frame, at)}
                    {task::list(frame, at)}
                    for (id , checklist) in checklists {
                        section { class: "section", aria_labelledby: "checklist-{id}",
                            div { class: "section__head",
                                h2 { id: "checklist-{id}", {checklist.template.title.get(frame.language())} }
                                {answers::progress(&year_view, *id)}
                            }
                            {answers::show(&year_view, *id, checklist)}
                        }
                    }
                }
                div { class: "well no-print",
                    {documents(&year_view, &at.href(), frame.may_change(), &forms.shown, &forms.intake)}
                    {mails::of_dossier(frame, &at.client.number, at.mails)}
                    if frame.may_change() {
                        section { class: "section", id: "klaarzetten", aria_labelledby: "klaarzetten-titel",
                            div { class: "section__head", h2 { id: "klaarzetten-titel", {Year(frame.language()).set_out()} } }
                            div { class: "card card--pad stack",
                                {task::checklist_form(frame, at, templates, &forms.checklist)}
                                {request::form(frame, at, &forms.request)}
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Renders the page about a year that was never opened for this client.
pub fn unopened(frame: &Frame, client: &Client, tax_year: TaxYear) -> String {
    let t = Dossier(frame.language());
    let base = address::year(&client.number, tax_year);
    frame.page(
        Menu::Clients,
        &client.name,
        rsx! {
            div { class: "head",
                div {
                    p { class: "cluster small",
                        a { class: "crumb", href: "/kantoor/klanten",
                            Icon { name: "chevron-left" }
                            " "
                            {Shell(frame.language()).clients()}
                        }
                        " "
                        span { class: "muted num", "{client.number}" }
                    }
                    h1 { "{client.name}" }
                    p { class: "muted", {t.unopened(tax_year.0)} }
                }
                if frame.may_change() {
                    a { class: "btn btn--quiet", href: "/kantoor/klanten/{client.number}/bewerken",
                        Icon { name: "pencil" }
                        " "
                        {Year(frame.language()).edit_client()}
                    }
                    form { method: "post", action: "{base}/openen",
                        button { class: "btn btn--primary", r#type: "submit",
                            Icon { name: "file-plus" }
                            " "
                            {t.open_year(tax_year.0)}
                        }
                    }
                }
            }
        },
    )
}

fn notices(frame: &Frame, at: &ClientYear<'_>, forms: &Forms) -> Element {
    let unknown = at.year.unknown.len();
    rsx! {
        if let Some(refused) = &forms.refused {
            div { class: "notice notice--bad", role: "alert",
                Icon { name: "triangle-alert" }
                strong { "{refused}" }
            }
        }
        if unknown > 0 {
            div { class: "notice notice--wait",
                Icon { name: "triangle-alert" }
                strong { {Dossier(frame.language()).of_newer_release(unknown)} }
            }
        }
        {mails::failed_of_client(frame, &at.client.number, at.failed_mails)}
        if !frame.may_change() {
            div { class: "notice",
                Icon { name: "eye" }
                p { {Shell(frame.language()).reader()} }
            }
        }
    }
}

fn people(frame: &Frame, at: &ClientYear<'_>) -> Element {
    let t = Dossier(frame.language());
    let uninvited = at.people.iter().filter(|(_, access)| *access == Access::NotInvited).count();
    let base = at.href();
    rsx! {
        section { class: "section", id: "personen", aria_labelledby: "personen-titel",
            div { class: "section__head",
                h2 { id: "personen-titel", {t.people()} }
                if frame.may_change() && uninvited > 1 {
                    form { method: "post", action: "{base}/uitnodigen",
                        button { class: "btn btn--s", r#type: "submit",
                            Icon { name: "send" }
                            " "
                            {t.invite_all()}
                        }
                    }
                }
            }
            div { class: "card",
                ul { class: "lines",
                    for (person , access) in at.people {
                        {person_line(frame, &base, person, *access)}
                    }
                }
            }
            if frame.may_change() {
                a { class: "btn btn--s btn--quiet", href: "{base}/personen/nieuw",
                    Icon { name: "user-plus" }
                    " "
                    {Household(frame.language()).add()}
                }
            }
        }
    }
}

fn person_line(frame: &Frame, base: &str, person: &PersonRow, access: Access) -> Element {
    let t = Dossier(frame.language());
    let short = |at| frame.time_format.short(at);
    let (tone, icon, words) = match access {
        _ if person.blocked => (Tone::Bad, "lock", t.blocked().to_owned()),
        Access::NotInvited => (Tone::Plain, "circle", t.not_invited().to_owned()),
        Access::Invited(at) => (Tone::Info, "mail", t.invited(&short(at))),
        Access::Opened(at) => (Tone::Info, "link", t.opened(&short(at))),
        Access::Expired(at) => (Tone::Wait, "clock", t.expired(&short(at))),
        Access::Registered => (Tone::Ok, "check", t.registered().to_owned()),
    };
    let button = if access == Access::NotInvited { t.invite() } else { t.invite_again() };
    rsx! {
        li {
            {small_avatar(&person.name)}
            " "
            span { class: "grow",
                a { class: "textlink", href: "{base}/personen/{person.id}", b { "{person.name}" } }
                br {}
                span { class: "small muted", "{person.email}" }
            }
            Status { tone, icon, "{words}" }
            if frame.may_change() && access != Access::Registered && !person.blocked {
                form { method: "post", action: "{base}/uitnodigen",
                    input { r#type: "hidden", name: "person", value: "{person.id}" }
                    button { class: "btn btn--s", r#type: "submit", {button}
                        span { class: "sr", " {person.name}" }
                    }
                }
            }
        }
    }
}
