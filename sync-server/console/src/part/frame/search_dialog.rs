//! The dialog that finds a client from any page.

use super::text::Shell;
use dioxus::prelude::*;
use model::language::Language;

/// Renders the dialog. Ctrl K or the menu opens it; closing it needs no script.
pub fn dialog(language: Language) -> Element {
    let t = Shell(language);
    rsx! {
        dialog { class: "sheet", id: "zoeken", aria_labelledby: "zoeken-label",
            form { class: "field", method: "get", action: "/kantoor/klanten", role: "search",
                label { id: "zoeken-label", r#for: "zoeken-veld", {t.search()} }
                input {
                    class: "input",
                    id: "zoeken-veld",
                    name: "q",
                    r#type: "text",
                    role: "searchbox",
                    enterkeyhint: "search",
                    autocomplete: "off",
                    aria_describedby: "zoeken-uitleg",
                    "data-find": "/kantoor/zoek?q=",
                }
                p { class: "tiny muted", id: "zoeken-uitleg", {t.search_hint()} }
            }
            div { id: "gevonden", role: "status" }
        }
    }
}
