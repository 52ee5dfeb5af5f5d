//! Approval of the tax return: who said what of which revision with which
//! evidence, the form for the next revision, mails and the time line.

use super::{
    dossier::{ClientYear, Tab},
    field::{Field, whole},
    frame::{Frame, Menu},
    timeline::{Line, list},
};
use crate::{
    console::{form::Form, text::Consent as Text},
    db::{MailState, OutboxRow},
};
use dioxus::prelude::*;
use model::{
    dossier::{Consent, ConsentState, GivenRevision},
    hash::ContentHash,
    id::*,
    record::{Approval, Finding, Verdict},
};
use std::collections::BTreeMap;
use ui::part::{Icon, Status, Tone};

/// Rows for key figures in the form.
pub const FIGURE_ROWS: usize = 6;

/// What this page shows beyond the year itself.
pub struct Proceedings<'p> {
    pub form: &'p Form,
    pub mails: &'p [OutboxRow],
    pub timeline: &'p [Line],
    /// What a passkey is called, by its credential id.
    pub passkeys: &'p BTreeMap<Vec<u8>, String>,
    /// A sentence about something that could not be done.
    pub refused: Option<&'p str>,
}

/// The page.
pub fn page(frame: &Frame, at: &ClientYear<'_>, proceedings: &Proceedings<'_>) -> String {
    let t = Text(frame.language());
    let (current, earlier): (Vec<_>, Vec<_>) = at.year.revisions.iter().partition(|r| r.void.is_none());
    frame.page(
        Menu::Clients,
        &at.client.name,
        rsx! {
            {at.head(frame, Tab::Consent)}
            div { class: "panes panes--main",
                div {
                    if let Some(refused) = proceedings.refused {
                        div { class: "notice notice--bad", role: "alert",
                            Icon { name: "triangle-alert" }
                            strong { "{refused}" }
                        }
                    }
                    if current.is_empty() {
                        section { class: "section",
                            p { class: "muted", {t.none()} }
                        }
                    }
                    for revision in &current {
                        {current_revision(frame, at, revision, proceedings)}
                    }
                    if frame.may_change() && current.iter().all(|r| r.filing.is_none()) {
                        {upload_form(frame, at, current.first().map(|r| r.revision.number), proceedings.form)}
                    }
                    {earlier_revisions(frame, at, &earlier)}
                    {mails(frame, proceedings.mails)}
                }
                aside { class: "well", aria_labelledby: "tijdlijn",
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

fn file_href(client: ClientId, hash: &ContentHash) -> String {
    format!("/api/clients/{client}/files/{hash}")
}

fn current_revision(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    proceedings: &Proceedings<'_>,
) -> Element {
    let t = Text(frame.language());
    let revision = &given.revision;
    let everybody = !given.consents.is_empty() && given.consents.values().all(|c| c.state() == ConsentState::Approved);
    let base = at.href();
    rsx! {
        section { class: "section", aria_labelledby: "aangifte-{given.id}",
            div { class: "section__head",
                h2 { id: "aangifte-{given.id}", {t.title(&revision.kind, at.tax_year.0, revision.number)} }
                span { class: "cluster",
                    a { class: "btn btn--s", href: file_href(at.client.id, &revision.file.hash), target: "_blank", rel: "noopener",
                        Icon { name: "eye" }
                        " "
                        {t.view_pdf()}
                    }
                    if let Some(filing) = &given.filing {
                        Status { tone: Tone::Ok, icon: "landmark", {t.filed(&frame.moments.short(filing.at))} }
                    } else if everybody && frame.may_change() {
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
            div { class: "two",
                for (person , consent) in in_order(at, given) {
                    {evidence(frame, at, given, person, consent, proceedings)}
                }
            }
            {figures(frame, at, given)}
        }
    }
}

/// The consents in the order in which the firm knows the people.
fn in_order<'y>(at: &ClientYear<'y>, given: &'y GivenRevision) -> Vec<(PersonId, &'y Consent)> {
    let mut consents: Vec<_> = given.consents.iter().map(|(person, consent)| (*person, consent)).collect();
    consents.sort_by_key(|(person, _)| at.people.iter().position(|(row, _)| row.id == *person));
    consents
}

fn badge(t: Text, state: ConsentState) -> (Tone, &'static str, &'static str) {
    match state {
        ConsentState::Asked => (Tone::Wait, "hourglass", t.state_asked()),
        ConsentState::Signed => (Tone::Info, "clock", t.state_signed()),
        ConsentState::Approved => (Tone::Ok, "check", t.state_approved()),
        ConsentState::NotAccepted(_) => (Tone::Bad, "triangle-alert", t.state_not_accepted()),
        ConsentState::Declined => (Tone::Bad, "message-circle-question-mark", t.state_declined()),
    }
}

fn fact(name: &str, value: Element) -> Element {
    rsx! {
        div {
            dt { "{name}" }
            dd { {value} }
        }
    }
}

fn words(text: &str) -> Element {
    rsx! { "{text}" }
}

fn evidence(
    frame: &Frame,
    at: &ClientYear<'_>,
    given: &GivenRevision,
    person: PersonId,
    consent: &Consent,
    proceedings: &Proceedings<'_>,
) -> Element {
    let language = frame.language();
    let t = Text(language);
    let moments = frame.moments;
    let name = at.year.people.get(&person).map_or("?", |p| &p.name);
    let (tone, icon, state) = badge(t, consent.state());
    let outcome = given.revision.outcomes.get(&person).map(|c| ui::format::outcome(*c, language));
    let opened = consent.opened.map_or_else(|| t.not_opened().to_owned(), |o| moments.long(o));
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
                {fact(t.asked(), words(&moments.long(consent.request.at)))}
                {fact(t.opened(), words(&opened))}
                if let Some((_, approval, verdict)) = consent.approval() {
                    {signed(frame, approval, verdict.as_ref())}
                }
                if let Some(decline) = declined {
                    {fact(t.said_at(), words(&moments.long(decline.at)))}
                    {fact(t.reason(), words(&format!("“{}”", decline.reason)))}
                }
                if let Some(outcome) = &outcome {
                    {fact(t.outcome(), words(outcome))}
                }
                {fact(t.document(), rsx! { span { class: "code", title: "BLAKE3 {hash}", "BLAKE3 {short_hash} …" } })}
                if let Some((_, approval, verdict)) = consent.approval() {
                    {signature(frame, approval, verdict.as_ref(), proceedings)}
                }
            }
            details {
                summary {
                    Icon { name: "chevron-right" }
                    " "
                    {t.statement()}
                }
                p { class: "small", "{consent.request.statement}" }
            }
            if let Some((id, _, _)) = consent.approval() {
                div { class: "cluster",
                    a { class: "btn btn--s", href: "{at.href()}/akkoord/bewijs/{id}.json", download: "",
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
        {fact(t.signed(), words(&frame.moments.exact(approval.at)))}
        if let Some(verdict) = verdict {
            {fact(t.received(), words(&frame.moments.exact(verdict.at)))}
        }
    }
}

fn signature(frame: &Frame, approval: &Approval, verdict: Option<&Verdict>, proceedings: &Proceedings<'_>) -> Element {
    let t = Text(frame.language());
    let device = match proceedings.passkeys.get(&approval.assertion.credential.0) {
        Some(name) if !name.is_empty() => format!("{name}, {}", t.passkey()),
        _ => t.passkey().to_owned(),
    };
    let (tone, icon, found) = match verdict.map(|v| v.finding) {
        Some(Finding::Verified) => (Tone::Ok, "shield-check", t.verified()),
        Some(Finding::Outdated) => (Tone::Bad, "triangle-alert", t.outdated()),
        Some(Finding::NotAsked) => (Tone::Bad, "triangle-alert", t.not_asked()),
        Some(Finding::UnknownPasskey) => (Tone::Bad, "triangle-alert", t.unknown_passkey()),
        Some(Finding::Invalid) => (Tone::Bad, "triangle-alert", t.invalid()),
        None => (Tone::Info, "clock", t.checking()),
    };
    rsx! {
        {fact(t.device(), words(&device))}
        {fact(t.signature(), rsx! {
            span { class: "status status--{tone.name()} status--plain",
                Icon { name: icon }
                " {found}"
            }
        })}
    }
}

/// The first half of a hash in groups of four.
fn spaced(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().take(16).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
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

fn upload_form(frame: &Frame, at: &ClientYear<'_>, number: Option<u32>, form: &Form) -> Element {
    let t = Text(frame.language());
    let base = at.href();
    let title = number.map_or_else(|| t.upload_first().to_owned(), |n| t.upload_next(n + 1));
    let approvers: Vec<_> = at.year.approvers();
    let open = number.is_none() || !form.is_sound();
    let choices = [("receive", t.to_receive()), ("pay", t.to_pay())];
    rsx! {
        section { class: "section", id: "klaarzetten",
            details { class: "card card--pad", open,
                summary {
                    Icon { name: "chevron-right" }
                    " {title}"
                }
                form { class: "stack", method: "post", action: "{base}/akkoord", enctype: "multipart/form-data", novalidate: true,
                    if let Some(number) = number {
                        div { class: "notice notice--wait",
                            Icon { name: "info" }
                            p { {t.upload_warning(number)} }
                        }
                    }
                    {whole(form)}
                    div { class: "two",
                        {Field::text("aangifte", "file", t.file_field()).show_file(form, "application/pdf,.pdf")}
                        {Field::text("aangifte", "kind", t.kind()).show_choice(form, &[("IB", "IB"), ("VPB", "VPB"), ("OB", "OB")])}
                    }
                    for person in approvers {
                        {outcome_fields(at, person, t, &choices, form)}
                    }
                    {figure_fields(t, form)}
                    div { class: "two",
                        {Field::text("aangifte", "due", crate::console::text::Dossier(frame.language()).due_field()).kind("date").hint(crate::console::text::Dossier(frame.language()).due_hint()).show(form)}
                    }
                    div { class: "cluster",
                        button { class: "btn btn--primary", r#type: "submit",
                            Icon { name: "send" }
                            " "
                            {t.ask()}
                        }
                    }
                }
            }
        }
    }
}

fn outcome_fields(at: &ClientYear<'_>, person: PersonId, t: Text, choices: &[(&str, &str)], form: &Form) -> Element {
    let label = t.outcome_of(at.year.given_name(person));
    let (way, amount) = (format!("way_{person}"), format!("outcome_{person}"));
    rsx! {
        div { class: "two",
            {Field::text("aangifte", &way, &label).show_choice(form, choices)}
            {Field::text("aangifte", &amount, "€").kind("amount").show(form)}
        }
    }
}

fn figure_fields(t: Text, form: &Form) -> Element {
    let cell = |name: String, label: &str, width: &'static str| {
        let error = form.error(&name).map(str::to_owned);
        let value = form.value(&name).to_owned();
        rsx! {
            td {
                div { class: "cell",
                    input { class: "input", name: "{name}", value: "{value}", size: width, aria_label: label, autocomplete: "off",
                        aria_invalid: if error.is_some() { "true" },
                        aria_describedby: if error.is_some() { "aangifte-{name}-fout" },
                    }
                    if let Some(error) = &error {
                        p { class: "error", id: "aangifte-{name}-fout", "{error}" }
                    }
                }
            }
        }
    };
    rsx! {
        fieldset { class: "stack-s",
            legend { {t.figures()} " " span { class: "hint", {t.figure_hint()} } }
            table {
                thead {
                    tr { class: "small muted",
                        th { scope: "col", {t.figure()} }
                        th { scope: "col", {t.this_year()} }
                        th { scope: "col", {t.last_year()} }
                    }
                }
                tbody {
                    for row in 0..FIGURE_ROWS {
                        tr {
                            {cell(format!("figure_{row}"), t.figure(), "32")}
                            {cell(format!("this_year_{row}"), t.this_year(), "10")}
                            {cell(format!("last_year_{row}"), t.last_year(), "10")}
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
    let moments = frame.moments;
    let set_out = moments.short(given.revision.at);
    let replaced = given.void.as_ref().map(|v| t.replaced(&moments.short(v.at)));
    let mut said = Vec::new();
    for (person, consent) in &given.consents {
        let name = at.year.given_name(*person);
        for (id, approval, _) in &consent.approvals {
            said.push((t.said_approved(name, &moments.short(approval.at)), Some(*id)));
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
                        a { class: "small hit", href: "{at.href()}/akkoord/bewijs/{approval}.json", download: "", {t.evidence()} }
                    }
                }
                if let Some(replaced) = replaced {
                    br {}
                    span { class: "small muted", "{replaced}" }
                }
            }
            Status { tone: Tone::Plain, icon: "history", {t.expired()} }
            a { class: "btn btn--s", href: file_href(at.client.id, &given.revision.file.hash), target: "_blank", rel: "noopener", {t.view_pdf()} }
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
    let at = frame.moments.short(at);
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
