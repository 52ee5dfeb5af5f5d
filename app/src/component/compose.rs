//! Form in which a person writes to the firm within a thread. What is typed is saved on the device until it is sent.

use crate::{
    component::{
        draft::{DraftText, use_draft},
        field::FieldError,
        files::FileButton,
    },
    text::{Home, Messages},
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use model::{id::AttachmentId, record::MAX_TEXT};
use ui::part::Icon;

/// Shows a field for a message, with documents that are sent along.
#[component]
pub fn Compose(
    view: View,
    /// Identifier that tells the fields of one page apart.
    id: String,
    label: String,
    stored: String,
    attached: Vec<AttachmentId>,
    refused: Vec<String>,
    on_draft: EventHandler<String>,
    on_files: EventHandler<Vec<FileData>>,
    on_remove_file: EventHandler<AttachmentId>,
    on_send: EventHandler<String>,
) -> Element {
    let (home, text) = (Home(view.language()), Messages(view.language()));
    let mut wrong = use_signal(|| None::<String>);
    let draft = use_draft(move |draft: DraftText| on_draft.call(draft.text));
    let shown = draft.shown(&stored);
    let (body, documents) = (shown.clone(), !attached.is_empty());
    let send = move |_| {
        let written = body.trim().to_owned();
        let over = written.chars().count().saturating_sub(MAX_TEXT);
        match (written.is_empty() && !documents, over) {
            (true, _) => wrong.set(Some(home.message_empty().to_owned())),
            (_, 0) => {
                // A text that was sent is no draft any more, so the draft ends now and not after the typing pause.
                draft.typed(String::new());
                draft.show_stored();
                on_send.call(written);
            }
            (_, over) => wrong.set(Some(home.message_long(over))),
        }
    };
    let invalid = wrong.read().is_some();
    let name_of = |id: &AttachmentId| {
        let given = view.year.attachments.iter().find(|a| a.id == *id);
        given.map(|a| a.attachment.name.clone()).unwrap_or_default()
    };
    let names: Vec<_> = attached.iter().map(|id| (*id, name_of(id))).collect();
    rsx! {
        div { class: "stack-s",
            div { class: "field",
                label { r#for: "{id}", "{label}" }
                textarea {
                    class: "textarea",
                    id: "{id}",
                    rows: "3",
                    aria_invalid: if invalid { "true" },
                    aria_describedby: if invalid { "{id}-fout" },
                    value: "{shown}",
                    oninput: move |event| {
                        draft.typed(event.value());
                        wrong.set(None);
                    },
                    onchange: move |_| draft.left(),
                    onblur: move |_| draft.left(),
                }
                if let Some(message) = wrong.read().clone() {
                    FieldError { id: id.clone(), message }
                }
            }
            for (attachment , name) in names {
                p { key: "{attachment}", class: "between small",
                    span {
                        Icon { name: "paperclip" }
                        " {text.attached()}: {name}"
                    }
                    button {
                        class: "btn btn--quiet btn--s btn--icon",
                        r#type: "button",
                        aria_label: text.take_off(&name),
                        onclick: move |_| on_remove_file.call(attachment),
                        Icon { name: "x" }
                    }
                }
            }
            for message in refused {
                p { key: "{message}", class: "error", role: "alert",
                    Icon { name: "circle-alert" }
                    " {message}"
                }
            }
            div { class: "cluster",
                button { class: "btn btn--primary", r#type: "button", onclick: send,
                    Icon { name: "send" }
                    " "
                    {home.message_send()}
                }
                FileButton {
                    class: "btn btn--s",
                    icon: "paperclip",
                    word: text.attach(),
                    label: text.attach(),
                    camera: false,
                    on_files,
                }
            }
            // It stands below the buttons, because it appears while one of them is pressed and must not move it.
            if !stored.is_empty() {
                p { class: "tiny muted", {text.draft()} }
            }
        }
    }
}
