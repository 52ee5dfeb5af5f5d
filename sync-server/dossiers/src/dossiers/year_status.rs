//! The status of a year, for the tables of the console.

use documents::{
    dossier::{Consent, ConsentState, DossierYear, GivenRevision, GivenTask, Sender, TaskState},
    protocol::DocumentInfo,
};
use model::{
    checklist::Progress,
    id::TaxReturnId,
    record::{Basis, Role, TaskKind},
    time::Timestamp,
};
use std::collections::BTreeMap;
use storage::db::{Attention, PersonRow, ReturnPhase, ReturnStatus, YearStage, YearStatus};

pub(super) fn of(year: &DossierYear, people: &[PersonRow], info: &DocumentInfo, at: Timestamp) -> YearStatus {
    let checklists = || year.checklists.iter().filter(|(id, _)| !year.is_recalled_checklist(**id));
    let progress: Progress = checklists().map(|(id, _)| year.progress(*id)).sum();
    let current = year.current_revisions();
    let asks = |given: &&&GivenRevision| given.is_to_be_filed() && given.revision.basis == Basis::Approval;
    let (given, asked) =
        current.iter().filter(asks).fold((0, 0), |(given, asked), r| (given + approvals(r), asked + r.consents.len()));
    let does = |p: &&PersonRow| p.role != Role::Reader;
    let is_open = |t: &&GivenTask| people.iter().filter(does).any(|p| year.task_state(t, p.id) == TaskState::Open);
    let open = year.tasks.iter().filter(is_open);
    YearStatus {
        client: info.client,
        tax_year: info.tax_year,
        stage: stage(year, people, given, asked),
        answered: count(progress.answered),
        asked: count(progress.asked),
        approvals_given: count(given),
        approvals_asked: count(asked),
        attention: attention(year, &progress, &current),
        updated_at: at,
        open_tasks: count(open.clone().count()),
        due: open.filter_map(|t| t.task.due).min(),
        checklists: checklists().map(|(_, c)| c.template.id.clone()).collect(),
    }
}

/// Returns the returns that are set out, each as its newest revision has it.
pub(super) fn returns(year: &DossierYear) -> Vec<ReturnStatus> {
    let mut returns = BTreeMap::new();
    let counts =
        |r: &&GivenRevision| r.is_to_be_filed() && (r.is_current() || r.void.is_none() && r.filed_at().is_some());
    let mut current: Vec<_> = year.revisions.iter().filter(counts).collect();
    // What was filed stays beside its correction, also when it was taken back.
    current.sort_by_key(|given| given.revision.number);
    for given in current {
        let is_asked = |t: &&GivenTask| matches!(t.task.kind, TaskKind::Approval(of) if given.is_of(of));
        let asked_until = year.tasks.iter().filter(is_asked).filter_map(|t| t.task.due).max();
        for (id, tax_return) in &given.tax_returns {
            let phase = return_phase(given, *id);
            let due = [asked_until, tax_return.postponed_until].into_iter().flatten().min();
            let status = ReturnStatus {
                id: *id,
                tax_return: tax_return.clone(),
                phase,
                approvals_given: count(approvals(given)),
                approvals_asked: count(given.consents.len()),
                due: due.filter(|_| phase != ReturnPhase::Filed),
            };
            returns.insert(*id, status);
        }
    }
    returns.into_values().collect()
}

fn return_phase(given: &GivenRevision, tax_return: TaxReturnId) -> ReturnPhase {
    let is_declined = given.consents.values().any(|consent| consent.state() == ConsentState::Declined);
    if given.is_filed(tax_return) {
        ReturnPhase::Filed
    } else if is_declined || given.in_two_minds().is_some() {
        ReturnPhase::Declined
    } else if given.revision.basis == Basis::Information {
        ReturnPhase::ForInformation
    } else if given.is_clear_to_file() {
        ReturnPhase::ToFile
    } else {
        ReturnPhase::ToApprove
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn approvals(revision: &GivenRevision) -> usize {
    revision.consents.values().filter(|c| c.state() == ConsentState::Approved).count()
}

fn stage(year: &DossierYear, people: &[PersonRow], given: usize, asked: usize) -> YearStage {
    if asked > 0 && given == asked {
        YearStage::Approved
    } else if asked > 0 || has_handed_in(year) {
        YearStage::Draft
    } else if year.checklists.keys().any(|id| !year.is_recalled_checklist(*id)) {
        YearStage::Checklist
    } else if people.iter().any(|p| p.account.is_some()) {
        YearStage::Registered
    } else {
        YearStage::Invited
    }
}

fn has_handed_in(year: &DossierYear) -> bool {
    year.hand_ins.keys().any(|id| !year.is_recalled_checklist(*id))
}

/// Returns the most urgent thing that waits for the advisor.
fn attention(year: &DossierYear, progress: &Progress, current: &[&GivenRevision]) -> Option<Attention> {
    // A standing consent is no return: it neither waits to be filed nor hides what waits.
    let current: Vec<_> = current.iter().filter(|r| r.is_to_be_filed()).collect();
    let open: Vec<_> = current.iter().filter(|r| r.filed_at().is_none()).collect();
    let states: Vec<_> = open.iter().flat_map(|r| r.consents.values().map(Consent::state)).collect();
    let is_ready = |r: &GivenRevision| r.revision.basis != Basis::Information && r.may_be_filed();
    let unanswered = year.messages.last().is_some_and(|m| matches!(m.from, Sender::Person(_)));
    let unread = year.unread_by_firm() > 0;
    if states.contains(&ConsentState::Declined) {
        Some(Attention::Declined)
    } else if states.iter().any(|s| matches!(s, ConsentState::NotAccepted(_))) {
        Some(Attention::NotAccepted)
    } else if open.iter().any(|r| is_ready(r)) {
        Some(Attention::ReadyToFile)
    } else if unanswered && unread {
        Some(Attention::Question)
    } else if year.open_proposals().next().is_some() {
        Some(Attention::Proposal)
    } else if current.is_empty() && progress.differing > 0 {
        Some(Attention::Differing)
    } else if current.is_empty() && has_handed_in(year) {
        Some(Attention::HandedIn)
    } else {
        None
    }
}
