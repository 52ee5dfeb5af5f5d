//! The rows of a file that is to be imported: each cell says what is wrong with it, and shows the
//! old and the new value where the import would change one.

use crate::{
    import::{
        tally::Tally,
        text::{Columns, Faults, Importing},
    },
    part::{address, frame::Frame, pager::Pager, tax_numbers::text::NumberWords},
};
use dioxus::prelude::*;
use dossiers::import::{
    change::Change,
    columns::{Detail, Field},
    row::{CellMistake, Problem},
};
use model::{language::Language, tax_number::mask};
use std::collections::BTreeMap;
use storage::db::{Import, ImportVerdict};
use ui::part::{Icon, Status, Tone};

/// A row as the table shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct LineView {
    pub line: u32,
    pub name: String,
    pub partner: Option<String>,
    pub cells: BTreeMap<Field, String>,
    pub problems: Vec<Problem>,
    pub changes: Vec<Change>,
    pub verdict: ImportVerdict,
    pub taken: bool,
}

/// The fields that have a column of their own; all others are shown in the column *besides*.
const SHOWN: [Field; 3] = [Field::Number, Field::Of(0, Detail::Email), Field::Of(0, Detail::Bsn)];

/// Returns the address of a page of rows.
pub fn rows_href(import: &Import, all: bool, page: &str) -> String {
    format!("{}?{}", address::import(import.id), rows_query(all, page))
}

fn rows_query(all: bool, page: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("toon", if all { "alles" } else { "aandacht" }).append_pair("pagina", page);
    query.finish()
}

/// Renders the rows of one page inside a form.
pub fn rows(
    frame: &Frame,
    import: &Import,
    tally: &Tally,
    all: bool,
    (page, pages): (usize, usize),
    lines: &[LineView],
) -> Element {
    let language = frame.language();
    let t = Importing(language);
    let here = address::import(import.id);
    let action = format!("{here}/regels?{}", rows_query(all, &page.to_string()));
    let to = |page: usize| rows_href(import, all, &page.to_string());
    let p = Pager(language);
    rsx! {
        div { class: "toolbar",
            nav { class: "seg", aria_label: t.show(),
                a { href: rows_href(import, false, "1"), aria_current: if !all { "true" }, {t.only_attention(tally.attention())} }
                a { href: rows_href(import, true, "1"), aria_current: if all { "true" }, {t.everything(tally.all)} }
            }
            if tally.attention() > 0 {
                a { class: "btn btn--quiet push-r", href: "{here}/regels.csv", download: "",
                    Icon { name: "download" }
                    " "
                    {t.as_csv(tally.attention())}
                }
            }
        }
        if lines.is_empty() {
            p { class: "group muted", {t.none_shown()} }
        } else {
            form { method: "post", action: "{action}", novalidate: true, "data-recheck": "controle",
                {table(language, lines)}
                div { class: "toolbar",
                    button { class: "btn", r#type: "submit", {t.recheck()} }
                    if page > 1 {
                        a { class: "btn btn--quiet", href: to(page - 1), Icon { name: "chevron-left" } " " {p.previous()} }
                    }
                    if pages > 1 {
                        p { class: "small muted", {p.page(page, pages)} }
                    }
                    if page < pages {
                        a { class: "btn btn--quiet", href: to(page + 1), {p.next()} " " Icon { name: "chevron-right" } }
                    }
                }
            }
        }
    }
}

fn table(language: Language, lines: &[LineView]) -> Element {
    let t = Importing(language);
    rsx! {
        table { class: "table table--top",
            caption { class: "sr", {t.caption()} }
            thead {
                tr {
                    th { scope: "col", {t.line()} }
                    th { scope: "col", {t.person()} }
                    th { scope: "col", {t.number()} }
                    th { scope: "col", {t.partner()} }
                    th { scope: "col", {t.email()} }
                    th { scope: "col", {t.bsn()} }
                    th { scope: "col", {t.other()} }
                    th { scope: "col", {t.verdict()} }
                }
            }
            tbody {
                for line in lines {
                    tr {
                        td { class: "num muted", "{line.line}" }
                        th { scope: "row",
                            "{line.name}"
                            {named(language, line, 0)}
                        }
                        td { class: "num", {cell(language, line, SHOWN[0])} }
                        td {
                            if let Some(partner) = &line.partner {
                                "{partner}"
                            } else {
                                "–"
                            }
                            {named(language, line, 1)}
                        }
                        td { {cell(language, line, SHOWN[1])} }
                        td { class: "num", {cell(language, line, SHOWN[2])} }
                        td { {besides(language, line)} }
                        td { {verdict(language, line)} }
                    }
                }
            }
        }
    }
}

fn is_name(field: Field, n: usize) -> bool {
    matches!(field, Field::Of(of, Detail::FullName | Detail::GivenName | Detail::Infix | Detail::Surname) if of == n)
}

fn has_news(line: &LineView, field: Field) -> bool {
    line.problems.iter().any(|p| p.field == field.word()) || line.changes.iter().any(|c| c.field == field)
}

/// Renders, below a name, the problems and changes of the fields that make it up.
fn named(language: Language, line: &LineView, n: usize) -> Element {
    let fields: Vec<_> = Field::all().filter(|f| is_name(*f, n) && has_news(line, *f)).collect();
    rsx! {
        for field in fields {
            {cell(language, line, field)}
        }
    }
}

/// Renders the problems and changes of the fields that have no column of their own.
fn besides(language: Language, line: &LineView) -> Element {
    let in_column = |f: Field| SHOWN.contains(&f) || is_name(f, 0) || is_name(f, 1);
    let fields: Vec<_> = Field::all().filter(|f| !in_column(*f) && has_news(line, *f)).collect();
    let whole: Vec<_> = line.problems.iter().filter(|p| p.field.is_empty()).collect();
    rsx! {
        for problem in whole {
            span { class: "cell", {error("", &problem.mistake, language)} }
        }
        for field in fields {
            span { class: "small muted", {Columns(language).field(field)} }
            {cell(language, line, field)}
        }
    }
}

fn cell(language: Language, line: &LineView, field: Field) -> Element {
    let t = Importing(language);
    let value = line.cells.get(&field).map_or("", String::as_str);
    let word = field.word();
    let problem = line.problems.iter().find(|p| p.field == word);
    let change = line.changes.iter().find(|c| c.field == field);
    let is_secret = matches!(field, Field::Of(_, Detail::Bsn) | Field::TaxNumber(_));
    let shown = |text: &str| if is_secret { mask(text) } else { text.to_owned() };
    let id = format!("fout-{}-{word}", line.line);
    let label = t.of_line(&Columns(language).field(field), line.line);
    rsx! {
        if let Some(problem) = problem {
            span { class: "cell",
                input {
                    class: "input",
                    name: "cell-{line.line}-{word}",
                    value: "{value}",
                    autocomplete: "off",
                    placeholder: if value.is_empty() { t.fill_in() },
                    aria_label: "{label}",
                    aria_invalid: "true",
                    aria_describedby: "{id}",
                }
                {error(&id, &problem.mistake, language)}
            }
        } else if let Some(change) = change {
            span { class: "diff diff--row",
                del {
                    span { class: "sr", {t.was()} " " }
                    {if change.old.is_empty() { t.empty().to_owned() } else { shown(&change.old) }}
                }
                ins {
                    Icon { name: "arrow-right" }
                    span { class: "sr", {t.becomes()} }
                    " "
                    {shown(&change.new)}
                }
            }
        } else if value.is_empty() {
            span { class: "muted", "–" }
        } else {
            {shown(value)}
        }
    }
}

fn error(id: &str, mistake: &CellMistake, language: Language) -> Element {
    let sentence = sentence(mistake, language);
    rsx! {
        span { class: "error", id: if !id.is_empty() { "{id}" },
            Icon { name: "circle-alert" }
            " {sentence}"
        }
    }
}

fn sentence(mistake: &CellMistake, language: Language) -> String {
    let t = Faults(language);
    match mistake {
        CellMistake::NumberMissing => t.number_missing().to_owned(),
        CellMistake::NumberMalformed => t.number_malformed().to_owned(),
        CellMistake::NumberTwice(line) => t.number_twice(*line),
        CellMistake::NameMissing => t.name_missing().to_owned(),
        CellMistake::TooLong => t.too_long().to_owned(),
        CellMistake::EmailMissing(name) if name.is_empty() => t.email_missing(t.somebody()),
        CellMistake::EmailMissing(name) => t.email_missing(name),
        CellMistake::EmailMalformed => t.email_malformed().to_owned(),
        CellMistake::TwoAtSigns => t.two_at_signs().to_owned(),
        CellMistake::EmailTwice(line) => t.email_twice(*line),
        CellMistake::EmailKnown(number) => t.email_known(number),
        CellMistake::BsnWrong => t.bsn_wrong().to_owned(),
        CellMistake::TaxNumberWrong(kind) => NumberWords(language).malformed(*kind).to_owned(),
        CellMistake::TaxNumberTwice(line) => t.tax_number_twice(*line),
        CellMistake::TaxNumberKnown(number) => t.tax_number_known(number),
        CellMistake::PhoneWrong => t.phone_wrong().to_owned(),
        CellMistake::LanguageUnknown => t.language_unknown().to_owned(),
        CellMistake::AdvisorUnknown => t.advisor_unknown().to_owned(),
        CellMistake::TooManyTags => t.too_many_tags().to_owned(),
        CellMistake::TooManyCells(n) => t.too_many_cells(*n),
        CellMistake::Failed => t.row_failed().to_owned(),
    }
}

fn verdict(language: Language, line: &LineView) -> Element {
    let t = Importing(language);
    let (tone, icon, words) = match line.verdict {
        ImportVerdict::New => (Tone::Ok, "check", t.is_new()),
        ImportVerdict::Exists => (Tone::Wait, "circle-alert", t.is_known()),
        ImportVerdict::Same => (Tone::Plain, "check", t.is_same()),
        ImportVerdict::Double => (Tone::Wait, "circle-alert", t.is_double()),
        ImportVerdict::Wrong => (Tone::Bad, "triangle-alert", t.is_wrong()),
    };
    let choice = match line.verdict {
        ImportVerdict::Exists => Some(t.take_change()),
        ImportVerdict::Double => Some(t.take_double()),
        _ => None,
    };
    rsx! {
        Status { tone, icon, {words} }
        if let Some(choice) = choice {
            input { r#type: "hidden", name: "asked-{line.line}", value: "1" }
            label { class: "cluster small nowrap",
                input {
                    class: "check",
                    r#type: "checkbox",
                    name: "take-{line.line}",
                    value: "1",
                    checked: line.taken,
                    aria_label: t.of_line(choice, line.line),
                }
                " "
                {choice}
            }
        }
    }
}
