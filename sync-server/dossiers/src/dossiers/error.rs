//! The reasons why an action in a dossier was not done.

use accounts::error::{Refusal, ServerError};
use documents::document::DocumentError;
use model::time::TaxYear;
use storage::db::DbError;

/// The reasons why an action was not done. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    #[error("this year of this client was never opened")]
    NoSuchYear,
    #[error("the client is not one of this firm")]
    NoSuchClient,
    #[error("this checklist was set out already")]
    AlreadySetOut,
    #[error("there is no such revision, or it was replaced")]
    NoSuchRevision,
    #[error("there is no such task, or it is over")]
    NoSuchTask,
    #[error("there is no such document, or it is not here")]
    NoSuchDocument,
    #[error("this was taken back already")]
    AlreadyRecalled,
    #[error("not everybody approved this revision")]
    NotApproved,
    #[error("there is no such proposal about somebody of this client")]
    NoSuchProposal,
    #[error("the proposal was taken over, answered or taken back")]
    ProposalOver,
    #[error("there is no such person in this dossier")]
    NoSuchPerson,
    #[error("there is no such approval, or nothing is to be decided about it")]
    NoSuchApproval,
    #[error("no standing consent covers these returns")]
    NoStandingConsent,
    #[error("nobody of this client can approve")]
    NoApprover,
    #[error("these are not the returns of one taxpayer, or of two partners who file together")]
    NoReturn,
    #[error("this return belongs to {0}")]
    OtherYear(TaxYear),
    #[error("there is a return over a period that shares days with this one")]
    PeriodOverlaps,
    #[error("nothing was written")]
    Empty,
    #[error("the role of this advisor does not allow it")]
    NotAllowed,
    #[error("nobody announced this file, or another person did")]
    NotAnnounced,
    #[error("this year cannot be read")]
    Unreadable,
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Document(DocumentError),
}

/// An action that was not done becomes the refusal that says why, if there is one.
impl From<ActionError> for ServerError {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::NoSuchYear
            | ActionError::NoSuchClient
            | ActionError::NoSuchRevision
            | ActionError::NoSuchApproval
            | ActionError::NoSuchTask
            | ActionError::NoSuchDocument => Refusal::NotFound.into(),
            ActionError::AlreadySetOut => Refusal::AlreadySetOut.into(),
            ActionError::AlreadyRecalled => Refusal::Recalled.into(),
            ActionError::NotApproved => Refusal::NotApproved.into(),
            ActionError::NotAllowed => Refusal::NotAllowed.into(),
            ActionError::Empty => Refusal::TextMissing.into(),
            ActionError::NotAnnounced => Refusal::NotAnnounced.into(),
            ActionError::Unreadable => Refusal::YearUnreadable.into(),
            ActionError::Db(cause) => cause.into(),
            other => Self::inner(other),
        }
    }
}

impl From<DocumentError> for ActionError {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}
