//! The page about the audit log: its export, and the checkpoints to be stored elsewhere.

use super::text::AuditLog as Text;
use crate::part::{
    address::AUDIT_LOG,
    firm_tabs::{FirmTab, tabs},
    frame::{Frame, Menu, title},
};
use dioxus::prelude::*;
use proof::audit::Checkpoint;
use ui::part::Icon;

pub fn page(frame: &Frame, events: u64, checkpoints: &[(i64, Checkpoint)], seal: &str) -> String {
    let t = Text(frame.language());
    frame.page(
        Menu::Portal,
        t.title(),
        rsx! {
            {title(t.title(), t.lead())}
            {tabs(frame, FirmTab::AuditLog)}
            div { class: "panes panes--main",
                div {
                    section { class: "section stack-s",
                        p { {t.events(events)} }
                        p {
                            a { class: "btn btn--primary", href: "{AUDIT_LOG}/auditlog.jsonl", download: "",
                                Icon { name: "download" }
                                " "
                                {t.download()}
                            }
                        }
                        p { class: "small muted", {t.download_note()} }
                        p { class: "code small", {t.command()} }
                    }
                    section { class: "section stack-s", aria_labelledby: "controlepunten",
                        div { class: "section__head", h2 { id: "controlepunten", {t.checkpoints()} } }
                        p { class: "muted", {t.checkpoints_note()} }
                        if checkpoints.is_empty() {
                            p { {t.none()} }
                        } else {
                            div { class: "card",
                                ul { class: "lines",
                                    for (id , checkpoint) in checkpoints {
                                        {line(frame, *id, checkpoint)}
                                    }
                                }
                            }
                        }
                    }
                }
                aside { class: "well stack-s", aria_labelledby: "zegel",
                    div { class: "section__head", h2 { id: "zegel", {t.seal()} } }
                    p { class: "code small", "{seal}" }
                }
            }
        },
    )
}

fn line(frame: &Frame, id: i64, checkpoint: &Checkpoint) -> Element {
    let t = Text(frame.language());
    let what = t.checkpoint(checkpoint.reach.events, &frame.time_format.long(checkpoint.at));
    rsx! {
        li {
            Icon { name: "shield-check" }
            " "
            span { class: "grow", "{what}" }
            a { class: "btn btn--s", href: "{AUDIT_LOG}/controlepunt/{id}", download: "",
                {t.get()}
                span { class: "sr", " {what}" }
            }
        }
    }
}
