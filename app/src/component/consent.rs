//! Dialogs for the answers to a tax return: approving it, declining it, or withdrawing an approval. They never say
//! that somebody signed before the passkey did.

use crate::{
    component::{
        field::FieldError,
        sheet::Sheet,
        signing::{Sign, SigningWay},
    },
    text::{ApprovalStateText, Approve, DeclineText},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::record::MAX_TEXT;
use ui::{format, part::Icon};

/// Shows the statement, and the button that asks for the passkey.
#[component]
pub fn ApproveSheet(
    view: View,
    given: GivenRevision,
    problem: Option<String>,
    busy: bool,
    on_sign: EventHandler<SigningWay>,
    on_close: EventHandler<()>,
    /// True if this device may sign instead.
    #[props(default)]
    by_device: bool,
) -> Element {
    let language = view.language();
    let text = Approve(language);
    let Some((me, consent)) = view.me.and_then(|me| Some((me, given.consents.get(&me)?))) else {
        return VNode::empty();
    };
    let other = given.consents.keys().find(|p| **p != me).map(|p| view.year.given_name(*p));
    let name = given.title(view.language());
    let results: Vec<_> = given.results_of(me).copied().collect();
    let noun = given.noun();
    let full_name = view.year.people.get(&me).map(|p| p.name.clone()).unwrap_or_default();
    rsx! {
        Sheet { id: "tekenen", labelled_by: "teken", on_close,
            div { class: "stack-s",
                h2 { id: "teken", {text.sheet_title(&noun.yours(language))} }
                p { class: "muted",
                    {other.map_or_else(|| text.own_alone().to_owned(), |other| text.own(other))}
                }
            }
            dl { class: "facts",
                div {
                    dt { {noun.name(language)} }
                    dd { {text.revision(&name, given.revision.number)} }
                }
                for result in results {
                    div { key: "{result.tax_return}{result.of:?}",
                        dt { {text.fact_outcome()} }
                        dd { {format::outcome(result.amount, language)} }
                    }
                }
                div {
                    dt { {text.fact_capacity()} }
                    dd { {consent.request.capacity.name(language)} }
                }
                div {
                    dt { {text.fact_name()} }
                    dd { "{full_name}" }
                }
            }
            blockquote { class: "statement", "{consent.request.statement}" }
            Sign { view, problem, busy, by_device, on_sign }
        }
    }
}

/// Reason for declining a tax return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DeclineReason {
    Amount,
    Missing,
    Unclear,
}

impl DeclineReason {
    const ALL: [DeclineReason; 3] = [DeclineReason::Amount, DeclineReason::Missing, DeclineReason::Unclear];

    fn words(self, text: DeclineText) -> &'static str {
        match self {
            DeclineReason::Amount => text.amount(),
            DeclineReason::Missing => text.missing(),
            DeclineReason::Unclear => text.unclear(),
        }
    }
}

/// Shows the dialog in which a person writes what is not right.
#[component]
pub fn DeclineSheet(view: View, on_decline: EventHandler<String>, on_close: EventHandler<()>) -> Element {
    let text = DeclineText(view.language());
    let mut topic = use_signal(|| DeclineReason::Amount);
    let mut body = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let send = move |_| {
        let reason = format!("{}: {}", topic.peek().words(text), body.peek().trim());
        let over = reason.chars().count().saturating_sub(MAX_TEXT);
        match (body.peek().trim().is_empty(), over) {
            (true, _) => wrong.set(Some(text.empty().to_owned())),
            (_, 0) => on_decline.call(reason),
            (_, over) => wrong.set(Some(text.too_long(over))),
        }
    };
    let invalid = wrong.read().is_some();
    rsx! {
        Sheet { id: "niet-akkoord", labelled_by: "vraag", on_close,
            div { class: "stack-s",
                h2 { id: "vraag", {text.title()} }
                p { class: "muted", {text.lead(view.advisor_name())} }
            }
            fieldset { class: "field",
                legend { class: "sr", {text.about()} }
                div { class: "choices",
                    for one in DeclineReason::ALL {
                        label { key: "{one:?}", class: "choice",
                            input {
                                r#type: "radio",
                                name: "soort",
                                checked: topic() == one,
                                onchange: move |_| topic.set(one),
                            }
                            " "
                            {one.words(text)}
                        }
                    }
                }
            }
            div { class: "field",
                label { r#for: "tekst", {text.label()} }
                textarea {
                    class: "textarea",
                    id: "tekst",
                    rows: "3",
                    aria_invalid: if invalid { "true" },
                    aria_describedby: if invalid { "tekst-fout" },
                    value: "{body}",
                    oninput: move |event| {
                        body.set(event.value());
                        wrong.set(None);
                    },
                }
                if let Some(message) = wrong.read().clone() {
                    FieldError { id: "tekst", message }
                }
            }
            button { class: "btn btn--primary btn--block", r#type: "button", onclick: send,
                Icon { name: "send" }
                " "
                {text.send()}
            }
        }
    }
}

/// Shows the dialog in which a person withdraws an approval, with the reason.
#[component]
pub fn WithdrawSheet(view: View, on_withdraw: EventHandler<String>, on_close: EventHandler<()>) -> Element {
    let text = ApprovalStateText(view.language());
    let mut reason = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let send = move |_| {
        let typed = reason.peek().trim().to_owned();
        match (typed.is_empty(), typed.chars().count().saturating_sub(MAX_TEXT)) {
            (true, _) => wrong.set(Some(text.withdraw_empty().to_owned())),
            (_, 0) => on_withdraw.call(typed),
            (_, over) => wrong.set(Some(DeclineText(view.workspace.language).too_long(over))),
        }
    };
    let invalid = wrong.read().is_some();
    rsx! {
        Sheet { id: "intrekken", labelled_by: "intrekken-titel", on_close,
            div { class: "stack-s",
                h2 { id: "intrekken-titel", {text.withdraw_title()} }
                p { class: "muted", {text.withdraw_lead(view.advisor_name())} }
            }
            div { class: "field",
                label { r#for: "waarom", {text.withdraw_label()} }
                textarea {
                    class: "textarea",
                    id: "waarom",
                    rows: "3",
                    aria_invalid: if invalid { "true" },
                    aria_describedby: if invalid { "waarom-fout" },
                    value: "{reason}",
                    oninput: move |event| {
                        reason.set(event.value());
                        wrong.set(None);
                    },
                }
                if let Some(message) = wrong.read().clone() {
                    FieldError { id: "waarom", message }
                }
            }
            div { class: "stack-s",
                button { class: "btn btn--bad btn--block", r#type: "button", onclick: send, {text.withdraw()} }
                button { class: "btn btn--quiet btn--block", r#type: "button", onclick: move |_| on_close.call(()), {text.withdraw_stay()} }
            }
        }
    }
}
