//! What stands beside everything of the firm that can be taken back: the link to the page that does so, or the mark that
//! it was.

pub mod text;

use crate::part::time_format::TimeFormat;
use dioxus::prelude::*;
use documents::dossier::DossierYear;
use model::record::RecallTarget;
use text::Recalled as Text;
use ui::part::Icon;

/// Renders the link or the mark. `base` is the address of the year, and `what` says to screen readers what it is.
pub fn mark(
    time_format: TimeFormat,
    year: &DossierYear,
    base: &str,
    may_change: bool,
    target: RecallTarget,
    what: &str,
) -> Element {
    let t = Text(time_format.language);
    let href = format!("{base}/terughalen/{target}");
    match year.recall(target) {
        Some(recall) => rsx! {
            a { class: "status status--bad", href: "{href}",
                Icon { name: "undo-2" }
                " "
                {t.by(&recall.by, &time_format.short(recall.at))}
            }
        },
        None if may_change => rsx! {
            a { class: "btn btn--quiet btn--s", href: "{href}",
                {t.link()}
                span { class: "sr", " {what}" }
            }
        },
        None => VNode::empty(),
    }
}
