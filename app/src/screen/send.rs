//! *Sturen*: a person photographs or chooses documents, checks and orders them, and gives them to the firm; uploading
//! follows by itself. It never accepts a file that the advisor could not open.

mod attach;
mod page;
mod queue;

pub use attach::{Purpose, attach_all, attach_for};
pub use page::{SendAction, SendFeedback, SendPage};

use crate::{
    address::Address,
    client::{Client, QueuedFile},
    component::{
        description::Description,
        queued_pages::{PageAction, QueuedPreview},
    },
    hooks::{use_client, use_shared_files, use_view_of, use_views},
    platform::{self, window},
    schedule,
    screen::not_found::NotFoundPage,
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use documents::dossier::DocumentState;
use model::{
    api::Room,
    checklist::{AnswerKey, Section},
    hash::ContentHash,
    id::{AttachmentId, ClientId, TaskId},
    record::TaskKind,
};
use std::collections::BTreeMap;

/// Name of the draft with the note about documents.
const NOTE: &str = "sturen";

/// Provides addresses of the pictures of pages, made when they are first shown.
fn use_pictures(client: &Client, queued: &[QueuedFile]) -> Signal<BTreeMap<ContentHash, String>> {
    let mut urls = use_signal(BTreeMap::<ContentHash, String>::new);
    let pages: Vec<_> = queued.iter().filter(|p| p.is_page()).map(|p| p.hash).collect();
    let client = client.clone();
    use_effect(use_reactive!(|pages| {
        let client = client.clone();
        spawn(async move {
            for hash in &pages {
                if urls.peek().contains_key(hash) {
                    continue;
                }
                let (client, hash) = (client.clone(), *hash);
                let bytes = schedule::run_to_end(async move { client.queued_bytes(&hash).await }).await.flatten();
                if let Some(url) = bytes.and_then(|bytes| window::show_bytes(&bytes, "image/jpeg"))
                    && let Some(twice) = urls.write().insert(hash, url)
                {
                    window::forget_bytes(&twice);
                }
            }
            urls.write().retain(|hash, url| {
                let stays = pages.contains(hash);
                if !stays {
                    window::forget_bytes(url);
                }
                stays
            });
        });
    }));
    use_drop(move || urls.take().values().for_each(|url| window::forget_bytes(url)));
    urls
}

/// Asks the server, if it can be reached, how much a client can still send.
fn use_room(client: &Client, whose: ClientId) -> Signal<Option<Room>> {
    let mut room = use_signal(|| None);
    let client = client.clone();
    use_effect(use_reactive!(|whose| {
        let client = client.clone();
        spawn(async move { room.set(client.room(whose).await.ok()) });
    }));
    room
}

/// Adds photographs to the upload queue and shows them on the screen `then`. If some were not accepted, it returns why
/// in words and stays on this screen.
pub async fn photograph(client: Client, view: View, files: Vec<FileData>, then: Address) -> Option<String> {
    let taken = schedule::run_to_end(queue::take(client, view, files)).await.unwrap_or_default();
    if taken.refused.is_empty() {
        navigator().push(then);
        return None;
    }
    Some(taken.refused.join(" "))
}

/// Reads from the address what documents are for.
fn purpose(taak: &str, vraag: &str, stuk: &str) -> Purpose {
    Purpose { task: taak.parse().ok(), answers: vraag.parse().ok(), item: stuk.parse().ok(), replaces: None }
}

/// Returns the address that a person came from who gives documents for something.
fn way_back(view: &View, purpose: &Purpose) -> Address {
    let request = purpose.task.filter(|id| {
        let task = view.year.task(*id);
        task.is_some_and(|t| matches!(t.task.kind, TaskKind::DocumentRequest(_)))
    });
    let question = purpose.answers.as_ref().and_then(|key| {
        let of = |kind: &TaskKind| *kind == TaskKind::Checklist(key.checklist);
        let task = view.year.tasks.iter().find(|t| of(&t.task.kind))?.id;
        let section = section_of(&view.year.checklists.get(&key.checklist)?.template.sections, key)?;
        Some(Address::questions(task, &section))
    });
    match (question, request) {
        (Some(question), _) => question,
        (None, Some(task)) => Address::documents(task),
        (None, None) => Address::overview(),
    }
}

/// Returns the document of an item that the firm sent back, which a new one replaces.
fn sent_back(view: &View, purpose: &Purpose) -> Option<AttachmentId> {
    let (task, number) = (view.year.task(purpose.task?)?, purpose.item?);
    let item = view.year.items(task).into_iter().find(|i| i.key.item == number)?;
    item.documents.iter().find(|(_, state)| *state == DocumentState::SentBack).map(|(given, _)| given.id)
}

fn section_of(sections: &[Section], key: &AnswerKey) -> Option<String> {
    let has = |section: &&Section| {
        let mut found = false;
        section.questions.iter().for_each(|q| q.each(&mut |q| found |= q.id == key.question));
        found
    };
    sections.iter().find(has).map(|section| section.id.clone())
}

/// Shows the screen at `/sturen`. Documents are for a task, an item of it or a question if the address names one.
#[component]
pub fn Send(taak: String, vraag: String, stuk: String) -> Element {
    let client = use_client();
    let purpose = purpose(&taak, &vraag, &stuk);
    let views = use_views();
    // The hook needs some identifier. Without a task the newest year is meant.
    let of_task = use_view_of(purpose.task.unwrap_or(TaskId::from_bytes([0; 16])));
    let queued = client.upload_queue();
    let pictures = use_pictures(&client, &queued);
    let noted = client.clone();
    let mut description = use_signal(|| Description { note: noted.draft(NOTE), ..Description::default() });
    let feedback = use_signal(SendFeedback::default);
    use_shared_files();
    let of_question = purpose.answers.as_ref().map(|key| {
        let has = |v: &&View| v.year.checklists.contains_key(&key.checklist);
        views.iter().find(has).cloned()
    });
    let fixed = of_question.or(purpose.task.map(|_| of_task));
    let years: Vec<_> = if fixed.is_some() { Vec::new() } else { views.iter().map(View::tax_year).collect() };
    let Some(view) = fixed.unwrap_or_else(|| views.get(description.read().year).or(views.first()).cloned()) else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let room = use_room(&client, view.key.client);
    let shown = |file: QueuedFile| QueuedPreview { picture: pictures.read().get(&file.hash).cloned(), file };
    let back = way_back(&view, &purpose);
    let purpose = Purpose { replaces: sent_back(&view, &purpose), ..purpose };
    let acting = (client.clone(), view.clone(), purpose.clone());
    rsx! {
        SendPage {
            view,
            purpose,
            back,
            queued: queued.into_iter().map(shown).collect::<Vec<_>>(),
            years,
            description: description.read().clone(),
            feedback: feedback.read().clone(),
            room: room(),
            on_action: move |action| {
                let (client, view, purpose) = acting.clone();
                match action {
                    SendAction::Files(files) => take(client, view, files, feedback),
                    SendAction::Page(action) => handle(&client, action, feedback),
                    SendAction::RemoveFile(hash) => {
                        client.set_upload_queue(client.upload_queue().into_iter().filter(|p| p.hash != hash).collect());
                    }
                    SendAction::Describe(said) => {
                        client.set_draft(NOTE, &said.note);
                        description.set(said);
                    }
                    SendAction::Send => give(client, view, purpose, description, feedback),
                    SendAction::Withdraw(id) => client.withdraw(view.key, id),
                    SendAction::Pause(id, pause) => client.pause_upload(id, pause),
                }
            },
        }
    }
}

fn take(client: Client, view: View, files: Vec<FileData>, mut feedback: Signal<SendFeedback>) {
    let looked_at = feedback.peek().at;
    feedback.set(SendFeedback { preparing: true, at: looked_at, ..SendFeedback::default() });
    spawn(async move {
        let before = client.upload_queue().iter().filter(|p| p.is_page()).count();
        let taken = schedule::run_to_end(queue::take(client.clone(), view, files)).await.unwrap_or_default();
        let pages = client.upload_queue().iter().filter(|p| p.is_page()).count();
        // The first of the new pages is shown.
        let at = if pages > before { before } else { looked_at };
        feedback.set(SendFeedback { at, refused: taken.refused, remarks: taken.remarks, ..SendFeedback::default() });
    });
}

fn handle(client: &Client, action: PageAction, mut feedback: Signal<SendFeedback>) {
    let (mut pages, files): (Vec<_>, Vec<_>) = client.upload_queue().into_iter().partition(QueuedFile::is_page);
    feedback.write().accepted = 0;
    let at = match action {
        PageAction::Select(at) => at,
        PageAction::Turn(at) => {
            let Some(file) = pages.get(at).cloned() else { return };
            let client = client.clone();
            feedback.write().preparing = true;
            spawn(async move {
                schedule::run_to_end(queue::turn(client, file)).await.unwrap_or_default();
                feedback.write().preparing = false;
            });
            return;
        }
        PageAction::Move(from, to) if from.max(to) < pages.len() => {
            let page = pages.remove(from);
            pages.insert(to, page);
            client.set_upload_queue(pages.into_iter().chain(files).collect());
            to
        }
        PageAction::Remove(at) if at < pages.len() => {
            pages.remove(at);
            let (left, at) = (pages.len(), at.min(pages.len().saturating_sub(1)));
            client.set_upload_queue(pages.into_iter().chain(files).collect());
            if left == 0 {
                platform::page::focus_heading();
            }
            at
        }
        PageAction::Move(..) | PageAction::Remove(_) => return,
    };
    feedback.write().at = at;
}

fn give(
    client: Client,
    view: View,
    purpose: Purpose,
    mut description: Signal<Description>,
    mut feedback: Signal<SendFeedback>,
) {
    if description.peek().lacks_year() {
        feedback.write().wrong_year = true;
        platform::page::focus("welk-jaar");
        return;
    }
    if feedback.peek().preparing || client.upload_queue().is_empty() {
        return;
    }
    feedback.set(SendFeedback { preparing: true, giving: true, ..SendFeedback::default() });
    let said = description.peek().clone();
    spawn(async move {
        let work = queue::give(client.clone(), view, said, purpose);
        let outcome = schedule::run_to_end(work).await.unwrap_or_default();
        if client.upload_queue().is_empty() {
            client.set_draft(NOTE, "");
            let year = description.peek().year;
            description.set(Description { year, ..Description::default() });
        }
        let refused = outcome.refused.into_iter().map(|(_, why)| why).collect();
        feedback.set(SendFeedback { accepted: outcome.accepted.len(), refused, ..SendFeedback::default() });
        platform::page::focus_heading();
    });
}
