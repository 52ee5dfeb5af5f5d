//! What one person said of one revision, and what it is worth.

use super::GivenRevision;
use crate::{id::*, record::*, time::Timestamp};
use std::collections::BTreeMap;

/// One person's stand on one revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// What was asked.
    pub request: ApprovalRequest,
    /// When it was first opened.
    pub opened: Option<Timestamp>,
    /// Approvals, oldest first, each with what the server found.
    pub approvals: Vec<(ApprovalId, Approval, Option<Verdict>)>,
    /// Refusals, oldest first.
    pub declines: Vec<(DeclineId, Decline)>,
    /// Approvals that were taken back.
    pub withdrawals: BTreeMap<ApprovalId, ApprovalWithdrawal>,
    /// What the firm decided about approvals that were held.
    pub rulings: BTreeMap<ApprovalId, Ruling>,
    /// The approval with a pen.
    pub paper: Option<PaperApproval>,
    /// Confirmations of approvals by a device key, oldest first, each with
    /// what the server found.
    pub countersignatures: Vec<(CountersignatureId, Countersignature, Option<CounterVerdict>)>,
}

/// Where one person's consent to a revision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentState {
    /// Not answered.
    Asked,
    /// Signed; the server has not yet said what it found, or the firm has to
    /// decide.
    Signed,
    /// Signed, checked and found good.
    Approved,
    /// Signed, but the server could not accept it.
    NotAccepted(Finding),
    /// Does not agree, asked something, or took the approval back.
    Declined,
}

impl Consent {
    /// The approval that counts: one that was found good, else one that the
    /// firm has to decide on, else the newest.
    pub fn approval(&self) -> Option<&(ApprovalId, Approval, Option<Verdict>)> {
        let good = |a: &&(ApprovalId, _, Option<Verdict>)| self.was_good(a.0, a.2.as_ref());
        let held = |a: &&(ApprovalId, _, Option<Verdict>)| self.is_held(a.0, a.2.as_ref());
        let mut approvals = self.approvals.iter();
        approvals.find(good).or_else(|| self.approvals.iter().find(held)).or(self.approvals.last())
    }

    fn was_good(&self, id: ApprovalId, verdict: Option<&Verdict>) -> bool {
        match verdict.map(|v| v.finding) {
            Some(Finding::Verified) => true,
            Some(Finding::Held) => self.rulings.get(&id).is_some_and(|r| r.accepted),
            _ => false,
        }
    }

    fn is_held(&self, id: ApprovalId, verdict: Option<&Verdict>) -> bool {
        verdict.is_some_and(|v| v.finding == Finding::Held) && !self.rulings.contains_key(&id)
    }

    /// The approval that waits for the firm's decision.
    pub fn held(&self) -> Option<ApprovalId> {
        let (id, _, verdict) = self.approval()?;
        (self.is_held(*id, verdict.as_ref()) && !self.withdrawals.contains_key(id)).then_some(*id)
    }

    /// The withdrawal of the approval that would count.
    pub fn withdrawal(&self) -> Option<&ApprovalWithdrawal> {
        self.approval().and_then(|(id, ..)| self.withdrawals.get(id)).filter(|_| self.paper.is_none())
    }

    /// The confirmation of an approval that was found good.
    pub fn countersignature(
        &self,
        approval: ApprovalId,
    ) -> Option<&(CountersignatureId, Countersignature, Option<CounterVerdict>)> {
        let good = |v: &CounterVerdict| v.finding == Finding::Verified;
        self.countersignatures
            .iter()
            .find(|(_, c, verdict)| c.approval == approval && verdict.as_ref().is_some_and(good))
    }

    /// The approval by a device key that the passkey is still to confirm: it
    /// was received, and stands.
    pub fn to_countersign(&self) -> Option<ApprovalId> {
        let (id, approval, verdict) = self.approval()?;
        let stands = self.was_good(*id, verdict.as_ref()) || self.is_held(*id, verdict.as_ref());
        let under_way = self.countersignatures.iter().any(|(_, c, verdict)| c.approval == *id && verdict.is_none());
        let open = approval.signature.level() == Level::DeviceKey
            && stands
            && !under_way
            && !self.withdrawals.contains_key(id)
            && self.countersignature(*id).is_none();
        open.then_some(*id)
    }

    /// The newest refusal.
    pub fn decline(&self) -> Option<&Decline> {
        self.declines.last().map(|(_, decline)| decline)
    }

    /// Where it stands.
    pub fn state(&self) -> ConsentState {
        if self.paper.is_some() {
            return ConsentState::Approved;
        }
        match (self.approval(), self.decline()) {
            (Some((id, ..)), _) if self.withdrawals.contains_key(id) => ConsentState::Declined,
            (Some((id, _, verdict)), _) if self.was_good(*id, verdict.as_ref()) => ConsentState::Approved,
            (Some((id, _, verdict)), _) if self.is_held(*id, verdict.as_ref()) => ConsentState::Signed,
            (Some((_, approval, _)), Some(decline)) if decline.at > approval.at => ConsentState::Declined,
            (Some((_, _, None)), _) => ConsentState::Signed,
            (Some((_, _, Some(verdict))), _) => ConsentState::NotAccepted(verdict.finding),
            (None, Some(_)) => ConsentState::Declined,
            (None, None) => ConsentState::Asked,
        }
    }
}

impl GivenRevision {
    /// Whose approval `person` waits for, where the firm wants an order.
    pub fn waits_for(&self, person: PersonId) -> Option<PersonId> {
        let approved = |p: &PersonId| self.consents.get(p).is_some_and(|c| c.state() == ConsentState::Approved);
        let request = &self.consents.get(&person)?.request;
        request.after.iter().find(|p| self.consents.contains_key(p) && !approved(p)).copied()
    }

    /// Whether nothing stands between this revision and its filing.
    pub fn may_be_filed(&self) -> bool {
        let approved = self.consents.values().all(|c| c.state() == ConsentState::Approved);
        self.void.is_none() && (self.revision.for_information || (approved && !self.consents.is_empty()))
    }
}
