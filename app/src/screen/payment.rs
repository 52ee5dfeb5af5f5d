//! Screen of an amount that is to be paid to the tax authority, on which a person says that it was paid.

use crate::{
    address::Address,
    component::{
        frame::{FlowFrame, Notice, ScreenLink},
        payment::PaymentDetails,
    },
    hooks::{use_client, use_view_of},
    screen::not_found::NotFoundPage,
    text::{Frame, PaymentText},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::TaskState;
use model::{id::TaskId, record::TaskKind};
use ui::{format, part::Tone};

/// Shows the screen at `/taken/:task/betalen`.
#[component]
pub fn Payment(task: TaskId) -> Element {
    let client = use_client();
    let view = use_view_of(task);
    let known = |v: &View| v.year.task(task).is_some_and(|t| matches!(t.task.kind, TaskKind::Payment(_)));
    let Some(view) = view.filter(known) else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let year = view.key;
    rsx! {
        PaymentPage { view, task, on_report: move |is_paid| client.report_payment(year, task, is_paid) }
    }
}

/// Shows the page of the screen.
#[component]
pub fn PaymentPage(view: View, task: TaskId, on_report: EventHandler<bool>) -> Element {
    let language = view.language();
    let (text, frame) = (PaymentText(language), Frame(language));
    let Some(given) = view.year.task(task).cloned() else { return VNode::empty() };
    let TaskKind::Payment(payment) = given.task.kind.clone() else { return VNode::empty() };
    let title = given.task.title.get(language).to_owned();
    let state = view.state(&given);
    let report = view.year.payment_reports.get(&task).filter(|report| report.is_paid);
    let actions = match state {
        TaskState::Open if view.may_fill_in() => rsx! {
            button { class: "btn btn--primary", r#type: "button", onclick: move |_| on_report.call(true), {text.paid()} }
        },
        _ => rsx! {
            ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
        },
    };
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: title.clone(),
            back: Address::overview(),
            back_label: frame.back(),
            actions,
            div { class: "page__head",
                h1 { "{title}" }
                if state == TaskState::Open {
                    p { class: "lead", {text.lead(&given.task.asked_by)} }
                }
                if let Some(due) = given.task.due {
                    p { strong { {text.last_day(&format::date_long(due, language))} } }
                }
            }
            div { role: "status",
                if state == TaskState::Withdrawn {
                    Notice { tone: Tone::Wait, icon: "triangle-alert", strong { {text.withdrawn()} } }
                } else if let Some(report) = report {
                    Notice { tone: Tone::Ok, icon: "circle-check",
                        strong { {text.is_paid(view.year.given_name(report.by))} }
                        if view.may_fill_in() && given.closing.is_none() {
                            button { class: "textlink", r#type: "button", onclick: move |_| on_report.call(false), {text.not_paid()} }
                        }
                    }
                }
            }
            if state != TaskState::Withdrawn {
                section { class: "card card--pad stack",
                    PaymentDetails { language, amount: payment.amount, iban: payment.iban, reference: payment.reference.clone() }
                    if payment.reference.is_empty() {
                        p { class: "small muted", {text.no_reference()} }
                    } else if payment.is_computed {
                        p { class: "small muted", {text.computed()} }
                    }
                }
            }
        }
    }
}
