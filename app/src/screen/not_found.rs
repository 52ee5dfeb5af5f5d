//! Screen for a page that does not exist, or a task that no longer does.

use crate::{
    address::Address,
    component::frame::{ScreenLink, use_page_name},
    hooks::use_client,
    text::Frame,
};
use dioxus::prelude::*;
use ui::text::Language;

/// Shows the screen for addresses that lead nowhere.
#[component]
pub fn NotFound(path: Vec<String>) -> Element {
    // The wrong address would not help the person, so it is not shown.
    drop(path);
    rsx! {
        NotFoundPage { language: use_client().language() }
    }
}

/// Says that there is no such page, and links to the overview.
#[component]
pub fn NotFoundPage(language: Language) -> Element {
    let text = Frame(language);
    use_page_name(text.not_found_title().to_owned(), String::new(), language);
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                div { class: "stack-s",
                    h1 { {text.not_found_title()} }
                    p { class: "lead", {text.not_found_body()} }
                }
                ScreenLink { to: Address::overview(), class: "btn btn--primary btn--block", {text.to_overview()} }
            }
        }
    }
}
