//! Reads a year from its two documents. Never fails: what cannot be read is
//! reported beside what could.

use super::{Consent, DossierYear, GivenAttachment, GivenMessage, GivenProposal, GivenRevision, GivenTask, Sender};
use crate::{
    document::{Document, Party, Problem, Record},
    id::*,
    record::*,
};
use std::collections::BTreeMap;

impl DossierYear {
    /// Reads both documents; either may be absent. Never fails: what cannot
    /// be read stands in `problems`.
    pub fn read(firm: Option<&Document>, client: Option<&Document>) -> Self {
        let mut reader = Reader { firm, client, problems: Vec::new() };
        let mut year = Self {
            cover: reader.all::<Cover>().remove(Cover::KEY),
            people: reader.all(),
            checklists: reader.all(),
            tasks: reader.tasks(),
            attachments: reader.attachments(),
            revisions: reader.revisions(),
            messages: reader.messages(),
            item_replies: reader.newest(|r: &ItemReply| r.at),
            readings: reader.newest(|r: &Reading| r.through),
            firm_reading: reader.all::<FirmReading>().remove(FirmReading::KEY),
            deliveries: reader.deliveries(),
            details: reader.all(),
            proposals: reader.proposals(),
            preferences: reader.newest(|p: &Preferences| p.at),
            ..Self::default()
        };
        let reopenings = reader.all::<Reopening>();
        for (id, hand_in) in reader.hand_ins() {
            if let Some(reopening) = reopenings.get(&id) {
                let newest = year.reopenings.entry(hand_in.checklist).or_insert_with(|| reopening.clone());
                if newest.at < reopening.at {
                    *newest = reopening.clone();
                }
                continue;
            }
            year.all_hand_ins.entry(hand_in.checklist).or_default().push(id);
            year.hand_in_ids.insert(hand_in.checklist, id);
            year.hand_ins.insert(hand_in.checklist, hand_in);
        }
        year.answers.given = reader.places::<Answer>();
        for answers in year.answers.given.values_mut() {
            answers.sort_by(|a, b| a.at.cmp(&b.at).then(a.by.cmp(&b.by)));
            answers.dedup_by(|a, b| a.value == b.value);
        }
        for given in year.attachments.iter().rev().filter(|a| a.withdrawal.is_none()) {
            if let Some(key) = &given.attachment.answers {
                year.answers.documents.insert(key.clone(), given.attachment.at);
            }
        }
        year.answers.last_year = year.checklists.values().flat_map(|c| c.last_year.clone()).collect();
        year.answers.reviews = reader.all();
        year.problems = reader.problems;
        year
    }
}

struct Reader<'d> {
    firm: Option<&'d Document>,
    client: Option<&'d Document>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn places<R: Record>(&mut self) -> BTreeMap<R::Key, Vec<R>> {
        let document = match R::SECTION.party() {
            Party::Firm => self.firm,
            Party::Client => self.client,
        };
        document.map(|d| d.records(&mut self.problems)).unwrap_or_default()
    }

    /// Records that are written once: where two devices did so under one key,
    /// the library's pick is the same everywhere.
    fn all<R: Record>(&mut self) -> BTreeMap<R::Key, R> {
        self.places().into_iter().filter_map(|(key, mut records)| Some((key, records.pop()?))).collect()
    }

    /// Records that are written again in their place: of two that did not know
    /// of each other, the one that `order` puts last.
    fn newest<R: Record, O: Ord>(&mut self, order: impl Fn(&R) -> O) -> BTreeMap<R::Key, R> {
        let last = |records: Vec<R>| records.into_iter().max_by_key(&order);
        self.places().into_iter().filter_map(|(key, records)| Some((key, last(records)?))).collect()
    }

    fn deliveries(&mut self) -> Vec<(DeliveryId, Delivery)> {
        let mut deliveries: Vec<_> = self.all::<Delivery>().into_iter().collect();
        deliveries.sort_by(|(a_id, a), (b_id, b)| b.at.cmp(&a.at).then(a_id.cmp(b_id)));
        deliveries
    }

    fn proposals(&mut self) -> Vec<GivenProposal> {
        let mut withdrawals = self.all::<ProposalWithdrawal>();
        let mut replies = self.all::<ProposalReply>();
        let mut proposals: Vec<_> = self
            .all::<ChangeProposal>()
            .into_iter()
            .map(|(id, proposal)| GivenProposal {
                id,
                proposal,
                withdrawal: withdrawals.remove(&id),
                reply: replies.remove(&id),
            })
            .collect();
        proposals.sort_by(|a, b| b.proposal.at.cmp(&a.proposal.at).then(a.id.cmp(&b.id)));
        proposals
    }

    fn tasks(&mut self) -> Vec<GivenTask> {
        let mut closings = self.all::<Closing>();
        let mut tasks: Vec<_> = self
            .all::<Task>()
            .into_iter()
            .map(|(id, task)| GivenTask { id, task, closing: closings.remove(&id) })
            .collect();
        tasks.sort_by(|a, b| b.task.at.cmp(&a.task.at).then(a.id.cmp(&b.id)));
        tasks
    }

    fn attachments(&mut self) -> Vec<GivenAttachment> {
        let mut withdrawals = self.all::<Withdrawal>();
        let mut receipts = self.all::<Receipt>();
        let mut intakes = self.all::<Intake>();
        let mut attachments: Vec<_> = self
            .all::<Attachment>()
            .into_iter()
            .map(|(id, attachment)| {
                // A receipt for other bytes is none for this attachment.
                let receipt = receipts.remove(&id).filter(|r| r.hash == attachment.hash);
                let (withdrawal, intake) = (withdrawals.remove(&id), intakes.remove(&id));
                // What the firm took in can no longer be taken back, only replaced.
                let taken_in = intake.as_ref().is_some_and(|i| i.outcome == ReviewOutcome::Accepted);
                let withdrawal = withdrawal.filter(|_| !taken_in);
                GivenAttachment { id, attachment, withdrawal, receipt, intake }
            })
            .collect();
        attachments.sort_by(|a, b| b.attachment.at.cmp(&a.attachment.at).then(a.id.cmp(&b.id)));
        attachments
    }

    /// The latest first, so that the first of each checklist is what stays.
    fn hand_ins(&mut self) -> Vec<(HandInId, HandIn)> {
        let mut hand_ins: Vec<_> = self.all::<HandIn>().into_iter().collect();
        hand_ins.sort_by(|(a_id, a), (b_id, b)| b.at.cmp(&a.at).then(b_id.cmp(a_id)));
        hand_ins
    }

    fn revisions(&mut self) -> Vec<GivenRevision> {
        let mut consents = self.consents();
        let mut voids = self.all::<Void>();
        let mut filings = self.all::<Filing>();
        let mut revisions: Vec<_> = self
            .all::<Revision>()
            .into_iter()
            .map(|(id, revision)| GivenRevision {
                id,
                revision,
                void: voids.remove(&id),
                filing: filings.remove(&id),
                consents: consents.remove(&id).unwrap_or_default(),
            })
            .collect();
        revisions.sort_by(|a, b| b.revision.number.cmp(&a.revision.number).then(a.id.cmp(&b.id)));
        revisions
    }

    fn consents(&mut self) -> BTreeMap<RevisionId, BTreeMap<PersonId, Consent>> {
        let openings = self.all::<Opening>();
        let mut verdicts = self.all::<Verdict>();
        let mut withdrawals = self.all::<ApprovalWithdrawal>();
        let mut rulings = self.all::<Ruling>();
        let mut papers = self.all::<PaperApproval>();
        let mut consents: BTreeMap<RevisionId, BTreeMap<PersonId, Consent>> = BTreeMap::new();
        for (key, request) in self.all::<ApprovalRequest>() {
            let opened = openings.get(&key).map(|o| o.at);
            let consent = Consent {
                request,
                opened,
                approvals: Vec::new(),
                declines: Vec::new(),
                withdrawals: BTreeMap::new(),
                rulings: BTreeMap::new(),
                paper: papers.remove(&key),
                countersignatures: Vec::new(),
            };
            consents.entry(key.revision).or_default().insert(key.person, consent);
        }
        for (id, approval) in self.all::<Approval>() {
            if let Some(consent) = consents.get_mut(&approval.revision).and_then(|c| c.get_mut(&approval.by)) {
                // Nobody takes back what somebody else gave.
                let own = withdrawals.remove(&id).filter(|w| w.by == approval.by);
                consent.withdrawals.extend(own.map(|w| (id, w)));
                consent.rulings.extend(rulings.remove(&id).map(|r| (id, r)));
                consent.approvals.push((id, approval, verdicts.remove(&id)));
            }
        }
        let mut counter_verdicts = self.all::<CounterVerdict>();
        for (id, countersignature) in self.all::<Countersignature>() {
            let own = |c: &&mut Consent| {
                c.approvals
                    .iter()
                    .any(|(known, a, _)| *known == countersignature.approval && a.by == countersignature.by)
            };
            if let Some(consent) = consents.values_mut().flat_map(BTreeMap::values_mut).find(own) {
                consent.countersignatures.push((id, countersignature, counter_verdicts.remove(&id)));
            }
        }
        for (id, decline) in self.all::<Decline>() {
            if let Some(consent) = consents.get_mut(&decline.revision).and_then(|c| c.get_mut(&decline.by)) {
                consent.declines.push((id, decline));
            }
        }
        for consent in consents.values_mut().flat_map(BTreeMap::values_mut) {
            consent.approvals.sort_by_key(|(id, approval, _)| (approval.at, *id));
            consent.declines.sort_by_key(|(id, decline)| (decline.at, *id));
            consent.countersignatures.sort_by_key(|(id, c, _)| (c.at, *id));
        }
        consents
    }

    fn messages(&mut self) -> Vec<GivenMessage> {
        let of_people = self.all::<Message>().into_iter().map(|(id, m)| GivenMessage {
            id,
            from: Sender::Person(m.by),
            at: m.at,
            body: m.body,
            about: m.about,
            answer: m.answer,
            attachments: m.attachments,
            files: Vec::new(),
        });
        let mut messages: Vec<_> = of_people.collect();
        messages.extend(self.all::<FirmMessage>().into_iter().map(|(id, m)| GivenMessage {
            id,
            from: Sender::Advisor(m.by),
            at: m.at,
            body: m.body,
            about: m.about,
            answer: m.answer,
            attachments: Vec::new(),
            files: m.files,
        }));
        messages.sort_by_key(|m| (m.at, m.id));
        messages
    }
}
