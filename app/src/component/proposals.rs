//! Changes of details that go to the firm: those not sent yet, with an undo per line, and those that were, with the
//! firm's reply.

use crate::{
    component::detail_rows::{Staged, known},
    text::Report,
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::GivenProposal;
use model::{
    id::*,
    record::{Circumstance, DetailField},
    section::Section,
    tax_number,
};
use std::collections::BTreeMap;
use ui::{
    details::{circumstance, name},
    part::{Icon, Status, Tone},
};

/// Shows the changes of one person's details that are not sent yet.
#[component]
pub fn StagedChanges(
    view: View,
    person: PersonId,
    staged: BTreeMap<DetailField, Staged>,
    on_undo: EventHandler<DetailField>,
    on_send: EventHandler<()>,
) -> Element {
    if staged.is_empty() {
        return VNode::empty();
    }
    let text = Report(view.language());
    let title = if view.me == Some(person) {
        text.changes(staged.len())
    } else {
        text.changes_of(staged.len(), view.year.given_name(person))
    };
    let details = known(&view, person);
    rsx! {
        section { class: "section", aria_labelledby: "wijzigingen-{person}",
            div { class: "card sect",
                div { class: "sect__head",
                    h2 { id: "wijzigingen-{person}", "{title}" }
                    Status { tone: Tone::Wait, icon: "hourglass", {text.unsent()} }
                }
                ul { class: "rows",
                    for (field , change) in staged {
                        li { key: "{field.word()}", class: "row",
                            Diff {
                                view: view.clone(),
                                field,
                                old: change.old.clone(),
                                new: change.new.clone(),
                                now: details.fields.get(&field).cloned(),
                            }
                            button {
                                class: "btn btn--quiet btn--s btn--icon",
                                r#type: "button",
                                aria_label: text.undo(name(field, view.language())),
                                onclick: move |_| on_undo.call(field),
                                Icon { name: "undo-2" }
                            }
                        }
                    }
                }
                div { class: "sect__foot",
                    button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_send.call(()),
                        Icon { name: "send" }
                        " "
                        {text.send(view.advisor_name())}
                    }
                }
            }
        }
    }
}

/// Shows the old and the new value, and the firm's present one if it is neither.
#[component]
fn Diff(view: View, field: DetailField, old: String, new: String, now: Option<String>) -> Element {
    let text = Report(view.language());
    let show = |value: &str| match (field, value) {
        (_, "") => text.unknown().to_owned(),
        (DetailField::Bsn, value) => tax_number::mask(value),
        (_, value) => field.show(value),
    };
    let theirs = now.filter(|now| *now != old && *now != new).map(|now| show(&now));
    rsx! {
        div { class: "diff",
            p { class: "row__label", {name(field, view.language())} }
            p {
                del { class: "num",
                    span { class: "sr", {text.was()} " " }
                    {show(&old)}
                }
            }
            p {
                ins { class: "num",
                    Icon { name: "arrow-right" }
                    span { class: "sr", {text.becomes()} " " }
                    {show(&new)}
                }
            }
            if let Some(theirs) = theirs {
                p { class: "small", {text.theirs(view.advisor_name(), &theirs)} }
            }
        }
    }
}

/// Shows the changes that were reported, the newest first.
#[component]
pub fn Reported(view: View, on_take_back: EventHandler<ProposalId>) -> Element {
    let text = Report(view.language());
    if view.year.proposals.is_empty() {
        return VNode::empty();
    }
    let proposals = view.year.proposals.clone();
    rsx! {
        section { class: "section", aria_labelledby: "doorgegeven",
            div { class: "section__head", h2 { id: "doorgegeven", {text.reported()} } }
            for given in proposals {
                OneReported { key: "{given.id}", view: view.clone(), given, on_take_back }
            }
        }
    }
}

#[component]
fn OneReported(view: View, given: GivenProposal, on_take_back: EventHandler<ProposalId>) -> Element {
    let language = view.language();
    let text = Report(language);
    let proposal = given.proposal.clone();
    let what = match proposal.circumstance {
        Circumstance::Details => view.year.given_name(proposal.person).to_owned(),
        other => circumstance(other, language).to_owned(),
    };
    let from = proposal.effective.map(|day| text.from_day(&ui::format::date_long(day, language)));
    let (tone, icon, words) = state(&view, &given);
    let details = known(&view, proposal.person);
    let open = given.is_open();
    let remark = given.reply.as_ref().map(|r| r.remark.clone()).filter(|r| !r.is_empty());
    rsx! {
        article { class: "card sect", aria_label: "{what}",
            div { class: "sect__head",
                h3 {
                    "{what}"
                    if let Some(from) = from {
                        " "
                        span { class: "small muted", "{from}" }
                    }
                }
                span { role: "status", Status { tone, icon, "{words}" } }
            }
            ul { class: "rows",
                for change in proposal.changes {
                    li { key: "{change.field.word()}", class: "row",
                        Diff {
                            view: view.clone(),
                            field: change.field,
                            old: change.old,
                            new: change.new,
                            now: open.then(|| details.fields.get(&change.field).cloned()).flatten(),
                        }
                    }
                }
                if !proposal.remark.is_empty() {
                    li { class: "row", p { class: "message", "{proposal.remark}" } }
                }
                if let Some(remark) = remark {
                    li { class: "row",
                        p { class: "message",
                            strong { "{view.advisor_name()}: " }
                            "{remark}"
                        }
                    }
                }
            }
            if open && view.may_fill_in() {
                div { class: "sect__foot",
                    button {
                        class: "btn btn--quiet btn--s",
                        r#type: "button",
                        onclick: move |_| on_take_back.call(given.id),
                        Icon { name: "undo-2" }
                        " "
                        {text.take_back(&what)}
                    }
                }
            }
        }
    }
}

/// Returns the state of a reported change. It says *received* only of what the firm's server confirmed.
fn state(view: &View, given: &GivenProposal) -> (Tone, &'static str, String) {
    let text = Report(view.language());
    let unsent = |section| view.is_unsent(section, &given.id.to_string());
    match (&given.reply, &given.withdrawal) {
        (Some(reply), _) if reply.taken_over => (Tone::Ok, "check", text.taken_over(&reply.by)),
        (Some(reply), _) => (Tone::Info, "message-circle", text.answered(&reply.by)),
        (None, Some(_)) => (Tone::Plain, "undo-2", text.taken_back().to_owned()),
        (None, None) if unsent(Section::Proposals) => (Tone::Wait, "hourglass", text.unsent().to_owned()),
        (None, None) => (Tone::Info, "check", text.received(view.firm())),
    }
}
