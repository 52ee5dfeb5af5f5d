//! The dialog that finds a client, and its results.

use super::{
    clients::{ClientLine, href},
    frame::stage,
};
use crate::text::{Clients, Shell};
use dioxus::prelude::*;
use model::{language::Language, time::TaxYear};

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

/// Renders the clients that were found, each as a link to the year.
pub fn found(language: Language, year: TaxYear, lines: &[ClientLine]) -> String {
    dioxus_ssr::render_element(rsx! {
        if lines.is_empty() {
            p { class: "muted", {Clients(language).none_found()} }
        } else {
            nav { class: "lines", aria_label: Clients(language).title(),
                for line in lines {
                    a { class: "line", href: href(&line.number, year),
                        span { class: "grow",
                            "{line.name} "
                            span { class: "muted num", "{line.number}" }
                        }
                        {stage(language, line.phase, line.status.as_ref())}
                    }
                }
            }
        }
    })
}
