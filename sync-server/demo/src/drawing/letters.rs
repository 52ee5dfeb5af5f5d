//! Letters for photographs: a small bitmap font, drawn large with round
//! edges. It can be read in a photograph, and is meant for nothing else.

use font8x8::{BASIC_FONTS, LATIN_FONTS, UnicodeFonts};
use image::{GrayImage, Luma};

/// The darkness of printed ink.
const INK: f32 = 38.0;

/// Writes `text` from the upper left corner on; a letter is `size` pixels
/// high. Returns the width.
pub(super) fn write(sheet: &mut GrayImage, x: f32, y: f32, size: f32, bold: bool, text: &str) -> f32 {
    let advance = size * 0.72;
    for (n, letter) in text.chars().enumerate() {
        let Some(rows) = BASIC_FONTS.get(letter).or_else(|| LATIN_FONTS.get(letter)) else { continue };
        stamp(sheet, x + n as f32 * advance, y, size, bold, rows);
    }
    text.chars().count() as f32 * advance
}

fn stamp(sheet: &mut GrayImage, left: f32, top: f32, size: f32, bold: bool, rows: [u8; 8]) {
    let dots = |column: i32, row: i32| -> f32 {
        let row = usize::try_from(row).ok().and_then(|r| rows.get(r)).copied().unwrap_or(0);
        if (0..8).contains(&column) && row >> column & 1 == 1 { 1.0 } else { 0.0 }
    };
    // Letters are narrower than high.
    let (across, down) = (size * 0.78 / 8.0, size / 8.0);
    let threshold = if bold { 0.28 } else { 0.42 };
    for y in 0..size.ceil() as u32 {
        for x in 0..(size * 0.78).ceil() as u32 {
            let (u, v) = (x as f32 / across - 0.5, y as f32 / down - 0.5);
            let (column, row) = (u.floor(), v.floor());
            let (right, below) = (u - column, v - row);
            let (column, row) = (column as i32, row as i32);
            let ink = (dots(column, row) * (1.0 - right) + dots(column + 1, row) * right) * (1.0 - below)
                + (dots(column, row + 1) * (1.0 - right) + dots(column + 1, row + 1) * right) * below;
            let ink = ((ink - threshold) / 0.2).clamp(0.0, 1.0);
            let (px, py) = (left as u32 + x, top as u32 + y);
            if ink > 0.0 && px < sheet.width() && py < sheet.height() {
                let Luma([paper]) = *sheet.get_pixel(px, py);
                let shade = f32::from(paper) * (1.0 - ink) + INK * ink;
                sheet.put_pixel(px, py, Luma([shade as u8]));
            }
        }
    }
}
