//! Reading a PDF in the console: links that open the reader, its dialog on every page, and a frame inside a page.
//! Without script a link opens the file itself.

use dioxus::prelude::*;
use model::language::Language;
use ui::{part::Icon, reader::ReaderFrame};

ui::texts! {
    /// Texts of reading a PDF.
    Reading {
        close: "Sluit", "Close";
    }
}

/// Returns the attribute `data-reads` of a link to a file: only a PDF is read here.
pub fn of(media_type: &str) -> Option<&'static str> {
    (media_type == "application/pdf").then_some("")
}

/// Returns the same for a file of which only the name is known.
pub fn of_name(name: &str) -> Option<&'static str> {
    name.to_ascii_lowercase().ends_with(".pdf").then_some("")
}

/// Renders the dialog in which the script shows what a link with `data-reads` leads to.
pub fn dialog(language: Language) -> Element {
    rsx! {
        dialog { class: "sheet sheet--reader", id: "lezer", aria_labelledby: "lezer-titel",
            div { class: "between",
                h2 { id: "lezer-titel" }
                form { method: "dialog",
                    button { class: "btn btn--quiet btn--s btn--icon", r#type: "submit", aria_label: Reading(language).close(),
                        Icon { name: "x" }
                    }
                }
            }
            ReaderFrame { id: "lezer-document", language }
        }
    }
}

/// Renders a frame in which the script shows a PDF at once.
pub fn frame(language: Language, href: &str, name: &str) -> Element {
    rsx! {
        div { class: "preview preview--paper", "data-reads-here": "", "data-href": "{href}", "data-name": "{name}",
            ReaderFrame { id: "voorbeeld-document", language }
        }
    }
}
