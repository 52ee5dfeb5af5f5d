//! Determines the type of a file by its content alone, because a name can say anything. Opens
//! only files that it has to open.

use super::error::StoreError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A type of file that is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Pdf,
    Jpeg,
    Png,
    WebP,
    Heic,
}

impl MediaType {
    const ALL: [Self; 5] = [Self::Pdf, Self::Jpeg, Self::Png, Self::WebP, Self::Heic];

    /// Returns the name for the header `Content-Type`.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Heic => "image/heic",
        }
    }

    /// Returns the type with this name.
    pub fn of_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.mime() == mime)
    }

    /// Returns the extension of file names.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Heic => "heic",
        }
    }

    /// Returns true if every browser can show the type.
    pub fn shows_in_browsers(self) -> bool {
        !matches!(self, Self::Heic)
    }
}

/// Inspects a whole file. Returns its type and its number of pages (1 for an image).
pub(super) fn inspect(bytes: &[u8]) -> Result<(MediaType, u32), StoreError> {
    if bytes.is_empty() {
        return Err(StoreError::Empty);
    }
    match sniff(bytes).ok_or(StoreError::WrongType)? {
        MediaType::Pdf => Ok((MediaType::Pdf, pages(bytes)?)),
        image => Ok((image, 1)),
    }
}

fn sniff(bytes: &[u8]) -> Option<MediaType> {
    // This is stricter than readers of PDF, which look for the mark further on: such a
    // file may also be something else.
    if bytes.starts_with(b"%PDF-") {
        return Some(MediaType::Pdf);
    }
    match infer::get(bytes)?.mime_type() {
        "image/jpeg" => Some(MediaType::Jpeg),
        "image/png" => Some(MediaType::Png),
        "image/webp" => Some(MediaType::WebP),
        "image/heif" => Some(MediaType::Heic),
        _ => None,
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
    fn the_content_says_what_a_file_is() {
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0";
        let check = |bytes: &[u8], expected: Option<MediaType>| assert_eq!(sniff(bytes), expected, "{bytes:?}");
        check(b"%PDF-1.7\n", Some(MediaType::Pdf));
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Some(MediaType::Jpeg));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(MediaType::Png));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some(MediaType::WebP));
        check(heic, Some(MediaType::Heic));
        check(b"GIF89a", None);
        check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", None);
        check(b"<!doctype html><script>alert(1)</script>", None);
        check(b" %PDF-1.7\n", None);
        check(b"PK\x03\x04", None);
        check(b"MZ\x90\0", None);
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
