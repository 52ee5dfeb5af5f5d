//! The events that the audit log can contain: every kind with its facts. An event
//! has identifiers and counts, never names of people or files and never amounts. Only firms are named.
//!
//! A new kind of event is one entry in the list below; the compiler then names
//! everything that has to know it.

use crate::{
    approval::InvalidSignature,
    id::*,
    language::Language,
    mail::MailKind,
    record::{DeliveryKind, Finding, Level, RecallTarget},
    tax_number::NumberKind,
    time::TaxYear,
};
use serde::{Deserialize, Serialize};

/// Somebody who has a login, or is invited to make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum User {
    /// An advisor of the firm.
    Advisor(AdvisorId),
    /// A person of a client.
    Person(PersonId),
}

/// The kinds of document that are added to the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivered {
    /// A tax return as it was filed.
    FiledReturn,
    /// A decision of the tax authority.
    Assessment,
    /// A letter or another document.
    Letter,
}

impl From<&DeliveryKind> for Delivered {
    fn from(kind: &DeliveryKind) -> Self {
        match kind {
            DeliveryKind::FiledReturn(_) => Self::FiledReturn,
            DeliveryKind::Assessment(_) => Self::Assessment,
            DeliveryKind::Letter => Self::Letter,
        }
    }
}

/// Makes [`Event`] and [`EventKind`] from one list. The fields of a kind have to be in alphabetical
/// order, because they are stored in this order and the chain covers the stored text.
macro_rules! events {
    ($($(#[$doc:meta])+ $name:ident = $word:literal { $($(#[$serde:meta])* $field:ident: $type:ty),* })+) => {
        /// Something that happened, with its facts.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "the type of a field says what it is")]
        pub enum Event {
            $($(#[$doc])+ $name { $($(#[$serde])* $field: $type),* },)+
            /// An event that another release of the program wrote. It is shown by its word, and stored unchanged.
            #[serde(skip)]
            Unknown {
                kind: String,
                detail: String,
            },
        }

        /// The kind of an event, without its facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind {
            $($(#[$doc])+ $name,)+
        }

        impl EventKind {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Returns the word that is stored.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }

        impl Event {
            /// Returns the kind, if this program knows it.
            pub fn kind(&self) -> Option<EventKind> {
                match self {
                    $(Self::$name { .. } => Some(EventKind::$name),)+
                    Self::Unknown { .. } => None,
                }
            }

            /// Reads an event as it is stored. An event that this program cannot read becomes [`Event::Unknown`].
            pub fn read(kind: &str, detail: &str) -> Self {
                let read = match EventKind::of(kind) {
                    $(Some(EventKind::$name) => {
                        #[derive(Deserialize)]
                        struct Facts { $($(#[$serde])* $field: $type),* }
                        serde_json::from_str(detail).map(|Facts { $($field),* }| Self::$name { $($field),* }).ok()
                    })+
                    None => None,
                };
                read.unwrap_or_else(|| Self::Unknown { kind: kind.to_owned(), detail: detail.to_owned() })
            }
        }
    };
}

events! {
    /// A firm was added to the installation.
    FirmAdded = "firm_added" { firm: FirmId, name: String }
    /// A firm was set up on the server.
    FirmSetUp = "firm_set_up" {}
    /// The firm's name, address or looks changed.
    FirmChanged = "firm_changed" {}
    /// Somebody exported the audit log.
    AuditLogExported = "audit_log_exported" {}
    /// The firm's own text of a mail changed.
    MailTextChanged = "mail_text_changed" { kind: MailKind, language: Language }
    /// The firm's own mail server was set up, changed or removed.
    MailServerChanged = "mail_server_changed" { own: bool }
    /// The key that signs the firm's mails was made, switched on or switched off.
    MailKeyChanged = "mail_key_changed" { used: bool }
    /// The hours at which mails are sent changed.
    MailScheduleChanged = "mail_schedule_changed" {}
    /// A checklist template was published.
    TemplatePublished = "template_published" { template: String, version: u32 }

    /// A colleague was invited.
    AdvisorInvited = "advisor_invited" { advisor: AdvisorId }
    /// A colleague's details changed.
    AdvisorChanged = "advisor_changed" { advisor: AdvisorId }
    /// A colleague's role changed.
    AdvisorRoleChanged = "advisor_role_changed" { advisor: AdvisorId }
    /// A colleague was blocked.
    AdvisorBlocked = "advisor_blocked" { advisor: AdvisorId }
    /// A colleague was unblocked.
    AdvisorUnblocked = "advisor_unblocked" { advisor: AdvisorId }
    /// Another advisor became responsible for a colleague's clients.
    ClientsHandedOver = "clients_handed_over" { advisor: AdvisorId }

    /// A client was added.
    ClientAdded = "client_added" {
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] imported: bool,
        people: usize
    }
    /// The firm's data of a client changed.
    ClientChanged = "client_changed" {
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] imported: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")] people: Option<usize>
    }
    /// The people of a client were blocked.
    ClientBlocked = "client_blocked" {}
    /// The people of a client were unblocked.
    ClientUnblocked = "client_unblocked" {}
    /// A client was archived.
    ClientArchived = "client_archived" {}
    /// A client was taken out of the archive.
    ClientTakenBack = "client_taken_back" {}
    /// A person was added to a client.
    PersonAdded = "person_added" { person: PersonId }
    /// A person was blocked.
    PersonBlocked = "person_blocked" { person: PersonId }
    /// A person was unblocked.
    PersonUnblocked = "person_unblocked" { person: PersonId }
    /// A person's role in the household changed.
    RoleChanged = "role_changed" { person: PersonId }
    /// A person left a household and became a client.
    HouseholdSplit = "household_split" { client: ClientId, from: TaxYear, person: PersonId }

    /// A person was invited.
    PersonInvited = "person_invited" { person: PersonId }
    /// A mail was sent once more.
    MailSentAgain = "mail_sent_again" { mail: i64 }
    /// The firm withdrew an invitation.
    InvitationWithdrawn = "invitation_withdrawn" { #[serde(flatten)] of: User }
    /// Somebody who got an invitation says that it is for somebody else.
    InvitationWrongPerson = "invitation_wrong_person" { person: PersonId }
    /// Somebody asked for a new link.
    LinkAskedAgain = "link_asked_again" {
        #[serde(default, skip_serializing_if = "Option::is_none")] person: Option<PersonId>
    }
    /// Somebody made a login.
    Registered = "registered" { account: AccountId }
    /// Somebody who has a login opened this client with it for the first time.
    MembershipAdded = "membership_added" { person: PersonId }
    /// The firm started to renew the access of somebody who lost every passkey.
    AccessRenewalStarted = "access_renewal_started" { #[serde(flatten)] of: User }
    /// The access of somebody who lost every passkey was renewed.
    AccessRenewed = "access_renewed" { account: AccountId }
    /// Somebody logged in. The network is where from, not the address of one person.
    LoggedIn = "logged_in" { account: AccountId, device: DeviceId, network: String }
    /// A passkey of a login did not let somebody in. It is written once an hour for each login.
    LoginRefused = "login_refused" { account: AccountId, network: String }
    /// Somebody logged out.
    LoggedOut = "logged_out" { account: AccountId, device: DeviceId }
    /// A passkey was added to a login.
    PasskeyAdded = "passkey_added" { account: AccountId }
    /// A passkey of a login was removed.
    PasskeyRemoved = "passkey_removed" { account: AccountId }
    /// A login was used on a new device.
    DeviceAdded = "device_added" { account: AccountId }
    /// A device of a login was removed.
    DeviceRemoved = "device_removed" { account: AccountId }
    /// Somebody ended the sessions of their own login.
    SessionsEnded = "sessions_ended" { account: AccountId }
    /// A passkey certified the key of a device.
    DeviceKeyCertified = "device_key_certified" { account: AccountId }
    /// Somebody reported that a change of the login was not theirs.
    AlarmRaised = "alarm_raised" { account: AccountId }

    /// A tax year of a client was opened.
    YearOpened = "year_opened" {}
    /// A client was given a checklist.
    ChecklistSetOut = "checklist_set_out" { checklist: ChecklistId }
    /// Documents were asked for.
    DocumentsRequested = "documents_requested" { count: usize, task: TaskId }
    /// The firm closed a task.
    TaskClosed = "task_closed" { task: TaskId }
    /// Answers to questions came in.
    QuestionsAnswered = "questions_answered" { count: usize }
    /// A checklist was handed in.
    ChecklistHandedIn = "checklist_handed_in" { checklist: ChecklistId }
    /// The firm reopened a checklist.
    ChecklistReopened = "checklist_reopened" { checklist: ChecklistId }
    /// The firm accepted answers.
    AnswersAccepted = "answers_accepted" { count: usize }
    /// The firm sent answers back.
    AnswersSentBack = "answers_sent_back" { count: usize }
    /// A file was announced by the record of it.
    AttachmentAnnounced = "attachment_announced" { attachment: AttachmentId }
    /// The bytes of a file came in.
    AttachmentReceived = "attachment_received" { attachment: AttachmentId }
    /// A file was withdrawn.
    AttachmentWithdrawn = "attachment_withdrawn" { attachment: AttachmentId }
    /// The firm accepted a document.
    DocumentTakenIn = "document_taken_in" { attachment: AttachmentId }
    /// The firm sent a document back.
    DocumentSentBack = "document_sent_back" { attachment: AttachmentId }
    /// A person said that no document comes for an item of a request.
    ItemReplied = "item_replied" { item: u32, task: TaskId }
    /// The firm added a document to the archive.
    Delivered = "delivered" { delivery: DeliveryId, what: Delivered }
    /// The firm wrote a message.
    MessageWritten = "message_written" { message: MessageId }
    /// A message came in.
    MessageReceived = "message_received" { message: MessageId }
    /// A person reported a change of details.
    ChangeProposed = "change_proposed" { proposal: ProposalId }
    /// A person withdrew a reported change.
    ProposalWithdrawn = "proposal_withdrawn" { proposal: ProposalId }
    /// The firm accepted a reported change.
    ProposalTakenOver = "proposal_taken_over" { proposal: ProposalId }
    /// The firm answered a reported change without accepting it.
    ProposalAnswered = "proposal_answered" { proposal: ProposalId }
    /// The firm changed a person's details.
    DetailsChanged = "details_changed" { person: PersonId }

    /// Numbers of a person, or of the client as a company, changed.
    TaxNumbersChanged = "tax_numbers_changed" {
        #[serde(default, skip_serializing_if = "Option::is_none")] person: Option<PersonId>
    }
    /// Somebody of the firm looked at a number that is masked.
    TaxNumberShown = "tax_number_shown" {
        kind: NumberKind,
        #[serde(default, skip_serializing_if = "Option::is_none")] person: Option<PersonId>
    }
    /// Somebody of the firm exported the clients with their numbers.
    TaxNumbersExported = "tax_numbers_exported" { count: usize }

    /// A tax return, or a new version of one, was presented.
    RevisionSetOut = "revision_set_out" { number: u32, revision: RevisionId }
    /// A tax return was filed.
    /// `unapproved` is true if not all who were asked had approved it.
    RevisionFiled = "revision_filed" {
        revision: RevisionId,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] unapproved: bool
    }
    /// The mark that a tax return was filed was undone. `told` is true if mails had said so, and are corrected.
    FilingUndone = "filing_undone" {
        revision: RevisionId,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")] told: bool
    }
    /// A client was asked to pay what a return comes to.
    PaymentAsked = "payment_asked" { task: TaskId }
    /// A client said that a payment was made, or took that back.
    PaymentReported = "payment_reported" { paid: bool, task: TaskId }
    /// The firm took something back that went to the wrong client or was wrong.
    Recalled = "recalled" { target: RecallTarget }
    /// A person opened a tax return for the first time.
    RevisionOpened = "revision_opened" { number: u32 }
    /// A person declined a tax return.
    RevisionDeclined = "revision_declined" { decline: DeclineId, number: u32 }
    /// A person approved a tax return, and the signature is valid.
    ApprovalVerified = "approval_verified" { approval: ApprovalId, level: Level, number: u32 }
    /// An approval awaits a ruling by the firm.
    ApprovalAwaitsRuling = "approval_awaits_ruling" { approval: ApprovalId, level: Level, number: u32 }
    /// An approval does not count.
    ApprovalNotAccepted = "approval_not_accepted" {
        approval: ApprovalId, finding: Finding, flaw: Option<InvalidSignature>, number: u32
    }
    /// A passkey confirmed an approval by a device key.
    ApprovalCountersigned = "approval_countersigned" { approval: ApprovalId, finding: Finding, number: u32 }
    /// A passkey's confirmation of an approval is not valid.
    CountersignatureNotAccepted = "countersignature_not_accepted" {
        approval: ApprovalId, finding: Finding, number: u32
    }
    /// A person withdrew an approval.
    ApprovalWithdrawn = "approval_withdrawn" { approval: ApprovalId, number: u32 }
    /// The firm ruled that an approval counts.
    ApprovalReleased = "approval_released" { approval: ApprovalId }
    /// The firm ruled that an approval does not count.
    ApprovalRefused = "approval_refused" { approval: ApprovalId }
    /// The firm recorded an approval on paper.
    PaperApprovalRecorded = "paper_approval_recorded" { number: u32, person: PersonId }
    /// Somebody of the firm took out all documents of a client's year: so many files.
    DocumentsTakenOut = "documents_taken_out" { count: usize }
    /// Somebody read the evidence of an approval.
    EvidenceRead = "evidence_read" { approval: ApprovalId }
}

impl EventKind {
    /// Returns the kind of a stored word, if this program knows it.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

impl Event {
    /// Returns the word of its kind, as it is stored.
    pub fn word(&self) -> &str {
        match (self, self.kind()) {
            (Self::Unknown { kind, .. }, _) => kind,
            (_, kind) => kind.map_or("", EventKind::word),
        }
    }

    /// Returns its facts as JSON, as they are stored.
    pub fn detail(&self) -> String {
        match self {
            Self::Unknown { detail, .. } => detail.clone(),
            // No fact has a type that JSON cannot express.
            known => serde_json::to_string(known).unwrap_or_default(),
        }
    }
}
