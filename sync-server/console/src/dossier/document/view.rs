//! The list of the client's documents, and a preview of the one that is open.

use super::text::Documents;
use crate::{
    dossier::text::Dossier,
    part::{address, field::Field, form::Form, reading, year::view::YearView},
};
use dioxus::prelude::*;
use documents::dossier::{DocumentState, GivenAttachment};
use ui::part::{Icon, Status, Tone};

/// The parameters of the address: which documents are listed and which one is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct DocumentsQuery {
    /// The id of the open document.
    pub stuk: Option<String>,
    /// The filter: `te-bekijken`, `ingeboekt` or `teruggestuurd`; if empty, all are listed.
    pub stukken: String,
    /// True if a browser may show the open document. It is no parameter: the page looks it up.
    #[serde(skip)]
    pub is_viewable: bool,
}

/// Renders the documents, newest first, and the one that is open.
pub fn documents(
    year_view: &YearView<'_>,
    base: &str,
    may_change: bool,
    shown: &DocumentsQuery,
    intake: &Form,
) -> Element {
    let language = year_view.time_format.language;
    let (t, d) = (Dossier(language), Documents(language));
    let all = &year_view.year.attachments;
    let count = all.iter().filter(|d| d.withdrawal.is_none()).count();
    let filter = shown.stukken.as_str();
    let listed: Vec<_> = all.iter().filter(|a| is_listed(filter, year_view.year.document_state(a))).collect();
    let filters =
        [("", d.all()), ("te-bekijken", d.to_see()), ("ingeboekt", d.taken_in()), ("teruggestuurd", d.sent_back())];
    let is_open = |a: &&GivenAttachment| a.receipt.is_some() && shown.stuk.as_deref() == Some(&a.id.to_string());
    let open = all.iter().find(is_open);
    rsx! {
        section { class: "section", aria_labelledby: "documenten",
            div { class: "section__head",
                h2 { id: "documenten",
                    {t.documents()}
                    " "
                    span { class: "count", "{count}" }
                }
                a { class: "btn btn--s no-print", href: "{base}/documenten.zip", download: "",
                    Icon { name: "download" }
                    " "
                    {d.take_out()}
                    span { class: "sr", " " {d.take_out_what()} }
                }
            }
            if !all.is_empty() {
                nav { class: "seg", aria_label: d.filter(),
                    for (word , label) in filters {
                        a { href: "{base}?stukken={word}#documenten", aria_current: if word == filter { "true" }, {label} }
                    }
                }
            }
            if let Some(document) = open {
                {preview(year_view, base, may_change, document, intake, shown.is_viewable)}
            }
            if all.is_empty() {
                p { class: "muted", {t.no_documents()} }
            } else if listed.is_empty() {
                p { class: "muted", {d.none()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for document in listed {
                            {line(year_view, base, filter, document)}
                        }
                    }
                }
            }
        }
    }
}

fn is_listed(filter: &str, state: DocumentState) -> bool {
    match filter {
        "te-bekijken" => state == DocumentState::Received,
        "ingeboekt" => state == DocumentState::TakenIn,
        "teruggestuurd" => state == DocumentState::SentBack,
        _ => true,
    }
}

/// Returns the title of the request that a document was given for, if it was given for one.
fn purpose<'y>(year_view: &'y YearView<'_>, document: &GivenAttachment) -> Option<&'y str> {
    let task = year_view.year.task(document.attachment.task?)?;
    let number = document.attachment.item.unwrap_or(0);
    let items = year_view.year.items(task);
    items.iter().find(|i| i.key.item == number).map(|i| i.item.title.as_str())
}

fn line(year_view: &YearView<'_>, base: &str, filter: &str, document: &GivenAttachment) -> Element {
    let language = year_view.time_format.language;
    let (t, d) = (Dossier(language), Documents(language));
    let attachment = &document.attachment;
    let size = ui::format::file_size(attachment.size, language);
    let sender = year_view.year.given_name(attachment.by);
    let at = year_view.time_format.short(attachment.at);
    let hash = attachment.hash.to_string();
    let short_hash: String = hash.chars().take(12).collect();
    let icon = if attachment.media_type.starts_with("image/") { "camera" } else { "file-text" };
    let state = year_view.year.document_state(document);
    let asked = purpose(year_view, document).map(|item| d.belongs_to(item));
    // Only known words are written back into an address.
    let filter = if ["te-bekijken", "ingeboekt", "teruggestuurd"].contains(&filter) { filter } else { "" };
    rsx! {
        li {
            Icon { name: icon }
            " "
            span { class: "grow",
                if document.receipt.is_some() && document.withdrawal.is_none() {
                    a { href: "{base}?stuk={document.id}&stukken={filter}#documenten", aria_label: d.look_at(&attachment.name), "{attachment.name}" }
                } else {
                    "{attachment.name}"
                }
                if let Some(asked) = asked {
                    " "
                    span { class: "small muted", "{asked}" }
                }
                if let Some(said) = ui::document::said(attachment.kind, attachment.year, language) {
                    " "
                    span { class: "small muted", "{said}" }
                }
                br {}
                span { class: "tiny muted", "{size}, {sender}, {at}, " {t.fingerprint()} " " }
                span { class: "tiny muted code", title: "BLAKE3 {hash}", "{short_hash}" }
                if !attachment.note.is_empty() {
                    br {}
                    span { class: "small", "“{attachment.note}”" }
                }
                if let (DocumentState::SentBack, Some(intake)) = (state, &document.intake) {
                    br {}
                    span { class: "small", {d.said(&intake.remark)} }
                }
            }
            {badge(year_view, document, state)}
        }
    }
}

fn badge(year_view: &YearView<'_>, document: &GivenAttachment, state: DocumentState) -> Element {
    let language = year_view.time_format.language;
    let (t, d) = (Dossier(language), Documents(language));
    let received =
        document.receipt.as_ref().map(|r| t.received(&year_view.time_format.short(r.at))).unwrap_or_default();
    let (tone, icon, words) = match state {
        DocumentState::Withdrawn => (Tone::Plain, "undo-2", t.taken_back().to_owned()),
        DocumentState::Replaced => (Tone::Plain, "history", d.replaced().to_owned()),
        DocumentState::TakenIn => (Tone::Ok, "badge-check", d.taken_in().to_owned()),
        DocumentState::SentBack => (Tone::Wait, "undo-2", d.sent_back().to_owned()),
        DocumentState::Received => (Tone::Ok, "check", received),
        DocumentState::Given => (Tone::Wait, "hourglass", t.on_the_way().to_owned()),
    };
    rsx! {
        Status { tone, icon, "{words}" }
    }
}

/// Renders a document inside the page, with the forms of what an advisor can do with it.
fn preview(
    year_view: &YearView<'_>,
    base: &str,
    may_change: bool,
    document: &GivenAttachment,
    intake: &Form,
    is_viewable: bool,
) -> Element {
    let d = Documents(year_view.time_format.language);
    let (client, hash) = (year_view.client, &document.attachment.hash);
    let (href, original) = (address::shown_file(client, hash), address::file(client, hash));
    let name = &document.attachment.name;
    let label = d.preview(name);
    let media_type = document.receipt.as_ref().map_or("", |r| r.media_type.as_str());
    let state = year_view.year.document_state(document);
    let can_change = may_change && !matches!(state, DocumentState::Withdrawn | DocumentState::Replaced);
    let content = match media_type {
        "application/pdf" if is_viewable => rsx! {
            {reading::frame(year_view.time_format.language, &href, name)}
            p { class: "small muted", {d.copy_shown()} }
        },
        "image/jpeg" | "image/png" if is_viewable => rsx! {
            img { class: "preview preview--image", src: "{href}", alt: "{label}" }
        },
        _ => rsx! {
            p { class: "muted", {d.no_preview()} }
        },
    };
    rsx! {
        section { class: "card card--pad stack-s", aria_labelledby: "voorbeeld",
            div { class: "section__head",
                h3 { id: "voorbeeld", "{name}" }
                {badge(year_view, document, state)}
            }
            {content}
            if can_change {
                if state != DocumentState::TakenIn {
                    form { method: "post", action: "{base}/stukken/{document.id}",
                        button { class: "btn btn--primary", r#type: "submit", name: "outcome", value: "accept",
                            Icon { name: "check" }
                            " "
                            {d.take_in()}
                        }
                    }
                }
                form { class: "stack-s", method: "post", action: "{base}/stukken/{document.id}", novalidate: true,
                    {Field::text("stuk", "remark", d.remark()).hint(d.remark_hint()).show_lines(intake, 2)}
                    button { class: "btn", r#type: "submit", name: "outcome", value: "send_back",
                        Icon { name: "undo-2" }
                        " "
                        {d.send_back()}
                    }
                }
            }
            div { class: "cluster small",
                if is_viewable {
                    a { href: "{href}", target: "_blank", rel: "noopener", {d.open_apart()} }
                }
                a { href: "{original}", download: true, {d.original()} }
                a { href: "{base}#documenten", {d.close()} }
            }
        }
    }
}
