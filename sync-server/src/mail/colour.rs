//! A firm's accent in mails: mail programs compute no colours, so what stays
//! readable on it, and it on paper, is worked out here (WCAG 2.2, contrast).

/// A colour, red green blue.
type Rgb = [u8; 3];

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [0x10, 0x14, 0x18];
/// The mail's box in the dark.
const DARK: Rgb = [0x19, 0x1c, 0x22];
/// The contrast that text needs.
const READABLE: f64 = 4.5;

/// The colours of a mail, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Colours {
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
        let on_accent = if contrast(accent, WHITE) >= READABLE { WHITE } else { INK };
        Self {
            accent: text(accent),
            on_accent: text(on_accent),
            light: text(towards(accent, INK, WHITE)),
            dark: text(towards(accent, WHITE, DARK)),
        }
    }

    /// As a template reads them.
    pub fn value(&self) -> minijinja::Value {
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
            assert!(contrast(rgb(&colours.accent), rgb(&colours.on_accent)) >= 4.0, "{accent} {colours:?}");
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
