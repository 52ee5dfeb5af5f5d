//! Repeating rows: as many as somebody needs, each with the same questions.

use crate::{
    component::question::edit::{Edit, QuestionForm},
    text::Questions,
};
use dioxus::prelude::*;
use model::checklist::{AnswerKey, AnswerValue, AskedQuestion};
use ui::{answer::AnswerText, part::Icon};

/// Shows the rows of a question, with ways to add and to remove one. `column` draws a question of a row.
pub fn rows(
    form: &QuestionForm,
    asked: &AskedQuestion<'_>,
    stored: Option<AnswerValue>,
    on_answer: EventHandler<AnswerValue>,
    column: fn(&QuestionForm, &AskedQuestion<'_>) -> Element,
) -> Element {
    let language = form.view.language();
    let text = Questions(language);
    let (edit, disabled) = (form.edit, form.disabled());
    let question = asked.key.clone();
    let none = asked.rows.is_empty();
    let nothing = stored == Some(AnswerValue::NotApplicable) && none;
    rsx! {
        for (i , (row , columns)) in asked.rows.iter().enumerate() {
            section { key: "{row}", class: "stack rowcard", aria_label: text.row(i + 1),
                div { class: "between",
                    h3 { {text.row(i + 1)} }
                    button {
                        class: "btn btn--quiet btn--s btn--icon",
                        r#type: "button",
                        aria_label: text.remove_row(i + 1),
                        disabled,
                        onclick: {
                            let key = AnswerKey { row: Some(*row), ..question.clone() };
                            move |_| edit.call(Edit::RemoveRow(key.clone()))
                        },
                        Icon { name: "trash-2" }
                    }
                }
                for one in columns {
                    {column(form, one)}
                }
            }
        }
        div { class: "cluster",
            button {
                class: "btn btn--s",
                r#type: "button",
                disabled,
                onclick: {
                    let question = question.clone();
                    move |_| edit.call(Edit::AddRow(question.clone()))
                },
                Icon { name: "plus" }
                " "
                {if none { text.add_row() } else { text.add_another() }}
            }
            if none {
                button {
                    class: "btn btn--quiet btn--s",
                    r#type: "button",
                    aria_pressed: if nothing { "true" } else { "false" },
                    disabled,
                    onclick: move |_| on_answer.call(AnswerValue::NotApplicable),
                    {AnswerText(language).nothing()}
                }
            }
        }
    }
}
