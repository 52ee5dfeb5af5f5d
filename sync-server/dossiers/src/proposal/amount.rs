//! The amounts that a return comes to, where its text says them in one way only.

use model::money::Cents;
use std::collections::BTreeSet;

const PAYS: [&str; 5] = ["te betalen", "bij te betalen", "to pay", "to be paid", "payable"];
const RECEIVES: [&str; 7] = [
    "te ontvangen",
    "terug te ontvangen",
    "terug te vragen",
    "terug te krijgen",
    "to receive",
    "to be received",
    "refund",
];
const OF_ZVW: [&str; 2] = ["zvw", "zorgverzekeringswet"];

/// Returns the results of tax and of Zvw: received (positive) or paid (negative). One that the text says in two ways, or
/// with an amount that cannot be read, is absent.
pub fn results(text: &str) -> (Option<Cents>, Option<Cents>) {
    let lines: Vec<_> = text.lines().map(|line| line.trim().to_lowercase()).filter(|line| !line.is_empty()).collect();
    let (mut tax, mut zvw) = (Vec::new(), Vec::new());
    for (n, line) in lines.iter().enumerate() {
        let Some((end, way)) = label(line) else { continue };
        let of_zvw = OF_ZVW.iter().filter_map(|word| line.rfind(word).map(|at| at + word.len())).max();
        let end = of_zvw.map_or(end, |of_zvw| of_zvw.max(end));
        let tail = bare(&line[end..]);
        let next = lines.get(n + 1).map_or("", |next| bare(next));
        let written = if tail.is_empty() { next } else { tail };
        if !written.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let amount = Cents::parse(written).ok().map(|amount| match way {
            // Of what is one or the other, a minus says that it is received.
            Way::Pays | Way::Either => Cents(-amount.0),
            Way::Receives => Cents(amount.0.abs()),
        });
        if of_zvw.is_some() { zvw.push(amount) } else { tax.push(amount) }
    }
    (only(&tax), only(&zvw))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Pays,
    Receives,
    Either,
}

/// Returns the place behind the words that say what an amount is, and which way it goes.
fn label(line: &str) -> Option<(usize, Way)> {
    let end = |words: &[&str]| words.iter().filter_map(|word| line.rfind(word).map(|at| at + word.len())).max();
    match (end(&PAYS), end(&RECEIVES)) {
        (Some(pays), Some(receives)) => Some((pays.max(receives), Way::Either)),
        (Some(end), None) => Some((end, Way::Pays)),
        (None, Some(end)) => Some((end, Way::Receives)),
        (None, None) => None,
    }
}

/// Returns an amount without the signs of its currency, and without dots that lead to it.
fn bare(text: &str) -> &str {
    let lead = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | '…' | '€' | '_' | '|');
    let text = text.trim_start_matches(lead);
    text.strip_prefix("eur").map_or(text, |rest| rest.trim_start_matches(lead)).trim_end()
}

/// Returns the amount if there is one, and it is said in one way only.
fn only(amounts: &[Option<Cents>]) -> Option<Cents> {
    let distinct: BTreeSet<_> = amounts.iter().collect();
    let mut distinct = distinct.into_iter();
    match (distinct.next(), distinct.next()) {
        (Some(amount), None) => *amount,
        _ => None,
    }
}
