//! Reads a year from its two documents. Never fails: what cannot be read is
//! reported beside what could be.
//!
//! There are some forty types of record, and generic code is
//! compiled for each: a tenth of what a phone downloads. So maps contain only keys and
//! places, and are sorted in one way ([`in_order`]).

use super::{Consent, DossierYear, GivenAttachment, GivenMessage, GivenProposal, GivenRevision, GivenTask, Sender};
use crate::document::{Document, UnknownRecord};
use model::{
    id::*,
    record::*,
    section::{Party, Record, Section},
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};

impl DossierYear {
    /// Reads both documents, either of which may be absent. Never fails: what cannot
    /// be read is reported in `unknown`.
    pub fn read(firm: Option<&Document>, client: Option<&Document>) -> Self {
        Self::default().read_again(firm, client)
    }

    /// Does the same as [`DossierYear::read`] faster; `self` was read from the same documents
    /// earlier.
    pub fn read_again(&self, firm: Option<&Document>, client: Option<&Document>) -> Self {
        let mut reader = Reader { firm, client, unknown: Vec::new() };
        let tax_returns: BTreeMap<TaxReturnId, TaxReturn> = reader.map();
        let mut year = Self {
            cover: reader.found::<Cover>().take(&Cover::KEY.to_owned()),
            people: reader.map(),
            checklists: reader.checklists(&self.checklists),
            tasks: reader.tasks(),
            attachments: reader.attachments(),
            revisions: reader.revisions(&tax_returns),
            tax_returns,
            messages: reader.messages(),
            item_replies: reader.newest(|r: &ItemReply| r.at),
            payment_reports: reader.newest(|r: &PaymentReport| r.at),
            readings: reader.newest(|r: &Reading| r.through),
            firm_reading: reader.found::<FirmReading>().take(&FirmReading::KEY.to_owned()),
            deliveries: reader.deliveries(),
            details: reader.map(),
            proposals: reader.proposals(),
            preferences: reader.newest(|p: &Preferences| p.at),
            ..Self::default()
        };
        let mut reopenings = reader.found::<Reopening>();
        for (id, hand_in) in reader.hand_ins() {
            if let Some(reopening) = reopenings.take(&id) {
                let known = year.reopenings.get(&hand_in.checklist);
                if known.is_none_or(|newest| newest.at < reopening.at) {
                    year.reopenings.insert(hand_in.checklist, reopening);
                }
                continue;
            }
            year.all_hand_ins.entry(hand_in.checklist).or_default().push(id);
            year.hand_in_ids.insert(hand_in.checklist, id);
            year.hand_ins.insert(hand_in.checklist, hand_in);
        }
        for (key, answers) in reader.places::<Answer>() {
            let mut answers = in_order(answers, |a| (a.at.0, *a.by.as_bytes()));
            answers.dedup_by(|a, b| a.value == b.value);
            year.answers.given.insert(key, answers);
        }
        for given in year.attachments.iter().rev().filter(|a| a.withdrawal.is_none()) {
            if let Some(key) = &given.attachment.answers {
                year.answers.documents.insert(key.clone(), given.attachment.at);
            }
        }
        year.answers.last_year = year.checklists.values().flat_map(|c| c.last_year.clone()).collect();
        year.answers.reviews = reader.map();
        year.add_recalls(reader.map());
        year.add_standing_consents();
        year.unknown = reader.unknown;
        for document in [firm, client].into_iter().flatten() {
            year.unknown.extend(document.unknown_sections());
        }
        year
    }
}

/// The key by which [`in_order`] sorts: a moment or a number, then the bytes of an id.
type SortKey = (i64, [u8; 16]);

/// Sorts items in ascending order of their keys.
fn in_order<T>(items: Vec<T>, key: impl Fn(&T) -> SortKey) -> Vec<T> {
    if items.len() < 2 {
        return items;
    }
    let order = items.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    reordered(items, order)
}

fn reordered<T>(items: Vec<T>, mut order: Vec<(SortKey, usize)>) -> Vec<T> {
    order.sort_unstable();
    let mut items: Vec<_> = items.into_iter().map(Some).collect();
    let mut sorted = Vec::with_capacity(items.len());
    for (_, at) in order {
        sorted.extend(items.get_mut(at).and_then(Option::take));
    }
    sorted
}

/// Returns a place that sorts the newest first.
fn newest_first(at: Timestamp, id: &[u8; 16]) -> SortKey {
    (at.0.saturating_neg(), *id)
}

/// The consents of each person to each revision.
type Consents = BTreeMap<RevisionId, BTreeMap<PersonId, Consent>>;

/// Records of one type, to be taken by key.
struct Found<R: Record> {
    places: BTreeMap<R::Key, usize>,
    records: Vec<Option<R>>,
}

impl<R: Record> Found<R> {
    fn of(all: Vec<(R::Key, R)>) -> Self {
        let mut found = Self { places: BTreeMap::new(), records: Vec::with_capacity(all.len()) };
        for (key, record) in all {
            found.places.insert(key, found.records.len());
            found.records.push(Some(record));
        }
        found
    }

    fn take(&mut self, key: &R::Key) -> Option<R> {
        let place = self.places.get(key)?;
        self.records.get_mut(*place)?.take()
    }
}

fn picks<R: Record>(places: Vec<(R::Key, Vec<R>)>) -> Vec<(R::Key, R)> {
    let mut all = Vec::with_capacity(places.len());
    for (key, mut records) in places {
        all.extend(records.pop().map(|record| (key, record)));
    }
    all
}

fn by_key<R: Record>(all: Vec<(R::Key, R)>) -> BTreeMap<R::Key, R> {
    let mut map = BTreeMap::new();
    for (key, record) in all {
        map.insert(key, record);
    }
    map
}

struct Reader<'d> {
    firm: Option<&'d Document>,
    client: Option<&'d Document>,
    unknown: Vec<UnknownRecord>,
}

impl Reader<'_> {
    fn places<R: Record>(&mut self) -> Vec<(R::Key, Vec<R>)> {
        let document = match R::SECTION.party() {
            Party::Firm => self.firm,
            Party::Client => self.client,
        };
        document.map(|d| d.records(&mut self.unknown)).unwrap_or_default()
    }

    /// Returns records that are written once. If two devices wrote under one key,
    /// the library picks the same one everywhere.
    fn all<R: Record>(&mut self) -> Vec<(R::Key, R)> {
        let places = self.places();
        if places.is_empty() { Vec::new() } else { picks(places) }
    }

    /// Does the same as [`Reader::all`], and returns a map by key.
    fn map<R: Record>(&mut self) -> BTreeMap<R::Key, R> {
        let all = self.all();
        if all.is_empty() { BTreeMap::new() } else { by_key(all) }
    }

    /// Does the same as [`Reader::all`], and returns records to be taken by key.
    fn found<R: Record>(&mut self) -> Found<R> {
        let all = self.all();
        if all.is_empty() { Found { places: BTreeMap::new(), records: Vec::new() } } else { Found::of(all) }
    }

    /// Returns records that are overwritten. If two devices wrote without knowing of
    /// each other, the one that `order` puts last is taken.
    fn newest<R: Record>(&mut self, order: impl Fn(&R) -> Timestamp) -> BTreeMap<R::Key, R> {
        let mut newest = Vec::new();
        for (key, records) in self.places::<R>() {
            newest.extend(records.into_iter().max_by_key(&order).map(|record| (key, record)));
        }
        if newest.is_empty() { BTreeMap::new() } else { by_key(newest) }
    }

    /// Returns the checklists. They are by far the largest records, and written once, so those that
    /// are known are not read once more.
    fn checklists(&mut self, known: &BTreeMap<ChecklistId, Arc<Checklist>>) -> BTreeMap<ChecklistId, Arc<Checklist>> {
        let keys = self.firm.map(|d| d.keys(Section::Checklists)).unwrap_or_default();
        let is_known = |key: &String| key.parse().is_ok_and(|id| known.contains_key(&id));
        if keys.len() == known.len() && keys.iter().all(is_known) {
            return known.clone();
        }
        let mut checklists = BTreeMap::new();
        for (id, checklist) in self.all() {
            checklists.insert(id, Arc::new(checklist));
        }
        checklists
    }

    fn deliveries(&mut self) -> Vec<(DeliveryId, Delivery)> {
        in_order(self.all(), |(id, d): &(DeliveryId, Delivery)| newest_first(d.at, id.as_bytes()))
    }

    fn proposals(&mut self) -> Vec<GivenProposal> {
        let all = self.all();
        if all.is_empty() { Vec::new() } else { self.given_proposals(all) }
    }

    fn given_proposals(&mut self, all: Vec<(ProposalId, ChangeProposal)>) -> Vec<GivenProposal> {
        let mut withdrawals = self.found::<ProposalWithdrawal>();
        let mut replies = self.found::<ProposalReply>();
        let mut proposals = Vec::new();
        for (id, proposal) in all {
            let (withdrawal, reply) = (withdrawals.take(&id), replies.take(&id));
            proposals.push(GivenProposal { id, proposal, withdrawal, reply });
        }
        in_order(proposals, |p| newest_first(p.proposal.at, p.id.as_bytes()))
    }

    fn tasks(&mut self) -> Vec<GivenTask> {
        let mut closings = self.found::<Closing>();
        let mut tasks = Vec::new();
        for (id, task) in self.all::<Task>() {
            tasks.push(GivenTask { id, task, closing: closings.take(&id) });
        }
        in_order(tasks, |t| newest_first(t.task.at, t.id.as_bytes()))
    }

    fn attachments(&mut self) -> Vec<GivenAttachment> {
        let all = self.all();
        if all.is_empty() { Vec::new() } else { self.given_attachments(all) }
    }

    fn given_attachments(&mut self, all: Vec<(AttachmentId, Attachment)>) -> Vec<GivenAttachment> {
        let mut withdrawals = self.found::<Withdrawal>();
        let mut receipts = self.found::<Receipt>();
        let mut intakes = self.found::<Intake>();
        let mut attachments = Vec::new();
        for (id, attachment) in all {
            // A receipt for other bytes does not belong to this attachment.
            let receipt = receipts.take(&id).filter(|r| r.hash == attachment.hash);
            let (withdrawal, intake) = (withdrawals.take(&id), intakes.take(&id));
            // A document that the firm accepted can no longer be withdrawn, only replaced.
            let taken_in = intake.as_ref().is_some_and(|i| i.outcome == ReviewOutcome::Accepted);
            let withdrawal = withdrawal.filter(|_| !taken_in);
            attachments.push(GivenAttachment { id, attachment, withdrawal, receipt, intake });
        }
        in_order(attachments, |a| newest_first(a.attachment.at, a.id.as_bytes()))
    }

    /// Returns the hand-ins, the latest first, so that a map keeps the first of each checklist.
    fn hand_ins(&mut self) -> impl Iterator<Item = (HandInId, HandIn)> + use<> {
        in_order(self.all(), |(id, h): &(HandInId, HandIn)| (h.at.0, *id.as_bytes())).into_iter().rev()
    }

    fn revisions(&mut self, tax_returns: &BTreeMap<TaxReturnId, TaxReturn>) -> Vec<GivenRevision> {
        let mut consents = self.consents();
        let mut voids = self.found::<Void>();
        let mut filings = self.found::<Filing>();
        let mut revisions = Vec::new();
        for (id, revision) in self.all::<Revision>() {
            let ids = revision.tax_returns.clone();
            let given = GivenRevision {
                id,
                revision,
                tax_returns: ids.iter().filter_map(|id| Some((*id, tax_returns.get(id)?.clone()))).collect(),
                void: voids.take(&id),
                recall: None,
                covered_until: None,
                filings: ids
                    .iter()
                    .filter_map(|tax_return| {
                        Some((*tax_return, filings.take(&PerReturn { revision: id, tax_return: *tax_return })?))
                    })
                    .collect(),
                consents: consents.remove(&id).unwrap_or_default(),
            };
            revisions.push(given);
        }
        in_order(revisions, |r| {
            // Those of one moment are in the order of their numbers.
            let mut tie = *r.id.as_bytes();
            tie[..4].copy_from_slice(&(!r.revision.number).to_be_bytes());
            newest_first(r.revision.at, &tie)
        })
    }

    fn consents(&mut self) -> Consents {
        let mut openings = self.found::<Opening>();
        let mut papers = self.found::<PaperApproval>();
        let mut consents = Consents::new();
        for (key, request) in self.all::<ApprovalRequest>() {
            let (opened, paper) = (openings.take(&key).map(|o| o.at), papers.take(&key));
            let consent = Consent { opened, paper, ..Consent::asked(request) };
            consents.entry(key.revision).or_default().insert(key.person, consent);
        }
        let approvals = self.all();
        if !approvals.is_empty() {
            self.add_approvals(&mut consents, approvals);
        }
        let countersignatures = self.all();
        if !countersignatures.is_empty() {
            self.add_countersignatures(&mut consents, countersignatures);
        }
        for (id, decline) in in_order(self.all(), |(id, d): &(DeclineId, Decline)| (d.at.0, *id.as_bytes())) {
            if let Some(consent) = consents.get_mut(&decline.revision).and_then(|c| c.get_mut(&decline.by)) {
                consent.declines.push((id, decline));
            }
        }
        consents
    }

    fn add_approvals(&mut self, consents: &mut Consents, approvals: Vec<(ApprovalId, Approval)>) {
        let mut verdicts = self.found::<Verdict>();
        let mut withdrawals = self.found::<ApprovalWithdrawal>();
        let mut rulings = self.found::<Ruling>();
        for (id, approval) in in_order(approvals, |(id, a)| (a.at.0, *id.as_bytes())) {
            if let Some(consent) = consents.get_mut(&approval.revision).and_then(|c| c.get_mut(&approval.by)) {
                // A withdrawal by somebody else has no effect.
                let own = withdrawals.take(&id).filter(|w| w.by == approval.by);
                consent.withdrawals.extend(own.map(|w| (id, w)));
                consent.rulings.extend(rulings.take(&id).map(|r| (id, r)));
                consent.approvals.push((id, approval, verdicts.take(&id)));
            }
        }
    }

    fn add_countersignatures(&mut self, consents: &mut Consents, all: Vec<(CountersignatureId, Countersignature)>) {
        let mut verdicts = self.found::<CounterVerdict>();
        for (id, countersignature) in in_order(all, |(id, c)| (c.at.0, *id.as_bytes())) {
            let own = |c: &&mut Consent| {
                c.approvals
                    .iter()
                    .any(|(known, a, _)| *known == countersignature.approval && a.by == countersignature.by)
            };
            if let Some(consent) = consents.values_mut().flat_map(BTreeMap::values_mut).find(own) {
                consent.countersignatures.push((id, countersignature, verdicts.take(&id)));
            }
        }
    }

    fn messages(&mut self) -> Vec<GivenMessage> {
        let mut messages = Vec::new();
        for (id, m) in self.all::<Message>() {
            messages.push(GivenMessage {
                id,
                from: Sender::Person(m.by),
                at: m.at,
                body: m.body,
                about: m.about,
                answer: m.answer,
                attachments: m.attachments,
                files: Vec::new(),
            });
        }
        for (id, m) in self.all::<FirmMessage>() {
            messages.push(GivenMessage {
                id,
                from: Sender::Advisor(m.by),
                at: m.at,
                body: m.body,
                about: m.about,
                answer: m.answer,
                attachments: Vec::new(),
                files: m.files,
            });
        }
        in_order(messages, |m| (m.at.0, *m.id.as_bytes()))
    }
}
