//! Work on the upload queue: chosen files are added to it, and given to the firm from it. Photographs become pages of
//! one document; other files stay as they are.

use super::attach::{Outcome, Purpose, with_ending};
use crate::{
    client::{AttachRefusal, Client, Form, NewFile, QueuedFile},
    component::{
        description::Description,
        files::{media_type, refuse, sentence},
    },
    platform::scanner,
    text,
    view::View,
};
use dioxus::html::FileData;
use model::{attachment::MediaType, hash::ContentHash, record::DocumentKind};

/// Outcome of adding the chosen files.
#[derive(Debug, Default, PartialEq)]
pub struct Taken {
    /// Reasons why some were not added, in words.
    pub refused: Vec<String>,
    /// Remarks about some that were added.
    pub remarks: Vec<String>,
}

/// Adds files to the upload queue, one after the other.
pub async fn take(client: Client, view: View, files: Vec<FileData>) -> Taken {
    let mut taken = Taken::default();
    for file in files {
        match take_one(&client, &view, &file).await {
            Ok(remark) => taken.remarks.extend(remark),
            Err(why) => taken.refused.push(why),
        }
    }
    taken
}

async fn take_one(client: &Client, view: &View, file: &FileData) -> Result<Option<String>, String> {
    let (name, size) = (file.name(), file.size());
    let text = text::Send(view.language());
    let refusal = |refusal: AttachRefusal| sentence(view, &name, size, refusal);
    if let Some(why) = refuse(&name, &media_type(file), size) {
        return Err(refusal(why));
    }
    let Ok(bytes) = file.read_bytes().await else { return Err(text.unreadable(&name)) };
    let bytes = bytes.to_vec();
    let kind = MediaType::of_document(&bytes);
    let as_it_is = |kind: MediaType| Form::File(kind.mime().to_owned());
    let (form, bytes, remark) = match kind {
        Some(MediaType::Pdf) => (as_it_is(MediaType::Pdf), bytes, None),
        _ => match (scanner::prepare(&bytes, &media_type(file)).await, kind) {
            (Ok(Some(page)), _) => (Form::Page { blurred: page.blurred }, page.bytes, None),
            (_, Some(MediaType::Heic)) => (as_it_is(MediaType::Heic), bytes, Some(text.heic(&name))),
            // A picture that cannot be shown here would not help anybody else either.
            (Ok(None), _) | (_, None) => return Err(refusal(AttachRefusal::WrongType)),
            (Err(_), Some(kind)) => (as_it_is(kind), bytes, None),
        },
    };
    let hash = ContentHash::of(&bytes);
    if client.upload_queue().iter().any(|file| file.hash == hash) {
        return Err(text.in_queue(&name));
    }
    if let Some(at) = client.given_before(view.key.client, &hash) {
        return Err(refusal(AttachRefusal::AlreadySent { at }));
    }
    let file = QueuedFile { hash, name: name.clone(), size: bytes.len() as u64, form };
    client.enqueue(file, bytes, None).await.map_err(refusal)?;
    Ok(remark)
}

/// Turns a page of the upload queue a quarter to the right.
pub async fn turn(client: Client, file: QueuedFile) {
    let Some(bytes) = client.queued_bytes(&file.hash).await else { return };
    let Ok(turned) = scanner::turn(&bytes).await else { return };
    let (hash, size) = (ContentHash::of(&turned), turned.len() as u64);
    let instead = Some(file.hash);
    // Without room on the device the page stays as it was.
    client.enqueue(QueuedFile { hash, size, ..file }, turned, instead).await.unwrap_or_default();
}

/// Gives the whole upload queue to the firm: the pages as one document, then the other files. What is not accepted
/// stays in the queue.
pub async fn give(client: Client, view: View, description: Description, mut purpose: Purpose) -> Outcome {
    let mut outcome = Outcome::default();
    let (pages, files): (Vec<_>, Vec<_>) = client.upload_queue().into_iter().partition(QueuedFile::is_page);
    let text = text::Send(view.language());
    if let Some(first) = pages.first() {
        let name = name_of(&view, &description, &purpose, first);
        match bound(&client, &pages).await {
            Some((ending, bytes)) => {
                let name = with_ending(&name, ending);
                give_one(&client, &view, &description, &purpose, &pages, (name, bytes), &mut outcome).await;
            }
            None => outcome.refused.push((name.clone(), text.unreadable(&name))),
        }
    }
    for file in files {
        if !outcome.accepted.is_empty() {
            purpose.replaces = None;
        }
        let name = file.name.clone();
        match client.queued_bytes(&file.hash).await {
            Some(bytes) => give_one(&client, &view, &description, &purpose, &[file], (name, bytes), &mut outcome).await,
            None => outcome.refused.push((name.clone(), text.unreadable(&name))),
        }
    }
    outcome
}

/// Returns the document that the pages form: one page is a photograph, several are a PDF.
async fn bound(client: &Client, pages: &[QueuedFile]) -> Option<(&'static str, Vec<u8>)> {
    let mut images = Vec::with_capacity(pages.len());
    for page in pages {
        images.push(client.queued_bytes(&page.hash).await?);
    }
    match images.len() {
        1 => Some(("jpg", images.pop()?)),
        _ => Some(("pdf", scanner::bind(&images).await.ok()?)),
    }
}

async fn give_one(
    client: &Client,
    view: &View,
    description: &Description,
    purpose: &Purpose,
    made_of: &[QueuedFile],
    (name, bytes): (String, Vec<u8>),
    outcome: &mut Outcome,
) {
    let size = bytes.len() as u64;
    let Purpose { answers, task, item, replaces } = purpose.clone();
    let new = NewFile {
        name: name.clone(),
        media_type: String::new(),
        bytes,
        answers,
        task,
        item,
        replaces,
        kind: description.kind,
        about: description.other_year(),
        note: description.note.trim().to_owned(),
    };
    match client.attach(view.key, new).await {
        Ok(id) => {
            outcome.accepted.push(id);
            let left = client.upload_queue().into_iter().filter(|file| !made_of.contains(file)).collect();
            client.set_upload_queue(left);
        }
        Err(refusal) => outcome.refused.push((name.clone(), sentence(view, &name, size, refusal))),
    }
}

/// Returns the name of the document that the pages form: by the item it is for, by its kind, or else by its first
/// photograph.
fn name_of(view: &View, description: &Description, purpose: &Purpose, first: &QueuedFile) -> String {
    let asked = purpose.task.zip(purpose.item).and_then(|(task, item)| {
        let items = view.year.items(view.year.task(task)?);
        items.iter().find(|i| i.key.item == item).map(|i| i.item.title.clone())
    });
    let year = description.other_year().map_or_else(|| view.tax_year(), |year| year.to_string());
    let kind = description.kind.filter(|kind| *kind != DocumentKind::Other);
    let kind = kind.map(|kind| format!("{} {year}", ui::document::kind(kind, view.language())));
    // The dot is where [`with_ending`] puts the ending.
    asked.or(kind).map_or_else(|| first.name.clone(), |name| format!("{name}."))
}
