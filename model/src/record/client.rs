//! The records that the client's people write.

use super::{
    ItemKey, MAX_ITEMS, PerPerson, Role, Signature, Subject,
    written::{ClientWritten, is_short},
};
use crate::{
    approval::SignedRevision,
    checklist::{AnswerKey, AnswerValue},
    id::*,
    language::Language,
    money::Cents,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An answer to one question, in the place of its [`AnswerKey`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The content of the answer.
    pub value: AnswerValue,
    /// The person who answered.
    pub by: PersonId,
    /// The moment at which it was given, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for Answer {
    type Key = AnswerKey;
    const REWRITTEN: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &AnswerKey) -> Vec<Subject> {
        vec![Subject::Question(key.clone())]
    }

    fn is_sound(&self, key: &AnswerKey) -> bool {
        match &self.value {
            AnswerValue::Text(text) | AnswerValue::DontHave(text) => is_short(text),
            AnswerValue::Choice(id) => id.len() <= 40,
            AnswerValue::Amount(Cents(cents)) => (-Cents::LIMIT..=Cents::LIMIT).contains(cents),
            AnswerValue::Number(hundredths) => (-Cents::LIMIT..=Cents::LIMIT).contains(hundredths),
            AnswerValue::Row(_) => key.row.is_some(),
            AnswerValue::Yes
            | AnswerValue::No
            | AnswerValue::Unknown
            | AnswerValue::NotApplicable
            | AnswerValue::Date(_) => true,
        }
    }
}

/// A checklist that the client declared complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandIn {
    /// The checklist that was handed in.
    pub checklist: ChecklistId,
    /// The person who handed it in.
    pub by: PersonId,
    /// The moment at which it was handed in, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for HandIn {
    type Key = HandInId;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &HandInId) -> Vec<Subject> {
        vec![Subject::Checklist(self.checklist)]
    }
}

/// A person's signed consent to one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The revision whose exact bytes were read.
    pub revision: RevisionId,
    /// The person who approved.
    pub by: PersonId,
    /// The moment at which it was approved, by the clock of the device.
    pub at: Timestamp,
    /// The list that was signed, in its order: this revision, and those that the same signature approves.
    pub signed: Vec<SignedRevision>,
    /// The signature over [`crate::approval::challenge`].
    #[serde(flatten)]
    pub signature: Signature,
}

impl ClientWritten for Approval {
    type Key = ApprovalId;
    const HAS_ROOM: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &ApprovalId) -> Vec<Subject> {
        self.signed.iter().map(|signed| Subject::Revision(signed.revision)).collect()
    }

    fn is_allowed(role: Role) -> bool {
        role == Role::Approver
    }

    /// The list has this revision, and none twice.
    fn is_sound(&self, _key: &ApprovalId) -> bool {
        let revisions: BTreeSet<_> = self.signed.iter().map(|signed| signed.revision).collect();
        self.signed.len() <= MAX_ITEMS && revisions.len() == self.signed.len() && revisions.contains(&self.revision)
    }
}

/// A person's refusal of a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// The revision that was refused.
    pub revision: RevisionId,
    /// The person who refused.
    pub by: PersonId,
    /// The moment at which it was refused, by the clock of the device.
    pub at: Timestamp,
    /// The reason of the refusal.
    #[serde(deserialize_with = "crate::text::lines")]
    pub reason: String,
}

impl ClientWritten for Decline {
    type Key = DeclineId;
    const HAS_ROOM: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &DeclineId) -> Vec<Subject> {
        vec![Subject::Revision(self.revision)]
    }

    fn is_allowed(role: Role) -> bool {
        role == Role::Approver
    }

    fn is_sound(&self, _key: &DeclineId) -> bool {
        !self.reason.trim().is_empty() && is_short(&self.reason)
    }
}

/// A person's reply to one item of a document request for which no document
/// comes. It is overwritten when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemReply {
    /// The reply itself.
    pub reply: Reply,
    /// The person who replied.
    pub by: PersonId,
    /// The moment of the reply, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for ItemReply {
    type Key = ItemKey;
    const REWRITTEN: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &ItemKey) -> Vec<Subject> {
        vec![Subject::Item(*key)]
    }

    fn is_sound(&self, _key: &ItemKey) -> bool {
        match &self.reply {
            Reply::DontHave(reason) => is_short(reason),
            Reply::Open | Reply::NotApplicable => true,
        }
    }
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
    DontHave(#[serde(deserialize_with = "crate::text::lines")] String),
}

/// A person's preferences about the portal. They are overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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

impl ClientWritten for Preferences {
    type Key = PersonId;
    const REWRITTEN: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
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

/// The first time that a person opened a revision. Keyed by [`super::PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The person who opened it.
    pub by: PersonId,
    /// The moment at which it was opened, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for Opening {
    type Key = PerPerson;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &PerPerson) -> Vec<Subject> {
        vec![Subject::Revision(key.revision)]
    }

    fn is_allowed(_role: Role) -> bool {
        true
    }

    fn is_sound(&self, key: &PerPerson) -> bool {
        key.person == self.by
    }
}
