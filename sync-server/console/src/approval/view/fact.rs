//! A fact in the list of facts about an approval.

use dioxus::prelude::*;

/// Renders a fact: its name and its value.
pub fn fact(name: &str, value: Element) -> Element {
    rsx! {
        div {
            dt { "{name}" }
            dd { {value} }
        }
    }
}

/// Renders a value that is a text.
pub fn words(text: &str) -> Element {
    rsx! { "{text}" }
}
