//! The form that asks for documents item by item, and the state of each item that was asked for.

use crate::{
    dossier::{document::text::Documents, text::Dossier},
    part::{
        field::{Field, whole},
        form::Form,
        frame::Frame,
        year::view::ClientYear,
    },
};
use dioxus::prelude::*;
use documents::dossier::{DocumentState, GivenTask, ItemState};
use model::record::Reply;
use ui::part::{Icon, Status, Tone};

/// The maximum number of documents in one request.
pub const MOST_ITEMS: usize = 30;
/// The number of rows of an empty form.
const ROWS: usize = 3;

/// Returns the number of rows that the form has.
pub fn rows(form: &Form) -> usize {
    let filled = (0..MOST_ITEMS).rev().find(|row| form.has_any(&[&format!("title_{row}"), &format!("example_{row}")]));
    let wanted = form.value("rows").parse::<usize>().unwrap_or(ROWS);
    wanted.max(filled.map_or(0, |row| row + 1)).clamp(ROWS, MOST_ITEMS)
}

/// Renders the form that asks for documents.
pub fn form(frame: &Frame, at: &ClientYear<'_>, form: &Form) -> Element {
    let (t, d) = (Dossier(frame.language()), Documents(frame.language()));
    let base = at.href();
    let rows = rows(form);
    rsx! {
        div { class: "stack-s",
            h3 { {t.request()} }
            form { class: "stack-s", id: "documenten-vragen", method: "post", action: "{base}/documenten", novalidate: true,
                {whole(form)}
                input { r#type: "hidden", name: "rows", value: "{rows}" }
                table {
                    thead {
                        tr { class: "small muted",
                            th { scope: "col", {d.item_title()} }
                            th { scope: "col", {d.item_year()} }
                            th { scope: "col", {d.item_example()} }
                        }
                    }
                    tbody {
                        for row in 0..rows {
                            tr {
                                {cell(form, format!("title_{row}"), &format!("{} {}", d.item_title(), row + 1), "24")}
                                {cell(form, format!("year_{row}"), &format!("{} {}", d.item_year(), row + 1), "5")}
                                {cell(form, format!("example_{row}"), &format!("{} {}", d.item_example(), row + 1), "24")}
                            }
                        }
                    }
                }
                p { class: "hint", {d.rows_hint()} }
                div { class: "two",
                    {Field::text("documenten", "due", t.due_field()).kind("date").hint(t.due_hint()).show(form)}
                }
                div { class: "cluster",
                    button { class: "btn", r#type: "submit",
                        Icon { name: "send" }
                        " "
                        {t.request_button()}
                    }
                    button { class: "btn btn--quiet", r#type: "submit", name: "more", value: "1",
                        Icon { name: "plus" }
                        " "
                        {d.more()}
                    }
                }
            }
        }
    }
}

fn cell(form: &Form, name: String, label: &str, width: &'static str) -> Element {
    let error = form.error(&name).map(str::to_owned);
    let value = form.value(&name).to_owned();
    rsx! {
        td {
            div { class: "cell",
                input { class: "input", name: "{name}", value: "{value}", size: width, aria_label: label, autocomplete: "off",
                    aria_invalid: if error.is_some() { "true" },
                    aria_describedby: if error.is_some() { "documenten-{name}-fout" },
                }
                if let Some(error) = &error {
                    p { class: "error", id: "documenten-{name}-fout", "{error}" }
                }
            }
        }
    }
}

/// Renders each item of a request with its state, and nothing for other tasks.
pub fn items(at: &ClientYear<'_>, task: &GivenTask, t: Dossier) -> Element {
    let d = Documents(t.0);
    let items = at.year.items(task);
    rsx! {
        if !items.is_empty() {
            ul { class: "stack-s small",
                for item in items {
                    {one(at, &item, d)}
                }
            }
        }
    }
}

fn one(at: &ClientYear<'_>, item: &ItemState<'_>, d: Documents) -> Element {
    let title = match item.item.year {
        Some(year) => format!("{}, {year}", item.item.title),
        None => item.item.title.clone(),
    };
    let (tone, icon, words) = words(at, item, d);
    rsx! {
        li {
            "{title} "
            // A reason can be long, so it is not shown as a label.
            if item.reply.is_some() {
                span { class: "muted",
                    Icon { name: icon }
                    " {words}"
                }
            } else {
                Status { tone, icon, "{words}" }
            }
        }
    }
}

fn words(at: &ClientYear<'_>, item: &ItemState<'_>, d: Documents) -> (Tone, &'static str, String) {
    if let Some(reply) = item.reply {
        let name = at.year.given_name(reply.by);
        let words = match &reply.reply {
            Reply::DontHave(reason) => d.dont_have(name, reason),
            Reply::NotApplicable | Reply::Open => d.not_applicable(name),
        };
        return (Tone::Info, "circle-question-mark", words);
    }
    let received = item.documents.iter().filter(|(_, s)| *s != DocumentState::Given).count();
    match item {
        item if item.is_sent_back() => (Tone::Wait, "undo-2", d.sent_back().to_owned()),
        item if item.documents.is_empty() => (Tone::Wait, "hourglass", d.item_open().to_owned()),
        item if item.is_settled() => (Tone::Ok, "check", d.taken_in().to_owned()),
        _ if received == 0 => (Tone::Wait, "hourglass", d.item_on_the_way().to_owned()),
        _ => (Tone::Info, "file-check", d.item_received(received)),
    }
}

/// Returns tone, icon and words for the state of the whole request.
pub fn state(at: &ClientYear<'_>, task: &GivenTask, t: Dossier) -> (Tone, &'static str, String) {
    let d = Documents(t.0);
    let items = at.year.items(task);
    let answered = items.iter().filter(|i| i.is_answered()).count();
    let to_come = |i: &ItemState<'_>| i.documents.iter().any(|(_, state)| *state == DocumentState::Given);
    match answered {
        _ if items.iter().all(ItemState::is_settled) => (Tone::Ok, "check", d.all_in().to_owned()),
        n if n == items.len() && items.iter().any(to_come) => (Tone::Wait, "hourglass", t.on_the_way().to_owned()),
        n if n == items.len() => (Tone::Info, "eye", d.your_turn().to_owned()),
        0 => (Tone::Wait, "hourglass", t.open().to_owned()),
        n => (Tone::Wait, "hourglass", d.answered_of(n, items.len())),
    }
}
