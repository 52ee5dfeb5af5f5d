//! A photograph of a document on a table, a little askew, in the
//! light of a window, such as people send with a phone.

use super::letters;
use image::{ExtendedColorType, GrayImage, ImageEncoder, Luma, codecs::jpeg::JpegEncoder};

/// The contents of the photographed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The sender of the document, such as an employer or a bank.
    pub sender: String,
    /// The title, such as `Jaaropgave 2025`.
    pub title: String,
    /// The name of the addressee.
    pub name: String,
    /// Labels with values.
    pub lines: Vec<(String, String)>,
    /// A number that determines table and angle.
    pub seed: u64,
}

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 1600;
const SHEET_WIDTH: u32 = 1000;
const SHEET_HEIGHT: u32 = 1414;
const QUALITY: u8 = 82;

/// Returns the JPEG of a photograph.
pub fn photograph(photo: &Photo) -> Vec<u8> {
    let sheet = printed(photo);
    let scene = Scene::of(photo.seed);
    let mut pixels = vec![0; (WIDTH * HEIGHT * 3) as usize];
    let (upper, lower) = pixels.split_at_mut((WIDTH * (HEIGHT / 2) * 3) as usize);
    std::thread::scope(|both| {
        both.spawn(|| scene.paint(upper, 0, &sheet));
        scene.paint(lower, HEIGHT / 2, &sheet);
    });
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    if let Err(error) = encoder.write_image(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8) {
        tracing::error!(%error, "a photograph could not be written to memory");
    }
    bytes
}

/// Draws the document, flat.
fn printed(photo: &Photo) -> GrayImage {
    let mut sheet = GrayImage::from_pixel(SHEET_WIDTH, SHEET_HEIGHT, Luma([248]));
    fill(&mut sheet, 90, 100, 74, 74, 92);
    fill(&mut sheet, 108, 118, 38, 38, 236);
    letters::write(&mut sheet, 188.0, 120.0, 34.0, true, &photo.sender);
    letters::write(&mut sheet, 90.0, 270.0, 24.0, false, &photo.name);
    letters::write(&mut sheet, 90.0, 390.0, 46.0, true, &photo.title);
    fill(&mut sheet, 90, 470, SHEET_WIDTH - 180, 3, 120);
    let mut y = 520;
    for (label, value) in &photo.lines {
        letters::write(&mut sheet, 90.0, y as f32, 24.0, false, label);
        let width = value.chars().count() as f32 * 24.0 * 0.72;
        letters::write(&mut sheet, SHEET_WIDTH as f32 - 90.0 - width, y as f32, 24.0, false, value);
        fill(&mut sheet, 90, y + 42, SHEET_WIDTH - 180, 1, 190);
        y += 62;
    }
    // Small print that nobody reads is drawn as lines of grey.
    for line in 0..6 {
        let width = if line == 5 { 430 } else { SHEET_WIDTH - 180 - line % 3 * 26 };
        fill(&mut sheet, 90, 1180 + line * 26, width, 7, 205);
    }
    sheet
}

fn fill(sheet: &mut GrayImage, left: u32, top: u32, width: u32, height: u32, shade: u8) {
    for y in top..(top + height).min(sheet.height()) {
        for x in left..(left + width).min(sheet.width()) {
            sheet.put_pixel(x, y, Luma([shade]));
        }
    }
}

/// A table, a light, and the position of the sheet.
struct Scene {
    seed: u32,
    sine: f32,
    cosine: f32,
    /// The tilt of the camera, which makes the far end smaller.
    tilt: f32,
    shift: (f32, f32),
    table: [f32; 3],
    /// The place from which the light comes.
    light: (f32, f32),
}

impl Scene {
    fn of(seed: u64) -> Self {
        let chance = |n: u32| noise((seed ^ seed >> 32) as u32, n, 77);
        let angle = (chance(1) - 0.5) * 0.16;
        let tables = [[126.0, 90.0, 62.0], [150.0, 128.0, 102.0], [84.0, 86.0, 92.0], [170.0, 142.0, 104.0]];
        let table = tables[(chance(2) * 3.99) as usize % tables.len()];
        Self {
            seed: (chance(3) * 1e6) as u32,
            sine: angle.sin(),
            cosine: angle.cos(),
            tilt: 0.05 + chance(4) * 0.06,
            shift: ((chance(5) - 0.5) * 50.0, (chance(6) - 0.5) * 50.0),
            table,
            light: (chance(7) - 0.5, chance(8) - 0.5),
        }
    }

    /// Returns the point of the sheet that a point of the photograph shows.
    fn on_sheet(&self, x: f32, y: f32) -> (f32, f32) {
        let (u, v) = (x - WIDTH as f32 / 2.0 - self.shift.0, y - HEIGHT as f32 / 2.0 - self.shift.1);
        let depth = 1.0 - self.tilt * v / HEIGHT as f32 * 2.0;
        let (u, v) = (u * depth, v * depth);
        let (u, v) = (u * self.cosine + v * self.sine, v * self.cosine - u * self.sine);
        (u * 1.02 + SHEET_WIDTH as f32 / 2.0, v * 1.02 + SHEET_HEIGHT as f32 / 2.0)
    }

    /// Paints whole rows from `first` on.
    fn paint(&self, pixels: &mut [u8], first: u32, sheet: &GrayImage) {
        let (mut x, mut y) = (0, first);
        for pixel in pixels.chunks_exact_mut(3) {
            pixel.copy_from_slice(&self.colour(x, y, sheet));
            x += 1;
            if x == WIDTH {
                (x, y) = (0, y + 1);
            }
        }
    }

    fn colour(&self, x: u32, y: u32, sheet: &GrayImage) -> [u8; 3] {
        let (u, v) = self.on_sheet(x as f32, y as f32);
        let (across, down) = (x as f32 / WIDTH as f32 - 0.5, y as f32 / HEIGHT as f32 - 0.5);
        let light =
            0.97 + 0.22 * (across * self.light.0 + down * self.light.1) - 0.16 * (across * across + down * down);
        let grain = (noise(x, y, self.seed) - 0.5) * 9.0;
        let inside = u >= 0.0 && v >= 0.0 && u < SHEET_WIDTH as f32 - 1.0 && v < SHEET_HEIGHT as f32 - 1.0;
        let colour = if inside {
            let shade = sample(sheet, u, v);
            // Paper takes on a little of the warmth of the room.
            [shade, shade * 0.985, shade * 0.95]
        } else {
            let shadow = 1.0 - 0.42 * (1.0 - distance(u - 14.0, v - 18.0) / 46.0).clamp(0.0, 1.0);
            let fibre = self.fibre(x as f32, y as f32);
            self.table.map(|c| (c + fibre) * shadow)
        };
        // The cast keeps the value between 0 and 255.
        let [red, green, blue] = colour;
        [(red * light + grain) as u8, (green * light + grain) as u8, (blue * light + grain) as u8]
    }

    /// Returns the grain of the wood at a point.
    fn fibre(&self, x: f32, y: f32) -> f32 {
        let phase = self.seed as f32 % 97.0;
        let wave = (y * 0.021 + (x * 0.0031 + phase).sin() * 2.6 + phase).sin();
        let fine = noise(x as u32 / 23, y as u32, self.seed ^ 5) - 0.5;
        wave * 9.0 + fine * 13.0
    }
}

fn sample(sheet: &GrayImage, u: f32, v: f32) -> f32 {
    let (x, y) = (u as u32, v as u32);
    let (right, below) = (u - x as f32, v - y as f32);
    let (row, at) = (SHEET_WIDTH as usize, (y * SHEET_WIDTH + x) as usize);
    let pixels: &[u8] = sheet.as_raw();
    let (a, b, c, d) = (pixels[at], pixels[at + 1], pixels[at + row], pixels[at + row + 1]);
    // This is a shortcut, because most of a sheet is blank.
    if a == b && a == c && a == d {
        return f32::from(a);
    }
    (f32::from(a) * (1.0 - right) + f32::from(b) * right) * (1.0 - below)
        + (f32::from(c) * (1.0 - right) + f32::from(d) * right) * below
}

/// Returns the distance of a point from the sheet.
fn distance(u: f32, v: f32) -> f32 {
    let across = (-u).max(u - SHEET_WIDTH as f32).max(0.0);
    let down = (-v).max(v - SHEET_HEIGHT as f32).max(0.0);
    (across * across + down * down).sqrt()
}

/// Returns a number between 0 and 1 that is always the same for the same place.
fn noise(x: u32, y: u32, seed: u32) -> f32 {
    let mut h = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ seed.wrapping_mul(0xc2b2_ae3d);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    (h & 0xffff) as f32 / 65535.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(seed: u64) -> Photo {
        Photo {
            sender: "Gemeente Utrecht".into(),
            title: "Jaaropgave 2025".into(),
            name: "M. Jansen".into(),
            lines: vec![("Fiscaal loon".into(), "48.312".into()), ("Ingehouden loonheffing".into(), "12.904".into())],
            seed,
        }
    }

    #[test]
    fn a_photograph_is_a_jpeg_of_a_phones_shape() {
        let bytes = photograph(&photo(1));
        let image = image::load_from_memory(&bytes).unwrap();
        assert_eq!((image.width(), image.height()), (1200, 1600));
        assert!((100_000..2_000_000).contains(&bytes.len()), "{}", bytes.len());
    }

    #[test]
    fn the_same_seed_makes_the_same_photograph() {
        assert!(photograph(&photo(1)) == photograph(&photo(1)));
        assert!(photograph(&photo(1)) != photograph(&photo(2)));
    }
}
