//! The records that the client's people write.

use super::Signature;
use crate::{
    checklist::{AnswerKey, AnswerValue},
    hash::ContentHash,
    id::*,
    language::Language,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// An answer to one question, in the place of its [`AnswerKey`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The content of the answer.
    pub value: AnswerValue,
    /// The person who answered.
    pub by: PersonId,
    /// The moment at which it was given, by the clock of the device.
    pub at: Timestamp,
}

/// A file that a person gives. The bytes are sent separately; the firm's [`super::Receipt`]
/// says that they arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file name, or the name that the person gave it.
    pub name: String,
    /// The MIME type, as the device saw it; the server determines it itself.
    pub media_type: String,
    /// The size in bytes.
    pub size: u64,
    /// The hash of the file's bytes.
    pub hash: ContentHash,
    /// The person who gave it.
    pub by: PersonId,
    /// The moment at which it was given, by the clock of the device.
    pub at: Timestamp,
    /// The question that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswerKey>,
    /// The document request that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The item of that request, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// The kind of document, as the person says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DocumentKind>,
    /// The attachment that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AttachmentId>,
    /// The year that the document is about, if it is not the dossier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// A note by the person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The kinds of document that people can choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// An annual statement of wages, pension or benefit.
    AnnualStatement,
    /// An overview of a bank or of investments.
    BankStatement,
    /// An annual statement of a mortgage or loan.
    MortgageStatement,
    /// A WOZ decision, which states the value of a property.
    PropertyValue,
    /// An invoice or receipt.
    Invoice,
    /// A letter or assessment of the tax authority.
    TaxLetter,
    /// A contract, deed or judgment.
    Contract,
    /// Something else.
    Other,
}

impl DocumentKind {
    /// All kinds, in the order in which people choose.
    pub const ALL: [Self; 8] = [
        Self::AnnualStatement,
        Self::BankStatement,
        Self::MortgageStatement,
        Self::PropertyValue,
        Self::Invoice,
        Self::TaxLetter,
        Self::Contract,
        Self::Other,
    ];
}

/// The withdrawal of an attachment. Keyed by [`AttachmentId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The person who withdrew it.
    pub by: PersonId,
    /// The moment at which it was withdrawn, by the clock of the device.
    pub at: Timestamp,
}

/// A checklist that the client declared complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    /// The checklist that was handed in.
    pub checklist: ChecklistId,
    /// The person who handed it in.
    pub by: PersonId,
    /// The moment at which it was handed in, by the clock of the device.
    pub at: Timestamp,
}

/// A person's signed consent to one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The revision whose exact bytes were read.
    pub revision: RevisionId,
    /// The person who approved.
    pub by: PersonId,
    /// The moment at which it was approved, by the clock of the device.
    pub at: Timestamp,
    /// The signature over [`crate::approval::challenge`].
    #[serde(flatten)]
    pub signature: Signature,
}

/// A person's refusal of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decline {
    /// The revision that was refused.
    pub revision: RevisionId,
    /// The person who refused.
    pub by: PersonId,
    /// The moment at which it was refused, by the clock of the device.
    pub at: Timestamp,
    /// The reason of the refusal.
    pub reason: String,
}

/// A message to the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The person who wrote it.
    pub by: PersonId,
    /// The moment at which it was written, by the clock of the device.
    pub at: Timestamp,
    /// The text.
    pub body: String,
    /// The task that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<TaskId>,
    /// The answer that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerKey>,
    /// The documents that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
}

/// A person's reply to one item of a document request for which no document
/// comes. It is overwritten when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemReply {
    /// The reply itself.
    pub reply: Reply,
    /// The person who replied.
    pub by: PersonId,
    /// The moment of the reply, by the clock of the device.
    pub at: Timestamp,
}

/// The reasons why no document comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The reply was withdrawn: a document is to come after all.
    Open,
    /// The item does not apply.
    NotApplicable,
    /// The document cannot be given, for this reason.
    DontHave(String),
}

/// The point up to which a person has read the firm's messages. It is overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The person who read.
    pub by: PersonId,
    /// The moment of reading, by the clock of the device.
    pub at: Timestamp,
    /// The moment of the newest message that was shown.
    pub through: Timestamp,
}

/// A person's preferences about the portal. They are overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The person whose preferences they are.
    pub by: PersonId,
    /// The moment at which they were chosen, by the clock of the device.
    pub at: Timestamp,
    /// The language of the screens and the mails.
    pub language: Language,
    /// True if the person wants mails before and after a due date.
    pub reminders: bool,
    /// True if the person wants mails when the firm writes a message.
    pub messages: bool,
}

/// A change in somebody's circumstances that the client reports to the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeProposal {
    /// The person who reported it.
    pub by: PersonId,
    /// The moment at which it was reported, by the clock of the device.
    pub at: Timestamp,
    /// The person whose details change.
    pub person: PersonId,
    /// The event that caused the change.
    pub circumstance: Circumstance,
    /// The day from which it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// The details that change, each with its old and new value.
    pub changes: Vec<DetailChange>,
    /// A remark by the person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// The withdrawal of a change proposal before the firm accepted it. Keyed
/// by [`ProposalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalWithdrawal {
    /// The person who withdrew it.
    pub by: PersonId,
    /// The moment at which it was withdrawn, by the clock of the device.
    pub at: Timestamp,
}

/// The events in somebody's life that change their details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// No event: only the details themselves changed.
    Details,
    /// Marriage or registered partnership.
    Marriage,
    /// Living together.
    Cohabitation,
    /// Divorce or the end of living together.
    Divorce,
    /// Another home address.
    Move,
    /// A child was born.
    Birth,
    /// Somebody died.
    Death,
    /// Another job, or the loss of a job.
    Job,
    /// A house was bought or sold.
    House,
    /// Something else.
    Other,
}

/// A detail of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetailField {
    /// Full name.
    Name,
    /// Street and house number.
    Street,
    /// Postal code.
    PostalCode,
    /// Place.
    City,
    /// Country.
    Country,
    /// Telephone number.
    Phone,
    /// Mail address.
    Email,
    /// The account number for refunds.
    Iban,
    /// The citizen service number, which is shown masked.
    Bsn,
    /// The civil status, in words.
    CivilStatus,
}

/// A detail with its old and its new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailChange {
    /// The detail that changes.
    pub field: DetailField,
    /// The value that the person saw.
    pub old: String,
    /// The value that it is to have.
    pub new: String,
}

/// The first time that a person opened a revision. Keyed by [`super::PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The person who opened it.
    pub by: PersonId,
    /// The moment at which it was opened, by the clock of the device.
    pub at: Timestamp,
}
