//! What the firm took back: that it did, when and why. Nothing of the contents is left on the device.

use crate::{text::Recall as Text, view::View};
use dioxus::prelude::*;
use documents::dossier::Recalled;
use model::record::{Recall, RecallTarget};
use ui::part::Icon;

/// Returns the sentence that says who took something back, when and why.
pub fn sentence(view: &View, recall: &Recall) -> String {
    Text(view.language()).by(&recall.by, &view.moment(recall.at), &recall.reason)
}

fn name(view: &View, recalled: &Recalled) -> String {
    let text = Text(view.language());
    let kind = match recalled.target {
        RecallTarget::Revision(_) => text.tax_return(),
        RecallTarget::Delivery(_) => text.delivery(),
        RecallTarget::Message(_) => text.message(),
        RecallTarget::Checklist(_) => text.checklist(),
        RecallTarget::Request(_) => text.request(),
    };
    recalled.title.as_ref().map_or_else(|| kind.to_owned(), |title| title.get(view.language()).to_owned())
}

/// Shows the newest things that were taken back, at most `most` of each year.
#[component]
pub fn RecalledList(views: Vec<View>, #[props(default = usize::MAX)] most: usize) -> Element {
    let lines: Vec<_> = views
        .iter()
        .flat_map(|view| view.year.recalled.iter().take(most).map(move |one| (view, one)))
        .map(|(view, one)| (one.target, name(view, one), sentence(view, &one.recall)))
        .collect();
    let Some(first) = views.first().filter(|_| !lines.is_empty()) else { return VNode::empty() };
    let text = Text(first.language());
    rsx! {
        section { class: "section", aria_labelledby: "teruggehaald",
            div { class: "section__head", h2 { id: "teruggehaald", {text.title()} } }
            div { class: "card",
                ul { class: "items",
                    for (target , name , sentence) in lines {
                        li { key: "{target}", class: "item",
                            span { class: "item__icon item__icon--plain", Icon { name: "undo-2" } }
                            span { class: "item__body",
                                span { class: "item__title", "{name}" }
                                span { class: "item__sub", "{sentence}" }
                                span { class: "item__sub", {text.gone()} }
                            }
                        }
                    }
                }
            }
        }
    }
}
