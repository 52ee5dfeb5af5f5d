//! Checks that a template can be used: everything in it can be reached by some
//! answers, refers to what exists and is small enough for a telephone.

use super::{Condition, Per, Question, QuestionKind, Template, key::is_question_id};
use crate::language::Bilingual;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum size of a template's JSON in bytes.
pub const MOST_BYTES: usize = 512 * 1024;
/// The maximum number of questions of a template.
pub const MOST_QUESTIONS: usize = 800;
/// The maximum depth of questions below each other, and of conditions within each other.
const DEEPEST: usize = 10;
/// The maximum number of characters of one text.
const LONGEST: usize = 1_000;

/// The reasons why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The text is not the JSON of a template.
    #[error("not a checklist template: {0}")]
    Malformed(String),
    /// It has more than [`MOST_BYTES`] or [`MOST_QUESTIONS`].
    #[error("too large")]
    TooLarge,
    /// Something is wrong with a section, a question or, if `id` is its own, the template.
    #[error("`{id}`: {mistake}")]
    At {
        /// The id of the section or the question.
        id: String,
        /// The mistake.
        mistake: TemplateMistake,
    },
}

/// The mistakes that a part of a template can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateMistake {
    /// The id cannot be part of a key.
    #[error("is no id: lower-case letters, digits, dots and underscores, at most 40")]
    BadId,
    /// Two parts have the same id.
    #[error("is used twice")]
    Twice,
    /// A text is missing in one of the languages.
    #[error("lacks a text in Dutch or English")]
    Untranslated,
    /// A text is longer than a telephone can show.
    #[error("has a text of more than 1000 characters")]
    TooLong,
    /// No answer leads to it.
    #[error("is never asked: no answer leads to it")]
    Unreachable,
    /// It is too deep below other questions or conditions.
    #[error("lies too deep below other questions or conditions")]
    TooDeep,
    /// Something that its kind needs is missing.
    #[error("needs {0}")]
    Lacks(&'static str),
    /// Its condition refers to a question that does not exist, or to one of another
    /// row, whose answer cannot be known here.
    #[error("depends on `{0}`, which is not known here")]
    UnknownReference(String),
    /// Its condition refers to an answer that the question can never have.
    #[error("depends on an answer that `{0}` never has")]
    WrongType(String),
    /// Its condition depends on itself.
    #[error("depends on itself")]
    Cyclic,
}

impl TemplateMistake {
    fn at(self, id: &str) -> TemplateError {
        TemplateError::At { id: id.to_owned(), mistake: self }
    }
}

impl Template {
    /// Parses and checks a template (JSON, UTF-8).
    pub fn from_json(json: &str) -> Result<Self, TemplateError> {
        if json.len() > MOST_BYTES {
            return Err(TemplateError::TooLarge);
        }
        let template: Self = serde_json::from_str(json).map_err(|e| TemplateError::Malformed(e.to_string()))?;
        template.check()?;
        Ok(template)
    }

    /// Checks a template that was put together.
    pub fn check(&self) -> Result<(), TemplateError> {
        let mut count = 0;
        self.each(&mut |_| count += 1);
        if count > MOST_QUESTIONS {
            return Err(TemplateError::TooLarge);
        }
        if self.sections.is_empty() {
            return Err(TemplateMistake::Lacks("a section").at(&self.id));
        }
        let mut seen = BTreeSet::new();
        check_text(&self.id, &self.title)?;
        for section in &self.sections {
            check_id(&section.id, &mut seen)?;
            check_text(&section.id, &section.title)?;
            if section.questions.is_empty() {
                return Err(TemplateMistake::Lacks("a question").at(&section.id));
            }
            for question in &section.questions {
                question.check(&mut seen, 1)?;
            }
        }
        self.check_conditions()
    }

    fn check_conditions(&self) -> Result<(), TemplateError> {
        let mut depends = BTreeMap::new();
        let mut mistakes = Vec::new();
        self.each(&mut |question| {
            let path = self.path(&question.id);
            let mut upon: Vec<&str> = path.iter().rev().skip(1).take(1).map(|q| q.id.as_str()).collect();
            if let Some(when) = &question.when {
                when.each_question(&mut |id| upon.push(id));
                mistakes.extend(self.mistake_of(when, &path));
            }
            depends.insert(question.id.as_str(), upon);
        });
        if let Some((id, mistake)) = mistakes.into_iter().next() {
            return Err(mistake.at(&id));
        }
        let mut done = BTreeSet::new();
        for id in depends.keys() {
            walk(id, &depends, &mut Vec::new(), &mut done)?;
        }
        Ok(())
    }

    /// Returns what is wrong with the condition of the last question of `path`.
    fn mistake_of(&self, when: &Condition, path: &[&Question]) -> Option<(String, TemplateMistake)> {
        let id = path.last()?.id.clone();
        let mistake = if when.depth() > DEEPEST { Some(TemplateMistake::TooDeep) } else { self.mistake(when, path) };
        mistake.map(|mistake| (id, mistake))
    }

    fn mistake(&self, when: &Condition, path: &[&Question]) -> Option<TemplateMistake> {
        match when {
            Condition::Is { question, any_of } => {
                let other = match self.known(question, path) {
                    Ok(other) => other,
                    Err(mistake) => return Some(mistake),
                };
                let has = |word: &String| match other.kind {
                    QuestionKind::YesNo => ["yes", "no", "unknown"].contains(&word.as_str()),
                    QuestionKind::Choice => word == "unknown" || other.options.iter().any(|o| o.id == *word),
                    _ => false,
                };
                let fits = !any_of.is_empty() && any_of.iter().all(has);
                (!fits).then(|| TemplateMistake::WrongType(question.clone()))
            }
            Condition::Younger { question, .. } => match self.known(question, path) {
                Ok(other) if other.kind == QuestionKind::Date => None,
                Ok(_) => Some(TemplateMistake::WrongType(question.clone())),
                Err(mistake) => Some(mistake),
            },
            Condition::All(parts) | Condition::Any(parts) if parts.is_empty() => {
                Some(TemplateMistake::Lacks("a condition"))
            }
            Condition::All(parts) => parts
                .iter()
                .find_map(|part| self.mistake(part, path))
                .or(contradiction(parts).then_some(TemplateMistake::Unreachable)),
            Condition::Any(parts) => parts.iter().find_map(|part| self.mistake(part, path)),
            Condition::Not(part) => self.mistake(part, path),
        }
    }

    /// Returns the question `id` if its answer can be known at the end of `path`.
    fn known(&self, id: &str, path: &[&Question]) -> Result<&Question, TemplateMistake> {
        let unknown = || TemplateMistake::UnknownReference(id.to_owned());
        let other = self.path(id);
        let rows_of = |path: &[&Question]| path.windows(2).find(|p| p[0].has_column(p[1])).map(|p| p[0].id.clone());
        match rows_of(&other) {
            Some(rows) if rows_of(path).as_ref() != Some(&rows) => Err(unknown()),
            _ => other.last().copied().ok_or_else(unknown),
        }
    }
}

/// Returns true if two of `parts` need different answers to one question although all
/// have to be true at the same time.
fn contradiction(parts: &[Condition]) -> bool {
    let wanted: Vec<_> = parts
        .iter()
        .filter_map(|part| match part {
            Condition::Is { question, any_of } => Some((question, any_of)),
            _ => None,
        })
        .collect();
    wanted.iter().enumerate().any(|(i, (question, any_of))| {
        wanted[..i].iter().any(|(other, others)| question == other && !any_of.iter().any(|a| others.contains(a)))
    })
}

fn walk<'t>(
    id: &'t str,
    depends: &BTreeMap<&'t str, Vec<&'t str>>,
    above: &mut Vec<&'t str>,
    done: &mut BTreeSet<&'t str>,
) -> Result<(), TemplateError> {
    if above.contains(&id) {
        return Err(TemplateMistake::Cyclic.at(id));
    }
    // A chain of conditions is walked on the stack of a telephone each time something is typed.
    if above.len() > DEEPEST * 4 {
        return Err(TemplateMistake::TooDeep.at(id));
    }
    above.push(id);
    if !done.contains(id) {
        for upon in depends.get(id).into_iter().flatten() {
            walk(upon, depends, above, done)?;
        }
    }
    above.pop();
    done.insert(id);
    Ok(())
}

impl Question {
    fn check(&self, seen: &mut BTreeSet<String>, depth: usize) -> Result<(), TemplateError> {
        let wrong = |mistake: TemplateMistake| Err(mistake.at(&self.id));
        check_id(&self.id, seen)?;
        check_text(&self.id, &self.text)?;
        if depth > DEEPEST {
            return wrong(TemplateMistake::TooDeep);
        }
        for text in [&self.help, &self.excluded, &self.example].into_iter().flatten() {
            check_text(&self.id, text)?;
        }
        let mut options = BTreeSet::new();
        for option in &self.options {
            check_text(&self.id, &option.text)?;
            if !is_question_id(&option.id) || !options.insert(&option.id) {
                return wrong(TemplateMistake::Lacks("options with ids of their own"));
            }
        }
        match self.kind {
            QuestionKind::Choice if self.options.len() < 2 => {
                return wrong(TemplateMistake::Lacks("at least two options"));
            }
            QuestionKind::Rows if self.columns.is_empty() => return wrong(TemplateMistake::Lacks("columns")),
            QuestionKind::Rows => {}
            _ if !self.columns.is_empty() => return wrong(TemplateMistake::Lacks("rows, as it has columns")),
            _ => {}
        }
        for column in &self.columns {
            if column.kind == QuestionKind::Rows || column.per == Per::Person {
                return Err(TemplateMistake::Lacks("a plain kind, as it is a column").at(&column.id));
            }
            column.check(seen, depth + 1)?;
        }
        for followup in &self.followups {
            let reachable = match self.kind {
                QuestionKind::YesNo => followup.after.iter().all(|a| ["yes", "no", "unknown"].contains(&a.as_str())),
                QuestionKind::Choice => {
                    !followup.after.is_empty() && followup.after.iter().all(|a| options.contains(a))
                }
                _ => false,
            };
            if !reachable || followup.per == Per::Person {
                return Err(TemplateMistake::Unreachable.at(&followup.id));
            }
            followup.check(seen, depth + 1)?;
        }
        Ok(())
    }
}

fn check_id(id: &str, seen: &mut BTreeSet<String>) -> Result<(), TemplateError> {
    if !is_question_id(id) {
        return Err(TemplateMistake::BadId.at(id));
    }
    if seen.insert(id.to_owned()) { Ok(()) } else { Err(TemplateMistake::Twice.at(id)) }
}

fn check_text(id: &str, text: &Bilingual) -> Result<(), TemplateError> {
    if text.nl.trim().is_empty() || text.en.trim().is_empty() {
        return Err(TemplateMistake::Untranslated.at(id));
    }
    let most = text.nl.chars().count().max(text.en.chars().count());
    if most > LONGEST { Err(TemplateMistake::TooLong.at(id)) } else { Ok(()) }
}
