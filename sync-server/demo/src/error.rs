//! The reasons why the demo cannot be made.

use documents::{document::DocumentError, replay::RefusedChange};
use dossiers::ActionError;
use storage::{attachment::StoreError, db::DbError};

/// The reasons why the demo cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("this data folder belongs to a real firm; choose another one with --data for the demo")]
    NotADemo,
    #[error("the demo's data are incomplete")]
    Incomplete,
    #[error("a device of the demo was refused: {0}")]
    Refused(String),
    #[error("the checklist of the demo is missing")]
    NoChecklist,
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Action(#[from] ActionError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a paper of the demo: {0}")]
    Paper(#[from] lopdf::Error),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error("the demo cannot sign: {0}")]
    Signature(#[from] p256::ecdsa::Error),
}

impl From<RefusedChange> for DemoError {
    fn from(refused: RefusedChange) -> Self {
        Self::Refused(refused.reason.to_string())
    }
}
