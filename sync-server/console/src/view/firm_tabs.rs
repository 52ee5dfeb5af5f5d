//! The tabs between the pages about the firm itself.

use super::{audit_log, frame::Frame};
use crate::text::{Advisors, AuditLog, Portal};
use dioxus::prelude::*;
use storage::db::AdvisorRole;

/// The pages about the firm itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirmTab {
    Looks,
    Advisors,
    AuditLog,
}

/// Renders the tabs, with the current one marked.
pub fn tabs(frame: &Frame, tab: FirmTab) -> Element {
    let (t, language) = (Portal(frame.language()), frame.language());
    let mut links = vec![
        (FirmTab::Looks, "/kantoor/portaal", t.look()),
        (FirmTab::Advisors, super::advisors::PATH, Advisors(language).title()),
    ];
    if frame.advisor.role == AdvisorRole::Administrator {
        links.push((FirmTab::AuditLog, audit_log::PATH, AuditLog(language).title()));
    }
    rsx! {
        nav { class: "subnav", aria_label: t.parts(),
            for (of , href , name) in links {
                a { href, aria_current: if of == tab { "page" }, {name} }
            }
        }
    }
}
