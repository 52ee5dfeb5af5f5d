//! Archief: what is finished, per tax year.

use crate::{
    app::{use_desk, use_views},
    component::{
        delivered::{Delivered, File},
        field::FieldError,
        frame::{Go, Tab, TabFrame},
        moving::{file_icon, place},
        pack::PackButton,
        paper::{Reader, use_opening},
        thumb::GivenThumb,
    },
    route::Route,
    text,
    view::{Desk, View},
};
use dioxus::prelude::*;
use model::{
    dossier::{ConsentState, GivenAttachment, GivenRevision, GivenTask, TaskState},
    id::TaskId,
    record::TaskKind,
};
use ui::{
    format,
    part::{Icon, Status, Tone},
};

/// The screen at `/archief`.
#[component]
pub fn Archive() -> Element {
    let views = use_views();
    let Some(desk) = use_desk() else { return VNode::empty() };
    let title = text::Archive(desk.language).title().to_owned();
    rsx! {
        TabFrame { desk: desk.clone(), tab: Tab::Archive, title, ArchivePage { desk, views } }
    }
}

/// The screen at `/archief/:year`, as a mail leads to it.
#[component]
pub fn ArchiveYear(year: i16) -> Element {
    let views = use_views();
    let Some(desk) = use_desk() else { return VNode::empty() };
    let title = text::Archive(desk.language).title().to_owned();
    rsx! {
        TabFrame { desk: desk.clone(), tab: Tab::Archive, title, ArchivePage { desk, views, year } }
    }
}

/// The page of the screen; of the newest year where `year` is not on the device.
#[component]
pub fn ArchivePage(desk: Desk, views: Vec<View>, year: Option<i16>) -> Element {
    let text = text::Archive(desk.language);
    let wanted = year.and_then(|year| views.iter().position(|v| v.key.tax_year.0 == year));
    let mut chosen = use_signal(|| wanted.unwrap_or(0));
    let view = views.get(chosen()).or(views.first()).cloned();
    rsx! {
        div { class: "page__head",
            h1 { {text.title()} }
            p { class: "lead", {text.lead()} }
        }
        if views.len() > 1 {
            fieldset {
                legend { class: "sr", {text.choose_year()} }
                div { class: "seg",
                    for (i , one) in views.iter().enumerate() {
                        label { key: "{one.key:?}",
                            input {
                                r#type: "radio",
                                name: "jaar",
                                checked: i == chosen(),
                                onchange: move |_| chosen.set(i),
                            }
                            {one.tax_year()}
                        }
                    }
                }
            }
        }
        if let Some(view) = view {
            Year { key: "{view.key:?}", view }
        } else {
            p { class: "muted", {text.empty()} }
        }
    }
}

#[component]
fn Year(view: View) -> Element {
    let text = text::Archive(view.language());
    let (opening, open) = use_opening();
    let mut title = use_signal(String::new);
    let on_open = use_callback(move |(client, hash, media_type, name): File| {
        title.set(name);
        open.call((client, hash, media_type));
    });
    let filed = view.year.revisions.iter().any(|r| r.filing.is_some());
    let returns: Vec<_> = view.year.revisions.iter().filter(|r| is_finished(&view, r)).cloned().collect();
    let ended = |t: &&GivenTask| matches!(view.state(t), TaskState::Done | TaskState::Withdrawn);
    let tasks: Vec<_> = view.year.tasks.iter().filter(ended).cloned().collect();
    let deliveries = view.year.deliveries.clone();
    let nothing = returns.is_empty() && tasks.is_empty() && deliveries.is_empty();
    let sent: Vec<_> = view.year.attachments.iter().filter(|a| a.withdrawal.is_none()).cloned().collect();
    let approval = |r: &GivenRevision| {
        let of = |t: &&GivenTask| t.task.kind == TaskKind::Approval(r.revision.tax_return);
        view.year.tasks.iter().find(of).map(|t| t.id)
    };
    rsx! {
        section { class: "section", aria_labelledby: "jaar",
            div { class: "section__head",
                h2 { id: "jaar", {text.season(&view.tax_year())} }
                if filed {
                    Status { tone: Tone::Ok, icon: "check", {text.finished()} }
                } else {
                    Status { tone: Tone::Wait, icon: "hourglass", {text.running()} }
                }
            }
            if nothing {
                p { class: "muted", {text.empty()} }
            } else {
                div { class: "card",
                    ul { class: "items",
                        for (id , delivery) in deliveries {
                            Delivered { key: "{id}", view: view.clone(), delivery, on_open }
                        }
                        for given in returns {
                            Return { key: "{given.id}", view: view.clone(), task: approval(&given), given, on_open }
                        }
                        for task in tasks {
                            Ended { key: "{task.id}", view: view.clone(), task }
                        }
                    }
                }
            }
        }
        section { class: "section", aria_labelledby: "gestuurd",
            div { class: "section__head",
                h2 { id: "gestuurd", {text.by_you()} }
                if !sent.is_empty() {
                    span { class: "tiny muted", {text.documents(sent.len())} }
                }
            }
            if sent.is_empty() {
                p { class: "muted", {text.no_documents()} }
            } else {
                div { class: "card",
                    ul { class: "items",
                        for given in sent {
                            Sent { key: "{given.id}", view: view.clone(), given, on_open }
                        }
                    }
                }
            }
        }
        if opening.failed() {
            FieldError { id: "archief", message: text.failed().to_owned() }
        }
        if let Some(url) = opening.url() {
            Reader { url, title: title.read().clone(), language: view.language(), on_close: move |()| opening.close() }
        }
    }
}

/// A return is finished for a person who approved it, or once it was filed.
fn is_finished(view: &View, given: &GivenRevision) -> bool {
    let mine = view.me.and_then(|me| given.consents.get(&me)).map(|c| c.state());
    given.void.is_none() && (given.filing.is_some() || mine == Some(ConsentState::Approved))
}

#[component]
fn Return(view: View, task: Option<TaskId>, given: GivenRevision, on_open: EventHandler<File>) -> Element {
    let text = text::Archive(view.language());
    let name = text.tax_return(&given.revision.kind, &view.tax_year());
    let mine = view.me.and_then(|me| given.consents.get(&me));
    let on_paper = mine.and_then(|c| c.paper.as_ref());
    let approval = mine.filter(|_| on_paper.is_none()).and_then(|c| c.approval());
    let approved = match on_paper {
        Some(paper) => Some(text.approved(&format::date_long(paper.signed_on, view.language()))),
        None => approval.map(|(_, a, _)| text.approved(&view.day(a.at))),
    };
    // There is nothing to fetch before the server has looked at it.
    let pack = approval.filter(|(.., verdict)| verdict.is_some()).map(|(id, ..)| *id);
    let sub = match (&given.filing, &approved) {
        (Some(filing), _) => text.filed(&view.day(filing.at)),
        (None, approved) => approved.clone().unwrap_or_default(),
    };
    let file = (view.key.client, given.revision.file.hash, "application/pdf".to_owned(), name.clone());
    rsx! {
        li { class: "item",
            span { class: "item__icon item__icon--plain", Icon { name: "landmark" } }
            span { class: "item__body",
                span { class: "item__title", "{name}" }
                span { class: "item__sub", "{sub}" }
            }
            button {
                class: "btn btn--quiet btn--s btn--icon",
                r#type: "button",
                aria_label: text.open(&name),
                onclick: move |_| on_open.call(file.clone()),
                Icon { name: "eye" }
            }
        }
        if let (Some(task), Some(approved)) = (task, approved) {
            li {
                Go { to: Route::Proof { task }, class: "item",
                    span { class: "item__icon item__icon--plain", Icon { name: "badge-check" } }
                    span { class: "item__body",
                        span { class: "item__title", {text.proof()} }
                        span { class: "item__sub", "{approved}" }
                    }
                    span { class: "item__end", Icon { name: "chevron-right" } }
                }
            }
        }
        if let Some(approval) = pack {
            li { class: "item", PackButton { view: view.clone(), given: given.clone(), approval } }
        }
    }
}

#[component]
fn Ended(view: View, task: GivenTask) -> Element {
    let text = text::Archive(view.language());
    let withdrawn = view.state(&task) == TaskState::Withdrawn;
    let title = task.task.title.get(view.language()).to_owned();
    let icon = match task.task.kind {
        TaskKind::Checklist(_) => "list-checks",
        TaskKind::Approval(_) => "signature",
        TaskKind::DocumentRequest(_) => "file-check",
    };
    let to = match task.task.kind {
        TaskKind::Checklist(_) if !withdrawn => Some(Route::Review { task: task.id }),
        _ => None,
    };
    let body = rsx! {
        span { class: "item__icon item__icon--plain", Icon { name: icon } }
        span { class: "item__body",
            span { class: "item__title", "{title}" }
            span { class: "item__sub", {if withdrawn { text.withdrawn_task() } else { text.done() }} }
        }
    };
    rsx! {
        li {
            if let Some(to) = to {
                Go { to, class: "item",
                    {body}
                    span { class: "item__end", Icon { name: "chevron-right" } }
                }
            } else {
                div { class: "item", {body} }
            }
        }
    }
}

#[component]
fn Sent(view: View, given: GivenAttachment, on_open: EventHandler<File>) -> Element {
    let text = text::Archive(view.language());
    let attachment = given.attachment.clone();
    let file = (view.key.client, attachment.hash, attachment.media_type.clone(), attachment.name.clone());
    rsx! {
        li { class: "item",
            GivenThumb {
                of: view.key.client,
                hash: attachment.hash,
                media_type: attachment.media_type.clone(),
                icon: file_icon(given.receipt.is_some()),
            }
            span { class: "item__body",
                span { class: "item__title", "{attachment.name}" }
                span { class: "item__sub", {place(&view, &given)} }
            }
            button {
                class: "btn btn--quiet btn--s btn--icon",
                r#type: "button",
                aria_label: text.open(&attachment.name),
                onclick: move |_| on_open.call(file.clone()),
                Icon { name: "eye" }
            }
        }
    }
}
