//! What is rarely done with a revision: filing it without everybody's approval, undoing the mark, and taking it back.

use crate::{
    approval::text::{Consent as Text, SetOut},
    part::{field::Field, form::Form, frame::Frame, recalled, year::view::ClientYear},
};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::record::RecallTarget;
use ui::part::Icon;

/// Renders the link that takes a revision back, or the mark that it was.
pub fn taken_back(frame: &Frame, at: &ClientYear<'_>, given: &GivenRevision) -> Element {
    let what = Text(frame.language()).title(&given.title(frame.language()), given.revision.number);
    let target = RecallTarget::Revision(given.id);
    recalled::mark(frame.time_format, at.year, &at.href(), frame.may_change(), target, &what)
}

/// Renders the forms that are rarely used: filing without everybody's approval, and undoing the mark.
pub fn filing(at: &ClientYear<'_>, given: &GivenRevision, is_clear: bool, s: SetOut) -> Element {
    let base = format!("{}/akkoord/{}", at.href(), given.id);
    let place = given.id.to_string();
    if given.filed_at().is_some() {
        return rsx! {
            form { method: "post", action: "{base}/niet-verstuurd",
                button { class: "btn btn--quiet btn--s", r#type: "submit", {s.undo()} }
                p { class: "small muted", {s.undo_hint()} }
            }
        };
    }
    if is_clear {
        return VNode::empty();
    }
    rsx! {
        details { class: "card card--pad",
            summary {
                Icon { name: "chevron-right" }
                " "
                {s.file_anyway()}
            }
            form { class: "stack", method: "post", action: "{base}/verstuurd",
                {Field::text("toch", "reason", s.file_reason()).of(&place).show(&Form::default())}
                div { class: "cluster",
                    button { class: "btn", r#type: "submit", {s.file_anyway()} }
                }
            }
        }
    }
}
