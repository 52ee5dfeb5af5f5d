//! The period (tijdvak) that a tax return is about.

use crate::{
    language::Language,
    time::{Date, TaxYear, month},
};
use jiff::ToSpan;
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// The period that a tax return is about. Periods are compared by their first day, then by their last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Period(#[serde(serialize_with = "as_text")] Shape);

fn as_text<S: serde::Serializer>(shape: &Shape, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Period(*shape))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    Year(i16),
    BookYear(Date, Date),
    Quarter(i16, i8),
    Month(i16, i8),
    FourWeeks(i16, i8),
    Day(Date),
}

/// The shapes of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// A book year that is no calendar year: broken, short or long.
    BookYear,
    /// A quarter of a calendar year.
    Quarter,
    /// A calendar month.
    Month,
    /// Four weeks, of which a year has thirteen. The tax authority's first begins on 1 January and its last ends on 31
    /// December, whatever day of the week that is.
    FourWeeks,
    /// A day: that of a death, a gift, or a payment of dividend.
    Day,
}

impl PeriodKind {
    /// All shapes.
    pub const ALL: [Self; 6] = [Self::Year, Self::BookYear, Self::Quarter, Self::Month, Self::FourWeeks, Self::Day];
}

/// The text or the numbers are no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a period")]
pub struct NotAPeriod;

/// The years that a return can be about.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
/// The longest book year in days: a first one may be extended, within two years.
const LONGEST: i32 = 731;

impl Period {
    /// Returns a calendar year.
    pub fn year(year: TaxYear) -> Self {
        Self(Shape::Year(year.0))
    }

    /// Returns a book year. One that is a calendar year becomes that.
    pub fn book_year(from: Date, until: Date) -> Result<Self, NotAPeriod> {
        let days = (until - from).get_days();
        if !(1..LONGEST).contains(&days) {
            return Err(NotAPeriod);
        }
        let is_calendar = from.month() == 1 && from.day() == 1 && until == from.last_of_year();
        Self(if is_calendar { Shape::Year(from.year()) } else { Shape::BookYear(from, until) }).checked()
    }

    /// Returns a quarter, counted from 1.
    pub fn quarter(year: i16, number: i8) -> Result<Self, NotAPeriod> {
        Self(Shape::Quarter(year, number)).checked()
    }

    /// Returns a month, counted from 1.
    pub fn month(year: i16, number: i8) -> Result<Self, NotAPeriod> {
        Self(Shape::Month(year, number)).checked()
    }

    /// Returns four weeks, counted from 1 to 13.
    pub fn four_weeks(year: i16, number: i8) -> Result<Self, NotAPeriod> {
        Self(Shape::FourWeeks(year, number)).checked()
    }

    /// Returns a day.
    pub fn day(day: Date) -> Result<Self, NotAPeriod> {
        Self(Shape::Day(day)).checked()
    }

    fn checked(self) -> Result<Self, NotAPeriod> {
        let (year, is_sound) = match self.0 {
            Shape::Year(year) => (year, true),
            Shape::BookYear(from, until) => (from.year(), YEARS.contains(&until.year())),
            Shape::Quarter(year, number) => (year, (1..=4).contains(&number)),
            Shape::Month(year, number) => (year, (1..=12).contains(&number)),
            Shape::FourWeeks(year, number) => (year, (1..=13).contains(&number)),
            Shape::Day(day) => (day.year(), true),
        };
        if is_sound && YEARS.contains(&year) { Ok(self) } else { Err(NotAPeriod) }
    }

    /// Returns the shape of the period.
    pub fn kind(self) -> PeriodKind {
        match self.0 {
            Shape::Year(_) => PeriodKind::Year,
            Shape::BookYear(..) => PeriodKind::BookYear,
            Shape::Quarter(..) => PeriodKind::Quarter,
            Shape::Month(..) => PeriodKind::Month,
            Shape::FourWeeks(..) => PeriodKind::FourWeeks,
            Shape::Day(_) => PeriodKind::Day,
        }
    }

    /// Returns the first day.
    pub fn first(self) -> Date {
        match self.0 {
            Shape::Year(year) => Date::constant(year, 1, 1),
            Shape::BookYear(from, _) => from,
            Shape::Quarter(year, number) => Date::constant(year, number * 3 - 2, 1),
            Shape::Month(year, number) => Date::constant(year, number, 1),
            Shape::FourWeeks(year, number) => {
                Date::constant(year, 1, 1).saturating_add((i64::from(number) - 1).days() * 28)
            }
            Shape::Day(day) => day,
        }
    }

    /// Returns the last day.
    pub fn last(self) -> Date {
        match self.0 {
            Shape::Year(year) => Date::constant(year, 12, 31),
            Shape::BookYear(_, until) => until,
            Shape::Quarter(year, number) => Date::constant(year, number * 3, 1).last_of_month(),
            Shape::Month(year, number) => Date::constant(year, number, 1).last_of_month(),
            Shape::FourWeeks(year, 13) => Date::constant(year, 12, 31),
            Shape::FourWeeks(..) => self.first().saturating_add(27.days()),
            Shape::Day(day) => day,
        }
    }

    /// Returns the year under which the return is filed away: the one in which the period ends.
    pub fn tax_year(self) -> TaxYear {
        TaxYear(self.last().year())
    }

    /// Returns true if both have a day in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.first() <= other.last() && other.first() <= self.last()
    }

    /// Returns true if all days of `other` are days of this one.
    pub fn contains(self, other: Self) -> bool {
        self.first() <= other.first() && other.last() <= self.last()
    }

    /// Returns the period in words: `2025`, `2e kwartaal 2026`, `1 juli 2025 t/m 30 juni 2026`.
    pub fn name(self, language: Language) -> String {
        let day = |day: Date| format!("{} {} {}", day.day(), month(day.month(), language), day.year());
        match (self.0, language) {
            (Shape::Year(year), _) => year.to_string(),
            (Shape::BookYear(from, until), Language::Nl) => format!("{} t/m {}", day(from), day(until)),
            (Shape::BookYear(from, until), Language::En) => format!("{} to {}", day(from), day(until)),
            (Shape::Quarter(year, number), Language::Nl) => format!("{number}e kwartaal {year}"),
            (Shape::Quarter(year, number), Language::En) => format!("Q{number} {year}"),
            (Shape::Month(year, number), _) => format!("{} {year}", month(number, language)),
            (Shape::FourWeeks(year, number), Language::Nl) => format!("{number}e vierwekenperiode {year}"),
            (Shape::FourWeeks(year, number), Language::En) => format!("four-week period {number} of {year}"),
            (Shape::Day(date), _) => day(date),
        }
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.first(), self.last(), self.kind()).cmp(&(other.first(), other.last(), other.kind()))
    }
}

/// Writes the form in which it is stored: `2025`, `2026-Q2`, `2026-03`, `2026-W3` (the third four weeks), `2025-07-01/2026-06-30`,
/// `2026-03-12`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::Year(year) => write!(f, "{year}"),
            Shape::BookYear(from, until) => write!(f, "{from}/{until}"),
            Shape::Quarter(year, number) => write!(f, "{year}-Q{number}"),
            Shape::Month(year, number) => write!(f, "{year}-{number:02}"),
            Shape::FourWeeks(year, number) => write!(f, "{year}-W{number}"),
            Shape::Day(day) => write!(f, "{day}"),
        }
    }
}

/// Reads only what is written: no period has two forms.
impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let number = |text: &str| text.parse::<i8>().map_err(|_| NotAPeriod);
        let date = |text: &str| text.parse::<Date>().map_err(|_| NotAPeriod);
        let period = if let Some((from, until)) = text.split_once('/') {
            Self::book_year(date(from)?, date(until)?)?
        } else if text.matches('-').count() == 2 {
            Self::day(date(text)?)?
        } else {
            let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
            let year = year.parse::<i16>().map_err(|_| NotAPeriod)?;
            match part {
                None => Self(Shape::Year(year)).checked()?,
                Some(part) => match (part.strip_prefix('Q'), part.strip_prefix('W')) {
                    (Some(quarter), _) => Self::quarter(year, number(quarter)?)?,
                    (_, Some(weeks)) => Self::four_weeks(year, number(weeks)?)?,
                    _ => Self::month(year, number(part)?)?,
                },
            }
        };
        if period.to_string() == text { Ok(period) } else { Err(NotAPeriod) }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_stored_read_and_named() {
        for (text, first, last, year, nl, en) in [
            ("2025", date(2025, 1, 1), date(2025, 12, 31), 2025, "2025", "2025"),
            ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), 2026, "2e kwartaal 2026", "Q2 2026"),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29), 2024, "februari 2024", "February 2024"),
            (
                "2026-W1",
                date(2026, 1, 1),
                date(2026, 1, 28),
                2026,
                "1e vierwekenperiode 2026",
                "four-week period 1 of 2026",
            ),
            (
                "2024-W13",
                date(2024, 12, 2),
                date(2024, 12, 31),
                2024,
                "13e vierwekenperiode 2024",
                "four-week period 13 of 2024",
            ),
            (
                "2025-07-01/2026-06-30",
                date(2025, 7, 1),
                date(2026, 6, 30),
                2026,
                "1 juli 2025 t/m 30 juni 2026",
                "1 July 2025 to 30 June 2026",
            ),
            ("2026-03-12", date(2026, 3, 12), date(2026, 3, 12), 2026, "12 maart 2026", "12 March 2026"),
        ] {
            let period = period(text);
            assert_eq!((period.first(), period.last(), period.tax_year()), (first, last, TaxYear(year)), "{text}");
            assert_eq!((period.name(Language::Nl).as_str(), period.name(Language::En).as_str()), (nl, en));
            assert_eq!(period.to_string(), text);
            assert_eq!(serde_json::to_string(&period).unwrap(), format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Period>(&format!("\"{text}\"")).unwrap(), period);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "25",
            "20255",
            "1989",
            "2026-Q0",
            "2026-Q5",
            "2026-13",
            "2026-3",
            "2026-W14",
            "2026-Q02",
            "2026-02-30",
            "2026-06-30/2025-07-01",
            "2025-07-01/2028-06-30",
            "2025-01-01/2025-12-31",
            "+2025",
            "2025 ",
            "2026-Q-1",
        ] {
            assert_eq!(text.parse::<Period>(), Err(NotAPeriod), "{text:?}");
        }
        assert_eq!(Period::book_year(date(2025, 1, 1), date(2025, 12, 31)), Ok(Period::year(TaxYear(2025))));
    }

    #[test]
    fn periods_that_share_a_day_overlap() {
        for (one, other, overlaps) in [
            ("2026-Q1", "2026-Q2", false),
            ("2026-Q1", "2026-03", true),
            ("2025", "2025-07-01/2026-06-30", true),
            ("2026-W13", "2027-W1", false),
            ("2026-03-12", "2026-03", true),
        ] {
            assert_eq!(period(one).overlaps(period(other)), overlaps, "{one} {other}");
            assert_eq!(period(other).overlaps(period(one)), overlaps, "{other} {one}");
        }
    }

    #[test]
    fn the_four_weeks_of_a_year_are_the_whole_year() {
        for year in [2024, 2025, 2026] {
            let all: Vec<_> = (1..=13).map(|number| Period::four_weeks(year, number).unwrap()).collect();
            assert_eq!((all[0].first(), all[12].last()), (date(year, 1, 1), date(year, 12, 31)));
            assert!(all.windows(2).all(|two| two[0].last().tomorrow().unwrap() == two[1].first() && two[0] < two[1]));
        }
    }
}
