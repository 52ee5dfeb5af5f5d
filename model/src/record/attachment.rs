//! Files that the client's people give, and their withdrawal.

use super::{
    ItemKey, Subject,
    written::{ClientWritten, has_control, is_short},
};
use crate::{attachment::MAX_BYTES, checklist::AnswerKey, hash::ContentHash, id::*, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A file that a person gives. The bytes are sent separately; the firm's [`super::Receipt`]
/// says that they arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The file name, or the name that the person gave it.
    #[serde(deserialize_with = "crate::text::file_name")]
    pub name: String,
    /// The MIME type, as the device saw it; the server determines it itself.
    #[serde(deserialize_with = "crate::text::line")]
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
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl ClientWritten for Attachment {
    type Key = AttachmentId;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &AttachmentId) -> Vec<Subject> {
        let item = self.task.map(|task| match self.item {
            Some(item) => Subject::Item(ItemKey { task, item }),
            None => Subject::Task(task),
        });
        let question = self.answers.clone().map(Subject::Question);
        item.into_iter().chain(question).chain(self.replaces.map(Subject::Attachment)).collect()
    }

    fn is_sound(&self, _key: &AttachmentId) -> bool {
        let name = self.name.trim();
        !name.is_empty()
            && name.len() <= 255
            && !name.contains(|c: char| c.is_control() || c == '/' || c == '\\')
            && self.media_type.len() <= 100
            && (1..=MAX_BYTES).contains(&self.size)
            && is_short(&self.note)
            && !has_control(&self.note)
    }
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
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The person who withdrew it.
    pub by: PersonId,
    /// The moment at which it was withdrawn, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for Withdrawal {
    type Key = AttachmentId;
    const HAS_ROOM: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &AttachmentId) -> Vec<Subject> {
        vec![Subject::OwnAttachment(*key)]
    }
}
