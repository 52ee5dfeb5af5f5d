//! What was answered, and how each place stands.

use super::{AnswerKey, Kind, Question};
use crate::{
    check_digit::{is_bsn, is_iban},
    id::RowId,
    money::Cents,
    record::{Answer, Review, ReviewOutcome},
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An answer's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerValue {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Doesn't know; the advisor looks into it.
    Unknown,
    /// The question does not apply.
    NotApplicable,
    /// A document that cannot be given, and why.
    DontHave(String),
    /// An amount.
    Amount(Cents),
    /// A number, in hundredths.
    Number(i64),
    /// A day.
    Date(Date),
    /// Free text, or a number with check digits as it was typed.
    Text(String),
    /// The id of the chosen option.
    Choice(String),
    /// A row of a repeating question: there, or removed again.
    Row(bool),
}

impl AnswerValue {
    /// Whether a question of `kind` takes this as its answer.
    pub fn suits(&self, kind: Kind) -> bool {
        match self {
            Self::NotApplicable => true,
            Self::Unknown => kind != Kind::Rows && kind != Kind::Upload,
            Self::Yes | Self::No => kind == Kind::YesNo,
            Self::DontHave(_) => kind == Kind::Upload,
            Self::Amount(_) => kind == Kind::Amount,
            Self::Number(_) => kind == Kind::Number,
            Self::Date(_) => kind == Kind::Date,
            Self::Text(_) => matches!(kind, Kind::Text | Kind::Bsn | Kind::Iban),
            Self::Choice(_) => kind == Kind::Choice,
            Self::Row(_) => kind == Kind::Rows,
        }
    }

    /// Whether it is given letter by letter, and not by one press.
    pub fn is_typed(&self) -> bool {
        match self {
            Self::DontHave(_) | Self::Amount(_) | Self::Number(_) | Self::Date(_) | Self::Text(_) => true,
            Self::Yes | Self::No | Self::Unknown | Self::NotApplicable | Self::Choice(_) | Self::Row(_) => false,
        }
    }

    /// Whether it says something to `question`: of its kind, and one of its options.
    fn answers(&self, question: &Question) -> bool {
        match self {
            Self::Choice(id) => question.kind == Kind::Choice && question.options.iter().any(|o| o.id == *id),
            other => other.suits(question.kind),
        }
    }

    /// Whether the check digits are wrong, where the question asks for some.
    fn is_malformed(&self, kind: Kind) -> bool {
        match (self, kind) {
            (Self::Text(text), Kind::Bsn) => !is_bsn(text),
            (Self::Text(text), Kind::Iban) => !is_iban(text),
            _ => false,
        }
    }
}

/// All that a dossier's year holds about the places of its checklists.
/// A place with more than one answer has differing ones of two people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Per place, in the order in which they were given.
    pub given: BTreeMap<AnswerKey, Vec<Answer>>,
    /// Places with at least one document that was not withdrawn, and when the
    /// newest was given.
    pub documents: BTreeMap<AnswerKey, Timestamp>,
    /// What was answered the year before.
    pub last_year: BTreeMap<AnswerKey, AnswerValue>,
    /// What the firm says of them.
    pub reviews: BTreeMap<AnswerKey, Review>,
}

/// How one place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing there yet.
    Open,
    /// Only last year's answer, which nobody confirmed.
    Prefilled,
    /// One answer.
    Answered,
    /// One answer, whose check digits are wrong.
    Malformed,
    /// Differing answers.
    Differing,
    /// The firm asks to look again, and nobody answered since.
    SentBack,
}

impl Answers {
    /// All answers at `key`.
    pub fn at(&self, key: &AnswerKey) -> &[Answer] {
        self.given.get(key).map_or(&[], Vec::as_slice)
    }

    /// The one answer at `key`, where there is exactly one.
    pub fn agreed(&self, key: &AnswerKey) -> Option<&Answer> {
        match self.at(key) {
            [answer] => Some(answer),
            _ => None,
        }
    }

    /// What was last given at `key`, an answer or a document: when, by the
    /// clock of the device. A review is about exactly that.
    pub fn newest(&self, key: &AnswerKey) -> Option<Timestamp> {
        let answer = self.at(key).iter().map(|a| a.at).max();
        answer.max(self.documents.get(key).copied())
    }

    /// What the firm says of what stands at `key` now.
    pub fn review(&self, key: &AnswerKey) -> Option<&Review> {
        self.reviews.get(key).filter(|r| r.of == self.newest(key))
    }

    /// How the place `key` of `question` stands.
    pub fn standing(&self, question: &Question, key: &AnswerKey) -> Standing {
        let sent_back = self.review(key).is_some_and(|r| r.outcome == ReviewOutcome::SentBack);
        match self.at(key) {
            [_, _, ..] => Standing::Differing,
            _ if sent_back => Standing::SentBack,
            [answer] if answer.value.is_malformed(question.kind) => Standing::Malformed,
            [answer] if answer.value.answers(question) => Standing::Answered,
            _ if self.documents.contains_key(key) => Standing::Answered,
            [] if question.kind == Kind::Rows => self.standing_of_rows(key),
            [] if self.proposed(question, key).is_some() => Standing::Prefilled,
            _ => Standing::Open,
        }
    }

    /// Rows need no answer of their own once there is one.
    fn standing_of_rows(&self, key: &AnswerKey) -> Standing {
        let rows = self.rows(key);
        if rows.is_empty() {
            return if self.last_year.contains_key(key) { Standing::Prefilled } else { Standing::Open };
        }
        let is_confirmed = |row: &RowId| !self.at(&AnswerKey { row: Some(*row), ..key.clone() }).is_empty();
        if rows.iter().all(is_confirmed) { Standing::Answered } else { Standing::Prefilled }
    }

    /// Last year's answer, where it is likely to hold and nothing else was said.
    pub fn proposed(&self, question: &Question, key: &AnswerKey) -> Option<&AnswerValue> {
        let value = self.last_year.get(key).filter(|v| question.kind.carries() && v.answers(question))?;
        self.at(key).is_empty().then_some(value)
    }

    /// What counts at `key` for what is asked next: what was answered, else
    /// what is proposed.
    pub(super) fn counting(&self, question: &Question, key: &AnswerKey) -> Vec<&AnswerValue> {
        match self.at(key) {
            [] => self.proposed(question, key).into_iter().collect(),
            given => given.iter().map(|a| &a.value).collect(),
        }
    }

    /// The rows of the repeating question at `key`, oldest first.
    pub(super) fn rows(&self, key: &AnswerKey) -> Vec<RowId> {
        let is_row = |k: &AnswerKey| {
            k.checklist == key.checklist && k.question == key.question && k.person == key.person && k.row.is_some()
        };
        let mut rows: Vec<_> = self
            .given
            .iter()
            .filter(|(k, answers)| is_row(k) && answers.iter().all(|a| a.value == AnswerValue::Row(true)))
            .filter_map(|(k, answers)| Some((answers.first()?.at, k.row?)))
            .collect();
        let proposed = self.last_year.iter().filter(|(k, v)| is_row(k) && **v == AnswerValue::Row(true));
        rows.extend(proposed.filter(|(k, _)| self.at(k).is_empty()).filter_map(|(k, _)| Some((Timestamp(0), k.row?))));
        rows.sort();
        rows.into_iter().map(|(_, row)| row).collect()
    }
}
