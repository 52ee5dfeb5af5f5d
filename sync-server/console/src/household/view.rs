//! The forms that change who belongs to a household.

use super::text::Household as Text;
use crate::{
    part::{
        field::{Field, text::Fields, whole},
        form::Form,
        frame::{Frame, Menu, head},
    },
    person::text::Person,
};
use dioxus::prelude::*;
use model::time::TaxYear;
use storage::db::PersonRow;
use ui::part::Icon;

const FORM: &str = "persoon";

/// Renders the page on which a person is added.
pub fn add(frame: &Frame, dossier: &str, form: &Form) -> String {
    let (t, fields, person) = (Text(frame.language()), Fields(frame.language()), Person(frame.language()));
    let roles = [("filler", person.filler()), ("reader", person.reader()), ("approver", person.approver())];
    frame.page(
        Menu::Clients,
        t.add_title(),
        rsx! {
            {head(&format!("{dossier}#personen"), person.back(), t.add_title())}
            form { method: "post", action: "{dossier}/personen/nieuw", novalidate: true, class: "group stack",
                p { class: "muted", {t.add_lead()} }
                {whole(form)}
                div { class: "two",
                    {Field::text(FORM, "name", fields.full_name()).show(form)}
                    {Field::text(FORM, "given_name", fields.given_name()).show(form)}
                    {Field::text(FORM, "email", fields.email()).kind("email").show(form)}
                    {Field::text(FORM, "language", fields.language()).show_choice(form, &[("nl", fields.dutch()), ("en", fields.english())])}
                    {Field::text(FORM, "role", person.role()).show_choice(form, &roles)}
                }
                p { class: "small muted", {t.role_hint()} }
                div { class: "cluster",
                    button { class: "btn btn--primary", r#type: "submit", name: "action", value: "invite",
                        Icon { name: "send" }
                        " "
                        {fields.add_and_invite()}
                    }
                    button { class: "btn", r#type: "submit", name: "action", value: "add", {fields.add()} }
                    a { class: "btn btn--quiet", href: "{dossier}#personen", {fields.cancel()} }
                }
            }
        },
    )
}

/// Renders the form that gives a person a dossier of their own.
pub fn split(dossier: &str, person: &PersonRow, from: TaxYear, t: Text, form: &Form) -> Element {
    let wrong = form.error("number").map(str::to_owned);
    rsx! {
        section { class: "section stack", id: "splitsen", aria_labelledby: "splitsen-titel",
            h2 { id: "splitsen-titel", {t.split()} }
            p { class: "small muted", {t.split_lead(&person.given_name)} }
            form { method: "post", action: "{dossier}/personen/{person.id}/splitsen", class: "stack-s", novalidate: true,
                div { class: "two",
                    div { class: "field",
                        label { r#for: "vanaf", {t.split_from()} }
                        input { class: "input", id: "vanaf", r#type: "number", name: "from", min: "2015", max: "2100", required: true, value: "{from}" }
                    }
                    {Field::text("splitsen", "number", t.split_number()).show(form)}
                }
                button { class: "btn", r#type: "submit",
                    Icon { name: "users" }
                    " "
                    {t.split_button()}
                }
                if wrong.is_some() {
                    p { class: "small muted", {t.split_nothing()} }
                }
            }
        }
    }
}

/// Renders that form as a page after it was refused, with what was wrong.
pub fn split_again(frame: &Frame, dossier: &str, person: &PersonRow, from: TaxYear, t: Text, form: &Form) -> String {
    frame.page(
        Menu::Clients,
        t.split(),
        rsx! {
            div { class: "page__head",
                a { class: "textlink", href: "{dossier}/personen/{person.id}",
                    Icon { name: "arrow-left" }
                    " "
                    {Person(frame.language()).back()}
                }
                h1 { "{person.name}" }
            }
            {split(dossier, person, from, t, form)}
        },
    )
}
