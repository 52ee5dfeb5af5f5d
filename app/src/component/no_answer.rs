//! Ways not to answer a question. Each is stored as an answer.

use crate::text::Questions;
use dioxus::prelude::*;
use model::checklist::AnswerValue;
use ui::text::Language;

/// Shows the ways that are offered, of which one may be chosen.
#[component]
pub fn NoAnswer(
    language: Language,
    label: String,
    offered: Vec<AnswerValue>,
    stored: Option<AnswerValue>,
    disabled: bool,
    on_answer: EventHandler<AnswerValue>,
) -> Element {
    let text = Questions(language);
    rsx! {
        div { class: "cluster passes", role: "group", aria_label: "{label}",
            for value in offered {
                button {
                    key: "{value:?}",
                    class: "btn btn--quiet btn--s",
                    r#type: "button",
                    aria_pressed: if stored.as_ref() == Some(&value) { "true" } else { "false" },
                    disabled,
                    onclick: {
                        let value = value.clone();
                        move |_| on_answer.call(value.clone())
                    },
                    {match value {
                        AnswerValue::NotApplicable => text.not_applicable(),
                        _ => text.unknown(),
                    }}
                }
            }
        }
    }
}
