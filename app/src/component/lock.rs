//! Settings for when this device locks, and the button that locks it now.

use crate::{client::IdleLimit, text::Lock};
use dioxus::prelude::*;
use ui::{part::Icon, text::Language};

/// Shows the section of *Mijn gegevens* about the lock.
#[component]
pub fn LockSettings(
    language: Language,
    chosen: IdleLimit,
    on_choose: EventHandler<IdleLimit>,
    on_lock: EventHandler<()>,
) -> Element {
    let text = Lock(language);
    let word = move |limit| match limit {
        IdleLimit::Quarter => text.quarter(),
        IdleLimit::Hour => text.hour(),
        IdleLimit::Day => text.day(),
    };
    rsx! {
        section { class: "section", aria_labelledby: "vergrendelen",
            div { class: "section__head", h2 { id: "vergrendelen", {text.section()} } }
            div { class: "card card--pad stack-s",
                p { class: "small muted", {text.explained()} }
                fieldset { class: "field",
                    legend { class: "label", {text.after()} }
                    div { class: "seg",
                        for limit in IdleLimit::ALL {
                            label { key: "{limit:?}",
                                input {
                                    r#type: "radio",
                                    name: "vergrendelen",
                                    checked: limit == chosen,
                                    onchange: move |_| on_choose.call(limit),
                                }
                                span { {word(limit)} }
                            }
                        }
                    }
                }
                button {
                    class: "btn btn--block",
                    r#type: "button",
                    onclick: move |_| on_lock.call(()),
                    Icon { name: "lock" }
                    " "
                    {text.now()}
                }
            }
        }
    }
}
