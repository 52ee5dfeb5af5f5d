//! The state of each document, and of each item of a document request.

use super::{DossierYear, GivenAttachment, GivenTask, TaskState};
use model::{id::*, record::*};

/// The state of a document of the client, as far as both documents tell. Only the device
/// knows the state of what it has not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentState {
    /// The firm does not have all bytes yet.
    Given,
    /// The firm has all bytes.
    Received,
    /// The advisor accepted it.
    TakenIn,
    /// The advisor cannot use it and says why.
    SentBack,
    /// Another document replaced it.
    Replaced,
    /// The client withdrew it.
    Withdrawn,
}

/// An item of a request, with its documents or reply.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemState<'y> {
    /// The key of the item.
    pub key: ItemKey,
    /// The item itself.
    pub item: &'y RequestItem,
    /// The documents that count, newest first: neither withdrawn nor replaced.
    pub documents: Vec<(&'y GivenAttachment, DocumentState)>,
    /// The reply that was given instead of a document; never [`Reply::Open`].
    pub reply: Option<&'y ItemReply>,
}

impl ItemState<'_> {
    /// Returns true if a document was sent back and nothing replaced it.
    pub fn is_sent_back(&self) -> bool {
        self.reply.is_none() && self.documents.iter().any(|(_, state)| *state == DocumentState::SentBack)
    }

    /// Returns true if the client has done what was asked.
    pub fn is_answered(&self) -> bool {
        self.reply.is_some() || (!self.documents.is_empty() && !self.is_sent_back())
    }

    /// Returns true if the firm has nothing left to do with it.
    pub fn is_settled(&self) -> bool {
        let taken_in = |(_, state): &(_, DocumentState)| *state == DocumentState::TakenIn;
        self.is_answered() && (self.reply.is_some() || self.documents.iter().all(taken_in))
    }
}

impl DossierYear {
    /// Returns a document by its id.
    pub fn attachment(&self, id: AttachmentId) -> Option<&GivenAttachment> {
        self.attachments.iter().find(|a| a.id == id)
    }

    /// Returns the document that replaced `id`.
    pub fn replacement(&self, id: AttachmentId) -> Option<&GivenAttachment> {
        self.attachments.iter().find(|a| a.withdrawal.is_none() && a.attachment.replaces == Some(id) && a.id != id)
    }

    /// Returns the state of a document.
    pub fn document_state(&self, given: &GivenAttachment) -> DocumentState {
        let outcome = given.intake.as_ref().map(|i| i.outcome);
        match (outcome, &given.receipt) {
            _ if given.withdrawal.is_some() => DocumentState::Withdrawn,
            _ if self.replacement(given.id).is_some() => DocumentState::Replaced,
            (Some(ReviewOutcome::Accepted), _) => DocumentState::TakenIn,
            (Some(ReviewOutcome::SentBack), _) => DocumentState::SentBack,
            (None, Some(_)) => DocumentState::Received,
            (None, None) => DocumentState::Given,
        }
    }

    /// Returns the items of a document request, in their order; none for another task.
    pub fn items<'y>(&'y self, task: &'y GivenTask) -> Vec<ItemState<'y>> {
        let TaskKind::DocumentRequest(items) = &task.task.kind else { return Vec::new() };
        let only_one = items.len() == 1;
        let state = |(number, item): (u32, &'y RequestItem)| {
            let key = ItemKey { task: task.id, item: number };
            let belongs = |a: &&GivenAttachment| {
                // A document for a request of one item need not say which item it is for.
                a.attachment.task == Some(task.id) && a.attachment.item.map_or(only_one && number == 0, |i| i == number)
            };
            let counts =
                |(_, state): &(_, DocumentState)| !matches!(state, DocumentState::Withdrawn | DocumentState::Replaced);
            let of_item = self.attachments.iter().filter(belongs);
            let documents = of_item.map(|a| (a, self.document_state(a))).filter(counts).collect();
            let reply = self.item_replies.get(&key).filter(|r| r.reply != Reply::Open);
            ItemState { key, item, documents, reply }
        };
        (0..).zip(items).map(state).collect()
    }

    /// Returns the state of a document request for the client: open until each item
    /// has a document or a reply, done when the firm accepted all of them.
    pub(super) fn request_state(&self, task: &GivenTask) -> TaskState {
        let items = self.items(task);
        match &items {
            items if items.iter().all(ItemState::is_settled) => TaskState::Done,
            items if items.iter().all(ItemState::is_answered) => TaskState::Waiting,
            _ => TaskState::Open,
        }
    }
}
