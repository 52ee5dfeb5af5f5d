//! Screen on which a person reads a tax return and approves or declines it.

use crate::{
    address::Address,
    component::{
        approval_state::ApprovalStateNotice,
        figures::{Compare, Figures},
        frame::{FlowFrame, ScreenLink},
        recalled::RecalledList,
        return_document::{READ_BUTTON, READ_FIRST, ReturnDocument},
        signing::SigningWay,
    },
    hooks::{use_client, use_view_of},
    platform::page,
    screen::{not_found::NotFoundPage, signing},
    text::{self, Frame},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ApprovalState, GivenRevision, Subject};
use model::{
    id::TaskId,
    language::Language,
    record::{Basis, TaskKind},
};

pub use crate::component::consent::{ApproveSheet, DeclineSheet};

/// Step of the approval that the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApproveStep {
    /// The person reads the return.
    Reading,
    /// The person sees the statement.
    Signing,
    /// The person writes what is wrong.
    Declining,
}

/// Shows the screen at `/taken/:task/akkoord`.
#[component]
pub fn Approve(task: TaskId) -> Element {
    let client = use_client();
    let view = use_view_of(task);
    let mut step = use_signal(|| ApproveStep::Reading);
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let found = view.filter(|v| v.year.task(task).is_some_and(|t| matches!(t.task.kind, TaskKind::Approval(_))));
    let Some(view) = found else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let key = view.key;
    let revision = view.revision_of(task).map(|r| r.id);
    let by_device = client.me(key.client).is_some_and(|me| client.device_key(me).is_some());
    let signer = client.clone();
    let sign = use_callback(move |way: SigningWay| {
        let (client, Some(revision)) = (signer.clone(), revision) else { return };
        if busy() {
            return;
        }
        busy.set(true);
        spawn(async move {
            match signing::sign(&client, key, &[revision], way).await {
                Ok(()) => {
                    navigator().push(Address::proof(task));
                }
                Err(words) => problem.set(Some(words.to_owned())),
            }
            busy.set(false);
        });
    });
    let opener = client.clone();
    rsx! {
        ApprovePage {
            view,
            task,
            step: step(),
            problem: problem.read().clone(),
            busy: busy(),
            on_step: move |now| {
                problem.set(None);
                step.set(now);
            },
            on_sign: move |way| sign.call(way),
            by_device,
            on_shown: move |()| {
                if let Some(revision) = revision {
                    opener.open_revision(key, revision);
                }
            },
            on_decline: move |reason| {
                if let Some(revision) = revision {
                    client.decline(key, revision, reason);
                }
                step.set(ApproveStep::Reading);
                page::focus_heading();
            },
        }
    }
}

/// Shows the page of the screen.
#[component]
pub fn ApprovePage(
    view: View,
    task: TaskId,
    step: ApproveStep,
    #[props(default)] problem: Option<String>,
    #[props(default)] busy: bool,
    on_step: EventHandler<ApproveStep>,
    on_sign: EventHandler<SigningWay>,
    #[props(default)] by_device: bool,
    on_shown: EventHandler<()>,
    on_decline: EventHandler<String>,
) -> Element {
    let (text, frame) = (text::Approve(view.language()), Frame(view.language()));
    let Some(given) = view.revision_of(task).cloned() else {
        return rsx! {
            NotReady { view, task }
        };
    };
    let state = given.approval_state(view.me);
    let name = given.title(view.language());
    let may_sign = state.may_sign() && given.void.is_none();
    // Only what was on a screen of this person can be agreed to, whichever device it was.
    let was_shown = view.me.and_then(|me| given.consents.get(&me)).is_some_and(|c| c.opened.is_some());
    let yours = given.noun().yours(view.language());
    let (title, lead) = match given.revision.basis {
        Basis::Approval if given.revision.scope.is_some() => (text.title_consent().to_owned(), text.lead()),
        Basis::Approval => (text.title(&yours), text.lead()),
        Basis::Information | Basis::StandingConsent(_) => (text.title_information(&yours), text.lead_information()),
    };
    let agree = match state {
        ApprovalState::Refused(_) => text.again(),
        ApprovalState::Declined => text.after_all(),
        _ => text.approve(),
    };
    // After a refusal the next press is not an approval.
    let has_declined = state == ApprovalState::Declined;
    let actions = if may_sign {
        rsx! {
            if !has_declined {
                button { class: "btn", r#type: "button", onclick: move |_| on_step.call(ApproveStep::Declining), {text.something_wrong()} }
            }
            button {
                class: if has_declined { "btn" } else { "btn btn--primary" },
                r#type: "button",
                aria_disabled: if !was_shown { "true" },
                aria_describedby: if !was_shown { READ_FIRST },
                onclick: move |_| if was_shown { on_step.call(ApproveStep::Signing) } else { page::focus(READ_BUTTON) },
                {agree}
            }
            if has_declined {
                ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
            }
        }
    } else if state.has_proof() {
        rsx! {
            ScreenLink { to: Address::proof(task), class: "btn btn--primary", {text.see_proof()} }
        }
    } else {
        rsx! {
            ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
        }
    };
    let above = match step {
        ApproveStep::Signing if may_sign && was_shown => rsx! {
            ApproveSheet {
                view: view.clone(),
                given: given.clone(),
                problem,
                busy,
                on_sign,
                by_device,
                on_close: move |()| on_step.call(ApproveStep::Reading),
            }
        },
        ApproveStep::Declining if may_sign => rsx! {
            DeclineSheet { view: view.clone(), on_decline, on_close: move |()| on_step.call(ApproveStep::Reading) }
        },
        _ => VNode::empty(),
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
            div { class: "page__head stack",
                div { class: "page__head",
                    p { class: "small muted", "{name}" }
                    h1 { "{title}" }
                    p { class: "lead", {lead} }
                }
                ApprovalStateNotice { view: view.clone(), task, given: given.clone() }
            }
            if given.is_to_be_filed() {
                Figures { view: view.clone(), given: given.clone() }
            }
            {scope(&given, view.language())}
            ReturnDocument { view: view.clone(), given: given.clone(), to_read_first: may_sign && !was_shown, on_shown }
            if !given.revision.figures.is_empty() {
                Compare { view: view.clone(), given: given.clone() }
            }
            if view.may_fill_in() {
                p {
                    ScreenLink { to: Address::ask(&Subject { about: Some(task), answer: None }), class: "textlink",
                        {text::Home(view.language()).ask(view.advisor_name())}
                    }
                }
            }
        }
    }
}

/// Shows what a standing consent covers.
fn scope(given: &GivenRevision, language: Language) -> Element {
    let text = text::Approve(language);
    let (Some(scope), Some(own)) = (&given.revision.scope, given.tax_return()) else { return VNode::empty() };
    let kinds: Vec<_> = scope.kinds.iter().map(|kind| kind.name(language)).collect();
    rsx! {
        section { class: "card card--pad stack-s", aria_labelledby: "waarvoor",
            h2 { id: "waarvoor", {text.scope()} }
            dl { class: "facts",
                div {
                    dt { {text.scope_kinds()} }
                    dd { {kinds.join(", ")} }
                }
                div {
                    dt { {text.scope_taxpayer()} }
                    dd { "{own.taxpayer_name}" }
                }
                div {
                    dt { {text.scope_over()} }
                    dd { {own.period.name(language)} }
                }
                div {
                    dt { {text.scope_until()} }
                    dd { {ui::format::date_long(scope.until, language)} }
                }
            }
        }
    }
}

#[component]
fn NotReady(view: View, task: TaskId) -> Element {
    let (text, frame) = (text::Approve(view.language()), Frame(view.language()));
    let title = view.year.task(task).map(|t| t.task.title.get(view.language()).to_owned()).unwrap_or_default();
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title,
            back: Address::overview(),
            back_label: frame.back(),
            div { class: "page__head",
                h1 { {text.not_ready_title()} }
                p { class: "lead", {text.not_ready_body()} }
            }
            RecalledList { views: vec![view.clone()] }
            ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
        }
    }
}
