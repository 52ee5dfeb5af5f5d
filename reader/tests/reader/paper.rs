//! PDFs for tests, as few objects as they need.

use hayro_cmap::{CMapName, load_embedded};
use hayro_font::StandardFont;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use reader::Drawn;

/// A document that is being made.
pub struct Paper {
    pub pdf: Document,
    tree: ObjectId,
    kids: Vec<Object>,
}

impl Paper {
    pub fn new() -> Self {
        let mut pdf = Document::with_version("1.7");
        let tree = pdf.new_object_id();
        Self { pdf, tree, kids: Vec::new() }
    }

    /// Adds an upright page of 200 by 100 points, with these operators and entries of its dictionary.
    pub fn page(mut self, content: &str, entries: Dictionary) -> Self {
        let content = self.pdf.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => self.tree, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 200.into(), 100.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        };
        for (key, value) in &entries {
            page.set(key.clone(), value.clone());
        }
        self.kids.push(self.pdf.add_object(page).into());
        self
    }

    /// Binds the pages, with these entries in the catalog.
    pub fn bound(mut self, entries: Dictionary) -> Document {
        let count = i64::try_from(self.kids.len()).unwrap();
        let pages = dictionary! { "Type" => "Pages", "Kids" => self.kids, "Count" => count };
        self.pdf.objects.insert(self.tree, pages.into());
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => self.tree };
        for (key, value) in &entries {
            catalog.set(key.clone(), value.clone());
        }
        let catalog = self.pdf.add_object(catalog);
        self.pdf.trailer.set("Root", catalog);
        let id = Object::string_literal("0123456789abcdef");
        self.pdf.trailer.set("ID", vec![id.clone(), id]);
        self.pdf
    }

    pub fn bytes(self) -> Vec<u8> {
        bytes(self.bound(Dictionary::new()))
    }
}

pub fn bytes(mut pdf: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

/// Returns the bytes of a file that a document may want, if there is one.
pub fn supply(name: &str) -> Option<Vec<u8>> {
    match name {
        "Helvetica.pfb" => Some((*StandardFont::Helvetica.get_font_data().0).as_ref().to_vec()),
        "cmaps.bin" => {
            let name = b"UniJIS-UTF16-H";
            let cmap = load_embedded(CMapName::from_bytes(name))?;
            let length = u32::try_from(cmap.len()).unwrap().to_be_bytes();
            Some([&[u8::try_from(name.len()).unwrap()][..], name, &length, cmap].concat())
        }
        _ => None,
    }
}

/// Draws a page as the worker does: what it wants is given, until it wants no more.
pub fn drawn(document: &mut reader::Document, page: usize) -> Drawn {
    loop {
        let drawn = document.draw(page, 1.0).unwrap();
        if drawn.wanted.is_empty() {
            return drawn;
        }
        for name in &drawn.wanted {
            document.give(name, supply(name));
        }
    }
}

/// Returns the share of dark pixels within a part of a picture, from 0 to 1.
pub fn ink(drawn: &Drawn, x: std::ops::Range<usize>, y: std::ops::Range<usize>) -> f64 {
    let all = x.len() * y.len();
    let is_dark = |at: usize| drawn.pixels[at] < 128;
    let width = usize::from(drawn.width);
    let dark = y.flat_map(|row| x.clone().map(move |column| 4 * (row * width + column))).filter(|at| is_dark(*at));
    dark.count() as f64 / all as f64
}
