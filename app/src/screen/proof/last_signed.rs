//! The approval whose proof the screen shows.

use documents::dossier::ApprovalState;
use documents::dossier::{Consent, GivenRevision};
use model::{
    id::ApprovalId,
    record::{Approval, Verdict},
};

/// The last approval that a person signed: of the newest revision, or else of a replaced one.
pub struct Signed<'v> {
    pub given: &'v GivenRevision,
    pub consent: &'v Consent,
    pub approval: &'v Approval,
    pub verdict: Option<&'v Verdict>,
    /// True if the approval is only on this device.
    pub unsent: bool,
    pub state: ApprovalState,
    pub id: ApprovalId,
}
