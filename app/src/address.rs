//! Addresses of screens, as links carry them. They say nothing about what a screen shows: `route` decides that.

use dioxus::prelude::NavigationTarget;
use documents::dossier::Subject;
use model::{checklist::AnswerKey, id::TaskId, record::ItemKey, time::TaxYear};
use std::fmt;

/// The address of a screen, from the slash on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Returns the address of *Overzicht*.
    pub fn overview() -> Self {
        Self("/".to_owned())
    }

    /// Returns the address of *Archief*.
    pub fn archive() -> Self {
        Self("/archief".to_owned())
    }

    /// Returns the address of *Gegevens*.
    pub fn details() -> Self {
        Self("/gegevens".to_owned())
    }

    /// Returns the address where a checklist is read through before it is handed in.
    pub fn review(task: TaskId) -> Self {
        Self(format!("/taken/{task}/checklist/nalezen"))
    }

    /// Returns the address of one section of a checklist.
    pub fn questions(task: TaskId, section: &str) -> Self {
        Self(format!("/taken/{task}/checklist/{section}"))
    }

    /// Returns the address of a document request.
    pub fn documents(task: TaskId) -> Self {
        Self(format!("/taken/{task}/documenten"))
    }

    /// Returns the address of an amount that is to be paid.
    pub fn payment(task: TaskId) -> Self {
        Self(format!("/taken/{task}/betalen"))
    }

    /// Returns the address where a tax return is read and approved.
    pub fn approve(task: TaskId) -> Self {
        Self(format!("/taken/{task}/akkoord"))
    }

    /// Returns the address where the small returns of a year are read one after the other and approved together.
    pub fn approve_together(year: TaxYear) -> Self {
        Self(format!("/akkoord/{}", year.0))
    }

    /// Returns the address of the proof of an approval.
    pub fn proof(task: TaskId) -> Self {
        Self(format!("/taken/{task}/bewijs"))
    }

    /// Returns the address where something is sent that nobody asked for.
    pub fn send() -> Self {
        Self::sending("", "", "")
    }

    /// Returns the address where the document for an item of a request is sent.
    pub fn send_item(key: ItemKey) -> Self {
        Self::sending(&key.task.to_string(), "", &key.item.to_string())
    }

    /// Returns the address where a document that belongs to a question is sent.
    pub fn send_answer(key: &AnswerKey) -> Self {
        Self::sending("", &key.to_string(), "")
    }

    fn sending(task: &str, answer: &str, item: &str) -> Self {
        Self(format!("/sturen?taak={task}&vraag={answer}&stuk={item}"))
    }

    /// Returns the address of all messages.
    pub fn messages() -> Self {
        Self::ask(&Subject { about: None, answer: None })
    }

    /// Returns the address where a question about a task, or about one answer of it, is asked.
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
    /// Returns a target within the app. A text would be looked up in the router, which is out of reach after a press
    /// was painted, and would then load the page anew.
    fn from(address: Address) -> Self {
        Self::Internal(address.0)
    }
}
