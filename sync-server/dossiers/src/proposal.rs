//! What a PDF seems to be: proposes taxpayer, kind, period and result of a return from the text of its first pages and
//! from its name. Numbers decide before names, the text before the name of the file, and what is not clear is left open.
//! Pure: what the firm knows is passed in, and nothing is set out by it.

mod amount;
mod kind;
mod period;
mod words;

use model::{
    id::{ClientId, PersonId},
    money::Cents,
    record::Taxpayer,
    tax_number::TaxNumber,
    tax_return::{Period, ReturnKind},
};
use storage::db::KnownNumber;
use words::{Words, words};

/// What the firm knows that a text is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    pub client: ClientId,
    /// The client's name.
    pub company: &'k str,
    /// The people of the client with their full names, those who approve first.
    pub people: &'k [(PersonId, &'k str)],
    /// The numbers of all clients of the firm.
    pub numbers: &'k [KnownNumber],
}

/// What a PDF seems to be. What is not clear is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Whose it is: one taxpayer, or both partners.
    pub taxpayers: Vec<Taxpayer>,
    pub kind: Option<ReturnKind>,
    pub period: Option<Period>,
    /// The amount that is received (positive) or paid (negative).
    pub tax: Option<Cents>,
    /// The same of the contribution to health insurance.
    pub zvw: Option<Cents>,
    /// The numbers in it of other clients of the firm, and of nobody of this one.
    pub foreign: Vec<KnownNumber>,
    /// What stands where a number should, and is none.
    pub malformed: Vec<String>,
}

/// Proposes what a PDF is.
pub fn propose(text: &str, file_name: &str, known: Known<'_>) -> Proposal {
    let (of_text, of_name) = (words(text), words(file_name));
    let found = kind::of_text(&of_text).or_else(|| kind::of_name(&of_name));
    let kind = found.map(|found| found.kind);
    let from = found.map_or(0, |found| found.end);
    let period = kind.and_then(|kind| {
        let of_text = period::find(&of_text, kind, from);
        of_text.or_else(|| period::find(&of_name, kind, 0))
    });
    let numbers = numbers(text, file_name);
    let taxpayers = taxpayers(&numbers, &of_text, &of_name, kind, known);
    // Of two taxpayers nobody can tell here which amount is whose.
    let (tax, zvw) = if taxpayers.len() > 1 { (None, None) } else { amount::results(text) };
    let foreign = foreign(&numbers, known);
    Proposal { taxpayers, kind, period, tax, zvw, foreign, malformed: malformed(&of_text) }
}

/// Returns the numbers of a file: those of its name first, because somebody put them there.
fn numbers(text: &str, file_name: &str) -> Vec<TaxNumber> {
    let mut numbers = TaxNumber::all_in(&file_name.replace('_', " "));
    for number in TaxNumber::all_in(text) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

fn is_same(known: &KnownNumber, number: &TaxNumber) -> bool {
    TaxNumber::read(&known.number).is_some_and(|known| known.is_of_same(number))
}

/// Returns the numbers of other clients of the firm that are in the file, unless somebody of this client has them too.
pub fn foreign(numbers: &[TaxNumber], known: Known<'_>) -> Vec<KnownNumber> {
    let of = |number: &TaxNumber| known.numbers.iter().filter(move |other| is_same(other, number)).collect::<Vec<_>>();
    let mut foreign: Vec<KnownNumber> = Vec::new();
    for number in numbers {
        let owners = of(number);
        if owners.iter().all(|owner| owner.client != known.client)
            && let Some(owner) = owners.first()
            && !foreign.iter().any(|known| known.client == owner.client)
        {
            foreign.push((*owner).clone());
        }
    }
    foreign
}

/// Returns whose the file is, as far as its kind can be theirs.
fn taxpayers(
    numbers: &[TaxNumber],
    text: &Words,
    name: &Words,
    kind: Option<ReturnKind>,
    known: Known<'_>,
) -> Vec<Taxpayer> {
    let fits = |taxpayer: &Taxpayer| match taxpayer {
        Taxpayer::Person(_) => kind.is_none_or(ReturnKind::is_of_person),
        Taxpayer::Company => kind.is_none_or(ReturnKind::is_of_company),
    };
    let mut found: Vec<Taxpayer> = Vec::new();
    let own = |number: &TaxNumber| {
        known.numbers.iter().find(|own| own.client == known.client && is_same(own, number)).map(|own| own.taxpayer)
    };
    for taxpayer in numbers.iter().filter_map(own).filter(fits) {
        if !found.contains(&taxpayer) {
            found.push(taxpayer);
        }
    }
    if found.is_empty() {
        let named = known.people.iter().filter(|(_, called)| text.has(called) || name.has(called));
        found.extend(named.map(|(person, _)| Taxpayer::Person(*person)).filter(fits));
    }
    if found.is_empty() && fits(&Taxpayer::Company) {
        let is_only_of_company = kind.is_some_and(|kind| !kind.is_of_person());
        if is_only_of_company || text.has(known.company) || name.has(known.company) {
            found.push(Taxpayer::Company);
        }
    }
    // In the order in which the client lists them, as their returns are set out together.
    let place = |taxpayer: &Taxpayer| known.people.iter().position(|(id, _)| Taxpayer::Person(*id) == *taxpayer);
    if kind.is_some_and(ReturnKind::is_filed_with_partner) && found.len() == 2 {
        found.sort_by_key(place);
        found
    } else {
        found.truncate(1);
        found
    }
}

/// The words after which a number stands.
const LABELS: [&str; 8] = [
    "bsn",
    "burgerservicenummer",
    "rsin",
    "fiscaalnummer",
    "omzetbelastingnummer",
    "loonheffingennummer",
    "obnummer",
    "lhnummer",
];

/// Returns what stands behind the name of a number, looks like one and fails its test.
fn malformed(text: &Words) -> Vec<String> {
    let looks_like_one = |word: &str| word.len() >= 9 && word.bytes().take(9).all(|b| b.is_ascii_digit());
    let mut found: Vec<String> = Vec::new();
    for pair in text.all().windows(2) {
        let [label, word] = pair else { continue };
        if LABELS.contains(&label.as_str())
            && looks_like_one(word)
            && word.len() <= 12
            && TaxNumber::read(word).is_none()
        {
            found.push(word.to_uppercase());
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests;
