//! The phase of a client's year, what in it waits for the advisor, and how far its checklist is.

pub mod text;

use dioxus::prelude::*;
use model::language::Language;
use storage::db::{Attention, Phase, YearStatus};
use text::Stages;
use ui::part::Tone;

/// Renders the phase of a year: its name and five marks.
pub fn stage(language: Language, phase: Phase, status: Option<&YearStatus>) -> Element {
    let part = status
        .filter(|_| phase == Phase::ToApprove)
        .map(|s| Stages(language).part(s.approvals_given, s.approvals_asked));
    rsx! {
        span { class: "stage",
            span { class: "stage__pips", aria_hidden: "true",
                for class in pips(phase) {
                    i { class }
                }
            }
            {phase_name(language, phase)}
            if let Some(part) = part {
                " "
                span { class: "muted", "{part}" }
            }
        }
    }
}

/// Returns the classes of the five marks: invited, registered, checklist, draft and approval.
fn pips(phase: Phase) -> [&'static str; 5] {
    let done = match phase {
        Phase::NotInvited => return [""; 5],
        Phase::Approved => return ["is-ok"; 5],
        Phase::Invited => 1,
        Phase::Registered | Phase::Checklist => 2,
        Phase::ToDraft => 3,
        Phase::ToApprove => 4,
    };
    std::array::from_fn(|i| match i.cmp(&done) {
        std::cmp::Ordering::Less => "is-done",
        std::cmp::Ordering::Equal => "is-now",
        std::cmp::Ordering::Greater => "",
    })
}

/// Returns the name of a phase.
pub fn phase_name(language: Language, phase: Phase) -> &'static str {
    let t = Stages(language);
    match phase {
        Phase::NotInvited => t.not_invited(),
        Phase::Invited => t.invited(),
        Phase::Registered => t.registered(),
        Phase::Checklist => t.checklist(),
        Phase::ToDraft => t.to_draft(),
        Phase::ToApprove => t.to_approve(),
        Phase::Approved => t.approved(),
    }
}

/// Returns tone, icon and words for something that waits for the advisor, or None for an unknown word.
pub fn attention(language: Language, attention: Attention) -> (Tone, &'static str, &'static str) {
    let t = Stages(language);
    match attention {
        Attention::Declined => (Tone::Bad, "message-circle-question-mark", t.attention_declined()),
        Attention::NotAccepted => (Tone::Bad, "triangle-alert", t.attention_not_accepted()),
        Attention::ReadyToFile => (Tone::Ok, "badge-check", t.attention_ready_to_file()),
        Attention::Question => (Tone::Info, "message-circle", t.attention_question()),
        Attention::Proposal => (Tone::Info, "pencil", t.attention_proposal()),
        Attention::Differing => (Tone::Wait, "circle-alert", t.attention_differing()),
        Attention::HandedIn => (Tone::Accent, "list-checks", t.attention_handed_in()),
    }
}

/// Renders the progress of a checklist as a bar with the count.
pub fn meter(language: Language, answered: u32, asked: u32) -> Element {
    let label = Stages(language).questions(answered, asked);
    rsx! {
        span { class: "meter",
            progress { class: "bar", value: "{answered}", max: "{asked}", aria_label: label }
            "{answered}/{asked}"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_a_phase_fill_from_the_left() {
        assert_eq!(pips(Phase::ToApprove), ["is-done", "is-done", "is-done", "is-done", "is-now"]);
    }
}
