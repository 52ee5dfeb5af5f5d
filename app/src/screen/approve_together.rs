//! Screen on which a person reads several small returns of one year one after the other, and approves them with one
//! signature at the end.

use crate::{
    address::Address,
    component::{
        figures::{Compare, Figures},
        frame::{FlowFrame, ScreenLink},
        return_document::{READ_BUTTON, READ_FIRST, ReturnDocument},
        signing::SigningWay,
        together::{Approved, Statements, how_many},
    },
    hooks::{use_client, use_views},
    platform::page,
    screen::{approve::DeclineSheet, not_found::NotFoundPage, signing},
    text::{self, Frame, Together},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::id::{RevisionId, TaskId};

/// Step of reading and approving several returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TogetherStep {
    /// The person reads the return at this place, counted from 0.
    Reading(usize),
    /// The person writes what is wrong with the return at this place.
    Declining(usize),
    /// The person sees all statements.
    Signing,
    /// The person has signed.
    Done,
}

/// Shows the screen at `/akkoord/:year`.
#[component]
pub fn ApproveTogether(year: i16) -> Element {
    let client = use_client();
    let view = use_views().into_iter().find(|view| view.key.tax_year.0 == year);
    let mut tasks = use_signal(Vec::<TaskId>::new);
    let mut step = use_signal(|| TogetherStep::Reading(0));
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let Some(view) = view else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    // What is read stays this list: what is answered leaves the overview, and what arrives meanwhile waits there.
    if tasks.peek().is_empty() {
        let found: Vec<_> = view.to_approve_together().iter().map(|task| task.id).collect();
        if !found.is_empty() {
            tasks.set(found);
        }
    }
    let key = view.key;
    let by_device = client.me(key.client).is_some_and(|me| client.device_key(me).is_some());
    let (signer, opener) = (client.clone(), client.clone());
    let mut go = move |to: TogetherStep| {
        problem.set(None);
        step.set(to);
        spawn(async {
            page::next_frame().await;
            page::focus_heading();
        });
    };
    let sign = use_callback(move |(revisions, way): (Vec<RevisionId>, SigningWay)| {
        let client = signer.clone();
        if busy() {
            return;
        }
        busy.set(true);
        spawn(async move {
            match signing::sign(&client, key, &revisions, way).await {
                Ok(()) => go(TogetherStep::Done),
                Err(words) => problem.set(Some(words.to_owned())),
            }
            busy.set(false);
        });
    });
    rsx! {
        TogetherPage {
            view,
            tasks: tasks(),
            step: step(),
            problem: problem(),
            busy: busy(),
            by_device,
            on_step: go,
            on_sign: sign,
            on_shown: move |revision| opener.open_revision(key, revision),
            on_decline: move |(revision, reason)| client.decline(key, revision, reason),
        }
    }
}

/// Shows the page of the screen.
#[component]
pub fn TogetherPage(
    view: View,
    tasks: Vec<TaskId>,
    step: TogetherStep,
    #[props(default)] problem: Option<String>,
    #[props(default)] busy: bool,
    #[props(default)] by_device: bool,
    on_step: EventHandler<TogetherStep>,
    on_sign: EventHandler<(Vec<RevisionId>, SigningWay)>,
    on_shown: EventHandler<RevisionId>,
    on_decline: EventHandler<(RevisionId, String)>,
) -> Element {
    let all: Vec<(TaskId, GivenRevision)> =
        tasks.iter().filter_map(|task| Some((*task, view.revision_of(*task)?.clone()))).collect();
    match step {
        TogetherStep::Reading(at) | TogetherStep::Declining(at) if at < all.len() => rsx! {
            ReadOne {
                key: "{all[at].1.id}",
                view,
                given: all[at].1.clone(),
                at,
                of: all.len(),
                declining: matches!(step, TogetherStep::Declining(_)),
                on_step,
                on_shown,
                on_decline,
            }
        },
        TogetherStep::Done => rsx! {
            Approved { view, all }
        },
        _ => rsx! {
            SignAll { view, all, problem, busy, by_device, on_step, on_sign }
        },
    }
}

/// Returns true if the person who looks had the return on a screen.
fn was_shown(view: &View, given: &GivenRevision) -> bool {
    view.me.and_then(|me| given.consents.get(&me)).is_some_and(|consent| consent.opened.is_some())
}

/// Returns true if the person who looks can sign for it now.
fn may_sign(view: &View, given: &GivenRevision) -> bool {
    given.void.is_none() && given.approval_state(view.me).may_sign()
}

#[component]
fn ReadOne(
    view: View,
    given: GivenRevision,
    at: usize,
    of: usize,
    declining: bool,
    on_step: EventHandler<TogetherStep>,
    on_shown: EventHandler<RevisionId>,
    on_decline: EventHandler<(RevisionId, String)>,
) -> Element {
    let language = view.language();
    let (text, approve, frame) = (Together(language), text::Approve(language), Frame(language));
    let (name, revision) = (given.title(language), given.id);
    let (open, shown) = (may_sign(&view, &given), was_shown(&view, &given));
    let blocked = open && !shown;
    let next = if at + 1 < of { TogetherStep::Reading(at + 1) } else { TogetherStep::Signing };
    let noun = given.noun();
    let actions = rsx! {
        if open {
            button { class: "btn", r#type: "button", onclick: move |_| on_step.call(TogetherStep::Declining(at)), {approve.something_wrong()} }
        }
        button {
            class: "btn btn--primary",
            r#type: "button",
            aria_disabled: if blocked { "true" },
            aria_describedby: if blocked { READ_FIRST },
            onclick: move |_| if blocked { page::focus(READ_BUTTON) } else { on_step.call(next) },
            {if at + 1 < of { text.next() } else { text.to_end() }}
        }
    };
    let above = if declining && open {
        rsx! {
            DeclineSheet {
                view: view.clone(),
                on_decline: move |reason| {
                    on_decline.call((revision, reason));
                    on_step.call(next);
                },
                on_close: move |()| on_step.call(TogetherStep::Reading(at)),
            }
        }
    } else {
        VNode::empty()
    };
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: name.clone(),
            back: Address::overview(),
            back_label: frame.back(),
            class: "page--approve",
            actions,
            above,
            div { class: "page__head",
                p { class: "small muted", {text.place(at + 1, of, &name)} }
                h1 { {approve.title(&noun.yours(language))} }
                p { class: "lead", {text.lead()} }
            }
            if at > 0 {
                button { class: "btn btn--quiet btn--s", r#type: "button", onclick: move |_| on_step.call(TogetherStep::Reading(at - 1)), {text.previous()} }
            }
            Figures { view: view.clone(), given: given.clone() }
            ReturnDocument { view: view.clone(), given: given.clone(), to_read_first: blocked, on_shown: move |()| on_shown.call(revision) }
            if !given.revision.figures.is_empty() {
                Compare { view, given }
            }
        }
    }
}

#[component]
fn SignAll(
    view: View,
    all: Vec<(TaskId, GivenRevision)>,
    problem: Option<String>,
    busy: bool,
    by_device: bool,
    on_step: EventHandler<TogetherStep>,
    on_sign: EventHandler<(Vec<RevisionId>, SigningWay)>,
) -> Element {
    let (text, frame) = (Together(view.language()), Frame(view.language()));
    let open: Vec<_> = all.iter().enumerate().filter(|(_, (_, given))| may_sign(&view, given)).collect();
    let unread: Vec<_> =
        open.iter().filter(|(_, (_, g))| !was_shown(&view, g)).map(|(at, (_, g))| (*at, g.clone())).collect();
    let read: Vec<_> = open.iter().filter(|(_, (_, g))| was_shown(&view, g)).map(|(_, (_, g))| g.clone()).collect();
    let revisions: Vec<_> = read.iter().map(|given| given.id).collect();
    let title = if read.is_empty() { text.none_title().to_owned() } else { text.sign_title(&how_many(&view, &read)) };
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: title.clone(),
            back: Address::overview(),
            back_label: frame.back(),
            class: "page--approve",
            div { class: "page__head",
                h1 { "{title}" }
                p { class: "lead", {if read.is_empty() { text.none_body() } else { text.sign_lead() }} }
            }
            for (at , given) in unread {
                div { key: "{given.id}", class: "card card--pad stack-s",
                    p { {text.unread(&given.title(view.language()))} }
                    button { class: "btn btn--s", r#type: "button", onclick: move |_| on_step.call(TogetherStep::Reading(at)), {text.read_it()} }
                }
            }
            if read.is_empty() {
                ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
            } else {
                Statements { view, read, problem, busy, by_device, on_sign: move |way| on_sign.call((revisions.clone(), way)) }
            }
        }
    }
}
