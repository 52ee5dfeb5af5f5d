//! The pages of a document before it is sent: one large, all as small pictures, and the tools for the selected one.

use crate::{client::QueuedFile, component::files::FileButton, text::Send};
use dioxus::{html::FileData, prelude::*};
use ui::{
    part::{Icon, Tone},
    text::Language,
};

/// An entry of the upload queue as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuedPreview {
    /// Entry that is shown.
    pub file: QueuedFile,
    /// Address of its picture, once there is one.
    pub picture: Option<String>,
}

impl QueuedPreview {
    /// Returns true if the page looks out of focus.
    pub fn is_blurred(&self) -> bool {
        matches!(self.file.form, crate::client::Form::Page { blurred: true })
    }
}

/// An action on pages, which are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAction {
    /// Selects a page.
    Select(usize),
    /// Turns a page a quarter to the right.
    Turn(usize),
    /// Moves a page to the place of another, which moves up.
    Move(usize, usize),
    /// Removes a page.
    Remove(usize),
}

/// Shows the pages with everything that can be done with them. There is at least one.
#[component]
pub fn Pages(
    language: Language,
    pages: Vec<QueuedPreview>,
    at: usize,
    busy: bool,
    on_page_action: EventHandler<PageAction>,
    on_files: EventHandler<Vec<FileData>>,
) -> Element {
    let text = Send(language);
    let count = pages.len();
    let at = at.min(count.saturating_sub(1));
    let Some(page) = pages.get(at).cloned() else { return VNode::empty() };
    let tools = [
        ("rotate-cw", text.turn(), Some(PageAction::Turn(at))),
        ("arrow-left", text.earlier(), at.checked_sub(1).map(|to| PageAction::Move(at, to))),
        ("arrow-right", text.later(), (at + 1 < count).then_some(PageAction::Move(at, at + 1))),
        ("trash-2", text.remove_page(), Some(PageAction::Remove(at))),
    ];
    let blurred: Vec<_> = pages.iter().enumerate().filter(|(_, p)| p.is_blurred()).map(|(i, _)| i + 1).collect();
    rsx! {
        div { class: "stack-s",
            figure { class: "viewer",
                if let Some(url) = &page.picture {
                    img { src: "{url}", alt: text.preview(at + 1, &page.file.name), decoding: "async" }
                } else {
                    span { class: "viewer__empty", aria_hidden: "true" }
                }
                figcaption { class: "viewer__badge", role: "status",
                    span { class: "sr", {text.page_word()} " " }
                    {text.of(at + 1, count)}
                }
            }
            div { class: "tools", role: "toolbar", aria_label: text.edit_page(at + 1),
                for (icon , word , action) in tools {
                    button {
                        key: "{icon}",
                        class: "tool",
                        r#type: "button",
                        aria_disabled: if busy || action.is_none() { "true" },
                        onclick: move |_| {
                            if let (false, Some(action)) = (busy, action) {
                                on_page_action.call(action);
                            }
                        },
                        Icon { name: icon }
                        " "
                        {word}
                    }
                }
            }
            for n in blurred {
                div { key: "{n}", class: "notice notice--{Tone::Wait.name()}", role: "status",
                    Icon { name: "triangle-alert" }
                    strong { {text.blurred(n)} }
                    p { {text.blurred_advice()} }
                }
            }
        }
        Strip { language, pages, at, on_page_action, on_files }
        if count > 1 {
            p { class: "hint", {text.together()} }
        }
    }
}

#[component]
fn Strip(
    language: Language,
    pages: Vec<QueuedPreview>,
    at: usize,
    on_page_action: EventHandler<PageAction>,
    on_files: EventHandler<Vec<FileData>>,
) -> Element {
    let text = Send(language);
    let mut dragged = use_signal(|| None::<usize>);
    let more = [
        (true, "camera", text.another(), text.another_photo()),
        (false, "file-plus", text.another_file(), text.file()),
    ];
    rsx! {
        div { class: "pages", role: "group", aria_label: text.pages(),
            for (i , page) in pages.into_iter().enumerate() {
                button {
                    key: "{page.file.hash}",
                    class: "pages__item",
                    r#type: "button",
                    aria_pressed: if i == at { "true" } else { "false" },
                    aria_label: text.page(i + 1),
                    draggable: "true",
                    ondragstart: move |_| dragged.set(Some(i)),
                    ondragover: move |event| event.prevent_default(),
                    ondrop: move |event| {
                        if let Some(from) = dragged.take() {
                            event.prevent_default();
                            event.stop_propagation();
                            on_page_action.call(PageAction::Move(from, i));
                        }
                    },
                    onclick: move |_| on_page_action.call(PageAction::Select(i)),
                    if let Some(url) = page.picture {
                        img { src: "{url}", alt: "", decoding: "async" }
                    } else {
                        span { class: "pages__add" }
                    }
                    "{i + 1}"
                }
            }
            for (camera , icon , word , label) in more {
                FileButton {
                    key: "{icon}",
                    class: "pages__item",
                    icon,
                    word,
                    label,
                    camera,
                    boxed: true,
                    on_files,
                }
            }
        }
    }
}
