//! The text of the first pages of a PDF, in the order in which it is drawn: enough to recognise what a paper is, and
//! nothing to rely on. What cannot be read is left out.

use lopdf::{Document, Encoding, Object, content::Content};
use std::collections::BTreeMap;

/// The number of pages that are read.
const PAGES: usize = 4;
/// The number of characters that are read.
const MOST: usize = 20_000;
/// The number of bytes that the content of a page, or the table of a font, may become.
const UNPACKED: usize = 4 * 1024 * 1024;
/// The distance between letters, in thousandths of their size, from which it is a space between words.
const SPACE: f32 = 180.0;

/// Returns the text of the first pages. A PDF of pictures has none.
pub fn read(document: &Document) -> String {
    let mut text = Text::default();
    for page in document.page_iter().take(PAGES) {
        // A page that cannot be read says nothing of the others.
        if let Some(content) = content_of(document, page) {
            let fonts = document.get_page_fonts(page).unwrap_or_default();
            let encodings = fonts
                .into_iter()
                .filter_map(|(name, font)| Some((name, font.get_font_encoding_with_limit(document, UNPACKED).ok()?)));
            text.page(&content, &encodings.collect());
        }
        text.line();
        if text.is_full() {
            break;
        }
    }
    text.written.chars().take(MOST).collect()
}

fn content_of(document: &Document, page: lopdf::ObjectId) -> Option<Content> {
    let bytes = document.get_page_content_with_limit(page, UNPACKED).ok()?;
    Content::decode(&bytes).ok()
}

#[derive(Default)]
struct Text {
    written: String,
    /// The height at which the last text was drawn.
    height: Option<f32>,
}

impl Text {
    fn is_full(&self) -> bool {
        // A character has at most four bytes.
        self.written.len() > 4 * MOST
    }

    fn page(&mut self, content: &Content, encodings: &BTreeMap<Vec<u8>, Encoding<'_>>) {
        let mut encoding = None;
        self.height = None;
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            match (operation.operator.as_str(), operands) {
                ("Tf", [Object::Name(font), ..]) => encoding = encodings.get(font),
                ("Tj", _) => self.show(encoding, operands),
                ("TJ", [Object::Array(parts)]) => self.show(encoding, parts),
                ("'" | "\"", _) => {
                    self.line();
                    self.show(encoding, operands);
                }
                ("T*", _) => self.line(),
                ("Td" | "TD", [_, down]) => match down.as_float() {
                    Ok(down) if down != 0.0 => self.line(),
                    _ => self.space(),
                },
                ("Tm", [.., height]) => self.move_to(height.as_float().ok()),
                ("ET", _) => self.space(),
                _ => {}
            }
            if self.is_full() {
                return;
            }
        }
    }

    fn show(&mut self, encoding: Option<&Encoding<'_>>, parts: &[Object]) {
        for part in parts {
            match (part, encoding) {
                (Object::String(bytes, _), Some(encoding)) => {
                    let text = Document::decode_text(encoding, bytes).unwrap_or_default();
                    self.written.extend(text.chars().filter(|c| !c.is_control()));
                }
                (part, _) if part.as_float().is_ok_and(|distance| -distance > SPACE) => self.space(),
                _ => {}
            }
        }
    }

    /// Begins a new line, unless the next text stands beside the last one.
    fn move_to(&mut self, height: Option<f32>) {
        let is_beside = self.height.zip(height).is_some_and(|(last, next)| (last - next).abs() < 1.0);
        if is_beside {
            self.space()
        } else {
            self.line()
        }
        self.height = height;
    }

    fn space(&mut self) {
        if !self.written.ends_with([' ', '\n']) && !self.written.is_empty() {
            self.written.push(' ');
        }
    }

    fn line(&mut self) {
        if !self.written.ends_with('\n') && !self.written.is_empty() {
            self.written.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Stream, dictionary};

    /// Returns the text of a PDF with a page for each content.
    fn text(contents: &[&str]) -> String {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
        "Encoding" => "WinAnsiEncoding" };
        let resources = dictionary! { "Font" => dictionary! { "F1" => font } };
        let mut kids = Vec::new();
        for content in contents {
            let content = document.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
            let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content,
            "Resources" => resources.clone() };
            kids.push(Object::Reference(document.add_object(page)));
        }
        let count = i64::try_from(kids.len()).unwrap();
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        document.objects.insert(pages, Object::Dictionary(tree));
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        read(&document)
    }

    #[test]
    fn what_stands_beside_is_on_one_line_and_what_stands_below_is_not() {
        for (content, expected) in [
            (
                "BT /F1 9 Tf 50 700 Td (Te betalen) Tj 300 0 Td (1.231) Tj 0 -14 Td (Datum) Tj ET",
                "Te betalen 1.231\nDatum\n",
            ),
            (
                "BT /F1 9 Tf 1 0 0 1 50 700 Tm (BSN) Tj 1 0 0 1 90 700 Tm (111222333) Tj 1 0 0 1 50 650 Tm (x) Tj ET",
                "BSN 111222333\nx\n",
            ),
            ("BT /F1 9 Tf [(Aan) 20 (gifte) -300 (ib)] TJ T* (2025) ' ET", "Aangifte ib\n2025\n"),
            ("BT /F9 9 Tf (zonder lettertype) Tj ET", ""),
            ("BT /F1 9 Tf (half", ""),
            ("", ""),
        ] {
            assert_eq!(text(&[content]).trim_end_matches(' ').replace(" \n", "\n"), expected, "{content}");
        }
    }

    #[test]
    fn only_the_first_pages_and_so_many_characters_are_read() {
        let page = |word: &str| format!("BT /F1 9 Tf ({word}) Tj ET");
        let many: Vec<_> = (1..=6).map(|n| page(&format!("blad{n}"))).collect();
        let found = text(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(found.contains("blad4") && !found.contains("blad5"), "{found}");
        assert_eq!(text(&[&page(&"a".repeat(100_000))]).chars().count(), MOST);
    }
}
