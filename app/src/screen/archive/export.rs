//! Export of everything: one file with all data of this client, made on the device, with a page to read it without
//! this app.

use crate::{
    client::{Client, YearKey},
    component::{advisor::sender, pack::stage, question::edit::label},
    hooks::use_client,
    platform::export,
    schedule,
    text::{self, Export},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{Consent, GivenRevision};
use model::{
    hash::ContentHash,
    id::{ApprovalId, ClientId, PersonId},
};
use serde_json::{Value, json};
use ui::{answer::in_words, format, part::Icon};

/// Largest number of bytes of the export: what a phone's browser holds without trouble, and far below the format's
/// limits.
const LIMIT: u64 = 1024 * 1024 * 1024;

/// Progress of the export.
#[derive(Debug, Clone, Default, PartialEq)]
enum Progress {
    #[default]
    Idle,
    Busy(usize, usize),
    Ready {
        name: String,
        lacking: usize,
    },
    Failed,
}

/// A file that goes into the export.
#[derive(Debug, Clone, PartialEq)]
struct Item {
    path: String,
    source: Source,
}

#[derive(Debug, Clone, PartialEq)]
enum Source {
    File(ClientId, ContentHash),
    /// Evidence pack of an approval, at this stage.
    Evidence(YearKey, ApprovalId, u8),
}

/// Shows the card that explains the export, and its button.
#[component]
pub fn ExportCard(views: Vec<View>) -> Element {
    let client = use_client();
    let mut progress = use_signal(Progress::default);
    let Some(first) = views.first() else { return VNode::empty() };
    let language = first.language();
    let text = Export(language);
    let size: u64 = views.iter().map(size_of).sum();
    let words = format::file_size(size, language);
    let busy = matches!(*progress.read(), Progress::Busy(..));
    let begin = move |_| {
        if matches!(*progress.peek(), Progress::Busy(..)) {
            return;
        }
        let (client, views) = (client.clone(), views.clone());
        progress.set(Progress::Busy(0, 0));
        spawn(async move {
            let end = make(&client, &views, |done, of| progress.set(Progress::Busy(done, of))).await;
            progress.set(end.map_or(Progress::Failed, |(name, lacking)| Progress::Ready { name, lacking }));
        });
    };
    rsx! {
        section { class: "section", aria_labelledby: "meenemen",
            div { class: "section__head", h2 { id: "meenemen", {text.title()} } }
            div { class: "card card--pad stack",
                p { class: "muted", {text.lead(&words)} }
                if size > LIMIT {
                    p { {text.too_large(&words)} }
                } else {
                    button {
                        class: "btn btn--block",
                        r#type: "button",
                        aria_disabled: if busy { "true" },
                        onclick: begin,
                        Icon { name: "download" }
                        " "
                        {text.begin()}
                    }
                }
                div { class: "stack-s", role: "status",
                    match progress.read().clone() {
                        Progress::Idle => rsx! {},
                        Progress::Busy(done, of) => rsx! { p { class: "small muted", {text.busy(done, of)} } },
                        Progress::Failed => rsx! { p { class: "error", {text.failed()} } },
                        Progress::Ready { name, lacking } => rsx! {
                            p { {text.ready(&name)} }
                            if lacking > 0 {
                                p { class: "small", {text.lacking(lacking)} }
                            }
                        },
                    }
                }
            }
        }
    }
}

fn size_of(view: &View) -> u64 {
    let given: u64 = view.year.attachments.iter().filter(|a| a.receipt.is_none()).map(|a| a.attachment.size).sum();
    crate::client::files_of(&view.year).values().sum::<u64>() + given
}

/// Makes the export and passes it to the browser. Returns its name, and how many documents could not be loaded.
async fn make(client: &Client, views: &[View], on_progress: impl FnMut(usize, usize)) -> Option<(String, usize)> {
    let mut on_progress = on_progress;
    let first = views.first()?;
    let mut items = Vec::new();
    let years: Vec<_> = views.iter().map(|view| year_of(view, &mut items)).collect();
    let zip = export::begin().await.ok()?;
    let mut lacking = Vec::new();
    for (done, item) in items.iter().enumerate() {
        on_progress(done, items.len());
        let (client, source) = (client.clone(), item.source.clone());
        let got = schedule::run_to_end(async move {
            match source {
                Source::File(of, hash) => client.fetch_uncached(of, hash).await.ok(),
                Source::Evidence(year, approval, stage) => client.evidence(year, approval, stage).await.ok(),
            }
        });
        match got.await.flatten() {
            Some(bytes) => export::add(&zip, &item.path, &bytes).ok()?,
            None => lacking.push(item.path.clone()),
        }
    }
    let text = Export(first.language());
    let name = format!("akkoord-{}.zip", first.now.at_offset(first.offset).date());
    let page = json!({
        "language": first.language().tag(),
        "title": first.firm(),
        "made": text.made_at(&format::moment_long(first.now, first.offset, first.language())),
        "missing": text.missing(),
        "lacking": lacking,
        "years": years,
    });
    export::finish(&zip, &page.to_string(), &name).ok()?;
    Some((name, lacking.len()))
}

/// Returns a line of the page: what it is about, its text, by whom and when, and its file.
fn line(what: &str, said: &str, when: &str, file: Option<&str>) -> Value {
    json!([what, said, when, file])
}

fn year_of(view: &View, items: &mut Vec<Item>) -> Value {
    let text = text::Archive(view.language());
    let title = text.season(&view.tax_year());
    let mut groups = Vec::new();
    groups.push((title.clone(), returns(view, items)));
    groups.extend(checklists(view));
    groups.push((text::Messages(view.language()).title().to_owned(), messages(view, items)));
    groups.push((text.by_you().to_owned(), documents(view, items)));
    let groups: Vec<_> = groups.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    json!({ "title": title, "groups": groups })
}

/// Adds a file to the list, under a name that no other file has.
fn take(view: &View, items: &mut Vec<Item>, name: &str, source: Source) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }).collect();
    let path = format!("{}/{:03}-{}", view.tax_year(), items.len() + 1, plain.trim_start_matches('.'));
    items.push(Item { path: path.clone(), source });
    path
}

fn returns(view: &View, items: &mut Vec<Item>) -> Vec<Value> {
    let text = text::Archive(view.language());
    let of = view.key.client;
    let mut lines = Vec::new();
    for (_, delivery) in &view.year.deliveries {
        let path = take(view, items, &delivery.file.name, Source::File(of, delivery.file.hash));
        lines.push(line(&delivery.title, &delivery.by, &view.day(delivery.at), Some(&path)));
    }
    for given in view.year.revisions.iter().filter(|r| r.void.is_none()) {
        let name = given.title(view.language());
        let path = take(view, items, &given.revision.file.name, Source::File(of, given.revision.file.hash));
        let filed = given.filed_at().map(|at| text.filed(&view.day(at))).unwrap_or_default();
        lines.push(line(&name, &filed, &view.day(given.revision.at), Some(&path)));
        for (person, consent) in &given.consents {
            lines.extend(approval(view, items, given, *person, consent));
        }
    }
    lines
}

fn approval(
    view: &View,
    items: &mut Vec<Item>,
    given: &GivenRevision,
    person: PersonId,
    consent: &Consent,
) -> Option<Value> {
    let text = Export(view.language());
    let (id, approval, verdict) = consent.approval()?;
    let name = text.approval_of(view.year.given_name(person));
    // The firm gives the pack only to the person who approved, once it has checked the approval.
    let pack = (view.me == Some(person) && verdict.is_some()).then(|| {
        let name = format!("{} {}.zip", text.evidence(), given.title(view.language()));
        take(view, items, &name, Source::Evidence(view.key, *id, stage(given, *id)))
    });
    Some(line(&name, &consent.request.statement, &view.day(approval.at), pack.as_deref()))
}

fn checklists(view: &View) -> Vec<(String, Vec<Value>)> {
    let (language, people) = (view.language(), view.year.approvers());
    let mut groups = Vec::new();
    for (id, checklist) in &view.year.checklists {
        for section in &checklist.template.sections {
            let mut lines = Vec::new();
            for asked in checklist.template.asked(section, *id, &people, &view.year.answers) {
                asked.each(&mut |one| {
                    for answer in view.year.answers.at(&one.key) {
                        let said = in_words(&answer.value, one.question, language);
                        let by = format!("{}, {}", view.year.given_name(answer.by), view.day(answer.at));
                        lines.push(line(&label(view, one), &said, &by, None));
                    }
                });
            }
            groups
                .push((format!("{}: {}", checklist.template.title.get(language), section.title.get(language)), lines));
        }
    }
    groups
}

fn messages(view: &View, items: &mut Vec<Item>) -> Vec<Value> {
    let mut lines = Vec::new();
    for (subject, messages) in view.year.threads() {
        let about = view.year.subject_title(&subject, view.language()).unwrap_or_default();
        for message in messages {
            let (_, name) = sender(view, &message.from);
            let day = view.day(message.at);
            let when = if about.is_empty() { day } else { format!("{day}, {about}") };
            lines.push(line(&name, &message.body, &when, None));
            for file in &message.files {
                let path = take(view, items, &file.name, Source::File(view.key.client, file.hash));
                lines.push(line("", &file.name, "", Some(&path)));
            }
        }
    }
    lines
}

fn documents(view: &View, items: &mut Vec<Item>) -> Vec<Value> {
    let mut lines = Vec::new();
    for given in view.year.attachments.iter().filter(|a| a.withdrawal.is_none()) {
        let attachment = &given.attachment;
        let path = take(view, items, &attachment.name, Source::File(view.key.client, attachment.hash));
        let kind = ui::document::said(attachment.kind, attachment.year, view.language());
        let note = (!attachment.note.is_empty()).then(|| format!("“{}”", attachment.note));
        let said: Vec<_> = [kind, note].into_iter().flatten().collect();
        let by = format!("{}, {}", view.year.given_name(attachment.by), view.day(attachment.at));
        lines.push(line(&attachment.name, &said.join(" "), &by, Some(&path)));
    }
    lines
}
