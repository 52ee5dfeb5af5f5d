//! Ways not to answer a question. Each is stored as an answer.

use dioxus::prelude::*;
use model::checklist::AnswerValue;

/// Shows the ways that are offered, of which one may be chosen.
#[component]
pub fn NoAnswer(
    label: String,
    offered: Vec<(AnswerValue, String)>,
    stored: Option<AnswerValue>,
    disabled: bool,
    on_answer: EventHandler<AnswerValue>,
) -> Element {
    rsx! {
        div { class: "cluster passes", role: "group", aria_label: "{label}",
            for (value , words) in offered {
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
                    "{words}"
                }
            }
        }
    }
}
