//! Something that the firm took back.

use model::{hash::ContentHash, id::ApprovalId, language::Bilingual, record::*};

/// Something that the firm took back.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled {
    /// The thing.
    pub target: RecallTarget,
    /// Who took it back, when and why.
    pub recall: Recall,
    /// What it is called, if its name says nothing of its contents.
    pub title: Option<Bilingual>,
    /// Its files.
    pub files: Vec<ContentHash>,
    /// The approvals of it, which have proofs that contain it.
    pub approvals: Vec<ApprovalId>,
}
