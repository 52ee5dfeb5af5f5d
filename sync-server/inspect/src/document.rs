//! Checks a file that is to be a document, by its whole content.

use crate::{
    answer::{Document, Refused},
    pdf, picture,
};
use model::attachment::MediaType;
use std::path::Path;

/// Checks a document. A PDF gets a copy without anything that runs at `copy`, if that is given. A copy that cannot be
/// made is no reason to refuse the file.
pub fn check(bytes: Vec<u8>, copy: Option<&Path>) -> Result<Document, Refused> {
    if bytes.is_empty() {
        return Err(Refused::Empty);
    }
    let media_type = MediaType::of_document(&bytes).ok_or(Refused::WrongType)?;
    if media_type != MediaType::Pdf {
        let is_whole = picture::is_whole(&bytes, media_type);
        return if is_whole { Ok(found(media_type, 1, false)) } else { Err(Refused::Broken) };
    }
    let (document, pages) = pdf::open(&bytes).ok_or(Refused::Broken)?;
    // The bytes go before the copy is made: a large file has room for one of the two only.
    drop(bytes);
    let is_copied = copy.is_some_and(|copy| pdf::copy(document, copy));
    Ok(found(media_type, pages, is_copied))
}

fn found(media_type: MediaType, pages: u32, is_copied: bool) -> Document {
    Document { media_type: media_type.mime().to_owned(), pages, is_copied }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> Option<Refused> {
        check(bytes.to_vec(), None).err()
    }

    #[test]
    fn what_only_begins_like_a_document_is_refused() {
        for bytes in [
            &b"\xff\xd8\xff"[..],
            b"\xff\xd8\xff\xe0\0\x10JFIF",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0",
            b"%PDF-1.7\n",
            b"%PDF-1.7\nnot really\n%%EOF",
            b"%PDF-1.4\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF",
        ] {
            assert_eq!(refused(bytes), Some(Refused::Broken), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_document_says_so() {
        assert_eq!(refused(b""), Some(Refused::Empty));
        for bytes in [&b"hello"[..], b"RIFF\x10\0\0\0WEBPVP8 ", b"\n%PDF-1.7\n"] {
            assert_eq!(refused(bytes), Some(Refused::WrongType));
        }
    }
}
