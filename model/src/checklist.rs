//! Checklists: a template with questions, and which of them are asked given
//! the answers so far. Knows nothing of any tax: all content is data.

use crate::{
    id::{ChecklistId, PersonId, RowId},
    language::Bilingual,
    money::Cents,
    record::Answer,
    time::Date,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

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
/// depth and can never be a circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Unique within the template; part of the key of its answers.
    pub id: String,
    /// What kind of answer is asked.
    pub kind: Kind,
    /// The question itself.
    pub text: Bilingual,
    /// Why it is asked, and what counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual>,
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
    /// Free text.
    Text,
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
    /// A day.
    Date(Date),
    /// Free text.
    Text(String),
    /// The id of the chosen option.
    Choice(String),
    /// A row of a repeating question: there, or removed again.
    Row(bool),
}

/// The place of one answer: question, whose, and in which row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// The checklist that asks.
    pub checklist: ChecklistId,
    /// The question's id in the template.
    pub question: String,
    /// For a question put to each person: who.
    pub person: Option<PersonId>,
    /// For a column, or the row itself: which row.
    pub row: Option<RowId>,
}

/// A text that is not the key of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the key of an answer")]
pub struct NotAnAnswerKey;

impl AnswerKey {
    /// The same place in `row`, for the column `question`.
    fn column(&self, question: &str, row: RowId) -> Self {
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

fn is_question_id(text: &str) -> bool {
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

/// All answers that a dossier's year holds, and which slots have documents.
/// A place with more than one answer has differing ones of two people.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Per place, in the order in which they were given.
    pub given: BTreeMap<AnswerKey, Vec<Answer>>,
    /// Places with at least one document that was not withdrawn.
    pub documents: BTreeSet<AnswerKey>,
}

/// How one place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing there yet.
    Open,
    /// One answer.
    Answered,
    /// Differing answers.
    Differing,
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

    /// How the place `key` stands.
    pub fn standing(&self, key: &AnswerKey) -> Standing {
        match self.at(key) {
            [] if self.documents.contains(key) => Standing::Answered,
            [] => Standing::Open,
            [_] => Standing::Answered,
            _ => Standing::Differing,
        }
    }

    /// The rows of the repeating question at `key`, oldest first.
    fn rows(&self, key: &AnswerKey) -> Vec<RowId> {
        let mut rows: Vec<_> = self
            .given
            .iter()
            .filter(|(k, _)| k.checklist == key.checklist && k.question == key.question && k.person == key.person)
            .filter_map(|(k, answers)| {
                let there = answers.iter().all(|a| a.value == AnswerValue::Row(true));
                Some((answers.first()?.at, k.row?)).filter(|_| there)
            })
            .collect();
        rows.sort();
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

/// A question as it is asked now, of one person or of the household.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked<'t> {
    /// The question.
    pub question: &'t Question,
    /// Where its answer stands.
    pub key: AnswerKey,
    /// The follow-ups that the present answer calls for.
    pub followups: Vec<Asked<'t>>,
    /// For repeating rows: each row with its columns.
    pub rows: Vec<(RowId, Vec<Asked<'t>>)>,
}

impl Asked<'_> {
    /// Calls `visit` for this question and all below it.
    pub fn each(&self, visit: &mut impl FnMut(&Asked<'_>)) {
        visit(self);
        for below in self.followups.iter().chain(self.rows.iter().flat_map(|(_, columns)| columns)) {
            below.each(visit);
        }
    }
}

/// How far somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Questions with one answer.
    pub answered: usize,
    /// Questions that are asked at present.
    pub asked: usize,
    /// Questions with differing answers (not counted as answered).
    pub differing: usize,
}

impl Progress {
    /// Questions still open.
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
        })
    }
}

impl Section {
    /// The questions of this section that are asked at present.
    pub fn asked<'t>(&'t self, checklist: ChecklistId, people: &[PersonId], answers: &Answers) -> Vec<Asked<'t>> {
        let mut asked = Vec::new();
        for question in &self.questions {
            let whose = match question.per {
                Per::Joint => vec![None],
                Per::Person => people.iter().copied().map(Some).collect(),
            };
            for person in whose {
                let key = AnswerKey { checklist, question: question.id.clone(), person, row: None };
                asked.push(ask(question, key, answers));
            }
        }
        asked
    }

    /// How far this section is.
    pub fn progress(&self, checklist: ChecklistId, people: &[PersonId], answers: &Answers) -> Progress {
        let mut progress = Progress::default();
        for asked in self.asked(checklist, people, answers) {
            asked.each(&mut |one| count(one, answers, &mut progress));
        }
        progress
    }
}

fn count(asked: &Asked<'_>, answers: &Answers, progress: &mut Progress) {
    progress.asked += 1;
    match answers.standing(&asked.key) {
        Standing::Answered => progress.answered += 1,
        Standing::Differing => progress.differing += 1,
        // Rows need no answer of their own once there is one.
        Standing::Open if !asked.rows.is_empty() => progress.answered += 1,
        Standing::Open => {}
    }
}

fn ask<'t>(question: &'t Question, key: AnswerKey, answers: &Answers) -> Asked<'t> {
    let given = answers.at(&key);
    let followups = question
        .followups
        .iter()
        .filter(|f| given.iter().any(|a| f.follows(&a.value)))
        .map(|f| ask(f, AnswerKey { question: f.id.clone(), ..key.clone() }, answers))
        .collect();
    let rows = if question.kind == Kind::Rows { answers.rows(&key) } else { Vec::new() };
    let rows = rows
        .into_iter()
        .map(|row| (row, question.columns.iter().map(|c| ask(c, key.column(&c.id, row), answers)).collect()))
        .collect();
    Asked { question, key, followups, rows }
}

impl Question {
    /// Whether this follow-up is asked after its parent was answered with `value`.
    fn follows(&self, value: &AnswerValue) -> bool {
        let id = match value {
            AnswerValue::Yes => "yes",
            AnswerValue::No => "no",
            AnswerValue::Unknown => "unknown",
            AnswerValue::Choice(id) => id,
            _ => return false,
        };
        if self.after.is_empty() { id == "yes" } else { self.after.iter().any(|a| a == id) }
    }
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Not the JSON of a template.
    #[error("not a checklist template: {0}")]
    Malformed(String),
    /// An id that cannot stand in a key.
    #[error("`{0}` is no id: lower-case letters, digits, dots and underscores, at most 40")]
    BadId(String),
    /// Two questions with one id.
    #[error("the id `{0}` is used twice")]
    Twice(String),
    /// A follow-up that no answer leads to.
    #[error("`{0}` is never asked: its question has no answer that leads to it")]
    Unreachable(String),
    /// A question that lacks what its kind needs.
    #[error("`{0}` needs {1}")]
    Lacks(String, &'static str),
    /// A text that lacks a language.
    #[error("`{0}` lacks a text in Dutch or English")]
    Untranslated(String),
}

impl Template {
    /// Reads and checks a template (JSON, UTF-8).
    pub fn from_json(json: &str) -> Result<Self, TemplateError> {
        let template: Self = serde_json::from_str(json).map_err(|e| TemplateError::Malformed(e.to_string()))?;
        template.check()?;
        Ok(template)
    }

    /// How far the whole checklist is.
    pub fn progress(&self, checklist: ChecklistId, people: &[PersonId], answers: &Answers) -> Progress {
        self.sections.iter().map(|s| s.progress(checklist, people, answers)).sum()
    }

    fn check(&self) -> Result<(), TemplateError> {
        let mut seen = BTreeSet::new();
        check_text(&self.id, &self.title)?;
        for section in &self.sections {
            check_id(&section.id, &mut seen)?;
            check_text(&section.id, &section.title)?;
            for question in &section.questions {
                question.check(&mut seen)?;
            }
        }
        Ok(())
    }
}

impl Question {
    fn check(&self, seen: &mut BTreeSet<String>) -> Result<(), TemplateError> {
        check_id(&self.id, seen)?;
        check_text(&self.id, &self.text)?;
        for option in &self.options {
            check_text(&self.id, &option.text)?;
        }
        match self.kind {
            Kind::Choice if self.options.len() < 2 => {
                return Err(TemplateError::Lacks(self.id.clone(), "at least two options"));
            }
            Kind::Rows if self.columns.is_empty() => return Err(TemplateError::Lacks(self.id.clone(), "columns")),
            _ => {}
        }
        for column in &self.columns {
            if column.kind == Kind::Rows || column.per == Per::Person {
                return Err(TemplateError::Lacks(column.id.clone(), "a plain kind, as it is a column"));
            }
            column.check(seen)?;
        }
        for followup in &self.followups {
            let reachable = match self.kind {
                Kind::YesNo => followup.after.iter().all(|a| ["yes", "no", "unknown"].contains(&a.as_str())),
                Kind::Choice => {
                    !followup.after.is_empty() && followup.after.iter().all(|a| self.options.iter().any(|o| o.id == *a))
                }
                _ => false,
            };
            if !reachable || followup.per == Per::Person {
                return Err(TemplateError::Unreachable(followup.id.clone()));
            }
            followup.check(seen)?;
        }
        Ok(())
    }
}

fn check_id(id: &str, seen: &mut BTreeSet<String>) -> Result<(), TemplateError> {
    if !is_question_id(id) {
        return Err(TemplateError::BadId(id.to_owned()));
    }
    if seen.insert(id.to_owned()) { Ok(()) } else { Err(TemplateError::Twice(id.to_owned())) }
}

fn check_text(id: &str, text: &Bilingual) -> Result<(), TemplateError> {
    if text.nl.trim().is_empty() || text.en.trim().is_empty() {
        Err(TemplateError::Untranslated(id.to_owned()))
    } else {
        Ok(())
    }
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
            Self::Date(_) => kind == Kind::Date,
            Self::Text(_) => kind == Kind::Text,
            Self::Choice(_) => kind == Kind::Choice,
            Self::Row(_) => kind == Kind::Rows,
        }
    }
}
