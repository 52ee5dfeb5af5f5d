//! One open document: its pages, drawn one at a time, with what was missing on each.

use crate::{
    field,
    lines::{self, Line},
    overlay::Overlay,
    supplies::Supplies,
};
use hayro::hayro_interpret::{InterpreterCache, InterpreterSettings, InterpreterWarning, TransformExt};
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, object::Dict, page::Page};
use hayro::kurbo::Affine;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit, color::palette::css::WHITE};
use hayro::{RenderCache, RenderSettings, render_into};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// The most pages that a document may have to be shown.
pub const MAX_PAGES: usize = 1_000;
/// The most pixels of a drawn page, which is 64 MB.
const MAX_PIXELS: f32 = 16_000_000.0;
/// The longest side of a drawn page in pixels.
const MAX_SIDE: f32 = 16_000.0;

/// Reasons why a document cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It asks for a password.
    Password,
    /// It is no PDF, or too damaged.
    Broken,
    /// It has more pages than [`MAX_PAGES`].
    TooManyPages,
}

/// Kinds of things that could not be drawn on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Missing(u8);

impl Missing {
    /// A picture that could not be decoded.
    pub const PICTURES: Self = Self(1);
    /// Letters whose font is not there.
    pub const LETTERS: Self = Self(2);
    /// The value of a form field, or a form that only the program that made it can show.
    pub const FIELDS: Self = Self(4);

    /// Returns true if all was drawn.
    pub fn is_nothing(self) -> bool {
        self.0 == 0
    }

    /// Returns the kinds as bits: 1 pictures, 2 letters, 4 fields.
    pub fn bits(self) -> u8 {
        self.0
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A page as pixels.
pub struct Drawn {
    pub width: u16,
    pub height: u16,
    /// Red, green, blue and opacity of each pixel, row by row. Every pixel is opaque.
    pub pixels: Vec<u8>,
    /// What is not among them.
    pub missing: Missing,
    /// Files that would help, to be given by [`Document::give`] before the page is drawn again.
    pub wanted: Vec<String>,
}

/// An open document. Its memory is freed with the module: a document is opened in a worker of its own.
pub struct Document {
    pdf: &'static Pdf,
    /// Values of form fields that the document leaves to its reader to draw, by page.
    overlay: Overlay,
    cache: RenderCache<'static>,
    /// The fonts with which it is read.
    fonts: InterpreterCache<'static>,
    supplies: Arc<Supplies>,
    warnings: Arc<AtomicU8>,
    needs_its_program: bool,
    /// What was read of each page so far.
    read: RefCell<BTreeMap<usize, Rc<PageText>>>,
}

/// What stands on a page.
struct PageText {
    lines: Vec<Line>,
    /// True if letters that people should see have no shape.
    lacks_letters: bool,
}

impl Document {
    /// Opens a document.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        let pdf = Pdf::new(bytes).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unreadable::Password,
            LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Unreadable::Broken,
        })?;
        let pdf: &'static Pdf = Box::leak(Box::new(pdf));
        match pdf.pages().len() {
            0 => return Err(Unreadable::Broken),
            1..=MAX_PAGES => {}
            _ => return Err(Unreadable::TooManyPages),
        }
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
        let overlay = Overlay::of(pdf.pages().iter().map(|page| field::undrawn(page, &catalog)));
        Ok(Self {
            pdf,
            overlay,
            cache: RenderCache::new(),
            fonts: InterpreterCache::new(),
            supplies: Arc::default(),
            warnings: Arc::default(),
            read: RefCell::default(),
            needs_its_program: catalog.get::<bool>(b"NeedsRendering").unwrap_or(false),
        })
    }

    /// Returns the width and height of each page in points, turned as it is read.
    pub fn sizes(&self) -> Vec<(f32, f32)> {
        self.pdf.pages().iter().map(Page::render_dimensions).collect()
    }

    /// Adds a file that a page wanted; without bytes it is not to be had.
    pub fn give(&mut self, name: &str, bytes: Option<Vec<u8>>) {
        self.supplies.give(name, bytes);
        // The caches have the failure to find it.
        self.cache = RenderCache::new();
        self.overlay.forget();
        self.read.take();
        self.fonts = InterpreterCache::new();
    }

    /// Draws a page at a number of pixels for each point, or fewer if the page is very large.
    pub fn draw(&self, number: usize, scale: f32) -> Option<Drawn> {
        let page = self.pdf.pages().get(number)?;
        let (width, height) = page.render_dimensions();
        let scale = scale.min((MAX_PIXELS / (width * height)).sqrt()).min(MAX_SIDE / width.max(height));
        let side = |points: f32| ((points * scale).round().max(1.0)) as u16;
        let (width, height) = (side(width), side(height));
        self.warnings.store(0, Ordering::Relaxed);
        let mut context = RenderContext::new(width, height);
        let settings = self.settings();
        let onto = Affine::scale(f64::from(scale)) * page.initial_transform(true).to_kurbo();
        render_into(page, &self.cache, &settings, &RenderSettings::default(), &mut context, onto);
        if let Some((values, cache)) = self.overlay.page(number) {
            render_into(values, cache, &settings, &RenderSettings::default(), &mut context, onto);
        }
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        let raster = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..Default::default() };
        context.render_with(&mut pixmap, &mut Resources::default(), raster);
        let mut missing = Missing(self.warnings.load(Ordering::Relaxed));
        if self.needs_its_program || self.overlay.is_short(number) {
            missing = missing.with(Missing::FIELDS);
        }
        if self.read(number).is_some_and(|read| read.lacks_letters) {
            missing = missing.with(Missing::LETTERS);
        }
        let pixels = pixmap.data_as_u8_slice().to_vec();
        Some(Drawn { width, height, pixels, missing, wanted: self.supplies.take_wanted() })
    }

    /// Returns what stands on a page, from top to bottom.
    pub fn lines(&self, number: usize) -> Vec<Line> {
        self.read(number).map(|read| read.lines.clone()).unwrap_or_default()
    }

    /// Returns the names of files that would help, to be given by [`Document::give`], since the last time.
    pub fn take_wanted(&self) -> Vec<String> {
        self.supplies.take_wanted()
    }

    /// Reads a page, once.
    fn read(&self, number: usize) -> Option<Rc<PageText>> {
        if let Some(read) = self.read.borrow().get(&number) {
            return Some(read.clone());
        }
        let page = self.pdf.pages().get(number)?;
        let settings = self.settings();
        let mut reading = lines::Reading::default();
        reading.read(page, page, &self.fonts, &settings);
        if let Some((values, _)) = self.overlay.page(number) {
            reading.read(values, page, self.overlay.fonts(), &settings);
        }
        let (lines, lacks_letters) = reading.finish();
        let read = Rc::new(PageText { lines, lacks_letters });
        self.read.borrow_mut().insert(number, read.clone());
        Some(read)
    }

    fn settings(&self) -> InterpreterSettings {
        let (fonts, cmaps, warnings) = (self.supplies.clone(), self.supplies.clone(), self.warnings.clone());
        InterpreterSettings {
            font_resolver: Arc::new(move |query| fonts.font(query)),
            cmap_resolver: Arc::new(move |name| cmaps.cmap(name)),
            warning_sink: Arc::new(move |warning| {
                let missing = match warning {
                    InterpreterWarning::ImageDecodeFailure => Missing::PICTURES,
                    InterpreterWarning::UnsupportedFont => Missing::LETTERS,
                    // A box that is not ticked has no appearance either; `field` tells them apart.
                    InterpreterWarning::UnresolvedAnnotationAppearance => return,
                    // A kind that this release does not know says nothing about which it is.
                    _ => Missing::PICTURES,
                };
                warnings.fetch_or(missing.bits(), Ordering::Relaxed);
            }),
            ..Default::default()
        }
    }
}
