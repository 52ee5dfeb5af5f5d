//! What is said beside the form of a PDF that was read: what is odd about it, what was set out before, and the PDF.

use crate::{
    approval::{paper::Proposed, text::Reading as Text},
    part::{address, frame::Frame, reading, year::view::ClientYear},
};
use dioxus::prelude::*;
use model::{language::Language, tax_return::Period};
use ui::part::Icon;

/// Renders the form with which PDFs are read.
pub fn drop_form(href: &str, language: Language) -> Element {
    let t = Text(language);
    rsx! {
        form { class: "card card--pad stack-s", method: "post", action: "{href}/akkoord/lezen", enctype: "multipart/form-data", "data-send-at-once": "",
            div { class: "field",
                label { r#for: "lezen",
                    {t.drop()}
                    " "
                    span { class: "hint", {t.drop_hint()} }
                }
                input { class: "input", id: "lezen", name: "file", r#type: "file", accept: "application/pdf,.pdf", multiple: true, required: true }
            }
            div { class: "cluster",
                button { class: "btn", r#type: "submit",
                    Icon { name: "eye" }
                    " "
                    {t.read()}
                }
            }
        }
    }
}

/// Renders what is said above the form.
pub fn notices(frame: &Frame, at: &ClientYear<'_>, proposed: &Proposed) -> Element {
    let language = frame.language();
    let t = Text(language);
    let proposal = &proposed.proposal;
    let year = proposal.period.map(Period::tax_year).filter(|year| *year != at.tax_year);
    let is_clear = proposal.kind.is_some() && proposal.period.is_some() && !proposal.taxpayers.is_empty();
    rsx! {
        if is_clear {
            p { class: "small muted", {t.proposed()} }
        } else {
            {notice("notice", "info", t.not_clear())}
        }
        if !proposed.rest.is_empty() {
            p { class: "small muted", {t.after_this(proposed.rest.len())} }
        }
        for word in &proposal.malformed {
            {notice("notice notice--wait", "triangle-alert", &t.malformed(word))}
        }
        if let Some(year) = year {
            {notice("notice notice--wait", "triangle-alert", &t.year_not_open(year.0))}
        }
        if let Some(before) = &proposed.before {
            div { class: if before.is_same { "notice notice--wait" } else { "notice" },
                Icon { name: "history" }
                div { class: "stack-s",
                    p {
                        if before.is_same {
                            {t.is_there(&before.title)}
                        } else {
                            {t.filled_from(&before.title)}
                        }
                    }
                    if !before.results.is_empty() {
                        p { class: "small num",
                            {t.result_was()}
                            " "
                            {before.results.iter().map(|amount| ui::format::outcome(*amount, language)).collect::<Vec<_>>().join(", ")}
                        }
                    }
                }
            }
        }
    }
}

fn notice(class: &'static str, icon: &'static str, sentence: &str) -> Element {
    rsx! {
        div { class, role: "status",
            Icon { name: icon }
            p { "{sentence}" }
        }
    }
}

/// Renders the PDF beside the form.
pub fn paper(at: &ClientYear<'_>, proposed: &Proposed, language: Language) -> Element {
    reading::frame(language, &address::file(at.client.id, &proposed.paper.hash), &proposed.paper.name)
}
