//! Conditions that decide, by the answers to other questions, if a question is asked.

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
        #[serde(deserialize_with = "crate::text::line")]
        question: String,
        /// The answers that make it true.
        #[serde(deserialize_with = "crate::text::each_line")]
        any_of: Vec<String>,
    },
    /// True if somebody born on the day that was answered was younger than `than`
    /// years on the day `on`.
    Younger {
        /// A question for a day. For a column, it is one of the same row.
        #[serde(deserialize_with = "crate::text::line")]
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
