//! The form that changes a client, with the buttons that archive the client or block its people.

use super::text::EditClient;
use crate::part::{
    address,
    field::{Field, whole},
    form::Form,
    frame::{Frame, Menu, head},
    storage_use::{self, StorageUse},
    tax_numbers::{self, NumbersView},
};
use dioxus::prelude::*;
use model::time::TaxYear;
use storage::db::{Client, ClientState};
use ui::part::Icon;

const FORM: &str = "klant";

/// Renders the page. `advisors` are pairs of id and name.
pub fn page(
    frame: &Frame,
    client: &Client,
    year: TaxYear,
    (kept, files): (ClientState, StorageUse),
    advisors: &[(String, String)],
    (form, numbers): (&Form, &NumbersView),
) -> String {
    let t = EditClient(frame.language());
    let here = format!("/kantoor/klanten/{}/bewerken", client.number);
    let back = address::year(&client.number, year);
    let advisors: Vec<_> = advisors.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let since = |at: Option<_>| at.map(|at| frame.time_format.long(at));
    let (blocked, archived) = (since(kept.blocked_at), since(kept.archived_at));
    frame.page(
        Menu::Clients,
        t.title(),
        rsx! {
            {head(&back, &client.name, t.title())}
            div { class: "panes panes--main",
                div { class: "stack",
                form { method: "post", action: "{here}", novalidate: true,
                    {whole(form)}
                    div { class: "section two",
                        {Field::text(FORM, "number", t.number()).show(form)}
                        {Field::text(FORM, "name", t.name()).show(form)}
                        {Field::text(FORM, "advisor", t.advisor()).show_choice(form, &advisors)}
                        {Field::text(FORM, "tags", t.tags()).hint(t.tags_hint()).show(form)}
                    }
                    div { class: "cluster",
                        button { class: "btn btn--primary", r#type: "submit", name: "action", value: "bewaar", {t.save()} }
                        a { class: "btn btn--quiet", href: "{back}", {t.cancel()} }
                    }
                }
                {tax_numbers::section(numbers, &here, frame.may_change(), frame.language())}
                }
                div { class: "well",
                    section { class: "section stack-s", aria_labelledby: "toegang",
                        h2 { id: "toegang", {t.access()} }
                        if let Some(at) = blocked {
                            p { {t.blocked_since(&at)} }
                            {button(&here, "deblokkeer", "btn", "user-round", t.unblock())}
                        } else {
                            p { class: "small muted", {t.block_lead()} }
                            {button(&here, "blokkeer", "btn btn--bad", "lock", t.block())}
                        }
                    }
                    section { class: "section stack-s", aria_labelledby: "archief",
                        h2 { id: "archief", {t.archive()} }
                        if let Some(at) = archived {
                            p { {t.archived_since(&at)} }
                            {button(&here, "terug", "btn", "undo-2", t.take_back())}
                        } else {
                            p { class: "small muted", {t.archive_lead()} }
                            {button(&here, "archiveer", "btn", "archive", t.put_aside())}
                        }
                    }
                    {storage_use::section(frame.language(), files)}
                }
            }
        },
    )
}

fn button(here: &str, action: &'static str, class: &'static str, icon: &'static str, words: &'static str) -> Element {
    rsx! {
        form { method: "post", action: "{here}",
            button { class, r#type: "submit", name: "action", value: action,
                Icon { name: icon }
                " "
                {words}
            }
        }
    }
}
