//! The messages of both sides, and how far each side has read.

use super::{
    DeliveredFile, MAX_ITEMS, Role, Subject,
    written::{ClientWritten, is_short},
};
use crate::{checklist::AnswerKey, id::*, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A message to the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The person who wrote it.
    pub by: PersonId,
    /// The moment at which it was written, by the clock of the device.
    pub at: Timestamp,
    /// The text.
    #[serde(deserialize_with = "crate::text::lines")]
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

impl ClientWritten for Message {
    type Key = MessageId;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &MessageId) -> Vec<Subject> {
        let (task, answer) = (self.about.map(Subject::Task), self.answer.clone().map(Subject::Question));
        let attachments = self.attachments.iter().copied().map(Subject::Attachment);
        task.into_iter().chain(answer).chain(attachments).collect()
    }

    fn is_sound(&self, _key: &MessageId) -> bool {
        (!self.body.trim().is_empty() || !self.attachments.is_empty())
            && is_short(&self.body)
            && self.attachments.len() <= MAX_ITEMS
    }
}

/// The point up to which a person has read the firm's messages. It is overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The person who read.
    pub by: PersonId,
    /// The moment of reading, by the clock of the device.
    pub at: Timestamp,
    /// The moment of the newest message that was shown.
    pub through: Timestamp,
}

impl ClientWritten for Reading {
    type Key = PersonId;
    const REWRITTEN: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at, &mut self.through]
    }

    fn subjects(&self, _key: &PersonId) -> Vec<Subject> {
        Vec::new()
    }

    fn is_allowed(_role: Role) -> bool {
        true
    }

    fn is_sound(&self, key: &PersonId) -> bool {
        *key == self.by
    }
}

/// A message of the firm to the client. Keyed by [`MessageId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmMessage {
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment at which it was written.
    pub at: Timestamp,
    /// The text.
    #[serde(deserialize_with = "crate::text::lines")]
    pub body: String,
    /// The task that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<TaskId>,
    /// The answer that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerKey>,
    /// The documents that go with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<DeliveredFile>,
}

/// The point up to which the firm has read the client's messages. Its key is
/// [`FirmReading::KEY`]; it is overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirmReading {
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment of reading.
    pub at: Timestamp,
    /// The moment of the newest message that was shown.
    pub through: Timestamp,
}

impl FirmReading {
    /// The key of the only record of its kind.
    pub const KEY: &'static str = "reading";
}
