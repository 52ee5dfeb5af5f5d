//! What the firm writes.

use super::DetailField;
use crate::{
    approval::Nonce,
    checklist::{AnswerKey, AnswerValue, Template},
    hash::ContentHash,
    id::*,
    language::{Bilingual, Language},
    money::Cents,
    time::{Date, TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The one record that says whose dossier this is. Its key is [`Cover::KEY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The practice.
    pub firm: FirmProfile,
    /// Who looks after the client.
    pub advisor: AdvisorProfile,
    /// The firm's number of the client.
    pub client_number: String,
    /// What the year is about.
    pub tax_year: TaxYear,
}

impl Cover {
    /// Key of the one record of its kind.
    pub const KEY: &'static str = "cover";
}

/// How a firm shows itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmProfile {
    /// Name of the practice.
    pub name: String,
    /// Telephone number, as written.
    pub phone: String,
    /// Accent colour, `#rrggbb`.
    pub accent: String,
}

/// How an advisor shows to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdvisorProfile {
    /// Full name.
    pub name: String,
    /// What clients call the advisor.
    pub given_name: String,
    /// When and how to be reached.
    #[serde(default)]
    pub hours: String,
}

/// What a person may do in a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything, also approve.
    Approver,
    /// Fills in and uploads.
    Filler,
    /// Sees.
    Reader,
}

/// A human of the client. Keyed by [`PersonId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// What the others in the household call this person.
    pub given_name: String,
    /// What this person may do.
    pub role: Role,
    /// The person's language.
    pub language: Language,
}

/// A checklist set out for the client. Keyed by [`ChecklistId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// The questions, as they were when it was set out.
    pub template: Template,
    /// What was answered to the same questions the year before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub last_year: BTreeMap<AnswerKey, AnswerValue>,
}

impl Checklist {
    /// A checklist without a year before it.
    pub fn of(template: Template) -> Self {
        Self { template, last_year: BTreeMap::new() }
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Fill in a checklist.
    Checklist(ChecklistId),
    /// Read a tax return and approve it.
    Approval(TaxReturnId),
    /// Send documents.
    DocumentRequest(Vec<RequestItem>),
}

impl RequestItem {
    /// An item that its title says all of.
    pub fn of(title: impl Into<String>) -> Self {
        Self { title: title.into(), year: None, example: String::new() }
    }
}

/// One document that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestItem {
    /// What.
    pub title: String,
    /// Over which year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// How to recognise it, or where it can be found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub example: String,
}

/// Something asked of the client. Keyed by [`TaskId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What is asked.
    pub kind: TaskKind,
    /// Name of the task.
    pub title: Bilingual,
    /// Last day that is in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The advisor who asks, by given name.
    pub asked_by: String,
    /// When.
    pub at: Timestamp,
}

/// A task that is over. Keyed by [`TaskId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// Taken back by the firm, rather than done.
    pub withdrawn: bool,
}

/// One key figure of a tax return beside last year's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is.
    pub label: String,
    /// In the year of the return.
    pub this_year: Cents,
    /// The year before, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<Cents>,
}

/// One exact set of bytes of a tax return. Keyed by [`RevisionId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The return it is a revision of.
    pub tax_return: TaxReturnId,
    /// `IB`, `VPB`, `OB`, …
    pub kind: String,
    /// Counts from 1.
    pub number: u32,
    /// The PDF.
    pub file: DeliveredFile,
    /// Per person: received (positive) or paid (negative).
    pub outcomes: BTreeMap<PersonId, Cents>,
    /// The most important amounts.
    pub figures: Vec<Figure>,
    /// To be read only: nobody is asked to approve it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_information: bool,
    /// The advisor who made it ready, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A file that the firm gives to the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveredFile {
    /// File name.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Of the file's bytes.
    pub hash: ContentHash,
    /// Number of pages.
    pub pages: u32,
}

/// What one person is asked to sign. Keyed by [`super::PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalRequest {
    /// Single use.
    pub nonce: Nonce,
    /// The text that is agreed to, in the person's language.
    pub statement: String,
    /// Who must have approved before it is this person's turn; nobody where
    /// all sign in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<PersonId>,
    /// When.
    pub at: Timestamp,
}

/// A revision that a newer one replaces. Keyed by [`RevisionId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// When.
    pub at: Timestamp,
    /// The newer one.
    pub replaced_by: RevisionId,
}

/// A revision that went to the tax authority. Keyed by [`RevisionId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// When.
    pub at: Timestamp,
}

/// The firm's server has all bytes of an attachment. Keyed by [`AttachmentId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// When.
    pub at: Timestamp,
    /// What arrived.
    pub hash: ContentHash,
    /// In bytes.
    pub size: u64,
    /// What the content is, as the server sniffed it.
    pub media_type: String,
}

/// What the server found when it checked an approval. Keyed by [`ApprovalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// When the approval was received.
    pub at: Timestamp,
    /// What was found.
    pub finding: Finding,
}

/// The outcome of checking an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The signature is over exactly these bytes, by this person's passkey or
    /// a key that it certified.
    Verified,
    /// It came after a newer revision was set out.
    Outdated,
    /// This person had approved or was not asked.
    NotAsked,
    /// The passkey is not one of this person.
    UnknownPasskey,
    /// The signature does not fit.
    Invalid,
    /// The signature fits, but the key was revoked before the approval was
    /// received, or the person's login was being recovered: the firm decides
    /// ([`Ruling`](super::Ruling)).
    Held,
    /// Somebody else was to approve first.
    NotYet,
    /// No passkey of this person certified the device's key.
    UnknownDeviceKey,
}

/// Something the firm wrote to the client. Keyed by [`MessageId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmMessage {
    /// The advisor, by full name.
    pub by: String,
    /// When.
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
    pub files: Vec<DeliveredFile>,
}

/// How far the firm has read the client's messages. Its key is
/// [`FirmReading::KEY`]; written again in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirmReading {
    /// The advisor, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The moment of the newest message that was shown.
    pub through: Timestamp,
}

impl FirmReading {
    /// Key of the one record of its kind.
    pub const KEY: &'static str = "reading";
}

/// What the advisor says of one answer. Keyed by [`AnswerKey`]; written again
/// in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Good or not.
    pub outcome: ReviewOutcome,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The advisor, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Of which answer or document: the moment it was given, by the clock of
    /// its device. Another answer is not reviewed yet, whatever the clocks say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Timestamp>,
}

/// What became of something that the client gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The firm goes on with it.
    Accepted,
    /// The client is to look at it again.
    SentBack,
}

/// What the advisor did with a document. Keyed by [`AttachmentId`]; written
/// again in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// Taken in, or sent back.
    pub outcome: ReviewOutcome,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The advisor, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A checklist that is open again after it was handed in. Keyed by [`HandInId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// When.
    pub at: Timestamp,
    /// The advisor, by full name.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// What the firm knows of a person. Keyed by [`PersonId`]; written again in
/// its place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonalDetails {
    /// Only what is known.
    pub fields: BTreeMap<DetailField, String>,
}

/// What the firm did with a change proposal. Keyed by [`ProposalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalReply {
    /// Taken over into the firm's records, or not.
    pub taken_over: bool,
    /// What is to be said of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The advisor, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}
