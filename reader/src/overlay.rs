//! The values of form fields that a document leaves to its reader to draw, as pages of a second document that are drawn
//! upon those of the first. So they are set in the same way as everything else.

use crate::field::{Align, Place, Undrawn, Value};
use hayro::RenderCache;
use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_syntax::{Pdf, page::Page};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The smallest letters that are chosen.
const SMALLEST: f32 = 4.0;
/// The space between a box and its letters.
const MARGIN: f32 = 2.0;

/// Pages with values, by the number of the page below them.
#[derive(Default)]
pub struct Overlay {
    pdf: Option<&'static Pdf>,
    cache: RenderCache<'static>,
    /// The fonts with which it is read.
    fonts: InterpreterCache<'static>,
    /// For each page with values its number among those of the second document.
    pages: BTreeMap<usize, usize>,
    /// The pages that still lack a value.
    short: Vec<usize>,
}

impl Overlay {
    /// Sets the values of all pages.
    pub fn of(pages: impl Iterator<Item = Undrawn>) -> Self {
        let mut overlay = Self::default();
        let mut sheets = Vec::new();
        for (number, undrawn) in pages.enumerate() {
            let (mut sheet, mut is_short) = (String::new(), undrawn.is_short);
            for (place, value) in &undrawn.values {
                is_short |= !write(&mut sheet, *place, value);
            }
            if is_short {
                overlay.short.push(number);
            }
            if !sheet.is_empty() {
                overlay.pages.insert(number, sheets.len());
                sheets.push((undrawn.bounds, sheet));
            }
        }
        if !sheets.is_empty() {
            overlay.pdf = Pdf::new(bound(&sheets)).ok().map(|pdf| &*Box::leak(Box::new(pdf)));
        }
        overlay
    }

    /// Returns what is drawn upon a page.
    pub fn page(&self, number: usize) -> Option<(&'static Page<'static>, &RenderCache<'static>)> {
        let page = self.pdf?.pages().get(*self.pages.get(&number)?)?;
        Some((page, &self.cache))
    }

    /// Returns true if a value of a page cannot be drawn.
    pub fn is_short(&self, number: usize) -> bool {
        self.short.contains(&number)
    }

    /// Returns the fonts with which the second document is read.
    pub fn fonts(&self) -> &InterpreterCache<'static> {
        &self.fonts
    }

    /// Forgets what was found out about fonts.
    pub fn forget(&mut self) {
        self.cache = RenderCache::new();
        self.fonts = InterpreterCache::new();
    }
}

/// Writes the operators that draw a value. Returns false if it has letters that are not there.
fn write(sheet: &mut String, place: Place, value: &Value) -> bool {
    let Place { x, y, width, height } = place;
    let Value::Text { words, size, align, has_lines } = value else {
        let inset = width.min(height) * 0.2;
        let (left, right, bottom, top) = (x + inset, x + width - inset, y + inset, y + height - inset);
        put(sheet, format_args!("q 1.2 w {left} {bottom} m {right} {top} l {left} {top} m {right} {bottom} l S Q\n"));
        return true;
    };
    let (letters, is_whole) = encoded(words);
    let room = (width - 2.0 * MARGIN).max(1.0);
    let (lines, size) = match (has_lines, align) {
        (true, _) => set_in_lines(&letters, *size, room, height - 2.0 * MARGIN),
        (false, Align::Comb(_)) => {
            (vec![letters.clone()], if *size > 0.0 { *size } else { (height * 0.7).clamp(SMALLEST, 12.0) })
        }
        (false, _) => {
            let chosen = if *size > 0.0 { *size } else { (height * 0.7).clamp(SMALLEST, 12.0) };
            (vec![letters.clone()], chosen.min(room / length(&letters).max(0.001)).max(SMALLEST.min(chosen)))
        }
    };
    put(sheet, format_args!("q {x} {y} {width} {height} re W n BT /F {size} Tf\n"));
    let mut baseline =
        if *has_lines { y + height - MARGIN - size * 0.93 } else { y + (height - size) / 2.0 + size * 0.22 };
    for line in &lines {
        if let Align::Comb(cells) = align {
            let cell = width / f32::from(*cells);
            for (at, letter) in line.iter().enumerate() {
                let left = x + cell * (at as f32 + 0.5) - length(&[*letter]) * size / 2.0;
                show(sheet, left, baseline, &[*letter]);
            }
        } else {
            let spare = room - length(line) * size;
            let left = match align {
                Align::Middle => x + MARGIN + spare / 2.0,
                Align::Right => x + MARGIN + spare,
                Align::Left | Align::Comb(_) => x + MARGIN,
            };
            show(sheet, left, baseline, line);
        }
        baseline -= size * 1.16;
    }
    sheet.push_str("ET Q\n");
    is_whole
}

fn put(sheet: &mut String, what: std::fmt::Arguments<'_>) {
    // A string takes everything.
    sheet.write_fmt(what).unwrap_or_default();
}

fn show(sheet: &mut String, x: f32, y: f32, letters: &[u8]) {
    put(sheet, format_args!("1 0 0 1 {x} {y} Tm <"));
    letters.iter().for_each(|letter| put(sheet, format_args!("{letter:02x}")));
    sheet.push_str("> Tj\n");
}

/// Breaks words into lines that fit, with smaller letters if that is needed.
fn set_in_lines(letters: &[u8], size: f32, width: f32, height: f32) -> (Vec<Vec<u8>>, f32) {
    let mut size = if size > 0.0 { size } else { 10.0 };
    loop {
        let lines: Vec<_> =
            letters.split(|byte| matches!(byte, b'\n' | b'\r')).flat_map(|line| wrapped(line, width / size)).collect();
        if lines.len() as f32 * size * 1.16 <= height || size <= SMALLEST {
            return (lines, size);
        }
        size -= 0.5;
    }
}

fn wrapped(line: &[u8], width: f32) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = vec![Vec::new()];
    for word in line.split(|byte| *byte == b' ') {
        let Some(last) = lines.last_mut() else { break };
        if !last.is_empty() && length(last) + length(word) + length(b" ") > width {
            lines.push(word.to_vec());
        } else {
            if !last.is_empty() {
                last.push(b' ');
            }
            last.extend_from_slice(word);
        }
    }
    lines
}

/// Returns text in the encoding WinAnsi, and whether it has all its letters there.
fn encoded(text: &str) -> (Vec<u8>, bool) {
    const OTHERS: &[(char, u8)] = &[
        ('€', 0x80),
        ('‚', 0x82),
        ('ƒ', 0x83),
        ('„', 0x84),
        ('…', 0x85),
        ('Š', 0x8a),
        ('Œ', 0x8c),
        ('Ž', 0x8e),
        ('‘', 0x91),
        ('’', 0x92),
        ('“', 0x93),
        ('”', 0x94),
        ('•', 0x95),
        ('–', 0x96),
        ('—', 0x97),
        ('š', 0x9a),
        ('œ', 0x9c),
        ('ž', 0x9e),
        ('Ÿ', 0x9f),
    ];
    let mut is_whole = true;
    let letters =
        text.chars().filter(|one| !matches!(one, '\u{200b}' | '\u{feff}')).map(|one| match u8::try_from(one) {
            Ok(byte @ (b'\n' | b'\r' | 0x20..=0x7e | 0xa0..)) => byte,
            Ok(b'\t') => b' ',
            _ => OTHERS.iter().find(|(other, _)| *other == one).map_or_else(
                || {
                    is_whole = false;
                    b'?'
                },
                |(_, byte)| *byte,
            ),
        });
    (letters.collect(), is_whole)
}

/// Returns the length of letters of Helvetica at size 1.
fn length(letters: &[u8]) -> f32 {
    letters
        .iter()
        .map(|letter| f32::from(WIDTHS.get(usize::from(*letter).wrapping_sub(32)).copied().unwrap_or(556)))
        .sum::<f32>()
        / 1000.0
}

/// The widths of Helvetica's letters from the space on, of 1,000 to the size.
#[rustfmt::skip]
const WIDTHS: &[u16] = &[
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Returns a PDF with these pages.
fn bound(sheets: &[(Place, String)]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        {
            let kids: String = (0..sheets.len()).map(|at| format!("{} 0 R ", 4 + 2 * at)).collect();
            format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", sheets.len())
        },
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (at, (Place { x, y, width, height }, sheet)) in sheets.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [{x} {y} {} {}] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            x + width,
            y + height,
            5 + 2 * at
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{sheet}\nendstream", sheet.len() + 1));
    }
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(pdf.len());
        put(&mut pdf, format_args!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = pdf.len();
    put(&mut pdf, format_args!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    places.iter().for_each(|place| put(&mut pdf, format_args!("{place:010} 00000 n \n")));
    put(&mut pdf, format_args!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1));
    pdf.into_bytes()
}
