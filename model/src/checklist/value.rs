//! The content of an answer, and the questions that it can be the answer to.

use super::{Question, QuestionKind};
use crate::{
    check_digit::{is_bsn, is_iban},
    money::Cents,
    time::Date,
};
use serde::{Deserialize, Serialize};

/// The content of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The person does not know, and the advisor finds out.
    Unknown,
    /// The question does not apply.
    NotApplicable,
    /// The document cannot be given, for this reason.
    DontHave(#[serde(deserialize_with = "crate::text::lines")] String),
    /// An amount.
    Amount(Cents),
    /// A number, in hundredths.
    Number(i64),
    /// A day.
    Date(Date),
    /// Free text, or a number with check digits as it was typed.
    Text(#[serde(deserialize_with = "crate::text::lines")] String),
    /// The id of the chosen option.
    Choice(#[serde(deserialize_with = "crate::text::line")] String),
    /// A row of a repeating question: true if it exists, false if it was removed.
    Row(bool),
}

impl AnswerValue {
    /// Returns true if this can be the answer to a question of `kind`.
    pub fn suits(&self, kind: QuestionKind) -> bool {
        match self {
            Self::NotApplicable => true,
            Self::Unknown => kind != QuestionKind::Rows && kind != QuestionKind::Upload,
            Self::Yes | Self::No => kind == QuestionKind::YesNo,
            Self::DontHave(_) => kind == QuestionKind::Upload,
            Self::Amount(_) => kind == QuestionKind::Amount,
            Self::Number(_) => kind == QuestionKind::Number,
            Self::Date(_) => kind == QuestionKind::Date,
            Self::Text(_) => matches!(kind, QuestionKind::Text | QuestionKind::Bsn | QuestionKind::Iban),
            Self::Choice(_) => kind == QuestionKind::Choice,
            Self::Row(_) => kind == QuestionKind::Rows,
        }
    }

    /// Returns true if the answer is typed, and not given by one press.
    pub fn is_typed(&self) -> bool {
        match self {
            Self::DontHave(_) | Self::Amount(_) | Self::Number(_) | Self::Date(_) | Self::Text(_) => true,
            Self::Yes | Self::No | Self::Unknown | Self::NotApplicable | Self::Choice(_) | Self::Row(_) => false,
        }
    }

    /// Returns true if this is a valid answer to `question`: of its kind, and one of its options.
    pub(super) fn answers(&self, question: &Question) -> bool {
        match self {
            Self::Choice(id) => question.kind == QuestionKind::Choice && question.options.iter().any(|o| o.id == *id),
            other => other.suits(question.kind),
        }
    }

    /// Returns true if the question asks for a number with check digits and they are wrong.
    pub(super) fn is_malformed(&self, kind: QuestionKind) -> bool {
        match (self, kind) {
            (Self::Text(text), QuestionKind::Bsn) => !is_bsn(text),
            (Self::Text(text), QuestionKind::Iban) => !is_iban(text),
            _ => false,
        }
    }

    /// Returns the word for it in conditions.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Yes => Some("yes"),
            Self::No => Some("no"),
            Self::Unknown => Some("unknown"),
            Self::Choice(id) => Some(id),
            _ => None,
        }
    }
}
