//! Events in words, as lines of a time line.

use crate::{
    console::{
        checklist_text::Judged,
        moments::Moments,
        text::{AccessHappened, ClientHappened, Documents, Happened, Signed},
    },
    db::{Actor, PastEvent},
};
use dioxus::prelude::*;
use model::{id::PersonId, language::Language};
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

/// Returns an event in words. `who` is the name of its actor, `whom` that of the person it is about.
pub fn line(moments: Moments, event: &PastEvent, who: &str, whom: Option<&str>) -> Line {
    let (t, a) = (Happened(moments.language), AccessHappened(moments.language));
    let (d, c, s) = (Documents(moments.language), ClientHappened(moments.language), Signed(moments.language));
    let whom = whom.unwrap_or_else(|| t.a_person());
    let number = event.detail.get("number").and_then(serde_json::Value::as_u64);
    let count = event.detail.get("count").and_then(serde_json::Value::as_u64).unwrap_or(0);
    let about_revision = number.map(|n| t.number(n));
    let (icon, title, note) = match event.kind.as_str() {
        "year_opened" => ("file-plus", t.year_opened(who), None),
        "client_added" => ("user-plus", t.client_added(who), None),
        "client_changed" => ("pencil", c.changed(who), None),
        "client_blocked" => ("lock", c.blocked(who), None),
        "client_unblocked" => ("user-round", c.unblocked(who), None),
        "client_archived" => ("archive", c.archived(who), None),
        "client_taken_back" => ("undo-2", c.taken_back(who), None),
        "person_invited" => ("mail", t.invited(who, whom), None),
        "mail_sent_again" => ("mail", t.mail_sent_again(who), None),
        "invitation_opened" => ("link", t.invitation_opened(who), None),
        "registered" => ("user-round", t.registered(who), None),
        "passkey_added" => ("key-round", t.passkey_added(who), None),
        "access_renewal_started" => ("key-round", a.access_renewal_started(who, whom), None),
        "access_renewed" => ("key-round", a.access_renewed(who), None),
        "passkey_removed" | "device_removed" => ("lock", a.access_removed(who), None),
        "device_added" => ("smartphone", a.device_added(who), None),
        "alarm_raised" => ("triangle-alert", a.alarm_raised(who), None),
        "invitation_withdrawn" => ("undo-2", a.invitation_withdrawn(who, whom), None),
        "invitation_wrong_person" => ("triangle-alert", a.wrong_person(whom), None),
        "link_asked_again" => ("mail", a.link_asked_again(who), None),
        "membership_added" => ("user-round", t.registered(who), None),
        "person_blocked" => ("lock", a.person_blocked(who, whom), None),
        "person_unblocked" => ("user-round", a.person_unblocked(who, whom), None),
        "role_changed" => ("user-round", a.role_changed(who, whom), None),
        "person_added" => ("user-plus", a.person_added(who, whom), None),
        "household_split" => ("users", a.household_split(who, whom), None),
        "logged_in" => ("lock", t.logged_in(who), None),
        "checklist_set_out" => ("list-checks", t.checklist_set_out(who), None),
        "documents_requested" => ("file-plus", t.documents_requested(who), None),
        "revision_set_out" => ("send", t.revision_set_out(who, number.unwrap_or(1)), None),
        "revision_filed" => ("landmark", t.revision_filed(who), None),
        "task_closed" => ("check", t.task_closed(who), None),
        "message_written" => ("message-circle", t.message_written(who), None),
        "message_received" => ("message-circle", t.message_received(who), None),
        "change_proposed" => ("pencil", t.change_proposed(who), None),
        "proposal_withdrawn" => ("undo-2", t.proposal_withdrawn(who), None),
        "proposal_taken_over" => ("check", t.proposal_taken_over(who), None),
        "proposal_answered" => ("message-circle", t.proposal_answered(who), None),
        "details_changed" => ("pencil", t.details_changed(who, whom), None),
        "attachment_announced" => ("paperclip", t.attachment_announced(who), None),
        "attachment_withdrawn" => ("undo-2", t.attachment_withdrawn(who), None),
        "attachment_received" => ("file-up", t.attachment_received(who), None),
        "document_taken_in" => ("badge-check", d.event_taken_in(who), None),
        "document_sent_back" => ("undo-2", d.event_sent_back(who), None),
        "item_replied" => ("circle-question-mark", d.event_replied(who), None),
        "delivered" => ("archive", d.event_delivered(who), None),
        "checklist_reopened" => ("list-checks", Judged(moments.language).checklist_reopened(who), None),
        "answers_accepted" => ("check", Judged(moments.language).answers_accepted(count, who), None),
        "answers_sent_back" => ("message-circle", Judged(moments.language).answers_sent_back(count, who), None),
        "checklist_handed_in" => ("list-checks", t.checklist_handed_in(who), None),
        "approval_verified" => {
            let by_device_key = event.detail.get("level").is_some_and(|level| level == "device_key");
            let note = if by_device_key { number.map(|n| s.by_device_key(n)) } else { about_revision };
            ("signature", t.approval_verified(who), note)
        }
        "approval_countersigned" => ("fingerprint-pattern", s.countersigned(who), about_revision),
        "countersignature_not_accepted" => ("triangle-alert", s.countersigned_wrongly(who), about_revision),
        "device_key_certified" => ("smartphone", s.certified(who), None),
        "approval_not_accepted" => {
            let flaw = event.detail.get("flaw").and_then(serde_json::Value::as_str);
            let why = number.zip(flaw).map(|(n, flaw)| s.flawed(n, why(s, flaw)));
            ("triangle-alert", t.approval_not_accepted(who), why.or(about_revision))
        }
        "approval_held" => ("hourglass", t.approval_held(who), about_revision),
        "approval_withdrawn" => ("undo-2", t.approval_withdrawn(who), about_revision),
        "approval_released" => ("check", t.approval_released(who), None),
        "approval_refused" => ("triangle-alert", t.approval_refused(who), None),
        "paper_approval_recorded" => ("pencil", t.paper_approval_recorded(who, whom), about_revision),
        "evidence_read" => ("download", t.evidence_read(who), None),
        "revision_declined" => ("message-circle-question-mark", t.revision_declined(who), about_revision),
        "revision_opened" => ("eye", t.revision_opened(who), about_revision),
        "questions_answered" => ("pencil", t.questions_answered(count, who), None),
        kind => ("circle", t.other(who, kind), None),
    };
    let good = matches!(event.kind.as_str(), "approval_verified" | "revision_filed" | "checklist_handed_in");
    Line { icon, good, title, note, when: moments.short(event.at), href: None }
}

/// Returns the words for the name of a [`crate::approval::Flaw`].
fn why(s: Signed, flaw: &str) -> &'static str {
    match flaw {
        "challenge" => s.for_something_else(),
        "origin" | "cross_origin" | "relying_party" => s.on_another_site(),
        "not_present" | "not_verified" => s.without_check(),
        _ => s.does_not_fit(),
    }
}

/// Returns the person that an event is about, if that is not its actor.
pub fn subject(event: &PastEvent) -> Option<PersonId> {
    event.detail.get("person")?.as_str()?.parse().ok()
}

/// Merges events for reading: answers that one person gave within an hour become one event, with
/// their sum.
pub fn merged(events: Vec<PastEvent>) -> Vec<PastEvent> {
    let mut merged: Vec<PastEvent> = Vec::new();
    for event in events {
        let count = |e: &PastEvent| e.detail.get("count").and_then(serde_json::Value::as_u64).unwrap_or(0);
        match merged.last_mut() {
            Some(later)
                if event.kind == "questions_answered"
                    && later.kind == event.kind
                    && later.actor == event.actor
                    && later.at <= event.at.plus_seconds(3600) =>
            {
                later.detail = serde_json::json!({ "count": count(later) + count(&event) });
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

    fn answered(id: i64, person: u8, minutes: i64, count: u64) -> PastEvent {
        PastEvent {
            id,
            at: Timestamp(0).plus_seconds(minutes * 60),
            actor: Actor::Person(PersonId::from_bytes([person; 16])),
            kind: "questions_answered".to_owned(),
            detail: serde_json::json!({ "count": count }),
        }
    }

    #[test]
    fn answers_of_one_person_within_an_hour_are_one_line() {
        let newest_first =
            vec![answered(5, 1, 300, 2), answered(4, 1, 250, 3), answered(3, 2, 249, 1), answered(2, 1, 100, 4)];
        let counts: Vec<_> = merged(newest_first).iter().map(|e| e.detail["count"].as_u64().unwrap()).collect();
        assert_eq!(counts, [5, 1, 4]);
    }
}
