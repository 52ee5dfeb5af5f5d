//! Sturen: files are chosen, seen, and kept on the device; sending follows by
//! itself. Never keeps a file that the advisor could not open.

use crate::{
    app::{use_client, use_shared_files, use_view_of, use_views},
    client::{AttachRefusal, Client, NewFile},
    component::{
        files::{FileButton, media_type, refuse, sentence},
        frame::{FlowFrame, Go, Notice},
        moving::{file_icon, may_withdraw, place, upload_bar},
        thumb::{GivenThumb, Thumb, is_picture},
    },
    route::Route,
    screen::not_found::NotFoundPage,
    shell,
    text::{self, Frame},
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use model::{
    checklist::AnswerKey,
    dossier::GivenAttachment,
    id::{AttachmentId, TaskId},
    record::TaskKind,
};
use ui::{
    format,
    part::{Icon, Tone},
};

/// A file that is chosen and not yet given.
#[derive(Debug, Clone, PartialEq)]
pub struct Staged {
    /// Its name.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Where the browser finds its picture, once there is one.
    pub picture: Option<String>,
}

/// What became of chosen files.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    /// Kept on the device.
    pub accepted: Vec<AttachmentId>,
    /// Not taken: the name, and why, in words.
    pub refused: Vec<(String, String)>,
}

/// What files are given for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Purpose {
    /// A question of a checklist.
    pub answers: Option<AnswerKey>,
    /// A document request.
    pub task: Option<TaskId>,
    /// Which item of it.
    pub item: Option<u32>,
    /// The document that the first file takes the place of.
    pub replaces: Option<AttachmentId>,
}

/// Hands files to the client, one after the other; all of them, also when the
/// person goes to another screen meanwhile.
pub async fn attach_all(
    client: Client,
    view: View,
    files: Vec<FileData>,
    answers: Option<AnswerKey>,
    task: Option<TaskId>,
) -> Outcome {
    attach_for(client, view, files, Purpose { answers, task, ..Purpose::default() }).await
}

/// As [`attach_all`], for any purpose.
pub async fn attach_for(client: Client, view: View, files: Vec<FileData>, purpose: Purpose) -> Outcome {
    let work = async move { attach_each(&client, &view, files, purpose).await };
    shell::see_through(work).await.unwrap_or_default()
}

async fn attach_each(client: &Client, view: &View, files: Vec<FileData>, mut purpose: Purpose) -> Outcome {
    let mut outcome = Outcome::default();
    for file in files {
        let (name, size, media_type) = (file.name(), file.size(), media_type(&file));
        let taken = match refuse(&name, &media_type, size) {
            Some(refusal) => Err(sentence(view, &name, size, refusal)),
            None => match file.read_bytes().await {
                Ok(bytes) => {
                    let bytes = bytes.to_vec();
                    let Purpose { answers, task, item, replaces } = purpose.clone();
                    let new = NewFile { name: name.clone(), media_type, bytes, answers, task, item, replaces };
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

/// Pictures of the chosen photographs.
#[derive(Clone, Copy, PartialEq)]
struct Pictures(Signal<Vec<(FileData, String)>>);

fn use_pictures() -> Pictures {
    let mut urls = use_signal(Vec::<(FileData, String)>::new);
    use_drop(move || urls.take().into_iter().for_each(|(_, url)| shell::forget_bytes(&url)));
    Pictures(urls)
}

impl Pictures {
    /// Makes the picture of a file, which takes a moment.
    fn take(mut self, file: &FileData) {
        let (file, media_type) = (file.clone(), media_type(file));
        if !is_picture(&media_type) {
            return;
        }
        spawn(async move {
            let Ok(bytes) = file.read_bytes().await else { return };
            if let Some(url) = shell::show_bytes(&bytes, &media_type) {
                self.0.write().push((file, url));
            }
        });
    }

    /// A file that is no longer chosen.
    fn drop(mut self, file: &FileData) {
        self.0.write().retain(|(of, url)| {
            let other = of != file;
            if !other {
                shell::forget_bytes(url);
            }
            other
        });
    }

    /// A file as the page shows it.
    fn of(self, file: &FileData) -> Staged {
        let picture = self.0.read().iter().find(|(of, _)| of == file).map(|(_, url)| url.clone());
        Staged { name: file.name(), size: file.size(), picture }
    }
}

/// The screen at `/sturen`, for a task or a question where one is given.
#[component]
pub fn Send(taak: String, vraag: String) -> Element {
    let client = use_client();
    let task: Option<TaskId> = taak.parse().ok();
    let question: Option<AnswerKey> = vraag.parse().ok();
    let views = use_views();
    // Any id does for the hook; without a task the newest year is meant.
    let of_task = use_view_of(task.unwrap_or(TaskId::from_bytes([0; 16])));
    let mut files = use_signal(Vec::<FileData>::new);
    let pictures = use_pictures();
    let mut refused = use_signal(Vec::<String>::new);
    let mut accepted = use_signal(|| 0_usize);
    let mut busy = use_signal(|| false);
    use_shared_files();
    let view = match task {
        Some(_) => of_task,
        None => views.first().cloned(),
    };
    let Some(view) = view else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let choose = {
        let view = view.clone();
        move |chosen: Vec<FileData>| {
            let mut why = Vec::new();
            for file in chosen {
                match refuse(&file.name(), &media_type(&file), file.size()) {
                    Some(refusal) => why.push(sentence(&view, &file.name(), file.size(), refusal)),
                    None if files.peek().contains(&file) => {}
                    None => {
                        pictures.take(&file);
                        files.write().push(file);
                    }
                }
            }
            refused.set(why);
            accepted.set(0);
        }
    };
    let give = {
        let (client, view) = (client.clone(), view.clone());
        move |()| {
            let (client, view, question) = (client.clone(), view.clone(), question.clone());
            if busy() || files.peek().is_empty() {
                return;
            }
            busy.set(true);
            spawn(async move {
                let chosen = std::mem::take(&mut *files.write());
                chosen.iter().for_each(|file| pictures.drop(file));
                let outcome = attach_all(client, view, chosen, question, task).await;
                accepted.set(outcome.accepted.len());
                refused.set(outcome.refused.into_iter().map(|(_, why)| why).collect());
                busy.set(false);
                shell::focus_heading();
            });
        }
    };
    let key = view.key;
    rsx! {
        SendPage {
            view,
            task,
            staged: files.read().iter().map(|f| pictures.of(f)).collect::<Vec<_>>(),
            refused: refused.read().clone(),
            accepted: accepted(),
            busy: busy(),
            on_files: choose,
            on_remove: move |i: usize| {
                pictures.drop(&files.write().remove(i));
            },
            on_send: give,
            on_withdraw: move |id| client.withdraw(key, id),
        }
    }
}

/// The page of the screen.
#[component]
pub fn SendPage(
    view: View,
    task: Option<TaskId>,
    staged: Vec<Staged>,
    refused: Vec<String>,
    accepted: usize,
    busy: bool,
    on_files: EventHandler<Vec<FileData>>,
    on_remove: EventHandler<usize>,
    on_send: EventHandler<()>,
    on_withdraw: EventHandler<AttachmentId>,
) -> Element {
    let language = view.language();
    let (text, frame) = (text::Send(language), Frame(language));
    let asked = task.and_then(|id| view.year.task(id)).cloned();
    let title = asked.as_ref().map_or(text.title(), |t| t.task.title.get(language)).to_owned();
    let offline = view.desk.is_offline();
    let given: Vec<_> =
        view.year.attachments.iter().filter(|a| task.is_none() || a.attachment.task == task).cloned().collect();
    let count = staged.len();
    let actions = match count {
        0 if accepted > 0 => Some(rsx! {
            Go { to: Route::Overview {}, class: "btn btn--primary", {frame.to_overview()} }
        }),
        0 => None,
        _ => Some(rsx! {
            button {
                class: "btn btn--primary",
                r#type: "button",
                aria_disabled: if busy { "true" },
                onclick: move |_| on_send.call(()),
                Icon { name: "send" }
                " "
                {match (busy, offline) {
                    (true, _) => text.busy().to_owned(),
                    (_, true) => text.put_ready(count),
                    _ => text.send(count),
                }}
            }
        }),
    };
    rsx! {
        FlowFrame {
            desk: view.desk.clone(),
            title: title.clone(),
            back: Route::Overview {},
            back_label: if count > 0 { frame.stop() } else { frame.back() },
            actions,
            div { class: "page__head",
                h1 { "{title}" }
                p { class: "lead", {if offline { text.lead_offline() } else { text.lead() }} }
            }
            if let Some(task) = asked {
                if let TaskKind::DocumentRequest(items) = &task.task.kind {
                    div { class: "card card--pad stack-s",
                        p { class: "label", {text.asked(&task.task.asked_by)} }
                        ul { class: "stack-s",
                            for item in items {
                                li { key: "{item.title}",
                                    Icon { name: "file-text" }
                                    " {item.title}"
                                }
                            }
                        }
                    }
                }
            }
            div { class: "tiles",
                FileButton { class: "tile", icon: "camera", word: text.photo(), label: text.photo(), camera: true, on_files }
                FileButton { class: "tile", icon: "file-plus", word: text.file(), label: text.file(), camera: false, on_files }
            }
            div { class: "stack-s", role: "alert",
                for message in refused {
                    p { key: "{message}", class: "error",
                        Icon { name: "circle-alert" }
                        " {message}"
                    }
                }
            }
            if accepted > 0 {
                Notice { tone: Tone::Ok, icon: "circle-check", strong { {text.accepted(accepted)} } }
            }
            if count > 0 {
                StagedList { view: view.clone(), staged, busy, on_remove }
            }
            GivenList { view, given, on_withdraw }
        }
    }
}

#[component]
fn StagedList(view: View, staged: Vec<Staged>, busy: bool, on_remove: EventHandler<usize>) -> Element {
    let text = text::Send(view.language());
    rsx! {
        section { class: "section", aria_labelledby: "gekozen",
            div { class: "section__head", h2 { id: "gekozen", {text.chosen()} } }
            div { class: "card",
                ul { class: "items",
                    for (i , file) in staged.into_iter().enumerate() {
                        li { key: "{i}", class: "item",
                            Thumb { url: file.picture, icon: "file-text" }
                            span { class: "item__body",
                                span { class: "item__title", "{file.name}" }
                                span { class: "item__sub", {format::file_size(file.size, view.language())} }
                            }
                            button {
                                class: "btn btn--quiet btn--s btn--icon",
                                r#type: "button",
                                aria_label: text.remove(&file.name),
                                disabled: busy,
                                onclick: move |_| on_remove.call(i),
                                Icon { name: "x" }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn GivenList(view: View, given: Vec<GivenAttachment>, on_withdraw: EventHandler<AttachmentId>) -> Element {
    if given.is_empty() {
        return VNode::empty();
    }
    let text = text::Send(view.language());
    rsx! {
        section { class: "section", aria_labelledby: "gestuurd",
            div { class: "section__head", h2 { id: "gestuurd", {text.given()} } }
            div { class: "card",
                ul { class: "items",
                    for one in given {
                        li { key: "{one.id}", class: "item",
                            GivenThumb {
                                of: view.key.client,
                                hash: one.attachment.hash,
                                media_type: one.attachment.media_type.clone(),
                                icon: file_icon(one.receipt.is_some()),
                            }
                            span { class: "item__body",
                                span { class: "item__title", "{one.attachment.name}" }
                                span { class: "item__sub", role: "status",
                                    {format::file_size(one.attachment.size, view.language())}
                                    ", "
                                    {place(&view, &one)}
                                }
                                {upload_bar(&view, &one)}
                            }
                            if may_withdraw(&view, &one) {
                                button {
                                    class: "btn btn--quiet btn--s btn--icon",
                                    r#type: "button",
                                    aria_label: text.withdraw(&one.attachment.name),
                                    onclick: move |_| on_withdraw.call(one.id),
                                    Icon { name: "trash-2" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
