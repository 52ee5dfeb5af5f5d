//! What a person does to a checklist, and what all questions of a screen need.

use crate::view::View;
use dioxus::{html::FileData, prelude::*};
use model::{
    checklist::{AnswerKey, AnswerValue, Asked, Per},
    id::AttachmentId,
};
use std::collections::BTreeMap;

/// What a person does to a checklist.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Answers a question.
    Answer(AnswerKey, AnswerValue),
    /// Adds a row to a repeating question.
    AddRow(AnswerKey),
    /// Says that last year's answers still hold.
    Confirm(Vec<(AnswerKey, AnswerValue)>),
    /// Removes a row.
    RemoveRow(AnswerKey),
    /// Gives files to a slot.
    Files(AnswerKey, Vec<FileData>),
    /// Photographs pages for a slot.
    Photos(AnswerKey, Vec<FileData>),
    /// Takes a file back.
    Withdraw(AttachmentId),
    /// Wants to choose between differing answers.
    Choose(AnswerKey),
    /// Wants to ask the advisor something about a question.
    Ask(AnswerKey),
}

/// What all questions of a screen need.
#[derive(Clone, PartialEq)]
pub struct Asking {
    /// The year they are about.
    pub view: View,
    /// What the person does.
    pub edit: EventHandler<Edit>,
    /// Files that could not be taken, in words, by slot.
    pub refused: BTreeMap<AnswerKey, String>,
}

impl Asking {
    /// A handler for the answer of one question.
    pub fn answer(&self, key: &AnswerKey) -> EventHandler<AnswerValue> {
        let (edit, key) = (self.edit, key.clone());
        EventHandler::new(move |value| edit.call(Edit::Answer(key.clone(), value)))
    }

    /// Whether the person may only look.
    pub fn disabled(&self) -> bool {
        !self.view.may_fill_in()
    }
}

/// The id of a question's first field, also the target of links to it.
pub fn field_id(key: &AnswerKey) -> String {
    format!("v-{key}").replace('/', "-")
}

/// The name of a question for those who hear it: with the person it is about.
pub fn label(view: &View, asked: &Asked<'_>) -> String {
    let text = asked.question.text.get(view.language());
    match asked.key.person.filter(|_| asked.question.per == Per::Person) {
        Some(person) => format!("{}: {text}", view.year.given_name(person)),
        None => text.to_owned(),
    }
}
