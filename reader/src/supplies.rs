//! What documents may need and do not bring along: the standard fonts of PDF, and the tables of codes (CMaps) of East
//! Asian scripts. They are files that are loaded when a document asks for them.

use hayro::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::{CMapName, CidFamily};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Fonts and CMaps that were loaded, and the names of those that a document asked for and that are not here.
#[derive(Default)]
pub struct Supplies(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    fonts: BTreeMap<String, FontData>,
    /// The bytes live as long as the module, because the interpreter asks for that.
    cmaps: BTreeMap<String, &'static [u8]>,
    wanted: BTreeSet<String>,
    refused: BTreeSet<String>,
}

/// The file with all CMaps.
const CMAPS: &str = "cmaps.bin";

impl Supplies {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the names of the files that were asked for since the last call.
    pub fn take_wanted(&self) -> Vec<String> {
        std::mem::take(&mut self.shelf().wanted).into_iter().collect()
    }

    /// Adds a file under its name. Without bytes it is not to be had, and is not asked for again.
    pub fn give(&self, name: &str, bytes: Option<Vec<u8>>) {
        let mut shelf = self.shelf();
        match bytes {
            None => drop(shelf.refused.insert(name.to_owned())),
            Some(bytes) if name == CMAPS => shelf.cmaps = unpacked(bytes.leak()),
            Some(bytes) => drop(shelf.fonts.insert(name.to_owned(), std::sync::Arc::new(bytes))),
        }
    }

    /// Returns the font that stands in for one that the document does not bring along.
    pub fn font(&self, query: &FontQuery) -> Option<(FontData, u32)> {
        let font = match query {
            FontQuery::Standard(font) => *font,
            // No standard font has these letters, so wrong ones would be drawn.
            FontQuery::Fallback(query) if is_east_asian(query) => return None,
            FontQuery::Fallback(query) => query.pick_standard_font(),
        };
        let name = format!("{}.pfb", font.postscript_name());
        let mut shelf = self.shelf();
        if let Some(data) = shelf.fonts.get(&name) {
            return Some((data.clone(), 0));
        }
        shelf.want(name);
        None
    }

    /// Returns a CMap that PDF defines by name.
    pub fn cmap(&self, name: CMapName<'_>) -> Option<&'static [u8]> {
        if matches!(name, CMapName::Custom(_)) {
            return None;
        }
        let name = String::from_utf8_lossy(name.to_bytes()).into_owned();
        let mut shelf = self.shelf();
        if shelf.cmaps.is_empty() {
            shelf.want(CMAPS.to_owned());
        }
        shelf.cmaps.get(&name).copied()
    }
}

impl Shelf {
    fn want(&mut self, name: String) {
        if !self.refused.contains(&name) {
            self.wanted.insert(name);
        }
    }
}

fn is_east_asian(query: &FallbackFontQuery) -> bool {
    let family = query.character_collection.as_ref().map(|collection| &collection.family);
    matches!(family, Some(CidFamily::AdobeJapan1 | CidFamily::AdobeGB1 | CidFamily::AdobeCNS1 | CidFamily::AdobeKorea1))
}

/// Reads the file with all CMaps: for each the length of its name in one byte, the name, the length of its bytes in four
/// bytes (big-endian), and the bytes.
fn unpacked(mut bytes: &'static [u8]) -> BTreeMap<String, &'static [u8]> {
    let mut cmaps = BTreeMap::new();
    while let Some((name, cmap, rest)) = entry(bytes) {
        cmaps.insert(String::from_utf8_lossy(name).into_owned(), cmap);
        bytes = rest;
    }
    cmaps
}

fn entry(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    let (name, rest) = rest.split_at_checked(usize::from(*length))?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (cmap, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    Some((name, cmap, rest))
}
