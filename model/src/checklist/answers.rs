//! The answers to a checklist, and the state of each question.

use super::{AnswerKey, AnswerValue, Question, QuestionKind};
use crate::{
    id::RowId,
    record::{Answer, Review, ReviewOutcome},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// Everything in a dossier's year about the answers to its checklists.
/// If a question has more than one answer, two people answered it differently.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// The answers to each question, in the order in which they were given.
    pub given: BTreeMap<AnswerKey, Vec<Answer>>,
    /// The questions with at least one document that was not withdrawn, and the moment at which the
    /// newest was given.
    pub documents: BTreeMap<AnswerKey, Timestamp>,
    /// The answers of the year before.
    pub last_year: BTreeMap<AnswerKey, AnswerValue>,
    /// The firm's reviews of the answers.
    pub reviews: BTreeMap<AnswerKey, Review>,
}

/// The state of one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuestionState {
    /// There is no answer yet.
    Open,
    /// There is only last year's answer, which nobody confirmed.
    Prefilled,
    /// There is one answer, or a document.
    Answered,
    /// There is one answer, whose check digits are wrong.
    Malformed,
    /// There are differing answers.
    Differing,
    /// The firm sent the answer back, and nobody has answered since.
    SentBack,
}

impl Answers {
    /// Returns all answers at `key`.
    pub fn at(&self, key: &AnswerKey) -> &[Answer] {
        self.given.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns the answer at `key`, if there is exactly one.
    pub fn agreed(&self, key: &AnswerKey) -> Option<&Answer> {
        match self.at(key) {
            [answer] => Some(answer),
            _ => None,
        }
    }

    /// Returns the moment at which the newest answer or document at `key` was given, by the
    /// clock of its device. A review is about exactly that one.
    pub fn newest(&self, key: &AnswerKey) -> Option<Timestamp> {
        let answer = self.at(key).iter().map(|a| a.at).max();
        answer.max(self.documents.get(key).copied())
    }

    /// Returns the firm's review of what was last given at `key`.
    pub fn review(&self, key: &AnswerKey) -> Option<&Review> {
        self.reviews.get(key).filter(|r| r.of == self.newest(key))
    }

    /// Returns the state of `question` at `key`.
    pub fn state(&self, question: &Question, key: &AnswerKey) -> QuestionState {
        let sent_back = self.review(key).is_some_and(|r| r.outcome == ReviewOutcome::SentBack);
        match self.at(key) {
            [_, _, ..] => QuestionState::Differing,
            _ if sent_back => QuestionState::SentBack,
            [answer] if answer.value.is_malformed(question.kind) => QuestionState::Malformed,
            [answer] if answer.value.answers(question) => QuestionState::Answered,
            _ if self.documents.contains_key(key) => QuestionState::Answered,
            [] if question.kind == QuestionKind::Rows => self.state_of_rows(key),
            [] if self.proposed(question, key).is_some() => QuestionState::Prefilled,
            _ => QuestionState::Open,
        }
    }

    /// Returns the state of a repeating question, which needs no answer of its own if it has rows.
    fn state_of_rows(&self, key: &AnswerKey) -> QuestionState {
        let rows = self.rows(key);
        if rows.is_empty() {
            return if self.last_year.contains_key(key) { QuestionState::Prefilled } else { QuestionState::Open };
        }
        let is_confirmed = |row: &RowId| !self.at(&AnswerKey { row: Some(*row), ..key.clone() }).is_empty();
        if rows.iter().all(is_confirmed) { QuestionState::Answered } else { QuestionState::Prefilled }
    }

    /// Returns last year's answer if it is likely to be right and no other was given.
    pub fn proposed(&self, question: &Question, key: &AnswerKey) -> Option<&AnswerValue> {
        let value = self.last_year.get(key).filter(|v| question.kind.carries() && v.answers(question))?;
        self.at(key).is_empty().then_some(value)
    }

    /// Returns the answers at `key` on which other questions depend: those that were given, or else
    /// the one that is proposed.
    pub(super) fn counting(&self, question: &Question, key: &AnswerKey) -> Vec<&AnswerValue> {
        match self.at(key) {
            [] => self.proposed(question, key).into_iter().collect(),
            given => given.iter().map(|a| &a.value).collect(),
        }
    }

    /// Returns the rows of the repeating question at `key`, oldest first.
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
