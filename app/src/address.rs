//! Addresses of screens, as links carry them. Which screen an address shows is
//! decided in `route`.

use dioxus::prelude::NavigationTarget;
use documents::dossier::Subject;
use model::{checklist::AnswerKey, id::TaskId, record::ItemKey};
use std::fmt;

/// The address of a screen, from the slash on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// *Overzicht*.
    pub fn overview() -> Self {
        Self("/".to_owned())
    }

    /// *Archief*.
    pub fn archive() -> Self {
        Self("/archief".to_owned())
    }

    /// *Gegevens*.
    pub fn details() -> Self {
        Self("/gegevens".to_owned())
    }

    /// Looking through a checklist before it is handed in.
    pub fn review(task: TaskId) -> Self {
        Self(format!("/taken/{task}/checklist/nalezen"))
    }

    /// One section of a checklist.
    pub fn questions(task: TaskId, section: &str) -> Self {
        Self(format!("/taken/{task}/checklist/{section}"))
    }

    /// A document request.
    pub fn documents(task: TaskId) -> Self {
        Self(format!("/taken/{task}/documenten"))
    }

    /// Reading and approving a tax return.
    pub fn approve(task: TaskId) -> Self {
        Self(format!("/taken/{task}/akkoord"))
    }

    /// The proof of an approval.
    pub fn proof(task: TaskId) -> Self {
        Self(format!("/taken/{task}/bewijs"))
    }

    /// Sending something unasked.
    pub fn send() -> Self {
        Self::sending("", "", "")
    }

    /// Sending what an item of a request asks for.
    pub fn send_item(key: ItemKey) -> Self {
        Self::sending(&key.task.to_string(), "", &key.item.to_string())
    }

    /// Sending a document that belongs to a question.
    pub fn send_answer(key: &AnswerKey) -> Self {
        Self::sending("", &key.to_string(), "")
    }

    fn sending(task: &str, answer: &str, item: &str) -> Self {
        Self(format!("/sturen?taak={task}&vraag={answer}&stuk={item}"))
    }

    /// All messages.
    pub fn messages() -> Self {
        Self::ask(&Subject { about: None, answer: None })
    }

    /// Asking something about a task, or about one answer of it.
    pub fn ask(subject: &Subject) -> Self {
        let task = subject.about.map(|task| task.to_string()).unwrap_or_default();
        let answer = subject.answer.as_ref().map(|key| key.to_string()).unwrap_or_default();
        Self(format!("/berichten?taak={task}&vraag={answer}"))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Address> for NavigationTarget {
    fn from(address: Address) -> Self {
        address.0.into()
    }
}
