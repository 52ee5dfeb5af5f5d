//! The clients that were found while the advisor types.

use crate::{
    clients::text::Clients,
    part::{address, client_table::ClientLine, phase::stage},
};
use dioxus::prelude::*;
use model::{language::Language, time::TaxYear};

/// Renders the clients that were found, each as a link to the year.
pub fn found(language: Language, year: TaxYear, lines: &[ClientLine]) -> String {
    dioxus_ssr::render_element(rsx! {
        if lines.is_empty() {
            p { class: "muted", {Clients(language).none_found()} }
        } else {
            nav { class: "lines", aria_label: Clients(language).title(),
                for line in lines {
                    a { class: "line", href: address::year(&line.number, year),
                        span { class: "grow",
                            "{line.name} "
                            span { class: "muted num", "{line.number}" }
                        }
                        {stage(language, line.phase, line.status.as_ref())}
                    }
                }
            }
        }
    })
}
