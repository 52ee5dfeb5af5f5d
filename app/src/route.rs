//! Addresses of the screens. A task that is gone leads to the page that says
//! so, never to an error.

use crate::{
    app::Gate,
    screen::{
        Approve, Archive, ArchiveYear, Details, Documents, Messages, NotFound, Overview, Proof, Questions, Review, Send,
    },
};
use dioxus::prelude::*;
use documents::dossier::Subject;
use model::{checklist::AnswerKey, id::TaskId, record::ItemKey};

/// Every address of the app.
#[derive(Routable, Debug, Clone, PartialEq)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Gate)]
    #[route("/")]
    Overview {},
    #[route("/taken/:task/checklist/nalezen")]
    Review { task: TaskId },
    #[route("/taken/:task/checklist/:section")]
    Questions { task: TaskId, section: String },
    #[route("/taken/:task/documenten")]
    Documents { task: TaskId },
    #[route("/taken/:task/akkoord")]
    Approve { task: TaskId },
    #[route("/taken/:task/bewijs")]
    Proof { task: TaskId },
    #[route("/sturen?:taak&:vraag&:stuk")]
    Send { taak: String, vraag: String, stuk: String },
    #[route("/archief")]
    Archive {},
    #[route("/berichten?:taak&:vraag")]
    Messages { taak: String, vraag: String },
    #[route("/archief/:year")]
    ArchiveYear { year: i16 },
    #[route("/gegevens")]
    Details {},
    #[route("/:..path")]
    NotFound { path: Vec<String> },
}

impl Route {
    /// Sending something unasked.
    pub fn send() -> Self {
        Route::Send { taak: String::new(), vraag: String::new(), stuk: String::new() }
    }

    /// Sending what a task asks for.
    pub fn send_for(task: TaskId) -> Self {
        Route::Send { taak: task.to_string(), vraag: String::new(), stuk: String::new() }
    }

    /// Sending what an item of a request asks for.
    pub fn send_item(key: ItemKey) -> Self {
        Route::Send { taak: key.task.to_string(), vraag: String::new(), stuk: key.item.to_string() }
    }

    /// Sending a document that belongs to a question.
    pub fn send_answer(key: &AnswerKey) -> Self {
        Route::Send { taak: String::new(), vraag: key.to_string(), stuk: String::new() }
    }

    /// All messages.
    pub fn messages() -> Self {
        Route::Messages { taak: String::new(), vraag: String::new() }
    }

    /// Asking something about a task, or about one answer of it.
    pub fn ask(subject: &Subject) -> Self {
        Route::Messages {
            taak: subject.about.map(|task| task.to_string()).unwrap_or_default(),
            vraag: subject.answer.as_ref().map(|key| key.to_string()).unwrap_or_default(),
        }
    }
}
