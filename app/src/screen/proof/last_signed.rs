//! The approval that the screen shows the proof of.

use crate::component::stand::Stand;
use documents::dossier::{Consent, GivenRevision};
use model::{
    id::ApprovalId,
    record::{Approval, Verdict},
};

/// What a person signed last: of the newest revision, else of a replaced one.
pub struct Signed<'v> {
    pub given: &'v GivenRevision,
    pub consent: &'v Consent,
    pub approval: &'v Approval,
    pub verdict: Option<&'v Verdict>,
    /// It is only on this device.
    pub unsent: bool,
    pub stand: Stand,
    pub id: ApprovalId,
}
