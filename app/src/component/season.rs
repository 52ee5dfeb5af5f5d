//! Progress of a year's tax return, from the questions to the tax authority.

use crate::{
    component::approval_state::short,
    text::{ApprovalStateText, Frame, Home, Proof},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ApprovalState, ConsentState, GivenRevision};
use ui::part::{Pace, Step, Trail};

/// Shows the steps of the season, or nothing until there is something to report.
#[component]
pub fn Season(view: View) -> Element {
    if view.year.checklists.is_empty() && view.year.revisions.is_empty() {
        return VNode::empty();
    }
    let home = Home(view.language());
    rsx! {
        section { class: "section area-stage", aria_labelledby: "waar",
            div { class: "section__head",
                h2 { id: "waar", {home.season(&view.tax_year())} }
            }
            div { class: "card card--pad", Trail { steps: steps(&view) } }
        }
    }
}

/// Returns the steps of the season.
pub fn steps(view: &View) -> Vec<Step> {
    let home = Home(view.language());
    let advisor = view.advisor_name();
    let latest = view.year.revisions.iter().find(|r| r.void.is_none() && r.is_to_be_filed());
    let data = data_step(view, latest);
    let made = match latest {
        Some(r) => Step::new(Pace::Done, home.return_made()).at(view.moment(r.revision.at)),
        None if data.pace == Pace::Done => Step::new(Pace::Now, home.return_being_made(advisor)),
        None => Step::new(Pace::Later, home.return_to_make()),
    };
    let filed = match latest.and_then(GivenRevision::filed_at) {
        Some(at) => Step::new(Pace::Done, home.filed()).at(view.moment(at)),
        None => Step::new(Pace::Later, home.filed()),
    };
    vec![data, made, approval_step(view, latest), filed]
}

fn data_step(view: &View, latest: Option<&GivenRevision>) -> Step {
    let home = Home(view.language());
    match view.year.hand_ins.values().max_by_key(|h| h.at) {
        Some(h) if view.is_hand_in_unsent(h.checklist) => Step::new(Pace::Now, Frame(view.language()).on_device()),
        Some(h) => Step::new(Pace::Done, home.data_received()).at(view.moment(h.at)),
        None if latest.is_some() => Step::new(Pace::Done, home.data_received()),
        None => Step::new(Pace::Now, home.data_awaited()),
    }
}

fn approval_step(view: &View, latest: Option<&GivenRevision>) -> Step {
    let home = Home(view.language());
    let Some(latest) = latest.filter(|r| !r.consents.is_empty()) else {
        return Step::new(Pace::Later, home.approval_later());
    };
    let text = ApprovalStateText(view.language());
    let now = |words: String| Step::new(Pace::Now, words);
    let state = latest.approval_state(view.me);
    match state {
        ApprovalState::ByStandingConsent(_) => return Step::new(Pace::Done, text.by_consent_title()),
        ApprovalState::ForInformation(Some(_)) => return Step::new(Pace::Done, text.no_approval()),
        ApprovalState::ForInformation(None) => return now(text.information_to_read().to_owned()),
        ApprovalState::Asked => return now(home.awaits_you().to_owned()),
        ApprovalState::NotAsked | ApprovalState::Approved | ApprovalState::OnPaper => {}
        _ => return now(short(view, state)),
    }
    let waiting = latest.consents.iter().find(|(_, c)| c.state() != ConsentState::Approved);
    match waiting {
        Some((person, c)) if c.state() == ConsentState::Declined => {
            Step::new(Pace::Now, Proof(view.language()).other_declined(view.year.given_name(*person)))
        }
        Some((person, _)) => Step::new(Pace::Now, home.awaits_other(view.year.given_name(*person))),
        None => {
            let last = latest.consents.values().filter_map(|c| c.approval()).map(|(_, a, _)| a.at).max();
            let step = Step::new(Pace::Done, home.approved());
            match last {
                Some(at) => step.at(view.moment(at)),
                None => step,
            }
        }
    }
}
