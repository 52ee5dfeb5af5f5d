//! The numbers by which the tax authority knows a taxpayer: which forms they have, the tests that they contain, how they
//! are masked, and where they stand in a text. A number that passes is well formed; only the tax authority knows whether
//! it was given out.

use crate::check_digit::{is_bsn, only_digits, remainder_97};
use serde::{Deserialize, Serialize};

/// The kinds of number that a taxpayer can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// The citizen service number of a person (burgerservicenummer).
    Bsn,
    /// The number of a company or another legal person (RSIN).
    Rsin,
    /// The number on invoices (btw-identificatienummer): that of a sole trader says nothing of the BSN since 2020.
    VatId,
    /// The number of a VAT return (omzetbelastingnummer, OB).
    Vat,
    /// The number of a wage tax return (loonheffingennummer, LH).
    WageTax,
}

impl NumberKind {
    /// The numbers of a person, who may be a sole trader.
    pub const OF_PERSON: [Self; 4] = [Self::Bsn, Self::VatId, Self::Vat, Self::WageTax];
    /// The numbers of a client that is a company.
    pub const OF_COMPANY: [Self; 4] = [Self::Rsin, Self::VatId, Self::Vat, Self::WageTax];
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Bsn, Self::Rsin, Self::VatId, Self::Vat, Self::WageTax];

    /// Returns the word with which it is stored and sent in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bsn => "bsn",
            Self::Rsin => "rsin",
            Self::VatId => "vat_id",
            Self::Vat => "vat",
            Self::WageTax => "wage_tax",
        }
    }

    /// Reads a word of [`NumberKind::word`].
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Returns a text in the form in which a number of this kind is stored; None if it is none.
    pub fn read(self, text: &str) -> Option<String> {
        let number = TaxNumber::read(text)?;
        match (self, number.suffix) {
            (Self::Bsn | Self::Rsin, Suffix::None)
            | (Self::VatId, Suffix::VatAbroad(_))
            | (Self::Vat, Suffix::Vat(_))
            | (Self::WageTax, Suffix::WageTax(_)) => Some(number.to_string()),
            // The number of a VAT return is often written as it stands on invoices.
            (Self::Vat, Suffix::VatAbroad(of)) if is_bsn(&number.digits) => {
                Some(TaxNumber { suffix: Suffix::Vat(of), ..number }.to_string())
            }
            _ => None,
        }
    }
}

/// What stands behind the nine digits, and in front of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Suffix {
    None,
    VatAbroad(u8),
    Vat(u8),
    WageTax(u8),
}

/// A number that passes its tests: `123456782`, `NL123456782B01`, `123456782B01` or `123456782L01`. Nine digits alone are
/// a BSN or an RSIN; no test can tell which.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxNumber {
    digits: String,
    suffix: Suffix,
}

impl TaxNumber {
    /// Reads a number in any of its forms, with or without spaces, dots and hyphens.
    pub fn read(text: &str) -> Option<Self> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        let compact = compact.to_uppercase();
        let (is_abroad, rest) = compact.strip_prefix("NL").map_or((false, compact.as_str()), |rest| (true, rest));
        let (digits, behind) = rest.split_at_checked(9)?;
        if !only_digits(digits, 0) {
            return None;
        }
        let of = |behind: &str| {
            (behind.len() == 2 && only_digits(behind, 0))
                .then(|| behind.parse::<u8>().ok())
                .flatten()
                .filter(|n| *n > 0)
        };
        let suffix = match (is_abroad, behind) {
            (false, "") => Suffix::None,
            (true, behind) => Suffix::VatAbroad(of(behind.strip_prefix('B')?)?),
            (false, behind) => match behind.strip_prefix('B') {
                Some(behind) => Suffix::Vat(of(behind)?),
                None => Suffix::WageTax(of(behind.strip_prefix('L')?)?),
            },
        };
        let number = Self { digits: digits.to_owned(), suffix };
        let passes = match suffix {
            Suffix::VatAbroad(_) => is_bsn(&number.digits) || remainder_97(number.to_string().bytes()) == 1,
            _ => is_bsn(&number.digits),
        };
        passes.then_some(number)
    }

    /// Returns the two digits at the end of a number of a tax, if it is of this kind.
    pub fn end(&self, kind: NumberKind) -> Option<u8> {
        match (kind, self.suffix) {
            (NumberKind::VatId, Suffix::VatAbroad(end))
            | (NumberKind::Vat, Suffix::Vat(end))
            | (NumberKind::WageTax, Suffix::WageTax(end)) => Some(end),
            _ => None,
        }
    }

    /// Returns the nine digits.
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// Returns true if both name one taxpayer: the nine digits of a company are the same in all of its numbers.
    pub fn is_of_same(&self, other: &Self) -> bool {
        self.digits == other.digits
    }

    /// Returns the numbers that stand in a text, in their order, each once.
    pub fn all_in(text: &str) -> Vec<Self> {
        let chars: Vec<char> = text.chars().collect();
        let mut found = Vec::new();
        for at in 0..chars.len() {
            if let Some(number) = number_at(&chars, at)
                && !found.contains(&number)
            {
                found.push(number);
            }
        }
        found
    }
}

impl std::fmt::Display for TaxNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = &self.digits;
        match self.suffix {
            Suffix::None => f.write_str(digits),
            Suffix::VatAbroad(of) => write!(f, "NL{digits}B{of:02}"),
            Suffix::Vat(of) => write!(f, "{digits}B{of:02}"),
            Suffix::WageTax(of) => write!(f, "{digits}L{of:02}"),
        }
    }
}

/// The ways in which people write nine digits: the lengths of the groups.
const GROUPS: [&[usize]; 3] = [&[9], &[4, 2, 3], &[3, 3, 3]];

/// Returns the number that begins at a digit, with the NL before it and the suffix behind it.
fn number_at(chars: &[char], at: usize) -> Option<TaxNumber> {
    let is_digit = |place: usize| chars.get(place).is_some_and(char::is_ascii_digit);
    if !is_digit(at) || at > 0 && is_digit(at - 1) {
        return None;
    }
    GROUPS.iter().find_map(|groups| {
        let (digits, end) = grouped(chars, at, groups)?;
        let (mut from, before) = (at, at.checked_sub(1).and_then(|place| chars.get(place)));
        if before.is_some_and(|c| is_separator(*c)) {
            from -= 1;
        }
        let is_abroad = from >= 2
            && chars[from - 2..from].iter().collect::<String>().eq_ignore_ascii_case("NL")
            && (from < 3 || !chars[from - 3].is_alphanumeric());
        let is_alone = before.is_none_or(|c| !c.is_alphanumeric());
        // A group of digits beside others is a part of something longer.
        let is_part = groups.len() > 1 && from < at && from > 0 && is_digit(from - 1);
        if is_part || !is_alone && !is_abroad {
            return None;
        }
        let read = |text: String| TaxNumber::read(&text);
        if let Some(behind) = suffix(chars, end) {
            let whole = if is_abroad { format!("NL{digits}{behind}") } else { format!("{digits}{behind}") };
            return read(whole);
        }
        let ends = chars.get(end).is_none_or(|c| !c.is_alphanumeric())
            && (groups.len() == 1 || !(chars.get(end).is_some_and(|c| is_separator(*c)) && is_digit(end + 1)));
        (ends && is_alone).then(|| read(digits)).flatten()
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '.' | '-')
}

/// Returns the digits of groups with one separator between them, and the place behind them.
fn grouped(chars: &[char], at: usize, groups: &[usize]) -> Option<(String, usize)> {
    let (mut digits, mut place) = (String::new(), at);
    let mut between = None;
    for (n, length) in groups.iter().enumerate() {
        if n > 0 {
            let separator = *chars.get(place).filter(|c| is_separator(**c))?;
            if *between.get_or_insert(separator) != separator {
                return None;
            }
            place += 1;
        }
        let group = chars.get(place..place + length)?;
        if !group.iter().all(char::is_ascii_digit) {
            return None;
        }
        digits.extend(group);
        place += length;
    }
    (!chars.get(place).is_some_and(char::is_ascii_digit)).then_some((digits, place))
}

/// Returns the letter and the two digits behind a number.
fn suffix(chars: &[char], end: usize) -> Option<String> {
    let skip = |place: usize| if chars.get(place).is_some_and(|c| is_separator(*c)) { place + 1 } else { place };
    let letter = skip(end);
    let kind = chars.get(letter).map(char::to_ascii_uppercase).filter(|c| matches!(c, 'B' | 'L'))?;
    let first = skip(letter + 1);
    let two = chars.get(first..first + 2)?;
    let is_whole = two.iter().all(char::is_ascii_digit) && chars.get(first + 2).is_none_or(|c| !c.is_alphanumeric());
    is_whole.then(|| format!("{kind}{}", two.iter().collect::<String>()))
}

/// The number of digits that a mask hides.
const HIDDEN: usize = 5;

/// Returns a number as it is shown until somebody asks to see it: `•••••6782`, `NL•••••6782B01`.
pub fn mask(number: &str) -> String {
    let mut seen = 0;
    let hide = |c: char| {
        seen += usize::from(c.is_ascii_digit());
        if c.is_ascii_digit() && seen <= HIDDEN { '•' } else { c }
    };
    number.chars().map(hide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberKind::*;

    #[test]
    fn a_number_is_read_in_the_ways_people_write_it_and_stored_in_one() {
        for (kind, text, expected) in [
            (Bsn, "1112.22.333", Some("111222333")),
            (Bsn, "111 222 333", Some("111222333")),
            (Bsn, "111222334", None),
            (Bsn, "111222333B01", None),
            (Bsn, "000000000", None),
            (Rsin, "123456782", Some("123456782")),
            (Vat, "123456782 b 01", Some("123456782B01")),
            (Vat, "NL1234.56.782.B.01", Some("123456782B01")),
            (Vat, "123456783B01", None),
            (Vat, "123456782B00", None),
            (Vat, "123456782B1", None),
            (Vat, "123456782L01", None),
            (WageTax, "123456782L01", Some("123456782L01")),
            (WageTax, "NL123456782L01", None),
            (VatId, "nl 1234.56.782.B01", Some("NL123456782B01")),
            // The number of a sole trader has another test, which the tax authority's own example passes.
            (VatId, "NL000099998B57", Some("NL000099998B57")),
            (VatId, "NL000099998B58", None),
            (Vat, "NL000099998B57", None),
            (VatId, "123456782B01", None),
            (VatId, "BE123456782B01", None),
            (VatId, "", None),
            (Bsn, "١١١٢٢٢٣٣٣", None),
        ] {
            assert_eq!(kind.read(text).as_deref(), expected, "{kind:?} {text:?}");
            if let Some(stored) = expected {
                assert_eq!(kind.read(stored).as_deref(), expected, "what is stored reads as itself");
            }
        }
    }

    #[test]
    fn a_word_is_that_of_one_kind() {
        for kind in NumberKind::ALL {
            assert_eq!(NumberKind::of(kind.word()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.word()));
        }
    }

    #[test]
    fn numbers_are_found_in_a_text_and_parts_of_longer_ones_are_not() {
        for (text, expected) in [
            ("BSN: 111222333", vec!["111222333"]),
            ("Burgerservicenummer 1112.22.333 en 123 456 782.", vec!["111222333", "123456782"]),
            ("OB-nummer 123456782B01 tijdvak", vec!["123456782B01"]),
            ("btw-id NL 1234.56.782.B.01;", vec!["NL123456782B01"]),
            ("Loonheffingennummer: 123456782L02", vec!["123456782L02"]),
            ("123456782 2025 123456782", vec!["123456782"]),
            ("IBAN NL91ABNA0417164300", vec![]),
            ("rekening NL86 INGB 0002 4455 88", vec![]),
            ("betalingskenmerk 1999 9900 2160 1210", vec![]),
            ("tel. 06 12345678, 0123456782", vec![]),
            ("x111222333 111222333x 111222333B1", vec![]),
            ("111222334", vec![]),
            ("1.123.456.782", vec![]),
            ("10417_111222333_IB-2025.pdf", vec!["111222333"]),
            ("", vec![]),
        ] {
            let found: Vec<_> = TaxNumber::all_in(text).iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_mask_leaves_what_people_compare() {
        for (number, masked) in [
            ("111222333", "•••••2333"),
            ("NL123456782B01", "NL•••••6782B01"),
            ("123456782L01", "•••••6782L01"),
            ("12", "••"),
            ("", ""),
        ] {
            assert_eq!(mask(number), masked);
        }
    }
}
