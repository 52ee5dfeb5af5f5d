//! Choice between dossiers, for a login that belongs to several clients or firms.

use crate::{client::Client, component::sheet::Sheet, text::Switch, view::Workspace};
use dioxus::prelude::*;
use ui::part::{Icon, Status, Tone};

/// Shows the button in the top bar, or nothing if there is only one dossier.
#[component]
pub fn Switcher(workspace: Workspace) -> Element {
    let mut is_open = use_signal(|| false);
    if workspace.dossiers.is_empty() {
        return VNode::empty();
    }
    let text = Switch(workspace.language);
    let elsewhere: usize = workspace.dossiers.iter().filter(|d| !d.current).map(|d| d.open).sum();
    rsx! {
        button {
            class: "btn btn--quiet btn--s btn--icon",
            r#type: "button",
            aria_haspopup: "dialog",
            onclick: move |_| is_open.set(true),
            Icon { name: "chevron-down" }
            span { class: "sr",
                {text.choose()}
                if elsewhere > 0 {
                    ", "
                    {text.elsewhere(elsewhere)}
                }
            }
            if elsewhere > 0 {
                span { class: "count", aria_hidden: "true", "{elsewhere}" }
            }
        }
        if is_open() {
            Choose { workspace, on_close: move |()| is_open.set(false) }
        }
    }
}

#[component]
fn Choose(workspace: Workspace, on_close: EventHandler<()>) -> Element {
    let text = Switch(workspace.language);
    let client = try_consume_context::<Client>();
    rsx! {
        Sheet { id: "dossiers", labelled_by: "dossiers-titel", on_close,
            h2 { id: "dossiers-titel", {text.choose()} }
            div { class: "card",
                ul { class: "items",
                    for dossier in workspace.dossiers {
                        li { key: "{dossier.client}",
                            button {
                                class: "item item--button",
                                r#type: "button",
                                aria_current: if dossier.current { "true" },
                                onclick: {
                                    let client = client.clone();
                                    move |_| {
                                        if let Some(client) = &client {
                                            client.choose(dossier.client);
                                        }
                                        on_close.call(());
                                    }
                                },
                                span { class: "item__icon item__icon--plain", Icon { name: "archive" } }
                                span { class: "item__body",
                                    span { class: "item__title", "{dossier.firm}" }
                                    span { class: "item__sub", "{dossier.people}" }
                                    span { class: "item__sub",
                                        {if dossier.open > 0 { text.open(dossier.open) } else { text.nothing().to_owned() }}
                                    }
                                }
                                if dossier.current {
                                    Status { tone: Tone::Ok, icon: "check", {text.current()} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
