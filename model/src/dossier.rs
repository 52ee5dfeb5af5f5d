//! A client's tax year, read from its two documents. The app shows it, the
//! console shows it; neither looks into a document by itself.

use crate::{
    checklist::{AnswerKey, Answers, Progress, Question},
    document::Problem,
    hash::ContentHash,
    id::*,
    language::Language,
    record::*,
    time::Timestamp,
};
use std::{collections::BTreeMap, sync::Arc};

mod consent;
mod read;
mod request;

pub use consent::{Consent, ConsentState};
pub use request::{DocumentState, ItemStanding};

/// All that was exchanged about one year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DossierYear {
    /// Whose dossier it is. Absent until the firm's document arrived.
    pub cover: Option<Cover>,
    /// The client's people.
    pub people: BTreeMap<PersonId, Person>,
    /// Checklists that were set out.
    pub checklists: BTreeMap<ChecklistId, Arc<Checklist>>,
    /// What was asked, newest first.
    pub tasks: Vec<GivenTask>,
    /// Answers to all checklists.
    pub answers: Answers,
    /// Files of the client, newest first.
    pub attachments: Vec<GivenAttachment>,
    /// Per checklist the first time it was handed in, and not reopened since.
    pub hand_ins: BTreeMap<ChecklistId, HandIn>,
    /// Per checklist all hand-ins that were not reopened: two people may both
    /// have handed in.
    pub all_hand_ins: BTreeMap<ChecklistId, Vec<HandInId>>,
    /// Which record each of these is.
    pub hand_in_ids: BTreeMap<ChecklistId, HandInId>,
    /// Per checklist the newest reopening by the firm.
    pub reopenings: BTreeMap<ChecklistId, Reopening>,
    /// What is said of items of document requests for which no document comes.
    pub item_replies: BTreeMap<ItemKey, ItemReply>,
    /// Revisions of tax returns, newest first.
    pub revisions: Vec<GivenRevision>,
    /// Messages of both sides, oldest first.
    pub messages: Vec<GivenMessage>,
    /// How far each person has read the firm's messages.
    pub readings: BTreeMap<PersonId, Reading>,
    /// How far the firm has read the client's messages.
    pub firm_reading: Option<FirmReading>,
    /// What the firm put into the archive, newest first.
    pub deliveries: Vec<(DeliveryId, Delivery)>,
    /// What the firm knows of each person.
    pub details: BTreeMap<PersonId, PersonalDetails>,
    /// Changes that the client reported, newest first.
    pub proposals: Vec<GivenProposal>,
    /// What each person wants of the portal.
    pub preferences: BTreeMap<PersonId, Preferences>,
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
    /// What the advisor did with it.
    pub intake: Option<Intake>,
}

/// A change proposal with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenProposal {
    /// Which.
    pub id: ProposalId,
    /// What the person reported.
    pub proposal: ChangeProposal,
    /// Taken back.
    pub withdrawal: Option<ProposalWithdrawal>,
    /// What the firm did.
    pub reply: Option<ProposalReply>,
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
    /// The answer it is about.
    pub answer: Option<AnswerKey>,
    /// Documents of the client that go with it.
    pub attachments: Vec<AttachmentId>,
    /// Documents of the firm that go with it.
    pub files: Vec<DeliveredFile>,
}

/// What messages are about: a task, an answer, or nothing in particular.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// A task.
    pub about: Option<TaskId>,
    /// An answer.
    pub answer: Option<AnswerKey>,
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

impl GivenProposal {
    /// Whether the firm has yet to do something with it.
    pub fn is_open(&self) -> bool {
        self.withdrawal.is_none() && self.reply.is_none()
    }
}

impl DossierYear {
    /// Change proposals about people of this client that the firm has yet to
    /// take over or answer, newest first.
    pub fn open_proposals(&self) -> impl Iterator<Item = &GivenProposal> {
        self.proposals.iter().filter(|p| p.is_open() && self.people.contains_key(&p.proposal.person))
    }

    /// Messages of the client that the firm has not read.
    pub fn unread_by_firm(&self) -> usize {
        let through = self.firm_reading.as_ref().map(|r| r.through);
        self.messages.iter().filter(|m| matches!(m.from, Sender::Person(_)) && Some(m.at) > through).count()
    }

    /// Messages of the firm that `person` has not read.
    pub fn unread_by(&self, person: PersonId) -> usize {
        let through = self.readings.get(&person).map(|r| r.through);
        self.messages.iter().filter(|m| matches!(m.from, Sender::Advisor(_)) && Some(m.at) > through).count()
    }

    /// The messages by what they are about, the thread with the newest message
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

    /// What a thread is about, in words; `None` for nothing in particular.
    pub fn subject_title(&self, subject: &Subject, language: Language) -> Option<String> {
        let question = subject.answer.as_ref().and_then(|key| self.question(key)).map(|q| &q.text);
        let task = || subject.about.and_then(|id| self.task(id)).map(|t| &t.task.title);
        question.or_else(task).map(|text| text.get(language).to_owned())
    }

    /// The question that an answer is to.
    pub fn question(&self, key: &AnswerKey) -> Option<&Question> {
        fn find<'q>(questions: &'q [Question], id: &str) -> Option<&'q Question> {
            questions.iter().find_map(|q| {
                if q.id == id { Some(q) } else { find(&q.followups, id).or_else(|| find(&q.columns, id)) }
            })
        }
        let sections = &self.checklists.get(&key.checklist)?.template.sections;
        sections.iter().find_map(|s| find(&s.questions, &key.question))
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

    /// Whether the year names a file of this content, of either side.
    pub fn names_file(&self, hash: &ContentHash) -> bool {
        let consents = self.revisions.iter().flat_map(|r| r.consents.values());
        let of_firm = self.revisions.iter().map(|r| &r.revision.file);
        let of_firm = of_firm.chain(consents.filter_map(|c| c.paper.as_ref()).map(|p| &p.file));
        let of_firm = of_firm.chain(self.deliveries.iter().map(|(_, d)| &d.file));
        let mut of_firm = of_firm.chain(self.messages.iter().flat_map(|m| &m.files));
        of_firm.any(|f| f.hash == *hash) || self.attachments.iter().any(|a| a.attachment.hash == *hash)
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
            (None, TaskKind::DocumentRequest(_)) => self.request_state(task),
            (None, TaskKind::Checklist(_)) => TaskState::Open,
        }
    }

    fn approval_state(&self, tax_return: TaxReturnId, person: PersonId) -> TaskState {
        let latest = self.latest_revision(tax_return);
        let consent = latest.and_then(|r| r.consents.get(&person));
        if latest.is_some_and(|r| r.revision.for_information) {
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
