//! The pages of an import of clients: the file, its columns, its rows, and its progress.

pub mod rows;

use super::{
    tally::Tally,
    text::{Columns, Importing},
};
use crate::part::{
    address,
    field::{Field as FormField, whole},
    form::Form,
    frame::{Frame, Menu},
};
use dioxus::prelude::*;
use dossiers::import::columns::Field;
use rows::{LineView, rows};
use storage::db::{Import, ImportState};
use ui::part::{Icon, Status, Tone};

/// The step that an import is at, with what the page shows of it.
pub enum ImportStep<'f> {
    Columns { samples: Vec<Vec<String>>, form: &'f Form },
    Check { all: bool, page: usize, pages: usize, lines: Vec<LineView> },
    Running,
    Done { clients: usize },
}

/// Renders the four steps; `at` counts from 1.
fn wizard(t: Importing, at: usize) -> Element {
    let steps = [t.step_file(), t.step_columns(), t.step_check(), t.step_invite()];
    rsx! {
        ol { class: "wizard", aria_label: t.steps(),
            for (n , step) in steps.into_iter().enumerate().map(|(n, step)| (n + 1, step)) {
                li { class: if n < at { "is-done" }, aria_current: if n == at { "step" },
                    b {
                        if n < at {
                            Icon { name: "check" }
                        } else {
                            "{n}"
                        }
                    }
                    " "
                    {step}
                }
            }
        }
    }
}

/// Renders the first step, in which a file is chosen.
pub fn file(frame: &Frame, earlier: &[(usize, Import)], refused: Option<&str>) -> String {
    let t = Importing(frame.language());
    let mut form = Form::default();
    if let Some(refused) = refused {
        form.refuse("file", refused);
    }
    frame.page(
        Menu::Import,
        t.title(),
        rsx! {
            div { class: "head",
                div {
                    h1 { {t.title()} }
                    p { class: "muted", {t.lead()} }
                }
                a { class: "btn", href: "/kantoor/importeren/voorbeeld.csv", download: "",
                    Icon { name: "download" }
                    " "
                    {t.sample()}
                }
                a { class: "btn", href: "/kantoor/importeren/klanten.csv", download: "",
                    Icon { name: "download" }
                    " "
                    {t.current()}
                }
            }
            {wizard(t, 1)}
            div { class: "group",
                form { class: "card card--pad stack", method: "post", action: "/kantoor/importeren", enctype: "multipart/form-data", novalidate: true,
                    {FormField::text("import", "file", t.file()).hint(t.file_hint()).show_file(&form, ".csv,.txt,text/csv")}
                    div {
                        button { class: "btn btn--primary", r#type: "submit",
                            Icon { name: "upload" }
                            " "
                            {t.upload()}
                        }
                    }
                }
            }
            if !earlier.is_empty() {
                section { class: "group", aria_labelledby: "eerder",
                    div { class: "section__head", h2 { id: "eerder", {t.earlier()} } }
                    div { class: "card",
                        ul { class: "lines",
                            for (rows , import) in earlier {
                                li {
                                    Icon { name: "file-text" }
                                    " "
                                    a { class: "grow hit", href: address::import(import.id), b { "{import.file_name}" } }
                                    span { class: "small muted", {t.rows(*rows)} }
                                    span { class: "small muted nowrap", {frame.time_format.short(import.created_at)} }
                                    span { class: "small nowrap", {state_name(t, import.state)} }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn state_name(t: Importing, state: ImportState) -> &'static str {
    match state {
        ImportState::Columns | ImportState::Check => t.waiting_state(),
        ImportState::Running => t.running_state(),
        ImportState::Done => t.done_state(),
    }
}

/// Renders any later step.
pub fn page(frame: &Frame, import: &Import, tally: &Tally, stage: ImportStep<'_>) -> String {
    let t = Importing(frame.language());
    let here = address::import(import.id);
    let (at, title) = match stage {
        ImportStep::Columns { .. } => (2, t.title()),
        ImportStep::Check { .. } => (3, t.title()),
        ImportStep::Running => (3, t.running_title()),
        ImportStep::Done { .. } => (4, t.done_title()),
    };
    let checking = matches!(stage, ImportStep::Check { .. });
    let about = format!("{}, {}", import.file_name, t.rows(tally.all));
    let content = match stage {
        ImportStep::Columns { samples, form } => columns(frame, import, &samples, form),
        ImportStep::Check { all, page, pages, lines } => rsx! {
            {tallies(t, tally)}
            {rows(frame, import, tally, all, (page, pages), &lines)}
        },
        ImportStep::Running => running(t, &here, tally),
        ImportStep::Done { clients } => done(t, &here, tally, clients),
    };
    frame.page(
        Menu::Import,
        title,
        rsx! {
            div { class: "head",
                div {
                    h1 { {title} }
                    p { class: "muted", "{about}" }
                }
                if at != 3 || checking {
                    a { class: "btn", href: "/kantoor/importeren", {t.other_file()} }
                }
                if checking {
                    form { method: "post", action: "{here}/weg",
                        button { class: "btn btn--quiet", r#type: "submit", {t.discard()} }
                    }
                    if tally.taken() > 0 {
                        form { method: "post", action: "{here}/start",
                            button { class: "btn btn--primary", r#type: "submit",
                                {t.start(tally.taken())}
                                " "
                                Icon { name: "arrow-right" }
                            }
                        }
                    }
                }
            }
            {wizard(t, at)}
            div { id: "controle", {content} }
        },
    )
}

fn columns(frame: &Frame, import: &Import, samples: &[Vec<String>], form: &Form) -> Element {
    let language = frame.language();
    let t = Importing(language);
    let options: Vec<_> = Field::all().map(|field| (field.word(), Columns(language).field(field))).collect();
    let columns: Vec<_> = import
        .headings
        .iter()
        .enumerate()
        .map(|(n, heading)| {
            let heading = if heading.is_empty() { t.nameless(n + 1) } else { heading.clone() };
            let shown: Vec<_> =
                samples.iter().filter_map(|row| row.get(n)).filter(|c| !c.is_empty()).cloned().collect();
            let chosen = import.columns.get(n).cloned().flatten().unwrap_or_default();
            (n, heading, shown.join(" · "), chosen)
        })
        .collect();
    rsx! {
        form { method: "post", action: "{address::import(import.id)}/kolommen",
            div { class: "group stack",
                {whole(form)}
                h2 { {t.columns_title()} }
                p { class: "muted", {t.columns_lead()} }
            }
            table { class: "table",
                caption { class: "sr", {t.columns_title()} }
                thead {
                    tr {
                        th { scope: "col", {t.heading()} }
                        th { scope: "col", {t.meaning()} }
                        th { scope: "col", {t.samples()} }
                    }
                }
                tbody {
                    for (n , heading , shown , chosen) in columns {
                        tr {
                            th { scope: "row", "{heading}" }
                            td {
                                span { class: "selectbox",
                                    select { class: "select", name: "column_{n}", aria_label: t.column_of(&heading),
                                        option { value: "", {t.nothing()} }
                                        for (word , name) in &options {
                                            option { value: "{word}", selected: *word == chosen, "{name}" }
                                        }
                                    }
                                    Icon { name: "chevron-down" }
                                }
                            }
                            td { class: "muted", "{shown}" }
                        }
                    }
                }
            }
            div { class: "toolbar",
                button { class: "btn btn--primary", r#type: "submit",
                    {t.check()}
                    " "
                    Icon { name: "arrow-right" }
                }
            }
        }
    }
}

fn tallies(t: Importing, tally: &Tally) -> Element {
    rsx! {
        div { class: "tally",
            div { class: "card",
                Status { tone: Tone::Ok, icon: "check", {t.good()} }
                b { class: "num", "{tally.new}" }
                span { class: "small muted", {t.good_sub()} }
            }
            div { class: "card",
                Status { tone: Tone::Wait, icon: "circle-alert", {t.look()} }
                b { class: "num", "{tally.look}" }
                span { class: "small muted", {t.look_sub(tally.look_taken)} }
            }
            div { class: "card",
                Status { tone: Tone::Bad, icon: "triangle-alert", {t.repair()} }
                b { class: "num", "{tally.wrong}" }
                span { class: "small muted", {t.repair_sub()} }
            }
            div { class: "notice",
                Icon { name: "info" }
                strong { {t.no_mail()} }
                p { class: "muted", {t.no_mail_sub()} }
            }
        }
        if tally.same > 0 {
            p { class: "group small muted", {t.unchanged(tally.same)} }
        }
        if tally.taken() == 0 {
            p { class: "group small muted", {t.nothing_to_do()} }
        }
    }
}

fn running(t: Importing, here: &str, tally: &Tally) -> Element {
    let words = t.progress(tally.done, tally.all);
    rsx! {
        div { class: "group stack", id: "voortgang", "data-poll": "",
            p { {t.running_lead()} }
            progress { class: "bar", value: "{tally.done}", max: "{tally.all}", aria_label: "{words}" }
            p { role: "status", "{words}" }
            p { a { class: "btn", href: "{here}", Icon { name: "rotate-cw" } " " {t.refresh()} } }
        }
    }
}

fn done(t: Importing, here: &str, tally: &Tally, clients: usize) -> Element {
    let left_out = tally.all - tally.same.min(tally.all) - clients.min(tally.all - tally.same.min(tally.all));
    rsx! {
        div { class: "tally",
            div { class: "card",
                Status { tone: Tone::Ok, icon: "check", {t.added()} }
                b { class: "num", "{clients}" }
                span { class: "small muted", {t.done_lead(clients)} }
            }
            div { class: "card",
                Status { tone: Tone::Plain, icon: "check", {t.same()} }
                b { class: "num", "{tally.same}" }
                span { class: "small muted" }
            }
            div { class: "card",
                Status { tone: if left_out > 0 { Tone::Wait } else { Tone::Plain }, icon: "circle-alert", {t.left_out()} }
                b { class: "num", "{left_out}" }
                span { class: "small muted" }
            }
        }
        if left_out > 0 {
            div { class: "group stack",
                p { {t.left_out_lead()} }
                p {
                    a { class: "btn", href: "{here}/regels.csv", download: "",
                        Icon { name: "download" }
                        " "
                        {t.as_csv(left_out)}
                    }
                }
            }
        }
        div { class: "group cluster",
            if clients > 0 {
                form { method: "post", action: "{here}/uitnodigen",
                    button { class: "btn btn--primary", r#type: "submit",
                        Icon { name: "send" }
                        " "
                        {t.invite(clients)}
                    }
                }
                p { class: "small muted", {t.invite_lead()} }
            }
            a { class: "btn", href: "/kantoor/klanten",
                {t.to_clients()}
                " "
                Icon { name: "arrow-right" }
            }
        }
    }
}
