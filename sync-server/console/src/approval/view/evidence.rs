//! The card about one person's approval of a revision of a tax return, with its evidence.

use super::{
    fact::{fact, words},
    signature::{self, Devices},
    unusual,
};
use crate::{
    approval::text::{Consent as Text, Standing},
    part::{frame::Frame, year::view::ClientYear},
};
use dioxus::prelude::*;
use documents::dossier::{Consent, ConsentState, GivenRevision};
use model::{
    id::PersonId,
    record::{Approval, Basis, Verdict},
};
use ui::part::{Icon, Status, Tone};

fn badge(t: Text, state: ConsentState) -> (Tone, &'static str, &'static str) {
    match state {
        ConsentState::Asked => (Tone::Wait, "hourglass", t.state_asked()),
        ConsentState::Signed => (Tone::Info, "clock", t.state_signed()),
        ConsentState::Approved => (Tone::Ok, "check", t.state_approved()),
        ConsentState::NotAccepted(_) => (Tone::Bad, "triangle-alert", t.state_not_accepted()),
        ConsentState::Declined => (Tone::Bad, "message-circle-question-mark", t.state_declined()),
    }
}

/// Renders what one person said about a revision, and the evidence for it.
pub fn card(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    person: PersonId,
    consent: &Consent,
    devices: &Devices,
) -> Element {
    let language = frame.language();
    let t = Text(language);
    let time_format = frame.time_format;
    let name = at.year.people.get(&person).map_or("?", |p| &p.name);
    let (tone, icon, state) = match (given.revision.basis, consent.opened) {
        (Basis::Approval, _) => badge(t, consent.state()),
        (_, Some(_)) => (Tone::Info, "eye", Standing(language).state_read()),
        (_, None) => (Tone::Plain, "eye", Standing(language).state_unread()),
    };
    let outcomes: Vec<_> = given.results_of(person).map(|r| ui::format::outcome(r.amount, language)).collect();
    let opened = consent.opened.map_or_else(|| t.not_opened().to_owned(), |o| time_format.long(o));
    let declined = consent.decline().filter(|_| consent.state() == ConsentState::Declined);
    let hash = given.revision.file.hash.to_string();
    let short_hash = spaced(&hash);
    rsx! {
        article { class: "card evidence",
            div { class: "between",
                h3 { "{name}" }
                Status { tone, icon, {state} }
            }
            dl { class: "facts",
                {fact(t.asked(), words(&time_format.long(consent.request.at)))}
                {fact(t.opened(), words(&opened))}
                if let Some((_, approval, verdict)) = consent.approval() {
                    {signed(frame, approval, verdict.as_ref())}
                }
                if let Some(decline) = declined {
                    {fact(t.said_at(), words(&time_format.long(decline.at)))}
                    {fact(t.reason(), words(&format!("“{}”", decline.reason)))}
                }
                {fact(t.capacity(), words(consent.request.capacity.name(language)))}
                for outcome in &outcomes {
                    {fact(t.outcome(), words(outcome))}
                }
                {fact(t.document(), rsx! { span { class: "code", title: "BLAKE3 {hash}", "BLAKE3 {short_hash} …" } })}
                if let Some((id, approval, verdict)) = consent.approval() {
                    {signature::facts(frame, approval, verdict.as_ref(), devices)}
                    {signature::confirmation(frame, approval, consent.countersignature(*id))}
                }
            }
            {unusual::facts(frame, at, given, person, consent)}
            {unusual::decision(frame, at, consent)}
            details {
                summary {
                    Icon { name: "chevron-right" }
                    " "
                    {t.statement()}
                }
                p { class: "small", "{consent.request.statement}" }
            }
            {unusual::paper_form(frame, at, given, person, consent)}
            if let Some((id, _, _)) = consent.approval() {
                div { class: "cluster",
                    a { class: "btn btn--s", href: "{at.href()}/akkoord/bewijs/{id}.zip", download: "",
                        Icon { name: "download" }
                        " "
                        {t.evidence()}
                    }
                }
            }
        }
    }
}

fn signed(frame: &Frame, approval: &Approval, verdict: Option<&Verdict>) -> Element {
    let t = Text(frame.language());
    rsx! {
        {fact(t.signed(), words(&frame.time_format.exact(approval.at)))}
        if let Some(verdict) = verdict {
            {fact(t.received(), words(&frame.time_format.exact(verdict.at)))}
        }
    }
}

/// Returns the first half of a hash in groups of four characters.
fn spaced(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().take(16).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
