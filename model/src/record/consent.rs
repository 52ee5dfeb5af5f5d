//! Records about approvals that are not usual: a withdrawal, a ruling by an advisor,
//! and an approval on paper.

use super::{
    DeliveredFile, Role, Subject,
    written::{ClientWritten, is_short},
};
use crate::{
    id::*,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// The withdrawal of an approval before the return is filed. Keyed by
/// [`ApprovalId`]. The approval itself stays, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalWithdrawal {
    /// The person who withdrew it.
    pub by: PersonId,
    /// The moment at which it was withdrawn, by the clock of the device.
    pub at: Timestamp,
    /// The reason of the withdrawal.
    #[serde(deserialize_with = "crate::text::lines")]
    pub reason: String,
}

impl ClientWritten for ApprovalWithdrawal {
    type Key = ApprovalId;
    const HAS_ROOM: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &ApprovalId) -> Vec<Subject> {
        vec![Subject::OwnApproval(*key)]
    }

    fn is_allowed(role: Role) -> bool {
        role == Role::Approver
    }

    fn is_sound(&self, _key: &ApprovalId) -> bool {
        !self.reason.trim().is_empty() && is_short(&self.reason)
    }
}

/// The firm's decision about an approval that awaited one
/// ([`super::Finding::AwaitsRuling`]). Keyed by [`ApprovalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// True if the approval counts.
    pub accepted: bool,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment of the ruling.
    pub at: Timestamp,
    /// A remark about the way in which the advisor made sure.
    #[serde(deserialize_with = "crate::text::lines")]
    pub remark: String,
}

/// An approval on paper, recorded by the firm. Keyed by [`super::PerPerson`].
/// It proves no more than the scan does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperApproval {
    /// The scan with the signature.
    pub file: DeliveredFile,
    /// The day that is written beside the signature.
    pub signed_on: Date,
    /// The full name of the advisor who recorded it.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment at which it was recorded.
    pub at: Timestamp,
}
