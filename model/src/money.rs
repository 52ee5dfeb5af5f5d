//! Money: whole euro cents, never floating point.

use serde::{Deserialize, Serialize};

/// An amount in euro cents. In the outcome of a tax return a positive amount is
/// received and a negative one is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

/// The text is no amount, or one beyond [`Cents::LIMIT`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount")]
pub struct NotAnAmount;

impl Cents {
    /// The largest amount, a hundred billion euro, which no household's tax return exceeds.
    pub const LIMIT: i64 = 10_000_000_000_000;

    /// Reads an amount as people in the Netherlands write it: `1.284`,
    /// `1284,50`, `€ 1.284,-`. A dot groups thousands; with a comma or
    /// at most two digits after a single dot it separates cents. What is negative has a minus of any
    /// kind before or after it, or stands in brackets: `-12`, `–12`, `12-`, `(12)`.
    pub fn parse(text: &str) -> Result<Self, NotAnAmount> {
        let plain = |c: char| if is_minus(c) { '-' } else { c };
        let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').map(plain).collect();
        let (negative, digits) = split_sign(&text)?;
        let (euros, cents) = split_cents(digits)?;
        let euros: i64 = ungroup(euros)?.parse().map_err(|_| NotAnAmount)?;
        let total = euros.checked_mul(100).and_then(|e| e.checked_add(cents)).ok_or(NotAnAmount)?;
        if total > Self::LIMIT {
            return Err(NotAnAmount);
        }
        Ok(Self(if negative { -total } else { total }))
    }

    /// Returns the amount without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Writes whole euros with dots between thousands, without a sign: `1.284`.
    pub fn euros(self) -> String {
        group(self.0.unsigned_abs() / 100)
    }

    /// Writes euros and, if there are any, cents: `1.284` or `1.284,50`; a minus in front.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        match self.0.unsigned_abs() % 100 {
            0 => format!("{sign}{}", self.euros()),
            cents => format!("{sign}{},{cents:02}", self.euros()),
        }
    }
}

fn group(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns true for the characters that people and their programs write as a minus: hyphens, dashes and the sign itself.
fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Tells the sign from the rest. `,-` at the end says that there are no cents.
fn split_sign(text: &str) -> Result<(bool, &str), NotAnAmount> {
    let in_brackets = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let before = text.strip_prefix('-');
    let after = text.strip_suffix('-').filter(|rest| !rest.ends_with([',', '-']));
    match (in_brackets, before, after) {
        (Some(rest), None, None) | (None, Some(rest), None) | (None, None, Some(rest)) => Ok((true, rest)),
        (None, None, None) => Ok((false, text)),
        _ => Err(NotAnAmount),
    }
}

fn split_cents(digits: &str) -> Result<(&str, i64), NotAnAmount> {
    let (euros, tail) = match (digits.split_once(','), digits.rsplit_once('.')) {
        (Some((euros, tail)), _) => (euros, tail),
        (None, Some((euros, tail))) if tail.len() < 3 && !euros.contains('.') => (euros, tail),
        _ => return Ok((digits, 0)),
    };
    let cents = match tail.as_bytes() {
        [] | b"-" | b"--" => 0,
        [ten] if ten.is_ascii_digit() => i64::from(ten - b'0') * 10,
        [ten, one] if ten.is_ascii_digit() && one.is_ascii_digit() => {
            i64::from(ten - b'0') * 10 + i64::from(one - b'0')
        }
        _ => return Err(NotAnAmount),
    };
    Ok((euros, cents))
}

fn ungroup(euros: &str) -> Result<String, NotAnAmount> {
    let mut groups = euros.split('.');
    let first = groups.next().unwrap_or_default();
    let mut plain = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return Err(NotAnAmount);
        }
        plain.push_str(group);
    }
    if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit()) { Err(NotAnAmount) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let cases = [
            ("1284", Ok(128_400)),
            ("1.284", Ok(128_400)),
            ("€ 1.284,-", Ok(128_400)),
            ("1284,5", Ok(128_450)),
            ("1.284.000,05", Ok(128_400_005)),
            ("12.50", Ok(1250)),
            ("-12", Ok(-1200)),
            ("0", Ok(0)),
            ("", Err(NotAnAmount)),
            ("twaalf", Err(NotAnAmount)),
            ("12a", Err(NotAnAmount)),
            ("1.28.4", Err(NotAnAmount)),
            ("1284.000", Err(NotAnAmount)),
            ("1,234", Err(NotAnAmount)),
            ("--1", Err(NotAnAmount)),
            ("\u{2212}1.284", Ok(-128_400)),
            ("\u{2013} 1.284,50", Ok(-128_450)),
            ("€ -12", Ok(-1200)),
            ("- € 12", Ok(-1200)),
            ("12-", Ok(-1200)),
            ("1.284,50\u{2212}", Ok(-128_450)),
            ("1.284,--", Ok(128_400)),
            ("-1.284,-", Ok(-128_400)),
            ("1.284,\u{2013}", Ok(128_400)),
            ("(1.284)", Ok(-128_400)),
            ("(€ 1.284,-)", Ok(-128_400)),
            ("-12-", Err(NotAnAmount)),
            ("(-12)", Err(NotAnAmount)),
            ("-(12)", Err(NotAnAmount)),
            ("(12", Err(NotAnAmount)),
            ("12--", Err(NotAnAmount)),
            ("-", Err(NotAnAmount)),
            ("()", Err(NotAnAmount)),
            ("1-2", Err(NotAnAmount)),
            ("99999999999999999999", Err(NotAnAmount)),
        ];
        for (text, expected) in cases {
            assert_eq!(Cents::parse(text).map(|c| c.0), expected, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for cents in [0, 5, 100, 128_400, 128_450, -99, 100_000_000] {
            assert_eq!(Cents::parse(&Cents(cents).plain()), Ok(Cents(cents)));
        }
    }
}
