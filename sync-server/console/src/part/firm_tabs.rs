//! The tabs between the pages about the firm itself.

use super::{
    address::{ADVISORS, AUDIT_LOG},
    frame::Frame,
};
use crate::{advisors::text::Advisors, audit_log::text::AuditLog, portal::text::Portal};
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
    let mut links =
        vec![(FirmTab::Looks, "/kantoor/portaal", t.look()), (FirmTab::Advisors, ADVISORS, Advisors(language).title())];
    if frame.advisor.role == AdvisorRole::Administrator {
        links.push((FirmTab::AuditLog, AUDIT_LOG, AuditLog(language).title()));
    }
    rsx! {
        nav { class: "subnav", aria_label: t.parts(),
            for (of , href , name) in links {
                a { href, aria_current: if of == tab { "page" }, {name} }
            }
        }
    }
}
