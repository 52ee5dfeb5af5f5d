//! What is checked of a change before it is made: its size, its moments, its author, and whether what its records are
//! about is there and may be written about by this author.

use super::{
    change::{Author, MAX_DEPS, MAX_VALUE, MAX_WRITES, Premises, ProposedChange, TOO_MANY_HEADS},
    reason::Reason,
};
use crate::document::Document;
use model::{
    checklist::AnswerKey,
    id::{PersonId, RevisionId},
    record::*,
    section::{ClientRecord, Party, Record, Section, Write},
};
use std::collections::BTreeSet;

/// Checks a change, and returns the records that it writes. `document` has everything up to this change.
pub(super) fn check(
    change: &ProposedChange,
    author: Author,
    document: &Document,
    premises: &Premises<'_>,
) -> Result<Vec<ClientRecord>, Reason> {
    if change.writes.is_empty() || change.writes.len() > MAX_WRITES || change.deps.len() > MAX_DEPS {
        return Err(Reason::TooLarge);
    }
    let heads = document.heads();
    if heads.iter().filter(|head| !change.deps.contains(head)).count() + 1 >= TOO_MANY_HEADS {
        return Err(Reason::TooManyHeads);
    }
    let mut places = BTreeSet::new();
    let mut records = Vec::with_capacity(change.writes.len());
    for write in &change.writes {
        // A record that the same change overwrites would be checked and never be seen.
        if !places.insert((write.section.name(), write.key.as_str())) {
            return Err(Reason::WrittenOnce);
        }
        records.push(check_write(write, author, document)?);
    }
    let is_possible = |record: &mut ClientRecord| record.moments().iter().all(|at| at.is_possible(premises.now));
    if !change.at.is_possible(premises.now) || !records.iter_mut().all(is_possible) {
        return Err(Reason::WrongClock);
    }
    let known = Known { author: author.person, document, premises, change, records: &records };
    records.iter().try_for_each(|record| known.check(record))?;
    Ok(records)
}

fn check_write(write: &Write, author: Author, document: &Document) -> Result<ClientRecord, Reason> {
    if write.value.len() > MAX_VALUE {
        return Err(Reason::TooLarge);
    }
    if write.section.party() != Party::Client {
        return Err(Reason::WrongParty);
    }
    let record = ClientRecord::read(write).ok_or(Reason::Malformed)?;
    if record.author() != author.person {
        return Err(Reason::WrongAuthor);
    }
    if !record.is_allowed(author.role) {
        return Err(Reason::NotAllowed);
    }
    if !record.is_sound() {
        return Err(Reason::Malformed);
    }
    if !write.section.is_rewritten() && document.contains(write.section, &write.key) {
        return Err(Reason::WrittenOnce);
    }
    Ok(record)
}

/// Returns what a record says of what, for records of which there may be [`MAX_CONSENTS`].
fn said_about(record: &ClientRecord) -> Option<(&'static str, [u8; 16])> {
    match record {
        ClientRecord::Approval(_, given) => Some(("approved", *given.revision.as_bytes())),
        ClientRecord::Decline(_, given) => Some(("declined", *given.revision.as_bytes())),
        ClientRecord::Countersignature(_, given) => Some(("confirmed", *given.approval.as_bytes())),
        _ => None,
    }
}

/// What is there for the records of a change: the firm's records, those of the client up to the change, and those of
/// the change itself.
struct Known<'k> {
    author: PersonId,
    document: &'k Document,
    premises: &'k Premises<'k>,
    change: &'k ProposedChange,
    records: &'k [ClientRecord],
}

impl Known<'_> {
    fn check(&self, record: &ClientRecord) -> Result<(), Reason> {
        record.subjects().iter().try_for_each(|subject| self.check_subject(subject))?;
        let before = match record {
            ClientRecord::Approval(_, given) => self.count(|a: &Approval| a.revision == given.revision),
            ClientRecord::Decline(_, given) => self.count(|d: &Decline| d.revision == given.revision),
            ClientRecord::Countersignature(_, given) => self.count(|c: &Countersignature| c.approval == given.approval),
            _ => return Ok(()),
        };
        let here = self.records.iter().filter(|other| said_about(other) == said_about(record)).count();
        if before + here <= MAX_CONSENTS { Ok(()) } else { Err(Reason::TooOften) }
    }

    fn check_subject(&self, subject: &Subject) -> Result<(), Reason> {
        let year = self.premises.year;
        let is_there = match subject {
            Subject::Question(key) => self.is_asked(key),
            Subject::Person(person) => year.people.contains_key(person),
            Subject::Checklist(checklist) => year.checklists.contains_key(checklist),
            Subject::Task(task) => year.task(*task).is_some(),
            Subject::Payment(task) => {
                year.task(*task).is_some_and(|given| matches!(given.task.kind, TaskKind::Payment(_)))
            }
            Subject::Item(key) => self.is_requested(*key),
            Subject::Revision(revision) => self.is_set_out(*revision),
            Subject::Attachment(id) => self.author_of::<Attachment>(id).is_some(),
            Subject::OwnAttachment(id) => return self.is_own(self.author_of::<Attachment>(id)),
            Subject::OwnProposal(id) => return self.is_own(self.author_of::<ChangeProposal>(id)),
            Subject::OwnApproval(id) => return self.is_own(self.author_of::<Approval>(id)),
        };
        if is_there { Ok(()) } else { Err(Reason::UnknownSubject) }
    }

    fn is_own(&self, author: Option<PersonId>) -> Result<(), Reason> {
        match author {
            Some(author) if author == self.author => Ok(()),
            Some(_) => Err(Reason::WrongAuthor),
            None => Err(Reason::UnknownSubject),
        }
    }

    /// Returns true if a checklist that was ever set out asks this: a device that did not hear of what happened since
    /// may still answer.
    fn is_asked(&self, key: &AnswerKey) -> bool {
        let year = self.premises.year;
        year.question(key).is_some() && key.person.is_none_or(|person| year.people.contains_key(&person))
    }

    fn is_requested(&self, key: ItemKey) -> bool {
        let kind = self.premises.year.task(key.task).map(|given| &given.task.kind);
        let place = usize::try_from(key.item).unwrap_or(usize::MAX);
        matches!(kind, Some(TaskKind::DocumentRequest(items)) if place < items.len())
    }

    fn is_set_out(&self, revision: RevisionId) -> bool {
        self.premises.year.revision(revision).is_some()
    }

    /// Returns who wrote the record under `key`, in the change itself or before it.
    fn author_of<R: Record + ClientWritten>(&self, key: &<R as Record>::Key) -> Option<PersonId> {
        let (section, text): (Section, _) = (R::SECTION, key.to_string());
        let together = self.change.writes.iter().zip(self.records);
        let here = together.into_iter().find(|(write, _)| write.section == section && write.key == text);
        here.map(|(_, record)| record.author()).or_else(|| self.document.record::<R>(key).map(|r| r.author()))
    }

    /// Counts the author's records that were there before the change.
    fn count<R: Record + ClientWritten>(&self, is_about_the_same: impl Fn(&R) -> bool) -> usize {
        let places = self.document.records::<R>(&mut Vec::new());
        let records = places.iter().flat_map(|(_, records)| records);
        records.filter(|record| record.author() == self.author && is_about_the_same(record)).count()
    }
}
