//! What stands on a page as text, with its places: for screen readers, for search and for copying.

use hayro::hayro_interpret::font::{Glyph, GlyphIdentifier, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{BezPath, Point, Rect, Vec2};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The most characters of a page that are read.
const MAX_CHARACTERS: usize = 100_000;
/// The units of a font's letters to the height of a line.
const EM: f64 = 1000.0;
/// Two directions within this angle, in radians, are one.
const SAME_ANGLE: f64 = 0.02;

/// Words that stand next to each other on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub text: String,
    /// The place where the words begin, on the baseline, in points from the top left of the page.
    pub x: f64,
    pub y: f64,
    /// The length of the words, in points.
    pub width: f64,
    /// The size of the letters, in points.
    pub size: f64,
    /// The direction in which the words run, in radians, clockwise from left to right.
    pub angle: f64,
    /// True if the next words stand on another line.
    pub is_last: bool,
}

/// What was read of a page so far.
#[derive(Default)]
pub struct Reading {
    found: Vec<Line>,
    characters: usize,
    has_shape: HashMap<GlyphIdentifier, bool>,
    lacks_letters: bool,
}

impl Reading {
    /// Reads a page whose text stands in the coordinates of `seen_as`, the page that people see. `cache` is one of the
    /// page's own document.
    pub fn read<'a>(
        &mut self,
        page: &Page<'a>,
        seen_as: &Page<'_>,
        cache: &InterpreterCache<'a>,
        settings: &InterpreterSettings,
    ) {
        let (width, height) = seen_as.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = seen_as.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, cache, page.xref(), settings.clone());
        interpret_page(page, &mut context, self);
    }

    /// Returns what was read from top to bottom, and whether letters that people should see have no shape.
    pub fn finish(mut self) -> (Vec<Line>, bool) {
        self.found.retain_mut(|line| {
            line.text.truncate(line.text.trim_end().len());
            !line.text.trim().is_empty()
        });
        (ordered(self.found), self.lacks_letters)
    }

    fn add(&mut self, text: &str, at: Point, along: Vec2, size: f64, advance: f64) {
        let angle = along.atan2();
        let direction = Vec2::from_angle(angle);
        if let Some(last) = self.found.last_mut() {
            let from_start = at - Point::new(last.x, last.y);
            let gap = from_start.dot(direction) - last.width;
            let across = from_start.cross(direction).abs();
            let is_same = (last.angle - angle).abs() < SAME_ANGLE && (0.8..1.25).contains(&(size / last.size));
            if is_same && across < 0.2 * size && (-0.5 * size..size).contains(&gap) {
                if gap > 0.15 * size && !last.text.ends_with(' ') && text != " " {
                    last.text.push(' ');
                }
                last.text.push_str(text);
                last.width += gap + advance;
                return;
            }
        }
        if text.trim().is_empty() {
            return;
        }
        let text = text.to_owned();
        self.found.push(Line { text, x: at.x, y: at.y, width: advance, size, angle, is_last: false });
    }

    fn check_shape(&mut self, glyph: &Glyph<'_>, text: &str) {
        let Glyph::Outline(outline) = glyph else { return };
        if !text.chars().any(char::is_alphanumeric) {
            return;
        }
        let has_shape = match self.has_shape.entry(outline.identifier()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => *new.insert(!outline.outline().elements().is_empty()),
        };
        self.lacks_letters |= !has_shape;
    }
}

/// Puts lines in the order in which people read them: from top to bottom, each from left to right.
fn ordered(mut found: Vec<Line>) -> Vec<Line> {
    found.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut from = 0;
    while let Some(first) = found.get(from) {
        let (y, near) = (first.y, 0.4 * first.size);
        let count = found[from..].iter().take_while(|line| (line.y - y).abs() < near).count().max(1);
        let row = &mut found[from..from + count];
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        if let Some(last) = row.last_mut() {
            last.is_last = true;
        }
        from += count;
    }
    found
}

impl Device<'_> for Reading {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        for glyph in run.glyphs() {
            if self.characters >= MAX_CHARACTERS {
                return;
            }
            self.characters += 1;
            let [a, b, c, d, x, y] = (props.transform * glyph.transform()).as_coeffs();
            let (along, up) = (Vec2::new(a, b), Vec2::new(c, d));
            let text = match glyph.as_unicode() {
                Some(BfString::Char(one)) => one.to_string(),
                Some(BfString::String(several)) => several,
                None => continue,
            };
            if !matches!(mode, DrawMode::Invisible) {
                self.check_shape(glyph, &text);
            }
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let advance = advance.map_or(EM / 2.0, f64::from) * along.hypot();
            let size = up.hypot() * EM;
            if size > 0.1 && size.is_finite() && x.is_finite() && y.is_finite() {
                self.add(&text, Point::new(x, y), along, size, advance);
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
