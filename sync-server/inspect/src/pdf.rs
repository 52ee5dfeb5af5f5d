//! Opens PDFs, and writes copies of them that run nothing. The copy is written anew from what the library read: what a
//! browser would find in the file by reading it in another way is not in it.

mod clean;
pub mod text;

use crate::bounds::LARGEST_COPY;
use lopdf::{Dictionary, Document, LoadOptions, xref::XrefType};
use std::{
    fs::OpenOptions,
    io::{self, BufWriter, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

/// The number of bytes that one stream of objects may become.
const UNPACKED: usize = 64 * 1024 * 1024;

/// Opens a PDF and counts its pages. Returns None for a file that cannot be opened without a password, or has none.
pub fn open(bytes: &[u8]) -> Option<(Document, u32)> {
    let options = LoadOptions { max_decompressed_size: Some(UNPACKED), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    if document.is_encrypted() {
        return None;
    }
    let pages = u32::try_from(document.page_iter().count()).ok().filter(|pages| *pages > 0)?;
    Some((document, pages))
}

/// Writes a copy without anything that runs. Returns false if that is not possible, and then empties the file.
pub fn copy(document: Document, to: &Path) -> bool {
    let written = catch_unwind(AssertUnwindSafe(|| write_copy(document, to)));
    matches!(written, Ok(Ok(()))) || {
        // An empty file is no copy, whatever became of this one.
        drop(OpenOptions::new().write(true).truncate(true).open(to));
        false
    }
}

fn write_copy(mut document: Document, to: &Path) -> io::Result<()> {
    clean::clean(&mut document);
    let mut trailer = Dictionary::new();
    for key in [&b"Root"[..], b"Info"] {
        if let Ok(value) = document.trailer.get(key) {
            trailer.set(key.to_vec(), value.clone());
        }
    }
    document.trailer = trailer;
    document.prune_objects();
    document.max_id = document.objects.keys().map(|(number, _)| *number).max().unwrap_or(0);
    document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    // Both come from the file, and what follows is written as it is.
    document.version = "1.7".to_owned();
    document.binary_mark = vec![0xe2, 0xe3, 0xcf, 0xd3];
    let file = OpenOptions::new().write(true).truncate(true).open(to)?;
    let mut bounded = Bounded { to: BufWriter::new(file), left: LARGEST_COPY };
    document.save_to(&mut bounded)?;
    bounded.flush()
}

/// Writes up to a number of bytes, so that too large a copy is an error and does not end the worker.
struct Bounded<W> {
    to: W,
    left: u64,
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        self.to.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
