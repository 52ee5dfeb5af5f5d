//! What the server could not do for a firm and tries again later: shown to who can mend it.

pub mod text;

use super::{address, frame::Frame};
use dioxus::prelude::*;
use storage::db::{Client, Setback, Work};
use text::Setbacks;
use ui::part::Icon;

/// The maximum number of failures that are shown.
pub const SHOWN: usize = 20;

/// Something that failed, with the client whom it is about.
pub type SetbackOf = (Setback, Option<Client>);

/// Renders what failed, with the moment of the next attempt; nothing if nothing did.
pub fn list(frame: &Frame, setbacks: &[SetbackOf]) -> Element {
    let t = Setbacks(frame.language());
    let short = |at| frame.time_format.short(at);
    rsx! {
        if !setbacks.is_empty() {
            div { class: "notice notice--bad", id: "mislukt",
                Icon { name: "triangle-alert" }
                strong { {t.title()} }
                ul { class: "lines",
                    for (setback , client) in setbacks {
                        li {
                            span { class: "grow",
                                {words(t, setback.item.work)}
                                if let Some(client) = client {
                                    " "
                                    a { href: address::outgoing(None, "", Some(&client.number), 1), "{client.name}, {client.number}" }
                                }
                                br {}
                                span { class: "small muted",
                                    {t.failed(setback.failures, &short(setback.failed_at))}
                                    if let Some(next) = setback.next_at {
                                        " "
                                        {t.again(&short(next))}
                                    }
                                }
                            }
                        }
                    }
                }
                p { {t.others_go_on()} }
            }
        }
    }
}

fn words(t: Setbacks, work: Work) -> &'static str {
    match work {
        Work::Outbox => t.outbox(),
        Work::Digest => t.digest(),
        Work::Reminder => t.reminder(),
        Work::Notice => t.notice(),
        Work::Import => t.import(),
        Work::Bulk => t.bulk(),
        Work::Years => t.years(),
        Work::Checkpoint => t.checkpoint(),
    }
}
