//! Changes to a template, as an editor makes them. [`Template::check`] tells if the
//! result can be used.

use super::{Question, Section, Template};

/// The place of a new question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewQuestionPlace<'a> {
    /// The end of a section.
    End(&'a str),
    /// The place after a question, on the same level.
    After(&'a str),
    /// The place below a question: as a column of rows, or else as a follow-up.
    Below(&'a str),
}

/// The direction in which a part is moved by one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// Earlier.
    Up,
    /// Later.
    Down,
}

impl Template {
    /// Returns the question `id`, to be changed.
    pub fn question_mut(&mut self, id: &str) -> Option<&mut Question> {
        self.neighbours(id)?.iter_mut().find(|q| q.id == id)
    }

    /// Returns the section `id`, to be changed.
    pub fn section_mut(&mut self, id: &str) -> Option<&mut Section> {
        self.sections.iter_mut().find(|s| s.id == id)
    }

    /// Adds a question. Returns `false` if the place does not exist.
    pub fn insert(&mut self, place: NewQuestionPlace<'_>, question: Question) -> bool {
        match place {
            NewQuestionPlace::End(section) => self.section_mut(section).map(|s| s.questions.push(question)),
            NewQuestionPlace::After(id) => self.neighbours(id).and_then(|list| {
                let at = list.iter().position(|q| q.id == id)?;
                list.insert(at + 1, question);
                Some(())
            }),
            NewQuestionPlace::Below(id) => self.question_mut(id).map(|above| match above.kind {
                super::QuestionKind::Rows => above.columns.push(question),
                _ => above.followups.push(question),
            }),
        }
        .is_some()
    }

    /// Removes a question with everything below it, or a section. Returns `false` if
    /// it does not exist.
    pub fn remove(&mut self, id: &str) -> bool {
        if let Some(list) = self.neighbours(id) {
            list.retain(|q| q.id != id);
            return true;
        }
        let before = self.sections.len();
        self.sections.retain(|s| s.id != id);
        self.sections.len() < before
    }

    /// Moves a question or a section. Returns `false` if it does not exist or is
    /// the first or last already.
    pub fn shift(&mut self, id: &str, shift: Shift) -> bool {
        if let Some(list) = self.neighbours(id) {
            return swap(list, |q| q.id == id, shift);
        }
        swap(&mut self.sections, |s| s.id == id, shift)
    }

    /// Returns an id that no part of the template has yet, made of the words of `text`.
    pub fn free_id(&self, text: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let words: String = text.chars().take(80).map(plain).collect();
        let words: Vec<_> = words.split('_').filter(|w| !w.is_empty()).collect();
        let mut base = words.join("_");
        base.truncate(32);
        let base = if base.is_empty() { "vraag" } else { base.trim_end_matches('_') };
        let mut taken = std::collections::BTreeSet::new();
        taken.extend(self.sections.iter().map(|s| s.id.as_str()));
        self.each(&mut |q| taken.extend([q.id.as_str()]));
        let numbered = (2..).map(|n| format!("{base}_{n}"));
        std::iter::once(base.to_owned()).chain(numbered).find(|id| !taken.contains(id.as_str())).unwrap_or_default()
    }

    /// Returns the list that contains the question `id`.
    fn neighbours(&mut self, id: &str) -> Option<&mut Vec<Question>> {
        self.sections.iter_mut().find_map(|s| neighbours(&mut s.questions, id))
    }
}

fn neighbours<'q>(list: &'q mut Vec<Question>, id: &str) -> Option<&'q mut Vec<Question>> {
    if list.iter().any(|q| q.id == id) {
        return Some(list);
    }
    list.iter_mut().find_map(|q| match neighbours(&mut q.followups, id) {
        Some(found) => Some(found),
        None => neighbours(&mut q.columns, id),
    })
}

fn swap<T>(list: &mut [T], is: impl Fn(&T) -> bool, shift: Shift) -> bool {
    let Some(at) = list.iter().position(is) else { return false };
    let other = match shift {
        Shift::Up => at.checked_sub(1),
        Shift::Down => Some(at + 1).filter(|next| *next < list.len()),
    };
    other.map(|other| list.swap(at, other)).is_some()
}
