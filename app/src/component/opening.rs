//! Files that are opened to be looked at: from this device, or downloaded first.

use crate::{
    client::{Client, Openable, WantedFile},
    component::sheet::Sheet,
    platform::{ReadingOutcome, reader, window},
    schedule,
    text::Frame,
};
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;
use std::rc::Rc;
use ui::{part::Icon, reader::ReaderFrame, text::Language};

/// Identifier of the frame in which a PDF is read.
const FRAME: &str = "lezer-document";

/// A file that is open.
#[derive(Debug, Clone)]
pub enum OpenFile {
    /// A PDF, with the name under which it is saved.
    Paper { bytes: Rc<Vec<u8>>, name: String },
    /// The address of a picture, with the name of its file.
    Picture { url: String, name: String },
}

impl PartialEq for OpenFile {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Paper { bytes, .. }, Self::Paper { bytes: others, .. }) => Rc::ptr_eq(bytes, others),
            (Self::Picture { url, .. }, Self::Picture { url: other, .. }) => url == other,
            _ => false,
        }
    }
}

/// A file that is being opened or is open.
#[derive(Clone, Copy, PartialEq)]
pub struct Opening {
    file: Signal<Option<OpenFile>>,
    busy: Signal<bool>,
    failed: Signal<bool>,
}

impl Opening {
    /// Returns the open file.
    pub fn file(&self) -> Option<OpenFile> {
        self.file.read().clone()
    }

    /// Returns true while a file is being opened.
    pub fn is_busy(&self) -> bool {
        (self.busy)()
    }

    /// Returns true if the last attempt failed.
    pub fn failed(&self) -> bool {
        (self.failed)()
    }

    /// Closes the file and frees its memory.
    pub fn close(mut self) {
        if let Some(OpenFile::Picture { url, .. }) = self.file.take() {
            window::forget_bytes(&url);
        }
    }
}

/// Returns a handler that opens files, or saves those that the browser may not show.
pub fn use_opening() -> (Opening, Callback<WantedFile>) {
    let client = try_consume_context::<Client>();
    let mut opening = Opening { file: use_signal(|| None), busy: use_signal(|| false), failed: use_signal(|| false) };
    let open = use_callback(move |wanted: WantedFile| {
        let Some(client) = client.clone() else { return };
        if *opening.busy.peek() {
            return;
        }
        opening.busy.set(true);
        if wanted.is_pdf() {
            reader::prepare();
        }
        spawn(async move {
            let file = wanted.clone();
            let opened = schedule::run_to_end(async move { client.look_at(&file).await }).await.and_then(Result::ok);
            let (file, saved) = match opened {
                Some(Openable::Shown(bytes)) if wanted.is_pdf() => {
                    (Some(OpenFile::Paper { bytes: Rc::new(bytes), name: wanted.name.clone() }), false)
                }
                Some(Openable::Shown(bytes)) => {
                    let url = window::show_bytes(&bytes, &wanted.media_type);
                    (url.map(|url| OpenFile::Picture { url, name: wanted.name.clone() }), false)
                }
                Some(Openable::Saved(bytes)) => {
                    window::save_bytes(&bytes, &wanted.media_type, &wanted.name);
                    (None, true)
                }
                None => (None, false),
            };
            opening.failed.set(file.is_none() && !saved);
            opening.file.set(file);
            opening.busy.set(false);
        });
    });
    use_drop(move || opening.close());
    (opening, open)
}

/// Shows the file that is open, if there is one, under its own name.
#[component]
pub fn OpenedFile(opening: Opening, language: Language) -> Element {
    let Some(file) = opening.file() else { return VNode::empty() };
    let (OpenFile::Paper { name: title, .. } | OpenFile::Picture { name: title, .. }) = file.clone();
    rsx! {
        Reader { file, title, language, on_close: move |()| opening.close() }
    }
}

/// Shows the dialog with an open file.
#[component]
pub fn Reader(
    file: OpenFile,
    title: String,
    language: Language,
    /// Called when the first page of a PDF is on the screen, with all that is on it.
    #[props(default)]
    on_shown: EventHandler<()>,
    on_close: EventHandler<()>,
) -> Element {
    let frame = Frame(language);
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
            match file {
                OpenFile::Paper { bytes, name } => rsx! {
                    Paper { file: OpenFile::Paper { bytes, name }, language, on_shown }
                },
                OpenFile::Picture { url, .. } => rsx! {
                    div { class: "reader__picture", img { src: "{url}", alt: "{title}" } }
                },
            }
        }
    }
}

/// Shows a PDF with the reader's own script.
#[component]
fn Paper(file: OpenFile, language: Language, on_shown: EventHandler<()>) -> Element {
    use_effect(move || {
        let OpenFile::Paper { bytes, name } = &file else { return };
        // The browser calls from outside of this runtime, so the news goes through a channel to a task inside.
        let (sender, mut outcomes) = unbounded::<ReadingOutcome>();
        reader::open(FRAME, bytes, name, move |outcome| drop(sender.unbounded_send(outcome)));
        spawn(async move {
            while let Some(outcome) = outcomes.next().await {
                if outcome == ReadingOutcome::Shown {
                    on_shown.call(());
                }
            }
        });
    });
    use_drop(|| reader::close(FRAME));
    rsx! {
        ReaderFrame { id: FRAME, language }
    }
}
