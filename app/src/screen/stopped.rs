//! Screens shown when the app cannot go on here: another tab took over, or the device's store cannot be opened.

use crate::{component::frame::Notice, platform::window, text::Frame};
use dioxus::prelude::*;
use ui::{part::Tone, text::Language};

/// Shows that another tab uses the device's store now.
#[component]
pub fn ElsewhereOpen(language: Language) -> Element {
    let text = Frame(language);
    page(text.elsewhere_title(), (Tone::Info, "info"), text.elsewhere_body(), text.use_here())
}

/// Shows that the device's store cannot be opened.
#[component]
pub fn NoStore(language: Language) -> Element {
    let text = Frame(language);
    page(text.no_store_title(), (Tone::Bad, "triangle-alert"), text.no_store_body(), text.again())
}

/// Shows the reason, and a button that starts the app again.
fn page(title: &'static str, (tone, icon): (Tone, &'static str), why: &'static str, again: &'static str) -> Element {
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                h1 { {title} }
                Notice { tone, icon, p { {why} } }
                button { class: "btn btn--primary btn--block", r#type: "button", onclick: |_| window::reload(), {again} }
            }
        }
    }
}
