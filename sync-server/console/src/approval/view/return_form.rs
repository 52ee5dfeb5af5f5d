//! The form with which an advisor asks for approval of a tax return: the PDF, what each
//! person receives or pays, and the key figures.

use crate::{
    approval::text::{Consent as Text, Ruling},
    dossier::text::Dossier,
    part::{
        field::{Field, whole},
        form::Form,
        frame::Frame,
        year::view::ClientYear,
    },
};
use dioxus::prelude::*;
use model::id::PersonId;
use ui::part::Icon;

/// The number of rows for key figures.
pub const FIGURE_ROWS: usize = 6;

/// Renders the form. `number` is the revision that the new one would replace, if there is one.
pub fn show(frame: &Frame, at: &ClientYear<'_>, number: Option<u32>, form: &Form) -> Element {
    let (t, d) = (Text(frame.language()), Dossier(frame.language()));
    let base = at.href();
    let title = number.map_or_else(|| t.upload_first().to_owned(), |n| t.upload_next(n + 1));
    let approvers: Vec<_> = at.year.approvers();
    let open = number.is_none() || !form.is_sound();
    let choices = [("receive", t.to_receive()), ("pay", t.to_pay())];
    let r = Ruling(frame.language());
    let turns = [("", r.turns_parallel()), ("order", r.turns_order()), ("information", r.turns_information())];
    rsx! {
        section { class: "section", id: "klaarzetten",
            details { class: "card card--pad", open,
                summary {
                    Icon { name: "chevron-right" }
                    " {title}"
                }
                form { class: "stack", method: "post", action: "{base}/akkoord", enctype: "multipart/form-data", novalidate: true,
                    if let Some(number) = number {
                        div { class: "notice notice--wait",
                            Icon { name: "info" }
                            p { {t.upload_warning(number)} }
                        }
                    }
                    {whole(form)}
                    div { class: "two",
                        {Field::text("aangifte", "file", t.file_field()).show_file(form, "application/pdf,.pdf")}
                        {Field::text("aangifte", "kind", t.kind()).show_choice(form, &[("IB", "IB"), ("VPB", "VPB"), ("OB", "OB")])}
                    }
                    for person in approvers {
                        {outcome_fields(at, person, t, &choices, form)}
                    }
                    {figure_fields(t, form)}
                    div { class: "two",
                        {Field::text("aangifte", "turns", r.turns()).show_choice(form, &turns)}
                        {Field::text("aangifte", "due", d.due_field()).kind("date").hint(d.due_hint()).show(form)}
                    }
                    div { class: "cluster",
                        button { class: "btn btn--primary", r#type: "submit",
                            Icon { name: "send" }
                            " "
                            {t.ask()}
                        }
                    }
                }
            }
        }
    }
}

fn outcome_fields(at: &ClientYear<'_>, person: PersonId, t: Text, choices: &[(&str, &str)], form: &Form) -> Element {
    let label = t.outcome_of(at.year.given_name(person));
    let (way, amount) = (format!("way_{person}"), format!("outcome_{person}"));
    rsx! {
        div { class: "two",
            {Field::text("aangifte", &way, &label).show_choice(form, choices)}
            {Field::text("aangifte", &amount, "€").kind("amount").show(form)}
        }
    }
}

fn figure_fields(t: Text, form: &Form) -> Element {
    let cell = |name: String, label: &str, width: &'static str| {
        let error = form.error(&name).map(str::to_owned);
        let value = form.value(&name).to_owned();
        rsx! {
            td {
                div { class: "cell",
                    input { class: "input", name: "{name}", value: "{value}", size: width, aria_label: label, autocomplete: "off",
                        aria_invalid: if error.is_some() { "true" },
                        aria_describedby: if error.is_some() { "aangifte-{name}-fout" },
                    }
                    if let Some(error) = &error {
                        p { class: "error", id: "aangifte-{name}-fout", "{error}" }
                    }
                }
            }
        }
    };
    rsx! {
        fieldset { class: "stack-s",
            legend { {t.figures()} " " span { class: "hint", {t.figure_hint()} } }
            table {
                thead {
                    tr { class: "small muted",
                        th { scope: "col", {t.figure()} }
                        th { scope: "col", {t.this_year()} }
                        th { scope: "col", {t.last_year()} }
                    }
                }
                tbody {
                    for row in 0..FIGURE_ROWS {
                        tr {
                            {cell(format!("figure_{row}"), t.figure(), "32")}
                            {cell(format!("this_year_{row}"), t.this_year(), "10")}
                            {cell(format!("last_year_{row}"), t.last_year(), "10")}
                        }
                    }
                }
            }
        }
    }
}
