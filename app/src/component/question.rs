//! A question with everything below it: its answer, who gave it, follow-ups, rows and documents.

pub mod edit;

use crate::{
    component::{
        conflict::ConflictNotice,
        field::{DateField, TextField},
        no_answer::NoAnswer,
        question_context::{byline, help, last_year, remark, talk, whose},
        rows::rows,
        upload_field::UploadField,
    },
    text::Questions,
};
use dioxus::prelude::*;
use edit::{Edit, QuestionForm, field_id, label};
use model::{
    checklist::{AnswerValue, AskedQuestion, QuestionKind, QuestionState},
    record::Answer,
};
use ui::{answer::in_words, part::Icon};

/// Shows a question of the top level as a card.
pub fn question_card(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let view = &form.view;
    let id = field_id(&asked.key);
    let label = label(view, asked);
    let text = asked.question.text.get(view.language());
    rsx! {
        fieldset { key: "{asked.key}", class: "card question", id: "{id}-vraag",
            legend { class: "sr", "{label}" }
            div { class: "question__top",
                {whose(view, asked)}
                p { class: "label", aria_hidden: "true", "{text}" }
                {byline(view, &asked.key)}
            }
            {carried(form, asked)}
            {body(form, asked)}
            {help(view, asked)}
            {talk(form, asked)}
        }
    }
}

/// Shows that the answer is last year's, with one button that confirms it.
fn carried(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let year = &form.view.year;
    let mut proposals = asked.proposals(&year.answers);
    proposals.retain(|(key, _)| !year.is_unknown::<Answer>(key));
    let text = Questions(form.view.language());
    let name = label(&form.view, asked);
    let (edit, disabled) = (form.edit, form.disabled());
    if proposals.is_empty() {
        return VNode::empty();
    }
    rsx! {
        div { class: "notice", role: "group", aria_label: text.carried(),
            Icon { name: "history" }
            strong { {text.carried()} }
            button {
                class: "btn btn--s",
                r#type: "button",
                disabled,
                onclick: move |_| edit.call(Edit::Confirm(proposals.clone())),
                {text.still_right()}
                span { class: "sr", ": {name}" }
            }
        }
    }
}

/// Shows a follow-up, or a column of a row.
fn below(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let view = &form.view;
    let id = field_id(&asked.key);
    let label = label(view, asked);
    // A place for documents shows its own name.
    if asked.question.kind == QuestionKind::Upload {
        return rsx! {
            div { key: "{asked.key}", class: "stack", id: "{id}-vraag", {body(form, asked)} }
        };
    }
    rsx! {
        fieldset { key: "{asked.key}", class: "field", id: "{id}-vraag",
            legend { "{label}" }
            {byline(view, &asked.key)}
            {body(form, asked)}
            {help(view, asked)}
            {talk(form, asked)}
        }
    }
}

fn body(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let differing = asked.state == QuestionState::Differing;
    rsx! {
        if differing {
            ConflictNotice {
                view: form.view.clone(),
                answer_key: asked.key.clone(),
                question: asked.question.clone(),
                on_choose: {
                    let (edit, key) = (form.edit, asked.key.clone());
                    move |()| edit.call(Edit::Choose(key.clone()))
                },
            }
        }
        {remark(&form.view, asked)}
        {last_year(&form.view, asked)}
        if form.view.year.is_unknown::<Answer>(&asked.key) {
            p { class: "small muted", {Questions(form.view.language()).answered_in_newer()} }
        } else {
            {control(form, asked)}
        }
        if asked.state == QuestionState::SentBack && asked.question.kind != QuestionKind::Upload {
            {keep_button(form, asked)}
        }
        if !asked.followups.is_empty() {
            div { class: "followup",
                for followup in &asked.followups {
                    {below(form, followup)}
                }
            }
        }
    }
}

/// Shows the button that confirms an answer which the advisor asked about.
fn keep_button(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let Some(answer) = form.view.year.answers.agreed(&asked.key).cloned() else { return VNode::empty() };
    let (edit, key, disabled) = (form.edit, asked.key.clone(), form.disabled());
    let name = label(&form.view, asked);
    rsx! {
        button {
            class: "btn btn--s",
            r#type: "button",
            disabled,
            onclick: move |_| edit.call(Edit::Confirm(vec![(key.clone(), answer.value.clone())])),
            {Questions(form.view.language()).it_is_right()}
            span { class: "sr", ": {name}" }
        }
    }
}

fn control(form: &QuestionForm, asked: &AskedQuestion<'_>) -> Element {
    let view = &form.view;
    let language = view.language();
    let answers = &view.year.answers;
    let proposed = answers.proposed(asked.question, &asked.key);
    let stored = answers.agreed(&asked.key).map(|a| &a.value).or(proposed).cloned();
    let (id, label, disabled) = (field_id(&asked.key), label(view, asked), form.disabled());
    let on_answer = form.answer(&asked.key);
    let named = |value: AnswerValue| (value.clone(), in_words(&value, asked.question, language));
    let no_answers = [AnswerValue::Unknown, AnswerValue::NotApplicable].map(named);
    match asked.question.kind {
        QuestionKind::YesNo => {
            let options: Vec<_> =
                [AnswerValue::Yes, AnswerValue::No].map(named).into_iter().chain(no_answers).collect();
            rsx! {
                Choices { id, options, stored, two: true, disabled, on_answer }
            }
        }
        QuestionKind::Choice => {
            let option =
                |o: &model::checklist::Choice| (AnswerValue::Choice(o.id.clone()), o.text.get(language).to_owned());
            let mut options: Vec<_> = asked.question.options.iter().map(option).collect();
            options.extend(no_answers);
            rsx! {
                Choices { id, options, stored, two: false, disabled, on_answer }
            }
        }
        QuestionKind::Amount | QuestionKind::Number | QuestionKind::Text | QuestionKind::Bsn | QuestionKind::Iban => {
            rsx! {
                TextField {
                    id,
                    label: label.clone(),
                    language,
                    stored: stored.clone(),
                    kind: asked.question.kind,
                    disabled,
                    on_answer,
                }
                NoAnswer { label, offered: no_answers.to_vec(), stored, disabled, on_answer }
            }
        }
        QuestionKind::Date => {
            let date = match &stored {
                Some(AnswerValue::Date(date)) => Some(*date),
                _ => None,
            };
            rsx! {
                DateField { id, label: label.clone(), language, stored: date, disabled, autosaved: true, on_answer }
                NoAnswer { label, offered: no_answers.to_vec(), stored, disabled, on_answer }
            }
        }
        QuestionKind::Rows => rows(form, asked, stored, on_answer, below),
        QuestionKind::Upload => rsx! {
            UploadField {
                view: view.clone(),
                answer_key: asked.key.clone(),
                name: label,
                hint: asked.question.help.as_ref().map(|h| h.get(language).to_owned()),
                example: asked.question.example.as_ref().map(|e| e.get(language).to_owned()),
                refused: form.refused.get(&asked.key).cloned(),
                edit: form.edit,
            }
        },
    }
}

/// Shows a choice of one: yes and no, or the options of a question.
#[component]
fn Choices(
    id: String,
    options: Vec<(AnswerValue, String)>,
    stored: Option<AnswerValue>,
    two: bool,
    disabled: bool,
    on_answer: EventHandler<AnswerValue>,
) -> Element {
    rsx! {
        div { class: if two { "choices choices--2" } else { "choices" },
            for (i , (value , word)) in options.into_iter().enumerate() {
                label { key: "{i}", class: "choice",
                    input {
                        r#type: "radio",
                        id: if i == 0 { "{id}" } else { "{id}-{i}" },
                        name: "{id}",
                        checked: stored.as_ref() == Some(&value),
                        disabled,
                        onchange: move |_| on_answer.call(value.clone()),
                    }
                    " {word}"
                }
            }
        }
    }
}
