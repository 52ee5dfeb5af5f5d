//! The things that a record of the client's people is about. The server takes a record only if they are there.

use super::ItemKey;
use crate::{checklist::AnswerKey, id::*};

/// A thing that a record is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A question of a checklist that was set out, asked of a person who is there.
    Question(AnswerKey),
    /// A person of the client.
    Person(PersonId),
    /// A checklist that was set out.
    Checklist(ChecklistId),
    /// A task that was given.
    Task(TaskId),
    /// A payment that was asked for, by its task.
    Payment(TaskId),
    /// An item of a document request.
    Item(ItemKey),
    /// A document that somebody of the client announced.
    Attachment(AttachmentId),
    /// A revision about which the author says something; at most [`super::MAX_CONSENTS`] times.
    Revision(RevisionId),
    /// A document that the author announced.
    OwnAttachment(AttachmentId),
    /// A change that the author reported.
    OwnProposal(ProposalId),
    /// An approval that the author gave.
    OwnApproval(ApprovalId),
}
