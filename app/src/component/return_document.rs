//! The card with the whole tax return: its first page, and the button to read it.

use crate::{
    client::{Client, WantedFile},
    component::{
        field::FieldError,
        opening::{Reader, use_opening},
    },
    hooks::Changes,
    platform::reader,
    schedule,
    text::Approve,
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::{hash::ContentHash, id::ClientId};
use ui::part::Icon;

/// Identifier of the button that opens the return.
pub const READ_BUTTON: &str = "lees-aangifte";
/// Identifier of the sentence that the return has to be read first.
pub const READ_FIRST: &str = "eerst-lezen";
/// Identifier of the picture of the first page.
const FIRST_PAGE: &str = "eerste-pagina";

/// Returns true if a file is on this device. It is assumed to be until the device has been asked.
fn use_stored(hash: ContentHash) -> bool {
    let client = try_consume_context::<Client>();
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

/// Shows the card with the whole tax return. `on_shown` is called when its first page is on the screen.
#[component]
pub fn ReturnDocument(
    view: View,
    given: GivenRevision,
    /// True if the person has to read it before anything else.
    #[props(default)]
    to_read_first: bool,
    on_shown: EventHandler<()>,
) -> Element {
    let text = Approve(view.language());
    let (opening, open) = use_opening();
    let file = given.revision.file.clone();
    let of = view.key.client;
    let away = view.workspace.is_offline() && !use_stored(file.hash);
    let name = given.title(view.language());
    let (busy, the) = (opening.is_busy(), given.noun().the(view.language()));
    rsx! {
        section { class: "card area-pdf", aria_label: text.pdf(),
            div { class: "paper",
                FirstPage { of, hash: file.hash }
                div { class: "stack-s",
                    p {
                        strong { {text.whole()} }
                        br {}
                        span { class: "small muted", {text.pages(file.pages, given.revision.number)} }
                    }
                    button {
                        class: "btn btn--s",
                        id: READ_BUTTON,
                        r#type: "button",
                        aria_disabled: if busy { "true" },
                        onclick: move |_| open.call(WantedFile::pdf_of_firm(of, file.hash, file.name.clone())),
                        Icon { name: "eye" }
                        " "
                        {if busy { text.opening().to_owned() } else { text.read(&the) }}
                    }
                    if to_read_first {
                        p { class: "small muted", id: READ_FIRST, {text.read_first(&the)} }
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
        if let Some(file) = opening.file() {
            Reader { file, title: name, language: view.language(), on_shown, on_close: move |()| opening.close() }
        }
    }
}

/// Shows the first page small, as soon as the file is on this device. It never downloads it.
#[component]
fn FirstPage(of: ClientId, hash: ContentHash) -> Element {
    let client = try_consume_context::<Client>();
    let changes = try_consume_context::<Changes>();
    let mut drawn = use_signal(|| None::<ContentHash>);
    use_effect(use_reactive!(|(of, hash)| {
        let _: Option<u64> = changes.map(|changes| (changes.0)());
        let Some(client) = client.clone().filter(|_| *drawn.peek() != Some(hash)) else { return };
        spawn(async move {
            let read = async move {
                match client.is_stored(&hash).await {
                    true => client.file(of, hash).await.ok(),
                    false => None,
                }
            };
            let Some(Some(bytes)) = schedule::run_to_end(read).await else { return };
            if *drawn.peek() != Some(hash) && reader::thumbnail(FIRST_PAGE, &bytes).await {
                drawn.set(Some(hash));
            }
        });
    }));
    rsx! {
        span { class: if drawn() == Some(hash) { "paper__sheet paper__sheet--drawn" } else { "paper__sheet" }, aria_hidden: "true",
            Icon { name: "file-text" }
            canvas { id: FIRST_PAGE, width: "0", height: "0" }
        }
    }
}
