//! The page about taking something back.

use super::{
    seen::Sight,
    text::{Recalling as Text, Seen},
};
use crate::part::{
    field::{Field, whole},
    form::Form,
    frame::{Frame, Menu, head, small_avatar},
    year::view::ClientYear,
};
use dioxus::prelude::*;
use model::record::RecallTarget;
use ui::part::Icon;

/// Renders the page: the form, or the mark once it was taken back, and who has seen it.
pub fn page(frame: &Frame, at: &ClientYear<'_>, target: RecallTarget, seen: &[Sight], form: &Form) -> String {
    let t = Text(frame.language());
    let title = t.title(&name(frame, at, target));
    frame.page(
        Menu::Clients,
        &title,
        rsx! {
            {head(&back(at, target), t.back(), &title)}
            div { class: "panes panes--main",
                div {
                    if let Some(recall) = at.year.recall(target) {
                        section { class: "section",
                            div { class: "notice notice--bad",
                                Icon { name: "undo-2" }
                                strong { {t.done(&recall.by, &frame.time_format.exact(recall.at))} }
                                p { class: "message", "{recall.reason}" }
                            }
                        }
                    } else if frame.may_change() {
                        {asks(at, target, t, form)}
                    }
                }
                aside { class: "well", tabindex: "0", aria_labelledby: "gezien", {seen_by(Seen(frame.language()), seen)} }
            }
        },
    )
}

/// Returns the address of the page on which the thing stands.
fn back(at: &ClientYear<'_>, target: RecallTarget) -> String {
    let page = match target {
        RecallTarget::Revision(_) => "/akkoord",
        RecallTarget::Delivery(_) => "/archief",
        RecallTarget::Message(_) => "/berichten",
        RecallTarget::Checklist(_) | RecallTarget::Request(_) => "#taken",
    };
    format!("{}{page}", at.href())
}

fn name(frame: &Frame, at: &ClientYear<'_>, target: RecallTarget) -> String {
    let (t, language, year) = (Text(frame.language()), frame.language(), at.year);
    let name = match target {
        RecallTarget::Revision(id) => {
            let consent = crate::approval::text::Consent(language);
            year.revision(id).map(|r| consent.title(&r.title(language), r.revision.number))
        }
        RecallTarget::Delivery(id) => {
            year.deliveries.iter().find(|(known, _)| *known == id).map(|(_, d)| t.delivery(&d.title))
        }
        RecallTarget::Message(id) => {
            year.messages.iter().find(|m| m.id == id).map(|m| t.message(&frame.time_format.exact(m.at)))
        }
        RecallTarget::Checklist(id) => year.checklists.get(&id).map(|c| c.template.title.get(language).to_owned()),
        RecallTarget::Request(id) => year.task(id).map(|task| task.task.title.get(language).to_owned()),
    };
    name.unwrap_or_default()
}

fn asks(at: &ClientYear<'_>, target: RecallTarget, t: Text, form: &Form) -> Element {
    let is_filed = match target {
        RecallTarget::Revision(id) => at.year.revision(id).is_some_and(|r| r.filed_at().is_some()),
        _ => false,
    };
    let is_return = matches!(target, RecallTarget::Revision(_));
    rsx! {
        section { class: "section",
            p { {t.lead()} }
            ul { class: "stack-s",
                li { {t.happens_file()} }
                if is_return {
                    li { {t.happens_approval()} }
                }
                li { {t.happens_mail()} }
                li { {t.happens_kept()} }
            }
            if is_filed {
                div { class: "notice notice--wait",
                    Icon { name: "landmark" }
                    p { {t.filed()} }
                }
            }
            form { class: "card card--pad stack", method: "post", action: "{at.href()}/terughalen/{target}", novalidate: true,
                {whole(form)}
                {Field::text("terughalen", "reason", t.reason()).hint(t.reason_hint()).show_lines(form, 3)}
                div { class: "cluster",
                    button { class: "btn btn--primary", r#type: "submit",
                        Icon { name: "undo-2" }
                        " "
                        {t.button()}
                    }
                }
            }
        }
    }
}

fn seen_by(t: Seen, seen: &[Sight]) -> Element {
    rsx! {
        div { class: "section__head", h2 { id: "gezien", {t.title()} } }
        p { class: "small muted", {t.lead()} }
        div { class: "card",
            ul { class: "lines",
                for sight in seen {
                    li { key: "{sight.name}",
                        {small_avatar(&sight.name)}
                        " "
                        span { class: "grow",
                            b { "{sight.name}" }
                            for sentence in sight.lines.iter().chain(&sight.devices) {
                                br {}
                                span { class: "small", "{sentence}" }
                            }
                            if sight.lines.is_empty() && sight.devices.is_empty() {
                                br {}
                                span { class: "small muted", {t.nothing()} }
                            }
                        }
                    }
                }
            }
        }
    }
}
