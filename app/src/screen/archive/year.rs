//! One year of the archive: what is finished, what was sent, and which of its files are cached offline.

use crate::{
    address::Address,
    client::WantedFile,
    component::{
        delivered::{self, Delivered},
        field::FieldError,
        frame::ScreenLink,
        offline_files::{Choice, Here, OfflineFileButton, OfflineYear, Whereabouts},
        opening::{Reader, use_opening},
        pack::PackButton,
        recalled::RecalledList,
        thumb::GivenThumb,
        transfers::{file_icon, file_state},
    },
    text,
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ConsentState, GivenAttachment, GivenRevision, GivenTask, TaskState};
use model::{
    id::{DeliveryId, TaskId},
    record::{Delivery, TaskKind},
};
use ui::{
    format,
    part::{Icon, Status, Tone},
};

/// Shows a year, or the part of it that matches the search.
#[component]
pub fn Year(
    view: View,
    here: Here,
    offline: bool,
    room: Option<(u64, u64)>,
    /// Words that a document's name or kind must contain.
    #[props(default)]
    words: Vec<String>,
    on_choice: EventHandler<Choice>,
) -> Element {
    let text = text::Archive(view.language());
    let (opening, open) = use_opening();
    let mut title = use_signal(String::new);
    let on_open = use_callback(move |file: WantedFile| {
        title.set(file.name.clone());
        open.call(file);
    });
    let filed = view.year.revisions.iter().any(|r| r.filed_at().is_some());
    let searching = !words.is_empty();
    let YearSection { returns, tasks, deliveries, sent } = YearSection::of(&view, &words);
    let nothing = returns.is_empty() && tasks.is_empty() && deliveries.is_empty();
    let approval = |r: &GivenRevision| {
        let of = |t: &&GivenTask| matches!(t.task.kind, TaskKind::Approval(tax_return) if r.is_of(tax_return));
        view.year.tasks.iter().find(of).map(|t| t.id)
    };
    rsx! {
        section { class: "section", aria_labelledby: "jaar-{view.key.tax_year}",
            div { class: "section__head",
                h2 { id: "jaar-{view.key.tax_year}", {text.season(&view.tax_year())} }
                if filed {
                    Status { tone: Tone::Ok, icon: "check", {text.finished()} }
                } else {
                    Status { tone: Tone::Wait, icon: "hourglass", {text.running()} }
                }
            }
            if nothing && !searching {
                p { class: "muted", {text.empty()} }
            }
            if !nothing {
                div { class: "card",
                    ul { class: "items",
                        for (id , delivery) in deliveries {
                            Delivered { key: "{id}", view: view.clone(), delivery, here: here.clone(), on_open, on_choice }
                        }
                        for given in returns {
                            Return {
                                key: "{given.id}",
                                view: view.clone(),
                                task: approval(&given),
                                given,
                                here: here.clone(),
                                on_open,
                            }
                        }
                        for task in tasks {
                            Ended { key: "{task.id}", view: view.clone(), task }
                        }
                    }
                }
            }
        }
        if !searching {
            RecalledList { views: vec![view.clone()] }
        }
        if !searching || !sent.is_empty() {
            section { class: "section", aria_labelledby: "gestuurd-{view.key.tax_year}",
                div { class: "section__head",
                    h2 { id: "gestuurd-{view.key.tax_year}", {text.by_you()} }
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
                                Sent { key: "{given.id}", view: view.clone(), given, here: here.clone(), on_open, on_choice }
                            }
                        }
                    }
                }
            }
        }
        if !searching {
            OfflineYear { view: view.clone(), here, offline, room, on_choice }
        }
        if opening.failed() {
            FieldError { id: "archief", message: text.failed().to_owned() }
        }
        if let Some(file) = opening.file() {
            Reader { file, title: title.read().clone(), language: view.language(), on_close: move |()| opening.close() }
        }
    }
}

/// Content of a year's archive.
struct YearSection {
    returns: Vec<GivenRevision>,
    tasks: Vec<GivenTask>,
    deliveries: Vec<(DeliveryId, Delivery)>,
    sent: Vec<GivenAttachment>,
}

impl YearSection {
    /// Returns all of it, or what contains all of `words` in its name or kind.
    fn of(view: &View, words: &[String]) -> Self {
        let (year, language) = (&view.year, view.language());
        let text = text::Archive(language);
        let has = |parts: &[&str]| {
            let all = parts.join(" ").to_lowercase();
            words.iter().all(|word| all.contains(word.as_str()))
        };
        let tax_year = view.tax_year();
        let of_return = |r: &&GivenRevision| is_finished(view, r) && has(&[&r.title(language), text.proof()]);
        let of_task = |t: &&GivenTask| {
            matches!(view.state(t), TaskState::Done | TaskState::Withdrawn)
                && has(&[t.task.title.get(language), &tax_year])
        };
        let of_delivery = |(_, d): &&(DeliveryId, Delivery)| {
            has(&[&d.title, &d.file.name, delivered::kind(&d.kind, language), &tax_year])
        };
        let of_sent = |a: &&GivenAttachment| {
            let kind = ui::document::said(a.attachment.kind, a.attachment.year, language).unwrap_or_default();
            a.withdrawal.is_none() && has(&[&a.attachment.name, &kind, &a.attachment.note, &tax_year])
        };
        Self {
            returns: year.revisions.iter().filter(of_return).cloned().collect(),
            tasks: year.tasks.iter().filter(of_task).cloned().collect(),
            deliveries: year.deliveries.iter().filter(of_delivery).cloned().collect(),
            sent: year.attachments.iter().filter(of_sent).cloned().collect(),
        }
    }

    fn count(&self) -> usize {
        self.returns.len() + self.tasks.len() + self.deliveries.len() + self.sent.len()
    }
}

/// Counts the entries of a year that contain all of `words` in their name or kind.
pub fn matches(view: &View, words: &[String]) -> usize {
    YearSection::of(view, words).count()
}

/// Returns true if the person who looks approved the return, or if it was filed.
fn is_finished(view: &View, given: &GivenRevision) -> bool {
    let mine = view.me.and_then(|me| given.consents.get(&me)).map(|c| c.state());
    given.void.is_none() && (given.filed_at().is_some() || mine == Some(ConsentState::Approved))
}

#[component]
fn Return(
    view: View,
    task: Option<TaskId>,
    given: GivenRevision,
    here: Here,
    on_open: EventHandler<WantedFile>,
) -> Element {
    let text = text::Archive(view.language());
    let name = given.title(view.language());
    let mine = view.me.and_then(|me| given.consents.get(&me));
    let on_paper = mine.and_then(|c| c.paper.as_ref());
    let approval = mine.filter(|_| on_paper.is_none()).and_then(|c| c.approval());
    let approved = match on_paper {
        Some(paper) => Some(text.approved(&format::date_long(paper.signed_on, view.language()))),
        None => approval.map(|(_, a, _)| text.approved(&view.day(a.at))),
    };
    // There is no pack to download before the server has checked the approval.
    let pack = approval.filter(|(.., verdict)| verdict.is_some()).map(|(id, ..)| *id);
    let sub = match (given.filed_at(), &approved) {
        (Some(at), _) if given.is_filed_by_consent() => text.filed_by_consent(&view.day(at)),
        (Some(at), _) => text.filed(&view.day(at)),
        (None, approved) => approved.clone().unwrap_or_default(),
    };
    let file = WantedFile::pdf_of_firm(view.key.client, given.revision.file.hash, name.clone());
    rsx! {
        li { class: "item",
            span { class: "item__icon item__icon--plain", Icon { name: "landmark" } }
            span { class: "item__body",
                span { class: "item__title", "{name}" }
                span { class: "item__sub", "{sub}" }
                Whereabouts { language: view.language(), here, hash: given.revision.file.hash, size: given.revision.file.size }
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
                ScreenLink { to: Address::proof(task), class: "item",
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
        TaskKind::Payment(_) => "landmark",
    };
    let to = match task.task.kind {
        TaskKind::Checklist(_) if !withdrawn => Some(Address::review(task.id)),
        TaskKind::Payment(_) => Some(Address::payment(task.id)),
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
                ScreenLink { to, class: "item",
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
fn Sent(
    view: View,
    given: GivenAttachment,
    here: Here,
    on_open: EventHandler<WantedFile>,
    on_choice: EventHandler<Choice>,
) -> Element {
    let language = view.language();
    let text = text::Archive(view.language());
    let attachment = given.attachment.clone();
    let file = WantedFile {
        of: view.key.client,
        hash: attachment.hash,
        media_type: attachment.media_type.clone(),
        name: attachment.name.clone(),
        is_from_partner: view.me != Some(attachment.by),
    };
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
                if let Some(kind) = ui::document::said(attachment.kind, attachment.year, language) {
                    span { class: "item__sub", "{kind}" }
                }
                span { class: "item__sub", {file_state(&view, &given)} }
                Whereabouts { language, here: here.clone(), hash: attachment.hash, size: attachment.size }
            }
            span { class: "item__end",
                // A file that the firm does not have yet exists only here, so it cannot be removed.
                if given.receipt.is_some() {
                    OfflineFileButton { language, here, hash: attachment.hash, name: attachment.name.clone(), on_choice }
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
}
