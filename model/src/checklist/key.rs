//! The place of an answer: the question, the person and the row.

use crate::id::{ChecklistId, PersonId, RowId};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// The place of one answer: the question, the person and the row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// The checklist that asks.
    pub checklist: ChecklistId,
    /// The question's id in the template.
    pub question: String,
    /// The person, for a question that is asked of each person.
    pub person: Option<PersonId>,
    /// The row, for a column or for the row itself.
    pub row: Option<RowId>,
}

/// The text is not the key of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of an answer")]
pub struct NotAnAnswerKey;

impl AnswerKey {
    /// Returns the same place in `row`, for the column `question`.
    pub(super) fn column(&self, question: &str, row: RowId) -> Self {
        Self { question: question.to_owned(), row: Some(row), ..self.clone() }
    }
}

impl fmt::Display for AnswerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/", self.checklist, self.question)?;
        match self.person {
            Some(person) => write!(f, "{person}/")?,
            None => f.write_str("-/")?,
        }
        match self.row {
            Some(row) => write!(f, "{row}"),
            None => f.write_str("-"),
        }
    }
}

impl FromStr for AnswerKey {
    type Err = NotAnAnswerKey;
    fn from_str(text: &str) -> Result<Self, NotAnAnswerKey> {
        let mut parts = text.split('/');
        let mut next = || parts.next().ok_or(NotAnAnswerKey);
        let (checklist, question, person, row) = (next()?, next()?, next()?, next()?);
        if parts.next().is_some() || !is_question_id(question) {
            return Err(NotAnAnswerKey);
        }
        Ok(Self {
            checklist: checklist.parse().map_err(|_| NotAnAnswerKey)?,
            question: question.to_owned(),
            person: absent_or(person)?,
            row: absent_or(row)?,
        })
    }
}

fn absent_or<T: FromStr>(text: &str) -> Result<Option<T>, NotAnAnswerKey> {
    if text == "-" { Ok(None) } else { text.parse().map(Some).map_err(|_| NotAnAnswerKey) }
}

/// Returns true if `text` can be the id of a question or a section.
pub(super) fn is_question_id(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_.".contains(&b))
}

impl Serialize for AnswerKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AnswerKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
