//! The page about the approval of the tax return: who said what of which revision with which
//! evidence, the form for the next revision, the mails and the time line.

mod evidence;
mod fact;
mod filing;
mod payment;
mod proposed;
pub mod return_form;
pub mod signature;
mod standing_consent;
mod unusual;

use super::{
    choice::CONSENT,
    paper::Proposed,
    text::{Consent as Text, Ruling, SetOut, Standing},
};
use crate::part::{
    address,
    form::Form,
    frame::{Frame, Menu},
    timeline::{Line, list},
    year::view::{ClientYear, DossierTab},
};
use dioxus::prelude::*;
use documents::dossier::{Consent, ConsentState, GivenRevision};
use filing::{filing, taken_back};
use model::{id::*, record::Basis};
use return_form::Target;
use signature::Devices;
use std::collections::BTreeMap;
use storage::db::{MailState, OutboxRow};
use ui::part::{Icon, Status, Tone};

/// The number of returns up to which all that is known of them is open.
const FEW: usize = 2;

/// The contents of this page in addition to the year itself.
pub struct Proceedings<'p> {
    pub form: &'p Form,
    pub mails: &'p [OutboxRow],
    pub timeline: &'p [Line],
    pub devices: &'p Devices,
    /// The sentence that says why the last action was refused.
    pub refused: Option<&'p str>,
    /// The payment references that can be computed, by their return.
    pub references: &'p BTreeMap<TaxReturnId, String>,
    /// The PDF that was read and is to be set out.
    pub proposed: Option<&'p Proposed>,
}

/// Renders the page.
pub fn page(frame: &Frame, at: &ClientYear<'_>, proceedings: &Proceedings<'_>) -> String {
    let t = Text(frame.language());
    let current = at.year.current_revisions();
    let earlier: Vec<_> = at.year.revisions.iter().filter(|r| !r.is_current()).collect();
    let form = proceedings.form;
    let is_of = |given: &GivenRevision| {
        given.tax_returns.first().is_some_and(|(id, _)| form.value("tax_return") == id.to_string())
    };
    let is_of_another = ["tax_return", "paid_return", CONSENT].iter().all(|name| form.value(name).is_empty());
    let another = if is_of_another { form } else { &Form::default() };
    frame.page(
        Menu::Clients,
        &at.client.name,
        rsx! {
            {at.head(frame, DossierTab::Consent)}
            div { class: "panes panes--main",
                div {
                    if let Some(refused) = proceedings.refused {
                        div { class: "notice notice--bad", role: "alert",
                            Icon { name: "triangle-alert" }
                            strong { "{refused}" }
                        }
                    }
                    if let Some(proposed) = proceedings.proposed {
                        {set_out(frame, at, proposed, form)}
                    }
                    if current.is_empty() && proceedings.proposed.is_none() {
                        section { class: "section",
                            p { class: "muted", {t.none()} }
                        }
                    }
                    for revision in current.iter().copied() {
                        {current_revision(frame, at, revision, proceedings, (is_of(revision), current.len() <= FEW))}
                    }
                    if frame.may_change() && proceedings.proposed.is_none() {
                        section { class: "section stack", id: "klaarzetten",
                            {proposed::drop_form(&at.href(), frame.language())}
                            {return_form::show(frame, at, &Target::Another, another, current.is_empty() || !another.is_sound())}
                        }
                        section { class: "section", {standing_consent::form(frame, at, form)} }
                    }
                    {earlier_revisions(frame, at, &earlier)}
                    {mails(frame, proceedings.mails)}
                }
                aside { class: "well", tabindex: "0", aria_labelledby: "tijdlijn",
                    div { class: "section__head", h2 { id: "tijdlijn", {t.timeline()} } }
                    if proceedings.timeline.is_empty() {
                        p { class: "muted", {t.nothing_happened()} }
                    } else {
                        {list(proceedings.timeline, false)}
                    }
                }
            }
        },
    )
}

/// Renders the form of a PDF that was read, with the PDF beside it.
fn set_out(frame: &Frame, at: &ClientYear<'_>, proposed: &Proposed, form: &Form) -> Element {
    rsx! {
        section { class: "section stack", id: "klaarzetten", aria_label: SetOut(frame.language()).another(),
            {proposed::notices(frame, at, proposed)}
            {return_form::show(frame, at, &Target::Another, form, true)}
            {proposed::paper(at, proposed, frame.language())}
        }
    }
}

fn current_revision(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    proceedings: &Proceedings<'_>,
    (is_typed, is_one_of_few): (bool, bool),
) -> Element {
    let (t, s) = (Text(frame.language()), SetOut(frame.language()));
    let revision = &given.revision;
    let (beside, is_clear) = (given.in_two_minds(), given.is_clear_to_file_on(frame.time_format.today()));
    let is_newest = given
        .tax_returns
        .first()
        .is_some_and(|(id, _)| at.year.latest_revision(*id).is_some_and(|newest| newest.id == given.id));
    let taxpayers: Vec<_> = given.tax_returns.iter().map(|(_, known)| known.taxpayer_name.as_str()).collect();
    let postponed = given.tax_return().and_then(|known| known.postponed_until);
    let form = if is_typed { proceedings.form } else { &Form::default() };
    let base = at.href();
    let approved = given.consents.values().filter(|consent| consent.state() == ConsentState::Approved).count();
    let opened = given.consents.values().filter(|consent| consent.opened.is_some()).count();
    // Many returns of a year are a list, of which those that need somebody are open.
    let is_open = is_typed
        || is_one_of_few
        || beside.is_some()
        || given.consents.values().any(|consent| consent.awaiting_ruling().is_some());
    rsx! {
        section { class: "section", aria_labelledby: "aangifte-{given.id}",
            div { class: "section__head",
                h2 { id: "aangifte-{given.id}", {t.title(&given.title(frame.language()), revision.number)} }
                span { class: "cluster",
                    a { class: "btn btn--s", href: address::file(at.client.id, &revision.file.hash), target: "_blank", rel: "noopener",
                        "data-reads": t.title(&given.title(frame.language()), revision.number),
                        Icon { name: "eye" }
                        " "
                        {t.view_pdf()}
                    }
                    if let Some(filed_at) = given.filed_at() {
                        Status { tone: Tone::Ok, icon: "landmark", {t.filed(&frame.time_format.short(filed_at))} }
                    } else if is_clear && frame.may_change() {
                        form { method: "post", action: "{base}/akkoord/{given.id}/verstuurd",
                            button { class: "btn btn--s btn--primary", r#type: "submit",
                                Icon { name: "landmark" }
                                " "
                                {t.file()}
                            }
                        }
                    }
                }
            }
            p { class: "small muted",
                {taxpayers.join(", ")}
                if let Some(day) = postponed {
                    " · "
                    {s.postponed(&ui::format::date_long(day, frame.language()))}
                }
            }
            if revision.corrects.is_some() {
                p { Status { tone: Tone::Info, icon: "history", {s.correction()} } }
            }
            if let Some(person) = beside {
                div { class: "notice notice--wait",
                    Icon { name: "triangle-alert" }
                    p { {s.refusal_beside(at.year.given_name(person))} }
                }
            }
            if let Some(partner) = at.year.open_beside(given).and_then(GivenRevision::tax_return).filter(|_| given.filed_at().is_none()) {
                div { class: "notice notice--wait",
                    Icon { name: "triangle-alert" }
                    p { {s.partner_open(&partner.taxpayer_name)} }
                }
            }
            for filing in given.filings.values().filter(|filing| filing.stands() && !filing.reason.is_empty()).take(1) {
                p { class: "small", {s.filed_without(&filing.reason)} }
            }
            {standing_consent::said(frame, given)}
            if revision.basis == Basis::Information {
                p { Status { tone: Tone::Info, icon: "eye", {Ruling(frame.language()).information()} } }
            }
            {payment::show(frame, at, given, (proceedings.form, proceedings.references))}
            details { open: is_open,
                summary {
                    Icon { name: "chevron-right" }
                    " "
                    {if revision.basis == Basis::Approval {
                        s.given(approved, given.consents.len())
                    } else {
                        Standing(frame.language()).read(opened, given.consents.len())
                    }}
                }
                div { class: "stack",
                    div { class: "two",
                        for (person , consent) in in_order(at, given) {
                            {evidence::card(frame, at, given, person, consent, proceedings.devices)}
                        }
                    }
                    {figures(frame, at, given)}
                    if frame.may_change() && is_newest && given.is_to_be_filed() {
                        {return_form::show(frame, at, &Target::Version(given), form, is_typed)}
                    }
                    if frame.may_change() && given.is_to_be_filed() {
                        {filing(at, given, is_clear, s)}
                    }
                    {taken_back(frame, at, given)}
                }
            }
        }
    }
}

/// Returns the consents in the order in which the firm lists the people.
fn in_order<'y>(at: &ClientYear<'y>, given: &'y GivenRevision) -> Vec<(PersonId, &'y Consent)> {
    let mut consents: Vec<_> = given.consents.iter().map(|(person, consent)| (*person, consent)).collect();
    consents.sort_by_key(|(person, _)| at.people.iter().position(|(row, _)| row.id == *person));
    consents
}

fn figures(frame: &Frame, at: &ClientYear<'_>, given: &GivenRevision) -> Element {
    let t = Text(frame.language());
    rsx! {
        if !given.revision.figures.is_empty() {
            div { class: "card",
                table { class: "compare",
                    thead {
                        tr {
                            th { scope: "col", {t.figures()} }
                            th { scope: "col", "{at.tax_year}" }
                            th { scope: "col", "{at.tax_year.0 - 1}" }
                        }
                    }
                    tbody {
                        for figure in &given.revision.figures {
                            tr {
                                th { scope: "row", "{figure.label}" }
                                td { {ui::format::amount(figure.this_year)} }
                                td { {figure.last_year.map_or_else(|| "–".to_owned(), ui::format::amount)} }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn earlier_revisions(frame: &Frame, at: &ClientYear<'_>, earlier: &[&GivenRevision]) -> Element {
    let t = Text(frame.language());
    rsx! {
        if !earlier.is_empty() {
            section { class: "section", aria_labelledby: "versies",
                div { class: "section__head", h2 { id: "versies", {t.earlier()} } }
                div { class: "card",
                    ul { class: "lines",
                        for revision in earlier {
                            {earlier_line(frame, at, revision)}
                        }
                    }
                }
            }
        }
    }
}

fn earlier_line(frame: &Frame, at: &ClientYear<'_>, given: &GivenRevision) -> Element {
    let t = Text(frame.language());
    let time_format = frame.time_format;
    let set_out = time_format.short(given.revision.at);
    let replaced = given.void.as_ref().map(|v| t.replaced(&time_format.short(v.at)));
    let mut said = Vec::new();
    for (person, consent) in &given.consents {
        let name = at.year.given_name(*person);
        for (id, approval, _) in &consent.approvals {
            said.push((t.said_approved(name, &time_format.short(approval.at)), Some(*id)));
        }
        for (_, decline) in &consent.declines {
            said.push((t.said_declined(name, &decline.reason), None));
        }
    }
    if said.is_empty() {
        said.push((t.said_nothing().to_owned(), None));
    }
    rsx! {
        li {
            Icon { name: "file-text" }
            " "
            span { class: "grow",
                b { {t.revision(given.revision.number)} }
                ", {set_out}"
                for (sentence , approval) in said {
                    br {}
                    span { class: "small muted", "{sentence}" }
                    if let Some(approval) = approval {
                        " "
                        a { class: "small hit", href: "{at.href()}/akkoord/bewijs/{approval}.zip", download: "", {t.evidence()} }
                    }
                }
                if let Some(replaced) = replaced {
                    br {}
                    span { class: "small muted", "{replaced}" }
                }
            }
            if let Some(filed_at) = given.filed_at() {
                Status { tone: Tone::Ok, icon: "landmark", {t.filed(&time_format.short(filed_at))} }
            }
            if given.void.is_some() {
                Status { tone: Tone::Plain, icon: "history", {t.expired()} }
            }
            {taken_back(frame, at, given)}
            if given.recall.is_some() && given.filed_at().is_some() && frame.may_change() {
                {filing(at, given, false, SetOut(frame.language()))}
            }
            a { class: "btn btn--s", href: address::file(at.client.id, &given.revision.file.hash), target: "_blank", rel: "noopener", "data-reads": t.revision(given.revision.number), {t.view_pdf()} }
        }
    }
}

fn mails(frame: &Frame, mails: &[OutboxRow]) -> Element {
    let t = Text(frame.language());
    rsx! {
        section { class: "section", aria_labelledby: "mails",
            div { class: "section__head", h2 { id: "mails", {t.mails()} } }
            if mails.is_empty() {
                p { class: "muted", {t.no_mails()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for mail in mails {
                            {mail_line(frame, mail)}
                        }
                    }
                }
            }
        }
    }
}

fn mail_line(frame: &Frame, row: &OutboxRow) -> Element {
    let t = Text(frame.language());
    let (tone, icon, state, at) = match (&row.state, row.attempts) {
        (MailState::Sent { at }, _) => (Tone::Ok, "check", t.mail_sent().to_owned(), *at),
        (MailState::Failed { at }, _) => (Tone::Bad, "triangle-alert", t.mail_failed().to_owned(), *at),
        (MailState::Waiting { .. }, 0) => (Tone::Info, "clock", t.mail_waiting().to_owned(), row.created_at),
        (MailState::Waiting { .. }, n) => (Tone::Wait, "clock", t.mail_retrying(n), row.created_at),
    };
    let at = frame.time_format.short(at);
    rsx! {
        li {
            Icon { name: "mail" }
            " "
            span { class: "grow", "{row.mail.subject}" }
            span { class: "small muted", {t.to(&row.mail.to_address)} }
            Status { tone, icon, "{state}" }
            span { class: "small muted num", "{at}" }
        }
    }
}
