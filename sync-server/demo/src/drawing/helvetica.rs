//! Helvetica as PDF readers bring it along: the encoding of its letters and
//! their widths.

/// The widths of Helvetica's characters from space to tilde, in thousandths (Adobe's metrics).
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// Encodes a text in WinAnsiEncoding, which is Latin-1 with a euro sign. Other letters lose
/// their accents.
pub(super) fn encoded(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '€' => 0x80,
        // Readers differ in how wide a space is that does not break.
        '\u{a0}' => b' ',
        '–' => 0x96,
        '’' => 0x92,
        'Ł' => b'L',
        'ł' => b'l',
        'Ş' | 'Š' => b'S',
        'ş' | 'š' => b's',
        'Č' | 'Ć' => b'C',
        'č' | 'ć' => b'c',
        'ğ' => b'g',
        'İ' => b'I',
        'ı' => b'i',
        'ń' => b'n',
        'ę' => b'e',
        'ą' => b'a',
        'Ž' | 'Ż' => b'Z',
        'ž' | 'ż' | 'ź' => b'z',
        c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

pub(super) fn width(text: &str, size: f32) -> f32 {
    let of = |byte: u8| byte.checked_sub(32).and_then(|i| WIDTHS.get(usize::from(i))).copied().unwrap_or(556);
    encoded(text).into_iter().map(|b| f32::from(of(b))).sum::<f32>() * size / 1000.0
}

pub(super) fn wrapped(text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let longer = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
        if width(&longer, size) <= room { lines[last] = longer } else { lines.push(word.to_owned()) }
    }
    lines
}
