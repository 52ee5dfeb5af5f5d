//! A client's tax year, read from its two documents. The app shows it, the
//! console shows it; neither looks into a document by itself.

use crate::{
    checklist::{Answers, Progress},
    document::{Document, Party, Problem, Record},
    id::*,
    record::*,
    time::Timestamp,
};
use std::collections::BTreeMap;

/// All that was exchanged about one year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DossierYear {
    /// Whose dossier it is. Absent until the firm's document arrived.
    pub cover: Option<Cover>,
    /// The client's people.
    pub people: BTreeMap<PersonId, Person>,
    /// Checklists that were set out.
    pub checklists: BTreeMap<ChecklistId, Checklist>,
    /// What was asked, newest first.
    pub tasks: Vec<GivenTask>,
    /// Answers to all checklists.
    pub answers: Answers,
    /// Files of the client, newest first.
    pub attachments: Vec<GivenAttachment>,
    /// Per checklist the first time it was handed in.
    pub hand_ins: BTreeMap<ChecklistId, HandIn>,
    /// Which record each of these is.
    pub hand_in_ids: BTreeMap<ChecklistId, HandInId>,
    /// Revisions of tax returns, newest first.
    pub revisions: Vec<GivenRevision>,
    /// Messages of both sides, oldest first.
    pub messages: Vec<GivenMessage>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// A task with how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenTask {
    /// Which.
    pub id: TaskId,
    /// What is asked.
    pub task: Task,
    /// How the firm closed it.
    pub closing: Option<Closing>,
}

/// An attachment with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenAttachment {
    /// Which.
    pub id: AttachmentId,
    /// What the person says of it.
    pub attachment: Attachment,
    /// Taken back.
    pub withdrawal: Option<Withdrawal>,
    /// The firm has all of it.
    pub receipt: Option<Receipt>,
}

/// A revision with what each person said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenRevision {
    /// Which.
    pub id: RevisionId,
    /// The bytes and figures.
    pub revision: Revision,
    /// Replaced by a newer one.
    pub void: Option<Void>,
    /// Went to the tax authority.
    pub filing: Option<Filing>,
    /// Per person who was asked.
    pub consents: BTreeMap<PersonId, Consent>,
}

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
}

/// Where one person's consent to a revision stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentState {
    /// Not answered.
    Asked,
    /// Signed; the server has not yet said what it found.
    Signed,
    /// Signed, checked and found good.
    Approved,
    /// Signed, but the server could not accept it.
    NotAccepted(Finding),
    /// Does not agree, or asked something.
    Declined,
}

impl Consent {
    /// The approval that counts: a verified one, else the newest.
    pub fn approval(&self) -> Option<&(ApprovalId, Approval, Option<Verdict>)> {
        let verified = |a: &&(_, _, Option<Verdict>)| a.2.as_ref().is_some_and(|v| v.finding == Finding::Verified);
        self.approvals.iter().find(verified).or(self.approvals.last())
    }

    /// The newest refusal.
    pub fn decline(&self) -> Option<&Decline> {
        self.declines.last().map(|(_, decline)| decline)
    }

    /// Where it stands.
    pub fn state(&self) -> ConsentState {
        match (self.approval(), self.decline()) {
            (Some((_, _, Some(verdict))), _) if verdict.finding == Finding::Verified => ConsentState::Approved,
            (Some((_, approval, _)), Some(decline)) if decline.at > approval.at => ConsentState::Declined,
            (Some((_, _, None)), _) => ConsentState::Signed,
            (Some((_, _, Some(verdict))), _) => ConsentState::NotAccepted(verdict.finding),
            (None, Some(_)) => ConsentState::Declined,
            (None, None) => ConsentState::Asked,
        }
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// A person of the client.
    Person(PersonId),
    /// An advisor, by full name.
    Advisor(String),
}

/// A message of either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenMessage {
    /// Which.
    pub id: MessageId,
    /// Who wrote it.
    pub from: Sender,
    /// When.
    pub at: Timestamp,
    /// The text.
    pub body: String,
    /// The task it is about.
    pub about: Option<TaskId>,
}

/// Where a task stands for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Something is to be done.
    Open,
    /// The person did it; the firm has yet to.
    Waiting,
    /// Over.
    Done,
    /// Taken back by the firm.
    Withdrawn,
}

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
            ..Self::default()
        };
        for (id, hand_in) in reader.hand_ins() {
            year.hand_in_ids.insert(hand_in.checklist, id);
            year.hand_ins.insert(hand_in.checklist, hand_in);
        }
        year.answers.given = reader.places::<Answer>();
        for answers in year.answers.given.values_mut() {
            answers.sort_by(|a, b| a.at.cmp(&b.at).then(a.by.cmp(&b.by)));
            answers.dedup_by(|a, b| a.value == b.value);
        }
        year.answers.documents = year
            .attachments
            .iter()
            .filter(|a| a.withdrawal.is_none())
            .filter_map(|a| a.attachment.answers.clone())
            .collect();
        year.problems = reader.problems;
        year
    }

    /// The people who are asked per-person questions and who approve.
    pub fn approvers(&self) -> Vec<PersonId> {
        self.people.iter().filter(|(_, p)| p.role == Role::Approver).map(|(id, _)| *id).collect()
    }

    /// What a person is called in the household.
    pub fn given_name(&self, person: PersonId) -> &str {
        self.people.get(&person).map_or("?", |p| &p.given_name)
    }

    /// A task by its id.
    pub fn task(&self, id: TaskId) -> Option<&GivenTask> {
        self.tasks.iter().find(|t| t.id == id)
    }

    /// A revision by its id.
    pub fn revision(&self, id: RevisionId) -> Option<&GivenRevision> {
        self.revisions.iter().find(|r| r.id == id)
    }

    /// The newest revision of a tax return.
    pub fn latest_revision(&self, tax_return: TaxReturnId) -> Option<&GivenRevision> {
        self.revisions.iter().find(|r| r.revision.tax_return == tax_return)
    }

    /// How far a checklist is.
    pub fn progress(&self, checklist: ChecklistId) -> Progress {
        self.checklists
            .get(&checklist)
            .map(|c| c.template.progress(checklist, &self.approvers(), &self.answers))
            .unwrap_or_default()
    }

    /// Where `task` stands for `person`.
    pub fn task_state(&self, task: &GivenTask, person: PersonId) -> TaskState {
        match (&task.closing, &task.task.kind) {
            (Some(closing), _) if closing.withdrawn => TaskState::Withdrawn,
            (Some(_), _) => TaskState::Done,
            (None, TaskKind::Checklist(id)) if self.hand_ins.contains_key(id) => TaskState::Done,
            (None, TaskKind::Approval(tax_return)) => self.approval_state(*tax_return, person),
            (None, _) => TaskState::Open,
        }
    }

    fn approval_state(&self, tax_return: TaxReturnId, person: PersonId) -> TaskState {
        let consent = self.latest_revision(tax_return).and_then(|r| r.consents.get(&person));
        match consent.map(Consent::state) {
            Some(ConsentState::Asked | ConsentState::NotAccepted(_)) => TaskState::Open,
            Some(ConsentState::Signed | ConsentState::Declined) => TaskState::Waiting,
            Some(ConsentState::Approved) => TaskState::Done,
            None => TaskState::Waiting,
        }
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
        let mut attachments: Vec<_> = self
            .all::<Attachment>()
            .into_iter()
            .map(|(id, attachment)| {
                // A receipt for other bytes is none for this attachment.
                let receipt = receipts.remove(&id).filter(|r| r.hash == attachment.hash);
                GivenAttachment { id, attachment, withdrawal: withdrawals.remove(&id), receipt }
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
        let mut consents: BTreeMap<RevisionId, BTreeMap<PersonId, Consent>> = BTreeMap::new();
        for (key, request) in self.all::<ApprovalRequest>() {
            let opened = openings.get(&key).map(|o| o.at);
            let consent = Consent { request, opened, approvals: Vec::new(), declines: Vec::new() };
            consents.entry(key.revision).or_default().insert(key.person, consent);
        }
        for (id, approval) in self.all::<Approval>() {
            if let Some(consent) = consents.get_mut(&approval.revision).and_then(|c| c.get_mut(&approval.by)) {
                consent.approvals.push((id, approval, verdicts.remove(&id)));
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
        });
        let mut messages: Vec<_> = of_people.collect();
        messages.extend(self.all::<FirmMessage>().into_iter().map(|(id, m)| GivenMessage {
            id,
            from: Sender::Advisor(m.by),
            at: m.at,
            body: m.body,
            about: None,
        }));
        messages.sort_by_key(|m| (m.at, m.id));
        messages
    }
}
