//! The form that asks for a standing consent, and what is said of one beside a return.

use super::return_form::{capacity_field, taxpayer_choices};
use crate::{
    approval::{
        choice::{CONSENT, kind_field, place_of},
        text::{SetOut, Standing as Text},
    },
    part::{
        field::{Field, whole},
        form::Form,
        frame::Frame,
        year::view::ClientYear,
    },
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::{record::Basis, tax_return::ReturnKind, time::Date};
use ui::part::{Icon, Status, Tone};

/// Renders the form.
pub fn form(frame: &Frame, at: &ClientYear<'_>, form: &Form) -> Element {
    let language = frame.language();
    let (t, s) = (Text(language), SetOut(language));
    let people = taxpayer_choices(at, s);
    let people: Vec<_> = people.iter().map(|(word, name)| (word.as_str(), name.as_str())).collect();
    let field = |name, label| Field::text("toestemming", name, label);
    let is_typed = form.value(CONSENT) == "yes";
    let mut typed = if is_typed { form.clone() } else { Form::default() };
    let standing = at.year.standing_consents().next();
    if let Some((given, scope)) = standing.filter(|_| !is_typed) {
        for kind in &scope.kinds {
            typed.set(kind_field(*kind), "yes");
        }
        if let Some(own) = given.tax_return() {
            typed.set("taxpayer", place_of(own.taxpayer));
        }
    }
    if !is_typed {
        let ends = [(3, 31), (12, 31)].map(|(month, day)| Date::constant(at.tax_year.0 + 1, month, day));
        let proposed = ends.into_iter().find(|day| *day >= frame.time_format.today());
        typed.set("consent_until", proposed.map(|day| day.to_string()).unwrap_or_default());
    }
    let error = typed.error("kinds").map(str::to_owned);
    rsx! {
        details { class: "card card--pad", id: "toestemming", open: is_typed,
            summary {
                Icon { name: "chevron-right" }
                " "
                {t.ask_title()}
            }
            form { class: "stack", method: "post", action: "{at.href()}/akkoord/vaste-toestemming", novalidate: true,
                p { class: "hint", {t.lead()} }
                if standing.is_some() {
                    div { class: "notice notice--wait",
                        Icon { name: "info" }
                        p { {t.replaces()} }
                    }
                }
                {whole(&typed)}
                {field("taxpayer", s.taxpayer()).show_choice(&typed, &people)}
                fieldset { class: "stack-s",
                    legend { {t.kinds()} }
                    for kind in ReturnKind::FILED.into_iter().filter(|kind| kind.is_periodic()) {
                        label { class: "cluster",
                            input { class: "check", r#type: "checkbox", name: kind_field(kind), value: "yes",
                                checked: typed.value(&kind_field(kind)) == "yes",
                                aria_describedby: if error.is_some() { "toestemming-kinds-fout" },
                            }
                            " "
                            {kind.name(language)}
                        }
                    }
                    if let Some(error) = &error {
                        p { class: "error", id: "toestemming-kinds-fout", "{error}" }
                    }
                }
                {field("consent_until", t.until()).kind("date").hint(t.until_hint()).show(&typed)}
                details {
                    summary {
                        Icon { name: "chevron-right" }
                        " "
                        {t.who()}
                    }
                    for person in at.year.approvers() {
                        {capacity_field(at, person, s, &typed, language, "toestemming")}
                    }
                }
                div { class: "cluster",
                    button { class: "btn", r#type: "submit",
                        Icon { name: "send" }
                        " "
                        {t.button()}
                    }
                }
            }
        }
    }
}

/// Renders what a standing consent covers, or by which one a return is filed.
pub fn said(frame: &Frame, given: &GivenRevision) -> Element {
    let language = frame.language();
    let t = Text(language);
    let day = |day: Date| ui::format::date_long(day, language);
    if let Some(scope) = &given.revision.scope {
        let kinds: Vec<_> = scope.kinds.iter().map(|kind| kind.name(language)).collect();
        return rsx! {
            p { {t.covers(&kinds.join(", "), &day(scope.until))} }
        };
    }
    if !matches!(given.revision.basis, Basis::StandingConsent(_)) {
        return VNode::empty();
    }
    if given.is_filed_by_consent() {
        return rsx! {
            p { Status { tone: Tone::Info, icon: "file-check", {t.filed_by_consent()} } }
        };
    }
    match given.covered_until.filter(|until| frame.time_format.today() <= *until) {
        Some(until) => rsx! {
            p { Status { tone: Tone::Info, icon: "file-check", {t.by_consent(&day(until))} } }
        },
        None => rsx! {
            div { class: "notice notice--wait",
                Icon { name: "triangle-alert" }
                p { {t.over()} }
            }
        },
    }
}
