//! The page about the firm's documents in a client's archive, with the form that adds one.

use super::{
    filed::{ZVW, filed_results},
    text::Archive,
};
use crate::part::{
    address,
    field::{Field, whole},
    form::Form,
    frame::{Frame, Menu},
    recalled,
    year::view::{ClientYear, DossierTab},
};
use dioxus::prelude::*;
use model::{
    id::{DeliveryId, PersonId},
    record::{Assessment, Delivery, DeliveryKind, RecallTarget, ResultOf},
};
use ui::part::{Icon, Status, Tone};

pub fn page(frame: &Frame, at: &ClientYear<'_>, form: &Form) -> String {
    let t = Archive(frame.language());
    let deliveries = &at.year.deliveries;
    frame.page(
        Menu::Clients,
        &at.client.name,
        rsx! {
            {at.head(frame, DossierTab::Archive)}
            div { class: "panes",
                div {
                    section { class: "section", aria_labelledby: "archief",
                        div { class: "section__head", h2 { id: "archief", {t.title()} } }
                        if deliveries.is_empty() {
                            p { class: "muted", {t.none()} }
                        } else {
                            div { class: "card",
                                ul { class: "lines",
                                    for (id , delivery) in deliveries {
                                        {line(frame, at, *id, delivery)}
                                    }
                                }
                            }
                        }
                    }
                    if frame.may_change() {
                        {new(frame, at, form)}
                    }
                }
            }
        },
    )
}

fn line(frame: &Frame, at: &ClientYear<'_>, id: DeliveryId, delivery: &Delivery) -> Element {
    let t = Archive(frame.language());
    let href = address::file(at.client.id, &delivery.file.hash);
    let (kind, detail) = match &delivery.kind {
        DeliveryKind::FiledReturn(_) => (t.filed_return(), String::new()),
        DeliveryKind::Letter => (t.letter(), String::new()),
        DeliveryKind::Assessment(assessment) => {
            let amount = assessment.amount.abs().plain();
            let outcome = if assessment.amount.0 < 0 { t.to_pay(&amount) } else { t.returned(&amount) };
            (t.assessment(), format!(", {}, {outcome}", at.year.given_name(assessment.person)))
        }
    };
    rsx! {
        li {
            Icon { name: "archive" }
            " "
            span { class: "grow",
                a { href: "{href}", target: "_blank", rel: "noopener", "data-reads": "", aria_label: t.open(&delivery.title), "{delivery.title}" }
                br {}
                span { class: "tiny muted", "{kind}{detail}" }
                if let DeliveryKind::Assessment(assessment) = &delivery.kind {
                    {beside_the_return(frame, at, assessment)}
                }
            }
            span { class: "tiny muted", {t.by(&delivery.by, &frame.time_format.short(delivery.at))} }
            {recalled::mark(frame.time_format, at.year, &at.href(), frame.may_change(), RecallTarget::Delivery(id), &delivery.title)}
        }
    }
}

/// Renders how an assessment compares with the return, and until when somebody can object to it.
fn beside_the_return(frame: &Frame, at: &ClientYear<'_>, assessment: &Assessment) -> Element {
    let t = Archive(frame.language());
    let difference = at.year.difference_of(assessment);
    let words = difference.map(|difference| {
        let amount = difference.abs().plain();
        match difference.0 {
            0 => (Tone::Ok, "check", t.as_filed().to_owned()),
            1.. => (Tone::Ok, "check", t.better(&amount)),
            _ => (Tone::Bad, "triangle-alert", t.worse(&amount)),
        }
    });
    let until = at.year.objection_until(assessment).filter(|day| frame.time_format.today() <= *day);
    rsx! {
        if words.is_some() || until.is_some() {
            br {}
        }
        if let Some((tone, icon, words)) = words {
            Status { tone, icon, "{words}" }
            " "
        }
        if let Some(day) = until {
            span { class: "tiny", {t.objection(&ui::format::date_long(day, frame.language()))} }
        }
    }
}

/// Returns the results of filed returns that a document can be about, after the choice of none.
fn about_choices(frame: &Frame, at: &ClientYear<'_>) -> Vec<(String, String)> {
    let t = Archive(frame.language());
    let mut choices = vec![(String::new(), t.about_none().to_owned())];
    for (decides, known) in filed_results(at.year) {
        let name = format!("{}, {}", known.title(frame.language()), known.taxpayer_name);
        choices.push(match decides.of {
            ResultOf::Tax => (decides.tax_return.to_string(), name),
            ResultOf::Zvw => (format!("{}{ZVW}", decides.tax_return), t.zvw_of(&name)),
        });
    }
    choices
}

fn new(frame: &Frame, at: &ClientYear<'_>, form: &Form) -> Element {
    let t = Archive(frame.language());
    let base = at.href();
    let people: Vec<(PersonId, &str)> = at.year.people.iter().map(|(id, p)| (*id, p.name.as_str())).collect();
    let people: Vec<_> = people.iter().map(|(id, name)| (id.to_string(), *name)).collect();
    let people: Vec<_> = people.iter().map(|(id, name)| (id.as_str(), *name)).collect();
    let kinds = [("assessment", t.assessment()), ("filed_return", t.filed_return()), ("letter", t.letter())];
    let about = about_choices(frame, at);
    let about: Vec<_> = about.iter().map(|(word, name)| (word.as_str(), name.as_str())).collect();
    let field = |name, label| Field::text("archief", name, label);
    rsx! {
        section { class: "section", aria_labelledby: "archief-nieuw",
            div { class: "section__head", h2 { id: "archief-nieuw", {t.put()} } }
            form { class: "card card--pad stack", method: "post", action: "{base}/archief", enctype: "multipart/form-data", novalidate: true,
                {whole(form)}
                div { class: "two",
                    {field("kind", t.kind()).show_choice(form, &kinds)}
                    {field("title", t.name()).hint(t.name_hint()).show(form)}
                }
                {field("file", t.file()).show_file(form, "application/pdf,.pdf")}
                if about.len() > 1 {
                    {field("about", t.about()).hint(t.about_hint()).show_choice(form, &about)}
                }
                fieldset { class: "stack-s",
                    legend { {t.only_assessment()} }
                    div { class: "two",
                        {field("person", t.person()).show_choice(form, &people)}
                        {field("way", t.way()).show_choice(form, &[("pay", t.pay()), ("back", t.back())])}
                    }
                    div { class: "two",
                        {field("amount", t.amount()).kind("amount").show(form)}
                        {field("dated", t.dated()).kind("date").show(form)}
                    }
                    div { class: "two",
                        {field("due", t.due()).kind("date").show(form)}
                    }
                    div { class: "two",
                        {field("iban", t.iban()).show(form)}
                        {field("reference", t.reference()).hint(t.reference_hint()).show(form)}
                    }
                }
                div { class: "cluster",
                    button { class: "btn btn--primary", r#type: "submit",
                        Icon { name: "send" }
                        " "
                        {t.button()}
                    }
                }
            }
        }
    }
}
