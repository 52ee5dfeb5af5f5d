//! The page of the screen for sending. It shows what it is given and stores nothing.

use super::attach::Purpose;
use crate::{
    address::Address,
    component::{
        description::{Description, DescriptionFields},
        drop_zone::DropZone,
        files::FileButton,
        frame::{FlowFrame, Notice, ScreenLink},
        queued_pages::{PageAction, Pages, QueuedPreview},
        thumb::{GivenThumb, Thumb},
        transfers::{PauseButton, file_icon, file_state, may_withdraw, upload_bar},
    },
    text::{self, Frame},
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use documents::dossier::GivenAttachment;
use model::{api::Room, attachment::MAX_BYTES, hash::ContentHash, id::AttachmentId, record::TaskKind};
use ui::{
    format,
    part::{Icon, Tone},
};

/// An action of a person on the page.
#[derive(Debug, Clone, PartialEq)]
pub enum SendAction {
    /// Adds files to the upload queue.
    Files(Vec<FileData>),
    /// Does something with a page.
    Page(PageAction),
    /// Removes a file from the upload queue.
    RemoveFile(ContentHash),
    /// Describes the documents.
    Describe(Description),
    /// Sends the whole upload queue to the firm.
    Send,
    /// Withdraws a document that was given.
    Withdraw(AttachmentId),
    /// Pauses an upload, or continues it.
    Pause(AttachmentId, bool),
}

/// Feedback of the page on the person's actions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SendFeedback {
    /// Number of the selected page, counted from 0.
    pub at: usize,
    /// True while a page is being prepared.
    pub preparing: bool,
    /// True while the upload queue is being given to the firm.
    pub giving: bool,
    /// Number of documents that were given.
    pub accepted: usize,
    /// Reasons why some were not accepted, in words.
    pub refused: Vec<String>,
    /// Remarks about some that were accepted.
    pub remarks: Vec<String>,
    /// True if the other year that was typed is not a year.
    pub wrong_year: bool,
}

/// The room, in bytes and in files, below which people are told how much there is.
const LITTLE_BYTES: u64 = 8 * MAX_BYTES;
const LITTLE_FILES: u64 = 50;

fn is_little(room: &Room) -> bool {
    room.bytes < LITTLE_BYTES || room.files < LITTLE_FILES
}

/// Shows the page of the screen.
#[component]
pub fn SendPage(
    view: View,
    purpose: Purpose,
    back: Address,
    queued: Vec<QueuedPreview>,
    years: Vec<String>,
    description: Description,
    feedback: SendFeedback,
    /// What the client can still send, if the server said so.
    #[props(default)]
    room: Option<Room>,
    on_action: EventHandler<SendAction>,
) -> Element {
    let language = view.language();
    let (text, frame) = (text::Send(language), Frame(language));
    let asked = purpose.task.and_then(|id| view.year.task(id)).cloned();
    let title = asked.as_ref().map_or(text.title(), |t| t.task.title.get(language)).to_owned();
    let offline = view.workspace.is_offline();
    let here = |a: &&GivenAttachment| purpose.task.is_none() || a.attachment.task == purpose.task;
    let given: Vec<_> = view.year.attachments.iter().filter(here).cloned().collect();
    let (pages, files): (Vec<_>, Vec<_>) = queued.into_iter().partition(|s| s.file.is_page());
    let (has_pages, is_empty) = (!pages.is_empty(), pages.is_empty() && files.is_empty());
    let on_files = move |files| on_action.call(SendAction::Files(files));
    let word = give_word(&view, pages.len(), files.len(), feedback.giving);
    let busy = feedback.preparing;
    let actions = match is_empty {
        true if feedback.accepted > 0 => Some(rsx! {
            ScreenLink { to: back.clone(), class: "btn btn--primary",
                {if back == (Address::overview()) { frame.to_overview() } else { frame.back() }}
            }
        }),
        true => None,
        false => Some(rsx! {
            button {
                class: "btn btn--primary",
                r#type: "button",
                aria_disabled: if busy { "true" },
                onclick: move |_| on_action.call(SendAction::Send),
                Icon { name: "send" }
                " {word}"
            }
        }),
    };
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: title.clone(),
            back,
            back_label: if is_empty { frame.back() } else { frame.stop() },
            actions,
            div { class: "page__head",
                h1 { class: if has_pages { "sr" }, "{title}" }
                if !has_pages {
                    p { class: "lead", {if offline { text.lead_offline().to_owned() } else { text.lead(&format::file_size(MAX_BYTES, language)) }} }
                }
            }
            if let Some(room) = room.filter(is_little) {
                p { class: "notice notice--wait", role: "status",
                    Icon { name: "triangle-alert" }
                    span { {text.little_room(room.files, &format::file_size(room.bytes, language))} }
                }
            }
            if let Some(task) = asked {
                if let (TaskKind::DocumentRequest(items), None) = (&task.task.kind, purpose.item) {
                    div { class: "card card--pad stack-s",
                        p { class: "label", {text.asked(&task.task.asked_by)} }
                        ul { class: "stack-s",
                            for item in items {
                                li { key: "{item.title}",
                                    Icon { name: "file-text" }
                                    " {item.title}"
                                }
                            }
                        }
                    }
                }
            }
            if !has_pages {
                div { class: "tiles",
                    FileButton { class: "tile", icon: "camera", word: text.photo(), label: text.photo(), camera: true, on_files }
                    FileButton { class: "tile", icon: "file-plus", word: text.file(), label: text.file(), camera: false, on_files }
                }
                DropZone { language, button: false, on_files }
            }
            {said(&feedback, text)}
            if has_pages {
                Pages {
                    language,
                    pages,
                    at: feedback.at,
                    busy,
                    on_page_action: move |action| on_action.call(SendAction::Page(action)),
                    on_files,
                }
            }
            if !files.is_empty() {
                Files { view: view.clone(), files, busy, on_action }
            }
            if !is_empty {
                DescriptionFields { language, years, description, wrong_year: feedback.wrong_year, on_change: move |description| on_action.call(SendAction::Describe(description)) }
            }
            GivenList { view, given, on_action }
        }
    }
}

/// Returns the label of the button that gives everything to the firm.
fn give_word(view: &View, pages: usize, files: usize, giving: bool) -> String {
    let text = text::Send(view.language());
    let documents = files + pages.min(1);
    match (giving, view.workspace.is_offline(), files) {
        (true, ..) => text.busy().to_owned(),
        (_, false, 0) if pages > 1 => text.send_pages(pages),
        (_, true, 0) if pages > 1 => text.put_pages_ready(pages),
        (_, false, _) => text.send(documents),
        (_, true, _) => text.put_ready(documents),
    }
}

/// Shows the feedback, also to screen readers.
fn said(feedback: &SendFeedback, text: text::Send) -> Element {
    rsx! {
        div { class: "stack-s live", role: "alert",
            for message in &feedback.refused {
                p { key: "{message}", class: "error",
                    Icon { name: "circle-alert" }
                    " {message}"
                }
            }
        }
        div { class: "stack-s live", role: "status",
            if feedback.preparing && !feedback.giving {
                p { class: "small muted", {text.preparing()} }
            }
            for message in &feedback.remarks {
                p { key: "{message}", class: "small", "{message}" }
            }
            if feedback.accepted > 0 {
                Notice { tone: Tone::Ok, icon: "circle-check", strong { {text.accepted(feedback.accepted)} } }
            }
        }
    }
}

#[component]
fn Files(view: View, files: Vec<QueuedPreview>, busy: bool, on_action: EventHandler<SendAction>) -> Element {
    let text = text::Send(view.language());
    rsx! {
        section { class: "section", aria_labelledby: "gekozen",
            div { class: "section__head", h2 { id: "gekozen", {text.chosen()} } }
            div { class: "card",
                ul { class: "items",
                    for QueuedPreview { file, picture } in files {
                        li { key: "{file.hash}", class: "item",
                            Thumb { url: picture, icon: "file-text" }
                            span { class: "item__body",
                                span { class: "item__title", "{file.name}" }
                                span { class: "item__sub", {format::file_size(file.size, view.language())} }
                            }
                            button {
                                class: "btn btn--quiet btn--s btn--icon",
                                r#type: "button",
                                aria_label: text.remove(&file.name),
                                disabled: busy,
                                onclick: move |_| on_action.call(SendAction::RemoveFile(file.hash)),
                                Icon { name: "x" }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn GivenList(view: View, given: Vec<GivenAttachment>, on_action: EventHandler<SendAction>) -> Element {
    if given.is_empty() {
        return VNode::empty();
    }
    let text = text::Send(view.language());
    rsx! {
        section { class: "section", aria_labelledby: "gestuurd",
            div { class: "section__head", h2 { id: "gestuurd", {text.given()} } }
            div { class: "card",
                ul { class: "items",
                    for one in given {
                        li { key: "{one.id}", class: "item",
                            GivenThumb {
                                of: view.key.client,
                                hash: one.attachment.hash,
                                media_type: one.attachment.media_type.clone(),
                                icon: file_icon(one.receipt.is_some()),
                            }
                            span { class: "item__body",
                                span { class: "item__title", "{one.attachment.name}" }
                                if let Some(kind) = ui::document::said(one.attachment.kind, one.attachment.year, view.language()) {
                                    span { class: "item__sub", "{kind}" }
                                }
                                span { class: "item__sub", role: "status",
                                    {format::file_size(one.attachment.size, view.language())}
                                    ", "
                                    {file_state(&view, &one)}
                                }
                                {upload_bar(&view, &one)}
                            }
                            span { class: "item__end",
                                PauseButton {
                                    view: view.clone(),
                                    given: one.clone(),
                                    on_pause: move |(id, pause)| on_action.call(SendAction::Pause(id, pause)),
                                }
                                if may_withdraw(&view, &one) {
                                    button {
                                        class: "btn btn--quiet btn--s btn--icon",
                                        r#type: "button",
                                        aria_label: text.withdraw(&one.attachment.name),
                                        onclick: move |_| on_action.call(SendAction::Withdraw(one.id)),
                                        Icon { name: "trash-2" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
