//! Actions of a person on a checklist, and what all questions of a screen need.

use crate::view::View;
use dioxus::{html::FileData, prelude::*};
use model::{
    checklist::{AnswerKey, AnswerValue, AskedQuestion, Per},
    id::AttachmentId,
};
use std::collections::BTreeMap;

/// An action of a person on a checklist.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Answers a question.
    Answer(AnswerKey, AnswerValue),
    /// Adds a row to a repeating question.
    AddRow(AnswerKey),
    /// Confirms that last year's answers still hold.
    Confirm(Vec<(AnswerKey, AnswerValue)>),
    /// Removes a row.
    RemoveRow(AnswerKey),
    /// Gives files for a question.
    Files(AnswerKey, Vec<FileData>),
    /// Gives photographs as pages for a question.
    Photos(AnswerKey, Vec<FileData>),
    /// Withdraws a file.
    Withdraw(AttachmentId),
    /// Opens the choice between differing answers.
    Choose(AnswerKey),
    /// Opens the thread with the advisor about a question.
    Ask(AnswerKey),
}

/// Data and handlers that all questions of a screen need.
#[derive(Clone, PartialEq)]
pub struct QuestionForm {
    /// Year that the questions are about.
    pub view: View,
    /// Handler of the person's actions.
    pub edit: EventHandler<Edit>,
    /// Messages about files that could not be accepted, by question.
    pub refused: BTreeMap<AnswerKey, String>,
}

impl QuestionForm {
    /// Returns a handler for the answer to one question.
    pub fn answer(&self, key: &AnswerKey) -> EventHandler<AnswerValue> {
        let (edit, key) = (self.edit, key.clone());
        EventHandler::new(move |value| edit.call(Edit::Answer(key.clone(), value)))
    }

    /// Returns true if the person may only look.
    pub fn disabled(&self) -> bool {
        !self.view.may_fill_in()
    }
}

/// Returns the id of a question's first field, which links to the question also use.
pub fn field_id(key: &AnswerKey) -> String {
    format!("v-{key}").replace('/', "-")
}

/// Returns the name of a question for screen readers: with the person it is about.
pub fn label(view: &View, asked: &AskedQuestion<'_>) -> String {
    let text = asked.question.text.get(view.language());
    match asked.key.person.filter(|_| asked.question.per == Per::Person) {
        Some(person) => format!("{}: {text}", view.year.given_name(person)),
        None => text.to_owned(),
    }
}
