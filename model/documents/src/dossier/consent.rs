//! A revision with the consent of each person to it, and whether that counts.

use model::{
    approval::SignedRevision,
    id::*,
    language::{Bilingual, Language},
    record::*,
    tax_return::Noun,
    time::{Date, Timestamp},
};
use std::collections::BTreeMap;

/// A revision, with what each person said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenRevision {
    /// The id of the revision.
    pub id: RevisionId,
    /// The file and the figures.
    pub revision: Revision,
    /// The returns that it is a revision of, the one with the task first.
    pub tax_returns: Vec<(TaxReturnId, TaxReturn)>,
    /// The record that a newer revision replaced it, if one did.
    pub void: Option<Void>,
    /// The recall, if the firm took it back: no approval of it counts.
    pub recall: Option<Recall>,
    /// The last day on which it can be filed by the standing consent on which it is based, if that covers it and
    /// stands.
    pub covered_until: Option<Date>,
    /// The filing of each return that was sent to the tax authority. One that was undone is there, too.
    pub filings: BTreeMap<TaxReturnId, Filing>,
    /// The consent of each person who was asked.
    pub consents: BTreeMap<PersonId, Consent>,
}

/// Everything that one person said about one revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// The request that the person got.
    pub request: ApprovalRequest,
    /// The moment at which the person first opened it.
    pub opened: Option<Timestamp>,
    /// The approvals, oldest first, each with the server's verdict.
    pub approvals: Vec<(ApprovalId, Approval, Option<Verdict>)>,
    /// The refusals, oldest first.
    pub declines: Vec<(DeclineId, Decline)>,
    /// The withdrawals of approvals.
    pub withdrawals: BTreeMap<ApprovalId, ApprovalWithdrawal>,
    /// The firm's rulings on approvals that awaited one.
    pub rulings: BTreeMap<ApprovalId, Ruling>,
    /// The approval on paper.
    pub paper: Option<PaperApproval>,
    /// The confirmations of approvals by a device key, oldest first, each with
    /// the server's verdict.
    pub countersignatures: Vec<(CountersignatureId, Countersignature, Option<CounterVerdict>)>,
}

/// The state of one person's consent to a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentState {
    /// The person has not answered.
    Asked,
    /// The person signed, and there is no verdict yet, or it awaits a ruling by
    /// the firm.
    Signed,
    /// The person signed, and the signature was found good.
    Approved,
    /// The person signed, but the server could not accept it.
    NotAccepted(Finding),
    /// The person declined, asked something, or withdrew the approval.
    Declined,
}

impl Consent {
    /// Returns the consent of somebody who got this request and has said nothing yet.
    pub fn asked(request: ApprovalRequest) -> Self {
        Self {
            request,
            opened: None,
            approvals: Vec::new(),
            declines: Vec::new(),
            withdrawals: BTreeMap::new(),
            rulings: BTreeMap::new(),
            paper: None,
            countersignatures: Vec::new(),
        }
    }

    /// Returns the approval that counts: one that was found good, or else one that
    /// awaits a ruling, or else the newest.
    pub fn approval(&self) -> Option<&(ApprovalId, Approval, Option<Verdict>)> {
        let good = |a: &&(ApprovalId, _, Option<Verdict>)| self.was_good(a.0, a.2.as_ref());
        let waits = |a: &&(ApprovalId, _, Option<Verdict>)| self.awaits_ruling(a.0, a.2.as_ref());
        let mut approvals = self.approvals.iter();
        approvals.find(good).or_else(|| self.approvals.iter().find(waits)).or(self.approvals.last())
    }

    fn was_good(&self, id: ApprovalId, verdict: Option<&Verdict>) -> bool {
        match verdict.map(|v| v.finding) {
            Some(Finding::Verified) => true,
            Some(Finding::AwaitsRuling) => self.rulings.get(&id).is_some_and(|r| r.accepted),
            _ => false,
        }
    }

    fn awaits_ruling(&self, id: ApprovalId, verdict: Option<&Verdict>) -> bool {
        verdict.is_some_and(|v| v.finding == Finding::AwaitsRuling) && !self.rulings.contains_key(&id)
    }

    /// Returns the approval that awaits a ruling by the firm.
    pub fn awaiting_ruling(&self) -> Option<ApprovalId> {
        let (id, _, verdict) = self.approval()?;
        (self.awaits_ruling(*id, verdict.as_ref()) && !self.withdrawals.contains_key(id)).then_some(*id)
    }

    /// Returns the newest refusal, if it is newer than the approval that would count without it.
    pub fn later_decline(&self) -> Option<&Decline> {
        let (id, approval, verdict) = self.approval()?;
        let stands = self.was_good(*id, verdict.as_ref()) || self.awaits_ruling(*id, verdict.as_ref());
        self.decline().filter(|decline| stands && decline.at > approval.at)
    }

    /// Returns the newest refusal, if there is an approval that counts, too: whichever is newer by the clocks of
    /// devices, the firm has to see both.
    pub fn refusal_beside_approval(&self) -> Option<&Decline> {
        let is_good = |(id, _, verdict): &(ApprovalId, _, Option<Verdict>)| self.was_good(*id, verdict.as_ref());
        let counts = self.paper.is_some() || self.approval().is_some_and(is_good);
        self.decline().filter(|_| counts)
    }

    /// Returns the withdrawal of the approval that would count.
    pub fn withdrawal(&self) -> Option<&ApprovalWithdrawal> {
        self.approval().and_then(|(id, ..)| self.withdrawals.get(id)).filter(|_| self.paper.is_none())
    }

    /// Returns the confirmation of an approval, if it was found good.
    pub fn countersignature(
        &self,
        approval: ApprovalId,
    ) -> Option<&(CountersignatureId, Countersignature, Option<CounterVerdict>)> {
        let good = |v: &CounterVerdict| v.finding == Finding::Verified;
        self.countersignatures
            .iter()
            .find(|(_, c, verdict)| c.approval == approval && verdict.as_ref().is_some_and(good))
    }

    /// Returns the approval by a device key that the passkey has yet to confirm: it
    /// was found good or awaits a ruling, and was not withdrawn.
    pub fn to_countersign(&self) -> Option<ApprovalId> {
        let (id, approval, verdict) = self.approval()?;
        let stands = self.was_good(*id, verdict.as_ref()) || self.awaits_ruling(*id, verdict.as_ref());
        let under_way = self.countersignatures.iter().any(|(_, c, verdict)| c.approval == *id && verdict.is_none());
        let open = approval.signature.level() == Level::DeviceKey
            && stands
            && !under_way
            && !self.withdrawals.contains_key(id)
            && self.countersignature(*id).is_none();
        open.then_some(*id)
    }

    /// Returns the newest refusal.
    pub fn decline(&self) -> Option<&Decline> {
        self.declines.last().map(|(_, decline)| decline)
    }

    /// Returns the state of the consent.
    pub fn state(&self) -> ConsentState {
        if let Some(paper) = &self.paper {
            let declined = self.decline().is_some_and(|decline| decline.at > paper.at);
            return if declined { ConsentState::Declined } else { ConsentState::Approved };
        }
        if self.later_decline().is_some() {
            return ConsentState::Declined;
        }
        match (self.approval(), self.decline()) {
            (Some((id, ..)), _) if self.withdrawals.contains_key(id) => ConsentState::Declined,
            (Some((id, _, verdict)), _) if self.was_good(*id, verdict.as_ref()) => ConsentState::Approved,
            (Some((id, _, verdict)), _) if self.awaits_ruling(*id, verdict.as_ref()) => ConsentState::Signed,
            (Some((_, approval, _)), Some(decline)) if decline.at > approval.at => ConsentState::Declined,
            (Some((_, _, None)), _) => ConsentState::Signed,
            (Some((_, _, Some(verdict))), _) => ConsentState::NotAccepted(verdict.finding),
            (None, Some(_)) => ConsentState::Declined,
            (None, None) => ConsentState::Asked,
        }
    }
}

impl GivenRevision {
    /// Returns the person whose approval `person` has to wait for, if the firm wants an order.
    pub fn waits_for(&self, person: PersonId) -> Option<PersonId> {
        let approved = |p: &PersonId| self.consents.get(p).is_some_and(|c| c.state() == ConsentState::Approved);
        let request = &self.consents.get(&person)?.request;
        request.after.iter().find(|p| self.consents.contains_key(p) && !approved(p)).copied()
    }

    /// Returns what `person` is asked to sign, alone or in a list.
    pub fn to_sign(&self, person: PersonId) -> Option<SignedRevision> {
        let request = &self.consents.get(&person)?.request;
        Some(SignedRevision::of(self.id, self.revision.file.hash, &request.statement, request.nonce))
    }

    /// Returns the return that has the task.
    pub fn tax_return(&self) -> Option<&TaxReturn> {
        self.tax_returns.first().map(|(_, tax_return)| tax_return)
    }

    /// Returns what it is called in a sentence.
    pub fn noun(&self) -> Noun {
        self.tax_return().map_or(Noun::Return, |tax_return| tax_return.kind.noun())
    }

    /// Returns true if it is a revision of this return.
    pub fn is_of(&self, tax_return: TaxReturnId) -> bool {
        self.revision.tax_returns.contains(&tax_return)
    }

    /// Returns what it is called: *Aangifte OB 2e kwartaal 2026*.
    pub fn title(&self, language: Language) -> String {
        self.tax_return().map(|tax_return| tax_return.title(language)).unwrap_or_default()
    }

    /// Returns what it is called, with its number: *Aangifte OB 2e kwartaal 2026, versie 1*.
    pub fn named(&self) -> Bilingual {
        let ([nl, en], number) =
            ([Language::Nl, Language::En].map(|language| self.title(language)), self.revision.number);
        Bilingual::new(format!("{nl}, versie {number}"), format!("{en}, version {number}"))
    }

    /// Returns the amounts that concern a person: those of the own return, or all if none of the returns is the
    /// person's.
    pub fn results_of(&self, person: PersonId) -> impl Iterator<Item = &TaxResult> {
        let is_own = move |id: TaxReturnId| {
            let of = |(known, tax_return): &(TaxReturnId, TaxReturn)| {
                *known == id && tax_return.taxpayer == Taxpayer::Person(person)
            };
            self.tax_returns.iter().any(of)
        };
        let has_own = self.revision.tax_returns.iter().any(|id| is_own(*id));
        self.revision.results.iter().filter(move |result| !has_own || is_own(result.tax_return))
    }

    /// Returns true if one of its returns was filed as this revision has it.
    pub fn is_filed(&self, tax_return: TaxReturnId) -> bool {
        self.filings.get(&tax_return).is_some_and(Filing::stands)
    }

    /// Returns the moment at which the last of its returns was filed, if all of them were.
    pub fn filed_at(&self) -> Option<Timestamp> {
        let standing = |id: &TaxReturnId| self.filings.get(id).filter(|filing| filing.stands());
        let all: Option<Vec<_>> = self.revision.tax_returns.iter().map(|id| Some(standing(id)?.at)).collect();
        all?.into_iter().max()
    }

    /// Returns true if it was filed by a standing consent, whatever became of that since.
    pub fn is_filed_by_consent(&self) -> bool {
        let without_reason = |filing: &Filing| filing.stands() && filing.reason.is_empty();
        matches!(self.revision.basis, Basis::StandingConsent(_)) && self.filings.values().any(without_reason)
    }

    /// Returns true if enough of those who were asked approved. An approval of what was taken back never counts.
    pub fn is_approved(&self) -> bool {
        let mut states = self.consents.values().map(Consent::state);
        match self.revision.enough {
            _ if self.consents.is_empty() || self.recall.is_some() => false,
            Enough::All => states.all(|state| state == ConsentState::Approved),
            Enough::One => {
                let states: Vec<_> = states.collect();
                states.contains(&ConsentState::Approved) && !states.contains(&ConsentState::Declined)
            }
        }
    }

    /// Returns somebody who both approved and refused it, in whatever order: the firm has to look before it files.
    pub fn in_two_minds(&self) -> Option<PersonId> {
        self.consents.iter().find(|(_, consent)| consent.refusal_beside_approval().is_some()).map(|(person, _)| *person)
    }

    /// Returns the others than `person` who signed it, whether the signature was checked yet or not.
    pub fn signed_beside(&self, person: PersonId) -> impl Iterator<Item = PersonId> {
        let signed = |consent: &Consent| matches!(consent.state(), ConsentState::Approved | ConsentState::Signed);
        self.consents.iter().filter(move |(id, consent)| **id != person && signed(consent)).map(|(id, _)| *id)
    }

    /// Returns somebody else than `person` who refused it, even if that person approved it, too.
    pub fn refused_beside(&self, person: PersonId) -> Option<PersonId> {
        let refused = |consent: &Consent| {
            consent.state() == ConsentState::Declined || consent.refusal_beside_approval().is_some()
        };
        self.consents.iter().find(|(id, consent)| **id != person && refused(consent)).map(|(id, _)| *id)
    }

    /// Returns true if it can be filed without a reason, on any day that a standing consent allows.
    pub fn is_clear_to_file(&self) -> bool {
        self.may_be_filed() && self.in_two_minds().is_none()
    }

    /// Returns true if it can be filed without a reason on this day.
    pub fn is_clear_to_file_on(&self, day: Date) -> bool {
        self.is_clear_to_file() && self.covered_until.is_none_or(|until| day <= until)
    }

    /// Returns true if it is filed with the tax authority at all, which a standing consent is not.
    pub fn is_to_be_filed(&self) -> bool {
        self.tax_return().is_none_or(|tax_return| tax_return.kind.is_filed())
    }

    /// Returns true if no newer revision replaced it and the firm did not take it back.
    pub fn is_current(&self) -> bool {
        self.void.is_none() && self.recall.is_none()
    }

    /// Returns true if it stands, and enough approved it, a standing consent covers it, or nobody is asked.
    pub fn may_be_filed(&self) -> bool {
        self.is_current()
            && self.is_to_be_filed()
            && match self.revision.basis {
                Basis::Approval => self.is_approved(),
                Basis::Information => true,
                Basis::StandingConsent(_) => self.covered_until.is_some(),
            }
    }
}
