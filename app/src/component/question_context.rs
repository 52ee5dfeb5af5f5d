//! Surroundings of a question: whom it is about, who answered, the advisor's remark, help, and the way to ask.

use crate::{
    component::question::edit::{Edit, QuestionForm, label},
    text::Questions,
    view::View,
};
use dioxus::prelude::*;
use model::{
    checklist::{AnswerKey, AskedQuestion, Per, QuestionKind, QuestionState},
    record::{Answer, ReviewOutcome},
};
use ui::{
    answer::in_words,
    part::{Avatar, Icon},
};

/// Shows the advisor's remark about the answer to this question.
pub fn remark(view: &View, asked: &AskedQuestion<'_>) -> Element {
    let Some(review) = view.year.answers.review(&asked.key) else { return VNode::empty() };
    let text = Questions(view.language());
    let when = view.moment(review.at);
    match review.outcome {
        ReviewOutcome::SentBack => rsx! {
            div { class: "notice notice--wait", role: "group", aria_label: text.sent_back(&review.by),
                Icon { name: "message-circle" }
                strong { {text.sent_back(&review.by)} }
                if !review.remark.is_empty() {
                    p { "{review.remark}" }
                }
                p { class: "small muted", "{when}" }
                if asked.state == QuestionState::SentBack {
                    p { class: "small", {text.answer_again()} }
                }
            }
        },
        ReviewOutcome::Accepted => rsx! {
            p { class: "byline",
                Icon { name: "check" }
                " "
                {text.accepted(&review.by, &when)}
                if !review.remark.is_empty() {
                    " “{review.remark}”"
                }
            }
        },
    }
}

/// Shows last year's amount or number, which is for information and never becomes an answer.
pub fn last_year(view: &View, asked: &AskedQuestion<'_>) -> Element {
    let value = view.year.answers.last_year.get(&asked.key).filter(|_| !asked.question.kind.carries());
    let Some(value) = value.filter(|v| v.suits(asked.question.kind)) else { return VNode::empty() };
    let words = in_words(value, asked.question, view.language());
    rsx! {
        p { class: "byline",
            Icon { name: "history" }
            " "
            {Questions(view.language()).last_year(&words)}
        }
    }
}

/// Shows which person a question is about that is asked of each person.
pub fn whose(view: &View, asked: &AskedQuestion<'_>) -> Element {
    let Some(person) = asked.key.person.filter(|_| asked.question.per == Per::Person) else { return VNode::empty() };
    let text = Questions(view.language());
    let name = view.year.people.get(&person).map(|p| p.name.clone()).unwrap_or_default();
    let words =
        if view.me == Some(person) { text.for_you().to_owned() } else { text.for_person(view.year.given_name(person)) };
    rsx! {
        p { class: "byline", aria_hidden: "true",
            Avatar { name }
            " {words}"
        }
    }
}

/// Shows who gave an answer, if it was somebody else.
pub fn byline(view: &View, key: &AnswerKey) -> Element {
    let somebody_else = |a: &&Answer| Some(a.by) != view.me;
    let Some(answer) = view.year.answers.agreed(key).filter(somebody_else) else { return VNode::empty() };
    let text = Questions(view.language());
    let name = view.year.people.get(&answer.by).map(|p| p.name.clone()).unwrap_or_default();
    rsx! {
        p { class: "byline",
            Avatar { name }
            " "
            {text.filled_in_by(view.year.given_name(answer.by), &view.moment(answer.at))}
        }
    }
}

/// Shows what does not count, and why the question is asked.
pub fn help(view: &View, asked: &AskedQuestion<'_>) -> Element {
    let text = Questions(view.language());
    let excluded = asked.question.excluded.as_ref().map(|e| e.get(view.language()).to_owned());
    rsx! {
        if let Some(excluded) = excluded {
            p { class: "small",
                b { {text.excluded()} }
                " {excluded}"
            }
        }
        {why(view, asked)}
    }
}

fn why(view: &View, asked: &AskedQuestion<'_>) -> Element {
    let Some(help) = asked.question.help.as_ref().filter(|_| asked.question.kind != QuestionKind::Upload) else {
        return VNode::empty();
    };
    rsx! {
        details {
            summary {
                Icon { name: "chevron-right" }
                " "
                {Questions(view.language()).why()}
            }
            p { class: "small muted", {help.get(view.language())} }
        }
    }
}

/// Shows the way to ask the advisor about this question, or to what was written about it.
pub fn talk(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let view = &form.view;
    let (text, name) = (Questions(view.language()), label(view, asked));
    let written = view.year.messages.iter().filter(|m| m.answer.as_ref() == Some(&asked.key)).count();
    if written == 0 && form.disabled() {
        return VNode::empty();
    }
    let (word, label) = match written {
        0 => (text.ask().to_owned(), text.ask_about(&name)),
        n => (text.thread(n), text.thread_about(&name)),
    };
    let (edit, key) = (form.edit, asked.key.clone());
    rsx! {
        div { class: "cluster passes",
            button {
                class: "btn btn--quiet btn--s",
                r#type: "button",
                aria_label: label,
                aria_haspopup: "dialog",
                onclick: move |_| edit.call(Edit::Ask(key.clone())),
                Icon { name: "message-circle" }
                " {word}"
            }
        }
    }
}
