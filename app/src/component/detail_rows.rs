//! Details of one person: each as it is known, with a way to change it. A wrong value is reported under its field and
//! never passed on.

use crate::{component::field::FieldError, text::Report, view::View};
use dioxus::prelude::*;
use model::{
    id::PersonId,
    record::{DetailField, PersonalDetails},
    tax_number,
};
use ui::{
    details::{name, sentence},
    part::Icon,
};

/// A detail that was changed and not sent: the value that the person saw, and the new one.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Staged {
    /// Value before the change.
    pub old: String,
    /// Value after the change.
    pub new: String,
}

/// Shows the details of a person.
#[component]
pub fn DetailRows(view: View, person: PersonId, on_stage: EventHandler<(DetailField, Staged)>) -> Element {
    let text = Report(view.language());
    let title =
        if view.me == Some(person) { text.about_you().to_owned() } else { text.about(view.year.given_name(person)) };
    let known = known(&view, person);
    // What changes with an event in somebody's life is asked in the form for that event, not here.
    let asked =
        |f: &DetailField| known.fields.contains_key(f) || !matches!(f, DetailField::Country | DetailField::CivilStatus);
    let fields: Vec<_> = DetailField::ALL.into_iter().filter(asked).collect();
    rsx! {
        section { class: "section", aria_labelledby: "over-{person}",
            div { class: "section__head", h2 { id: "over-{person}", "{title}" } }
            ul { class: "card rows",
                for field in fields {
                    DetailRow {
                        key: "{field.word()}",
                        view: view.clone(),
                        id: "{field.word()}-{person}",
                        field,
                        value: known.fields.get(&field).cloned().unwrap_or_default(),
                        on_stage: move |staged| on_stage.call((field, staged)),
                    }
                }
            }
        }
    }
}

/// Returns the details that the firm knows. Until it has written any, this is the name in the dossier.
pub fn known(view: &View, person: PersonId) -> PersonalDetails {
    let mut details = view.year.details.get(&person).cloned().unwrap_or_default();
    if let Some(known) = view.year.people.get(&person) {
        details.fields.entry(DetailField::Name).or_insert_with(|| known.name.clone());
    }
    details
}

#[component]
fn DetailRow(view: View, id: String, field: DetailField, value: String, on_stage: EventHandler<Staged>) -> Element {
    let text = Report(view.language());
    let language = view.language();
    let label = name(field, language);
    let mut typed = use_signal(|| None::<String>);
    let mut wrong = use_signal(|| None::<&'static str>);
    let mut shown = use_signal(|| false);
    let secret = field == DetailField::Bsn && !value.is_empty();
    let visible = match (secret, shown()) {
        (true, false) => tax_number::mask(&value),
        _ => field.show(&value),
    };
    let old = value.clone();
    let keep = use_callback(move |()| {
        let Some(text) = typed.peek().clone() else { return };
        match field.read(&text) {
            Ok(new) => {
                if new != old {
                    on_stage.call(Staged { old: old.clone(), new });
                }
                typed.set(None);
                wrong.set(None);
            }
            Err(flaw) => wrong.set(Some(sentence(flaw, language))),
        }
    });
    let invalid = wrong().is_some();
    let now = typed.read().clone();
    let kind = match field {
        DetailField::Email => "email",
        DetailField::Phone => "tel",
        _ => "text",
    };
    rsx! {
        li { class: "row",
            if let Some(now) = now {
                form {
                    class: "stack-s",
                    novalidate: true,
                    onsubmit: move |event| {
                        event.prevent_default();
                        keep(());
                    },
                    div { class: "field",
                        label { r#for: "{id}", {label} }
                        input {
                            class: "input",
                            id: "{id}",
                            r#type: kind,
                            inputmode: if field == DetailField::Bsn { "numeric" },
                            autocomplete: "off",
                            value: "{now}",
                            aria_invalid: if invalid { "true" },
                            aria_describedby: if invalid { "{id}-fout" },
                            oninput: move |event| {
                                typed.set(Some(event.value()));
                                wrong.set(None);
                            },
                        }
                        if let Some(message) = wrong() {
                            FieldError { id: id.clone(), message }
                        }
                    }
                    div { class: "cluster",
                        button { class: "btn btn--s btn--primary", r#type: "submit", {text.done()} }
                        button {
                            class: "btn btn--s",
                            r#type: "button",
                            onclick: move |_| {
                                typed.set(None);
                                wrong.set(None);
                            },
                            {text.cancel()}
                        }
                    }
                }
            } else {
                div {
                    p { class: "row__label", {label} }
                    if value.is_empty() {
                        p { class: "muted", {text.unknown()} }
                    } else {
                        p { class: "row__value num", "{visible}" }
                    }
                }
                div { class: "cluster",
                    if secret {
                        button {
                            class: "btn btn--quiet btn--s",
                            r#type: "button",
                            onclick: move |_| shown.toggle(),
                            Icon { name: "eye" }
                            " "
                            {if shown() { text.hide() } else { text.show() }}
                            span { class: "sr", " {label}" }
                        }
                    }
                    if view.may_fill_in() {
                        button {
                            class: "btn btn--quiet btn--s",
                            r#type: "button",
                            onclick: {
                                let value = field.show(&value);
                                move |_| typed.set(Some(value.clone()))
                            },
                            {if value.is_empty() { text.add() } else { text.edit() }}
                            span { class: "sr", " {label}" }
                        }
                    }
                }
            }
        }
    }
}
