//! PDFs: opened from this device, or downloaded first.

use crate::{
    client::{Openable, WantedFile},
    component::{field::FieldError, sheet::Sheet},
    platform::window,
    schedule,
    text::{Approve, Frame},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::hash::ContentHash;
use ui::part::Icon;

/// A file that is being opened or is open.
#[derive(Clone, Copy, PartialEq)]
pub struct Opening {
    url: Signal<Option<String>>,
    busy: Signal<bool>,
    failed: Signal<bool>,
}

impl Opening {
    /// Returns the address of the open file.
    pub fn url(&self) -> Option<String> {
        self.url.read().clone()
    }

    /// Returns true if the last attempt failed.
    pub fn failed(&self) -> bool {
        (self.failed)()
    }

    /// Closes the file and frees its memory.
    pub fn close(mut self) {
        if let Some(url) = self.url.take() {
            window::forget_bytes(&url);
        }
    }
}

/// Returns a handler that opens files, or saves those that the browser may not show.
pub fn use_opening() -> (Opening, Callback<WantedFile>) {
    let client = try_consume_context::<crate::client::Client>();
    let mut opening = Opening { url: use_signal(|| None), busy: use_signal(|| false), failed: use_signal(|| false) };
    let open = use_callback(move |wanted: WantedFile| {
        let Some(client) = client.clone() else { return };
        if *opening.busy.peek() {
            return;
        }
        opening.busy.set(true);
        spawn(async move {
            let file = wanted.clone();
            let opened = schedule::run_to_end(async move { client.look_at(&file).await }).await.and_then(Result::ok);
            let (url, saved) = match opened {
                Some(Openable::Shown(bytes)) => (window::show_bytes(&bytes, &wanted.media_type), false),
                Some(Openable::Saved(bytes)) => {
                    window::save_bytes(&bytes, &wanted.media_type, &wanted.name);
                    (None, true)
                }
                None => (None, false),
            };
            opening.failed.set(url.is_none() && !saved);
            opening.url.set(url);
            opening.busy.set(false);
        });
    });
    use_drop(move || opening.close());
    (opening, open)
}

/// Returns true if a file is on this device. It is assumed to be until the device has been asked.
fn use_stored(hash: ContentHash) -> bool {
    let client = try_consume_context::<crate::client::Client>();
    let mut stored = use_signal(|| true);
    use_effect(use_reactive!(|hash| {
        let Some(client) = client.clone() else { return };
        spawn(async move {
            let there = schedule::run_to_end(async move { client.is_stored(&hash).await }).await;
            stored.set(there.unwrap_or(false));
        });
    }));
    stored()
}

/// Shows the dialog with an open PDF.
#[component]
pub fn Reader(url: String, title: String, language: ui::text::Language, on_close: EventHandler<()>) -> Element {
    let (text, frame) = (Approve(language), Frame(language));
    rsx! {
        Sheet { id: "lezer", labelled_by: "lezer-titel", class: "sheet--reader", on_close,
            div { class: "between",
                h2 { id: "lezer-titel", "{title}" }
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    aria_label: frame.close(),
                    onclick: move |_| on_close.call(()),
                    Icon { name: "x" }
                }
            }
            iframe { class: "reader", src: "{url}", title: "{title}" }
            a { class: "btn btn--block", href: "{url}", target: "_blank", rel: "noopener",
                Icon { name: "external-link" }
                " "
                {text.new_tab()}
            }
        }
    }
}

/// Shows the card with the whole tax return.
#[component]
pub fn ReturnDocument(view: View, given: GivenRevision, on_open: EventHandler<()>) -> Element {
    let text = Approve(view.language());
    let (opening, open) = use_opening();
    let file = given.revision.file.clone();
    let of = view.key.client;
    let away = view.workspace.is_offline() && !use_stored(file.hash);
    let name = given.title(view.language());
    let busy = (opening.busy)();
    rsx! {
        section { class: "card area-pdf", aria_label: text.pdf(),
            div { class: "paper",
                span { class: "paper__sheet", aria_hidden: "true", Icon { name: "file-text" } }
                div { class: "stack-s",
                    p {
                        strong { {text.whole()} }
                        br {}
                        span { class: "small muted", {text.pages(file.pages, given.revision.number)} }
                    }
                    button {
                        class: "btn btn--s",
                        r#type: "button",
                        aria_disabled: if busy { "true" },
                        onclick: move |_| {
                            on_open.call(());
                            open.call(WantedFile::pdf_of_firm(of, file.hash, file.name.clone()));
                        },
                        Icon { name: "eye" }
                        " "
                        {if busy { text.opening() } else { text.read() }}
                    }
                    if away {
                        p { class: "small muted", {text.not_here()} }
                    }
                    if opening.failed() {
                        FieldError { id: "pdf", message: if away { text.not_here() } else { text.unreadable() } }
                    }
                }
            }
        }
        if let Some(url) = opening.url() {
            Reader { url, title: name, language: view.language(), on_close: move |()| opening.close() }
        }
    }
}
