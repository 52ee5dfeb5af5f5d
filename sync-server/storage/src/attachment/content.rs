//! Inspects a file that was sent, by its content alone. Opens only files that it has to open.

use super::error::StoreError;
use model::attachment::MediaType;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Inspects a whole file. Returns its type and its number of pages (1 for an image).
pub(super) fn inspect(bytes: &[u8]) -> Result<(MediaType, u32), StoreError> {
    if bytes.is_empty() {
        return Err(StoreError::Empty);
    }
    match MediaType::of_document(bytes).ok_or(StoreError::WrongType)? {
        MediaType::Pdf => Ok((MediaType::Pdf, pages(bytes)?)),
        image => Ok((image, 1)),
    }
}

/// Counts the pages. The PDF library gets files that were made in bad faith, so a panic of it
/// is treated like any other sign that the file is no PDF.
fn pages(bytes: &[u8]) -> Result<u32, StoreError> {
    let opened = catch_unwind(AssertUnwindSafe(|| {
        let document = lopdf::Document::load_mem(bytes).ok()?;
        // The file needs a password that we do not know.
        if document.is_encrypted() {
            return None;
        }
        u32::try_from(document.get_pages().len()).ok().filter(|pages| *pages > 0)
    }));
    opened.ok().flatten().ok_or(StoreError::BrokenPdf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_photographs_are_taken_and_pictures_for_web_pages_are_not() {
        let taken = |bytes: &[u8]| inspect(bytes).map(|(media_type, _)| media_type).ok();
        assert_eq!(taken(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some(MediaType::Jpeg));
        assert_eq!(taken(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some(MediaType::Png));
        assert_eq!(taken(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0"), Some(MediaType::Heic));
        assert!(matches!(inspect(b"RIFF\x10\0\0\0WEBPVP8 "), Err(StoreError::WrongType)));
        assert!(matches!(inspect(b"\n%PDF-1.7\n"), Err(StoreError::WrongType)));
    }

    #[test]
    fn a_pdf_that_is_none_is_refused() {
        for bytes in [
            &b"%PDF-1.7\n"[..],
            b"%PDF-1.7\nnot really\n%%EOF",
            b"%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF",
        ] {
            assert!(matches!(inspect(bytes), Err(StoreError::BrokenPdf)));
        }
        assert!(matches!(inspect(b""), Err(StoreError::Empty)));
        assert!(matches!(inspect(b"hello"), Err(StoreError::WrongType)));
    }
}
