//! The outcome of a tax return and its most important amounts.

use crate::{text::Approve, view::View};
use dioxus::prelude::*;
use model::{id::PersonId, money::Cents, record::Figure};
use std::collections::BTreeMap;
use ui::format;

/// Shows the outcome, together and per person.
#[component]
pub fn Figures(view: View, outcomes: BTreeMap<PersonId, Cents>) -> Element {
    let text = Approve(view.language());
    let sum = Cents(outcomes.values().map(|c| c.0).sum());
    let many = outcomes.len() > 1;
    let word = match (sum.0.signum(), many) {
        (0, _) => text.zero(),
        (1, true) => text.together_back(),
        (1, false) => text.alone_back(),
        (_, true) => text.together_pay(),
        (_, false) => text.alone_pay(),
    };
    // The person who looks comes first.
    let mut parts: Vec<_> = outcomes.into_iter().collect();
    parts.sort_by_key(|(person, _)| view.me != Some(*person));
    rsx! {
        section { class: "card figures", aria_label: text.outcome(),
            div { class: "figures__sum",
                p { class: "small muted", {word} }
                p { class: "amount", {format::amount(Cents(sum.0.saturating_abs()))} }
            }
            if many {
                dl { class: "figures__parts",
                    for (person , cents) in parts {
                        div { key: "{person}",
                            dt {
                                {if view.me == Some(person) {
                                    text.you(view.year.given_name(person))
                                } else {
                                    view.year.given_name(person).to_owned()
                                }}
                            }
                            dd { {format::outcome(cents, view.language())} }
                        }
                    }
                }
            }
        }
    }
}

/// Shows the most important amounts beside last year's.
#[component]
pub fn Compare(view: View, figures: Vec<Figure>) -> Element {
    let text = Approve(view.language());
    let year = view.key.tax_year.0;
    let earlier = figures.iter().any(|f| f.last_year.is_some());
    rsx! {
        section { class: "card", aria_labelledby: "bedragen",
            table { class: "compare",
                caption { class: "sr", id: "bedragen", {text.figures_caption()} }
                thead {
                    tr {
                        th { scope: "col", {text.figures()} }
                        th { scope: "col", "{year}" }
                        if earlier {
                            th { scope: "col", "{year - 1}" }
                        }
                    }
                }
                tbody {
                    for figure in figures {
                        tr { key: "{figure.label}",
                            th { scope: "row", "{figure.label}" }
                            td { {figure.this_year.plain()} }
                            if earlier {
                                td { {figure.last_year.map_or_else(|| "–".to_owned(), Cents::plain)} }
                            }
                        }
                    }
                }
            }
        }
    }
}
