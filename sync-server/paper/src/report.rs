//! A report: facts, passages and tables on as many pages as it takes, with the
//! firm's name above and page numbers below. The same report always makes the same
//! bytes.

use super::{
    helvetica::{width, wrapped},
    sheet::{Face, HEIGHT, LEFT, RIGHT, Sheets, assemble, rule, write},
};
use model::language::Language;

/// The contents of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub language: Language,
    /// The name of the firm.
    pub firm: String,
    pub title: String,
    /// A line below the title, which may be empty.
    pub subtitle: String,
    /// The subject, which is repeated at the foot of each page.
    pub foot: String,
    pub parts: Vec<Part>,
}

/// The parts of a report, which are placed below each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Heading(String),
    /// A passage of running text.
    Passage(String),
    /// A name and its value, side by side.
    Fact(String, String),
    /// A name, and below it in small letters a value that may be long
    /// and can break anywhere, such as a hash.
    Code(String, String),
}

/// The position of the second half of a fact.
const SECOND: f32 = LEFT + 190.0;

/// Returns the PDF of a report.
pub fn report(report: &Report) -> Vec<u8> {
    let mut sheets = Sheets::default();
    sheets.new_page();
    sheets.y = HEIGHT - 110.0;
    for line in wrapped(&report.title, 22.0, RIGHT - LEFT) {
        sheets.line(LEFT, 22.0, Face::Bold, &line, 28.0);
    }
    if !report.subtitle.is_empty() {
        for line in wrapped(&report.subtitle, 12.0, RIGHT - LEFT) {
            sheets.line(LEFT, 12.0, Face::Regular, &line, 17.0);
        }
    }
    sheets.y -= 12.0;
    for part in &report.parts {
        put(&mut sheets, part);
    }
    let count = sheets.pages.len();
    for (number, page) in (1..).zip(&mut sheets.pages) {
        let of = match report.language {
            Language::Nl => format!("Pagina {number} van {count}"),
            Language::En => format!("Page {number} of {count}"),
        };
        write(page, LEFT, HEIGHT - 54.0, 10.0, Face::Bold, &report.firm);
        write(page, LEFT, 46.0, 9.0, Face::Regular, &report.foot);
        write(page, RIGHT - width(&of, 9.0), 46.0, 9.0, Face::Regular, &of);
        rule(page, HEIGHT - 64.0);
        rule(page, 60.0);
    }
    assemble(sheets.pages, &report.title, report.language)
}

fn put(sheets: &mut Sheets, part: &Part) {
    match part {
        Part::Heading(text) => {
            sheets.room(70.0);
            sheets.y -= 10.0;
            sheets.line(LEFT, 14.0, Face::Bold, text, 22.0);
        }
        Part::Passage(text) => {
            sheets.passage(text);
            sheets.y -= 6.0;
        }
        Part::Fact(name, value) => fact(sheets, name, value),
        Part::Code(name, code) => {
            sheets.room(44.0);
            sheets.line(LEFT, 10.0, Face::Bold, name, 14.0);
            for line in broken(code, 9.0, RIGHT - LEFT) {
                sheets.room(13.0);
                sheets.line(LEFT, 9.0, Face::Regular, &line, 13.0);
            }
            sheets.y -= 5.0;
        }
    }
}

fn fact(sheets: &mut Sheets, name: &str, value: &str) {
    let names = wrapped(name, 11.0, SECOND - LEFT - 10.0);
    let values: Vec<_> = value.lines().flat_map(|line| wrapped(line, 11.0, RIGHT - SECOND)).collect();
    for row in 0..names.len().max(values.len()) {
        sheets.room(17.0);
        let y = sheets.y;
        if let Some(name) = names.get(row) {
            sheets.text(LEFT, y, 11.0, Face::Bold, name);
        }
        if let Some(value) = values.get(row) {
            for (n, line) in broken(value, 11.0, RIGHT - SECOND).into_iter().enumerate() {
                sheets.text(SECOND, y - 16.0 * n as f32, 11.0, Face::Regular, &line);
                sheets.y = y - 16.0 * n as f32;
            }
        }
        sheets.y -= 16.0;
    }
    sheets.y -= 3.0;
}

/// Breaks a text after any letter.
fn broken(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for letter in text.chars() {
        let last = lines.len() - 1;
        let longer = format!("{}{letter}", lines[last]);
        if width(&longer, size) <= room { lines[last] = longer } else { lines.push(letter.to_string()) }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Document;

    fn example(passages: usize) -> Report {
        let mut parts = vec![
            Part::Heading("Wat er is getekend".into()),
            Part::Fact("Naam".into(), "Marieke Jansen".into()),
            Part::Code("BLAKE3".into(), "0123456789abcdef".repeat(12)),
        ];
        parts.extend(
            (0..passages).map(|n| Part::Passage(format!("Alinea {n}. {}", "Tekst die doorloopt. ".repeat(12)))),
        );
        Report {
            language: Language::Nl,
            firm: "Wilgenhof Belastingadvies".into(),
            title: "Bewijs van akkoord".into(),
            subtitle: String::new(),
            foot: "Klantnummer 10417".into(),
            parts,
        }
    }

    #[test]
    fn a_report_takes_as_many_pages_as_it_needs_and_says_all_of_it() {
        let document = Document::load_mem(&report(&example(40))).unwrap();
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        assert!(pages.len() > 2, "{}", pages.len());
        let text = document.extract_text(&pages).unwrap();
        for words in ["Bewijs van akkoord", "Marieke Jansen", "Alinea 39.", "Pagina 2 van"] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn the_same_report_makes_the_same_bytes() {
        assert!(report(&example(3)) == report(&example(3)));
        assert!(report(&example(3)) != report(&example(4)));
    }
}
