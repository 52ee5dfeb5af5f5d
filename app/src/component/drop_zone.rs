//! A place on a laptop's screen to drag files to.

use crate::{component::files::FileButton, text::Home};
use dioxus::{
    html::{FileData, HasFileData},
    prelude::*,
};
use model::attachment::MAX_BYTES;
use ui::{format, part::Icon, text::Language};

/// Shows the place. With `button` it also has a button that does the same, if the screen has no other.
#[component]
pub fn DropZone(
    language: Language,
    #[props(default = true)] button: bool,
    on_files: EventHandler<Vec<FileData>>,
) -> Element {
    let home = Home(language);
    let mut over = use_signal(|| false);
    rsx! {
        div {
            class: if over() { "drop drop--over" } else { "drop" },
            ondragover: move |event| {
                event.prevent_default();
                over.set(true);
            },
            ondragleave: move |_| over.set(false),
            ondrop: move |event| {
                event.prevent_default();
                over.set(false);
                let files = event.data().files();
                if !files.is_empty() {
                    on_files.call(files);
                }
            },
            Icon { name: "file-plus" }
            p {
                strong { {home.drop()} }
                br {}
                span { class: "small muted", {home.drop_hint(&format::file_size(MAX_BYTES, language))} }
            }
            if button {
                FileButton {
                    class: "btn btn--s",
                    icon: "file-up",
                    word: home.choose(),
                    label: home.choose(),
                    camera: false,
                    on_files,
                }
            }
        }
    }
}
