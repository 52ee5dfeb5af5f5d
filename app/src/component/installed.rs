//! The offer to install the app, and the storage space that it uses on the device.

use crate::{
    platform::{InstallOffer, Room},
    text,
};
use dioxus::prelude::*;
use ui::{format, part::Icon, text::Language};

/// Shows the offer, for somebody who has seen the app's use.
#[component]
pub fn InstallCard(
    language: Language,
    offer: InstallOffer,
    on_install: EventHandler<()>,
    on_later: EventHandler<()>,
) -> Element {
    let text = text::Install(language);
    rsx! {
        section { class: "card card--pad stack-s", aria_labelledby: "installeren",
            h2 { id: "installeren", {text.title()} }
            p { class: "muted", {text.why()} }
            if offer == InstallOffer::Explain {
                p { {text.apple()} }
            }
            div { class: "cluster",
                if offer == InstallOffer::Ask {
                    button { class: "btn", r#type: "button", onclick: move |_| on_install.call(()),
                        Icon { name: "smartphone" }
                        " "
                        {text.install()}
                    }
                }
                button { class: "btn btn--quiet", r#type: "button", onclick: move |_| on_later.call(()), {text.later()} }
            }
        }
    }
}

/// Shows the section of *Mijn gegevens* about storage space.
#[component]
pub fn RoomOnDevice(language: Language, room: Room, on_keep: EventHandler<()>) -> Element {
    let text = text::Room(language);
    rsx! {
        section { class: "section", aria_labelledby: "ruimte",
            div { class: "section__head", h2 { id: "ruimte", {text.title()} } }
            div { class: "card card--pad stack-s",
                p { {text.used(&size(room.used, language), &size(room.quota, language))} }
                p { class: "small muted", {if room.is_persistent { text.persistent() } else { text.not_persistent() }} }
                if !room.is_persistent {
                    button { class: "btn btn--block", r#type: "button", onclick: move |_| on_keep.call(()), {text.keep()} }
                }
            }
        }
    }
}

fn size(bytes: f64, language: Language) -> String {
    // The number is far below 2^53 and never negative.
    format::file_size(bytes as u64, language)
}
