//! The period that a text says.

use super::words::Words;
use model::{
    language::Language,
    tax_return::{Period, PeriodKind, ReturnKind},
    time::{Date, TaxYear, month},
};

/// The words between the first and the last day of a period, which are at most three.
const BETWEEN: [&str; 8] = ["t", "m", "tm", "tot", "en", "met", "to", "until"];
/// The words that stand before the day of a gift, a death or a payment of dividend.
const OF_DAY: [&str; 8] = [
    "schenking",
    "schenkdatum",
    "overlijden",
    "overlijdensdatum",
    "terbeschikkingstelling",
    "uitkering",
    "gift",
    "death",
];
/// The number of words between such a word and its day.
const NEAR_DAY: usize = 5;
/// The words behind which a month stands in digits.
const OF_MONTH: [&str; 10] =
    ["tijdvak", "periode", "period", "maand", "month", "lh", "loonaangifte", "loonheffingen", "ob", "btw"];
/// The words for the numbers of quarters.
const ORDINALS: [&[&str]; 4] = [
    &["1", "1e", "1st", "eerste", "first"],
    &["2", "2e", "2nd", "tweede", "second"],
    &["3", "3e", "3rd", "derde", "third"],
    &["4", "4e", "4th", "vierde", "fourth"],
];

/// A period in a text, with the place at which it begins.
type At = (usize, Period);

/// Returns the period of a return of a kind: the first that fits it, where a part of a year goes before a year, and a year
/// behind `from`, where the kind was said, before any other.
pub fn find(words: &Words, kind: ReturnKind, from: usize) -> Option<Period> {
    let all: Vec<At> = all(words);
    let fits = |(_, period): &&At| kind.periods().contains(&period.kind());
    let is_part = |(_, period): &&At| !matches!(period.kind(), PeriodKind::Year | PeriodKind::Day);
    let is_year = |(_, period): &&At| period.kind() == PeriodKind::Year;
    let is_said_day = |(place, period): &&At| {
        let before = words.all().get(place.saturating_sub(NEAR_DAY)..*place).unwrap_or_default();
        period.kind() == PeriodKind::Day && before.iter().any(|word| OF_DAY.contains(&word.as_str()))
    };
    let first = |is: &dyn Fn(&&At) -> bool| all.iter().filter(fits).find(is).map(|(_, period)| *period);
    first(&is_part)
        .or_else(|| first(&is_said_day))
        .or_else(|| first(&|at| is_year(at) && at.0 >= from))
        .or_else(|| first(&is_year))
}

/// Returns the periods of a text in their order. What is a part of one is none by itself.
fn all(words: &Words) -> Vec<At> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.all().len() {
        match at(words, place) {
            Some((period, length)) => {
                found.push((place, period));
                place += length;
            }
            None => place += 1,
        }
    }
    found
}

/// Returns the period that begins at a place, with the number of its words.
fn at(words: &Words, place: usize) -> Option<(Period, usize)> {
    if let Some((first, length)) = date(words, place) {
        let behind = place + length;
        let last = (0..=3).take_while(|n| *n == 0 || BETWEEN.contains(&words.at(behind + n - 1)));
        let last = last.filter_map(|n| date(words, behind + n).map(|(last, more)| (last, length + n + more)));
        return match last.filter(|(last, _)| *last > first).find_map(|(last, n)| Some((between(first, last)?, n))) {
            Some(range) => Some(range),
            None => Period::day(first).ok().map(|day| (day, length)),
        };
    }
    let year = |place: usize| year(words.at(place));
    let ordinal = |word: &str| (1..=4).zip(ORDINALS).find(|(_, words)| words.contains(&word)).map(|(n, _)| n);
    let short = |word: &str| word.strip_prefix(['q', 'k']).and_then(|n| n.parse().ok()).filter(|n| (1..=4).contains(n));
    let (one, two, three) = (words.at(place), words.at(place + 1), words.at(place + 2));
    let is_quarter = |word: &str| matches!(word, "kwartaal" | "quarter" | "kw");
    let is_four_weeks = |word: &str| matches!(word, "vierwekenperiode" | "vierwekentijdvak");
    let number = |word: &str| word.trim_end_matches('e').parse::<i8>().ok();
    let named = || (1..=12).find(|n| [Language::Nl, Language::En].iter().any(|l| is_month(one, month(*n, *l))));
    let quarter = |number: Option<i8>, of: Option<i16>, length| Some((Period::quarter(of?, number?).ok()?, length));
    let weeks = |number: Option<i8>, of: Option<i16>, length| Some((Period::four_weeks(of?, number?).ok()?, length));
    None.or_else(|| is_quarter(two).then(|| quarter(ordinal(one), year(place + 2), 3)).flatten())
        .or_else(|| is_quarter(one).then(|| quarter(ordinal(two), year(place + 2), 3)).flatten())
        .or_else(|| quarter(short(one), year(place + 1), 2))
        .or_else(|| quarter(short(two), year(place), 2))
        .or_else(|| is_quarter(two).then(|| quarter(ordinal(three), year(place), 3)).flatten())
        .or_else(|| is_four_weeks(two).then(|| weeks(number(one), year(place + 2), 3)).flatten())
        .or_else(|| is_four_weeks(one).then(|| weeks(number(two), year(place + 2), 3)).flatten())
        .or_else(|| Some((Period::month(year(place + 1)?, named()?).ok()?, 2)))
        .or_else(|| {
            // Elsewhere two digits behind a year are the version of a program.
            let is_said = place.checked_sub(1).is_some_and(|before| OF_MONTH.contains(&words.at(before)));
            (is_said && two.len() == 2).then(|| Some((Period::month(year(place)?, number(two)?).ok()?, 2))).flatten()
        })
        .or_else(|| Some((Period::year(TaxYear(year(place)?)), 1)))
}

fn is_month(word: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    word == name || word.len() == 3 && name.get(..3) == Some(word) || word == "mrt" && name == "maart"
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (2000..2100).contains(year))
}

/// Returns a day: 31-12-2025, 31 december 2025 or 2025-12-31.
fn date(words: &Words, place: usize) -> Option<(Date, usize)> {
    let number = |place: usize| {
        let word = words.at(place);
        word.parse::<i8>().ok().filter(|_| word.len() <= 2)
    };
    let named = |place: usize| {
        let is = |n: &i8| [Language::Nl, Language::En].iter().any(|l| is_month(words.at(place), month(*n, *l)));
        (1..=12).find(is)
    };
    let (day, of) = (number(place), number(place + 1).or_else(|| named(place + 1)));
    let european = || Date::new(year(words.at(place + 2))?, of?, day?).ok();
    let iso = || Date::new(year(words.at(place))?, number(place + 1)?, number(place + 2)?).ok();
    european().or_else(iso).map(|date| (date, 3))
}

/// Returns the period between two days, by its usual name if it has one.
fn between(first: Date, last: Date) -> Option<Period> {
    let of = last.year();
    let quarters = (1..=4).filter_map(|n| Period::quarter(of, n).ok());
    let months = (1..=12).filter_map(|n| Period::month(of, n).ok());
    let weeks = (1..=13).filter_map(|n| Period::four_weeks(of, n).ok());
    let mut usual = quarters.chain(months).chain(weeks);
    let is_it = |period: &Period| (period.first(), period.last()) == (first, last);
    usual.find(is_it).or_else(|| Period::book_year(first, last).ok())
}
