//! The tabs between the pages about the firm itself.

mod text;

use super::{
    address::{ADVISORS, AUDIT_LOG},
    frame::Frame,
};
use dioxus::prelude::*;
use storage::db::AdvisorRole;
use text::FirmTabs;

/// The pages about the firm itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirmTab {
    Looks,
    Advisors,
    AuditLog,
}

/// Renders the tabs, with the current one marked.
pub fn tabs(frame: &Frame, tab: FirmTab) -> Element {
    let t = FirmTabs(frame.language());
    let mut links = vec![(FirmTab::Looks, "/kantoor/portaal", t.look()), (FirmTab::Advisors, ADVISORS, t.advisors())];
    if frame.advisor.role == AdvisorRole::Administrator {
        links.push((FirmTab::AuditLog, AUDIT_LOG, t.audit_log()));
    }
    rsx! {
        nav { class: "subnav", aria_label: t.parts(),
            for (of , href , name) in links {
                a { href, aria_current: if of == tab { "page" }, {name} }
            }
        }
    }
}
