//! *Berichten*: the messages of client and firm, per year, in threads by subject.

use crate::{
    address::Address,
    client::{Client, WantedFile, YearKey},
    component::{
        frame::FlowFrame,
        opening::{OpenedFile, Opening, use_opening},
        thread::{MessageForm, Thread, ThreadAction, ThreadKey, name},
    },
    hooks::{use_client, use_view_of, use_views, use_workspace},
    screen::send::attach_all,
    text::{self, Frame, Home},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::Subject;
use model::{checklist::AnswerKey, id::*};
use std::collections::BTreeMap;

/// Shows the screen at `/berichten`. The thread of a task or a question is open if one is given.
#[component]
pub fn Messages(taak: String, vraag: String) -> Element {
    let client = use_client();
    let task: Option<TaskId> = taak.parse().ok();
    let answer: Option<AnswerKey> = vraag.parse().ok();
    // The hook needs some identifier, and this one belongs to no task.
    let of_task = use_view_of(task.unwrap_or(TaskId::from_bytes([0; 16])));
    let views = use_views();
    let forms = use_thread_forms();
    let seen: Vec<_> = views.iter().filter(|v| v.unread() > 0).map(|v| v.key).collect();
    let reader = client.clone();
    use_effect(use_reactive!(|seen| seen.into_iter().for_each(|key| reader.mark_read(key))));
    let Some(workspace) = use_workspace() else { return VNode::empty() };
    let first = match &answer {
        Some(key) => views.iter().find(|v| v.year.checklists.contains_key(&key.checklist)).cloned(),
        None => of_task,
    };
    let asked = first.or_else(|| views.first().cloned()).map(|view| (view.key, Subject { about: task, answer }));
    let Some(asked) = asked else {
        // Nothing of the dossier is on this device yet.
        let (text, frame, home) =
            (text::Messages(workspace.language), Frame(workspace.language), Home(workspace.language));
        return rsx! {
            FlowFrame { workspace, title: text.title().to_owned(), back: Address::overview(), back_label: frame.back(),
                div { class: "page__head",
                    h1 { {text.title()} }
                    p { class: "lead", role: "status", {home.first_visit()} }
                }
            }
        };
    };
    let threads: Vec<_> = views.iter().flat_map(|v| threads(v, &asked)).collect();
    let language = workspace.language;
    rsx! {
        MessagesPage {
            views,
            asked,
            forms: forms.of(&threads),
            on_action: forms.on_action,
            on_open: forms.on_open,
        }
        OpenedFile { opening: forms.opening, language }
    }
}

/// The forms of all threads, and the handlers for them.
#[derive(Clone, Copy, PartialEq)]
pub struct ThreadForms {
    written: Signal<BTreeMap<String, MessageForm>>,
    drafts: Callback<String, String>,
    /// Handler of actions in a thread.
    pub on_action: Callback<(ThreadKey, ThreadAction)>,
    /// Handler that opens a file of a thread.
    pub on_open: Callback<WantedFile>,
    /// The file that is open.
    pub opening: Opening,
}

impl ThreadForms {
    /// Returns the forms of these threads, by name.
    pub fn of(&self, threads: &[ThreadKey]) -> BTreeMap<String, MessageForm> {
        let mut forms = self.written.read().clone();
        for thread in threads {
            let name = name(thread);
            let draft = self.drafts.call(name.clone());
            forms.entry(name).or_default().draft = draft;
        }
        forms
    }
}

/// Provides what a screen needs to write in threads.
pub fn use_thread_forms() -> ThreadForms {
    let client = use_client();
    let mut written = use_signal(BTreeMap::<String, MessageForm>::new);
    let drafted = client.clone();
    let drafts = use_callback(move |name: String| drafted.draft(&name));
    let on_action = use_callback(move |(thread, action): (ThreadKey, ThreadAction)| {
        let name = name(&thread);
        match action {
            ThreadAction::Draft(text) => client.set_draft(&name, &text),
            ThreadAction::RemoveFile(id) => {
                client.withdraw(thread.0, id);
                written.write().entry(name).or_default().attached.retain(|a| *a != id);
            }
            ThreadAction::Send(body) => {
                let form = written.write().remove(&name).unwrap_or_default();
                client.write_about(thread.0, body, thread.1, form.attached);
                client.set_draft(&name, "");
            }
            ThreadAction::Files(files) => {
                let client = client.clone();
                let Some(view) = view_now(&client, thread.0) else { return };
                spawn(async move {
                    let outcome = attach_all(client, view, files, None, None).await;
                    let mut written = written.write();
                    let form = written.entry(name).or_default();
                    form.attached.extend(outcome.accepted);
                    form.refused = outcome.refused.into_iter().map(|(_, why)| why).collect();
                });
            }
        }
    });
    let (opening, on_open) = use_opening();
    ThreadForms { written, drafts, on_action, on_open, opening }
}

/// Takes a year as it is now, outside of drawing.
fn view_now(client: &Client, key: YearKey) -> Option<View> {
    match client.status() {
        crate::client::Status::SignedIn(identity) => {
            Some(View::of(client, key, crate::view::Workspace::of(client, &identity)))
        }
        _ => None,
    }
}

/// Returns the threads of a year that are shown: those with messages, and the one that was asked for.
fn threads(view: &View, asked: &ThreadKey) -> Vec<ThreadKey> {
    let mut threads: Vec<_> = view.year.threads().into_iter().map(|(subject, _)| (view.key, subject)).collect();
    if asked.0 == view.key && !threads.contains(asked) {
        threads.insert(0, asked.clone());
    }
    threads
}

/// Shows the page of the screen.
#[component]
pub fn MessagesPage(
    views: Vec<View>,
    asked: ThreadKey,
    forms: BTreeMap<String, MessageForm>,
    on_action: EventHandler<(ThreadKey, ThreadAction)>,
    on_open: EventHandler<WantedFile>,
) -> Element {
    let Some(first) = views.first().cloned() else { return VNode::empty() };
    let (text, frame) = (text::Messages(first.language()), Frame(first.language()));
    let years: Vec<_> = views
        .into_iter()
        .map(|view| {
            let threads = threads(&view, &asked);
            (view, threads)
        })
        .filter(|(_, threads)| !threads.is_empty())
        .collect();
    rsx! {
        FlowFrame {
            workspace: first.workspace.clone(),
            title: text.title().to_owned(),
            back: Address::overview(),
            back_label: frame.back(),
            div { class: "page__head",
                h1 { {text.title()} }
                p { class: "lead", {text.lead(first.advisor_name())} }
            }
            for (view , threads) in years {
                section { key: "{view.key.tax_year}", class: "section", aria_labelledby: "jaar-{view.key.tax_year}",
                    div { class: "section__head", h2 { id: "jaar-{view.key.tax_year}", {text.year(&view.tax_year())} } }
                    for thread in threads {
                        Thread {
                            key: "{name(&thread)}",
                            view: view.clone(),
                            form: forms.get(&name(&thread)).cloned().unwrap_or_default(),
                            thread,
                            on_action,
                            on_open,
                        }
                    }
                }
            }
        }
    }
}
