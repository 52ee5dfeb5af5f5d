//! The records that the firm writes.

use super::{DetailField, Payment};
use crate::{
    checklist::{AnswerKey, AnswerValue, Template},
    hash::ContentHash,
    id::*,
    language::{Bilingual, Language},
    time::{Date, TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The record that says whose dossier this is. Its key is [`Cover::KEY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// The firm.
    pub firm: FirmProfile,
    /// The advisor who is responsible for the client.
    pub advisor: AdvisorProfile,
    /// The firm's number of the client.
    #[serde(deserialize_with = "crate::text::line")]
    pub client_number: String,
    /// The tax year of the dossier.
    pub tax_year: TaxYear,
}

impl Cover {
    /// The key of the only record of its kind.
    pub const KEY: &'static str = "cover";
}

/// The firm as clients see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmProfile {
    /// The name of the firm.
    #[serde(deserialize_with = "crate::text::line")]
    pub name: String,
    /// The telephone number, as written.
    #[serde(deserialize_with = "crate::text::line")]
    pub phone: String,
    /// The accent colour, `#rrggbb`.
    #[serde(deserialize_with = "crate::text::line")]
    pub accent: String,
}

/// The advisor as clients see one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvisorProfile {
    /// Full name.
    #[serde(deserialize_with = "crate::text::line")]
    pub name: String,
    /// The name that clients use for the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub given_name: String,
    /// The times at which the advisor can be reached, and the ways.
    #[serde(default, deserialize_with = "crate::text::lines")]
    pub hours: String,
}

/// The roles of a person in a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May do everything, including approving.
    Approver,
    /// May fill in and upload.
    Filler,
    /// May only look.
    Reader,
}

/// A human of the client. Keyed by [`PersonId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Full name.
    #[serde(deserialize_with = "crate::text::line")]
    pub name: String,
    /// The name that the others in the household use.
    #[serde(deserialize_with = "crate::text::line")]
    pub given_name: String,
    /// The role of this person.
    pub role: Role,
    /// The person's language.
    pub language: Language,
}

/// A checklist of the client. Keyed by [`ChecklistId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The questions, as they were when the client was given the checklist.
    pub template: Template,
    /// The answers of the year before to the same questions.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub last_year: BTreeMap<AnswerKey, AnswerValue>,
}

impl Checklist {
    /// Returns a checklist without a year before it.
    pub fn of(template: Template) -> Self {
        Self { template, last_year: BTreeMap::new() }
    }
}

/// The kinds of task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// A checklist that has to be filled in.
    Checklist(ChecklistId),
    /// A tax return that has to be read and approved.
    Approval(TaxReturnId),
    /// Documents that have to be sent.
    DocumentRequest(Vec<RequestItem>),
    /// An amount that has to be paid to the tax authority.
    Payment(Payment),
}

impl RequestItem {
    /// Returns an item that has nothing but a title.
    pub fn of(title: impl Into<String>) -> Self {
        Self { title: title.into(), year: None, example: String::new() }
    }
}

/// A document that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestItem {
    /// The title of the document.
    #[serde(deserialize_with = "crate::text::line")]
    pub title: String,
    /// The year that the document is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// A text that says how to recognise it, or where it can be found.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub example: String,
}

/// Something asked of the client. Keyed by [`TaskId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The kind of task.
    pub kind: TaskKind,
    /// The name of the task.
    pub title: Bilingual,
    /// The last day on which it is in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The given name of the advisor who asks.
    #[serde(deserialize_with = "crate::text::line")]
    pub asked_by: String,
    /// The moment at which it was asked.
    pub at: Timestamp,
}

/// The end of a task. Keyed by [`TaskId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// The moment at which it was closed.
    pub at: Timestamp,
    /// True if the firm withdrew it, false if it was done.
    pub withdrawn: bool,
}

/// A file that the firm gives to the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveredFile {
    /// The file name.
    #[serde(deserialize_with = "crate::text::file_name")]
    pub name: String,
    /// The size in bytes.
    pub size: u64,
    /// The hash of the file's bytes.
    pub hash: ContentHash,
    /// The number of pages.
    pub pages: u32,
}

/// The confirmation that the firm's server has all bytes of an attachment. Keyed by [`AttachmentId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The moment at which the last byte arrived.
    pub at: Timestamp,
    /// The hash of the bytes that arrived.
    pub hash: ContentHash,
    /// The size in bytes.
    pub size: u64,
    /// The media type, as the server determined it from the content.
    #[serde(deserialize_with = "crate::text::line")]
    pub media_type: String,
}

/// The server's finding when it checked an approval. Keyed by [`ApprovalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The moment at which the approval was received.
    pub at: Timestamp,
    /// The finding itself.
    pub finding: Finding,
}

/// The outcome of checking an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The signature is over exactly these bytes, by this person's passkey or
    /// a key that it certified.
    Verified,
    /// The approval came after a newer revision was presented.
    Outdated,
    /// The person had approved already or was not asked.
    NotAsked,
    /// The passkey does not belong to this person.
    UnknownPasskey,
    /// The signature does not fit.
    Invalid,
    /// The signature fits, but the key was revoked before the approval was
    /// received, or the person's access was being renewed: it awaits the firm's
    /// [`Ruling`](super::Ruling).
    AwaitsRuling,
    /// Somebody else has to approve first.
    NotYet,
    /// The person approved a document that was never on a screen of this person.
    NotOpened,
    /// No passkey of this person certified the device's key.
    UnknownDeviceKey,
    /// The firm took the revision back before the approval was received.
    Recalled,
}

/// The details that the firm knows of a person. Keyed by [`PersonId`]; they are
/// overwritten.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonalDetails {
    /// The details that are known.
    #[serde(deserialize_with = "crate::text::line_of_each")]
    pub fields: BTreeMap<DetailField, String>,
}

/// The firm's reply to a change proposal. Keyed by [`ProposalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalReply {
    /// True if the firm accepted the change into its data.
    pub taken_over: bool,
    /// A remark by the advisor.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment of the reply.
    pub at: Timestamp,
}
