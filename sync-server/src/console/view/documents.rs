//! Documents of the client.

use super::answers::{Sheet, file_href};
use crate::console::text::Dossier;
use dioxus::prelude::*;
use model::dossier::GivenAttachment;
use ui::part::{Icon, Status, Tone};

/// The documents, newest first.
pub fn documents(sheet: &Sheet<'_>) -> Element {
    let t = Dossier(sheet.moments.language);
    let documents = &sheet.year.attachments;
    let count = documents.iter().filter(|d| d.withdrawal.is_none()).count();
    rsx! {
        section { class: "section", aria_labelledby: "documenten",
            div { class: "section__head",
                h2 { id: "documenten",
                    {t.documents()}
                    " "
                    span { class: "count", "{count}" }
                }
            }
            if documents.is_empty() {
                p { class: "muted", {t.no_documents()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for document in documents {
                            {line(sheet, document)}
                        }
                    }
                }
            }
        }
    }
}

fn line(sheet: &Sheet<'_>, document: &GivenAttachment) -> Element {
    let language = sheet.moments.language;
    let t = Dossier(language);
    let attachment = &document.attachment;
    let size = ui::format::file_size(attachment.size, language);
    let sender = sheet.year.given_name(attachment.by);
    let at = sheet.moments.short(attachment.at);
    let hash = attachment.hash.to_string();
    let short_hash: String = hash.chars().take(12).collect();
    let icon = if attachment.media_type.starts_with("image/") { "camera" } else { "file-text" };
    rsx! {
        li {
            Icon { name: icon }
            " "
            span { class: "grow",
                if document.receipt.is_some() && document.withdrawal.is_none() {
                    a { href: file_href(sheet.client, document), target: "_blank", rel: "noopener", aria_label: t.open_document(&attachment.name), "{attachment.name}" }
                } else {
                    "{attachment.name}"
                }
                br {}
                span { class: "tiny muted", "{size}, {sender}, {at}, " {t.fingerprint()} " " }
                span { class: "tiny muted code", title: "BLAKE3 {hash}", "{short_hash}" }
            }
            if document.withdrawal.is_some() {
                Status { tone: Tone::Plain, icon: "undo-2", {t.taken_back()} }
            } else if let Some(receipt) = &document.receipt {
                Status { tone: Tone::Ok, icon: "check", {t.received(&sheet.moments.short(receipt.at))} }
            } else {
                Status { tone: Tone::Wait, icon: "hourglass", {t.on_the_way()} }
            }
        }
    }
}
