//! The records that make up a dossier's year.
//!
//! A record is one value in a document: it is written whole, as JSON, and
//! never in parts, so that an answer can never be torn from who gave it. What
//! changes about a thing is a further record (a withdrawal, a receipt, a
//! void), not a rewrite. Answers alone are written again in the same place.

use crate::{
    approval::Nonce,
    checklist::{AnswerKey, AnswerValue, Template},
    hash::ContentHash,
    id::*,
    language::{Bilingual, Language},
    money::Cents,
    time::{Date, TaxYear, Timestamp},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Bytes that stand in JSON as base64url without padding (RFC 4648, section 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64(pub Vec<u8>);

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        URL_SAFE_NO_PAD.decode(String::deserialize(deserializer)?).map(Self).map_err(serde::de::Error::custom)
    }
}

// What the client's people write.

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

/// A file that a person gives. The bytes travel apart; the firm's [`Receipt`]
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

/// What a passkey signs (Web Authentication Level 3, section 7.2). Kept as it
/// came, so that it can be checked again at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// Identifier of the passkey.
    pub credential: Base64,
    /// `authenticatorData`.
    pub authenticator_data: Base64,
    /// `clientDataJSON`.
    pub client_data: Base64,
    /// Over authenticator data and the SHA-256 of the client data.
    pub signature: Base64,
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
    /// Signature over [`crate::approval::challenge`].
    pub assertion: Assertion,
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
}

/// A person opened a revision for the first time. Keyed by [`PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Who.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
}

// What the firm writes.

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
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Fill in a checklist.
    Checklist(ChecklistId),
    /// Read a tax return and approve it.
    Approval(TaxReturnId),
    /// Send documents: what, each with year or example.
    DocumentRequest(Vec<String>),
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

/// What one person is asked to sign. Keyed by [`PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalRequest {
    /// Single use.
    pub nonce: Nonce,
    /// The text that is agreed to, in the person's language.
    pub statement: String,
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
    /// The signature is over exactly these bytes, by this person's passkey.
    Verified,
    /// It came after a newer revision was set out.
    Outdated,
    /// This person had approved or was not asked.
    NotAsked,
    /// The passkey is not one of this person.
    UnknownPasskey,
    /// The signature does not fit.
    Invalid,
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
}

/// Key of what concerns one person and one revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerPerson {
    /// The revision.
    pub revision: RevisionId,
    /// The person.
    pub person: PersonId,
}

impl std::fmt::Display for PerPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.revision, self.person)
    }
}

impl std::str::FromStr for PerPerson {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (revision, person) = text.split_once('/').ok_or(NotAnId)?;
        Ok(Self { revision: revision.parse()?, person: person.parse()? })
    }
}
