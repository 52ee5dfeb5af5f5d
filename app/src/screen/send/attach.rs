//! Giving files at once and unchanged: for a question, an item or a message.

use crate::{
    client::{AttachRefusal, Client, NewFile},
    component::files::{media_type, refuse, sentence},
    platform::scanner,
    schedule, text,
    view::View,
};
use dioxus::html::FileData;
use model::{
    attachment::MediaType,
    checklist::AnswerKey,
    id::{AttachmentId, TaskId},
};

/// Outcome of giving the chosen files.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    /// Attachments that are saved on the device.
    pub accepted: Vec<AttachmentId>,
    /// Files that were not accepted: the name, and why, in words.
    pub refused: Vec<(String, String)>,
}

/// Purpose that files are given for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Purpose {
    /// Question of a checklist.
    pub answers: Option<AnswerKey>,
    /// Document request.
    pub task: Option<TaskId>,
    /// Item of that request, by its number.
    pub item: Option<u32>,
    /// Document that the first file replaces.
    pub replaces: Option<AttachmentId>,
}

/// Passes files to the client, one after the other. It passes all of them, even if the person leaves the screen
/// meanwhile.
pub async fn attach_all(
    client: Client,
    view: View,
    files: Vec<FileData>,
    answers: Option<AnswerKey>,
    task: Option<TaskId>,
) -> Outcome {
    attach_for(client, view, files, Purpose { answers, task, ..Purpose::default() }).await
}

/// Does what [`attach_all`] does, for any purpose.
pub async fn attach_for(client: Client, view: View, files: Vec<FileData>, purpose: Purpose) -> Outcome {
    let work = async move { attach_each(&client, &view, files, purpose).await };
    schedule::run_to_end(work).await.unwrap_or_default()
}

async fn attach_each(client: &Client, view: &View, files: Vec<FileData>, mut purpose: Purpose) -> Outcome {
    let mut outcome = Outcome::default();
    for file in files {
        let (name, size, media_type) = (file.name(), file.size(), media_type(&file));
        let taken = match refuse(&name, &media_type, size) {
            Some(refusal) => Err(sentence(view, &name, size, refusal)),
            None => match file.read_bytes().await {
                Ok(bytes) => {
                    let (sent_as, bytes) = readable(&name, bytes.to_vec()).await;
                    let Purpose { answers, task, item, replaces } = purpose.clone();
                    let new = NewFile {
                        name: sent_as,
                        media_type,
                        bytes,
                        answers,
                        task,
                        item,
                        replaces,
                        ..NewFile::default()
                    };
                    let refused = |refusal: AttachRefusal| sentence(view, &name, size, refusal);
                    client.attach(view.key, new).await.map_err(refused)
                }
                Err(_) => Err(text::Send(view.language()).unreadable(&name)),
            },
        };
        match taken {
            Ok(id) => {
                purpose.replaces = None;
                outcome.accepted.push(id);
            }
            Err(why) => outcome.refused.push((name, why)),
        }
    }
    outcome
}

/// Converts a photograph that few programs open to a JPEG, if this browser can.
async fn readable(name: &str, bytes: Vec<u8>) -> (String, Vec<u8>) {
    if MediaType::of_document(&bytes) == Some(MediaType::Heic)
        && let Ok(Some(page)) = scanner::prepare(&bytes, MediaType::Heic.mime()).await
    {
        return (with_ending(name, "jpg"), page.bytes);
    }
    (name.to_owned(), bytes)
}

/// Replaces the ending of a file name.
pub fn with_ending(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{ending}")
}
