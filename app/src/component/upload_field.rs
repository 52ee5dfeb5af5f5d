//! Field for the documents that belong to a question.

use crate::{
    client::UploadState,
    component::{
        field::FieldError,
        files::FileButton,
        question::edit::{Edit, field_id},
        transfers::{file_icon, file_state, upload_bar},
    },
    text::{Questions, Send},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::GivenAttachment;
use model::checklist::{AnswerKey, AnswerValue};
use ui::{answer::AnswerText, part::Icon};

/// Shows the documents of one question, and ways to give one.
#[component]
pub fn UploadField(
    view: View,
    answer_key: AnswerKey,
    name: String,
    hint: Option<String>,
    #[props(default)] example: Option<String>,
    refused: Option<String>,
    edit: EventHandler<Edit>,
) -> Element {
    let text = Questions(view.language());
    let disabled = !view.may_fill_in();
    let here = |a: &&GivenAttachment| a.withdrawal.is_none() && a.attachment.answers.as_ref() == Some(&answer_key);
    let given: Vec<_> = view.year.attachments.iter().filter(here).cloned().collect();
    let id = field_id(&answer_key);
    let buttons =
        [(true, "camera", text.scan(), text.scan_for(&name)), (false, "paperclip", text.file(), text.file_for(&name))];
    rsx! {
        for one in given.clone() {
            UploadedFile { key: "{one.id}", view: view.clone(), given: one, edit }
        }
        div { class: "slot",
            div { class: "slot__name",
                Icon { name: "file-text" }
                strong { "{name}" }
                if let Some(hint) = hint {
                    span { class: "hint", "{hint}" }
                }
                if let Some(example) = example {
                    span { class: "hint", {text.example(&example)} }
                }
            }
            div { class: "tiles",
                for (camera , icon , word , label) in buttons {
                    FileButton {
                        key: "{icon}",
                        class: "btn btn--s",
                        icon,
                        word,
                        label,
                        camera,
                        disabled,
                        on_files: {
                            let key = answer_key.clone();
                            move |files| {
                                let key = key.clone();
                                edit.call(if camera { Edit::Photos(key, files) } else { Edit::Files(key, files) });
                            }
                        },
                    }
                }
            }
            if let Some(message) = refused {
                FieldError { id: id.clone(), message }
            }
            if given.is_empty() {
                DontHave { view: view.clone(), answer_key: answer_key.clone(), edit }
            }
        }
    }
}

#[component]
fn UploadedFile(view: View, given: GivenAttachment, edit: EventHandler<Edit>) -> Element {
    let text = Send(view.language());
    let name = given.attachment.name.clone();
    let mine = Some(given.attachment.by) == view.me;
    let received = given.receipt.is_some() || view.upload(given.id) == UploadState::Received;
    rsx! {
        div { class: "slot slot--done",
            Icon { name: file_icon(received) }
            div { class: "item__body",
                strong { "{name}" }
                span { class: "item__sub", role: "status", {file_state(&view, &given)} }
                {upload_bar(&view, &given)}
            }
            if mine {
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    aria_label: text.withdraw(&name),
                    onclick: move |_| edit.call(Edit::Withdraw(given.id)),
                    Icon { name: "trash-2" }
                }
            }
        }
    }
}

/// Shows the ways to say that a document cannot be given, and why.
#[component]
fn DontHave(view: View, answer_key: AnswerKey, edit: EventHandler<Edit>) -> Element {
    let text = Questions(view.language());
    let stored = view.year.answers.agreed(&answer_key).map(|a| a.value.clone());
    let (has_not, why) = match &stored {
        Some(AnswerValue::DontHave(why)) => (true, Some(AnswerValue::Text(why.clone()))),
        _ => (false, None),
    };
    let passed = stored == Some(AnswerValue::NotApplicable);
    let mut open = use_signal(|| false);
    let id = format!("{}-waarom", field_id(&answer_key));
    let disabled = !view.may_fill_in();
    let not_applicable = answer_key.clone();
    rsx! {
        div { class: "cluster passes",
            button {
                class: "btn btn--quiet btn--s",
                r#type: "button",
                aria_pressed: if has_not { "true" } else { "false" },
                aria_expanded: if has_not || open() { "true" } else { "false" },
                disabled,
                onclick: move |_| open.set(true),
                {text.dont_have()}
            }
            button {
                class: "btn btn--quiet btn--s",
                r#type: "button",
                aria_pressed: if passed { "true" } else { "false" },
                disabled,
                onclick: move |_| {
                    open.set(false);
                    edit.call(Edit::Answer(not_applicable.clone(), AnswerValue::NotApplicable));
                },
                {AnswerText(view.language()).not_applicable()}
            }
        }
        if has_not || open() {
            div { class: "field",
                label { r#for: "{id}", {text.dont_have_why()} }
                crate::component::field::TextField {
                    id: id.clone(),
                    label: text.dont_have_why().to_owned(),
                    language: view.language(),
                    stored: why,
                    kind: model::checklist::QuestionKind::Text,
                    disabled,
                    on_answer: move |value| {
                        if let AnswerValue::Text(why) = value {
                            edit.call(Edit::Answer(answer_key.clone(), AnswerValue::DontHave(why)));
                        }
                    },
                }
            }
        }
    }
}
