//! Walks through a photograph from its first byte to its end: each part has to be as long as it says, and the parts
//! that make it a picture have to be there. Nothing is decoded, so that the largest photograph of a telephone costs as
//! little as a small one; what stands behind the end, such as the film of a moving photograph, is left alone.

use model::attachment::MediaType;

/// Returns true if the bytes are a whole picture of this type.
pub fn is_whole(bytes: &[u8], media_type: MediaType) -> bool {
    match media_type {
        MediaType::Jpeg => is_jpeg(bytes).unwrap_or(false),
        MediaType::Png => is_png(bytes).unwrap_or(false),
        MediaType::Heic => is_heic(bytes).unwrap_or(false),
        MediaType::Pdf | MediaType::WebP => false,
    }
}

/// Takes a number of bytes from the front.
fn take<'b>(bytes: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}

fn number(bytes: &[u8]) -> Option<usize> {
    bytes.iter().try_fold(0_usize, |number, byte| number.checked_mul(256)?.checked_add(usize::from(*byte)))
}

/// A JPEG (ITU-T T.81, annex B): segments, of which one says how large the picture is and one or more have its points.
fn is_jpeg(mut rest: &[u8]) -> Option<bool> {
    take(&mut rest, 2)?;
    let (mut has_size, mut has_points) = (false, false);
    loop {
        if *take(&mut rest, 1)?.first()? != 0xff {
            return Some(false);
        }
        let mut marker = 0xff;
        // Any number of these bytes may stand before a marker.
        while marker == 0xff {
            marker = *take(&mut rest, 1)?.first()?;
        }
        match marker {
            0xd9 => return Some(has_size && has_points),
            0x01 => continue,
            0x00 | 0xd0..=0xd8 => return Some(false),
            _ => {}
        }
        let length = number(take(&mut rest, 2)?)?.checked_sub(2)?;
        let segment = take(&mut rest, length)?;
        match marker {
            // The frame: precision, height, width and components. Tables have markers among those of frames.
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(&marker) => {
                let (width, components) = (number(segment.get(3..5)?)?, *segment.get(5)?);
                has_size = width > 0 && (1..=4).contains(&components);
            }
            0xda => {
                // The points go on until a marker that is neither a stuffed byte nor a restart.
                let end =
                    rest.windows(2).position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xd0..=0xd7 | 0xff))?;
                has_points = has_size && end > 0;
                take(&mut rest, end)?;
            }
            _ => {}
        }
    }
}

/// A PNG (ISO/IEC 15948): chunks with checksums, from the header to the end.
fn is_png(mut rest: &[u8]) -> Option<bool> {
    take(&mut rest, 8)?;
    let (mut has_size, mut has_points) = (false, false);
    loop {
        let length = number(take(&mut rest, 4)?)?;
        let whole = take(&mut rest, length.checked_add(4)?)?;
        let sum = take(&mut rest, 4)?;
        if crc32fast::hash(whole).to_be_bytes() != *sum {
            return Some(false);
        }
        let (kind, data) = whole.split_at_checked(4)?;
        match kind {
            b"IHDR" => has_size = length == 13 && number(data.get(..4)?)? > 0 && number(data.get(4..8)?)? > 0,
            b"IDAT" => has_points |= has_size && length > 0,
            b"IEND" => return Some(has_points),
            _ if !has_size => return Some(false),
            _ => {}
        }
    }
}

/// A HEIC (ISO/IEC 14496-12): boxes, of which one says what is in it and another has it.
fn is_heic(mut rest: &[u8]) -> Option<bool> {
    let (mut has_meaning, mut has_points) = (false, false);
    while !rest.is_empty() {
        let mut size = number(take(&mut rest, 4)?)?;
        let kind = take(&mut rest, 4)?;
        let mut head = 8;
        if size == 1 {
            (size, head) = (number(take(&mut rest, 8)?)?, 16);
        }
        // A box without a size goes on to the end.
        let length = if size == 0 { rest.len() } else { size.checked_sub(head)? };
        let contents = take(&mut rest, length)?;
        match kind {
            b"meta" => {
                has_meaning = !contents.is_empty();
                // Small pictures stand in the same box.
                has_points |= contents.windows(4).any(|word| word == b"idat");
            }
            b"mdat" => has_points |= !contents.is_empty(),
            _ => {}
        }
    }
    Some(has_meaning && has_points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, RgbImage};
    use std::io::Cursor;

    fn picture(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let drawn = RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 90]));
        DynamicImage::from(drawn).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn heic() -> Vec<u8> {
        let mut bytes = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
        bytes.extend(b"\0\0\0\x0cmetaabcd");
        bytes.extend(b"\0\0\0\0mdat and then the points");
        bytes
    }

    fn all() -> [(MediaType, Vec<u8>); 3] {
        [
            (MediaType::Jpeg, picture(ImageFormat::Jpeg)),
            (MediaType::Png, picture(ImageFormat::Png)),
            (MediaType::Heic, heic()),
        ]
    }

    #[test]
    fn a_picture_is_whole_also_with_something_behind_it() {
        for (media_type, bytes) in all() {
            assert!(is_whole(&bytes, media_type), "{media_type:?}");
        }
        for (media_type, mut bytes) in all().into_iter().take(2) {
            bytes.extend(b"\0\0\0\x18ftypmp42 a film");
            assert!(is_whole(&bytes, media_type), "{media_type:?}");
        }
    }

    #[test]
    fn a_picture_that_breaks_off_is_not_whole_wherever_it_does() {
        for (media_type, bytes) in all().into_iter().take(2) {
            for end in 0..bytes.len() {
                assert!(!is_whole(&bytes[..end], media_type), "{media_type:?} up to {end}");
            }
        }
        assert!(!is_whole(&heic()[..36], MediaType::Heic));
        assert!(!is_whole(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", MediaType::Heic));
    }

    #[test]
    fn a_changed_chunk_of_a_png_is_noticed() {
        let mut png = picture(ImageFormat::Png);
        png[50] ^= 1;
        assert!(!is_whole(&png, MediaType::Png));
    }
}
