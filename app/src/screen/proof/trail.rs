//! The steps of an approval: what happened, and what is still to come.

use super::last_signed::Signed;
use crate::{
    component::approval_state::finding_words,
    text::{self, ApprovalStateText},
    view::View,
};
use documents::dossier::{Consent, ConsentState, GivenRevision};
use model::{
    id::{ApprovalId, PersonId},
    record::ApprovalWithdrawal,
    section::Section,
};
use ui::part::{Pace, Step};

/// Returns all steps: signed, received and checked, and then those of the others and the firm.
pub(super) fn steps(view: &View, signed: &Signed<'_>) -> Vec<Step> {
    let text = text::Proof(view.language());
    let mut steps = vec![Step::new(Pace::Done, text.on_device()).at(view.moment(signed.approval.at))];
    let received = text.received(view.firm());
    match (signed.unsent, signed.verdict) {
        (true, _) => {
            steps.push(Step::new(Pace::Now, text.waits()).note(text.waits_note()));
            steps.push(Step::new(Pace::Later, received));
        }
        (false, None) => {
            steps.push(Step::new(Pace::Done, received));
            steps.push(Step::new(Pace::Now, text.verifying()));
        }
        (false, Some(verdict)) => {
            steps.push(Step::new(Pace::Done, received).at(view.moment(verdict.at)));
            match signed.consent.state() {
                ConsentState::NotAccepted(finding) => {
                    let words = text::Approve(view.language());
                    steps.push(Step::new(Pace::Now, words.not_accepted()).note(finding_words(finding, words)));
                }
                ConsentState::Signed => {
                    let words = ApprovalStateText(view.language());
                    steps.push(Step::new(Pace::Now, words.awaiting_ruling_short(view.advisor_name())));
                }
                _ => steps.push(Step::new(Pace::Done, text.verified())),
            }
        }
    }
    if let Some(withdrawal) = signed.consent.withdrawal() {
        steps.extend(withdrawn_steps(view, signed.id, withdrawal));
        return steps;
    }
    if signed.given.void.is_none() {
        steps.extend(after(view, signed.given));
    }
    steps
}

/// Returns the steps of a withdrawal: on this device, at the firm, and what the advisor does.
fn withdrawn_steps(view: &View, id: ApprovalId, withdrawal: &ApprovalWithdrawal) -> Vec<Step> {
    let (text, state) = (text::Proof(view.language()), ApprovalStateText(view.language()));
    let mut steps = vec![Step::new(Pace::Done, state.withdrawn_step()).at(view.moment(withdrawal.at))];
    if view.is_unsent(Section::ApprovalWithdrawals, &id.to_string()) {
        steps.push(Step::new(Pace::Now, text.waits()).note(text.waits_note()));
        steps.push(Step::new(Pace::Later, text.received(view.firm())));
    } else {
        steps.push(Step::new(Pace::Done, text.received(view.firm())));
        steps.push(Step::new(Pace::Now, state.looks(view.advisor_name())));
    }
    steps
}

/// Returns the steps that the others and the firm still have to take.
pub(super) fn after(view: &View, given: &GivenRevision) -> Vec<Step> {
    let text = text::Proof(view.language());
    let others = given.consents.iter().filter(|(person, _)| Some(**person) != view.me);
    let mut steps: Vec<_> = others.map(|(person, consent)| other_step(view, *person, consent)).collect();
    if given.is_to_be_filed() {
        steps.push(match given.filed_at() {
            Some(at) => Step::new(Pace::Done, text.filed()).at(view.moment(at)),
            None => Step::new(Pace::Later, text.files(view.advisor_name())).note(text.files_note()),
        });
    }
    steps
}

fn other_step(view: &View, person: PersonId, consent: &Consent) -> Step {
    let text = text::Proof(view.language());
    let name = view.year.given_name(person);
    if let Some(paper) = &consent.paper {
        return Step::new(Pace::Done, text.other_approved(name)).at(view.moment(paper.at));
    }
    match (consent.state(), consent.approval(), consent.decline()) {
        (ConsentState::Signed, Some((id, ..)), _) if consent.awaiting_ruling() == Some(*id) => {
            Step::new(Pace::Now, ApprovalStateText(view.language()).other_awaits_ruling(name, view.advisor_name()))
        }
        (ConsentState::Declined, ..) if consent.withdrawal().is_some() => {
            Step::new(Pace::Now, ApprovalStateText(view.language()).other_withdrew(name))
        }
        (ConsentState::Approved | ConsentState::Signed, Some((_, approval, _)), _) => {
            Step::new(Pace::Done, text.other_approved(name)).at(view.moment(approval.at))
        }
        (ConsentState::Declined, _, Some(decline)) => {
            Step::new(Pace::Now, text.other_declined(name)).at(view.moment(decline.at))
        }
        _ => Step::new(Pace::Now, text.still(name)),
    }
}
