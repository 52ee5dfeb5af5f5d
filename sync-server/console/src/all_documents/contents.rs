//! What of a client's year goes along, in which folder and under which name; and what does not, with the reason.

use super::text::{Index, Named};
use crate::{dossier::document::text::Documents, part::time_format::TimeFormat};
use documents::dossier::{DocumentState, DossierYear, GivenAttachment, GivenRevision, Sender};
use model::{
    hash::ContentHash,
    id::{ApprovalId, AttachmentId, ChecklistId, PersonId},
    language::Language,
    record::{DeliveredFile, DocumentKind},
    time::Timestamp,
};
use std::collections::BTreeSet;

/// The largest number of characters in front of a name that say what a document is.
const LONGEST_KIND: usize = 40;

/// The folders of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    Answers,
    Documents,
    Messages,
    Returns,
    Approvals,
    Archive,
}

/// Something of a year: a file that goes along, or one that does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub folder: Folder,
    /// The name that it would have if every system took every name.
    pub name: String,
    /// Who gave it.
    pub from: String,
    /// The moment at which it was given; none for what is made now.
    pub at: Option<Timestamp>,
    pub remark: String,
    pub source: Source,
}

/// Where the bytes of an item come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From the store.
    Stored { hash: ContentHash, size: u64 },
    /// The answers to a checklist, as a PDF.
    AnswersAsPdf(ChecklistId),
    /// The answers to a checklist, for a spreadsheet.
    AnswersAsCsv(ChecklistId),
    /// The evidence pack of an approval.
    Evidence(ApprovalId),
    /// From nowhere: the remark says why. The hash is what was announced.
    Absent(Option<ContentHash>),
}

impl Folder {
    pub fn name(self, language: Language) -> &'static str {
        let t = Named(language);
        match self {
            Self::Answers => t.answers(),
            Self::Documents => t.documents(),
            Self::Messages => t.messages(),
            Self::Returns => t.returns(),
            Self::Approvals => t.approvals(),
            Self::Archive => t.archive(),
        }
    }
}

impl Source {
    fn of(file: &DeliveredFile) -> Self {
        Self::Stored { hash: file.hash, size: file.size }
    }

    pub fn is_absent(self) -> bool {
        matches!(self, Self::Absent(_))
    }
}

/// Returns everything of a year, by folder and oldest first.
pub fn of(year: &DossierYear, time_format: TimeFormat) -> Vec<Item> {
    let mut items = answers(year, time_format.language);
    let with_messages: BTreeSet<_> = year.messages.iter().flat_map(|message| message.attachments.iter()).collect();
    items.extend(year.attachments.iter().rev().map(|given| attachment(year, time_format, given, &with_messages)));
    items.extend(of_messages(year));
    for given in year.revisions.iter().rev() {
        revision(year, time_format, given, &mut items);
    }
    items.extend(year.deliveries.iter().rev().map(|(_, delivery)| Item {
        folder: Folder::Archive,
        name: delivery.title.clone(),
        from: delivery.by.clone(),
        at: Some(delivery.at),
        remark: String::new(),
        source: Source::of(&delivery.file),
    }));
    // What was taken back is no part of the client's documents any more.
    for item in &mut items {
        if let Source::Stored { hash, .. } = item.source
            && year.is_recalled_file(&hash)
        {
            item.source = Source::Absent(Some(hash));
            item.remark = Index(time_format.language).recalled().to_owned();
        }
    }
    items
}

fn answers(year: &DossierYear, language: Language) -> Vec<Item> {
    let both = |(id, checklist): (&ChecklistId, &std::sync::Arc<model::record::Checklist>)| {
        let progress = year.progress(*id);
        let given = Documents(language).answered_of(progress.answered, progress.asked);
        [Source::AnswersAsPdf(*id), Source::AnswersAsCsv(*id)].map(|source| Item {
            folder: Folder::Answers,
            name: checklist.template.title.get(language).to_owned(),
            from: String::new(),
            at: None,
            remark: Index(language).answers_of(&given),
            source,
        })
    };
    year.checklists.iter().filter(|(id, _)| !year.is_recalled_checklist(**id)).flat_map(both).collect()
}

fn attachment(
    year: &DossierYear,
    time_format: TimeFormat,
    given: &GivenAttachment,
    with_messages: &BTreeSet<&AttachmentId>,
) -> Item {
    let (t, d) = (Index(time_format.language), Documents(time_format.language));
    let attachment = &given.attachment;
    let state = year.document_state(given);
    let mut remarks = Vec::new();
    let source = match (&given.receipt, state) {
        (_, DocumentState::Withdrawn) => {
            remarks.push(t.withdrawn().to_owned());
            Source::Absent(Some(attachment.hash))
        }
        (Some(receipt), _) => Source::Stored { hash: receipt.hash, size: receipt.size },
        (None, _) => {
            remarks.push(t.never_arrived().to_owned());
            Source::Absent(Some(attachment.hash))
        }
    };
    match (state, &given.intake) {
        (DocumentState::TakenIn, _) => remarks.push(d.taken_in().to_owned()),
        (DocumentState::SentBack, Some(intake)) => remarks.push(d.said(&intake.remark)),
        (DocumentState::Replaced, _) => remarks.push(d.replaced().to_owned()),
        _ => {}
    }
    let belongs_to = belongs_to(year, time_format.language, given);
    remarks.extend(belongs_to.map(|what| d.belongs_to(&what)));
    remarks.extend(ui::document::said(attachment.kind, attachment.year, time_format.language));
    remarks.extend((!attachment.note.is_empty()).then(|| format!("“{}”", attachment.note)));
    Item {
        folder: if with_messages.contains(&given.id) { Folder::Messages } else { Folder::Documents },
        name: readable(year, time_format.language, given),
        from: full_name(year, attachment.by),
        at: Some(attachment.at),
        remark: remarks.join(". "),
        source,
    }
}

/// Returns the name of a document with what it is in front, because cameras and scanners only count: *Jaaropgave -
/// IMG_2041.jpg*.
fn readable(year: &DossierYear, language: Language, given: &GivenAttachment) -> String {
    let name = &given.attachment.name;
    let kind = given.attachment.kind.filter(|kind| *kind != DocumentKind::Other);
    let what = requested(year, given).or_else(|| kind.map(|kind| ui::document::kind(kind, language).to_owned()));
    let what: String = what.unwrap_or_default().chars().take(LONGEST_KIND).collect();
    if name.to_lowercase().contains(&what.to_lowercase()) { name.clone() } else { format!("{what} - {name}") }
}

/// Returns the question, or the item of a request, for which a document was given.
fn belongs_to(year: &DossierYear, language: Language, given: &GivenAttachment) -> Option<String> {
    let question = given.attachment.answers.as_ref().and_then(|key| year.question(key));
    question.map(|question| question.text.get(language).to_owned()).or_else(|| requested(year, given))
}

/// Returns the item of a request for which a document was given.
fn requested(year: &DossierYear, given: &GivenAttachment) -> Option<String> {
    let task = year.task(given.attachment.task?)?;
    let number = given.attachment.item.unwrap_or(0);
    let items = year.items(task);
    items.iter().find(|item| item.key.item == number).map(|item| item.item.title.clone())
}

/// Returns the files that the firm sent with messages.
fn of_messages(year: &DossierYear) -> impl Iterator<Item = Item> {
    year.messages.iter().flat_map(|message| {
        message.files.iter().map(|file| Item {
            folder: Folder::Messages,
            name: file.name.clone(),
            from: match &message.from {
                Sender::Person(person) => full_name(year, *person),
                Sender::Advisor(name) => name.clone(),
            },
            at: Some(message.at),
            remark: String::new(),
            source: Source::of(file),
        })
    })
}

/// Adds a version of a return, and what was said of it.
fn revision(year: &DossierYear, time_format: TimeFormat, given: &GivenRevision, items: &mut Vec<Item>) {
    let (t, named) = (Index(time_format.language), Named(time_format.language));
    let title = given.tax_return().map(|first| first.title(time_format.language)).unwrap_or_default();
    let taxpayers: Vec<_> = given.tax_returns.iter().map(|(_, one)| one.taxpayer_name.as_str()).collect();
    let name = named.revision(&title, &taxpayers.join(", "), given.revision.number);
    let filed = given.filed_at().map(|at| t.filed(&time_format.long(at)));
    let void = given.void.as_ref().map(|_| t.void().to_owned());
    let item = |folder, name, from: &str, at, source| Item {
        folder,
        name,
        from: from.to_owned(),
        at: Some(at),
        remark: String::new(),
        source,
    };
    items.push(Item {
        remark: filed.into_iter().chain(void).collect::<Vec<_>>().join(". "),
        ..item(Folder::Returns, name.clone(), &given.revision.by, given.revision.at, Source::of(&given.revision.file))
    });
    for (person, consent) in &given.consents {
        let who = full_name(year, *person);
        for (id, approval, verdict) in &consent.approvals {
            let (source, remark) = match (&given.recall, verdict) {
                (Some(_), _) => (Source::Absent(None), t.recalled()),
                (None, Some(_)) => (Source::Evidence(*id), ""),
                (None, None) => (Source::Absent(None), t.no_evidence()),
            };
            items.push(Item {
                remark: remark.to_owned(),
                ..item(Folder::Approvals, named.approval(&who, &name), &who, approval.at, source)
            });
        }
        if let Some(paper) = &consent.paper {
            let source = Source::of(&paper.file);
            items.push(item(Folder::Approvals, named.paper(&who, &name), &paper.by, paper.at, source));
        }
    }
}

fn full_name(year: &DossierYear, person: PersonId) -> String {
    year.people.get(&person).map_or("?", |person| &person.name).to_owned()
}
