//! One item of a document request: what is asked for, its state, and what can be done.

use crate::{
    client::UploadState,
    component::{
        field::FieldError,
        files::FileButton,
        thumb::GivenThumb,
        transfers::{file_icon, file_state, may_withdraw, upload_bar},
    },
    text::{Request, Send},
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use documents::dossier::{DocumentState, GivenAttachment, ItemState};
use model::{
    id::AttachmentId,
    record::{ItemKey, MAX_TEXT, Reply},
    section::Section,
};
use ui::part::{Icon, Status, Tone};

/// An action of a person on an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Gives files. The first replaces an earlier document, if there is one.
    Files {
        /// Files that were chosen.
        files: Vec<FileData>,
        /// Document that is replaced.
        replaces: Option<AttachmentId>,
    },
    /// Gives photographs as pages.
    Photos(Vec<FileData>),
    /// Replies why no document comes, or withdraws that reply.
    Reply(Reply),
    /// Withdraws a document.
    Withdraw(AttachmentId),
}

/// Shows the part of the page for one item.
#[component]
pub fn RequestedItem(
    view: View,
    item: ItemKey,
    changeable: bool,
    refused: Option<String>,
    on_act: EventHandler<Act>,
) -> Element {
    let year = view.year.clone();
    let Some(task) = year.task(item.task) else { return VNode::empty() };
    let Some(state) = year.items(task).into_iter().find(|i| i.key == item) else { return VNode::empty() };
    let text = Request(view.language());
    let id = format!("stuk-{}", item.item);
    let title = state.item.title.clone();
    let documents: Vec<_> = state.documents.iter().map(|(a, _)| (*a).clone()).collect();
    let replaces = state.documents.iter().find(|(_, s)| *s == DocumentState::SentBack).map(|(a, _)| a.id);
    let reply = state.reply.map(|r| r.reply.clone());
    let buttons = [
        (true, "camera", text.photo(), text.photo_for(&title)),
        (false, "paperclip", text.file(), text.file_for(&title)),
    ];
    rsx! {
        section { class: "card card--pad stack-s", aria_labelledby: "{id}",
            div { class: "section__head",
                h2 { id: "{id}", "{title}" }
                {badge(&view, &state)}
            }
            if let Some(over) = state.item.year {
                p { class: "small muted", {text.over_year(over)} }
            }
            if !state.item.example.is_empty() {
                p { class: "hint", "{state.item.example}" }
            }
            if !documents.is_empty() {
                ul { class: "items",
                    for one in documents.clone() {
                        Given { key: "{one.id}", view: view.clone(), given: one, changeable, on_act }
                    }
                }
            }
            if let Some(Reply::DontHave(reason)) = &reply {
                p { {text.because(reason)} }
            }
            if changeable && reply.is_none() {
                div { class: "tiles",
                    for (camera , icon , word , label) in buttons {
                        FileButton {
                            key: "{icon}",
                            class: "btn btn--s",
                            icon,
                            word,
                            label,
                            camera,
                            on_files: move |files| {
                                on_act.call(if camera { Act::Photos(files) } else { Act::Files { files, replaces } });
                            },
                        }
                    }
                }
            }
            if let Some(message) = refused {
                FieldError { id: id.clone(), message }
            }
            if changeable && (documents.is_empty() || replaces.is_some() || reply.is_some()) {
                Instead { view: view.clone(), title: title.clone(), id: id.clone(), has_reply: reply.is_some(), on_act }
            }
        }
    }
}

fn badge(view: &View, item: &ItemState<'_>) -> Element {
    let text = Request(view.language());
    let received = |(_, state): &(_, DocumentState)| *state != DocumentState::Given;
    let on_device = |(a, _): &(&GivenAttachment, DocumentState)| {
        view.is_unsent(Section::Attachments, &a.id.to_string()) || view.upload(a.id) != UploadState::Received
    };
    let unsent = view.is_unsent(Section::ItemReplies, &item.key.to_string());
    let (tone, icon, word) = match item.reply.map(|r| &r.reply) {
        Some(_) if unsent => (Tone::Wait, "smartphone", text.on_device()),
        Some(Reply::NotApplicable) => (Tone::Ok, "check", text.state_not_applicable()),
        Some(_) => (Tone::Ok, "check", text.state_dont_have()),
        None if item.is_sent_back() => (Tone::Bad, "undo-2", text.state_sent_back()),
        None if item.documents.is_empty() => (Tone::Plain, "circle", text.open()),
        None if item.is_settled() => (Tone::Ok, "badge-check", text.state_taken_in()),
        None if item.documents.iter().all(received) => (Tone::Ok, "check", text.received()),
        None if item.documents.iter().filter(|d| !received(d)).any(on_device) => {
            (Tone::Wait, "smartphone", text.on_device())
        }
        None => (Tone::Info, "send", text.state_sent()),
    };
    rsx! {
        Status { tone, icon, {word} }
    }
}

#[component]
fn Given(view: View, given: GivenAttachment, changeable: bool, on_act: EventHandler<Act>) -> Element {
    let (text, send) = (Request(view.language()), Send(view.language()));
    let name = given.attachment.name.clone();
    let state = view.year.document_state(&given);
    let id = given.id;
    rsx! {
        li { class: "item",
            GivenThumb {
                of: view.key.client,
                hash: given.attachment.hash,
                media_type: given.attachment.media_type.clone(),
                icon: file_icon(given.receipt.is_some()),
            }
            span { class: "item__body",
                span { class: "item__title", "{name}" }
                span { class: if state == DocumentState::SentBack { "error" } else { "item__sub" }, role: "status", {file_state(&view, &given)} }
                {upload_bar(&view, &given)}
            }
            if changeable && may_withdraw(&view, &given) {
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    aria_label: send.withdraw(&name),
                    onclick: move |_| on_act.call(Act::Withdraw(id)),
                    Icon { name: "trash-2" }
                }
            }
        }
        if changeable && matches!(state, DocumentState::TakenIn | DocumentState::SentBack) {
            li {
                FileButton {
                    class: "btn btn--s",
                    icon: "file-up",
                    word: text.replace(),
                    label: text.replace_for(&name),
                    camera: false,
                    multiple: false,
                    on_files: move |files| on_act.call(Act::Files { files, replaces: Some(id) }),
                }
            }
        }
    }
}

/// Shows the replies that a person can give instead of a document.
#[component]
fn Instead(view: View, title: String, id: String, has_reply: bool, on_act: EventHandler<Act>) -> Element {
    let text = Request(view.language());
    let mut open = use_signal(|| false);
    let mut reason = use_signal(String::new);
    let mut missing = use_signal(|| false);
    if has_reply {
        return rsx! {
            div { class: "cluster",
                button {
                    class: "btn btn--quiet btn--s",
                    r#type: "button",
                    aria_label: text.undo_for(&title),
                    onclick: move |_| on_act.call(Act::Reply(Reply::Open)),
                    {text.undo()}
                }
            }
        };
    }
    rsx! {
        div { class: "cluster passes",
            button {
                class: "btn btn--quiet btn--s",
                r#type: "button",
                aria_label: text.dont_have_for(&title),
                aria_expanded: if open() { "true" } else { "false" },
                onclick: move |_| open.set(true),
                {text.dont_have()}
            }
            button {
                class: "btn btn--quiet btn--s",
                r#type: "button",
                aria_label: text.not_applicable_for(&title),
                onclick: move |_| on_act.call(Act::Reply(Reply::NotApplicable)),
                {text.not_applicable()}
            }
        }
        if open() {
            form {
                class: "field",
                onsubmit: move |event| {
                    event.prevent_default();
                    let why = reason.read().trim().to_owned();
                    missing.set(why.is_empty());
                    if !why.is_empty() {
                        open.set(false);
                        on_act.call(Act::Reply(Reply::DontHave(why)));
                    }
                },
                label { r#for: "{id}-waarom", {text.why(&title)} }
                textarea {
                    class: "textarea",
                    id: "{id}-waarom",
                    rows: "2",
                    maxlength: "{MAX_TEXT}",
                    aria_invalid: if missing() { "true" },
                    aria_describedby: if missing() { "{id}-waarom-fout" },
                    value: "{reason}",
                    oninput: move |event| reason.set(event.value()),
                }
                if missing() {
                    FieldError { id: "{id}-waarom", message: text.why_missing().to_owned() }
                }
                div { class: "cluster",
                    button { class: "btn btn--s", r#type: "submit", {text.keep()} }
                    button { class: "btn btn--quiet btn--s", r#type: "button", onclick: move |_| open.set(false), {text.cancel()} }
                }
            }
        }
    }
}
