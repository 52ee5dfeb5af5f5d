//! The proof of an approval, from the moment it is signed on this device.

use crate::{
    app::{use_client, use_view_of},
    client::Connection,
    component::frame::{FlowFrame, Go, Notice},
    route::Route,
    screen::{approve::finding_words, not_found::NotFoundPage},
    text::{self, Frame},
    view::View,
};
use dioxus::prelude::*;
use model::{
    document::Section,
    dossier::{Consent, ConsentState, GivenRevision},
    hash::ContentHash,
    id::{ApprovalId, PersonId, TaskId},
    record::{Approval, TaskKind, Verdict},
};
use ui::{
    format,
    part::{Icon, Pace, Step, Tone, Trail},
};

/// The screen at `/taken/:task/bewijs`.
#[component]
pub fn Proof(task: TaskId) -> Element {
    let client = use_client();
    match use_view_of(task) {
        Some(view) => rsx! {
            ProofPage { view, task }
        },
        None => rsx! {
            NotFoundPage { language: client.language() }
        },
    }
}

/// What a person signed last: of the newest revision, else of a replaced one.
struct Signed<'v> {
    given: &'v GivenRevision,
    consent: &'v Consent,
    approval: &'v Approval,
    verdict: Option<&'v Verdict>,
    held: bool,
    id: ApprovalId,
}

fn signed(view: &View, task: TaskId) -> Option<Signed<'_>> {
    let (me, TaskKind::Approval(tax_return)) = (view.me?, &view.year.task(task)?.task.kind) else { return None };
    let of_return = view.year.revisions.iter().filter(|r| r.revision.tax_return == *tax_return);
    of_return.filter_map(|given| Some((given, given.consents.get(&me)?))).find_map(|(given, consent)| {
        let (id, approval, verdict) = consent.approval()?;
        let held = view.is_held(Section::Approvals, &id.to_string());
        Some(Signed { given, consent, approval, verdict: verdict.as_ref(), held, id: *id })
    })
}

/// The page of the screen.
#[component]
pub fn ProofPage(view: View, task: TaskId) -> Element {
    let language = view.language();
    let (text, frame) = (text::Proof(language), Frame(language));
    let actions = rsx! {
        Go { to: Route::Overview {}, class: "btn btn--primary", {frame.to_overview()} }
    };
    let Some(signed) = signed(&view, task) else {
        return rsx! {
            FlowFrame {
                desk: view.desk.clone(),
                title: text.title().to_owned(),
                back: Route::Overview {},
                back_label: frame.close(),
                actions,
                div { class: "page__head stack",
                    h1 { {text.none_title()} }
                    Go { to: Route::Approve { task }, {text.to_return()} }
                }
            }
        };
    };
    rsx! {
        FlowFrame {
            desk: view.desk.clone(),
            title: text.title().to_owned(),
            back: Route::Overview {},
            back_label: frame.close(),
            actions,
            {head(&view, task, &signed)}
            section { class: "section", aria_labelledby: "hierna",
                h2 { class: "sr", id: "hierna", {text.next()} }
                div { class: "card card--pad", Trail { steps: steps(&view, &signed) } }
            }
            if signed.held {
                Notice { tone: Tone::Info, icon: "info",
                    strong { {text.not_received_title()} }
                    p { {text.not_received_body()} }
                }
            }
            {facts(&view, &signed)}
        }
    }
}

fn return_name(view: &View, given: &GivenRevision) -> String {
    text::Approve(view.language()).name(&given.revision.kind, &view.tax_year())
}

/// What happened, in one sentence.
fn head(view: &View, task: TaskId, signed: &Signed<'_>) -> Element {
    let text = text::Proof(view.language());
    let given = signed.given;
    if given.void.is_some() {
        return rsx! {
            div { class: "page__head stack",
                h1 { {text.void_title()} }
                Notice { tone: Tone::Wait, icon: "history",
                    p { {text.void_body(view.advisor_name(), given.revision.number)} }
                    p { Go { to: Route::Approve { task }, {text.see_new()} } }
                }
            }
        };
    }
    if let ConsentState::NotAccepted(finding) = signed.consent.state() {
        let words = text::Approve(view.language());
        return rsx! {
            div { class: "page__head stack",
                h1 { {words.not_accepted()} }
                Notice { tone: Tone::Bad, icon: "triangle-alert",
                    p { {finding_words(finding, words)} }
                    p { Go { to: Route::Approve { task }, {words.again()} } }
                }
            }
        };
    }
    let (mark, icon, title, lead) = if signed.held {
        let lead = match view.desk.connection {
            Connection::Connected => text.sending_body(),
            _ => text.on_device_body(),
        };
        ("done__mark done__mark--wait", "signature", text.on_device().to_owned(), lead.to_owned())
    } else {
        let thanks = text.thanks_body(&given.revision.kind, &view.tax_year());
        ("done__mark", "check", text.thanks(view.given_name()), thanks)
    };
    rsx! {
        div { class: "done", role: "status",
            span { class: mark, Icon { name: icon } }
            h1 { "{title}" }
            p { class: "lead", "{lead}" }
        }
    }
}

/// Signed, received, checked; then the others and the firm.
fn steps(view: &View, signed: &Signed<'_>) -> Vec<Step> {
    let text = text::Proof(view.language());
    let mut steps = vec![Step::new(Pace::Done, text.on_device()).at(view.moment(signed.approval.at))];
    let received = text.received(view.firm());
    match (signed.held, signed.verdict) {
        (true, _) => {
            steps.push(Step::new(Pace::Now, text.waits()).note(text.waits_note()));
            steps.push(Step::new(Pace::Later, received));
        }
        (false, None) => {
            steps.push(Step::new(Pace::Done, received));
            steps.push(Step::new(Pace::Now, text.verifying()));
        }
        (false, Some(verdict)) => {
            steps.push(Step::new(Pace::Done, received).at(view.moment(verdict.at)));
            match signed.consent.state() {
                ConsentState::NotAccepted(finding) => {
                    let words = text::Approve(view.language());
                    steps.push(Step::new(Pace::Now, words.not_accepted()).note(finding_words(finding, words)));
                }
                _ => steps.push(Step::new(Pace::Done, text.verified())),
            }
        }
    }
    if signed.given.void.is_some() {
        return steps;
    }
    let others = signed.given.consents.iter().filter(|(person, _)| Some(**person) != view.me);
    steps.extend(others.map(|(person, consent)| other_step(view, *person, consent)));
    steps.push(match &signed.given.filing {
        Some(filing) => Step::new(Pace::Done, text.filed()).at(view.moment(filing.at)),
        None => Step::new(Pace::Later, text.files(view.advisor_name())).note(text.files_note()),
    });
    steps
}

fn other_step(view: &View, person: PersonId, consent: &Consent) -> Step {
    let text = text::Proof(view.language());
    let name = view.year.given_name(person);
    match (consent.state(), consent.approval(), consent.decline()) {
        (ConsentState::Approved | ConsentState::Signed, Some((_, approval, _)), _) => {
            Step::new(Pace::Done, text.other_approved(name)).at(view.moment(approval.at))
        }
        (ConsentState::Declined, _, Some(decline)) => {
            Step::new(Pace::Now, text.other_declined(name)).at(view.moment(decline.at))
        }
        _ => Step::new(Pace::Now, text.still(name)),
    }
}

/// The first half of the file's hash, in groups of four.
fn check_code(hash: &ContentHash) -> String {
    let hash = hash.to_string();
    let groups: Vec<_> = (0..4).filter_map(|i| hash.get(i * 4..i * 4 + 4)).collect();
    groups.join(" ")
}

fn facts(view: &View, signed: &Signed<'_>) -> Element {
    let text = text::Proof(view.language());
    let revision = &signed.given.revision;
    let name = view.me.and_then(|me| view.year.people.get(&me)).map(|p| p.name.clone()).unwrap_or_default();
    let what = text.what_value(&return_name(view, signed.given), revision.number, revision.file.pages);
    let year = view.key;
    let pack = format!("/api/clients/{}/years/{}/evidence/{}", year.client, year.tax_year, signed.id);
    let when = format::moment_long(signed.approval.at, view.offset, view.language());
    rsx! {
        section { class: "section", aria_labelledby: "bewijs",
            div { class: "section__head", h2 { id: "bewijs", {text.yours()} } }
            div { class: "card card--pad",
                dl { class: "facts",
                    div {
                        dt { {text.signed_by()} }
                        dd { "{name}" }
                    }
                    div {
                        dt { {text.when()} }
                        dd { "{when}" }
                    }
                    div {
                        dt { {text.what()} }
                        dd { "{what}" }
                    }
                    div {
                        dt { {text.with()} }
                        dd { {text.passkey()} }
                    }
                    div {
                        dt { {text.code()} }
                        dd { class: "code", {check_code(&revision.file.hash)} }
                    }
                }
                if signed.verdict.is_some() && !signed.held {
                    p {
                        a { class: "btn btn--s", href: pack, download: "", Icon { name: "download" } " " {text.pack()} }
                    }
                    p { class: "small muted", {text.pack_note()} }
                }
            }
        }
    }
}
