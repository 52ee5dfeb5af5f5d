//! A client's tax year, read from its two documents. App and console show
//! it, and neither looks into a document by itself.

use crate::document::UnknownRecord;
use model::{
    checklist::{AnswerKey, Answers, Progress, Question},
    hash::ContentHash,
    id::*,
    language::Language,
    record::*,
    section::Record,
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};

mod approval_state;
mod assessed;
mod consent;
mod read;
mod recall;
mod recalled;
mod request;
mod standing_consent;

pub use approval_state::ApprovalState;
pub use consent::{Consent, ConsentState, GivenRevision};
pub use recalled::Recalled;
pub use request::{DocumentState, ItemState};

/// Everything that was exchanged about one year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DossierYear {
    /// The firm, client and year of the dossier. It is absent until the firm's document arrived.
    pub cover: Option<Cover>,
    /// The client's people.
    pub people: BTreeMap<PersonId, Person>,
    /// The checklists of the year.
    pub checklists: BTreeMap<ChecklistId, Arc<Checklist>>,
    /// The tasks, newest first.
    pub tasks: Vec<GivenTask>,
    /// The answers to all checklists.
    pub answers: Answers,
    /// The files of the client, newest first.
    pub attachments: Vec<GivenAttachment>,
    /// The first hand-in of each checklist that was not reopened since.
    pub hand_ins: BTreeMap<ChecklistId, HandIn>,
    /// All hand-ins of each checklist that were not reopened: two people may both
    /// have handed it in.
    pub all_hand_ins: BTreeMap<ChecklistId, Vec<HandInId>>,
    /// The ids of the records in `hand_ins`.
    pub hand_in_ids: BTreeMap<ChecklistId, HandInId>,
    /// The newest reopening of each checklist by the firm.
    pub reopenings: BTreeMap<ChecklistId, Reopening>,
    /// The replies to items of document requests for which no document comes.
    pub item_replies: BTreeMap<ItemKey, ItemReply>,
    /// What the client says about each payment.
    pub payment_reports: BTreeMap<TaskId, PaymentReport>,
    /// The tax returns of the year.
    pub tax_returns: BTreeMap<TaxReturnId, TaxReturn>,
    /// The revisions of tax returns, newest first.
    pub revisions: Vec<GivenRevision>,
    /// The messages of both sides, oldest first.
    pub messages: Vec<GivenMessage>,
    /// The point up to which each person has read the firm's messages.
    pub readings: BTreeMap<PersonId, Reading>,
    /// The point up to which the firm has read the client's messages.
    pub firm_reading: Option<FirmReading>,
    /// The documents that the firm added to the archive, newest first.
    pub deliveries: Vec<(DeliveryId, Delivery)>,
    /// The details that the firm knows of each person.
    pub details: BTreeMap<PersonId, PersonalDetails>,
    /// The changes that the client reported, newest first.
    pub proposals: Vec<GivenProposal>,
    /// The preferences of each person.
    pub preferences: BTreeMap<PersonId, Preferences>,
    /// What the firm took back, newest first.
    pub recalled: Vec<Recalled>,
    /// The records that this release cannot read.
    pub unknown: Vec<UnknownRecord>,
}

/// A task, with its end.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenTask {
    /// The id of the task.
    pub id: TaskId,
    /// The task itself.
    pub task: Task,
    /// The closing by the firm, if the task was closed.
    pub closing: Option<Closing>,
}

/// An attachment, with what was done with it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenAttachment {
    /// The id of the attachment.
    pub id: AttachmentId,
    /// The attachment as the person describes it.
    pub attachment: Attachment,
    /// The withdrawal, if it was withdrawn.
    pub withdrawal: Option<Withdrawal>,
    /// The receipt, if the firm has all of its bytes.
    pub receipt: Option<Receipt>,
    /// The advisor's decision about it, if there is one.
    pub intake: Option<Intake>,
}

/// A change proposal, with what was done with it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenProposal {
    /// The id of the proposal.
    pub id: ProposalId,
    /// The change that the person reported.
    pub proposal: ChangeProposal,
    /// The withdrawal, if it was withdrawn.
    pub withdrawal: Option<ProposalWithdrawal>,
    /// The firm's reply, if there is one.
    pub reply: Option<ProposalReply>,
}

/// The writer of a message.
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
    /// The id of the message.
    pub id: MessageId,
    /// The writer of the message.
    pub from: Sender,
    /// The moment at which it was written.
    pub at: Timestamp,
    /// The text.
    pub body: String,
    /// The task that it is about.
    pub about: Option<TaskId>,
    /// The answer that it is about.
    pub answer: Option<AnswerKey>,
    /// Documents of the client that go with it.
    pub attachments: Vec<AttachmentId>,
    /// Documents of the firm that go with it.
    pub files: Vec<DeliveredFile>,
}

/// The subject of messages: a task, an answer, or nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// A task.
    pub about: Option<TaskId>,
    /// An answer.
    pub answer: Option<AnswerKey>,
}

/// The state of a task for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Something has to be done.
    Open,
    /// The person has done it, and it is the firm's turn.
    Waiting,
    /// The task is done.
    Done,
    /// The firm withdrew it.
    Withdrawn,
}

impl GivenProposal {
    /// Returns true if the firm has to reply to it.
    pub fn is_open(&self) -> bool {
        self.withdrawal.is_none() && self.reply.is_none()
    }
}

impl DossierYear {
    /// Returns true if this release cannot read the record under `key`, and so must not overwrite it.
    pub fn is_unknown<R: Record>(&self, key: &R::Key) -> bool {
        let key = key.to_string();
        self.unknown.iter().any(|record| record.section == Some(R::SECTION) && record.key == key)
    }

    /// Returns the change proposals about people of this client that the firm has neither
    /// accepted nor answered, newest first.
    pub fn open_proposals(&self) -> impl Iterator<Item = &GivenProposal> {
        self.proposals.iter().filter(|p| p.is_open() && self.people.contains_key(&p.proposal.person))
    }

    /// Returns the number of messages of the client that the firm has not read.
    pub fn unread_by_firm(&self) -> usize {
        let through = self.firm_reading.as_ref().map(|r| r.through);
        self.messages.iter().filter(|m| matches!(m.from, Sender::Person(_)) && Some(m.at) > through).count()
    }

    /// Returns the number of messages of the firm that `person` has not read.
    pub fn unread_by(&self, person: PersonId) -> usize {
        let through = self.readings.get(&person).map(|r| r.through);
        let stands = |m: &&GivenMessage| self.recall(RecallTarget::Message(m.id)).is_none();
        let unread = |m: &&GivenMessage| matches!(m.from, Sender::Advisor(_)) && Some(m.at) > through;
        self.messages.iter().filter(unread).filter(stands).count()
    }

    /// Returns the messages by subject, the thread with the newest message
    /// first; within a thread the oldest message first.
    pub fn threads(&self) -> Vec<(Subject, Vec<&GivenMessage>)> {
        let mut threads: BTreeMap<Subject, Vec<&GivenMessage>> = BTreeMap::new();
        for message in &self.messages {
            let subject = Subject { about: message.about, answer: message.answer.clone() };
            threads.entry(subject).or_default().push(message);
        }
        let mut threads: Vec<_> = threads.into_iter().collect();
        threads.sort_by_key(|(_, messages)| std::cmp::Reverse(messages.last().map(|m| m.at)));
        threads
    }

    /// Returns the subject of a thread in words; `None` for nothing in particular.
    pub fn subject_title(&self, subject: &Subject, language: Language) -> Option<String> {
        let question = subject.answer.as_ref().and_then(|key| self.question(key)).map(|q| &q.text);
        let task = || subject.about.and_then(|id| self.task(id)).map(|t| &t.task.title);
        question.or_else(task).map(|text| text.get(language).to_owned())
    }

    /// Returns the question that an answer belongs to.
    pub fn question(&self, key: &AnswerKey) -> Option<&Question> {
        fn find<'q>(questions: &'q [Question], id: &str) -> Option<&'q Question> {
            questions.iter().find_map(|q| {
                if q.id == id { Some(q) } else { find(&q.followups, id).or_else(|| find(&q.columns, id)) }
            })
        }
        let sections = &self.checklists.get(&key.checklist)?.template.sections;
        sections.iter().find_map(|s| find(&s.questions, &key.question))
    }

    /// Returns the people who are asked per-person questions and who approve.
    pub fn approvers(&self) -> Vec<PersonId> {
        self.people.iter().filter(|(_, p)| p.role == Role::Approver).map(|(id, _)| *id).collect()
    }

    /// Returns the given name of a person.
    pub fn given_name(&self, person: PersonId) -> &str {
        self.people.get(&person).map_or("?", |p| &p.given_name)
    }

    /// Returns a task by its id.
    pub fn task(&self, id: TaskId) -> Option<&GivenTask> {
        self.tasks.iter().find(|t| t.id == id)
    }

    /// Returns a revision by its id.
    pub fn revision(&self, id: RevisionId) -> Option<&GivenRevision> {
        self.revisions.iter().find(|r| r.id == id)
    }

    /// Returns the newest revision of a tax return.
    pub fn latest_revision(&self, tax_return: TaxReturnId) -> Option<&GivenRevision> {
        self.revisions.iter().find(|r| r.is_of(tax_return))
    }

    /// Returns the version of the same return before this one.
    pub fn version_before(&self, given: &GivenRevision) -> Option<&GivenRevision> {
        let first = given.revision.tax_returns.first()?;
        let earlier = self.revisions.iter().filter(|r| r.is_of(*first) && r.revision.number < given.revision.number);
        earlier.max_by_key(|r| r.revision.number)
    }

    /// Returns the revisions that no newer one replaced and that were not taken back, ordered by the period and the kind
    /// of their return.
    pub fn current_revisions(&self) -> Vec<&GivenRevision> {
        let mut current: Vec<_> = self.revisions.iter().filter(|r| r.is_current()).collect();
        current.sort_by_key(|r| r.tax_return().map(|t| (t.kind, t.period, t.number, t.taxpayer)));
        current
    }

    /// Returns the revision of the fiscal partner's own return that usually is filed together with this one, if it is
    /// neither filed nor approved.
    pub fn open_beside(&self, given: &GivenRevision) -> Option<&GivenRevision> {
        let own = given.tax_return().filter(|own| own.kind.is_filed_with_partner())?;
        let of_partner = |other: &&GivenRevision| {
            let same = |r: &TaxReturn| (r.kind, r.period) == (own.kind, own.period) && r.taxpayer != own.taxpayer;
            other.is_current() && other.tax_return().is_some_and(same)
        };
        let done = |other: &GivenRevision| other.filed_at().is_some() || other.is_clear_to_file();
        self.revisions.iter().filter(of_partner).find(|other| !done(other))
    }

    /// Returns true if a file with this content belongs to the year: the firm gave it and did not take it back, or it
    /// was received as a document of the client.
    pub fn has_file(&self, hash: &ContentHash) -> bool {
        let stands = |target: RecallTarget| self.recall(target).is_none();
        let revisions = || self.revisions.iter().filter(|r| r.recall.is_none());
        let consents = revisions().flat_map(|r| r.consents.values());
        let of_firm = revisions().map(|r| &r.revision.file);
        let of_firm = of_firm.chain(consents.filter_map(|c| c.paper.as_ref()).map(|p| &p.file));
        let deliveries = self.deliveries.iter().filter(|(id, _)| stands(RecallTarget::Delivery(*id)));
        let of_firm = of_firm.chain(deliveries.map(|(_, d)| &d.file));
        let messages = self.messages.iter().filter(|m| stands(RecallTarget::Message(m.id)));
        let mut of_firm = of_firm.chain(messages.flat_map(|m| &m.files));
        of_firm.any(|f| f.hash == *hash)
            || self.attachments.iter().any(|a| a.receipt.as_ref().is_some_and(|r| r.hash == *hash))
    }

    /// Returns how far a checklist is filled in.
    pub fn progress(&self, checklist: ChecklistId) -> Progress {
        self.checklists
            .get(&checklist)
            .map(|c| c.template.progress(checklist, &self.approvers(), &self.answers))
            .unwrap_or_default()
    }

    /// Returns the state of `task` for `person`.
    pub fn task_state(&self, task: &GivenTask, person: PersonId) -> TaskState {
        match (&task.closing, &task.task.kind) {
            (Some(closing), _) if closing.withdrawn => TaskState::Withdrawn,
            (Some(_), _) => TaskState::Done,
            (None, TaskKind::Checklist(id)) if self.hand_ins.contains_key(id) => TaskState::Done,
            (None, TaskKind::Approval(tax_return)) => self.approval_state(*tax_return, person),
            (None, TaskKind::DocumentRequest(_)) => self.request_state(task),
            (None, TaskKind::Checklist(_)) => TaskState::Open,
            (None, TaskKind::Payment(_)) if self.is_paid(task.id) => TaskState::Done,
            (None, TaskKind::Payment(_)) => TaskState::Open,
        }
    }

    /// Returns what is asked to be paid for a return.
    pub fn payments_asked(&self, tax_return: TaxReturnId) -> impl Iterator<Item = (&GivenTask, &Payment)> {
        let open = self.tasks.iter().filter(|task| task.closing.is_none());
        open.filter_map(move |task| match &task.task.kind {
            TaskKind::Payment(payment) if payment.tax_return == tax_return => Some((task, payment)),
            _ => None,
        })
    }

    /// Returns true if the client says that a payment was made.
    pub fn is_paid(&self, payment: TaskId) -> bool {
        self.payment_reports.get(&payment).is_some_and(|report| report.is_paid)
    }

    fn approval_state(&self, tax_return: TaxReturnId, person: PersonId) -> TaskState {
        let latest = self.latest_revision(tax_return);
        if latest.is_some_and(|r| r.recall.is_some()) {
            return TaskState::Withdrawn;
        }
        let consent = latest.and_then(|r| r.consents.get(&person));
        if latest.is_some_and(|r| r.revision.basis != Basis::Approval) {
            return match consent {
                Some(Consent { opened: None, .. }) => TaskState::Open,
                _ => TaskState::Done,
            };
        }
        let turn = latest.is_none_or(|r| r.waits_for(person).is_none());
        match consent.map(Consent::state) {
            Some(ConsentState::Asked | ConsentState::NotAccepted(_)) if turn => TaskState::Open,
            Some(ConsentState::Asked | ConsentState::NotAccepted(_)) => TaskState::Waiting,
            Some(ConsentState::Signed | ConsentState::Declined) => TaskState::Waiting,
            Some(ConsentState::Approved) => TaskState::Done,
            None => TaskState::Waiting,
        }
    }
}
