//! Moments, days and tax years.

use crate::language::Language;
use serde::{Deserialize, Serialize};

/// A day in the calendar.
pub type Date = jiff::civil::Date;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// The earliest moment that a change or a record of the client's people may have, 2020-01-01: nobody had the portal
/// before.
pub const EARLIEST: Timestamp = Timestamp(1_577_836_800_000);

/// The number of seconds by which such a moment may be ahead of the server's clock: a day.
pub const SECONDS_AHEAD: i64 = 24 * 3600;

impl Timestamp {
    /// Returns true if a change or a record that arrives at `now` can have been written at this moment.
    pub fn is_possible(self, now: Self) -> bool {
        (EARLIEST..=now.plus_seconds(SECONDS_AHEAD)).contains(&self)
    }

    /// Returns the moment as the server's clock had it, for a device whose clock is behind by `behind` milliseconds; or
    /// `now`, if that is not possible either.
    pub fn corrected(self, behind: i64, now: Self) -> Self {
        let moment = Self(self.0.saturating_add(behind));
        if moment.is_possible(now) { moment } else { now }
    }

    /// Returns the moment `seconds` later.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Returns the beginning of its minute.
    pub fn to_minute(self) -> Self {
        Self(self.0 - self.0.rem_euclid(60_000))
    }

    /// Returns date and time of day at a place that is `offset_minutes` east of UTC.
    pub fn at_offset(self, offset_minutes: i32) -> jiff::civil::DateTime {
        let moment = jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let offset = jiff::tz::Offset::from_seconds(offset_minutes.saturating_mul(60)).unwrap_or(jiff::tz::Offset::UTC);
        offset.to_datetime(moment)
    }
}

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Returns the full name of a month, from 1 to 12.
pub fn month(month: i8, language: Language) -> &'static str {
    let names = match language {
        Language::Nl => &MONTHS_NL,
        Language::En => &MONTHS_EN,
    };
    usize::try_from(month - 1).ok().and_then(|i| names.get(i)).copied().unwrap_or_default()
}

/// A year that tax is declared over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxYear(pub i16);

impl std::fmt::Display for TaxYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
