//! The indexes of a ZIP file: a page for people, which opens by itself and leads to each file, and the same for a
//! spreadsheet.

use crate::part::csv;
use accounts::error::ServerError;
use dioxus::prelude::*;
use model::language::Language;

/// What the page looks like. It stands alone, so it has its style inside and may load nothing.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}\
    table{border-collapse:collapse}\
    th,td{text-align:left;vertical-align:top;padding:.25rem 1rem .25rem 0;border-bottom:1px solid #8884}\
    .long{overflow-wrap:anywhere;min-width:16rem}";

/// A table, of which the first column can lead to files.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub title: String,
    /// Sentences above the table.
    pub lead: Vec<String>,
    pub headings: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The path in the ZIP file, from the folder of the table, that the first cell leads to.
    pub path: Option<String>,
    pub cells: Vec<String>,
}

/// Returns the table for a spreadsheet.
pub fn for_spreadsheets(table: &Table) -> Result<Vec<u8>, ServerError> {
    csv::contents(std::iter::once(&table.headings).chain(table.rows.iter().map(|row| &row.cells)).cloned())
}

/// Returns the table as a page.
pub fn page(language: Language, table: &Table) -> String {
    let body = dioxus_ssr::render_element(rsx! {
        h1 { "{table.title}" }
        for sentence in &table.lead {
            p { "{sentence}" }
        }
        table {
            thead {
                tr {
                    for heading in &table.headings {
                        th { scope: "col", "{heading}" }
                    }
                }
            }
            tbody {
                for row in &table.rows {
                    tr {
                        for (n , cell) in row.cells.iter().enumerate() {
                            td { class: if cell.len() > 60 { "long" },
                                if let (0 , Some(path)) = (n, &row.path) {
                                    a { href: address(path), "{cell}" }
                                } else {
                                    "{cell}"
                                }
                            }
                        }
                    }
                }
            }
        }
    });
    let title = dioxus_ssr::render_element(rsx! {
        title { "{table.title}" }
    });
    let lang = language.tag();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"content-security-policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <meta name=\"viewport\" content=\"width=device-width\">{title}<style>{STYLE}</style></head>\
         <body>{body}</body></html>\n"
    )
}

/// Returns the address of a path, seen from the folder of the page.
fn address(path: &str) -> String {
    let part = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    path.bytes().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_name_becomes_markup_or_leads_elsewhere() {
        let table = Table {
            title: "<b>Bakker & Co".into(),
            lead: vec!["<i>".into()],
            headings: vec!["Bestand".into(), "Van".into()],
            rows: vec![Row {
                path: Some("Documenten/a#b?c%41 'é\"<script>.pdf".into()),
                cells: vec!["<script>alert(1)</script>".into(), "=1+1".into()],
            }],
        };
        let page = page(Language::Nl, &table);
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"), "{page}");
        assert!(page.contains("href=\"Documenten/a%23b%3Fc%2541%20%27%C3%A9%22%3Cscript%3E.pdf\""), "{page}");
        let csv = String::from_utf8(for_spreadsheets(&table).unwrap()).unwrap();
        assert!(csv.contains("\"'=1+1\""), "{csv}");
    }
}
