//! A firm's accent, worked out: what stays readable on it, and it on paper
//! (WCAG 2.2, contrast). Mail programs compute no colours, and who chooses one
//! wants to see what becomes of it. The app's own style sheet has the same rule.

/// A colour, red green blue.
type Rgb = [u8; 3];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [0x10, 0x14, 0x18];
const BLACK: Rgb = [0, 0, 0];
/// The mail's box in the dark.
const DARK: Rgb = [0x19, 0x1c, 0x22];
/// Up to this luminance white is readable on a colour, from it on black is:
/// here both have 4.58 to 1.
const MIDDLE: f64 = 0.1791;
/// The contrast that text needs.
const READABLE: f64 = 4.5;

/// The colours of a mail, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colours {
    /// Of the button and the line at the top.
    pub accent: String,
    /// Of text on the accent.
    pub on_accent: String,
    /// Of links on white.
    pub light: String,
    /// Of links in the dark.
    pub dark: String,
}

impl Colours {
    /// From a firm's accent; Akkoord's own blue when it is no colour.
    pub fn of(accent: &str) -> Self {
        let accent = parse(accent).unwrap_or([0x25, 0x46, 0xa8]);
        let on_accent = if luminance(accent) < MIDDLE { WHITE } else { BLACK };
        Self {
            accent: text(accent),
            on_accent: text(on_accent),
            light: text(towards(accent, INK, WHITE)),
            dark: text(towards(accent, WHITE, DARK)),
        }
    }

    /// How many times text stands out: on the accent, on white, in the dark.
    pub fn contrasts(&self) -> [f64; 3] {
        let of = |colour: &str| parse(colour).unwrap_or_default();
        [
            contrast(of(&self.accent), of(&self.on_accent)),
            contrast(of(&self.light), WHITE),
            contrast(of(&self.dark), DARK),
        ]
    }

    /// As a template reads them.
    pub(super) fn value(&self) -> minijinja::Value {
        let Self { accent, on_accent, light, dark } = self.clone();
        minijinja::context! { accent, on_accent, light, dark }
    }
}

fn parse(colour: &str) -> Option<Rgb> {
    let digits = colour.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, rgb @ ..] = number.to_be_bytes();
    Some(rgb)
}

fn text([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The colour, mixed with `other` as little as makes it readable on `ground`.
fn towards(colour: Rgb, other: Rgb, ground: Rgb) -> Rgb {
    let mixed = |part: u16| -> Rgb {
        std::array::from_fn(|i| {
            let sum = u16::from(colour[i]) * (20 - part) + u16::from(other[i]) * part;
            u8::try_from(sum / 20).unwrap_or(u8::MAX)
        })
    };
    (0..20).map(mixed).find(|c| contrast(*c, ground) >= READABLE).unwrap_or(other)
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_stays_readable() {
        for accent in
            ["#2546a8", "#0f5b66", "#e4572e", "#f2b705", "#f4b8c8", "#101418", "#ffffff", "#000000", "#777777"]
        {
            let colours = Colours::of(accent);
            let rgb = |c: &str| parse(c).unwrap();
            assert!(contrast(rgb(&colours.accent), rgb(&colours.on_accent)) >= READABLE, "{accent} {colours:?}");
            assert!(colours.contrasts().into_iter().all(|ratio| ratio >= READABLE), "{accent} {colours:?}");
            assert!(contrast(rgb(&colours.light), WHITE) >= READABLE, "{accent} {colours:?}");
            assert!(contrast(rgb(&colours.dark), DARK) >= READABLE, "{accent} {colours:?}");
        }
    }

    #[test]
    fn what_is_no_colour_does_not_reach_a_style() {
        for evil in ["", "red", "#12345", "#1234567", "#12345g", "#fff;}x", "#+12345"] {
            assert_eq!(Colours::of(evil).accent, "#2546a8", "{evil}");
        }
    }
}
