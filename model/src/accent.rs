//! Calculates the shades of a firm's accent, so that text on it and in it is readable, in
//! light and dark. The formulas are those of `tokens.css`, for whatever cannot use them:
//! old browsers, mail programs, and the preview for the firm.
//! No accent results in unreadable text.

/// Akkoord's own accent.
const INK: Rgb = Rgb([0x25, 0x46, 0xa8]);
const WHITE: Rgb = Rgb([255; 3]);
const BLACK: Rgb = Rgb([0; 3]);
/// The value of `--surface` in the dark.
const DARK: Rgb = Rgb([0x19, 0x1c, 0x22]);
/// The values of `--bg`, light and dark.
const PAGES: [Rgb; 2] = [Rgb([0xf4, 0xf5, 0xf7]), Rgb([0x0f, 0x11, 0x15])];
/// The luminance up to which white text is readable on a colour, and from which black text is;
/// at this value both have a contrast of 4.58 to 1.
const MIDDLE: f64 = 0.1791;
/// The contrast that text needs (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;
/// The weights of red, green and blue in luminance.
const WEIGHTS: [f64; 3] = [0.2126, 0.7152, 0.0722];

/// A colour of a screen: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rgb([u8; 3]);

/// A firm's accent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent(Rgb);

/// The shades of an accent in light or in the dark, each as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shades {
    /// The colour of buttons.
    pub fill: String,
    /// The colour of text on buttons.
    pub on: String,
    /// The accent as a colour of text.
    pub strong: String,
    /// The background of what is selected.
    pub soft: String,
    /// The colour of a button below the pointer.
    pub hover: String,
    /// The border of a button; `transparent` if it needs none.
    pub edge: String,
}

/// The contrasts between text and its background.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrasts {
    /// The contrast on a button.
    pub on_fill: f64,
    /// The contrast on a button below the pointer.
    pub on_hover: f64,
    /// The contrast of the accent as text: the smallest of those on page, box and tint.
    pub as_text: f64,
}

impl Contrasts {
    /// Returns the smallest contrast.
    pub fn least(&self) -> f64 {
        self.on_fill.min(self.on_hover).min(self.as_text)
    }
}

impl Accent {
    /// Reads `#rrggbb`, in capitals or not.
    pub fn parse(colour: &str) -> Option<Self> {
        Rgb::parse(colour).map(Self)
    }

    /// Does the same as [`Accent::parse`], and returns Akkoord's own blue if that fails.
    pub fn or_own(colour: &str) -> Self {
        Self::parse(colour).unwrap_or(Self(INK))
    }

    /// Writes the accent as `#rrggbb`.
    pub fn text(self) -> String {
        self.0.text()
    }

    /// Returns the shades in light.
    pub fn light(self) -> Shades {
        let [r, g, b] = self.0.linear();
        let down = (0.12 / luminance([r, g, b]).max(0.0001)).min(1.0);
        let strong = Rgb::of_linear([r * down, g * down, b * down]);
        let edge = strong.text();
        self.shades(self.0, strong, mix(self.0, 0.08, WHITE), edge)
    }

    /// Returns the shades in the dark.
    pub fn dark(self) -> Shades {
        let fill = self.lifted(0.15, 0.15);
        let strong = self.lifted(0.27, 0.38);
        self.shades(fill, strong, mix(self.0, 0.18, DARK), "transparent".to_owned())
    }

    /// Returns a brighter colour: multiplied, which keeps it colourful, and then mixed with white for
    /// the rest.
    fn lifted(self, to: f64, at_least: f64) -> Rgb {
        let colour = self.0.linear();
        let times = (to / luminance(colour).max(0.0001)).max(1.0);
        let brighter = colour.map(|part| (part * times).min(1.0));
        let light = luminance(brighter);
        let white = ((at_least - light) / (1.0001 - light)).max(0.0);
        Rgb::of_linear(brighter.map(|part| part * (1.0 - white) + white))
    }

    fn shades(self, fill: Rgb, strong: Rgb, soft: Rgb, edge: String) -> Shades {
        let on = if luminance(fill.linear()) < MIDDLE { WHITE } else { BLACK };
        let away = if on == WHITE { BLACK } else { WHITE };
        let hover = mix(fill, 0.86, away);
        let [fill, on, strong, soft, hover] = [fill, on, strong, soft, hover].map(Rgb::text);
        Shades { fill, on, strong, soft, hover, edge }
    }

    /// Returns the contrasts in light and in the dark.
    pub fn contrasts(self) -> [Contrasts; 2] {
        let of = |shades: &Shades, page: Rgb, surface: Rgb| {
            let colour = |text: &str| Rgb::parse(text).unwrap_or(page);
            let (on, strong) = (colour(&shades.on), colour(&shades.strong));
            let grounds = [page, surface, colour(&shades.soft)].map(|ground| contrast(strong, ground));
            Contrasts {
                on_fill: contrast(on, colour(&shades.fill)),
                on_hover: contrast(on, colour(&shades.hover)),
                as_text: grounds.into_iter().fold(f64::MAX, f64::min),
            }
        };
        [of(&self.light(), PAGES[0], WHITE), of(&self.dark(), PAGES[1], DARK)]
    }

    /// Returns true if all text in this accent can be read.
    pub fn is_readable(self) -> bool {
        self.contrasts().iter().all(|found| found.least() >= READABLE)
    }

    /// Writes a style sheet to be loaded after `tokens.css`, which it overrides: the same colours,
    /// for browsers that cannot calculate them, or only half.
    pub fn style_sheet(self) -> String {
        let rule = |shades: &Shades| {
            let Shades { fill, on, strong, soft, hover, edge } = shades;
            format!(
                ":root, [data-brand] {{ --accent: {}; --accent-fill: {fill}; --on-accent: {on}; --accent-strong: {strong}; \
                 --accent-soft: {soft}; --accent-hover: {hover}; --accent-edge: {edge}; }}",
                self.text()
            )
        };
        format!("{}\n@media (prefers-color-scheme: dark) {{ {} }}\n", rule(&self.light()), rule(&self.dark()))
    }
}

impl Rgb {
    fn parse(colour: &str) -> Option<Self> {
        let digits = colour.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, rgb @ ..] = number.to_be_bytes();
        Some(Self(rgb))
    }

    fn text(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Returns each part as linear light, 0 to 1 (IEC 61966-2-1).
    fn linear(self) -> [f64; 3] {
        self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Returns the nearest colour of a screen.
    fn of_linear(light: [f64; 3]) -> Self {
        Self(light.map(|part| {
            let part = part.clamp(0.0, 1.0);
            let part = if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
            (part * 255.0).round() as u8
        }))
    }
}

fn luminance(light: [f64; 3]) -> f64 {
    light.iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum()
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a.linear()), luminance(b.linear()));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Mixes `part` of one colour into another, as `color-mix(in oklab, …)` does it.
fn mix(colour: Rgb, part: f64, other: Rgb) -> Rgb {
    let (a, b) = (oklab(colour.linear()), oklab(other.linear()));
    Rgb::of_linear(of_oklab(std::array::from_fn(|i| a[i] * part + b[i] * (1.0 - part))))
}

/// Three rows of three numbers.
type Matrix = [[f64; 3]; 3];

fn times(matrix: Matrix, v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
}

/// Converts linear light to Oklab (B. Ottosson, 2020).
fn oklab(light: [f64; 3]) -> [f64; 3] {
    let cones = times(
        [
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        light,
    );
    times(
        [
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

fn of_oklab(lab: [f64; 3]) -> [f64; 3] {
    let cones = times(
        [
            [1.0, 0.396_337_777_4, 0.215_803_757_3],
            [1.0, -0.105_561_345_8, -0.063_854_172_8],
            [1.0, -0.089_484_177_5, -1.291_485_548_0],
        ],
        lab,
    );
    times(
        [
            [4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2],
            [-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5],
            [-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0],
        ],
        cones.map(|cone| cone.powi(3)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_stays_readable_in_light_and_dark() {
        // The design was measured with these accents: 16 steps of red, of green and of blue.
        let steps = || (0..=255_u8).step_by(17);
        let mut least = f64::MAX;
        for (r, g, b) in steps().flat_map(|r| steps().flat_map(move |g| steps().map(move |b| (r, g, b)))) {
            let accent = Accent(Rgb([r, g, b]));
            for found in accent.contrasts() {
                assert!(found.least() >= READABLE, "{} {found:?}", accent.text());
                least = least.min(found.least());
            }
            assert!(accent.is_readable());
        }
        assert!(least < 4.7, "white and black meet at 4.58 to 1, and some accent is near it: {least}");
    }

    #[test]
    fn the_numbers_are_those_that_the_design_shows() {
        // The expected contrasts are those of button and text, in light and dark.
        let check = |colour: &str, expected: [f64; 4]| {
            let [light, dark] = Accent::parse(colour).unwrap().contrasts();
            let found = [light.on_fill, light.as_text, dark.on_fill, dark.as_text];
            let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.06);
            assert!(near, "{colour}: {found:?} instead of {expected:?}");
        };
        check("#2546a8", [8.3, 7.3, 5.2, 6.35]);
        check("#f2b705", [11.6, 5.7, 11.6, 6.7]);
        check("#101418", [18.5, 15.25, 5.2, 7.0]);
    }

    #[test]
    fn a_style_sheet_has_both_schemes_and_nothing_of_a_stranger() {
        let css = Accent::parse("#0F5B66").unwrap().style_sheet();
        assert!(
            css.starts_with(":root, [data-brand] { --accent: #0f5b66; --accent-fill: #0f5b66; --on-accent: #ffffff;")
        );
        assert_eq!(css.matches("--accent-strong").count(), 2);
        assert!(css.contains("@media (prefers-color-scheme: dark)"));
        for evil in ["", "red", "#12345", "#1234567", "#12345g", "#fff;}x", "#+12345", "#ÿÿÿ"] {
            assert_eq!(Accent::parse(evil), None, "{evil}");
            assert_eq!(Accent::or_own(evil).text(), "#2546a8");
        }
    }
}
