//! Events in words, as lines of a time line.

mod text;

use super::{tax_numbers::text::NumberWords, time_format::TimeFormat};
use dioxus::prelude::*;
use model::{
    approval::InvalidSignature,
    event::{Event, User},
    id::PersonId,
    language::Language,
    record::Level,
};
use storage::db::{Actor, PastEvent};
use text::{AccessHappened, ClientHappened, DocumentHappened, Happened, Judged, SignatureHappened};
use ui::part::Icon;

/// An event, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The name of an icon in `icons.css`.
    pub icon: &'static str,
    /// True for the events that a season is about, such as an approval or a filing.
    pub good: bool,
    /// The sentence that says what happened.
    pub title: String,
    /// A further fact about the event.
    pub note: Option<String>,
    /// The moment of the event, in short form.
    pub when: String,
    /// The address of the page about it, if that is another page.
    pub href: Option<String>,
}

/// Returns an event in words. `who` is the name of its actor; `name_of` names the
/// person it is about.
pub fn line(
    time_format: TimeFormat,
    past: &PastEvent,
    who: &str,
    name_of: impl Fn(PersonId) -> Option<String>,
) -> Line {
    let (t, a) = (Happened(time_format.language), AccessHappened(time_format.language));
    let (d, c, s) = (
        DocumentHappened(time_format.language),
        ClientHappened(time_format.language),
        SignatureHappened(time_format.language),
    );
    let judged = Judged(time_format.language);
    let whom = |person: &PersonId| name_of(*person).unwrap_or_else(|| t.a_person().to_owned());
    let user = |user: &User| match user {
        User::Person(person) => whom(person),
        User::Advisor(_) => t.a_person().to_owned(),
    };
    let (icon, title) = match &past.event {
        Event::YearOpened {} => ("file-plus", t.year_opened(who)),
        Event::ClientAdded { .. } => ("user-plus", t.client_added(who)),
        Event::ClientChanged { .. } => ("pencil", c.changed(who)),
        Event::ClientBlocked {} => ("lock", c.blocked(who)),
        Event::ClientUnblocked {} => ("user-round", c.unblocked(who)),
        Event::ClientArchived {} => ("archive", c.archived(who)),
        Event::ClientTakenBack {} => ("undo-2", c.taken_back(who)),
        Event::PersonInvited { person } => ("mail", t.invited(who, &whom(person))),
        Event::MailSentAgain { .. } => ("mail", t.mail_sent_again(who)),
        Event::Registered { .. } | Event::MembershipAdded { .. } => ("user-round", t.registered(who)),
        Event::PasskeyAdded { .. } => ("key-round", t.passkey_added(who)),
        Event::AccessRenewalStarted { of } => ("key-round", a.access_renewal_started(who, &user(of))),
        Event::AccessRenewed { .. } => ("key-round", a.access_renewed(who)),
        Event::SessionsEnded { .. } => ("lock", a.sessions_ended(who)),
        Event::PasskeyRemoved { .. } | Event::DeviceRemoved { .. } => ("lock", a.access_removed(who)),
        Event::DeviceAdded { .. } => ("smartphone", a.device_added(who)),
        Event::DeviceKeyCertified { .. } => ("smartphone", s.certified(who)),
        Event::AlarmRaised { .. } => ("triangle-alert", a.alarm_raised(who)),
        Event::InvitationWithdrawn { of } => ("undo-2", a.invitation_withdrawn(who, &user(of))),
        Event::InvitationWrongPerson { person } => ("triangle-alert", a.wrong_person(&whom(person))),
        Event::LinkAskedAgain { .. } => ("mail", a.link_asked_again(who)),
        Event::PersonBlocked { person } => ("lock", a.person_blocked(who, &whom(person))),
        Event::PersonUnblocked { person } => ("user-round", a.person_unblocked(who, &whom(person))),
        Event::RoleChanged { person } => ("user-round", a.role_changed(who, &whom(person))),
        Event::PersonAdded { person } => ("user-plus", a.person_added(who, &whom(person))),
        Event::HouseholdSplit { person, .. } => ("users", a.household_split(who, &whom(person))),
        Event::ChecklistSetOut { .. } => ("list-checks", t.checklist_set_out(who)),
        Event::DocumentsRequested { .. } => ("file-plus", t.documents_requested(who)),
        Event::RevisionSetOut { number, .. } => ("send", t.revision_set_out(who, u64::from(*number))),
        Event::RevisionFiled { unapproved: true, .. } => ("landmark", t.filed_unapproved(who)),
        Event::RevisionFiled { .. } => ("landmark", t.revision_filed(who)),
        Event::FilingUndone { told: true, .. } => ("history", t.filing_corrected(who)),
        Event::FilingUndone { .. } => ("history", t.filing_undone(who)),
        Event::PaymentAsked { .. } => ("landmark", t.payment_asked(who)),
        Event::PaymentReported { paid: true, .. } => ("check", t.payment_made(who)),
        Event::PaymentReported { .. } => ("undo-2", t.payment_not_made(who)),
        Event::Recalled { .. } => ("undo-2", t.recalled(who)),
        Event::TaskClosed { .. } => ("check", t.task_closed(who)),
        Event::MessageWritten { .. } => ("message-circle", t.message_written(who)),
        Event::MessageReceived { .. } => ("message-circle", t.message_received(who)),
        Event::ChangeProposed { .. } => ("pencil", t.change_proposed(who)),
        Event::ProposalWithdrawn { .. } => ("undo-2", t.proposal_withdrawn(who)),
        Event::ProposalTakenOver { .. } => ("check", t.proposal_taken_over(who)),
        Event::ProposalAnswered { .. } => ("message-circle", t.proposal_answered(who)),
        Event::DetailsChanged { person } => ("pencil", t.details_changed(who, &whom(person))),
        Event::TaxNumbersChanged { .. } => ("pencil", c.numbers_changed(who)),
        Event::TaxNumberShown { kind, person } => {
            let kind = NumberWords(time_format.language).name(*kind);
            let title = match person {
                Some(person) => c.number_of_person_shown(who, kind, &whom(person)),
                None => c.number_shown(who, kind),
            };
            ("eye", title)
        }
        Event::AttachmentAnnounced { .. } => ("paperclip", t.attachment_announced(who)),
        Event::AttachmentWithdrawn { .. } => ("undo-2", t.attachment_withdrawn(who)),
        Event::AttachmentReceived { .. } => ("file-up", t.attachment_received(who)),
        Event::DocumentTakenIn { .. } => ("badge-check", d.taken_in(who)),
        Event::DocumentSentBack { .. } => ("undo-2", d.sent_back(who)),
        Event::ItemReplied { .. } => ("circle-question-mark", d.replied(who)),
        Event::Delivered { .. } => ("archive", d.delivered(who)),
        Event::DocumentsTakenOut { count } => ("download", d.taken_out(number_of(*count), who)),
        Event::ChecklistReopened { .. } => ("list-checks", judged.checklist_reopened(who)),
        Event::AnswersAccepted { count } => ("check", judged.answers_accepted(number_of(*count), who)),
        Event::AnswersSentBack { count } => ("message-circle", judged.answers_sent_back(number_of(*count), who)),
        Event::ChecklistHandedIn { .. } => ("list-checks", t.checklist_handed_in(who)),
        Event::QuestionsAnswered { count } => ("pencil", t.questions_answered(number_of(*count), who)),
        Event::ApprovalVerified { .. } => ("signature", t.approval_verified(who)),
        Event::ApprovalCountersigned { .. } => ("fingerprint-pattern", s.countersigned(who)),
        Event::CountersignatureNotAccepted { .. } => ("triangle-alert", s.countersigned_wrongly(who)),
        Event::ApprovalNotAccepted { .. } => ("triangle-alert", t.approval_not_accepted(who)),
        Event::ApprovalAwaitsRuling { .. } => ("hourglass", t.approval_awaits_ruling(who)),
        Event::ApprovalWithdrawn { .. } => ("undo-2", t.approval_withdrawn(who)),
        Event::ApprovalReleased { .. } => ("check", t.approval_released(who)),
        Event::ApprovalRefused { .. } => ("triangle-alert", t.approval_refused(who)),
        Event::PaperApprovalRecorded { person, .. } => ("pencil", t.paper_approval_recorded(who, &whom(person))),
        Event::EvidenceRead { .. } => ("download", t.evidence_read(who)),
        Event::RevisionDeclined { .. } => ("message-circle-question-mark", t.revision_declined(who)),
        Event::RevisionOpened { .. } => ("eye", t.revision_opened(who)),
        // These events are about no client, so no client's timeline has them.
        Event::FirmAdded { .. }
        | Event::FirmSetUp { .. }
        | Event::FirmChanged { .. }
        | Event::AuditLogExported { .. }
        | Event::TaxNumbersExported { .. }
        | Event::MailTextChanged { .. }
        | Event::MailServerChanged { .. }
        | Event::MailKeyChanged { .. }
        | Event::MailScheduleChanged { .. }
        | Event::TemplatePublished { .. }
        | Event::AdvisorInvited { .. }
        | Event::AdvisorChanged { .. }
        | Event::AdvisorRoleChanged { .. }
        | Event::AdvisorBlocked { .. }
        | Event::AdvisorUnblocked { .. }
        | Event::ClientsHandedOver { .. }
        | Event::LoggedIn { .. }
        | Event::LoginRefused { .. }
        | Event::LoggedOut { .. }
        | Event::Unknown { .. } => ("circle", t.other(who, past.event.word())),
    };
    let good = matches!(
        past.event,
        Event::ApprovalVerified { .. } | Event::RevisionFiled { .. } | Event::ChecklistHandedIn { .. }
    );
    let note = note(time_format.language, &past.event);
    Line { icon, good, title, note, when: time_format.short(past.at), href: None }
}

/// Returns the version that an event about a tax return concerns, or what was wrong with a signature.
fn note(language: Language, event: &Event) -> Option<String> {
    let (t, s) = (Happened(language), SignatureHappened(language));
    match event {
        Event::ApprovalVerified { level: Level::DeviceKey, number, .. } => Some(s.by_device_key(u64::from(*number))),
        Event::ApprovalNotAccepted { flaw: Some(flaw), number, .. } => {
            Some(s.flawed(u64::from(*number), why(s, *flaw)))
        }
        Event::ApprovalVerified { number, .. }
        | Event::ApprovalNotAccepted { number, .. }
        | Event::ApprovalAwaitsRuling { number, .. }
        | Event::ApprovalWithdrawn { number, .. }
        | Event::ApprovalCountersigned { number, .. }
        | Event::CountersignatureNotAccepted { number, .. }
        | Event::PaperApprovalRecorded { number, .. }
        | Event::RevisionDeclined { number, .. }
        | Event::RevisionOpened { number } => Some(t.number(u64::from(*number))),
        _ => None,
    }
}

fn number_of(count: usize) -> u64 {
    count as u64
}

/// Returns in an advisor's words what was wrong with a signature.
fn why(s: SignatureHappened, flaw: InvalidSignature) -> &'static str {
    match flaw {
        InvalidSignature::Challenge | InvalidSignature::List => s.for_something_else(),
        InvalidSignature::Origin | InvalidSignature::CrossOrigin | InvalidSignature::RelyingParty => {
            s.on_another_site()
        }
        InvalidSignature::NotPresent | InvalidSignature::NotVerified => s.without_check(),
        InvalidSignature::ClientData
        | InvalidSignature::Type
        | InvalidSignature::AuthenticatorData
        | InvalidSignature::BackupFlags
        | InvalidSignature::Signature => s.does_not_fit(),
    }
}

/// Merges events for reading: answers that one person gave within an hour become one event, with
/// their sum.
pub fn merged(events: Vec<PastEvent>) -> Vec<PastEvent> {
    let mut merged: Vec<PastEvent> = Vec::new();
    for event in events {
        match merged.last_mut() {
            Some(later) if later.actor == event.actor && later.at <= event.at.plus_seconds(3600) => {
                match (&mut later.event, &event.event) {
                    (Event::QuestionsAnswered { count }, Event::QuestionsAnswered { count: earlier }) => {
                        *count += earlier
                    }
                    _ => merged.push(event),
                }
            }
            _ => merged.push(event),
        }
    }
    merged
}

/// Returns who did it: the name that `name_of` gives, or `U` for the advisor who looks.
pub fn who(
    language: Language,
    actor: Actor,
    me: model::id::AdvisorId,
    name_of: impl Fn(Actor) -> Option<String>,
) -> String {
    let t = Happened(language);
    match actor {
        Actor::Advisor(id) if id == me => t.you().to_owned(),
        Actor::Server => t.server().to_owned(),
        other => name_of(other).unwrap_or_else(|| t.a_person().to_owned()),
    }
}

/// Renders the lines as a list. With `plain` it is drawn without the line that connects them.
pub fn list(lines: &[Line], plain: bool) -> Element {
    rsx! {
        ol { class: if plain { "trail trail--plain" } else { "trail" },
            for line in lines {
                li { class: if line.good { "is-done" },
                    Icon { name: line.icon }
                    " "
                    if let Some(href) = &line.href {
                        a { class: "hit", href: "{href}", strong { "{line.title}" } }
                    } else {
                        strong { "{line.title}" }
                    }
                    " "
                    time { "{line.when}" }
                    if let Some(note) = &line.note {
                        p { "{note}" }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Timestamp;

    fn answered(id: i64, person: u8, minutes: i64, count: usize) -> PastEvent {
        PastEvent {
            id,
            at: Timestamp(0).plus_seconds(minutes * 60),
            actor: Actor::Person(PersonId::from_bytes([person; 16])),
            event: Event::QuestionsAnswered { count },
        }
    }

    #[test]
    fn answers_of_one_person_within_an_hour_are_one_line() {
        let newest_first =
            vec![answered(5, 1, 300, 2), answered(4, 1, 250, 3), answered(3, 2, 249, 1), answered(2, 1, 100, 4)];
        let counts: Vec<_> = merged(newest_first).into_iter().map(|e| e.event).collect();
        assert_eq!(counts, [5, 1, 4].map(|count| Event::QuestionsAnswered { count }));
    }
}
