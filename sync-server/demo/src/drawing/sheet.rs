//! Pages while they are written: text, rules and grey fields on A4, set in
//! Helvetica, which every reader of PDF brings along.

use super::helvetica::{encoded, width, wrapped};
use lopdf::{
    Dictionary, Document, Object, ObjectId, Stream,
    content::{Content, Operation},
    dictionary,
};
use model::language::Language;

/// The size of A4, in points.
const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;
pub(super) const LEFT: f32 = 62.0;
pub(super) const RIGHT: f32 = WIDTH - 62.0;
const TOP: f32 = HEIGHT - 96.0;
const BOTTOM: f32 = 90.0;

#[derive(Clone, Copy)]
pub(super) enum Face {
    Regular,
    Bold,
}

impl Face {
    fn name(self) -> &'static str {
        match self {
            Self::Regular => "F1",
            Self::Bold => "F2",
        }
    }
}

/// The pages that are written so far.
pub(super) struct Sheets {
    pub pages: Vec<Vec<Operation>>,
    /// The distance of the next line from the bottom.
    pub y: f32,
}

impl Default for Sheets {
    fn default() -> Self {
        Self { pages: Vec::new(), y: TOP }
    }
}

impl Sheets {
    pub fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// Starts a new page if less than `height` is left.
    pub fn room(&mut self, height: f32) {
        if self.y - height < BOTTOM {
            self.new_page();
        }
    }

    fn page(&mut self) -> &mut Vec<Operation> {
        if self.pages.is_empty() {
            self.new_page();
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    pub fn text(&mut self, x: f32, y: f32, size: f32, face: Face, text: &str) {
        write(self.page(), x, y, size, face, text);
    }

    /// Writes text that ends at `x`.
    pub fn text_to(&mut self, x: f32, y: f32, size: f32, face: Face, text: &str) {
        self.text(x - width(text, size), y, size, face, text);
    }

    pub fn line(&mut self, x: f32, size: f32, face: Face, text: &str, height: f32) {
        let y = self.y;
        self.text(x, y, size, face, text);
        self.y -= height;
    }

    pub fn passage(&mut self, text: &str) {
        for line in wrapped(text, 11.0, RIGHT - LEFT) {
            self.room(16.0);
            self.line(LEFT, 11.0, Face::Regular, &line, 16.0);
        }
    }

    pub fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, grey: f32) {
        self.page().extend([
            Operation::new("g", vec![grey.into()]),
            Operation::new("re", vec![x.into(), y.into(), width.into(), height.into()]),
            Operation::new("f", vec![]),
            Operation::new("g", vec![0.into()]),
        ]);
    }
}

pub(super) fn write(page: &mut Vec<Operation>, x: f32, y: f32, size: f32, face: Face, text: &str) {
    page.extend([
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec![face.name().into(), size.into()]),
        Operation::new("Td", vec![x.into(), y.into()]),
        Operation::new("Tj", vec![Object::string_literal(encoded(text))]),
        Operation::new("ET", vec![]),
    ]);
}

pub(super) fn rule(page: &mut Vec<Operation>, y: f32) {
    page.extend([
        Operation::new("w", vec![0.6.into()]),
        Operation::new("m", vec![LEFT.into(), y.into()]),
        Operation::new("l", vec![RIGHT.into(), y.into()]),
        Operation::new("S", vec![]),
    ]);
}

/// Returns the bytes of a PDF. The same pages always make the same bytes.
pub(super) fn assemble(pages: Vec<Vec<Operation>>, title: &str, language: Language) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let mut font = |base: &str| -> ObjectId {
        document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => base, "Encoding" => "WinAnsiEncoding",
        })
    };
    let (regular, bold) = (font("Helvetica"), font("Helvetica-Bold"));
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => regular, "F2" => bold } });
    let kids: Vec<Object> = pages
        .into_iter()
        .map(|operations| {
            // Encoding numbers and strings cannot fail; if it did, an empty page would show it.
            let content = Content { operations }.encode().unwrap_or_default();
            let content = document.add_object(Stream::new(Dictionary::new(), content));
            document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap_or(0);
    let tree_object = dictionary! {
        "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), WIDTH.into(), HEIGHT.into()],
    };
    document.objects.insert(tree, tree_object.into());
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree, "Lang" => Object::string_literal(language.tag()),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
    });
    let info = document.add_object(dictionary! { "Title" => Object::string_literal(encoded(title)) });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    document.compress();
    let mut bytes = Vec::new();
    if let Err(error) = document.save_to(&mut bytes) {
        tracing::error!(%error, "a PDF could not be written to memory");
    }
    bytes
}
