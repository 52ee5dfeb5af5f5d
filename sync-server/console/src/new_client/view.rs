//! The form for a new client with one or two persons.

use super::text::NewClient;
use crate::{
    clients::text::Clients,
    part::{
        field::{Field, text::Fields, whole},
        form::Form,
        frame::{Frame, Menu},
    },
};
use dioxus::prelude::*;
use model::time::TaxYear;
use ui::part::Icon;

const FORM: &str = "klant";

/// Renders the page, with what was typed and what is wrong with it.
pub fn page(frame: &Frame, year: TaxYear, form: &Form) -> String {
    let language = frame.language();
    let (t, fields) = (NewClient(language), Fields(language));
    frame.page(
        Menu::Clients,
        t.title(),
        rsx! {
            div { class: "head",
                div {
                    p { class: "cluster small",
                        a { class: "crumb", href: "/kantoor/klanten",
                            Icon { name: "chevron-left" }
                            " "
                            {Clients(language).title()}
                        }
                    }
                    h1 { {t.title()} }
                    p { class: "muted", {t.lead(year.0)} }
                }
            }
            div { class: "panes panes--main",
                form { method: "post", action: "/kantoor/klanten/nieuw", novalidate: true,
                    {whole(form)}
                    fieldset { class: "section",
                        legend { class: "section__head", h2 { {t.client()} } }
                        div { class: "two",
                            {Field::text(FORM, "number", t.number()).hint(t.number_hint()).show(form)}
                            {Field::text(FORM, "name", t.name()).hint(t.name_hint()).show(form)}
                        }
                    }
                    {person(frame, form, "1", t.person(), None)}
                    {person(frame, form, "2", t.partner(), Some(t.partner_hint()))}
                    div { class: "cluster",
                        button { class: "btn btn--primary", r#type: "submit", name: "action", value: "invite",
                            Icon { name: "send" }
                            " "
                            {fields.add_and_invite()}
                        }
                        button { class: "btn", r#type: "submit", name: "action", value: "add", {fields.add()} }
                        a { class: "btn btn--quiet", href: "/kantoor/klanten", {fields.cancel()} }
                    }
                }
            }
        },
    )
}

fn person(frame: &Frame, form: &Form, which: &str, title: &str, hint: Option<&str>) -> Element {
    let fields = Fields(frame.language());
    let [name, given_name, email, language] =
        ["name", "given_name", "email", "language"].map(|f| format!("{f}_{which}"));
    rsx! {
        fieldset { class: "section",
            legend { class: "section__head",
                h2 { "{title}" }
                if let Some(hint) = hint {
                    span { class: "hint", "{hint}" }
                }
            }
            div { class: "two",
                {Field::text(FORM, &name, fields.full_name()).show(form)}
                {Field::text(FORM, &given_name, fields.given_name()).show(form)}
                {Field::text(FORM, &email, fields.email()).kind("email").show(form)}
                {Field::text(FORM, &language, fields.language()).show_choice(form, &[("nl", fields.dutch()), ("en", fields.english())])}
            }
        }
    }
}
