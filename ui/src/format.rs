//! Formats of days, moments, amounts and sizes. This module never reads a clock: the present moment and the time zone
//! are passed in.
//!
//! Amounts look the same in both languages (`€ 1.284`), because people compare them with Dutch paper and type them the
//! Dutch way.

use model::{
    language::Language,
    money::Cents,
    time::{Date, Timestamp},
};

pub use model::time::month;

fn month_short(number: i8, language: Language) -> &'static str {
    match (number, language) {
        // The Dutch abbreviation is not the start of the word.
        (3, Language::Nl) => "mrt",
        _ => month(number, language).get(..3).unwrap_or_default(),
    }
}

/// Writes a date such as `12 maart 2026`.
pub fn date_long(date: Date, language: Language) -> String {
    format!("{} {}", date_day(date, language), date.year())
}

/// Writes a date without the year, such as `12 maart`.
pub fn date_day(date: Date, language: Language) -> String {
    format!("{} {}", date.day(), month(date.month(), language))
}

/// Writes a date with a short month, such as `12 mrt`.
pub fn date_short(date: Date, language: Language) -> String {
    format!("{} {}", date.day(), month_short(date.month(), language))
}

/// Writes a time such as `14:02`, at a place `offset_minutes` ahead of UTC.
pub fn time_of_day(at: Timestamp, offset_minutes: i32) -> String {
    let there = at.at_offset(offset_minutes);
    format!("{:02}:{:02}", there.hour(), there.minute())
}

/// Writes a moment as short as possible: `14:02` today, `gisteren 20:14`, `12 mrt`, and with the year if it is in
/// another.
pub fn moment(at: Timestamp, now: Timestamp, offset_minutes: i32, language: Language) -> String {
    let (day, today) = (at.at_offset(offset_minutes).date(), now.at_offset(offset_minutes).date());
    if day == today {
        return time_of_day(at, offset_minutes);
    }
    if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
        let word = match language {
            Language::Nl => "gisteren",
            Language::En => "yesterday",
        };
        return format!("{word} {}", time_of_day(at, offset_minutes));
    }
    let short = date_short(day, language);
    if day.year() == today.year() { short } else { format!("{short} {}", day.year()) }
}

/// Writes a moment in full, as evidence states it: `12 maart 2026, 14:02`.
pub fn moment_long(at: Timestamp, offset_minutes: i32, language: Language) -> String {
    let day = date_long(at.at_offset(offset_minutes).date(), language);
    format!("{day}, {}", time_of_day(at, offset_minutes))
}

/// Writes an amount such as `€ 1.284`, with cents if there are any.
pub fn amount(cents: Cents) -> String {
    format!("€ {}", cents.plain())
}

/// Writes the outcome of a tax return: `€ 1.842 terug`, `€ 558 te betalen`. People never see a minus sign.
pub fn outcome(cents: Cents, language: Language) -> String {
    let word = match (cents.0.signum(), language) {
        (0, _) => return "€ 0".to_owned(),
        (1, Language::Nl) => "terug",
        (1, Language::En) => "back",
        (_, Language::Nl) => "te betalen",
        (_, Language::En) => "to pay",
    };
    format!("€ {} {word}", cents.abs().plain())
}

/// Returns the address that calls a telephone number, which may be written in any way.
pub fn tel(phone: &str) -> String {
    let dialled: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{dialled}")
}

/// Writes a size such as `340 kB`, `2,4 MB` or `10,8 GB`, in decimal units as phones and computers do.
pub fn file_size(bytes: u64, language: Language) -> String {
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    if bytes < 999_500 {
        return format!("{} kB", (bytes + 500) / 1000);
    }
    let (tenths, unit) = match bytes {
        ..999_950_000 => ((bytes + 50_000) / 100_000, "MB"),
        _ => ((bytes + 50_000_000) / 100_000_000, "GB"),
    };
    let comma = match language {
        Language::Nl => ',',
        Language::En => '.',
    };
    match tenths % 10 {
        0 => format!("{} {unit}", tenths / 10),
        tenth => format!("{}{comma}{tenth} {unit}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The moment 2026-03-12T13:02Z, which is 14:02 in the Netherlands.
    const NOW: Timestamp = Timestamp(1_773_320_520_000);

    #[test]
    fn a_moment_is_as_short_as_it_can_be() {
        let hour = 3_600;
        let cases = [
            (0, "14:02", "14:02"),
            (-14 * hour, "00:02", "00:02"),
            (-15 * hour, "gisteren 23:02", "yesterday 23:02"),
            (-39 * hour, "10 mrt", "10 Mar"),
            (-100 * 24 * hour, "2 dec 2025", "2 Dec 2025"),
        ];
        for (seconds, nl, en) in cases {
            let at = NOW.plus_seconds(seconds);
            assert_eq!(moment(at, NOW, 60, Language::Nl), nl);
            assert_eq!(moment(at, NOW, 60, Language::En), en);
        }
    }

    #[test]
    fn days_are_written_in_words() {
        let date = jiff::civil::date(2026, 3, 1);
        assert_eq!(date_long(date, Language::Nl), "1 maart 2026");
        assert_eq!(date_long(date, Language::En), "1 March 2026");
        assert_eq!(date_short(date, Language::Nl), "1 mrt");
        assert_eq!(moment_long(NOW, 60, Language::Nl), "12 maart 2026, 14:02");
    }

    #[test]
    fn an_outcome_has_no_minus() {
        let cases = [(184_200, "€ 1.842 terug"), (-55_800, "€ 558 te betalen"), (0, "€ 0")];
        for (cents, expected) in cases {
            assert_eq!(outcome(Cents(cents), Language::Nl), expected);
        }
        assert_eq!(outcome(Cents(-55_850), Language::En), "€ 558,50 to pay");
    }

    #[test]
    fn sizes_round_to_what_a_phone_shows() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1 kB"),
            (340_400, "340 kB"),
            (999_499, "999 kB"),
            (999_500, "1 MB"),
            (2_440_000, "2,4 MB"),
            (25_000_000, "25 MB"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(file_size(bytes, Language::Nl), expected);
        }
        assert_eq!(file_size(2_440_000, Language::En), "2.4 MB");
        assert_eq!(file_size(10_755_300_000, Language::Nl), "10,8 GB");
    }
}
