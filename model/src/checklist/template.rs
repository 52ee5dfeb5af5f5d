//! What a checklist asks, as data that a firm keeps.

use super::Condition;
use crate::language::Bilingual;
use serde::{Deserialize, Serialize};

/// The questions of one kind of tax return and year, as a firm keeps them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Short name, such as `ib-2025`.
    pub id: String,
    /// Rises with every change of the template.
    pub version: u32,
    /// The year the questions are about.
    pub year: i16,
    /// Shown as the name of the task.
    pub title: Bilingual,
    /// In the order in which they are asked.
    pub sections: Vec<Section>,
}

/// One group of questions: one screen on a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Unique within the template; part of an address.
    pub id: String,
    /// Short name.
    pub title: Bilingual,
    /// One sentence below the title.
    #[serde(default)]
    pub lead: Bilingual,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
}

/// One question. Follow-up questions are nested, so a condition can have any
/// depth; what depends on other questions is a [`Condition`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Unique within the template; part of the key of its answers.
    pub id: String,
    /// What kind of answer is asked.
    pub kind: Kind,
    /// The question itself.
    pub text: Bilingual,
    /// Asked only where this holds, besides being reached at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Why it is asked, and what counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual>,
    /// What people take to count and does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Bilingual>,
    /// For a document: what it looks like, or where it is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<Bilingual>,
    /// Asked anew each year: last year's answer is not proposed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fresh: bool,
    /// Asked once, or of each person.
    #[serde(default)]
    pub per: Per,
    /// For a choice: what can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// For repeating rows: what is asked in each row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Question>,
    /// As a follow-up: the answers of its parent after which it is asked,
    /// `yes` or the id of a choice. Empty means `yes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Asked depending on the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followups: Vec<Question>,
}

/// What kind of answer a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Yes, no or don't know.
    YesNo,
    /// Euros.
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
    /// One of the options.
    Choice,
    /// Any number of rows with the same columns.
    Rows,
    /// One or more documents.
    Upload,
}

/// Whom a question is put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// One answer for the household.
    #[default]
    Joint,
    /// One answer for each person.
    Person,
}

/// One of the options of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Unique within the question; what an answer stores.
    pub id: String,
    /// What is shown.
    pub text: Bilingual,
}

impl Template {
    /// What the templates of one kind have in common over the years: `ib` of
    /// `ib-2025`. Their questions keep their ids.
    pub fn family(&self) -> &str {
        let (family, end) = self.id.rsplit_once('-').unwrap_or((&self.id, ""));
        if end == self.year.to_string() { family } else { &self.id }
    }

    /// The question `id` with all questions above it, the topmost first; empty
    /// where there is none.
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

    /// Whether `below` is one of this question's columns.
    pub(super) fn has_column(&self, below: &Self) -> bool {
        self.columns.iter().any(|c| c.id == below.id)
    }
}

impl Kind {
    /// Whether last year's answer is likely to hold again. Amounts and
    /// documents are new each year: they are shown, never proposed.
    pub fn carries(self) -> bool {
        !matches!(self, Self::Amount | Self::Number | Self::Upload)
    }
}
