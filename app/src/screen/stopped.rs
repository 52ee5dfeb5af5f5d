//! In place of any screen, when the app cannot go on here: another tab took
//! over, or the device has no room for it.

use crate::{component::frame::Notice, shell, text::Frame};
use dioxus::prelude::*;
use ui::{part::Tone, text::Language};

/// Another tab uses the device's store now.
#[component]
pub fn ElsewhereOpen(language: Language) -> Element {
    let text = Frame(language);
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                h1 { {text.elsewhere_title()} }
                Notice { tone: Tone::Info, icon: "info", p { {text.elsewhere_body()} } }
                button {
                    class: "btn btn--primary btn--block",
                    r#type: "button",
                    onclick: |_| shell::reload(),
                    {text.use_here()}
                }
            }
        }
    }
}

/// The device's store cannot be opened.
#[component]
pub fn NoStore(language: Language) -> Element {
    let text = Frame(language);
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                h1 { {text.no_store_title()} }
                Notice { tone: Tone::Bad, icon: "triangle-alert", p { {text.no_store_body()} } }
                button { class: "btn btn--primary btn--block", r#type: "button", onclick: |_| shell::reload(), {text.again()} }
            }
        }
    }
}
