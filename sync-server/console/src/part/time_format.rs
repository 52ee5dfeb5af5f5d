//! Moments written for an advisor in the Netherlands.

use jiff::{ToSpan, civil::DateTime, tz::TimeZone};
use model::{
    language::Language,
    time::{Date, Timestamp},
};

/// The present moment, and the language in which other moments are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeFormat {
    /// The present moment.
    pub now: Timestamp,
    /// The language of the reader.
    pub language: Language,
}

impl TimeFormat {
    /// Writes a moment in short form: `14:02`, `gisteren 20:14`, `12 mrt`.
    pub fn short(self, at: Timestamp) -> String {
        ui::format::moment(at, self.now, offset_minutes(at), self.language)
    }

    /// Writes a moment in long form: `12 maart 2026, 14:02`.
    pub fn long(self, at: Timestamp) -> String {
        ui::format::moment_long(at, offset_minutes(at), self.language)
    }

    /// Writes a moment to the second, as evidence states it: `12 maart 2026, 14:02:11`.
    pub fn exact(self, at: Timestamp) -> String {
        format!("{}:{:02}", self.long(at), at.at_offset(offset_minutes(at)).second())
    }

    /// Writes the time of day: `14:02`.
    pub fn time_of_day(self, at: Timestamp) -> String {
        ui::format::time_of_day(at, offset_minutes(at))
    }

    /// Returns a moment by the clock on the wall.
    pub fn local(self, at: Timestamp) -> DateTime {
        at.at_offset(offset_minutes(at))
    }

    /// Returns the day of a moment.
    pub fn day_of(self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// Returns today's date.
    pub fn today(self) -> Date {
        self.now.at_offset(offset_minutes(self.now)).date()
    }

    /// Returns the moment at which the day began that was so many days ago.
    pub fn start_of_day(self, days_ago: i64) -> Timestamp {
        let day = self.today().saturating_sub(days_ago.days());
        let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
        day.to_zoned(zone).map_or(self.now, |start| Timestamp(start.timestamp().as_millisecond()))
    }

    /// Returns the hour of the day, 0 to 23.
    pub fn hour(self) -> i8 {
        self.now.at_offset(offset_minutes(self.now)).hour()
    }
}

/// Returns the offset of the Netherlands from UTC at a moment, in minutes.
fn offset_minutes(at: Timestamp) -> i32 {
    let Ok(moment) = jiff::Timestamp::from_millisecond(at.0) else { return 60 };
    TimeZone::get("Europe/Amsterdam").map_or(60, |zone| zone.to_offset(moment).seconds() / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_and_winter_time_are_told_apart() {
        let time_format = TimeFormat { now: Timestamp(1_773_320_531_000), language: Language::Nl };
        assert_eq!(time_format.exact(time_format.now), "12 maart 2026, 14:02:11");
        let july = Timestamp(1_783_000_800_000);
        assert_eq!(time_format.long(july), "2 juli 2026, 16:00");
    }
}
