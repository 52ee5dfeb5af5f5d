//! Form fields whose values the document leaves to its reader to draw (ISO 32000-1, 12.7.3.3): those without an
//! appearance of their own.

use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString};
use hayro::hayro_syntax::page::Page;

/// Bits of an annotation's flags: hidden, and not shown on a screen.
const UNSEEN: u32 = (1 << 1) | (1 << 5);
/// Bits of a field's flags.
const MULTILINE: u32 = 1 << 12;
const PASSWORD: u32 = 1 << 13;
const COMB: u32 = 1 << 24;
/// The most fields above one another.
const MAX_PARENTS: usize = 16;

/// Where the words of a field stand in its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Middle,
    Right,
    /// Each letter in a box of its own, of so many.
    Comb(u16),
}

/// A value to be drawn in a box.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text {
        words: String,
        /// The size of the letters; zero if the reader chooses it.
        size: f32,
        align: Align,
        has_lines: bool,
    },
    Tick,
}

/// The box of a field, in points: left, bottom, width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// What a page leaves to its reader to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Undrawn {
    /// What people see of the page.
    pub bounds: Place,
    pub values: Vec<(Place, Value)>,
    /// True if there is a value that this reader cannot draw either.
    pub is_short: bool,
}

fn place(rect: &Rect) -> Place {
    let (x, y) = (rect.x0.min(rect.x1), rect.y0.min(rect.y1));
    Place { x: x as f32, y: y as f32, width: rect.width().abs() as f32, height: rect.height().abs() as f32 }
}

/// Returns what a page leaves to its reader to draw.
pub fn undrawn(page: &Page<'_>, catalog: &Dict<'_>) -> Undrawn {
    let mut found = Undrawn { bounds: place(&page.intersected_crop_box()), values: Vec::new(), is_short: false };
    let form = catalog.get::<Dict<'_>>(b"AcroForm").unwrap_or_default();
    let annotations = page.raw().get::<Array<'_>>(b"Annots");
    for widget in annotations.iter().flat_map(|all| all.iter::<Dict<'_>>()) {
        let is_widget = widget.get::<Name<'_>>(b"Subtype").is_some_and(|kind| *kind == *b"Widget");
        if !is_widget || widget.get::<u32>(b"F").unwrap_or(0) & UNSEEN != 0 {
            continue;
        }
        match look_at(&widget, &form) {
            Looks::Drawn => {}
            Looks::Short => found.is_short = true,
            Looks::Undrawn(value) => match widget.get::<Rect>(b"Rect").map(|rect| place(&rect)) {
                // A box without a surface hides its field.
                Some(place) if place.width > 0.5 && place.height > 0.5 => found.values.push((place, value)),
                _ => {}
            },
        }
    }
    found
}

enum Looks {
    /// It is drawn by what the document brings along, or there is nothing to draw.
    Drawn,
    /// There is a value, and no way to draw it.
    Short,
    Undrawn(Value),
}

fn look_at(widget: &Dict<'_>, form: &Dict<'_>) -> Looks {
    let state = widget.get::<Name<'_>>(b"AS");
    let normal = widget.get::<Dict<'_>>(b"AP").and_then(|all| all.get::<Object<'_>>(b"N"));
    let is_button = matches!(inherited(widget, |field| field.get::<Name<'_>>(b"FT")).as_deref(), Some(b"Btn"));
    match (normal, &state) {
        (Some(Object::Stream(_)), _) => return Looks::Drawn,
        (Some(Object::Dict(states)), Some(state)) if states.get::<Stream<'_>>(state).is_some() => return Looks::Drawn,
        // A box that is not ticked needs no picture.
        (_, Some(state)) if **state == *b"Off" => return Looks::Drawn,
        (Some(Object::Dict(_)), None) => return Looks::Drawn,
        _ => {}
    }
    if is_button {
        let value = state.or_else(|| inherited(widget, |field| field.get::<Name<'_>>(b"V")));
        return match value {
            Some(value) if *value != *b"Off" => Looks::Undrawn(Value::Tick),
            _ => Looks::Drawn,
        };
    }
    let Some(value) = inherited(widget, |field| field.get::<Object<'_>>(b"V")) else { return Looks::Drawn };
    let words = match value {
        Object::String(text) => words(&text),
        Object::Array(several) => {
            several.iter::<PdfString<'_>>().map(|text| words(&text)).collect::<Vec<_>>().join(", ")
        }
        Object::Null(_) => return Looks::Drawn,
        // A signature is a dictionary, and without an appearance it is one that nobody sees.
        Object::Dict(_) => return Looks::Drawn,
        _ => return Looks::Short,
    };
    if words.trim().is_empty() {
        return Looks::Drawn;
    }
    let flags = inherited(widget, |field| field.get::<u32>(b"Ff")).unwrap_or(0);
    if flags & PASSWORD != 0 {
        return Looks::Drawn;
    }
    let cells = inherited(widget, |field| field.get::<u16>(b"MaxLen")).filter(|cells| *cells > 0);
    let side = inherited(widget, |field| field.get::<u8>(b"Q")).or_else(|| form.get::<u8>(b"Q"));
    let align = match (cells.filter(|_| flags & COMB != 0), side) {
        (Some(cells), _) => Align::Comb(cells),
        (None, Some(1)) => Align::Middle,
        (None, Some(2)) => Align::Right,
        _ => Align::Left,
    };
    let default = inherited(widget, |field| field.get::<PdfString<'_>>(b"DA"));
    let size = default.or_else(|| form.get::<PdfString<'_>>(b"DA")).map_or(0.0, |default| size(&default));
    Looks::Undrawn(Value::Text { words, size, align, has_lines: flags & MULTILINE != 0 })
}

/// Returns a property of a field, or else of the fields that it is a part of.
fn inherited<'a, T>(widget: &Dict<'a>, get: impl Fn(&Dict<'a>) -> Option<T>) -> Option<T> {
    let mut field = widget.clone();
    for _ in 0..MAX_PARENTS {
        if let Some(found) = get(&field) {
            return Some(found);
        }
        field = field.get::<Dict<'a>>(b"Parent")?;
    }
    None
}

/// Returns the size in a default appearance such as `/Helv 9 Tf 0 g`.
fn size(default: &[u8]) -> f32 {
    let text = String::from_utf8_lossy(default);
    let parts: Vec<&str> = text.split_ascii_whitespace().collect();
    let at = parts.iter().position(|part| *part == "Tf").and_then(|at| at.checked_sub(1));
    at.and_then(|at| parts.get(at)?.parse().ok()).filter(|size: &f32| size.is_finite() && *size > 0.0).unwrap_or(0.0)
}

/// Returns a text string (ISO 32000-1, 7.9.2.2).
fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| of_document_encoding(*byte)).collect(),
    }
}

/// Returns a character of PDFDocEncoding (ISO 32000-1, annex D).
fn of_document_encoding(byte: u8) -> char {
    const UPPER: &[char] = &[
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł',
        'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    UPPER.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_string_is_read_in_each_of_its_encodings() {
        let cases: [(&[u8], &str); 4] = [
            (b"12.345", "12.345"),
            (b"\xa0 5", "€ 5"),
            (b"\xfe\xff\x20\xac\x00\x35", "€5"),
            (b"\xef\xbb\xbf\xe2\x82\xac5", "€5"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(words(bytes), expected);
        }
    }

    #[test]
    fn the_size_stands_before_its_operator() {
        for (default, expected) in [(&b"/Helv 9 Tf 0 g"[..], 9.0), (b"0 g /Helv 0 Tf", 0.0), (b"", 0.0), (b"Tf", 0.0)] {
            assert_eq!(size(default), expected);
        }
    }
}
