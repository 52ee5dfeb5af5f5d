//! The functions that the script of the worker calls.

use crate::{Document, Drawn, Line, Unreadable};
use wasm_bindgen::prelude::wasm_bindgen;

/// An open document.
#[wasm_bindgen(js_name = Document)]
pub struct WebDocument(Document);

/// A drawn page.
#[wasm_bindgen(js_name = Page)]
pub struct WebPage(Drawn);

/// What stands on a page.
#[wasm_bindgen(js_name = Text)]
pub struct WebText(Vec<Line>, Vec<String>);

fn joined(names: &[String]) -> String {
    names.iter().flat_map(|name| [name.as_str(), "\n"]).collect()
}

#[wasm_bindgen(js_class = Document)]
impl WebDocument {
    /// Opens a document. Fails with one of the words `password`, `broken` and `pages`.
    pub fn open(bytes: Vec<u8>) -> Result<WebDocument, String> {
        Document::open(bytes).map(WebDocument).map_err(|why| {
            let word = match why {
                Unreadable::Password => "password",
                Unreadable::Broken => "broken",
                Unreadable::TooManyPages => "pages",
            };
            word.to_owned()
        })
    }

    /// Returns the width and height of each page in points, one after the other.
    pub fn sizes(&self) -> Vec<f32> {
        self.0.sizes().into_iter().flat_map(|(width, height)| [width, height]).collect()
    }

    /// Adds a file that a page wanted; without bytes it is not to be had.
    pub fn give(&mut self, name: &str, bytes: Option<Vec<u8>>) {
        self.0.give(name, bytes);
    }

    /// Draws a page, by its number from 0.
    pub fn draw(&self, number: usize, scale: f32) -> Option<WebPage> {
        self.0.draw(number, scale).map(WebPage)
    }

    /// Returns what stands on a page.
    pub fn text(&self, number: usize) -> WebText {
        WebText(self.0.lines(number), self.0.take_wanted())
    }
}

#[wasm_bindgen(js_class = Page)]
impl WebPage {
    #[wasm_bindgen(getter)]
    pub fn width(&self) -> u16 {
        self.0.width
    }

    #[wasm_bindgen(getter)]
    pub fn height(&self) -> u16 {
        self.0.height
    }

    /// Bits of what is missing: 1 pictures, 2 letters, 4 values of fields.
    #[wasm_bindgen(getter)]
    pub fn missing(&self) -> u8 {
        self.0.missing.bits()
    }

    /// Names of files that would help, with a new line after each.
    #[wasm_bindgen(getter)]
    pub fn wanted(&self) -> String {
        joined(&self.0.wanted)
    }

    /// Gives the pixels away.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0.pixels)
    }
}

#[wasm_bindgen(js_class = Text)]
impl WebText {
    /// Names of files that would help, with a new line after each.
    #[wasm_bindgen(getter)]
    pub fn wanted(&self) -> String {
        joined(&self.1)
    }

    /// The words of each line, with a new line after each.
    #[wasm_bindgen(getter)]
    pub fn words(&self) -> String {
        self.0.iter().map(|line| line.text.replace('\n', " ") + "\n").collect()
    }

    /// For each line its x, y, width, size, angle, and 1 if it is the last of its row.
    #[wasm_bindgen(getter)]
    pub fn places(&self) -> Vec<f64> {
        let of = |line: &Line| [line.x, line.y, line.width, line.size, line.angle, f64::from(line.is_last)];
        self.0.iter().flat_map(of).collect()
    }
}
