//! What follows after an approval: it is taken back, decided upon by a human,
//! or given on paper.

use super::DeliveredFile;
use crate::{
    id::*,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// An approval that a person takes back before the return is filed. Keyed by
/// [`ApprovalId`]. The approval itself stays, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApprovalWithdrawal {
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// What the firm decided about an approval that was held
/// ([`super::Finding::Held`]). Keyed by [`ApprovalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// It counts, or not.
    pub accepted: bool,
    /// The advisor, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How the advisor made sure.
    pub remark: String,
}

/// An approval with a pen, recorded by the firm. Keyed by [`super::PerPerson`].
/// It proves no more than the scan does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperApproval {
    /// The scan with the signature.
    pub file: DeliveredFile,
    /// The day that stands beside the signature.
    pub signed_on: Date,
    /// The advisor who recorded it, by full name.
    pub by: String,
    /// When it was recorded.
    pub at: Timestamp,
}
