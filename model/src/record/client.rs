//! What the client's people write.

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
    /// What was answered.
    pub value: AnswerValue,
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}

/// A file that a person gives. The bytes travel apart; the firm's [`super::Receipt`]
/// says that they arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// File name, or what the person called it.
    pub name: String,
    /// MIME type, as the device saw it; the server looks for itself.
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    /// Of the file's bytes.
    pub hash: ContentHash,
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// The question it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswerKey>,
    /// The document request it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// Which item of that request, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u32>,
    /// What the person says it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DocumentKind>,
    /// The attachment that this one takes the place of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AttachmentId>,
    /// The year it is about, where that is not the dossier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// What the person says of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a document is, in the words that people choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Annual statement of wages, pension or benefit.
    AnnualStatement,
    /// Overview of a bank or of investments.
    BankStatement,
    /// Annual statement of a mortgage or loan.
    MortgageStatement,
    /// WOZ decision.
    PropertyValue,
    /// Invoice or receipt.
    Invoice,
    /// Letter or assessment of the tax authority.
    TaxLetter,
    /// Contract, deed or judgment.
    Contract,
    /// Something else.
    Other,
}

impl DocumentKind {
    /// All, in the order in which people choose.
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

/// An attachment that is taken back. Keyed by [`AttachmentId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}

/// A checklist that the client calls complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    /// Which one.
    pub checklist: ChecklistId,
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}

/// A person's signed consent to one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The exact bytes that were read.
    pub revision: RevisionId,
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// Over [`crate::approval::challenge`].
    #[serde(flatten)]
    pub signature: Signature,
}

/// A person does not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decline {
    /// With which revision.
    pub revision: RevisionId,
    /// Who.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// Something written to the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// The text.
    pub body: String,
    /// The task it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<TaskId>,
    /// The answer it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerKey>,
    /// Documents that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentId>,
}

/// What a person says of one item of a document request for which no document
/// comes. Written again in its place when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemReply {
    /// What is said.
    pub reply: Reply,
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}

/// Why no document comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The reply was taken back: a document is to come after all.
    Open,
    /// It does not apply.
    NotApplicable,
    /// It cannot be given, and why.
    DontHave(String),
}

/// How far a person has read the firm's messages. Written again in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Who.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// The moment of the newest message that was shown.
    pub through: Timestamp,
}

/// What a person wants of the portal. Written again in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// Who.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// Of the screens and the mails.
    pub language: Language,
    /// Mail before and after a due date.
    pub reminders: bool,
    /// Mail when the firm writes a message.
    pub messages: bool,
}

/// A change in somebody's circumstances that the client reports to the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeProposal {
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// Whose details they are.
    pub person: PersonId,
    /// What happened.
    pub circumstance: Circumstance,
    /// From which day on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// Old to new, one for each detail that changes.
    pub changes: Vec<DetailChange>,
    /// What else is to be said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// A change proposal that is taken back before the firm took it over. Keyed
/// by [`ProposalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalWithdrawal {
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// Nothing but the details themselves.
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
    /// Another job, or none.
    Job,
    /// A house bought or sold.
    House,
    /// Something else.
    Other,
}

/// One detail of a person.
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
    /// Account for refunds.
    Iban,
    /// Citizen service number. Shown masked.
    Bsn,
    /// Civil status, in words.
    CivilStatus,
}

/// One detail, old to new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailChange {
    /// Which.
    pub field: DetailField,
    /// What the person saw.
    pub old: String,
    /// What it is to be.
    pub new: String,
}

/// A person opened a revision for the first time. Keyed by [`super::PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Who.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}
