//! The questions of a checklist, as data that a firm stores.

use super::Condition;
use crate::language::Bilingual;
use serde::{Deserialize, Serialize};

/// The questions of one kind of tax return and year, as a firm stores them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// A short name, such as `ib-2025`.
    #[serde(deserialize_with = "crate::text::line")]
    pub id: String,
    /// The version, which rises with every change of the template.
    pub version: u32,
    /// The year that the questions are about.
    pub year: i16,
    /// The title, which is the name of the task.
    pub title: Bilingual,
    /// The sections, in the order in which they are asked.
    pub sections: Vec<Section>,
}

/// A group of questions, which is one screen on a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The id, which is unique within the template and part of an address.
    #[serde(deserialize_with = "crate::text::line")]
    pub id: String,
    /// A short title.
    pub title: Bilingual,
    /// A sentence below the title.
    #[serde(default)]
    pub lead: Bilingual,
    /// The questions, in the order in which they are asked.
    pub questions: Vec<Question>,
}

/// A question. Follow-up questions are nested, so a condition can have any
/// depth; dependence on other questions is a [`Condition`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The id, which is unique within the template and part of the key of its answers.
    #[serde(deserialize_with = "crate::text::line")]
    pub id: String,
    /// The kind of answer that is asked for.
    pub kind: QuestionKind,
    /// The text of the question.
    pub text: Bilingual,
    /// A condition that must be true for the question to be asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// A text that says why it is asked, and what counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual>,
    /// A text that says what does not count although people may think so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Bilingual>,
    /// A text that says what a document looks like, or where it can be found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Bilingual>,
    /// True if last year's answer is not proposed, because it is asked anew each year.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fresh: bool,
    /// The people of whom it is asked.
    #[serde(default)]
    pub per: Per,
    /// The options of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// The columns of repeating rows: what is asked in each row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Question>,
    /// The answers of the parent after which a follow-up is asked:
    /// `yes` or the id of a choice. Empty means `yes`.
    #[serde(default, deserialize_with = "crate::text::each_line", skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// The questions that may be asked after this one, depending on its answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followups: Vec<Question>,
}

/// The kind of answer that a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Yes, no, or that somebody does not know.
    YesNo,
    /// An amount in euros.
    Amount,
    /// A day.
    Date,
    /// A number that is no money, such as kilometres or a share.
    Number,
    /// Free text.
    Text,
    /// A citizen service number (burgerservicenummer).
    Bsn,
    /// An account number (ISO 13616).
    Iban,
    /// A choice between several options.
    Choice,
    /// Any number of rows with the same columns.
    Rows,
    /// Documents, at least one.
    Upload,
}

/// The people of whom a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// The household, which gives one answer.
    #[default]
    Joint,
    /// Each person, of whom each gives an answer.
    Person,
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The id, which is unique within the question and stored in answers.
    #[serde(deserialize_with = "crate::text::line")]
    pub id: String,
    /// The text that is shown.
    pub text: Bilingual,
}

impl Template {
    /// Returns what the templates of one kind have in common over the years: `ib` for
    /// `ib-2025`. Their questions keep their ids.
    pub fn family(&self) -> &str {
        let (family, end) = self.id.rsplit_once('-').unwrap_or((&self.id, ""));
        if end == self.year.to_string() { family } else { &self.id }
    }

    /// Returns the question `id` with all questions above it, the topmost first; empty
    /// if it does not exist.
    pub fn path(&self, id: &str) -> Vec<&Question> {
        self.sections.iter().flat_map(|s| &s.questions).find_map(|q| path(q, id)).unwrap_or_default()
    }

    /// Calls `visit` for each question at any depth.
    pub fn each<'t>(&'t self, visit: &mut impl FnMut(&'t Question)) {
        self.sections.iter().flat_map(|s| &s.questions).for_each(|q| q.each(visit));
    }
}

fn path<'t>(question: &'t Question, id: &str) -> Option<Vec<&'t Question>> {
    if question.id == id {
        return Some(vec![question]);
    }
    let mut below = question.followups.iter().chain(&question.columns).find_map(|q| path(q, id))?;
    below.insert(0, question);
    Some(below)
}

impl Question {
    /// Calls `visit` for this question and all below it.
    pub fn each<'t>(&'t self, visit: &mut impl FnMut(&'t Question)) {
        visit(self);
        self.columns.iter().chain(&self.followups).for_each(|q| q.each(visit));
    }

    /// Returns true if `below` is one of this question's columns.
    pub(super) fn has_column(&self, below: &Self) -> bool {
        self.columns.iter().any(|c| c.id == below.id)
    }
}

impl QuestionKind {
    /// Returns true if last year's answer is likely to be right this year. Amounts and
    /// documents are new each year: they are shown, and never proposed.
    pub fn carries(self) -> bool {
        !matches!(self, Self::Amount | Self::Number | Self::Upload)
    }
}
