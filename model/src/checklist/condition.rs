//! Conditions that decide, by the answers to other questions, if a question is asked.

use super::{AnswerKey, AnswerValue, asked::Round};
use crate::time::Date;
use serde::{Deserialize, Serialize};

/// A condition on answers to other questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// True if a question was answered with one of these: `yes`, `no`, `unknown`, or
    /// the id of an option. If that question is asked of each person and this one
    /// is not, one person is enough.
    Is {
        /// The other question.
        question: String,
        /// The answers that make it true.
        any_of: Vec<String>,
    },
    /// True if somebody born on the day that was answered was younger than `than`
    /// years on the day `on`.
    Younger {
        /// A question for a day. For a column, it is one of the same row.
        question: String,
        /// The number of years.
        than: u8,
        /// The day on which the age is calculated.
        on: Date,
    },
    /// True if all of these are true.
    All(Vec<Condition>),
    /// True if one of these is true.
    Any(Vec<Condition>),
    /// True if this is not true.
    Not(Box<Condition>),
}

impl Condition {
    /// Calls `visit` for each question that this depends on.
    pub(super) fn each_question<'c>(&'c self, visit: &mut impl FnMut(&'c str)) {
        match self {
            Self::Is { question, .. } | Self::Younger { question, .. } => visit(question),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_question(visit)),
            Self::Not(part) => part.each_question(visit),
        }
    }

    /// Returns how deep conditions are nested in this one; 1 if there are none.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::Is { .. } | Self::Younger { .. } => 1,
            Self::All(parts) | Self::Any(parts) => 1 + parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Not(part) => 1 + part.depth(),
        }
    }
}

impl Round<'_> {
    /// Returns true if `condition` of the question at `place` is true.
    pub(super) fn holds(&self, condition: &Condition, place: &AnswerKey) -> bool {
        match condition {
            Condition::Is { question, any_of } => {
                let is_one = |value: &&AnswerValue| value.word().is_some_and(|w| any_of.iter().any(|a| a == w));
                self.values(question, place).iter().any(is_one)
            }
            Condition::Younger { question, than, on } => self.values(question, place).into_iter().any(|value| {
                matches!(value, AnswerValue::Date(born) if born <= on && birthday(*born, *than).is_none_or(|day| day > *on))
            }),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part, place)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part, place)),
            Condition::Not(part) => !self.holds(part, place),
        }
    }
}

/// Returns the day on which somebody turns `age`. A person who was born on 29 February does so
/// on 1 March in other years (Dutch Civil Code, book 1, follows the calendar).
fn birthday(born: Date, age: u8) -> Option<Date> {
    let year = born.year().checked_add(i16::from(age))?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}
