//! Screen with the proof of an approval, from the moment it is signed on this device: being sent, received, waiting for a
//! ruling, withdrawn, or given on paper.

mod last_signed;
mod trail;

use crate::{
    address::Address,
    client::{Connection, WantedFile},
    component::{
        approval_state::{AwaitingRulingNotice, Withdrawn, finding_words, paper_words, ruling_words},
        consent::WithdrawSheet,
        field::FieldError,
        frame::{FlowFrame, Notice, ScreenLink},
        opening::{Reader, use_opening},
        pack::PackButton,
    },
    hooks::{use_client, use_view_of},
    platform::page,
    screen::{not_found::NotFoundPage, signing::Confirmations},
    text::{self, ApprovalStateText, Frame},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ApprovalState, Consent, ConsentState, GivenRevision};
use last_signed::Signed;
use model::{
    hash::ContentHash,
    id::{ApprovalId, TaskId},
    record::{Basis, Level, PaperApproval, TaskKind},
    section::Section,
};
use trail::{after, steps};
use ui::{
    format,
    part::{Icon, Pace, Step, Tone, Trail},
};

/// Shows the screen at `/taken/:task/bewijs`.
#[component]
pub fn Proof(task: TaskId) -> Element {
    let client = use_client();
    let mut withdrawing = use_signal(|| false);
    match use_view_of(task) {
        Some(view) => {
            let year = view.key;
            rsx! {
                ProofPage {
                    view: view.clone(),
                    task,
                    withdrawing: withdrawing(),
                    on_withdrawing: move |yes| withdrawing.set(yes),
                    on_withdraw: move |(approval, reason)| {
                        client.withdraw_approval(year, approval, reason);
                        withdrawing.set(false);
                        page::focus_heading();
                    },
                    Confirmations { view }
                }
            }
        }
        None => rsx! {
            NotFoundPage { language: client.language() }
        },
    }
}

/// Returns the newest revision that the person approved, in whatever way.
fn consented(view: &View, task: TaskId) -> Option<(&GivenRevision, &Consent)> {
    let (me, TaskKind::Approval(tax_return)) = (view.me?, &view.year.task(task)?.task.kind) else { return None };
    let of_return = view.year.revisions.iter().filter(|r| r.is_of(*tax_return));
    let mut mine = of_return.filter_map(|given| Some((given, given.consents.get(&me)?)));
    mine.find(|(_, consent)| consent.paper.is_some() || consent.approval().is_some())
}

fn signed<'v>(view: &View, given: &'v GivenRevision, consent: &'v Consent) -> Option<Signed<'v>> {
    let (id, approval, verdict) = consent.approval()?;
    let unsent = view.is_unsent(Section::Approvals, &id.to_string());
    let state = given.approval_state(view.me);
    Some(Signed { given, consent, approval, verdict: verdict.as_ref(), unsent, state, id: *id })
}

/// Shows the page of the screen.
#[component]
pub fn ProofPage(
    view: View,
    task: TaskId,
    #[props(default)] withdrawing: bool,
    on_withdrawing: EventHandler<bool>,
    on_withdraw: EventHandler<(ApprovalId, String)>,
    #[props(default)] children: Element,
) -> Element {
    let (text, frame) = (text::Proof(view.language()), Frame(view.language()));
    let found = consented(&view, task);
    let paper = found.and_then(|(given, consent)| Some((given, consent.paper.as_ref()?)));
    let signed = found.and_then(|(given, consent)| signed(&view, given, consent));
    let open = signed.as_ref().filter(|s| s.given.may_withdraw(view.me));
    let withdrawable = open.map(|s| s.id);
    let state = ApprovalStateText(view.language());
    let until =
        if open.is_some_and(|s| s.given.is_to_be_filed()) { state.withdraw_until() } else { state.withdraw_always() };
    let body = match (paper, &signed) {
        (Some((given, paper)), _) => rsx! {
            OnPaper { view: view.clone(), given: given.clone(), paper: paper.clone() }
        },
        (None, Some(signed)) => with_passkey(&view, task, signed),
        (None, None) => nothing(&view, task),
    };
    let above = match withdrawable.filter(|_| withdrawing) {
        Some(id) => rsx! {
            WithdrawSheet {
                view: view.clone(),
                on_withdraw: move |reason| on_withdraw.call((id, reason)),
                on_close: move |()| on_withdrawing.call(false),
            }
        },
        None => VNode::empty(),
    };
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: text.title().to_owned(),
            back: Address::overview(),
            back_label: frame.close(),
            above,
            actions: rsx! {
                ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
            },
            {body}
            {children}
            if withdrawable.is_some() {
                div { class: "stack-s",
                    button { class: "btn btn--quiet btn--s", r#type: "button", onclick: move |_| on_withdrawing.call(true),
                        {state.withdraw()}
                    }
                    p { class: "small muted", {until} }
                }
            }
        }
    }
}

fn nothing(view: &View, task: TaskId) -> Element {
    let text = text::Proof(view.language());
    let to_read = view.revision_of(task).is_some_and(|given| given.revision.basis != Basis::Approval);
    rsx! {
        div { class: "page__head stack",
            h1 { {if to_read { ApprovalStateText(view.language()).no_approval() } else { text.none_title() }} }
            ScreenLink { to: Address::approve(task), {text.to_return()} }
        }
    }
}

fn with_passkey(view: &View, task: TaskId, signed: &Signed<'_>) -> Element {
    let text = text::Proof(view.language());
    rsx! {
        {head(view, task, signed)}
        section { class: "section", aria_labelledby: "hierna",
            h2 { class: "sr", id: "hierna", {text.next()} }
            div { class: "card card--pad", Trail { steps: steps(view, signed) } }
        }
        if signed.unsent {
            Notice { tone: Tone::Info, icon: "info",
                strong { {text.not_received_title()} }
                p { {text.not_received_body()} }
            }
        }
        {facts(view, signed)}
    }
}

/// Shows an approval on paper, and its scan.
#[component]
fn OnPaper(view: View, given: GivenRevision, paper: PaperApproval) -> Element {
    let (text, state) = (text::Proof(view.language()), ApprovalStateText(view.language()));
    let (opening, open) = use_opening();
    let mine = view.me.and_then(|me| given.consents.get(&me));
    let day = format::date_long(paper.signed_on, view.language());
    let file = WantedFile::pdf_of_firm(view.key.client, paper.file.hash, paper.file.name.clone());
    let mut steps = vec![Step::new(Pace::Done, state.paper_title()).at(day.clone())];
    steps.extend(after(&view, &given));
    rsx! {
        div { class: "done", role: "status",
            span { class: "done__mark", Icon { name: "pencil" } }
            h1 { {state.paper_title()} }
            {paper_words(&view, mine)}
        }
        section { class: "section", aria_labelledby: "hierna",
            h2 { class: "sr", id: "hierna", {text.next()} }
            div { class: "card card--pad", Trail { steps } }
        }
        section { class: "section", aria_labelledby: "bewijs",
            div { class: "section__head", h2 { id: "bewijs", {text.yours()} } }
            div { class: "card card--pad stack-s",
                {fact_list(&view, &given, &day, text.pen())}
                button { class: "btn btn--s", r#type: "button", onclick: move |_| open.call(file.clone()),
                    Icon { name: "eye" }
                    " "
                    {state.paper_scan()}
                }
                p { class: "small muted", {text.pen_note()} }
                if opening.failed() {
                    FieldError { id: "scan", message: text::Archive(view.language()).failed() }
                }
            }
        }
        if let Some(file) = opening.file() {
            Reader { file, title: state.paper_title(), language: view.language(), on_close: move |()| opening.close() }
        }
    }
}

fn return_name(view: &View, given: &GivenRevision) -> String {
    given.title(view.language())
}

/// Shows what happened, in one sentence.
fn head(view: &View, task: TaskId, signed: &Signed<'_>) -> Element {
    let text = text::Proof(view.language());
    let given = signed.given;
    if given.void.is_some() {
        return rsx! {
            div { class: "page__head stack",
                h1 { {text.void_title()} }
                Notice { tone: Tone::Wait, icon: "history",
                    p { {text.void_body(view.advisor_name(), given.revision.number)} }
                    p { ScreenLink { to: Address::approve(task), {text.see_new()} } }
                }
            }
        };
    }
    match signed.state {
        ApprovalState::Withdrawn => rsx! {
            div { class: "page__head stack",
                h1 { {text.title()} }
                Withdrawn { view: view.clone(), given: given.clone() }
            }
        },
        ApprovalState::AwaitingRuling => rsx! {
            div { class: "page__head stack",
                h1 { {text.title()} }
                AwaitingRulingNotice { view: view.clone() }
            }
        },
        ApprovalState::Refused(_) | ApprovalState::WaitsFor(_) => refused(view, task, signed),
        _ => rsx! {
            {thanks(view, signed)}
        },
    }
}

fn refused(view: &View, task: TaskId, signed: &Signed<'_>) -> Element {
    let words = text::Approve(view.language());
    let ConsentState::NotAccepted(finding) = signed.consent.state() else { return VNode::empty() };
    rsx! {
        div { class: "page__head stack",
            h1 { {words.not_accepted()} }
            Notice { tone: Tone::Bad, icon: "triangle-alert",
                p { {finding_words(finding, words)} }
                {ruling_words(view, Some(signed.consent))}
                if let ApprovalState::WaitsFor(first) = signed.state {
                    p { {ApprovalStateText(view.language()).turn_early(view.year.given_name(first))} }
                } else {
                    p { ScreenLink { to: Address::approve(task), {words.again()} } }
                }
            }
        }
    }
}

fn thanks(view: &View, signed: &Signed<'_>) -> Element {
    let text = text::Proof(view.language());
    let (mark, icon, title, lead) = if signed.unsent {
        let lead = match view.workspace.connection {
            Connection::Connected => text.sending_body(),
            _ => text.on_device_body(),
        };
        ("done__mark done__mark--wait", "signature", text.on_device().to_owned(), lead.to_owned())
    } else {
        let thanks = text.thanks_body(&signed.given.title(view.language()));
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

/// Returns the first 16 digits of the file's hash, in groups of four.
fn check_code(hash: &ContentHash) -> String {
    let hash = hash.to_string();
    let groups: Vec<_> = (0..4).filter_map(|i| hash.get(i * 4..i * 4 + 4)).collect();
    groups.join(" ")
}

fn signed_with(signed: &Signed<'_>, text: text::Signing) -> &'static str {
    match (signed.approval.signature.level(), signed.consent.countersignature(signed.id)) {
        (Level::Passkey, _) => text.with_passkey(),
        (Level::DeviceKey, None) => text.with_device(),
        (Level::DeviceKey, Some(_)) => text.with_both(),
    }
}

fn fact_list(view: &View, given: &GivenRevision, when: &str, with: &str) -> Element {
    let text = text::Proof(view.language());
    let revision = &given.revision;
    let name = view.me.and_then(|me| view.year.people.get(&me)).map(|p| p.name.clone()).unwrap_or_default();
    let what = text.what_value(revision.file.pages, &return_name(view, given), revision.number);
    rsx! {
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
                dd { "{with}" }
            }
            div {
                dt { {text.code()} }
                dd { class: "code", {check_code(&revision.file.hash)} }
            }
        }
    }
}

fn facts(view: &View, signed: &Signed<'_>) -> Element {
    let text = text::Proof(view.language());
    let when = format::moment_long(signed.approval.at, view.offset, view.language());
    rsx! {
        section { class: "section", aria_labelledby: "bewijs",
            div { class: "section__head", h2 { id: "bewijs", {text.yours()} } }
            div { class: "card card--pad stack-s",
                {fact_list(view, signed.given, &when, signed_with(signed, text::Signing(view.language())))}
                if signed.verdict.is_some() && !signed.unsent {
                    PackButton { view: view.clone(), given: signed.given.clone(), approval: signed.id }
                    p { class: "small muted", {text.pack_note()} }
                }
            }
        }
    }
}
