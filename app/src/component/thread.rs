//! A thread: the messages about one subject, and a field to write more.

use crate::{
    client::{WantedFile, YearKey},
    component::{advisor::sender, compose::Compose, frame::ScreenLink, recalled},
    text::{Frame, Messages},
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use documents::dossier::{GivenMessage, Sender, Subject};
use model::{hash::ContentHash, id::*, record::RecallTarget, section::Section};
use ui::part::{Avatar, Icon};

/// Year and subject of a thread, by which its form and draft are named.
pub type ThreadKey = (YearKey, Subject);

/// Returns the name of a thread's form and draft.
pub fn name(thread: &ThreadKey) -> String {
    let (year, subject) = thread;
    let about = subject.about.map(|id| id.to_string()).unwrap_or_default();
    let answer = subject.answer.as_ref().map(|key| key.to_string()).unwrap_or_default();
    format!("bericht-{}-{}-{about}{answer}", year.client, year.tax_year)
}

/// An action of a person in a thread.
#[derive(Debug, Clone, PartialEq)]
pub enum ThreadAction {
    /// Saves the text so far.
    Draft(String),
    /// Adds documents to the message.
    Files(Vec<FileData>),
    /// Removes a document from the message.
    RemoveFile(AttachmentId),
    /// Sends the message.
    Send(String),
}

/// Content of a thread's form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MessageForm {
    /// Text so far.
    pub draft: String,
    /// Documents that go with the message.
    pub attached: Vec<AttachmentId>,
    /// Messages about documents that were not accepted.
    pub refused: Vec<String>,
}

/// Shows a thread as a card, or as the content of a dialog that has its own title.
#[component]
pub fn Thread(
    view: View,
    thread: ThreadKey,
    form: MessageForm,
    #[props(default)] in_dialog: bool,
    on_action: EventHandler<(ThreadKey, ThreadAction)>,
    on_open: EventHandler<WantedFile>,
) -> Element {
    let text = Messages(view.language());
    let title = view.year.subject_title(&thread.1, view.language()).unwrap_or_else(|| text.general().to_owned());
    let threads = view.year.threads();
    let messages: Vec<GivenMessage> = threads
        .into_iter()
        .find(|(subject, _)| *subject == thread.1)
        .map(|(_, messages)| messages.into_iter().cloned().collect())
        .unwrap_or_default();
    let label = if messages.is_empty() { text.question() } else { text.reply() };
    let task = thread.1.about.and_then(|id| view.year.task(id)).cloned();
    let act = move |action: ThreadAction| on_action.call((thread.clone(), action));
    let (draft, files, off, send) = (act.clone(), act.clone(), act.clone(), act.clone());
    rsx! {
        article { class: if in_dialog { "stack" } else { "card card--pad stack" },
            if !in_dialog {
                h3 {
                    if let Some(task) = task {
                        ScreenLink { to: crate::component::tasks::route_of(&view, &task), "{title}" }
                    } else {
                        "{title}"
                    }
                }
            }
            if messages.is_empty() {
                p { class: "muted", {text.none(view.advisor_name())} }
            } else {
                ul { class: "stack",
                    for message in messages {
                        li { key: "{message.id}", Letter { view: view.clone(), message, on_open } }
                    }
                }
            }
            if view.may_fill_in() {
                Compose {
                    view: view.clone(),
                    id: name_of_field(&title, view.key),
                    label,
                    stored: form.draft,
                    attached: form.attached,
                    refused: form.refused,
                    on_draft: move |text| draft(ThreadAction::Draft(text)),
                    on_files: move |chosen| files(ThreadAction::Files(chosen)),
                    on_remove_file: move |id| off(ThreadAction::RemoveFile(id)),
                    on_send: move |body| send(ThreadAction::Send(body)),
                }
            }
        }
    }
}

fn name_of_field(title: &str, key: YearKey) -> String {
    let word: String = title.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    format!("bericht-{}-{word}", key.tax_year)
}

#[component]
fn Letter(view: View, message: GivenMessage, on_open: EventHandler<WantedFile>) -> Element {
    let text = Messages(view.language());
    let (called, full) = sender(&view, &message.from);
    let mine = matches!(message.from, Sender::Person(_));
    let unsent = view.is_unsent(Section::Messages, &message.id.to_string());
    let read = mine && view.year.firm_reading.as_ref().is_some_and(|r| r.through >= message.at);
    let own = message.attachments.iter().filter_map(|id| view.year.attachments.iter().find(|a| a.id == *id));
    let file = |name: &str, hash: ContentHash, is_from_partner: bool| {
        let media_type = media_type(name).to_owned();
        WantedFile { of: view.key.client, hash, media_type, name: name.to_owned(), is_from_partner }
    };
    let is_mine = |by: PersonId| view.me == Some(by);
    let mut files: Vec<_> =
        own.map(|a| file(&a.attachment.name, a.attachment.hash, !is_mine(a.attachment.by))).collect();
    files.extend(message.files.iter().map(|f| file(&f.name, f.hash, false)));
    rsx! {
        div { class: "person person--top",
            Avatar { name: full }
            div { class: "stack-s",
                p { strong { "{called}" } }
                if let Some(recall) = view.year.recall(RecallTarget::Message(message.id)) {
                    p { class: "muted", {recalled::sentence(&view, recall)} }
                }
                if !message.body.is_empty() {
                    p { class: "message", "{message.body}" }
                }
                for file in files {
                    p { key: "{file.hash}",
                        button {
                            class: "btn btn--s",
                            r#type: "button",
                            aria_label: text.open(&file.name),
                            onclick: {
                                let file = file.clone();
                                move |_| on_open.call(file.clone())
                            },
                            Icon { name: "paperclip" }
                            " {file.name}"
                        }
                    }
                }
                p { class: "tiny muted", role: "status",
                    {if unsent { Frame(view.language()).on_device().to_owned() } else { view.moment(message.at) }}
                    if read {
                        ". "
                        {text.read_by_firm()}
                    }
                }
            }
        }
    }
}

/// Returns the media type by the ending. The server has checked the content of every file it accepted.
fn media_type(name: &str) -> &'static str {
    let lower = name.to_ascii_lowercase();
    match lower.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "application/pdf",
    }
}
