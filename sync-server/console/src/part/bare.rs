//! A page without a menu, on which a passkey is made or used.

pub mod text;

use super::frame::{document, text::Shell};
use dioxus::prelude::*;
use model::language::Language;
use text::Bare;
use ui::part::Icon;

/// Renders such a page. The sentences for the script are data attributes of its main part.
pub fn page(language: Language, title: &str, content: Element) -> String {
    let t = Bare(language);
    document(
        language,
        title,
        "bare",
        rsx! {
            a { class: "skip", href: "#inhoud", {Shell(language).skip()} }
            main {
                class: "page",
                id: "inhoud",
                "data-cancelled": t.error_cancelled(),
                "data-unsupported": t.error_unsupported(),
                "data-exists": t.error_exists(),
                "data-offline": t.error_offline(),
                "data-failed": t.error_failed(),
                "data-no-link": t.error_no_link(),
                "data-busy": t.busy(),
                "data-required": t.required(),
                {content}
            }
        },
    )
}

/// Renders the place in which the script writes what went wrong, and which it then focuses.
pub fn outcome(language: Language) -> Element {
    rsx! {
        div { id: "melding", role: "alert", tabindex: "-1", hidden: true,
            div { class: "notice notice--bad",
                Icon { name: "triangle-alert" }
                strong {}
            }
        }
        noscript {
            div { class: "notice notice--bad",
                Icon { name: "triangle-alert" }
                strong { {Bare(language).needs_script()} }
            }
        }
    }
}
