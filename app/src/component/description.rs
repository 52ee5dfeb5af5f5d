//! Fields for what a person says of documents before they are sent: what they are, over which year, and a note.

use crate::{
    component::{
        draft::{DraftText, use_draft},
        field::FieldError,
    },
    text::Send,
};
use dioxus::prelude::*;
use model::record::{DocumentKind, MAX_TEXT};
use ui::{document, part::Icon, text::Language};

/// Description of documents by the person who sends them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Description {
    /// Kind of the documents.
    pub kind: Option<DocumentKind>,
    /// Position, counted from the newest, of the year whose dossier the documents go into.
    pub year: usize,
    /// Year that the documents are about, as it was typed, if it is not the dossier's.
    pub other: Option<String>,
    /// Note that the person adds.
    pub note: String,
}

impl Description {
    /// Returns the year that was typed, if it is a year.
    pub fn other_year(&self) -> Option<i16> {
        let year: i16 = self.other.as_deref()?.trim().parse().ok()?;
        (1950..=2200).contains(&year).then_some(year)
    }

    /// Returns true if the person wants to give another year and has not typed one.
    pub fn lacks_year(&self) -> bool {
        self.other.is_some() && self.other_year().is_none()
    }
}

/// Shows the fields of [`Description`]. If there is only one year, there is no choice of years.
#[component]
pub fn DescriptionFields(
    language: Language,
    years: Vec<String>,
    description: Description,
    wrong_year: bool,
    on_change: EventHandler<Description>,
) -> Element {
    let text = Send(language);
    let kinds = DocumentKind::ALL.map(|kind| (kind, document::kind(kind, language)));
    let (of_kind, of_note) = (description.clone(), description.clone());
    let draft = use_draft(move |draft: DraftText| on_change.call(Description { note: draft.text, ..of_note.clone() }));
    rsx! {
        div { class: "stack",
            div { class: "field",
                label { r#for: "soort", {text.kind()} }
                span { class: "selectbox",
                    select {
                        class: "select",
                        id: "soort",
                        onchange: move |event| {
                            let chosen = event.value().parse().ok().and_then(|i: usize| DocumentKind::ALL.get(i));
                            on_change.call(Description { kind: chosen.copied(), ..of_kind.clone() });
                        },
                        option { value: "", selected: description.kind.is_none(), {text.kind_none()} }
                        for (i , (kind , word)) in kinds.into_iter().enumerate() {
                            option { key: "{i}", value: "{i}", selected: description.kind == Some(kind), {word} }
                        }
                    }
                    Icon { name: "chevron-down" }
                }
            }
            if !years.is_empty() {
                Years { language, years, description: description.clone(), wrong: wrong_year, on_change }
            }
            div { class: "field",
                label { r#for: "opmerking", {text.note()} }
                textarea {
                    class: "textarea",
                    id: "opmerking",
                    rows: "2",
                    maxlength: "{MAX_TEXT}",
                    value: draft.shown(&description.note),
                    oninput: move |event| draft.typed(event.value()),
                    onchange: move |_| draft.left(),
                    onblur: move |_| {
                        draft.left();
                        draft.show_stored();
                    },
                }
            }
        }
    }
}

#[component]
fn Years(
    language: Language,
    years: Vec<String>,
    description: Description,
    wrong: bool,
    on_change: EventHandler<Description>,
) -> Element {
    let text = Send(language);
    let (other, of_year) = (description.clone(), description.clone());
    rsx! {
        fieldset { class: "field",
            legend { {text.year()} }
            div { class: "seg",
                for (i , year) in years.into_iter().enumerate() {
                    label { key: "{year}",
                        input {
                            r#type: "radio",
                            name: "jaar",
                            checked: description.other.is_none() && description.year == i,
                            onchange: {
                                let description = description.clone();
                                move |_| on_change.call(Description { year: i, other: None, ..description.clone() })
                            },
                        }
                        "{year}"
                    }
                }
                label {
                    input {
                        r#type: "radio",
                        name: "jaar",
                        checked: description.other.is_some(),
                        onchange: move |_| on_change.call(Description { year: 0, other: Some(String::new()), ..other.clone() }),
                    }
                    {text.other_year()}
                }
            }
        }
        if let Some(typed) = description.other.clone() {
            div { class: "field",
                label { r#for: "welk-jaar", {text.which_year()} }
                input {
                    class: "input",
                    id: "welk-jaar",
                    r#type: "text",
                    inputmode: "numeric",
                    maxlength: "4",
                    autocomplete: "off",
                    aria_invalid: if wrong { "true" },
                    aria_describedby: if wrong { "welk-jaar-fout" },
                    value: "{typed}",
                    oninput: move |event| on_change.call(Description { other: Some(event.value()), ..of_year.clone() }),
                }
                if wrong {
                    FieldError { id: "welk-jaar", message: text.year_wrong().to_owned() }
                }
            }
        }
    }
}
