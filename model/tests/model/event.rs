//! Tests of what the audit log stores for each kind of event. The chain covers these texts, and exports and
//! other releases read them, so they must never change.

use model::{
    approval::InvalidSignature,
    event::{Delivered, Event, EventKind, User},
    id::*,
    language::Language,
    mail::MailKind,
    record::{Assessment, DeliveryKind, Finding, Level, RecallTarget},
    tax_number::NumberKind,
    time::TaxYear,
};
use std::collections::BTreeSet;

const ID: &str = "01010101-0101-0101-0101-010101010101";
const ANOTHER: &str = "02020202-0202-0202-0202-020202020202";

/// Returns every kind, those with optional facts in each form, with the word and the JSON that are stored.
#[expect(clippy::too_many_lines, reason = "a table with a row for each kind of event")]
fn stored() -> Vec<(Event, &'static str, String)> {
    let account = AccountId::from_bytes([1; 16]);
    let advisor = AdvisorId::from_bytes([1; 16]);
    let approval = ApprovalId::from_bytes([1; 16]);
    let attachment = AttachmentId::from_bytes([1; 16]);
    let checklist = ChecklistId::from_bytes([1; 16]);
    let client = ClientId::from_bytes([2; 16]);
    let decline = DeclineId::from_bytes([1; 16]);
    let delivery = DeliveryId::from_bytes([1; 16]);
    let device = DeviceId::from_bytes([2; 16]);
    let message = MessageId::from_bytes([1; 16]);
    let person = PersonId::from_bytes([1; 16]);
    let proposal = ProposalId::from_bytes([1; 16]);
    let revision = RevisionId::from_bytes([1; 16]);
    let task = TaskId::from_bytes([1; 16]);
    let of = |what: &str| format!(r#"{{"{what}":"{ID}"}}"#);
    let none = || "{}".to_owned();
    let with = |what: &str, rest: &str| format!(r#"{{"{what}":"{ID}",{rest}}}"#);
    let (number, finding, level) = (3, Finding::Outdated, Level::DeviceKey);
    let mut all = vec![
        (
            Event::FirmAdded { firm: FirmId::from_bytes([1; 16]), name: "Kantoor Noord".to_owned() },
            "firm_added",
            with("firm", r#""name":"Kantoor Noord""#),
        ),
        (Event::FirmSetUp {}, "firm_set_up", none()),
        (Event::FirmChanged {}, "firm_changed", none()),
        (Event::AuditLogExported {}, "audit_log_exported", none()),
        (
            Event::MailTextChanged { kind: MailKind::Task, language: Language::Nl },
            "mail_text_changed",
            r#"{"kind":"task","language":"nl"}"#.to_owned(),
        ),
        (Event::MailServerChanged { own: true }, "mail_server_changed", r#"{"own":true}"#.to_owned()),
        (Event::MailKeyChanged { used: false }, "mail_key_changed", r#"{"used":false}"#.to_owned()),
        (Event::MailScheduleChanged {}, "mail_schedule_changed", none()),
        (
            Event::TemplatePublished { template: "ib-2025".to_owned(), version: 2 },
            "template_published",
            r#"{"template":"ib-2025","version":2}"#.to_owned(),
        ),
        (Event::AdvisorInvited { advisor }, "advisor_invited", of("advisor")),
        (Event::AdvisorChanged { advisor }, "advisor_changed", of("advisor")),
        (Event::AdvisorRoleChanged { advisor }, "advisor_role_changed", of("advisor")),
        (Event::AdvisorBlocked { advisor }, "advisor_blocked", of("advisor")),
        (Event::AdvisorUnblocked { advisor }, "advisor_unblocked", of("advisor")),
        (Event::ClientsHandedOver { advisor }, "clients_handed_over", of("advisor")),
        (Event::ClientAdded { imported: false, people: 2 }, "client_added", r#"{"people":2}"#.to_owned()),
        (
            Event::ClientAdded { imported: true, people: 2 },
            "client_added",
            r#"{"imported":true,"people":2}"#.to_owned(),
        ),
        (Event::ClientChanged { imported: false, people: None }, "client_changed", none()),
        (
            Event::ClientChanged { imported: true, people: Some(2) },
            "client_changed",
            r#"{"imported":true,"people":2}"#.to_owned(),
        ),
        (Event::ClientBlocked {}, "client_blocked", none()),
        (Event::ClientUnblocked {}, "client_unblocked", none()),
        (Event::ClientArchived {}, "client_archived", none()),
        (Event::ClientTakenBack {}, "client_taken_back", none()),
        (Event::PersonAdded { person }, "person_added", of("person")),
        (Event::PersonBlocked { person }, "person_blocked", of("person")),
        (Event::PersonUnblocked { person }, "person_unblocked", of("person")),
        (Event::RoleChanged { person }, "role_changed", of("person")),
        (
            Event::HouseholdSplit { client, from: TaxYear(2025), person },
            "household_split",
            format!(r#"{{"client":"{ANOTHER}","from":2025,"person":"{ID}"}}"#),
        ),
        (Event::PersonInvited { person }, "person_invited", of("person")),
        (Event::MailSentAgain { mail: 17 }, "mail_sent_again", r#"{"mail":17}"#.to_owned()),
        (Event::InvitationWithdrawn { of: User::Advisor(advisor) }, "invitation_withdrawn", of("advisor")),
        (Event::InvitationWithdrawn { of: User::Person(person) }, "invitation_withdrawn", of("person")),
        (Event::InvitationWrongPerson { person }, "invitation_wrong_person", of("person")),
        (Event::LinkAskedAgain { person: None }, "link_asked_again", none()),
        (Event::LinkAskedAgain { person: Some(person) }, "link_asked_again", of("person")),
        (Event::Registered { account }, "registered", of("account")),
        (Event::MembershipAdded { person }, "membership_added", of("person")),
        (Event::AccessRenewalStarted { of: User::Advisor(advisor) }, "access_renewal_started", of("advisor")),
        (Event::AccessRenewalStarted { of: User::Person(person) }, "access_renewal_started", of("person")),
        (Event::AccessRenewed { account }, "access_renewed", of("account")),
        (
            Event::LoggedIn { account, device, network: "203.0.113.0/24".to_owned() },
            "logged_in",
            format!(r#"{{"account":"{ID}","device":"{ANOTHER}","network":"203.0.113.0/24"}}"#),
        ),
        (
            Event::LoginRefused { account, network: "203.0.113.0/24".to_owned() },
            "login_refused",
            format!(r#"{{"account":"{ID}","network":"203.0.113.0/24"}}"#),
        ),
        (Event::LoggedOut { account, device }, "logged_out", format!(r#"{{"account":"{ID}","device":"{ANOTHER}"}}"#)),
        (Event::PasskeyAdded { account }, "passkey_added", of("account")),
        (Event::PasskeyRemoved { account }, "passkey_removed", of("account")),
        (Event::DeviceAdded { account }, "device_added", of("account")),
        (Event::DeviceRemoved { account }, "device_removed", of("account")),
        (Event::SessionsEnded { account }, "sessions_ended", of("account")),
        (Event::DeviceKeyCertified { account }, "device_key_certified", of("account")),
        (Event::AlarmRaised { account }, "alarm_raised", of("account")),
        (Event::YearOpened {}, "year_opened", none()),
        (Event::ChecklistSetOut { checklist }, "checklist_set_out", of("checklist")),
        (
            Event::DocumentsRequested { count: 4, task },
            "documents_requested",
            format!(r#"{{"count":4,"task":"{ID}"}}"#),
        ),
        (Event::TaskClosed { task }, "task_closed", of("task")),
        (Event::QuestionsAnswered { count: 4 }, "questions_answered", r#"{"count":4}"#.to_owned()),
        (Event::ChecklistHandedIn { checklist }, "checklist_handed_in", of("checklist")),
        (Event::ChecklistReopened { checklist }, "checklist_reopened", of("checklist")),
        (Event::AnswersAccepted { count: 4 }, "answers_accepted", r#"{"count":4}"#.to_owned()),
        (Event::AnswersSentBack { count: 4 }, "answers_sent_back", r#"{"count":4}"#.to_owned()),
        (Event::AttachmentAnnounced { attachment }, "attachment_announced", of("attachment")),
        (Event::AttachmentReceived { attachment }, "attachment_received", of("attachment")),
        (Event::AttachmentWithdrawn { attachment }, "attachment_withdrawn", of("attachment")),
        (Event::DocumentTakenIn { attachment }, "document_taken_in", of("attachment")),
        (Event::DocumentSentBack { attachment }, "document_sent_back", of("attachment")),
        (Event::ItemReplied { item: 1, task }, "item_replied", format!(r#"{{"item":1,"task":"{ID}"}}"#)),
    ];
    for (kind, word) in [
        (DeliveryKind::FiledReturn(TaxReturnId::from_bytes([1; 16])), "filed_return"),
        (
            DeliveryKind::Assessment(Assessment {
                person,
                amount: model::money::Cents(100),
                decides: None,
                dated: None,
                due: None,
                iban: String::new(),
                reference: String::new(),
            }),
            "assessment",
        ),
        (DeliveryKind::Letter, "letter"),
    ] {
        let event = Event::Delivered { delivery, what: Delivered::from(&kind) };
        all.push((event, "delivered", with("delivery", &format!(r#""what":"{word}""#))));
    }
    all.extend([
        (Event::MessageWritten { message }, "message_written", of("message")),
        (Event::MessageReceived { message }, "message_received", of("message")),
        (Event::ChangeProposed { proposal }, "change_proposed", of("proposal")),
        (Event::ProposalWithdrawn { proposal }, "proposal_withdrawn", of("proposal")),
        (Event::ProposalTakenOver { proposal }, "proposal_taken_over", of("proposal")),
        (Event::ProposalAnswered { proposal }, "proposal_answered", of("proposal")),
        (Event::DetailsChanged { person }, "details_changed", of("person")),
        (Event::TaxNumbersChanged { person: Some(person) }, "tax_numbers_changed", of("person")),
        (Event::TaxNumbersChanged { person: None }, "tax_numbers_changed", "{}".to_owned()),
        (
            Event::TaxNumberShown { kind: NumberKind::Vat, person: Some(person) },
            "tax_number_shown",
            format!(r#"{{"kind":"vat","person":"{ID}"}}"#),
        ),
        (
            Event::TaxNumberShown { kind: NumberKind::Rsin, person: None },
            "tax_number_shown",
            r#"{"kind":"rsin"}"#.to_owned(),
        ),
        (Event::TaxNumbersExported { count: 3 }, "tax_numbers_exported", r#"{"count":3}"#.to_owned()),
        (
            Event::RevisionSetOut { number, revision },
            "revision_set_out",
            format!(r#"{{"number":3,"revision":"{ID}"}}"#),
        ),
        (Event::RevisionFiled { revision, unapproved: false }, "revision_filed", of("revision")),
        (
            Event::RevisionFiled { revision, unapproved: true },
            "revision_filed",
            with("revision", r#""unapproved":true"#),
        ),
        (Event::FilingUndone { revision, told: false }, "filing_undone", of("revision")),
        (Event::FilingUndone { revision, told: true }, "filing_undone", with("revision", r#""told":true"#)),
        (Event::PaymentAsked { task }, "payment_asked", of("task")),
        (Event::PaymentReported { paid: true, task }, "payment_reported", format!(r#"{{"paid":true,"task":"{ID}"}}"#)),
        (
            Event::Recalled { target: RecallTarget::Revision(revision) },
            "recalled",
            format!(r#"{{"target":"revision/{ID}"}}"#),
        ),
        (Event::RevisionOpened { number }, "revision_opened", r#"{"number":3}"#.to_owned()),
        (Event::RevisionDeclined { decline, number }, "revision_declined", with("decline", r#""number":3"#)),
        (
            Event::ApprovalVerified { approval, level, number },
            "approval_verified",
            with("approval", r#""level":"device_key","number":3"#),
        ),
        (
            Event::ApprovalAwaitsRuling { approval, level: Level::Passkey, number },
            "approval_awaits_ruling",
            with("approval", r#""level":"passkey","number":3"#),
        ),
        (
            Event::ApprovalNotAccepted { approval, finding, flaw: None, number },
            "approval_not_accepted",
            with("approval", r#""finding":"outdated","flaw":null,"number":3"#),
        ),
        (
            Event::ApprovalNotAccepted {
                approval,
                finding: Finding::Invalid,
                flaw: Some(InvalidSignature::CrossOrigin),
                number,
            },
            "approval_not_accepted",
            with("approval", r#""finding":"invalid","flaw":"cross_origin","number":3"#),
        ),
        (
            Event::ApprovalCountersigned { approval, finding: Finding::Verified, number },
            "approval_countersigned",
            with("approval", r#""finding":"verified","number":3"#),
        ),
        (
            Event::CountersignatureNotAccepted { approval, finding, number },
            "countersignature_not_accepted",
            with("approval", r#""finding":"outdated","number":3"#),
        ),
        (Event::ApprovalWithdrawn { approval, number }, "approval_withdrawn", with("approval", r#""number":3"#)),
        (Event::ApprovalReleased { approval }, "approval_released", of("approval")),
        (Event::ApprovalRefused { approval }, "approval_refused", of("approval")),
        (
            Event::PaperApprovalRecorded { number, person },
            "paper_approval_recorded",
            format!(r#"{{"number":3,"person":"{ID}"}}"#),
        ),
        (Event::DocumentsTakenOut { count: 4 }, "documents_taken_out", r#"{"count":4}"#.to_owned()),
        (Event::EvidenceRead { approval }, "evidence_read", of("approval")),
    ]);
    all
}

#[test]
fn the_stored_text_of_each_kind_is_as_it_was_and_reads_back() {
    let mut seen = BTreeSet::new();
    for (event, word, detail) in stored() {
        assert_eq!((event.word(), event.detail()), (word, detail.clone()));
        assert_eq!(Event::read(word, &detail), event);
        seen.extend(event.kind());
    }
    let missing: Vec<_> = EventKind::ALL.iter().filter(|kind| !seen.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_another_release_wrote_is_kept_as_it_is() {
    for (word, detail) in [
        ("yacht_declared", r#"{"length":12}"#),
        ("approval_awaits_ruling", r#"{"approval":"a new kind of identifier"}"#),
        ("message_received", "no JSON"),
    ] {
        let event = Event::read(word, detail);
        assert_eq!(event, Event::Unknown { kind: word.to_owned(), detail: detail.to_owned() });
        assert_eq!((event.kind(), event.word(), event.detail()), (None, word, detail.to_owned()));
    }
    let more = Event::read("message_received", &format!(r#"{{"message":"{ID}","words":7}}"#));
    assert_eq!(
        more,
        Event::MessageReceived { message: MessageId::from_bytes([1; 16]) },
        "a further fact is passed over"
    );
}
