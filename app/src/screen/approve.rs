//! Reading a tax return, and approving it or saying what is wrong.

use crate::{
    app::{use_client, use_view_of},
    component::{
        figures::{Compare, Figures},
        frame::{FlowFrame, Go, Notice},
        paper::Paper,
    },
    route::Route,
    screen::not_found::NotFoundPage,
    shell::passkey::{self, PasskeyError},
    text::{self, Frame, Passkey},
    view::View,
};
use dioxus::prelude::*;
use model::{
    dossier::{ConsentState, GivenRevision, Subject},
    id::TaskId,
    record::{Finding, TaskKind},
};
use ui::part::Tone;

pub use crate::component::consent::{ApproveSheet, DeclineSheet};

/// What the person is doing on this screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Reading.
    Reading,
    /// The statement is shown.
    Signing,
    /// Writing what is wrong.
    Declining,
}

/// The screen at `/taken/:task/akkoord`.
#[component]
pub fn Approve(task: TaskId) -> Element {
    let client = use_client();
    let view = use_view_of(task);
    let mut doing = use_signal(|| Doing::Reading);
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let found = view.filter(|v| v.year.task(task).is_some_and(|t| matches!(t.task.kind, TaskKind::Approval(_))));
    let Some(view) = found else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let (key, language) = (view.key, view.language());
    let revision = view.revision_of(task).map(|r| r.id);
    let sign = {
        let client = client.clone();
        move |()| {
            let (client, Some(revision)) = (client.clone(), revision) else { return };
            if busy() {
                return;
            }
            let Some(request) = client.challenge(key, revision) else {
                problem.set(Some(text::Approve(language).no_request().to_owned()));
                return;
            };
            busy.set(true);
            spawn(async move {
                match passkey::sign(&request).await {
                    Ok(assertion) => {
                        client.approve(key, revision, assertion);
                        navigator().push(Route::Proof { task });
                    }
                    Err(error) => problem.set(Some(sign_problem(error, Passkey(language)).to_owned())),
                }
                busy.set(false);
            });
        }
    };
    let opener = client.clone();
    rsx! {
        ApprovePage {
            view,
            task,
            doing: doing(),
            problem: problem.read().clone(),
            busy: busy(),
            on_doing: move |now| {
                problem.set(None);
                doing.set(now);
            },
            on_sign: sign,
            on_open: move |()| {
                if let Some(revision) = revision {
                    opener.open_revision(key, revision);
                }
            },
            on_decline: move |reason| {
                if let Some(revision) = revision {
                    client.decline(key, revision, reason);
                }
                doing.set(Doing::Reading);
                crate::shell::focus_heading();
            },
        }
    }
}

fn sign_problem(error: PasskeyError, text: Passkey) -> &'static str {
    match error {
        PasskeyError::Cancelled => text.cancelled_sign(),
        PasskeyError::Unsupported => text.unsupported(),
        PasskeyError::Failed => text.failed(),
    }
}

/// The page of the screen.
#[component]
pub fn ApprovePage(
    view: View,
    task: TaskId,
    doing: Doing,
    #[props(default)] problem: Option<String>,
    #[props(default)] busy: bool,
    on_doing: EventHandler<Doing>,
    on_sign: EventHandler<()>,
    on_open: EventHandler<()>,
    on_decline: EventHandler<String>,
) -> Element {
    let (text, frame) = (text::Approve(view.language()), Frame(view.language()));
    let Some(given) = view.revision_of(task).cloned() else {
        return rsx! {
            NotReady { view, task }
        };
    };
    let state = view.me.and_then(|me| given.consents.get(&me)).map(|c| c.state());
    let name = text.name(&given.revision.kind, &view.tax_year());
    let may_sign = matches!(state, Some(ConsentState::Asked | ConsentState::NotAccepted(_) | ConsentState::Declined))
        && given.void.is_none();
    let agree = if matches!(state, Some(ConsentState::NotAccepted(_))) { text.again() } else { text.approve() };
    let actions = if may_sign {
        rsx! {
            if state != Some(ConsentState::Declined) {
                button { class: "btn", r#type: "button", onclick: move |_| on_doing.call(Doing::Declining), {text.something_wrong()} }
            }
            button { class: "btn btn--primary", r#type: "button", onclick: move |_| on_doing.call(Doing::Signing), {agree} }
        }
    } else if matches!(state, Some(ConsentState::Signed | ConsentState::Approved)) {
        rsx! {
            Go { to: Route::Proof { task }, class: "btn btn--primary", {text.see_proof()} }
        }
    } else {
        rsx! {
            Go { to: Route::Overview {}, class: "btn btn--primary", {frame.to_overview()} }
        }
    };
    let above = match doing {
        Doing::Signing if may_sign => rsx! {
            ApproveSheet {
                view: view.clone(),
                given: given.clone(),
                problem,
                busy,
                on_sign,
                on_close: move |()| on_doing.call(Doing::Reading),
            }
        },
        Doing::Declining if may_sign => rsx! {
            DeclineSheet { view: view.clone(), on_decline, on_close: move |()| on_doing.call(Doing::Reading) }
        },
        _ => VNode::empty(),
    };
    rsx! {
        FlowFrame {
            desk: view.desk.clone(),
            title: name,
            back: Route::Overview {},
            back_label: frame.back(),
            class: "page--approve",
            actions,
            above,
            div { class: "page__head stack",
                div { class: "page__head",
                    h1 { {text.title()} }
                    p { class: "lead", {text.lead()} }
                }
                {standing(&view, task, &given, state)}
            }
            Figures { view: view.clone(), outcomes: given.revision.outcomes.clone() }
            Paper { view: view.clone(), given: given.clone(), on_open }
            if !given.revision.figures.is_empty() {
                Compare { view: view.clone(), figures: given.revision.figures.clone() }
            }
            if may_sign && view.may_fill_in() {
                p {
                    Go { to: Route::ask(&Subject { about: Some(task), answer: None }), class: "textlink",
                        {text::Home(view.language()).ask(view.advisor_name())}
                    }
                }
            }
        }
    }
}

/// What to know before reading: an answer that was given, or one that no
/// longer counts.
fn standing(view: &View, task: TaskId, given: &GivenRevision, state: Option<ConsentState>) -> Element {
    let text = text::Approve(view.language());
    let advisor = view.advisor_name();
    let mine = view.me.and_then(|me| given.consents.get(&me));
    match state {
        None => rsx! {
            Notice { tone: Tone::Info, icon: "info", p { {text.not_approver()} } }
        },
        Some(ConsentState::Signed | ConsentState::Approved) => rsx! {
            Notice { tone: Tone::Ok, icon: "circle-check",
                strong { {text.signed_title()} }
                p { Go { to: Route::Proof { task }, {text.see_proof()} } }
            }
        },
        Some(ConsentState::NotAccepted(finding)) => rsx! {
            Notice { tone: Tone::Bad, icon: "triangle-alert",
                strong { {text.not_accepted()} }
                p { {finding_words(finding, text)} }
            }
        },
        Some(ConsentState::Declined) => rsx! {
            Notice { tone: Tone::Wait, icon: "message-circle",
                strong { {text.declined_title()} }
                if let Some(decline) = mine.and_then(|c| c.decline()) {
                    p { class: "message", "{decline.reason}" }
                }
                p { {text.declined_body(advisor)} }
                p { {text.declined_instead()} }
            }
        },
        Some(ConsentState::Asked) => match view.replaced(given.revision.tax_return) {
            None => VNode::empty(),
            Some((old, ConsentState::Declined)) => rsx! {
                Notice { tone: Tone::Wait, icon: "history",
                    strong { {text.new_version_title()} }
                    p { {text.new_version_declined(advisor, old.revision.number)} }
                }
            },
            Some((old, _)) => rsx! {
                Notice { tone: Tone::Wait, icon: "history",
                    strong { {text.new_version_title()} }
                    p { {text.new_version(advisor, old.revision.number)} }
                }
            },
        },
    }
}

/// Why the server could not accept an approval, in words.
pub fn finding_words(finding: Finding, text: text::Approve) -> &'static str {
    match finding {
        Finding::Verified => "",
        Finding::Outdated => text.outdated(),
        Finding::NotAsked => text.not_asked(),
        Finding::UnknownPasskey => text.unknown_passkey(),
        Finding::Invalid => text.invalid(),
        Finding::Held => text.held_refused(),
        Finding::NotYet => text.not_yet(),
    }
}

#[component]
fn NotReady(view: View, task: TaskId) -> Element {
    let (text, frame) = (text::Approve(view.language()), Frame(view.language()));
    let title = view.year.task(task).map(|t| t.task.title.get(view.language()).to_owned()).unwrap_or_default();
    rsx! {
        FlowFrame {
            desk: view.desk.clone(),
            title,
            back: Route::Overview {},
            back_label: frame.back(),
            div { class: "page__head",
                h1 { {text.not_ready_title()} }
                p { class: "lead", {text.not_ready_body()} }
            }
            Go { to: Route::Overview {}, class: "btn btn--primary", {frame.to_overview()} }
        }
    }
}
