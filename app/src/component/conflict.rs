//! Conflict between the answers of two people. Both are shown with their names and none is chosen beforehand;
//! answering again resolves it.

use crate::{
    component::{field::FieldError, sheet::Sheet},
    text::Conflict,
    view::View,
};
use dioxus::prelude::*;
use model::{
    checklist::{AnswerKey, AnswerValue, Question, QuestionKind},
    record::Answer,
};
use ui::{
    answer::in_words,
    part::{Avatar, Icon},
};

fn title(view: &View, answers: &[Answer]) -> String {
    let text = Conflict(view.language());
    let mut others = answers.iter().filter(|a| Some(a.by) != view.me);
    match (others.next(), others.next()) {
        (Some(_), Some(_)) => text.title_others().to_owned(),
        (Some(other), None) => text.title(view.year.given_name(other.by)),
        (None, _) => text.title_mine().to_owned(),
    }
}

/// Shows both answers at the question, and the way to choose.
#[component]
pub fn ConflictNotice(view: View, answer_key: AnswerKey, question: Question, on_choose: EventHandler<()>) -> Element {
    let text = Conflict(view.language());
    let answers = view.year.answers.at(&answer_key);
    rsx! {
        div { class: "notice notice--wait", role: "group", aria_label: title(&view, answers),
            Icon { name: "circle-alert" }
            strong { {title(&view, answers)} }
            ul { class: "stack-s",
                for (i , answer) in answers.iter().enumerate() {
                    li { key: "{i}",
                        b { {in_words(&answer.value, &question, view.language())} }
                        " "
                        {said_by(&view, answer)}
                    }
                }
            }
            button { class: "btn btn--s", r#type: "button", onclick: move |_| on_choose.call(()), {text.choose()} }
        }
    }
}

fn said_by(view: &View, answer: &Answer) -> Element {
    let text = Conflict(view.language());
    let when = view.moment(answer.at);
    if Some(answer.by) == view.me {
        return rsx! {
            span { class: "byline",
                Icon { name: "smartphone" }
                " "
                {text.yours(&when)}
            }
        };
    }
    let name = view.year.people.get(&answer.by).map(|p| p.name.clone()).unwrap_or_default();
    rsx! {
        span { class: "byline",
            Avatar { name }
            " "
            {text.theirs(view.year.given_name(answer.by), &when)}
        }
    }
}

/// Shows the dialog in which a person chooses between the answers, or says that they do not know.
#[component]
pub fn ConflictSheet(
    view: View,
    answer_key: AnswerKey,
    question: Question,
    label: String,
    on_answer: EventHandler<AnswerValue>,
    on_close: EventHandler<()>,
) -> Element {
    let language = view.language();
    let text = Conflict(language);
    let answers = view.year.answers.at(&answer_key).to_vec();
    let mut chosen = use_signal(|| None::<AnswerValue>);
    let mut missing = use_signal(|| false);
    let lead = if question.kind == QuestionKind::Amount { text.lead_amount() } else { text.lead() };
    let is = move |value: &AnswerValue| chosen.read().as_ref() == Some(value);
    rsx! {
        Sheet { id: "keuze", labelled_by: "conflict", on_close,
            div { class: "stack-s",
                h2 { id: "conflict", {title(&view, &answers)} }
                p { class: "muted", {lead} }
            }
            fieldset {
                legend { class: "sr", "{label}" }
                div { class: "choices",
                    for (i , answer) in answers.into_iter().enumerate() {
                        label { key: "{i}", class: "choice choice--top",
                            input {
                                r#type: "radio",
                                name: "keuze-antwoord",
                                checked: is(&answer.value),
                                onchange: {
                                    let value = answer.value.clone();
                                    move |_| chosen.set(Some(value.clone()))
                                },
                            }
                            " "
                            span {
                                {in_words(&answer.value, &question, language)}
                                br {}
                                {said_by(&view, &answer)}
                            }
                        }
                    }
                    if AnswerValue::Unknown.suits(question.kind) {
                        label { class: "choice choice--top",
                            input {
                                r#type: "radio",
                                name: "keuze-antwoord",
                                checked: is(&AnswerValue::Unknown),
                                onchange: move |_| chosen.set(Some(AnswerValue::Unknown)),
                            }
                            " "
                            span {
                                {text.unknown()}
                                br {}
                                span { class: "byline",
                                    Icon { name: "message-circle" }
                                    " "
                                    {text.unknown_hint(view.advisor_name())}
                                }
                            }
                        }
                    }
                }
            }
            if missing() && chosen.read().is_none() {
                FieldError { id: "keuze", message: text.choose_first() }
            }
            button {
                class: "btn btn--primary btn--block",
                r#type: "button",
                onclick: move |_| match chosen.peek().clone() {
                    Some(value) => on_answer.call(value),
                    None => missing.set(true),
                },
                {text.keep()}
            }
            p { class: "tiny muted center", {text.nothing_lost()} }
        }
    }
}
