//! Turns a file that somebody chose into a firm's logo: it is decoded, made smaller
//! and drawn as a new PNG. Nothing of the file itself
//! is ever served, so nothing that hides in it gets far.

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbaImage,
    imageops::{self, FilterType},
};
use model::attachment::MediaType;
use serde::{Deserialize, Serialize};
use std::io::Cursor;

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 1024 * 1024;
/// The maximum width and height of the stored picture in pixels: three for each of
/// the 80 points at which it is shown largest.
pub const SIDE: u32 = 256;
/// The minimum width and height in pixels, because a smaller picture cannot be recognised.
pub const SMALLEST: u32 = 32;
/// The maximum width and height of a picture that is decoded, in pixels.
pub const WIDEST: u32 = 2000;
/// The memory that decoding may use, in bytes. What the library does not count by it is bounded by that of the worker.
const MEMORY: u64 = 48 * 1024 * 1024;

/// The reasons why a file is refused as a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum LogoError {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {LARGEST} bytes")]
    TooLarge,
    /// The file is an SVG, which can contain script and other files.
    #[error("the file is an SVG")]
    Vector,
    #[error("the file is no PNG, JPEG or WebP")]
    WrongType,
    #[error("the picture is wider or higher than {WIDEST} pixels")]
    TooManyPixels,
    #[error("the picture is smaller than {SMALLEST} pixels")]
    TooSmall,
    #[error("the picture cannot be read")]
    Broken,
}

/// Decodes a picture, which only a worker may do. Returns a PNG of at most [`SIDE`] by [`SIDE`] pixels, the
/// way up that its camera meant, and without anything else that the file contains.
pub fn draw(file: &[u8]) -> Result<Vec<u8>, LogoError> {
    redraw(file, format_of(file)?)
}

fn format_of(file: &[u8]) -> Result<ImageFormat, LogoError> {
    if file.is_empty() {
        return Err(LogoError::Empty);
    }
    if file.len() as u64 > LARGEST {
        return Err(LogoError::TooLarge);
    }
    match MediaType::sniff(file) {
        Some(MediaType::Png) => Ok(ImageFormat::Png),
        Some(MediaType::Jpeg) => Ok(ImageFormat::Jpeg),
        Some(MediaType::WebP) => Ok(ImageFormat::WebP),
        None if is_svg(file) => Err(LogoError::Vector),
        Some(MediaType::Pdf | MediaType::Heic) | None => Err(LogoError::WrongType),
    }
}

/// Returns true for text with an `svg` element near its start, also if it is compressed.
fn is_svg(file: &[u8]) -> bool {
    let start = file.get(..file.len().min(1024)).unwrap_or_default();
    let words: String = start.iter().filter(|b| b.is_ascii_graphic()).map(|b| b.to_ascii_lowercase() as char).collect();
    words.contains("<svg") || file.starts_with(&[0x1f, 0x8b])
}

fn redraw(file: &[u8], format: ImageFormat) -> Result<Vec<u8>, LogoError> {
    let broken = |_| LogoError::Broken;
    let (width, height) = ImageReader::with_format(Cursor::new(file), format).into_dimensions().map_err(broken)?;
    if width > WIDEST || height > WIDEST {
        return Err(LogoError::TooManyPixels);
    }
    if width < SMALLEST || height < SMALLEST {
        return Err(LogoError::TooSmall);
    }
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(WIDEST), Some(WIDEST), Some(MEMORY));
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let way_up = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(way_up);
    let small = fit(picture.into_rgba8());
    let mut png = Cursor::new(Vec::new());
    small.write_to(&mut png, ImageFormat::Png).map_err(broken)?;
    Ok(png.into_inner())
}

/// Makes the picture as large as is allowed, but never larger than it was.
fn fit(picture: RgbaImage) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height);
    if longest <= SIDE {
        return picture;
    }
    let side = |length: u32| (length * SIDE).div_ceil(longest).max(1);
    imageops::resize(&picture, side(width), side(height), FilterType::Lanczos3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    fn picture(width: u32, height: u32) -> RgbaImage {
        RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { Rgba([200, 30, 30, 255]) } else { Rgba([0; 4]) })
    }

    fn file(picture: RgbaImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let whole = DynamicImage::from(picture);
        let whole = if format == ImageFormat::Jpeg { DynamicImage::from(whole.to_rgb8()) } else { whole };
        whole.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn drawn(file: &[u8]) -> DynamicImage {
        let png = draw(file).unwrap();
        assert!(png.starts_with(b"\x89PNG"));
        image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap()
    }

    #[test]
    fn every_picture_becomes_a_small_png() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let logo = drawn(&file(picture(800, 400), format));
            assert_eq!((logo.width(), logo.height()), (256, 128), "{format:?}");
            let left = logo.to_rgba8().get_pixel(20, 60).0;
            assert!(left[0] > 180 && left[1] < 60 && left[3] == 255, "{format:?} {left:?}");
        }
        let small = drawn(&file(picture(64, 64), ImageFormat::Png));
        assert_eq!((small.width(), small.height()), (64, 64));
        assert_eq!(small.to_rgba8().get_pixel(60, 30).0[3], 0, "what was see-through stays so");
    }

    #[test]
    fn nothing_but_the_picture_is_kept() {
        let mut png = file(picture(64, 64), ImageFormat::Png);
        // This adds a comment before the end, and a whole other file behind it.
        let mut text = b"tEXtComment\0<script>alert(1)</script>".to_vec();
        let sum = crc32fast::hash(&text);
        let mut chunk = u32::try_from(text.len() - 4).unwrap().to_be_bytes().to_vec();
        chunk.append(&mut text);
        chunk.extend(sum.to_be_bytes());
        let end = png.len() - 12;
        png.splice(end..end, chunk);
        png.extend(b"<svg onload=alert(1)>");
        let kept = draw(&png).unwrap();
        assert!(!kept.windows(6).any(|w| w == b"script" || w == b"onload"));
        assert_eq!(drawn(&png), drawn(&kept));
    }

    #[test]
    fn a_photograph_is_turned_as_its_camera_meant() {
        let jpeg = file(picture(80, 40), ImageFormat::Jpeg);
        // This is Exif with orientation 6, which means a quarter turn.
        let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        let turned = [&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat();
        let logo = drawn(&turned);
        assert_eq!((logo.width(), logo.height()), (40, 80));
    }

    #[test]
    fn what_is_no_picture_says_why() {
        let check = |file: &[u8], why| assert_eq!(draw(file), Err(why), "{}", String::from_utf8_lossy(file));
        check(b"", LogoError::Empty);
        check(b"<svg xmlns='http://www.w3.org/2000/svg'/>", LogoError::Vector);
        check(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- by hand -->\n<svg/>", LogoError::Vector);
        check(b"\xff\xfe<\0s\0v\0g\0>\0", LogoError::Vector);
        check(b"\x1f\x8b\x08\0", LogoError::Vector);
        check(b"GIF89a\x01\0\x01\0", LogoError::WrongType);
        check(b"%PDF-1.7", LogoError::WrongType);
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0", LogoError::WrongType);
        check(b"<!doctype html><script>alert(1)</script>", LogoError::WrongType);
        check(b"\x89PNG\r\n\x1a\nnot really", LogoError::Broken);
        check(b"RIFF\x10\0\0\0WEBPVP8 ", LogoError::Broken);
        let whole = file(picture(200, 200), ImageFormat::Png);
        check(&whole[..whole.len() / 2], LogoError::Broken);
        check(&file(picture(16, 200), ImageFormat::Png), LogoError::TooSmall);
        check(&vec![0xff; usize::try_from(LARGEST).unwrap() + 1], LogoError::TooLarge);
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_not_decoded() {
        // A few bytes claim to be 30,000 by 30,000 pixels.
        let mut png = file(picture(64, 64), ImageFormat::Png);
        for at in [16, 20] {
            png.splice(at..at + 4, 30_000_u32.to_be_bytes());
        }
        let sum = crc32fast::hash(&png[12..29]).to_be_bytes();
        png.splice(29..33, sum);
        assert_eq!(draw(&png), Err(LogoError::TooManyPixels));
    }
}
