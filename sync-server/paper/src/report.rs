//! A report: facts, passages and tables on as many pages as it takes, with the
//! firm's name above and page numbers below.

use crate::text::{Fonts, Line, Weight};
use krilla::{Document, geom::PathBuilder, metadata::Metadata, page::PageSettings, paint::Stroke, surface::Surface};
use model::language::Language;

/// The content of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub language: Language,
    /// The name of the practice.
    pub firm: String,
    pub title: String,
    /// One line below the title; may be empty.
    pub subtitle: String,
    /// The text at the foot of each page, which says what the report is about.
    pub foot: String,
    pub parts: Vec<ReportPart>,
}

/// A part of a report, below the one before it.
#[derive(Debug, Clone, PartialEq)]
pub enum ReportPart {
    Heading(String),
    /// A paragraph of text.
    Passage(String),
    /// A name and its value, side by side.
    Fact(String, String),
    /// A name, and below it in small letters something long that may break
    /// anywhere, such as a hash.
    Code(String, String),
}

/// A4, in points.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const LEFT: f32 = 62.0;
const RIGHT: f32 = WIDTH - 62.0;
const TOP: f32 = 96.0;
const BOTTOM: f32 = HEIGHT - 90.0;
/// The left edge of the second column of a fact.
const SECOND: f32 = LEFT + 190.0;

/// Pages with their lines, each at its place.
struct Sheets {
    pages: Vec<Vec<(f32, f32, Line)>>,
    /// The distance of the next line from the top.
    y: f32,
}

impl Sheets {
    /// Goes to a new page when less than `height` is left.
    fn room(&mut self, height: f32) {
        if self.y + height > BOTTOM {
            self.pages.push(Vec::new());
            self.y = TOP;
        }
    }

    fn put(&mut self, x: f32, y: f32, line: Line) {
        if let Some(page) = self.pages.last_mut() {
            page.push((x, y, line));
        }
    }

    /// Writes text on as many lines as it takes, each `height` high.
    fn lines(&mut self, text: &str, size: f32, weight: Weight, height: f32) {
        for line in wrapped(text, size, weight, RIGHT - LEFT) {
            self.room(height);
            self.put(LEFT, self.y, line);
            self.y += height;
        }
    }

    fn part(&mut self, part: &ReportPart) {
        match part {
            ReportPart::Heading(text) => {
                self.room(70.0);
                self.y += 10.0;
                self.lines(text, 14.0, Weight::Bold, 22.0);
            }
            ReportPart::Passage(text) => {
                self.lines(text, 11.0, Weight::Regular, 16.0);
                self.y += 6.0;
            }
            ReportPart::Fact(name, value) => self.fact(name, value),
            ReportPart::Code(name, code) => {
                self.room(44.0);
                self.lines(name, 10.0, Weight::Bold, 14.0);
                self.lines(code, 9.0, Weight::Regular, 13.0);
                self.y += 5.0;
            }
        }
    }

    fn fact(&mut self, name: &str, value: &str) {
        let mut names = wrapped(name, 11.0, Weight::Bold, SECOND - LEFT - 10.0).into_iter();
        let mut values = value.lines().flat_map(|line| wrapped(line, 11.0, Weight::Regular, RIGHT - SECOND));
        loop {
            let (name, value) = (names.next(), values.next());
            if name.is_none() && value.is_none() {
                break;
            }
            self.room(17.0);
            name.into_iter().for_each(|line| self.put(LEFT, self.y, line));
            value.into_iter().for_each(|line| self.put(SECOND, self.y, line));
            self.y += 16.0;
        }
        self.y += 3.0;
    }
}

/// Breaks text into lines between words, and inside a word that is longer than a line.
fn wrapped(text: &str, size: f32, weight: Weight, room: f32) -> Vec<Line> {
    let width = |text: &str| Line::new(text, size, weight).width();
    let space = width(" ");
    let mut lines: Vec<(String, f32)> = Vec::new();
    for word in text.split_whitespace() {
        let wide = width(word);
        match lines.last_mut() {
            Some((line, reached)) if *reached + space + wide <= room => {
                line.push(' ');
                line.push_str(word);
                *reached += space + wide;
            }
            _ if wide <= room => lines.push((word.to_owned(), wide)),
            _ => lines.extend(broken(word, room, width)),
        }
    }
    lines.iter().map(|(line, _)| Line::new(line, size, weight)).collect()
}

/// Breaks a word after any letter; the lines have their widths.
fn broken(word: &str, room: f32, width: impl Fn(&str) -> f32) -> Vec<(String, f32)> {
    let mut lines = vec![(String::new(), 0.0)];
    for letter in word.chars() {
        let letter = letter.to_string();
        let wide = width(&letter);
        match lines.last_mut() {
            Some((line, reached)) if *reached + wide <= room => {
                line.push_str(&letter);
                *reached += wide;
            }
            _ => lines.push((letter, wide)),
        }
    }
    lines
}

/// Writes a report as a PDF file.
pub fn report(report: &Report) -> Vec<u8> {
    let mut sheets = Sheets { pages: vec![Vec::new()], y: 110.0 };
    sheets.lines(&report.title, 22.0, Weight::Bold, 28.0);
    sheets.lines(&report.subtitle, 12.0, Weight::Regular, 17.0);
    sheets.y += 12.0;
    report.parts.iter().for_each(|part| sheets.part(part));

    let (fonts, mut document) = (Fonts::new(), Document::new());
    let title = Metadata::new().title(report.title.clone()).language(report.language.tag().to_owned());
    document.set_metadata(title);
    let count = sheets.pages.len();
    for (number, lines) in (1..).zip(&sheets.pages) {
        let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else { continue };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let of = match report.language {
            Language::Nl => format!("Pagina {number} van {count}"),
            Language::En => format!("Page {number} of {count}"),
        };
        let of = Line::new(&of, 9.0, Weight::Regular);
        Line::new(&report.firm, 10.0, Weight::Bold).draw(&mut surface, &fonts, LEFT, 54.0);
        Line::new(&report.foot, 9.0, Weight::Regular).draw(&mut surface, &fonts, LEFT, HEIGHT - 46.0);
        of.draw(&mut surface, &fonts, RIGHT - of.width(), HEIGHT - 46.0);
        for (x, y, line) in lines {
            line.draw(&mut surface, &fonts, *x, *y);
        }
        rule(&mut surface, 64.0);
        rule(&mut surface, HEIGHT - 60.0);
        surface.finish();
        page.finish();
    }
    document.finish().unwrap_or_else(|error| {
        tracing::error!(?error, "a PDF could not be written to memory");
        Vec::new()
    })
}

/// Draws a line across the page.
fn rule(surface: &mut Surface<'_>, y: f32) {
    let mut path = PathBuilder::new();
    path.move_to(LEFT, y);
    path.line_to(RIGHT, y);
    let Some(path) = path.finish() else { return };
    surface.set_stroke(Some(Stroke { width: 0.6, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(passages: usize) -> Report {
        let mut parts = vec![
            ReportPart::Heading("Wat er is getekend".into()),
            ReportPart::Fact("Naam".into(), "Marieke Jansen".into()),
            ReportPart::Fact("Namen".into(), "Şükrü Łukasz Žižek\nΕλένη\nНаталья\nRene\u{301}e 😀\nمحمد".into()),
            ReportPart::Code("BLAKE3".into(), "0123456789abcdef".repeat(12)),
        ];
        parts.extend(
            (0..passages).map(|n| ReportPart::Passage(format!("Alinea {n}. {}", "Tekst die doorloopt. ".repeat(12)))),
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
        let document = lopdf::Document::load_mem(&report(&example(40))).unwrap();
        let pages: Vec<u32> = document.get_pages().keys().copied().collect();
        assert!(pages.len() > 2, "{}", pages.len());
        let text = document.extract_text(&pages).unwrap();
        let backwards: String = "محمد".chars().rev().collect();
        for words in [
            "Bewijs van akkoord",
            "Marieke Jansen",
            "Şükrü Łukasz Žižek",
            "Ελένη",
            "Наталья",
            "Renée U+1F600",
            // The letters are stored in the order in which they are drawn, from left to right.
            &backwards,
            "Alinea 39.",
            "Pagina 2 van",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains('?'), "{text}");
    }

    #[test]
    fn the_same_report_makes_the_same_bytes() {
        assert!(report(&example(3)) == report(&example(3)));
        assert!(report(&example(3)) != report(&example(4)));
    }
}
