//! Lays out text on one line: accents are composed, Arabic is shaped and written from right to left, and a
//! character that no font has is written as its code point, such as `U+1F600`. No character is lost.

use krilla::{
    geom::Point,
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::sync::LazyLock;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::UnicodeNormalization;

/// The thickness of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// The script that a font is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Latin, Greek and Cyrillic.
    European,
    Arabic,
}

const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/Inter-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
];

static FACES: LazyLock<[Face<'static>; 4]> =
    LazyLock::new(|| FILES.map(|file| Face::from_slice(file, 0).expect("the fonts are part of the program")));

fn place(weight: Weight, script: Script) -> usize {
    (if weight == Weight::Bold { 2 } else { 0 }) + usize::from(script == Script::Arabic)
}

/// The fonts of one document.
pub struct Fonts([Font; 4]);

impl Fonts {
    /// Loads the fonts for a document.
    pub fn new() -> Self {
        Self(FILES.map(|file| Font::new(file.into(), 0).expect("the fonts are part of the program")))
    }
}

/// A part of a line in one font and one direction.
struct Run {
    font: usize,
    text: String,
    glyphs: Vec<KrillaGlyph>,
}

/// A line that is ready to be drawn: its runs from left to right.
pub struct Line {
    runs: Vec<Run>,
    size: f32,
}

impl Line {
    /// Lays out `text`, which has no line breaks.
    pub fn new(text: &str, size: f32, weight: Weight) -> Self {
        let text = writable(text);
        let bidi = BidiInfo::new(&text, Some(Level::ltr()));
        let mut runs = Vec::new();
        for paragraph in &bidi.paragraphs {
            let (levels, order) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for range in order {
                let is_rtl = levels[range.start].is_rtl();
                let mut parts = by_script(&text[range], is_rtl);
                if is_rtl {
                    parts.reverse();
                }
                runs.extend(parts.into_iter().map(|(script, part)| shape(part, place(weight, script), is_rtl)));
            }
        }
        Self { runs, size }
    }

    /// Returns the width in points.
    pub fn width(&self) -> f32 {
        self.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.x_advance).sum::<f32>() * self.size
    }

    /// Draws the line; its baseline begins at `x` and `y`, in points from the upper left corner of the page.
    pub fn draw(&self, surface: &mut Surface<'_>, fonts: &Fonts, mut x: f32, y: f32) {
        for run in &self.runs {
            let font = fonts.0[run.font].clone();
            surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, font, &run.text, self.size, false);
            x += run.glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * self.size;
        }
    }
}

/// Composes accents, and replaces each character that no font has by its code point.
fn writable(text: &str) -> String {
    let mut written = String::new();
    for character in text.nfc() {
        match character {
            c if c.is_whitespace() => written.push(' '),
            c if script_of(c, false).is_some() => written.push(c),
            c => written += &format!("U+{:04X}", u32::from(c)),
        }
    }
    written
}

/// Returns the script whose font has the character. In text from right to left, the Arabic font comes first, so that
/// spaces and punctuation suit the letters around them.
fn script_of(character: char, is_rtl: bool) -> Option<Script> {
    let has = |script: &Script| FACES[place(Weight::Regular, *script)].glyph_index(character).is_some();
    let scripts = if is_rtl { [Script::Arabic, Script::European] } else { [Script::European, Script::Arabic] };
    scripts.into_iter().find(has)
}

/// Cuts text into parts of one script each, in the order in which it is read.
fn by_script(text: &str, is_rtl: bool) -> Vec<(Script, &str)> {
    let mut parts: Vec<(Script, usize)> = Vec::new();
    for (at, character) in text.char_indices() {
        let script = script_of(character, is_rtl).unwrap_or(Script::European);
        if parts.last().is_none_or(|(last, _)| *last != script) {
            parts.push((script, at));
        }
    }
    let ends = parts.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
    parts.iter().zip(ends).map(|((script, start), end)| (*script, &text[*start..end])).collect()
}

fn shape(text: &str, font: usize, is_rtl: bool) -> Run {
    let face = &FACES[font];
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    let shaped = rustybuzz::shape(face, &[], buffer);
    let em = face.units_per_em() as f32;
    let clusters: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    // A glyph stands for the text up to the next cluster, whichever way the text runs.
    let end = |start: usize| clusters.iter().copied().filter(|other| *other > start).min().unwrap_or(text.len());
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(info, position)| {
        let start = info.cluster as usize;
        KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            position.x_advance as f32 / em,
            position.x_offset as f32 / em,
            position.y_offset as f32 / em,
            position.y_advance as f32 / em,
            start..end(start),
            None,
        )
    });
    Run { font, text: text.to_owned(), glyphs: glyphs.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_composed_and_what_no_font_has_is_its_code_point() {
        assert_eq!(writable("Rene\u{301}e\tdu 😀中"), "Renée du U+1F600U+4E2D");
        for text in ["Şükrü Łukasz Žižek", "Ελένη", "Наталья", "محمد", "€ 1.234,56 – “ja” Ștefan Nguyễn"]
        {
            assert_eq!(writable(text), text);
        }
    }

    #[test]
    fn arabic_letters_take_the_forms_of_a_word_and_run_from_right_to_left() {
        let word = Line::new("محمد", 10.0, Weight::Regular);
        let clusters: Vec<usize> = word.runs[0].glyphs.iter().map(|glyph| glyph.text_range.start).collect();
        assert_eq!(clusters, [6, 4, 2, 0], "the last letter is drawn first");
        let alone = Line::new("م", 10.0, Weight::Regular);
        let (first, last) = (&word.runs[0].glyphs[3], &word.runs[0].glyphs[1]);
        assert!(first.glyph_id != alone.runs[0].glyphs[0].glyph_id, "a letter that begins a word has another form");
        assert!(first.glyph_id != last.glyph_id, "and one inside it a third");
        let mixed = Line::new("Naam: محمد علي, cliënt", 10.0, Weight::Regular);
        let texts: Vec<&str> = mixed.runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(texts, ["Naam: ", "محمد علي", ", cliënt"]);
    }
}
