//! The button that asks for the passkey, and the bare page around it for somebody who has not logged in or unlocked
//! yet.

use crate::{
    component::{
        field::FieldError,
        frame::{FirmLogo, use_page_name},
    },
    platform::page,
};
use dioxus::prelude::*;
use ui::{part::Icon, text::Language};

/// Shows a button that asks for the passkey, or signs without one. While it is `busy` it says so and keeps the focus.
#[component]
pub fn PasskeyButton(
    label: &'static str,
    /// Label while it is busy. Without one the button keeps its label.
    #[props(default)]
    busy_label: Option<&'static str>,
    busy: bool,
    #[props(default = "btn btn--primary btn--block")] class: &'static str,
    #[props(default)] icon: Option<&'static str>,
    on_press: EventHandler<()>,
) -> Element {
    rsx! {
        button {
            class,
            r#type: "button",
            aria_disabled: if busy { "true" },
            onclick: move |_| on_press.call(()),
            if let Some(name) = icon {
                Icon { name }
                " "
            }
            {busy_label.filter(|_| busy).unwrap_or(label)}
        }
    }
}

/// Shows the page before anything of a person is shown: the firm's logo, one button, and what went wrong.
#[component]
pub fn Doorway(
    language: Language,
    title: &'static str,
    lead: &'static str,
    /// Identifier of the field at which a problem is reported.
    at: &'static str,
    problem: Option<String>,
    label: &'static str,
    busy_label: &'static str,
    busy: bool,
    on_press: EventHandler<()>,
    /// Content below the button.
    #[props(default = VNode::empty())]
    beside: Element,
    children: Element,
) -> Element {
    use_page_name(title.to_owned(), String::new(), language);
    // The logo is that of the firm last used here, because nobody has logged in or unlocked yet.
    let logo = use_hook(page::remembered_logo);
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                div { class: "welcome push",
                    FirmLogo { logo, class: "welcome__logo" }
                    h1 { {title} }
                    p { class: "lead", {lead} }
                }
                div { class: "stack-s",
                    if let Some(message) = problem {
                        FieldError { id: at, message }
                    }
                    PasskeyButton { label, busy_label, busy, icon: "fingerprint-pattern", on_press }
                    {beside}
                }
                {children}
            }
        }
    }
}
