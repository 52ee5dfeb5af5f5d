//! Selects the questions that are asked given the answers so far, and counts the progress.

use super::{
    AnswerKey, AnswerValue, Answers, Condition, Per, Question, QuestionKind, QuestionState, Section, Template,
};
use crate::{
    id::{ChecklistId, PersonId, RowId},
    time::Date,
};
use std::{cell::RefCell, collections::BTreeMap};

/// A question as it is asked now, of one person or of the household.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedQuestion<'t> {
    /// The question.
    pub question: &'t Question,
    /// The place of its answer.
    pub key: AnswerKey,
    /// The state of the question.
    pub state: QuestionState,
    /// The follow-ups that the present answer calls for.
    pub followups: Vec<AskedQuestion<'t>>,
    /// The rows of a repeating question, each with its columns.
    pub rows: Vec<(RowId, Vec<AskedQuestion<'t>>)>,
}

impl AskedQuestion<'_> {
    /// Calls `visit` for this question and all below it.
    pub fn each(&self, visit: &mut impl FnMut(&AskedQuestion<'_>)) {
        visit(self);
        for below in self.followups.iter().chain(self.rows.iter().flat_map(|(_, columns)| columns)) {
            below.each(visit);
        }
    }

    /// Returns last year's answers here and below that nobody confirmed yet.
    pub fn proposals(&self, answers: &Answers) -> Vec<(AnswerKey, AnswerValue)> {
        let mut proposals = Vec::new();
        self.each(&mut |one| {
            let rows = one.rows.iter().map(|(row, _)| AnswerKey { row: Some(*row), ..one.key.clone() });
            let unconfirmed = rows.filter(|key| answers.at(key).is_empty());
            proposals.extend(unconfirmed.map(|key| (key, AnswerValue::Row(true))));
            let own = answers.proposed(one.question, &one.key).filter(|_| one.state == QuestionState::Prefilled);
            proposals.extend(own.filter(|_| one.rows.is_empty()).map(|value| (one.key.clone(), value.clone())));
        });
        proposals
    }
}

/// The progress of a checklist, or of a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The number of questions with one answer.
    pub answered: usize,
    /// The number of questions that are asked at present.
    pub asked: usize,
    /// The number of questions with differing answers (not counted as answered).
    pub differing: usize,
    /// The number of questions that the firm sent back (not counted as answered).
    pub sent_back: usize,
    /// The number of questions with last year's answer that nobody confirmed (not counted as answered).
    pub prefilled: usize,
}

impl Progress {
    /// Returns the number of questions that are still open.
    pub fn open(self) -> usize {
        self.asked - self.answered
    }
}

impl std::iter::Sum for Progress {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            answered: sum.answered + part.answered,
            asked: sum.asked + part.asked,
            differing: sum.differing + part.differing,
            sent_back: sum.sent_back + part.sent_back,
            prefilled: sum.prefilled + part.prefilled,
        })
    }
}

impl Template {
    /// Returns the questions of `section`, one of this template's, that are asked at present.
    pub fn asked<'t>(
        &'t self,
        section: &'t Section,
        checklist: ChecklistId,
        people: &[PersonId],
        answers: &Answers,
    ) -> Vec<AskedQuestion<'t>> {
        let round = Round { template: self, people, answers, known: RefCell::default() };
        let mut asked = Vec::new();
        for question in &section.questions {
            let whose = match question.per {
                Per::Joint => vec![None],
                Per::Person => people.iter().copied().map(Some).collect(),
            };
            for person in whose {
                let key = AnswerKey { checklist, question: question.id.clone(), person, row: None };
                asked.extend(round.ask(question, key));
            }
        }
        asked
    }

    /// Returns how far one section is filled in.
    pub fn progress_of(
        &self,
        section: &Section,
        checklist: ChecklistId,
        people: &[PersonId],
        answers: &Answers,
    ) -> Progress {
        let mut progress = Progress::default();
        for asked in self.asked(section, checklist, people, answers) {
            asked.each(&mut |one| progress.count(one.state));
        }
        progress
    }

    /// Returns how far the whole checklist is filled in.
    pub fn progress(&self, checklist: ChecklistId, people: &[PersonId], answers: &Answers) -> Progress {
        self.sections.iter().map(|s| self.progress_of(s, checklist, people, answers)).sum()
    }
}

impl Progress {
    fn count(&mut self, state: QuestionState) {
        self.asked += 1;
        match state {
            QuestionState::Answered => self.answered += 1,
            QuestionState::Differing => self.differing += 1,
            QuestionState::SentBack => self.sent_back += 1,
            QuestionState::Prefilled => self.prefilled += 1,
            QuestionState::Open | QuestionState::Malformed => {}
        }
    }
}

/// A calculation of the questions that are asked. Results are remembered, so that
/// conditions that depend on each other are each checked only once.
struct Round<'r> {
    template: &'r Template,
    people: &'r [PersonId],
    answers: &'r Answers,
    known: RefCell<BTreeMap<AnswerKey, bool>>,
}

impl Round<'_> {
    fn ask<'t>(&self, question: &'t Question, key: AnswerKey) -> Option<AskedQuestion<'t>> {
        if question.when.as_ref().is_some_and(|when| !self.holds(when, &key)) {
            return None;
        }
        let counting = self.answers.counting(question, &key);
        let followups = question
            .followups
            .iter()
            .filter(|f| counting.iter().any(|value| f.follows(value)))
            .filter_map(|f| self.ask(f, AnswerKey { question: f.id.clone(), ..key.clone() }))
            .collect();
        let rows = if question.kind == QuestionKind::Rows { self.answers.rows(&key) } else { Vec::new() };
        let columns = |row| question.columns.iter().filter_map(|c| self.ask(c, key.column(&c.id, row))).collect();
        let rows = rows.iter().map(|row| (*row, columns(*row))).collect();
        Some(AskedQuestion { question, state: self.answers.state(question, &key), followups, rows, key })
    }

    /// Returns true if `condition` of the question at `place` is true.
    fn holds(&self, condition: &Condition, place: &AnswerKey) -> bool {
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

    /// Returns the answers to question `id` on which a condition of the question at `place`
    /// depends. Answers to questions that are not asked any more do not count.
    fn values(&self, id: &str, place: &AnswerKey) -> Vec<&AnswerValue> {
        let path = self.template.path(id);
        let (Some(top), Some(question)) = (path.first(), path.last()) else { return Vec::new() };
        let whose = match (top.per, place.person) {
            (Per::Joint, _) => vec![None],
            (Per::Person, Some(person)) => vec![Some(person)],
            (Per::Person, None) => self.people.iter().copied().map(Some).collect(),
        };
        let mut values = Vec::new();
        for person in whose {
            if let Some(key) = self.reach(&path, person, place) {
                values.extend(self.answers.counting(question, &key));
            }
        }
        values
    }

    /// Returns the place of the last question of `path`, if it is asked.
    fn reach(&self, path: &[&Question], person: Option<PersonId>, place: &AnswerKey) -> Option<AnswerKey> {
        let (question, above) = path.split_last()?;
        let in_row = path.windows(2).any(|pair| pair[0].has_column(pair[1]));
        let row = place.row.filter(|_| in_row);
        let key = AnswerKey { question: question.id.clone(), person, row, ..place.clone() };
        if let Some(known) = self.known.borrow().get(&key) {
            return known.then_some(key);
        }
        let reached = match above.split_last() {
            None => true,
            Some((parent, _)) => self.reach(above, person, place).is_some_and(|at| {
                parent.has_column(question)
                    || self.answers.counting(parent, &at).iter().any(|value| question.follows(value))
            }),
        };
        let asked = reached && question.when.as_ref().is_none_or(|when| self.holds(when, &key));
        self.known.borrow_mut().insert(key.clone(), asked);
        asked.then_some(key)
    }
}

impl Question {
    /// Returns true if this follow-up is asked after its parent was answered with `value`.
    fn follows(&self, value: &AnswerValue) -> bool {
        let Some(word) = value.word() else { return false };
        if self.after.is_empty() { word == "yes" } else { self.after.iter().any(|a| a == word) }
    }
}

/// Returns the day on which somebody turns `age`. A person who was born on 29 February does so
/// on 1 March in other years (Dutch Civil Code, book 1, follows the calendar).
fn birthday(born: Date, age: u8) -> Option<Date> {
    let year = born.year().checked_add(i16::from(age))?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}
