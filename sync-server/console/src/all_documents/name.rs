//! Names of files and folders that every system takes: without the characters and the names that Windows keeps for
//! itself, not too long, and told apart also where capitals and small letters are the same.

use model::text::Shape;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;

/// The largest length of a name in UTF-16 units, in which Windows counts. A whole path has 259 there.
const UNITS: usize = 100;
/// The largest length of a folder's name in UTF-16 units.
const FOLDER_UNITS: usize = 60;
/// The largest length of a name in bytes. Linux takes 255.
const BYTES: usize = 240;

/// The name of a file or folder of which nothing is left.
const NAMELESS: &str = "document";

/// The names that Windows gives to devices, whatever extension follows. Some of them end with a digit.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// The names that were given out so far.
#[derive(Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// Returns the path of a file in a folder, whose path is empty or ends with a slash. The name is as near to
    /// `wish` as it can be, and has one of `extensions`, of which there is one at least.
    pub fn file(&mut self, folder: &str, wish: &str, extensions: &[&str]) -> String {
        let wish = trimmed(wish);
        let known = |(_, end): &(&str, &str)| extensions.iter().any(|one| one.eq_ignore_ascii_case(end));
        let (stem, extension) = match wish.rsplit_once('.').filter(known) {
            Some((stem, extension)) => (stem, extension),
            None => (wish, extensions.first().copied().unwrap_or_default()),
        };
        self.tell_apart(folder, &clean(stem), &format!(".{extension}"), UNITS)
    }

    /// Returns the path of a folder in the root, which ends with a slash.
    pub fn folder(&mut self, wish: &str) -> String {
        self.tell_apart("", &clean(wish), "", FOLDER_UNITS) + "/"
    }

    fn tell_apart(&mut self, folder: &str, stem: &str, end: &str, units: usize) -> String {
        let mut number = 1;
        loop {
            let end = if number == 1 { end.to_owned() } else { format!(" ({number}){end}") };
            let path = format!("{folder}{}{end}", cut(stem, units - end.len(), BYTES - end.len()));
            if self.0.insert(folded(&path)) {
                return path;
            }
            number += 1;
        }
    }
}

/// Returns a text that is the same for two names that some system does not tell apart.
fn folded(path: &str) -> String {
    path.to_uppercase().to_lowercase().nfc().collect()
}

fn trimmed(name: &str) -> &str {
    name.trim().trim_end_matches(|c: char| c == '.' || c.is_whitespace())
}

/// Returns a name without what some system does not take in it.
fn clean(name: &str) -> String {
    let mut clean = String::with_capacity(name.len());
    for c in name.nfc() {
        match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => clean.push('-'),
            c if c.is_whitespace() => clean.push(' '),
            c if Shape::Line.takes(c) => clean.push(c),
            _ => {}
        }
    }
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    // A point in front would hide the file from some people.
    let clean = trimmed(&clean).trim_start_matches(|c: char| c == '.' || c.is_whitespace());
    match clean {
        "" => NAMELESS.to_owned(),
        name if is_device(name) => format!("_{name}"),
        name => name.to_owned(),
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_numbered = |device: &str| {
        let rest = stem.strip_prefix(device).unwrap_or_default();
        rest.chars().count() == 1 && rest.contains(|c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
    };
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.into_iter().any(is_numbered)
}

/// Returns the first part of a name that is short enough.
fn cut(name: &str, units: usize, bytes: usize) -> &str {
    let mut length = (0, 0);
    let end = name.char_indices().find(|(_, c)| {
        length = (length.0 + c.len_utf16(), length.1 + c.len_utf8());
        length.0 > units || length.1 > bytes
    });
    end.map_or(name, |(at, _)| trimmed(&name[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[&str] = &["pdf"];

    #[test]
    fn no_name_is_one_that_a_system_keeps_for_itself() {
        let cases = [
            ("Jaaropgave 2025.pdf", "Jaaropgave 2025.pdf"),
            ("Jaaropgave.PDF", "Jaaropgave.PDF"),
            ("CON.pdf", "_CON.pdf"),
            ("con", "_con.pdf"),
            ("nul.tar.pdf", "_nul.tar.pdf"),
            ("aux .pdf", "_aux.pdf"),
            ("COM1.pdf", "_COM1.pdf"),
            ("lpt².pdf", "_lpt².pdf"),
            ("conout$.pdf", "_conout$.pdf"),
            ("COM10.pdf", "COM10.pdf"),
            ("Console.pdf", "Console.pdf"),
            ("a/b.pdf", "a-b.pdf"),
            ("..\\..\\x.pdf", "-..-x.pdf"),
            ("C:\\x.pdf", "C--x.pdf"),
            ("wat?<>|*\".pdf", "wat------.pdf"),
            ("..", "document.pdf"),
            (" . ", "document.pdf"),
            ("", "document.pdf"),
            (".pdf", "document.pdf"),
            (".htaccess", "htaccess.pdf"),
            ("naam. . .pdf", "naam.pdf"),
            ("einde...", "einde.pdf"),
            ("scan.pdf. ", "scan.pdf"),
            ("factuur.exe", "factuur.exe.pdf"),
            ("twee\u{a0} \t spaties.pdf", "twee spaties.pdf"),
            ("om\u{202e}fdp.exe", "omfdp.exe.pdf"),
            ("nul\0byte\n.pdf", "nulbyte.pdf"),
            ("René – ‘brief’ ✓.pdf", "René – ‘brief’ ✓.pdf"),
        ];
        for (wish, expected) in cases {
            assert_eq!(Names::default().file("", wish, PDF), expected, "{wish:?}");
        }
        assert_eq!(Names::default().file("", "foto.JPEG", &["jpg", "jpeg"]), "foto.JPEG");
        assert_eq!(Names::default().file("", "foto.png", &["jpg", "jpeg"]), "foto.png.jpg");
        assert_eq!(Names::default().folder("10417 V.O.F. Bakker & Co."), "10417 V.O.F. Bakker & Co/");
        assert_eq!(Names::default().folder("../.."), "-/");
    }

    #[test]
    fn a_name_is_never_too_long_and_keeps_its_extension() {
        for letter in ["a", "é", "漢", "😀"] {
            let mut names = Names::default();
            let wish = format!("{}.pdf", letter.repeat(300));
            for _ in 0..12 {
                let name = names.file("", &wish, PDF);
                assert!(name.encode_utf16().count() <= UNITS && name.len() <= BYTES, "{name}");
                assert!(name.ends_with(".pdf") && name.starts_with(letter), "{name}");
            }
        }
        assert_eq!(Names::default().folder(&"a".repeat(300)).len(), FOLDER_UNITS + 1);
    }

    #[test]
    fn doubles_are_told_apart_also_where_capitals_are_no_difference() {
        let mut names = Names::default();
        let wishes =
            ["Scan.pdf", "scan.PDF", "scan (2).pdf", "SCAN", "re\u{301}.pdf", "ré.pdf", "K.pdf", "\u{212a}.pdf"];
        let told_apart: Vec<_> = wishes.iter().map(|wish| names.file("a/", wish, PDF)).collect();
        let folded: HashSet<_> = told_apart.iter().map(|name| folded(name)).collect();
        assert_eq!(folded.len(), wishes.len(), "{told_apart:?}");
        assert_eq!(&told_apart[..4], ["a/Scan.pdf", "a/scan (2).PDF", "a/scan (2) (2).pdf", "a/SCAN (3).pdf"]);
        assert_eq!(names.file("b/", "scan.pdf", PDF), "b/scan.pdf", "another folder has its own names");
    }
}
