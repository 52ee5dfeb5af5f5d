//! Guided form for an event in somebody's life: what happened, from which day it counts, and what changes with it.

use crate::{
    address::Address,
    client::NewProposal,
    component::{
        detail_rows::known,
        field::{DateField, FieldError},
        frame::ScreenLink,
        sheet::Sheet,
    },
    text::Report,
    view::View,
};
use dioxus::prelude::*;
use model::{
    checklist::AnswerValue,
    id::PersonId,
    record::{Circumstance, DetailChange, DetailField, MAX_TEXT},
    time::Date,
};
use std::collections::BTreeMap;
use ui::{
    details::{circumstance, name, sentence},
    part::Icon,
};

/// Events in the order in which they are offered, with their icons.
const ALL: [(Circumstance, &str); 9] = [
    (Circumstance::Marriage, "users"),
    (Circumstance::Cohabitation, "users"),
    (Circumstance::Divorce, "users"),
    (Circumstance::Move, "house"),
    (Circumstance::Birth, "user-plus"),
    (Circumstance::Death, "user-round"),
    (Circumstance::Job, "landmark"),
    (Circumstance::House, "house"),
    (Circumstance::Other, "pencil"),
];

/// Shows the list of events.
#[component]
pub fn LifeEvents(view: View, on_choose: EventHandler<Circumstance>) -> Element {
    let text = Report(view.language());
    rsx! {
        section { class: "section", aria_labelledby: "leven",
            div { class: "section__head", h2 { id: "leven", {text.life()} } }
            p { class: "small muted", {text.life_lead()} }
            div { class: "card",
                ul { class: "items",
                    for (what , icon) in ALL {
                        li { key: "{what:?}",
                            button { class: "item item--button", r#type: "button", onclick: move |_| on_choose.call(what),
                                span { class: "item__icon item__icon--plain", Icon { name: icon } }
                                span { class: "item__body",
                                    span { class: "item__title", {circumstance(what, view.language())} }
                                }
                                span { class: "item__end", Icon { name: "chevron-right" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the details that change with an event.
fn fields(what: Circumstance) -> &'static [DetailField] {
    match what {
        Circumstance::Move => &[DetailField::Street, DetailField::PostalCode, DetailField::City, DetailField::Country],
        _ => &[],
    }
}

/// Returns the civil status after an event, if it changes.
fn status(what: Circumstance, text: Report) -> Option<&'static str> {
    match what {
        Circumstance::Marriage => Some(text.married()),
        Circumstance::Cohabitation => Some(text.cohabiting()),
        Circumstance::Divorce => Some(text.divorced()),
        _ => None,
    }
}

/// Returns the further questions about an event, each answered on one line.
fn questions(what: Circumstance, text: Report) -> Vec<&'static str> {
    match what {
        Circumstance::Marriage | Circumstance::Cohabitation => {
            vec![text.partner_name(), text.partner_birth(), text.agreement()]
        }
        Circumstance::Divorce => vec![text.partner_name(), text.children()],
        Circumstance::Birth => vec![text.child_name(), text.child_bsn()],
        Circumstance::Death => vec![text.deceased(), text.heirs()],
        Circumstance::Job => vec![text.employer(), text.old_employer()],
        Circumstance::House => vec![text.address(), text.price(), text.mortgage()],
        Circumstance::Details | Circumstance::Move | Circumstance::Other => Vec::new(),
    }
}

/// Shows the form for one event.
#[component]
pub fn LifeEventSheet(
    view: View,
    what: Circumstance,
    on_send: EventHandler<NewProposal>,
    on_close: EventHandler<()>,
) -> Element {
    let language = view.language();
    let text = Report(language);
    let people: Vec<_> = view.year.people.iter().map(|(id, p)| (*id, p.name.clone())).collect();
    let first = view.me.or(people.first().map(|(id, _)| *id));
    let mut person = use_signal(|| first);
    let mut day = use_signal(|| None::<Date>);
    let mut values = use_signal(BTreeMap::<DetailField, String>::new);
    let mut answers = use_signal(BTreeMap::<usize, String>::new);
    let mut remark = use_signal(String::new);
    let mut wrong = use_signal(BTreeMap::<String, String>::new);
    let asked = questions(what, text);
    let labels = asked.clone();
    let seen = view.clone();
    let send = move |_| {
        let Some(whose) = *person.peek() else { return };
        let form = LifeEventForm {
            what,
            day: *day.peek(),
            values: values.peek().clone(),
            answers: labels
                .iter()
                .enumerate()
                .filter_map(|(i, l)| Some((*l, answers.peek().get(&i)?.clone())))
                .collect(),
            remark: remark.peek().clone(),
        };
        match form.proposal(&seen, whose) {
            Ok(new) => on_send.call(new),
            Err(sentences) => wrong.set(sentences),
        }
    };
    let error = move |id: &str| wrong.read().get(id).cloned();
    rsx! {
        Sheet { id: "leven-formulier", labelled_by: "leven-titel", on_close,
            h2 { id: "leven-titel", {circumstance(what, language)} }
            if people.len() > 1 {
                fieldset { class: "field",
                    legend { {text.whom()} }
                    div { class: "seg",
                        for (id , name) in people {
                            label { key: "{id}",
                                input {
                                    r#type: "radio",
                                    name: "wie",
                                    checked: person() == Some(id),
                                    onchange: move |_| person.set(Some(id)),
                                }
                                "{name}"
                            }
                        }
                    }
                }
            }
            div { class: "field",
                p { class: "label", {text.day()} }
                DateField {
                    id: "leven-dag",
                    label: text.day(),
                    language,
                    stored: day(),
                    disabled: false,
                    on_answer: move |value| {
                        if let AnswerValue::Date(date) = value {
                            day.set(Some(date));
                        }
                    },
                }
                if let Some(message) = error("dag") {
                    FieldError { id: "leven-datum", message }
                }
            }
            for field in fields(what).iter().copied() {
                Line {
                    key: "{field.word()}",
                    id: "leven-{field.word()}",
                    label: name(field, language),
                    error: error(field.word()),
                    on_text: move |text| drop(values.write().insert(field, text)),
                }
            }
            for (i , label) in asked.into_iter().enumerate() {
                Line {
                    key: "{i}",
                    id: "leven-vraag-{i}",
                    label,
                    error: None,
                    on_text: move |text| drop(answers.write().insert(i, text)),
                }
            }
            div { class: "field",
                label { r#for: "leven-opmerking", {text.remark()} }
                textarea {
                    class: "textarea",
                    id: "leven-opmerking",
                    rows: "3",
                    value: "{remark}",
                    oninput: move |event| remark.set(event.value()),
                }
                if let Some(message) = error("opmerking") {
                    FieldError { id: "leven-opmerking", message }
                }
            }
            p { class: "small muted",
                {text.documents()}
                " "
                ScreenLink { to: Address::send(), {crate::text::Frame(language).send()} }
            }
            button { class: "btn btn--primary btn--block", r#type: "button", onclick: send,
                Icon { name: "send" }
                " "
                {text.send(view.advisor_name())}
            }
        }
    }
}

#[component]
fn Line(id: String, label: &'static str, error: Option<String>, on_text: EventHandler<String>) -> Element {
    let invalid = error.is_some();
    rsx! {
        div { class: "field",
            label { r#for: "{id}", {label} }
            input {
                class: "input",
                id: "{id}",
                r#type: "text",
                autocomplete: "off",
                aria_invalid: if invalid { "true" },
                aria_describedby: if invalid { "{id}-fout" },
                oninput: move |event| on_text.call(event.value()),
            }
            if let Some(message) = error {
                FieldError { id: id.clone(), message }
            }
        }
    }
}

/// The form as the person filled it in.
struct LifeEventForm {
    what: Circumstance,
    day: Option<Date>,
    values: BTreeMap<DetailField, String>,
    answers: Vec<(&'static str, String)>,
    remark: String,
}

impl LifeEventForm {
    /// Returns the report to send, or a sentence for each field that is wrong.
    fn proposal(self, view: &View, person: PersonId) -> Result<NewProposal, BTreeMap<String, String>> {
        let text = Report(view.language());
        let mut wrong = BTreeMap::new();
        if self.day.is_none() && self.what != Circumstance::Other {
            wrong.insert("dag".to_owned(), text.day_missing().to_owned());
        }
        let details = known(view, person);
        let mut changes = Vec::new();
        let mut change = |field: DetailField, new: String| {
            let old = details.fields.get(&field).cloned().unwrap_or_default();
            if old != new && !new.is_empty() {
                changes.push(DetailChange { field, old, new });
            }
        };
        for field in fields(self.what).iter().copied() {
            match field.read(self.values.get(&field).map_or("", String::as_str)) {
                Ok(new) => change(field, new),
                Err(flaw) => drop(wrong.insert(field.word().to_owned(), sentence(flaw, view.language()).to_owned())),
            }
        }
        if let Some(status) = status(self.what, text) {
            change(DetailField::CivilStatus, status.to_owned());
        }
        let said = self.answers.into_iter().filter(|(_, a)| !a.trim().is_empty());
        let mut lines: Vec<_> = said.map(|(label, a)| format!("{label}: {}", a.trim())).collect();
        lines.extend(Some(self.remark.trim().to_owned()).filter(|r| !r.is_empty()));
        let remark = lines.join("\n");
        if remark.chars().count() > MAX_TEXT {
            wrong.insert("opmerking".to_owned(), text.too_long().to_owned());
        } else if self.what == Circumstance::Other && remark.is_empty() {
            wrong.insert("opmerking".to_owned(), text.remark_missing().to_owned());
        }
        match wrong.is_empty() {
            true => Ok(NewProposal { person, circumstance: self.what, effective: self.day, changes, remark }),
            false => Err(wrong),
        }
    }
}
