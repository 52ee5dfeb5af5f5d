//! Moments as an advisor in the Netherlands reads them.

use jiff::{ToSpan, tz::TimeZone};
use model::{
    language::Language,
    time::{Date, Timestamp},
};

/// The present, and how to write other moments beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moments {
    /// The present.
    pub now: Timestamp,
    /// Of the reader.
    pub language: Language,
}

impl Moments {
    /// `14:02`, `gisteren 20:14`, `12 mrt`.
    pub fn short(self, at: Timestamp) -> String {
        ui::format::moment(at, self.now, offset_minutes(at), self.language)
    }

    /// `12 maart 2026, 14:02`.
    pub fn long(self, at: Timestamp) -> String {
        ui::format::moment_long(at, offset_minutes(at), self.language)
    }

    /// `12 maart 2026, 14:02:11`, as evidence states it.
    pub fn exact(self, at: Timestamp) -> String {
        format!("{}:{:02}", self.long(at), at.at_offset(offset_minutes(at)).second())
    }

    /// `14:02`.
    pub fn time_of_day(self, at: Timestamp) -> String {
        ui::format::time_of_day(at, offset_minutes(at))
    }

    /// The day of a moment.
    pub fn day_of(self, at: Timestamp) -> Date {
        at.at_offset(offset_minutes(at)).date()
    }

    /// Today's date.
    pub fn today(self) -> Date {
        self.now.at_offset(offset_minutes(self.now)).date()
    }

    /// When the day began that was so many days ago.
    pub fn start_of_day(self, days_ago: i64) -> Timestamp {
        let day = self.today().saturating_sub(days_ago.days());
        let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
        day.to_zoned(zone).map_or(self.now, |start| Timestamp(start.timestamp().as_millisecond()))
    }

    /// The hour of the day, 0 to 23.
    pub fn hour(self) -> i8 {
        self.now.at_offset(offset_minutes(self.now)).hour()
    }
}

/// Minutes that the Netherlands are east of UTC at a moment.
fn offset_minutes(at: Timestamp) -> i32 {
    let Ok(moment) = jiff::Timestamp::from_millisecond(at.0) else { return 60 };
    TimeZone::get("Europe/Amsterdam").map_or(60, |zone| zone.to_offset(moment).seconds() / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_and_winter_time_are_told_apart() {
        let moments = Moments { now: Timestamp(1_773_320_531_000), language: Language::Nl };
        assert_eq!(moments.exact(moments.now), "12 maart 2026, 14:02:11");
        let july = Timestamp(1_783_000_800_000);
        assert_eq!(moments.long(july), "2 juli 2026, 16:00");
    }
}
