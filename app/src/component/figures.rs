//! The outcome of a tax return and its most important amounts.

use crate::{text::Approve, view::View};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::{
    money::Cents,
    record::{Figure, ResultOf, TaxResult, TaxReturn, Taxpayer},
};
use ui::format;

/// Shows the result, together and for each taxpayer.
#[component]
pub fn Figures(view: View, given: GivenRevision) -> Element {
    let text = Approve(view.language());
    let results = given.revision.results.clone();
    if results.is_empty() {
        return rsx! {
            section { class: "card card--pad", aria_label: text.outcome(),
                p { {text.no_result()} }
            }
        };
    }
    let sum = results.iter().fold(0_i64, |sum, result| sum.saturating_add(result.amount.0));
    let many = results.len() > 1;
    let word = match (sum.signum(), many) {
        (0, _) => text.zero(),
        (1, true) => text.together_back(),
        (1, false) => text.alone_back(),
        (_, true) => text.together_pay(),
        (_, false) => text.alone_pay(),
    };
    let taxpayer = |result: &TaxResult| {
        given.tax_returns.iter().find(|(id, _)| *id == result.tax_return).map(|(_, tax_return)| tax_return)
    };
    let is_mine = |result: &TaxResult| {
        taxpayer(result).is_some_and(|t| view.me.is_some_and(|me| t.taxpayer == Taxpayer::Person(me)))
    };
    // The person who looks comes first.
    let mut parts = results.clone();
    parts.sort_by_key(|result| (!is_mine(result), result.of));
    rsx! {
        section { class: "card figures", aria_label: text.outcome(),
            div { class: "figures__sum",
                p { class: "small muted", {word} }
                p { class: "amount", {format::amount(Cents(sum).abs())} }
                if let ([result], false) = (results.as_slice(), many) {
                    {result_before(&view, &given, result)}
                }
            }
            if many {
                dl { class: "figures__parts",
                    for result in parts {
                        div { key: "{result.tax_return}{result.of:?}",
                            dt {
                                {name_of(&view, taxpayer(&result))}
                                if result.of == ResultOf::Zvw {
                                    ", Zvw"
                                }
                            }
                            dd {
                                {format::outcome(result.amount, view.language())}
                                {result_before(&view, &given, &result)}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Renders what the version before came to, if that differs.
fn result_before(view: &View, given: &GivenRevision, result: &TaxResult) -> Element {
    let before = view.year.version_before(given).map(|before| &before.revision);
    let of_same = |old: &&TaxResult| (old.tax_return, old.of) == (result.tax_return, result.of);
    let old = before.and_then(|before| Some((before.number, before.results.iter().find(of_same)?)));
    let Some((number, old)) = old.filter(|(_, old)| old.amount != result.amount) else { return VNode::empty() };
    let was = format::outcome(old.amount, view.language());
    rsx! {
        span { class: "compare__was", {Approve(view.language()).version_was(number, &was)} }
    }
}

fn name_of(view: &View, tax_return: Option<&TaxReturn>) -> String {
    let text = Approve(view.language());
    match tax_return.map(|tax_return| (tax_return.taxpayer, &tax_return.taxpayer_name)) {
        Some((Taxpayer::Person(person), _)) if view.me == Some(person) => text.you(view.year.given_name(person)),
        Some((Taxpayer::Person(person), _)) if view.year.people.contains_key(&person) => {
            view.year.given_name(person).to_owned()
        }
        Some((_, name)) => name.clone(),
        None => String::new(),
    }
}

/// Shows the most important amounts beside last year's, with what differs from the version before.
#[component]
pub fn Compare(view: View, given: GivenRevision) -> Element {
    let text = Approve(view.language());
    let year = view.key.tax_year.0;
    let figures = &given.revision.figures;
    let before = view.year.version_before(&given).map(|before| &before.revision);
    let old: &[Figure] = before.map_or(&[], |before| &before.figures);
    let earlier = figures.iter().any(|f| f.last_year.is_some());
    let was = |label: &str| old.iter().find(|figure| figure.label == label);
    let gone = old.iter().filter(|old| !figures.iter().any(|figure| figure.label == old.label));
    let version = before.map_or(0, |before| before.number);
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
                            td {
                                {figure.this_year.plain()}
                                if let Some(old) = was(&figure.label).filter(|old| old.this_year != figure.this_year) {
                                    span { class: "compare__was", {text.version_had(version, &old.this_year.plain(), &change(old.this_year, figure.this_year))} }
                                }
                                if !old.is_empty() && was(&figure.label).is_none() {
                                    span { class: "compare__was", {text.version_had_not(version)} }
                                }
                            }
                            if earlier {
                                td {
                                    {figure.last_year.map_or_else(|| "–".to_owned(), Cents::plain)}
                                    if let Some(last_year) = figure.last_year {
                                        span { class: "compare__was", {change(last_year, figure.this_year)} }
                                    }
                                }
                            }
                        }
                    }
                    for old in gone {
                        tr { key: "{old.label}",
                            th { scope: "row", "{old.label}" }
                            td {
                                "–"
                                span { class: "compare__was", {text.version_had(version, &old.this_year.plain(), text.left_out())} }
                            }
                            if earlier {
                                td { "–" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns how an amount changed: `+1.310`, `-40`, or an equals sign.
fn change(old: Cents, new: Cents) -> String {
    let difference = Cents(new.0.saturating_sub(old.0));
    match difference.0.signum() {
        0 => "=".to_owned(),
        1 => format!("+{}", difference.plain()),
        _ => difference.plain(),
    }
}
