//! Dialog in which a person writes a message to the advisor.

use crate::{
    client::Client,
    component::{field::FieldError, sheet::Sheet},
    text::Home,
};
use dioxus::prelude::*;
use model::record::MAX_TEXT;
use ui::{part::Icon, text::Language};

/// Name under which the message is autosaved.
const DRAFT: &str = "bericht";

/// Shows the dialog in which a message is written.
#[component]
pub fn MessageSheet(
    language: Language,
    advisor: String,
    on_send: EventHandler<String>,
    on_close: EventHandler<()>,
) -> Element {
    let text = Home(language);
    let client = try_consume_context::<Client>();
    let autosaved = client.as_ref().map(|c| c.draft(DRAFT)).unwrap_or_default();
    let mut body = use_signal(|| autosaved);
    let autosave = use_callback(move |text: String| {
        if let Some(client) = &client {
            client.autosave(DRAFT, &text);
        }
    });
    let mut wrong = use_signal(|| None::<String>);
    let send = move |_| {
        let written = body.peek().trim().to_owned();
        let over = written.chars().count().saturating_sub(MAX_TEXT);
        match (written.is_empty(), over) {
            (true, _) => wrong.set(Some(text.message_empty().to_owned())),
            (_, 0) => {
                autosave(String::new());
                on_send.call(written);
            }
            (_, over) => wrong.set(Some(text.message_long(over))),
        }
    };
    let invalid = wrong.read().is_some();
    rsx! {
        Sheet { id: "bericht", labelled_by: "bericht-titel", on_close,
            div { class: "stack-s",
                h2 { id: "bericht-titel", {text.message_title(&advisor)} }
                p { class: "muted", {text.message_lead(&advisor)} }
            }
            div { class: "field",
                label { r#for: "bericht-tekst", {text.message_label()} }
                textarea {
                    class: "textarea",
                    id: "bericht-tekst",
                    rows: "4",
                    aria_invalid: if invalid { "true" },
                    aria_describedby: if invalid { "bericht-tekst-fout" },
                    value: "{body}",
                    oninput: move |event| {
                        body.set(event.value());
                        autosave(event.value());
                        wrong.set(None);
                    },
                }
                if let Some(message) = wrong.read().clone() {
                    FieldError { id: "bericht-tekst", message }
                }
            }
            button { class: "btn btn--primary btn--block", r#type: "button", onclick: send,
                Icon { name: "send" }
                " "
                {text.message_send()}
            }
        }
    }
}
