//! Calculates when mails leave: quiet hours, one mail a day, the steps of reminders. Uses
//! days and hours in the Netherlands; reads no clock.

use model::{
    id::FirmId,
    record::TaskKind,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};
use storage::db::{DbError, Query, Tx};

/// The longest time between a reminder and the due date, in days.
pub const FARTHEST: i16 = 60;
/// The maximum number of reminders for one task.
pub const MOST_STEPS: usize = 6;

/// The firm's settings of when mails leave. Hours are Dutch time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// The first quiet hour, 0 to 23.
    pub quiet_from: i8,
    /// The first hour that is not quiet any more, 0 to 23.
    pub quiet_until: i8,
    /// The hour at which the digest is made, 0 to 23.
    pub digest_at: i8,
    /// The maximum number of mails per minute.
    pub a_minute: u32,
    /// The days from the due date on which a reminder is sent, ascending.
    pub approval: Vec<i16>,
    pub checklist: Vec<i16>,
    pub documents: Vec<i16>,
    pub payment: Vec<i16>,
}

impl Default for Schedule {
    fn default() -> Self {
        let steps = vec![-7, -1, 3];
        Self {
            quiet_from: 21,
            quiet_until: 7,
            digest_at: 7,
            a_minute: 120,
            approval: steps.clone(),
            checklist: steps.clone(),
            documents: steps.clone(),
            payment: vec![-7, -2],
        }
    }
}

impl Schedule {
    /// Returns the firm's settings, or the default.
    pub fn of(q: &Query<'_>, firm: FirmId) -> Result<Self, DbError> {
        Ok(q.mail_schedule(firm)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Stores the settings in the form that [`Schedule::of`] parses.
    pub fn keep(&self, tx: &Tx<'_>, firm: FirmId, at: Timestamp) -> Result<(), DbError> {
        let text = serde_json::to_string(self).map_err(|_| DbError::Unwritable("schedule of mails"))?;
        tx.set_mail_schedule(firm, &text, plus_days(day_of(at), -FARTHEST), at)
    }

    /// Returns the steps for a task.
    pub fn steps(&self, kind: &TaskKind) -> &[i16] {
        match kind {
            TaskKind::Approval(_) => &self.approval,
            TaskKind::Checklist(_) => &self.checklist,
            TaskKind::DocumentRequest(_) => &self.documents,
            TaskKind::Payment(_) => &self.payment,
        }
    }

    /// Returns the first day after `day` on which a reminder of something due on `due` may be sent.
    pub fn next_check(&self, due: Date, day: Date) -> Option<Date> {
        let steps = [&self.approval, &self.checklist, &self.documents, &self.payment].into_iter().flatten();
        steps.map(|step| plus_days(due, *step)).filter(|date| *date > day).min()
    }

    fn is_quiet(&self, hour: i8) -> bool {
        if self.quiet_from <= self.quiet_until {
            (self.quiet_from..self.quiet_until).contains(&hour)
        } else {
            hour >= self.quiet_from || hour < self.quiet_until
        }
    }

    /// Returns the first moment from `at` on that is not quiet.
    pub fn awake(&self, at: Timestamp) -> Timestamp {
        let local = local(at);
        if !self.is_quiet(local.hour()) {
            return at;
        }
        let day = if local.hour() < self.quiet_until { local.date() } else { plus_days(local.date(), 1) };
        moment(day, self.quiet_until)
    }

    /// Returns the first moment of the day after `at` that is not quiet.
    pub fn next_morning(&self, at: Timestamp) -> Timestamp {
        self.awake(moment(day_of(at).tomorrow().unwrap_or(Date::MAX), self.quiet_until))
    }
}

/// Returns the Dutch date and time of a moment.
pub fn local(at: Timestamp) -> jiff::civil::DateTime {
    at.at_offset(offset_at_office(at))
}

/// Returns the Dutch day of a moment.
pub fn day_of(at: Timestamp) -> Date {
    local(at).date()
}

/// Returns the day `days` later.
pub fn plus_days(day: Date, days: i16) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

/// Returns the moment of a full hour on a day in Dutch time; if the clock skips that hour, the next
/// one that exists.
pub fn moment(day: Date, hour: i8) -> Timestamp {
    let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap_or(jiff::tz::TimeZone::UTC);
    let there = day.at(hour.clamp(0, 23), 0, 0, 0).to_zoned(zone);
    there.map_or(Timestamp(i64::MAX), |zoned| Timestamp(zoned.timestamp().as_millisecond()))
}

/// Returns the offset of the Netherlands from UTC at a moment, in minutes.
pub fn offset_at_office(at: Timestamp) -> i32 {
    let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    jiff::tz::TimeZone::get("Europe/Amsterdam").map_or(60, |zone| zone.to_offset(moment).seconds() / 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nobody_is_mailed_at_night() {
        let schedule = Schedule::default();
        let at = |day: i8, hour| moment(date(2026, 3, day), hour);
        for (asked, leaves) in [
            (at(2, 10), at(2, 10)),
            (at(2, 20), at(2, 20)),
            (at(2, 21), at(3, 7)),
            (at(2, 23), at(3, 7)),
            (at(3, 0), at(3, 7)),
            (at(3, 6), at(3, 7)),
            (at(3, 7), at(3, 7)),
        ] {
            assert_eq!(schedule.awake(asked), leaves, "{asked:?}");
        }
        assert_eq!(schedule.next_morning(at(2, 10)), at(3, 7));
        let by_day = Schedule { quiet_from: 9, quiet_until: 17, ..Schedule::default() };
        assert_eq!(by_day.awake(at(2, 10)), at(2, 17));
        assert_eq!(by_day.awake(at(2, 18)), at(2, 18));
        let never = Schedule { quiet_from: 7, quiet_until: 7, ..Schedule::default() };
        assert_eq!(never.awake(at(2, 3)), at(2, 3));
    }

    #[test]
    fn the_morning_comes_also_when_the_clock_was_put_forward() {
        // On 29 March 2026, 02:00 becomes 03:00.
        let night = moment(date(2026, 3, 28), 22);
        assert_eq!(Schedule::default().awake(night).0 - night.0, 8 * 3600 * 1000);
    }

    #[test]
    fn reminders_go_before_and_after_the_due_date() {
        let schedule = Schedule::default();
        let due = date(2026, 4, 1);
        for (day, next) in [
            (date(2026, 3, 2), Some(date(2026, 3, 25))),
            (date(2026, 3, 25), Some(date(2026, 3, 30))),
            (date(2026, 3, 30), Some(date(2026, 3, 31))),
            (date(2026, 3, 31), Some(date(2026, 4, 4))),
            (date(2026, 4, 4), None),
        ] {
            assert_eq!(schedule.next_check(due, day), next, "{day}");
        }
    }
}
