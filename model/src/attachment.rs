//! The types of file that people can send, known by their content alone because a name can say anything, and the
//! largest size of a file. App and server have both from here.

/// The maximum size of a file in bytes. The settings of a server may only lower it.
pub const MAX_BYTES: u64 = 25_000_000;

/// A type of file that is accepted somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// A PDF.
    Pdf,
    /// A photograph, as cameras write it.
    Jpeg,
    /// A picture without loss.
    Png,
    /// A picture for web pages. It can become a logo, and is no document.
    WebP,
    /// A photograph, as telephones write it. Few programs can open it.
    Heic,
}

impl MediaType {
    /// All types.
    pub const ALL: [Self; 5] = [Self::Pdf, Self::Jpeg, Self::Png, Self::WebP, Self::Heic];

    /// Returns the type that the first bytes show.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            // Readers of PDF look for the mark further on as well (ISO 32000-2, annex I), but a file that has it only
            // there may also be something else.
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            _ if is_heic(bytes) => Some(Self::Heic),
            _ => None,
        }
    }

    /// Returns the type that the first bytes show, if such a file can be a document.
    pub fn of_document(bytes: &[u8]) -> Option<Self> {
        Self::sniff(bytes).filter(|media_type| *media_type != Self::WebP)
    }

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
        Self::ALL.into_iter().find(|media_type| media_type.mime() == mime)
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
        self != Self::Heic
    }
}

/// Returns true for a file that starts with a whole box `ftyp` that names the brand of a photograph in HEVC
/// (ISO/IEC 14496-12, section 4.3; ISO/IEC 23008-12, section 10.2).
fn is_heic(bytes: &[u8]) -> bool {
    let [a, b, c, d, b'f', b't', b'y', b'p', ..] = *bytes else { return false };
    let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
    let Some(brands) = bytes.get(8..length) else { return false };
    match brands.first_chunk() {
        Some(b"heic") => true,
        // Between the major brand and the compatible ones is a version.
        Some(b"mif1" | b"msf1") => brands.chunks_exact(4).skip(2).any(|brand| brand == b"heic"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn the_content_says_what_a_file_is() {
        let check =
            |bytes: &[u8], expected: Option<MediaType>| assert_eq!(MediaType::sniff(bytes), expected, "{bytes:?}");
        check(b"%PDF-1.7\n", Some(MediaType::Pdf));
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Some(MediaType::Jpeg));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(MediaType::Png));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some(MediaType::WebP));
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0", Some(MediaType::Heic));
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic\0\0\0\0", Some(MediaType::Heic));
    }

    #[test]
    fn what_only_looks_like_one_of_them_is_none() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html><script>alert(1)</script>",
            b"\n%PDF-1.7\n",
            b" %PDF-1.7\n",
            b"PK\x03\x04",
            b"MZ\x90\0 program.pdf",
            b"\x89PNG",
            b"RIFF\x10\0\0\0WAVEfmt ",
            b"\0\0\0\x18ftypisom\0\0\0\0mp42",
            b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif\0\0\0\0",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1",
            b"\0\0\0\x08ftyp",
            b"\0\0\0\0ftypheic",
        ] {
            assert_eq!(MediaType::sniff(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_picture_for_web_pages_is_no_document() {
        assert_eq!(MediaType::of_document(b"RIFF\x10\0\0\0WEBPVP8 "), None);
        assert_eq!(MediaType::of_document(b"%PDF-1.7\n"), Some(MediaType::Pdf));
    }

    #[test]
    fn each_type_is_found_by_its_name() {
        for media_type in MediaType::ALL {
            assert_eq!(MediaType::of_mime(media_type.mime()), Some(media_type));
        }
    }
}
