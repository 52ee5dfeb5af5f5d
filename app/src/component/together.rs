//! Several returns that are approved with one signature: their statements, and what became of each.

use crate::{
    address::Address,
    component::{
        approval_state::{finding_words, short},
        frame::{FlowFrame, Notice, ScreenLink},
        signing::{Sign, SigningWay},
    },
    text::{self, Frame, Together},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ApprovalState, ConsentState, GivenRevision};
use model::{id::TaskId, record::Finding, section::Section, tax_return::Noun};
use ui::{
    format,
    part::{Icon, Tone},
};

/// Returns in words how many returns there are, as *3 aangiften*.
pub fn how_many<'g>(view: &View, all: impl IntoIterator<Item = &'g GivenRevision>) -> String {
    let text = Together(view.language());
    let nouns: Vec<_> = all.into_iter().filter_map(|given| Some(given.tax_return()?.kind.noun())).collect();
    let returns = nouns.iter().all(|noun| *noun == Noun::Return);
    if returns { text.returns(nouns.len()) } else { text.documents(nouns.len()) }
}

/// Shows the statements, and the one button that signs them all.
#[component]
pub fn Statements(
    view: View,
    read: Vec<GivenRevision>,
    problem: Option<String>,
    busy: bool,
    by_device: bool,
    on_sign: EventHandler<SigningWay>,
) -> Element {
    let language = view.language();
    let text = text::Approve(language);
    let Some(me) = view.me else { return VNode::empty() };
    let lines = read.iter().filter_map(|given| {
        let statement = given.consents.get(&me)?.request.statement.clone();
        let results: Vec<_> = given.results_of(me).map(|result| format::outcome(result.amount, language)).collect();
        Some((given.id, given.title(language), given.revision.number, results.join(", "), statement))
    });
    rsx! {
        ol { class: "stack",
            for (id , name , number , results , statement) in lines {
                li { key: "{id}", class: "card card--pad stack-s",
                    h2 { class: "between",
                        span { {text.revision(&name, number)} }
                        span { "{results}" }
                    }
                    blockquote { class: "statement", "{statement}" }
                }
            }
        }
        Sign { view, problem, busy, by_device, on_sign }
    }
}

/// Returns why an approval does not count, if the person gave one for this return and it does not.
fn not_counted(view: &View, given: &GivenRevision) -> Option<Finding> {
    let replaced = || {
        let (_, state) = view.replaced(given)?;
        (!matches!(state, ConsentState::Asked | ConsentState::Declined)).then_some(Finding::Outdated)
    };
    match given.approval_state(view.me) {
        ApprovalState::Refused(finding) => Some(finding),
        ApprovalState::Asked => replaced(),
        _ => None,
    }
}

/// Shows what became of each return after one signature.
#[component]
pub fn Approved(view: View, all: Vec<(TaskId, GivenRevision)>) -> Element {
    let language = view.language();
    let (text, proof, frame) = (Together(language), text::Proof(language), Frame(language));
    let approval = |given: &GivenRevision| Some(given.consents.get(&view.me?)?.approval()?.0);
    let unsent = all
        .iter()
        .filter_map(|(_, given)| approval(given))
        .any(|id| view.is_unsent(Section::Approvals, &id.to_string()));
    let signed: Vec<_> = all.iter().map(|(_, given)| given).filter(|g| g.approval_state(view.me).has_proof()).collect();
    let refused: Vec<_> = all.iter().filter_map(|(_, g)| Some((g.title(language), not_counted(&view, g)?))).collect();
    let names: Vec<_> = refused.iter().map(|(name, _)| name.as_str()).collect();
    let title = text.done_title(view.given_name());
    let body = text.done_body(&how_many(&view, signed.iter().copied()));
    let lines = all.iter().map(|(task, given)| {
        let state = given.approval_state(view.me);
        let words = match not_counted(&view, given) {
            Some(finding) => finding_words(finding, text::Approve(language)).to_owned(),
            None => short(&view, state),
        };
        let to = if state.has_proof() { Address::proof(*task) } else { Address::approve(*task) };
        (*task, to, given.title(language), words, if state.has_proof() { "badge-check" } else { "circle-alert" })
    });
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: title.clone(),
            back: Address::overview(),
            back_label: frame.close(),
            actions: rsx! {
                ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
            },
            div { class: "done", role: "status",
                span { class: "done__mark", Icon { name: "check" } }
                h1 { "{title}" }
                p { class: "lead", "{body}" }
            }
            if !names.is_empty() {
                Notice { tone: Tone::Wait, icon: "triangle-alert",
                    p { {text.not_counted(&names.join(", "))} }
                }
            }
            if unsent {
                Notice { tone: Tone::Info, icon: "info",
                    strong { {proof.on_device()} }
                    p { {if view.workspace.is_offline() { proof.on_device_body() } else { proof.sending_body() }} }
                }
            }
            div { class: "card",
                ul { class: "items",
                    for (task , to , name , words , icon) in lines {
                        li { key: "{task}",
                            ScreenLink { to, class: "item",
                                span { class: "item__icon", Icon { name: icon } }
                                span { class: "item__body",
                                    span { class: "item__title", "{name}" }
                                    span { class: "item__sub", "{words}" }
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
