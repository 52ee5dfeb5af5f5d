//! Validation by replay: a client sends the records that it wrote and the hash
//! of the change that resulted. The server makes the same change itself and
//! accepts it only if the hash is the same. Automerge never parses a byte that a
//! client sent.

use crate::document::{Document, DocumentError, RawChange};
use model::{
    checklist::{AnswerKey, AnswerValue},
    id::*,
    money::Cents,
    record::*,
    section::{Party, Record, Section, Write, record_json},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The maximum number of changes in one push.
pub const MAX_CHANGES: usize = 200;
/// The maximum number of records in one change.
pub const MAX_WRITES: usize = 2_000;
/// The maximum number of changes that one change is based on.
pub const MAX_DEPS: usize = 16;
/// The maximum size of a record's JSON in bytes.
pub const MAX_VALUE: usize = 16_384;

/// A change that a client made and wants accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedChange {
    /// The Automerge actor: 16 random bytes of one run of one device.
    pub actor: [u8; 16],
    /// The moment at which it was made, by the clock of the device.
    pub at: Timestamp,
    /// The hashes of the changes that it is based on, sorted.
    pub deps: Vec<[u8; 32]>,
    /// The hash of the change, as the device computed it.
    pub hash: [u8; 32],
    /// The records that were written.
    pub writes: Vec<Write>,
}

impl ProposedChange {
    /// Makes a change in `document`. Returns it with its raw bytes for this device's own
    /// store; `None` if nothing would change.
    pub fn make(
        document: &mut Document,
        actor: [u8; 16],
        at: Timestamp,
        writes: Vec<Write>,
    ) -> Result<Option<(Self, RawChange)>, DocumentError> {
        let deps = document.heads();
        let raw = document.write(&actor, at, &writes)?;
        Ok(raw.map(|raw| (Self { actor, at, deps, hash: raw.hash, writes }, raw)))
    }
}

/// The person who sends changes, whom the server knows from the session and never from a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The person.
    pub person: PersonId,
    /// The role of the person.
    pub role: Role,
}

/// A record that passed, with its type.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the record of its name under its key")]
pub enum ClientRecord {
    Answer(AnswerKey, Answer),
    Attachment(AttachmentId, Attachment),
    Withdrawal(AttachmentId, Withdrawal),
    HandIn(HandInId, HandIn),
    Approval(ApprovalId, Approval),
    Decline(DeclineId, Decline),
    Message(MessageId, Message),
    Opening(PerPerson, Opening),
    ItemReply(ItemKey, ItemReply),
    Reading(PersonId, Reading),
    Preferences(PersonId, Preferences),
    Proposal(ProposalId, ChangeProposal),
    ProposalWithdrawal(ProposalId, ProposalWithdrawal),
    ApprovalWithdrawal(ApprovalId, ApprovalWithdrawal),
    Countersignature(CountersignatureId, Countersignature),
}

/// The reasons why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Reason {
    /// It has more changes, records or bytes than a push may have.
    #[error("too large")]
    TooLarge,
    /// It is based on a change that the server does not have.
    #[error("unknown dependency")]
    UnknownDependency,
    /// The section belongs to the other party.
    #[error("not this party's to write")]
    WrongParty,
    /// The key or the content does not fit the section.
    #[error("malformed record")]
    Malformed,
    /// It names another person as its author.
    #[error("another author")]
    WrongAuthor,
    /// The person's role does not allow it.
    #[error("role does not allow this")]
    NotAllowed,
    /// It would overwrite something that is written once.
    #[error("written once")]
    WrittenOnce,
    /// Nothing would change.
    #[error("no effect")]
    NoEffect,
    /// The replay resulted in another hash.
    #[error("other hash")]
    OtherHash,
    /// The actor belongs to another device.
    #[error("another device's actor")]
    WrongActor,
    /// The document is unknown, or the person has no access to it.
    #[error("unknown document")]
    UnknownDocument,
    /// The server failed; trying again may help.
    #[error("server failure")]
    ServerFailure,
}

/// The first change of a batch that is refused, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The position in the batch.
    pub index: usize,
    /// The reason of the refusal.
    pub reason: Reason,
}

/// A change that was accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The hash of the change.
    pub hash: [u8; 32],
    /// Automerge's own bytes, made by this side.
    pub bytes: Vec<u8>,
    /// The actor that made it.
    pub actor: [u8; 16],
    /// The records that it wrote.
    pub records: Vec<ClientRecord>,
}

/// Replays `batch` on a copy of `document`. Returns the new document and the
/// changes that are new in it (those it has already are skipped), or the
/// first refusal, in which case nothing of the batch is accepted.
pub fn replay(
    document: &Document,
    batch: &[ProposedChange],
    author: Author,
) -> Result<(Document, Vec<Accepted>), Refusal> {
    if batch.len() > MAX_CHANGES {
        return Err(Refusal { index: 0, reason: Reason::TooLarge });
    }
    let mut merged = document.clone();
    let mut work: Option<Document> = None;
    let mut accepted = Vec::new();
    for (index, change) in batch.iter().enumerate() {
        let refuse = |reason| Refusal { index, reason };
        if merged.has(&change.hash) {
            continue;
        }
        let records = check(change, author, &merged).map_err(refuse)?;
        let mut at_deps = match work.take() {
            Some(work) if work.heads() == change.deps => work,
            _ => document_at(&merged, &change.deps).map_err(refuse)?,
        };
        let raw = at_deps.write(&change.actor, change.at, &change.writes).map_err(|_| refuse(Reason::Malformed))?;
        let raw = raw.ok_or(refuse(Reason::NoEffect))?;
        if raw.hash != change.hash {
            return Err(refuse(Reason::OtherHash));
        }
        merged.apply([raw.bytes.as_slice()]).map_err(|_| refuse(Reason::Malformed))?;
        accepted.push(Accepted { hash: raw.hash, bytes: raw.bytes, actor: change.actor, records });
        work = Some(at_deps);
    }
    Ok((merged, accepted))
}

fn document_at(merged: &Document, deps: &[[u8; 32]]) -> Result<Document, Reason> {
    if merged.heads() == deps {
        return Ok(merged.clone());
    }
    if deps.is_empty() || !deps.iter().all(|d| merged.has(d)) {
        return Err(Reason::UnknownDependency);
    }
    let at_deps = merged.at(deps).map_err(|_| Reason::UnknownDependency)?;
    // A device can have had these heads only if none of them contains another.
    if at_deps.heads() == deps { Ok(at_deps) } else { Err(Reason::UnknownDependency) }
}

fn check(change: &ProposedChange, author: Author, document: &Document) -> Result<Vec<ClientRecord>, Reason> {
    if change.writes.is_empty() || change.writes.len() > MAX_WRITES || change.deps.len() > MAX_DEPS {
        return Err(Reason::TooLarge);
    }
    let mut places = BTreeSet::new();
    let checked = change.writes.iter().map(|write| {
        // A record that the same change overwrites would be checked and never be seen.
        let is_first = places.insert((write.section.name(), write.key.as_str()));
        if is_first { check_write(write, author, document) } else { Err(Reason::WrittenOnce) }
    });
    checked.collect()
}

fn check_write(write: &Write, author: Author, document: &Document) -> Result<ClientRecord, Reason> {
    if write.value.len() > MAX_VALUE {
        return Err(Reason::TooLarge);
    }
    if write.section.party() != Party::Client {
        return Err(Reason::WrongParty);
    }
    let record = parse(write)?;
    if record.author() != author.person {
        return Err(Reason::WrongAuthor);
    }
    if !record.allowed_to(author.role) {
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

fn parse(write: &Write) -> Result<ClientRecord, Reason> {
    match write.section {
        Section::Answers => typed(write, ClientRecord::Answer),
        Section::Attachments => typed(write, ClientRecord::Attachment),
        Section::Withdrawals => typed(write, ClientRecord::Withdrawal),
        Section::HandIns => typed(write, ClientRecord::HandIn),
        Section::Approvals => typed(write, ClientRecord::Approval),
        Section::Declines => typed(write, ClientRecord::Decline),
        Section::Messages => typed(write, ClientRecord::Message),
        Section::Openings => typed(write, ClientRecord::Opening),
        Section::ItemReplies => typed(write, ClientRecord::ItemReply),
        Section::Readings => typed(write, ClientRecord::Reading),
        Section::Preferences => typed(write, ClientRecord::Preferences),
        Section::Proposals => typed(write, ClientRecord::Proposal),
        Section::ProposalWithdrawals => typed(write, ClientRecord::ProposalWithdrawal),
        Section::ApprovalWithdrawals => typed(write, ClientRecord::ApprovalWithdrawal),
        Section::Countersignatures => typed(write, ClientRecord::Countersignature),
        _ => Err(Reason::WrongParty),
    }
}

/// Reads a record. Only its canonical form passes, so nothing can be
/// smuggled in beside the known fields.
fn typed<R: Record>(write: &Write, wrap: fn(R::Key, R) -> ClientRecord) -> Result<ClientRecord, Reason> {
    let key: R::Key = write.key.parse().map_err(|_| Reason::Malformed)?;
    let record: R = serde_json::from_str(&write.value).map_err(|_| Reason::Malformed)?;
    if record_json(&record) == write.value && key.to_string() == write.key {
        Ok(wrap(key, record))
    } else {
        Err(Reason::Malformed)
    }
}

impl ClientRecord {
    /// Returns the person whom the record names as its author.
    pub fn author(&self) -> PersonId {
        match self {
            Self::Answer(_, r) => r.by,
            Self::Attachment(_, r) => r.by,
            Self::Withdrawal(_, r) => r.by,
            Self::HandIn(_, r) => r.by,
            Self::Approval(_, r) => r.by,
            Self::Decline(_, r) => r.by,
            Self::Message(_, r) => r.by,
            Self::Opening(_, r) => r.by,
            Self::ItemReply(_, r) => r.by,
            Self::Reading(_, r) => r.by,
            Self::Preferences(_, r) => r.by,
            Self::Proposal(_, r) => r.by,
            Self::ProposalWithdrawal(_, r) => r.by,
            Self::ApprovalWithdrawal(_, r) => r.by,
            Self::Countersignature(_, r) => r.by,
        }
    }

    fn allowed_to(&self, role: Role) -> bool {
        match (role, self) {
            (Role::Approver, _) | (_, Self::Opening(..) | Self::Reading(..) | Self::Preferences(..)) => true,
            (
                Role::Filler,
                Self::Approval(..) | Self::Decline(..) | Self::ApprovalWithdrawal(..) | Self::Countersignature(..),
            ) => false,
            (Role::Filler, _) => true,
            (Role::Reader, _) => false,
        }
    }

    fn is_sound(&self) -> bool {
        match self {
            Self::Answer(key, answer) => match &answer.value {
                AnswerValue::Text(text) | AnswerValue::DontHave(text) => is_short(text),
                AnswerValue::Choice(id) => id.len() <= 40,
                AnswerValue::Amount(Cents(cents)) => (-Cents::LIMIT..=Cents::LIMIT).contains(cents),
                AnswerValue::Number(hundredths) => (-Cents::LIMIT..=Cents::LIMIT).contains(hundredths),
                AnswerValue::Row(_) => key.row.is_some(),
                _ => true,
            },
            Self::Attachment(_, attachment) => {
                let name = attachment.name.trim();
                !name.is_empty()
                    && name.len() <= 255
                    && !name.contains(|c: char| c.is_control() || c == '/' || c == '\\')
                    && attachment.media_type.len() <= 100
                    && (1..=MAX_ATTACHMENT).contains(&attachment.size)
                    && is_short(&attachment.note)
                    && !has_control(&attachment.note)
            }
            Self::Decline(_, decline) => !decline.reason.trim().is_empty() && is_short(&decline.reason),
            Self::ApprovalWithdrawal(_, withdrawal) => {
                !withdrawal.reason.trim().is_empty() && is_short(&withdrawal.reason)
            }
            Self::Message(_, message) => {
                (!message.body.trim().is_empty() || !message.attachments.is_empty())
                    && is_short(&message.body)
                    && message.attachments.len() <= MAX_ITEMS
            }
            Self::Opening(key, opening) => key.person == opening.by,
            Self::ItemReply(_, reply) => match &reply.reply {
                Reply::DontHave(reason) => is_short(reason),
                Reply::Open | Reply::NotApplicable => true,
            },
            Self::Reading(person, reading) => *person == reading.by,
            Self::Preferences(person, preferences) => *person == preferences.by,
            Self::Proposal(_, proposal) => {
                (!proposal.changes.is_empty() || proposal.circumstance != Circumstance::Details)
                    && proposal.changes.len() <= MAX_ITEMS
                    && is_short(&proposal.remark)
                    && !has_control(&proposal.remark)
                    && proposal
                        .changes
                        .iter()
                        .all(|c| is_line(&c.old) && c.field.read(&c.new).is_ok_and(|n| n == c.new))
            }
            Self::Withdrawal(..)
            | Self::HandIn(..)
            | Self::Approval(..)
            | Self::ProposalWithdrawal(..)
            | Self::Countersignature(..) => true,
        }
    }
}

/// Returns true if a text contains characters that no text of a person has.
fn has_control(text: &str) -> bool {
    text.contains(|c: char| c.is_control() && c != '\n' && c != '\t')
}

/// Returns true if a text fits on one line of a form.
fn is_line(text: &str) -> bool {
    text.chars().count() <= 200 && !text.contains(char::is_control)
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= MAX_TEXT
}
