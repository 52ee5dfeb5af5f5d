//! Berichten: what client and firm write to each other, per year, in threads
//! by what it is about.

use crate::{
    app::{use_client, use_desk, use_view_of, use_views},
    client::{Client, YearKey},
    component::{
        advisor::sender,
        compose::Compose,
        frame::{FlowFrame, Go},
    },
    route::Route,
    screen::send::attach_all,
    shell,
    text::{Frame, Home, Letters},
    view::View,
};
use dioxus::{html::FileData, prelude::*};
use model::{
    checklist::AnswerKey,
    document::Section,
    dossier::{GivenMessage, Sender, Subject},
    hash::ContentHash,
    id::*,
};
use std::collections::BTreeMap;
use ui::part::{Avatar, Icon};

/// A thread of a year, as forms and drafts name it.
type Place = (YearKey, Subject);

fn name(place: &Place) -> String {
    let (year, subject) = place;
    let about = subject.about.map(|id| id.to_string()).unwrap_or_default();
    let answer = subject.answer.as_ref().map(|key| key.to_string()).unwrap_or_default();
    format!("bericht-{}-{}-{about}{answer}", year.client, year.tax_year)
}

/// What happens in a thread.
#[derive(Debug, Clone, PartialEq)]
pub enum Doing {
    /// Something is being written.
    Draft(String),
    /// Documents are to go along.
    Files(Vec<FileData>),
    /// One of them is not.
    TakeOff(AttachmentId),
    /// It is sent.
    Send(String),
}

/// What a thread's form holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// The text so far.
    pub draft: String,
    /// Documents that go along.
    pub attached: Vec<AttachmentId>,
    /// Documents that were not taken, and why.
    pub refused: Vec<String>,
}

/// The screen at `/berichten`, open at a task or a question where one is given.
#[component]
pub fn Messages(taak: String, vraag: String) -> Element {
    let client = use_client();
    let task: Option<TaskId> = taak.parse().ok();
    let answer: Option<AnswerKey> = vraag.parse().ok();
    // Any id does for the hook.
    let of_task = use_view_of(task.unwrap_or(TaskId::from_bytes([0; 16])));
    let views = use_views();
    let mut written = use_signal(BTreeMap::<String, Written>::new);
    let seen: Vec<_> = views.iter().filter(|v| v.unread() > 0).map(|v| v.key).collect();
    let reader = client.clone();
    use_effect(use_reactive!(|seen| seen.into_iter().for_each(|key| reader.mark_read(key))));
    let Some(desk) = use_desk() else { return VNode::empty() };
    let first = match &answer {
        Some(key) => views.iter().find(|v| v.year.checklists.contains_key(&key.checklist)).cloned(),
        None => of_task,
    };
    let asked = first.or_else(|| views.first().cloned()).map(|view| (view.key, Subject { about: task, answer }));
    let Some(asked) = asked else {
        // Nothing of the dossier is on this device yet.
        let (text, frame, home) = (Letters(desk.language), Frame(desk.language), Home(desk.language));
        return rsx! {
            FlowFrame { desk, title: text.title().to_owned(), back: Route::Overview {}, back_label: frame.back(),
                div { class: "page__head",
                    h1 { {text.title()} }
                    p { class: "lead", role: "status", {home.first_visit()} }
                }
            }
        };
    };
    let mut forms = written.read().clone();
    for place in views.iter().flat_map(|v| places(v, &asked)) {
        let name = name(&place);
        let draft = client.draft(&name);
        forms.entry(name).or_default().draft = draft;
    }
    let open = client.clone();
    rsx! {
        MessagesPage {
            views,
            asked,
            forms,
            on_doing: move |(place, doing): (Place, Doing)| {
                let name = name(&place);
                match doing {
                    Doing::Draft(text) => client.set_draft(&name, &text),
                    Doing::TakeOff(id) => {
                        client.withdraw(place.0, id);
                        written.write().entry(name).or_default().attached.retain(|a| *a != id);
                    }
                    Doing::Send(body) => {
                        let form = written.write().remove(&name).unwrap_or_default();
                        client.write_about(place.0, body, place.1, form.attached);
                        client.set_draft(&name, "");
                    }
                    Doing::Files(files) => {
                        let client = client.clone();
                        let Some(view) = view_now(&client, place.0) else { return };
                        spawn(async move {
                            let outcome = attach_all(client, view, files, None, None).await;
                            let mut written = written.write();
                            let form = written.entry(name).or_default();
                            form.attached.extend(outcome.accepted);
                            form.refused = outcome.refused.into_iter().map(|(_, why)| why).collect();
                        });
                    }
                }
            },
            on_open: move |(of, hash, media_type): (ClientId, ContentHash, &'static str)| {
                let client = open.clone();
                spawn(async move {
                    if let Ok(bytes) = client.file(of, hash).await
                        && let Some(url) = shell::show_bytes(&bytes, media_type)
                    {
                        shell::open_address(&url);
                    }
                });
            },
        }
    }
}

/// A year as it is now, outside of drawing.
fn view_now(client: &Client, key: YearKey) -> Option<View> {
    match client.status() {
        crate::client::Status::SignedIn(identity) => {
            Some(View::of(client, key, crate::view::Desk::of(client, &identity)))
        }
        _ => None,
    }
}

/// The threads of a year that are shown: those with messages, and the one
/// that was asked for.
fn places(view: &View, asked: &Place) -> Vec<Place> {
    let mut places: Vec<_> = view.year.threads().into_iter().map(|(subject, _)| (view.key, subject)).collect();
    if asked.0 == view.key && !places.contains(asked) {
        places.insert(0, asked.clone());
    }
    places
}

/// The page of the screen.
#[component]
pub fn MessagesPage(
    views: Vec<View>,
    asked: Place,
    forms: BTreeMap<String, Written>,
    on_doing: EventHandler<(Place, Doing)>,
    on_open: EventHandler<(ClientId, ContentHash, &'static str)>,
) -> Element {
    let Some(first) = views.first().cloned() else { return VNode::empty() };
    let (text, frame) = (Letters(first.language()), Frame(first.language()));
    let years: Vec<_> = views
        .into_iter()
        .map(|view| {
            let places = places(&view, &asked);
            (view, places)
        })
        .filter(|(_, places)| !places.is_empty())
        .collect();
    rsx! {
        FlowFrame {
            desk: first.desk.clone(),
            title: text.title().to_owned(),
            back: Route::Overview {},
            back_label: frame.back(),
            div { class: "page__head",
                h1 { {text.title()} }
                p { class: "lead", {text.lead(first.advisor_name())} }
            }
            for (view , places) in years {
                section { key: "{view.key.tax_year}", class: "section", aria_labelledby: "jaar-{view.key.tax_year}",
                    div { class: "section__head", h2 { id: "jaar-{view.key.tax_year}", {text.year(&view.tax_year())} } }
                    for place in places {
                        Thread {
                            key: "{name(&place)}",
                            view: view.clone(),
                            form: forms.get(&name(&place)).cloned().unwrap_or_default(),
                            place,
                            on_doing,
                            on_open,
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Thread(
    view: View,
    place: Place,
    form: Written,
    on_doing: EventHandler<(Place, Doing)>,
    on_open: EventHandler<(ClientId, ContentHash, &'static str)>,
) -> Element {
    let text = Letters(view.language());
    let title = view.year.subject_title(&place.1, view.language()).unwrap_or_else(|| text.general().to_owned());
    let threads = view.year.threads();
    let messages: Vec<GivenMessage> = threads
        .into_iter()
        .find(|(subject, _)| *subject == place.1)
        .map(|(_, messages)| messages.into_iter().cloned().collect())
        .unwrap_or_default();
    let label = if messages.is_empty() { text.question() } else { text.reply() };
    let task = place.1.about.and_then(|id| view.year.task(id)).cloned();
    let tell = move |doing: Doing| on_doing.call((place.clone(), doing));
    let (draft, files, off, send) = (tell.clone(), tell.clone(), tell.clone(), tell.clone());
    rsx! {
        article { class: "card card--pad stack",
            h3 {
                if let Some(task) = task {
                    Go { to: crate::component::tasks::route_of(&view, &task), "{title}" }
                } else {
                    "{title}"
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
                    on_draft: move |text| draft(Doing::Draft(text)),
                    on_files: move |chosen| files(Doing::Files(chosen)),
                    on_take_off: move |id| off(Doing::TakeOff(id)),
                    on_send: move |body| send(Doing::Send(body)),
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
fn Letter(view: View, message: GivenMessage, on_open: EventHandler<(ClientId, ContentHash, &'static str)>) -> Element {
    let text = Letters(view.language());
    let (called, full) = sender(&view, &message.from);
    let mine = matches!(message.from, Sender::Person(_));
    let held = view.is_held(Section::Messages, &message.id.to_string());
    let read = mine && view.year.firm_reading.as_ref().is_some_and(|r| r.through >= message.at);
    let own = message.attachments.iter().filter_map(|id| view.year.attachments.iter().find(|a| a.id == *id));
    let mut files: Vec<_> =
        own.map(|a| (a.attachment.name.clone(), a.attachment.hash, media_type(&a.attachment.name))).collect();
    files.extend(message.files.iter().map(|f| (f.name.clone(), f.hash, media_type(&f.name))));
    let of = view.key.client;
    rsx! {
        div { class: "person person--top",
            Avatar { name: full }
            div { class: "stack-s",
                p { strong { "{called}" } }
                if !message.body.is_empty() {
                    p { class: "message", "{message.body}" }
                }
                for (name , hash , kind) in files {
                    p { key: "{hash}",
                        button {
                            class: "btn btn--s",
                            r#type: "button",
                            aria_label: text.open(&name),
                            onclick: move |_| on_open.call((of, hash, kind)),
                            Icon { name: "paperclip" }
                            " {name}"
                        }
                    }
                }
                p { class: "tiny muted", role: "status",
                    {if held { Frame(view.language()).on_device().to_owned() } else { view.moment(message.at) }}
                    if read {
                        ". "
                        {text.read_by_firm()}
                    }
                }
            }
        }
    }
}

/// By the ending: the server has looked into every file that is kept.
fn media_type(name: &str) -> &'static str {
    let lower = name.to_ascii_lowercase();
    match lower.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "application/pdf",
    }
}
