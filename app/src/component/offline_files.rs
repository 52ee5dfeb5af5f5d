//! Files that are cached offline on this device, and the choice which stay.

use crate::{client::files_of, text::OfflineFiles as Text, view::View};
use dioxus::prelude::*;
use model::hash::ContentHash;
use std::{collections::BTreeSet, rc::Rc};
use ui::{format, part::Icon, text::Language};

/// A choice about files that are cached offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Caches a file on this device, or removes it.
    File(ContentHash, bool),
    /// Caches all files of a year, or stops doing so.
    Year(bool),
}

/// The files that are on this device, or `None` until the device has been read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Here(pub Option<Rc<BTreeSet<ContentHash>>>);

impl Here {
    /// Returns true if a file is here, or `None` if that is not known yet.
    pub fn has(&self, hash: &ContentHash) -> Option<bool> {
        self.0.as_ref().map(|here| here.contains(hash))
    }
}

/// Shows in words whether a file is on this device.
#[component]
pub fn Whereabouts(language: Language, here: Here, hash: ContentHash, size: u64) -> Element {
    let text = Text(language);
    let size = format::file_size(size, language);
    rsx! {
        span { class: "item__sub",
            match here.has(&hash) {
                Some(true) => rsx! {
                    Icon { name: "smartphone" }
                    " "
                    {text.here(&size)}
                },
                Some(false) => rsx! { {text.not_here(&size)} },
                None => rsx! { "{size}" },
            }
        }
    }
}

/// Shows the button that caches a file on this device, or removes it.
#[component]
pub fn OfflineFileButton(
    language: Language,
    here: Here,
    hash: ContentHash,
    name: String,
    on_choice: EventHandler<Choice>,
) -> Element {
    let text = Text(language);
    let (icon, label, keep) = match here.has(&hash) {
        Some(true) => ("x", text.remove(&name), false),
        Some(false) => ("download", text.keep(&name), true),
        None => return VNode::empty(),
    };
    rsx! {
        button {
            class: "btn btn--quiet btn--s btn--icon",
            r#type: "button",
            aria_label: label,
            onclick: move |_| on_choice.call(Choice::File(hash, keep)),
            Icon { name: icon }
        }
    }
}

/// Shows how much of a year is on this device, and the choice to cache all of it.
#[component]
pub fn OfflineYear(
    view: View,
    here: Here,
    offline: bool,
    room: Option<(u64, u64)>,
    on_choice: EventHandler<Choice>,
) -> Element {
    let (language, year) = (view.language(), view.tax_year());
    let text = Text(language);
    let files = files_of(&view.year);
    let Some(known) = here.0.filter(|_| !files.is_empty()) else { return VNode::empty() };
    let there = files.keys().filter(|hash| known.contains(hash)).count();
    let size: u64 = files.values().sum();
    let wants = format::file_size(size, language);
    rsx! {
        section { class: "section", aria_labelledby: "bewaard",
            div { class: "section__head", h2 { id: "bewaard", {text.title()} } }
            div { class: "card card--pad stack-s",
                p { role: "status", {text.count(there, files.len())} }
                label { class: "tick",
                    input {
                        class: "check",
                        r#type: "checkbox",
                        checked: offline,
                        onchange: move |event| on_choice.call(Choice::Year(event.checked())),
                    }
                    " "
                    {text.offline_year(&year, &wants)}
                }
                if let Some((used, quota)) = room {
                    p { class: "small muted",
                        {text.room(&format::file_size(used, language), &format::file_size(quota, language))}
                    }
                    if size > quota.saturating_sub(used) {
                        p { class: "small", {text.no_room()} }
                    }
                }
            }
        }
    }
}
