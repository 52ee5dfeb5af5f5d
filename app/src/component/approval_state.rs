//! State of the approval of the person who looks, said in the same words on every screen.

use crate::{
    address::Address,
    component::frame::{Notice, ScreenLink},
    text::{ApprovalStateText, Approve},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ApprovalState, Consent, ConsentState, GivenRevision, GivenTask, Sender, Subject, TaskState};
use model::{
    id::{PersonId, TaskId},
    record::Finding,
    time::{TaxYear, Timestamp},
};
use ui::{
    format,
    part::{Icon, Tone},
};

/// Returns in a few words, for lists, what is being waited for.
pub fn short(view: &View, state: ApprovalState) -> String {
    let (text, approve) = (ApprovalStateText(view.language()), Approve(view.language()));
    let advisor = view.advisor_name();
    match state {
        ApprovalState::NotAsked => approve.not_approver().to_owned(),
        ApprovalState::ForInformation(_) => text.information_title().to_owned(),
        ApprovalState::ByStandingConsent(_) => text.by_consent_title().to_owned(),
        ApprovalState::ConsentOver => text.consent_over_title().to_owned(),
        ApprovalState::WaitsFor(first) => text.turn_title(view.year.given_name(first)),
        ApprovalState::Asked => crate::text::Home(view.language()).approval_asked().to_owned(),
        ApprovalState::Signed => crate::text::Proof(view.language()).verifying().to_owned(),
        ApprovalState::AwaitingRuling => text.awaiting_ruling_short(advisor),
        ApprovalState::Approved => approve.signed_title().to_owned(),
        ApprovalState::OnPaper => text.paper_title().to_owned(),
        ApprovalState::Declined => text.declined_short(advisor),
        ApprovalState::Withdrawn => text.withdrawn_title().to_owned(),
        ApprovalState::Refused(_) => text.refused_short().to_owned(),
    }
}

/// Returns in words why the server or the firm could not accept an approval.
pub fn finding_words(finding: Finding, text: Approve) -> &'static str {
    match finding {
        Finding::Verified => "",
        Finding::Outdated => text.outdated(),
        Finding::NotAsked => text.not_asked(),
        Finding::UnknownPasskey => text.unknown_passkey(),
        Finding::Invalid => text.invalid(),
        Finding::AwaitsRuling => text.ruling_refused(),
        Finding::NotYet => text.not_yet(),
        Finding::NotOpened => text.not_opened(),
        Finding::Recalled => text.recalled(),
        Finding::UnknownDeviceKey => text.unknown_device_key(),
    }
}

/// Shows what to know before reading: the person's answer, what became of it, and what comes next.
#[component]
pub fn ApprovalStateNotice(view: View, task: TaskId, given: GivenRevision) -> Element {
    let state = given.approval_state(view.me);
    let refused = view.me.filter(|_| state.has_proof() && given.filed_at().is_none());
    let refused = refused.and_then(|me| given.refused_beside(me)).filter(|_| given.void.is_none());
    rsx! {
        if let Some(other) = refused {
            Notice { tone: Tone::Wait, icon: "triangle-alert",
                strong { {ApprovalStateText(view.language()).other_refused(view.year.given_name(other))} }
                p { {ApprovalStateText(view.language()).other_refused_body(view.advisor_name())} }
            }
        }
        {own_state(&view, task, &given, state)}
    }
}

fn own_state(view: &View, task: TaskId, given: &GivenRevision, state: ApprovalState) -> Element {
    let text = Approve(view.language());
    let mine = view.me.and_then(|me| given.consents.get(&me));
    match state {
        ApprovalState::NotAsked => rsx! {
            Notice { tone: Tone::Info, icon: "info", p { {text.not_approver()} } }
        },
        ApprovalState::ForInformation(opened) => for_information(view, opened),
        ApprovalState::ByStandingConsent(opened) => by_standing_consent(view, given, opened),
        ApprovalState::ConsentOver => consent_over(view),
        ApprovalState::WaitsFor(first) => turn(view, first, mine),
        ApprovalState::Signed | ApprovalState::Approved => rsx! {
            Notice { tone: Tone::Ok, icon: "circle-check",
                strong { {text.signed_title()} }
                p { ScreenLink { to: Address::proof(task), {text.see_proof()} } }
            }
        },
        ApprovalState::AwaitingRuling => rsx! {
            AwaitingRulingNotice { view: view.clone() }
        },
        ApprovalState::OnPaper => rsx! {
            Notice { tone: Tone::Ok, icon: "circle-check",
                strong { {ApprovalStateText(view.language()).paper_title()} }
                {paper_words(view, mine)}
            }
        },
        ApprovalState::Withdrawn => rsx! {
            Withdrawn { view: view.clone(), given: given.clone() }
        },
        ApprovalState::Refused(finding) => rsx! {
            Notice { tone: Tone::Bad, icon: "triangle-alert",
                strong { {text.not_accepted()} }
                p { {finding_words(finding, text)} }
                {ruling_words(view, mine)}
            }
        },
        ApprovalState::Declined => rsx! {
            Notice { tone: Tone::Wait, icon: "message-circle",
                strong { {text.declined_title()} }
                if let Some(decline) = mine.and_then(Consent::decline) {
                    p { class: "message", "{decline.reason}" }
                }
                p { {text.declined_body(view.advisor_name())} }
                p { {text.declined_instead()} }
            }
        },
        ApprovalState::Asked => rsx! {
            {replaced(view, given)}
            {question(view, task)}
        },
    }
}

fn for_information(view: &View, opened: Option<Timestamp>) -> Element {
    let text = ApprovalStateText(view.language());
    rsx! {
        Notice { tone: Tone::Info, icon: "info",
            strong { {text.information_title()} }
            p { {text.information_body()} }
            if let Some(at) = opened {
                p { {text.information_read(&view.day(at))} }
            }
        }
    }
}

fn by_standing_consent(view: &View, given: &GivenRevision, opened: Option<Timestamp>) -> Element {
    let text = ApprovalStateText(view.language());
    let advisor = view.advisor_name();
    let today = view.now.at_offset(view.offset).date();
    let to_file = given.covered_until.filter(|_| given.filed_at().is_none());
    if to_file.is_some_and(|until| until < today) {
        return consent_over(view);
    }
    rsx! {
        Notice { tone: Tone::Info, icon: "info",
            strong { {text.by_consent_title()} }
            if let Some(until) = to_file {
                p { {text.by_consent_body(advisor, &format::date_long(until, view.language()))} }
            }
            if let Some(at) = opened {
                p { {text.information_read(&view.day(at))} }
            }
        }
    }
}

fn consent_over(view: &View) -> Element {
    let text = ApprovalStateText(view.language());
    rsx! {
        Notice { tone: Tone::Wait, icon: "history",
            strong { {text.consent_over_title()} }
            p { {text.consent_over_body(view.advisor_name())} }
        }
    }
}

fn turn(view: &View, first: PersonId, mine: Option<&Consent>) -> Element {
    let text = ApprovalStateText(view.language());
    let name = view.year.given_name(first);
    let early = mine.is_some_and(|c| c.state() == ConsentState::NotAccepted(Finding::NotYet));
    rsx! {
        Notice { tone: Tone::Info, icon: "hourglass",
            strong { {text.turn_title(name)} }
            if early {
                p { {text.turn_early(name)} }
            }
            p { {text.turn_body()} }
        }
    }
}

/// Shows that an earlier revision was answered, and that this one counts.
fn replaced(view: &View, given: &GivenRevision) -> Element {
    let text = Approve(view.language());
    let Some((old, said)) = view.replaced(given) else { return VNode::empty() };
    let (advisor, number) = (view.advisor_name(), old.revision.number);
    rsx! {
        Notice { tone: Tone::Wait, icon: "history",
            strong { {text.new_version_title()} }
            p {
                {if said == ConsentState::Declined {
                    text.new_version_declined(advisor, number)
                } else {
                    text.new_version(advisor, number)
                }}
            }
        }
    }
}

/// Shows that a question about this task was asked, or answered.
fn question(view: &View, task: TaskId) -> Element {
    let text = ApprovalStateText(view.language());
    let mut thread = view.year.messages.iter().filter(|m| m.about == Some(task));
    let Some(last) = thread.next_back() else { return VNode::empty() };
    let answered = matches!(last.from, Sender::Advisor(_));
    let advisor = view.advisor_name();
    rsx! {
        Notice { tone: if answered { Tone::Ok } else { Tone::Info }, icon: "message-circle",
            strong { {if answered { text.answered_title(advisor) } else { text.asked_title().to_owned() }} }
            if !answered {
                p { {text.asked_body(advisor)} }
            }
            p {
                ScreenLink { to: Address::ask(&Subject { about: Some(task), answer: None }), {text.read_answer()} }
            }
        }
    }
}

/// Shows why an approval waits for the firm, and what comes next.
#[component]
pub fn AwaitingRulingNotice(view: View) -> Element {
    let text = ApprovalStateText(view.language());
    let advisor = view.advisor_name();
    rsx! {
        Notice { tone: Tone::Wait, icon: "hourglass",
            strong { {text.awaiting_ruling_title(view.firm())} }
            p { {text.awaiting_ruling_why(advisor)} }
            p { {text.awaiting_ruling_now(advisor)} }
        }
    }
}

/// Shows that an approval was withdrawn, and what comes next.
#[component]
pub fn Withdrawn(view: View, given: GivenRevision) -> Element {
    let text = ApprovalStateText(view.language());
    let advisor = view.advisor_name();
    let mine = view.me.and_then(|me| given.consents.get(&me));
    rsx! {
        Notice { tone: Tone::Wait, icon: "history",
            strong { {text.withdrawn_title()} }
            if let Some(withdrawal) = mine.and_then(Consent::withdrawal) {
                p { class: "message", "{withdrawal.reason}" }
            }
            p { {if given.filed_at().is_some() { text.withdrawn_late(advisor) } else { text.withdrawn_body(advisor) }} }
        }
    }
}

/// Shows who recorded an approval on paper, and the day it was signed.
pub fn paper_words(view: &View, mine: Option<&Consent>) -> Element {
    let text = ApprovalStateText(view.language());
    match mine.and_then(|c| c.paper.as_ref()) {
        Some(paper) => {
            let day = format::date_long(paper.signed_on, view.language());
            rsx! {
                p { {text.paper_body(&paper.by, &day)} }
            }
        }
        None => VNode::empty(),
    }
}

/// Shows what the advisor wrote when they refused an approval that had waited for them.
pub fn ruling_words(view: &View, mine: Option<&Consent>) -> Element {
    let text = ApprovalStateText(view.language());
    let ruling = mine.and_then(|c| c.rulings.get(&c.approval()?.0)).filter(|r| !r.accepted);
    match ruling {
        Some(ruling) => rsx! {
            p { {text.ruled(&ruling.by, &ruling.remark)} }
        },
        None => VNode::empty(),
    }
}

struct Row {
    year: TaxYear,
    task: TaskId,
    title: String,
    words: String,
    to: Address,
}

/// Returns a line for each approval task of this year that waits for somebody else, or that somebody else refused.
fn rows(view: &View) -> Vec<Row> {
    let waits = |t: &&GivenTask| matches!(view.state(t), TaskState::Waiting | TaskState::Done);
    view.year
        .tasks
        .iter()
        .filter(waits)
        .filter_map(|t| {
            let given = view.revision_of(t.id)?;
            let state = given.approval_state(view.me);
            let refused = view.me.and_then(|me| given.refused_beside(me)).filter(|_| given.filed_at().is_none());
            let words = match (view.state(t), refused) {
                (TaskState::Done, None) => return None,
                (TaskState::Done, Some(other)) => {
                    ApprovalStateText(view.language()).other_refused(view.year.given_name(other))
                }
                _ => short(view, state),
            };
            let to = if state.has_proof() { Address::proof(t.id) } else { Address::approve(t.id) };
            let title = given.title(view.language());
            let row = Row { year: view.key.tax_year, task: t.id, title, words, to };
            (state != ApprovalState::NotAsked).then_some(row)
        })
        .collect()
}

/// Shows the approvals that wait for somebody else, in all years.
#[component]
pub fn Running(views: Vec<View>) -> Element {
    let running: Vec<_> = views.iter().flat_map(rows).collect();
    let Some(first) = views.first().filter(|_| !running.is_empty()) else { return VNode::empty() };
    let text = ApprovalStateText(first.language());
    rsx! {
        section { class: "section", aria_labelledby: "loopt",
            div { class: "section__head", h2 { id: "loopt", {text.running()} } }
            div { class: "card",
                ul { class: "items",
                    for row in running {
                        li { key: "{row.year}-{row.task}",
                            ScreenLink { to: row.to, class: "item",
                                span { class: "item__icon item__icon--plain", Icon { name: "hourglass" } }
                                span { class: "item__body",
                                    span { class: "item__title", {row.title} }
                                    span { class: "item__sub", {row.words} }
                                }
                                span { class: "item__end", Icon { name: "chevron-right" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
