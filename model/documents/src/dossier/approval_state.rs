//! State of one person's approval of a revision: what that person can do, or is waiting for.

use super::{ConsentState, GivenRevision};
use model::{
    id::PersonId,
    record::{Basis, Finding},
    time::Timestamp,
};

/// State of one person's approval of a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalState {
    /// Nobody asks this person.
    NotAsked,
    /// The person is only to read the return, and may have opened it.
    ForInformation(Option<Timestamp>),
    /// The person gave a standing consent, is only to read the return, and may have opened it.
    ByStandingConsent(Option<Timestamp>),
    /// The standing consent on which the return is based covers it no longer, and it was not filed.
    ConsentOver,
    /// Somebody else has to approve first.
    WaitsFor(PersonId),
    /// The person has not answered.
    Asked,
    /// The person signed, and the server has not checked it yet.
    Signed,
    /// The person signed, and the firm has to decide.
    AwaitingRuling,
    /// The approval counts.
    Approved,
    /// The person approved on paper.
    OnPaper,
    /// The person declined.
    Declined,
    /// The person withdrew the approval.
    Withdrawn,
    /// The server or the firm could not accept the approval.
    Refused(Finding),
}

impl GivenRevision {
    /// Returns the state of the approval of `person`, who is nobody if it is not known who looks.
    pub fn approval_state(&self, person: Option<PersonId>) -> ApprovalState {
        let Some((person, consent)) = person.and_then(|person| Some((person, self.consents.get(&person)?))) else {
            return ApprovalState::NotAsked;
        };
        if self.recall.is_some() {
            return ApprovalState::NotAsked;
        }
        match self.revision.basis {
            Basis::Approval => {}
            Basis::Information => return ApprovalState::ForInformation(consent.opened),
            Basis::StandingConsent(_) if self.covered_until.is_none() && !self.is_filed_by_consent() => {
                return ApprovalState::ConsentOver;
            }
            Basis::StandingConsent(_) => return ApprovalState::ByStandingConsent(consent.opened),
        }
        if consent.paper.is_some() && consent.state() == ConsentState::Approved {
            return ApprovalState::OnPaper;
        }
        if consent.withdrawal().is_some() || consent.later_decline().is_some() {
            return ApprovalState::Withdrawn;
        }
        match (consent.state(), self.waits_for(person)) {
            (ConsentState::Asked | ConsentState::NotAccepted(_), Some(first)) => ApprovalState::WaitsFor(first),
            (ConsentState::Asked, None) => ApprovalState::Asked,
            (ConsentState::NotAccepted(finding), None) => ApprovalState::Refused(finding),
            (ConsentState::Signed, _) if consent.awaiting_ruling().is_some() => ApprovalState::AwaitingRuling,
            (ConsentState::Signed, _) => ApprovalState::Signed,
            (ConsentState::Approved, _) => ApprovalState::Approved,
            (ConsentState::Declined, _) => ApprovalState::Declined,
        }
    }

    /// Returns true if `person` has an approval that can still be withdrawn.
    pub fn may_withdraw(&self, person: Option<PersonId>) -> bool {
        let state = self.approval_state(person);
        matches!(state, ApprovalState::Signed | ApprovalState::AwaitingRuling | ApprovalState::Approved)
            && self.void.is_none()
            && self.filed_at().is_none()
    }
}

impl ApprovalState {
    /// Returns true if the person can sign now.
    pub fn may_sign(self) -> bool {
        matches!(self, Self::Asked | Self::Declined | Self::Refused(_))
    }

    /// Returns true if something was signed that has a proof.
    pub fn has_proof(self) -> bool {
        matches!(self, Self::Signed | Self::AwaitingRuling | Self::Approved | Self::OnPaper | Self::Withdrawn)
    }
}
