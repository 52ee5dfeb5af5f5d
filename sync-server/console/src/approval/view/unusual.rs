//! The unusual facts about one person's approval: it awaits a ruling, was withdrawn, was given on
//! paper, or it is not yet this person's turn.

use super::fact::{fact, words};
use crate::{
    approval::text::Ruling as Text,
    part::{address, frame::Frame, year::view::ClientYear},
};
use dioxus::prelude::*;
use documents::dossier::{Consent, ConsentState, GivenRevision};
use model::{id::PersonId, record::Basis};
use ui::part::{Icon, Status, Tone};

/// Renders the facts that a usual approval does not have.
pub fn facts(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    person: PersonId,
    consent: &Consent,
) -> Element {
    let t = Text(frame.language());
    let ruling = consent.approval().and_then(|(id, ..)| consent.rulings.get(id));
    let waits = given.waits_for(person).filter(|_| consent.state() == ConsentState::Asked);
    if ruling.is_none() && waits.is_none() && consent.withdrawal().is_none() && consent.paper.is_none() {
        return rsx! {};
    }
    rsx! {
        dl { class: "facts",
            if let Some(paper) = &consent.paper {
                {fact(t.paper(), rsx! {
                    Status { tone: Tone::Wait, icon: "pencil", {t.paper()} }
                    " "
                    {t.paper_value(&ui::format::date_long(paper.signed_on, frame.language()), &paper.by)}
                    " "
                    a { class: "hit", href: address::file(at.client.id, &paper.file.hash), target: "_blank", rel: "noopener", "data-reads": "", {t.scan()} }
                })}
            }
            if let Some(withdrawal) = consent.withdrawal() {
                {fact(t.withdrawn(), words(&format!("{}: “{}”", frame.time_format.long(withdrawal.at), withdrawal.reason)))}
            }
            if let Some(ruling) = ruling {
                {fact(t.ruled(), words(&format!("{}: “{}”", if ruling.accepted {
                    t.released(&ruling.by, &frame.time_format.long(ruling.at))
                } else {
                    t.refused(&ruling.by, &frame.time_format.long(ruling.at))
                }, ruling.remark)))}
            }
            if let Some(first) = waits {
                {fact(t.turn(), words(&t.waits_for(at.year.given_name(first))))}
            }
        }
    }
}

/// Renders the form in which the advisor rules on an approval that awaits a ruling.
pub fn decision(frame: &Frame, at: &ClientYear<'_>, consent: &Consent) -> Element {
    let t = Text(frame.language());
    let Some(id) = consent.awaiting_ruling().filter(|_| frame.may_change()) else { return rsx! {} };
    rsx! {
        form { class: "stack-s notice notice--wait", method: "post", action: "{at.href()}/akkoord/besluit/{id}",
            Icon { name: "hourglass" }
            div { class: "stack-s",
                strong { {t.ruling_needed_title()} }
                p { {t.ruling_needed_body()} }
                label { r#for: "besluit-{id}", {t.remark()} }
                textarea { class: "input", id: "besluit-{id}", name: "remark", required: true, rows: "2", maxlength: "4000" }
                div { class: "cluster",
                    button { class: "btn btn--s btn--primary", r#type: "submit", name: "decision", value: "release", {t.release()} }
                    button { class: "btn btn--s", r#type: "submit", name: "decision", value: "refuse", {t.refuse()} }
                }
            }
        }
    }
}

/// Renders the form in which the advisor records an approval that was given on paper.
pub fn paper_form(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    person: PersonId,
    consent: &Consent,
) -> Element {
    let t = Text(frame.language());
    let over = given.void.is_some() || given.filed_at().is_some() || given.revision.basis != Basis::Approval;
    // A consent on paper could not be withdrawn in the portal, as its statement says.
    let over = over || given.revision.scope.is_some();
    if over || consent.state() == ConsentState::Approved || !frame.may_change() {
        return rsx! {};
    }
    let base = at.href();
    rsx! {
        details {
            summary {
                Icon { name: "chevron-right" }
                " "
                {t.paper_record()}
            }
            p {
                a { class: "small hit", href: "{base}/akkoord/{given.id}/verklaring/{person}", target: "_blank", rel: "noopener", {t.paper_print()} }
            }
            form { class: "stack-s", method: "post", action: "{base}/akkoord/{given.id}/papier/{person}", enctype: "multipart/form-data",
                p { class: "small muted", {t.paper_hint()} }
                label { r#for: "scan-{person}", {t.paper_file()} }
                input { class: "input", id: "scan-{person}", r#type: "file", name: "file", accept: "application/pdf,.pdf", required: true }
                label { r#for: "dag-{person}", {t.paper_day()} }
                input { class: "input", id: "dag-{person}", r#type: "date", name: "signed_on", required: true }
                button { class: "btn btn--s", r#type: "submit", {t.paper_save()} }
            }
        }
    }
}
