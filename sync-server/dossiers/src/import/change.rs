//! Compares a row with what is known of its client.

use super::{
    columns::{Detail, Field},
    row::{Wanted, WantedPerson},
};
use model::{
    id::{AdvisorId, ClientId, PersonId},
    language::Language,
    record::{DetailField, Taxpayer},
    tax_number::NumberKind,
};
use storage::db::{Advisor, KnownClient, KnownNumber, KnownPerson};

/// A value that a row would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub field: Field,
    pub old: String,
    pub new: String,
}

/// Returns the known person that each person of a row is, or None. Names are compared first, then
/// mail addresses, then the position.
pub fn matched<'k>(known: &'k [KnownPerson], wanted: &[WantedPerson]) -> Vec<Option<&'k KnownPerson>> {
    fn same(a: &str, b: &str) -> bool {
        a.to_lowercase() == b.to_lowercase()
    }
    let mut free: Vec<_> = known.iter().collect();
    let mut found: Vec<Option<&KnownPerson>> = vec![None; wanted.len()];
    let by: [fn(&KnownPerson, &WantedPerson) -> bool; 3] =
        [|k, w| same(&k.row.name, &w.name), |k, w| same(&k.row.email, &w.email), |_, _| true];
    for is in by {
        for (place, person) in found.iter_mut().zip(wanted) {
            if place.is_none()
                && let Some(at) = free.iter().position(|k| is(k, person))
            {
                *place = Some(free.remove(at));
            }
        }
    }
    found
}

/// Returns whose the numbers of a row are: the company's if it has an RSIN, or else those of its first person.
pub fn taxpayer(client: ClientId, known: &[KnownNumber], wanted: &Wanted, first: PersonId) -> Taxpayer {
    let is_rsin = |kind: NumberKind| kind == NumberKind::Rsin;
    let has_rsin = wanted.numbers.iter().any(|(kind, _)| is_rsin(*kind))
        || known.iter().any(|number| number.client == client && is_rsin(number.kind));
    if has_rsin { Taxpayer::Company } else { Taxpayer::Person(first) }
}

/// Returns what a row would change about a client, of which `numbers` are known.
pub fn changes(known: &KnownClient, numbers: &[KnownNumber], wanted: &Wanted, advisors: &[Advisor]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut differ = |field, old: &str, new: &str| {
        if !new.is_empty() && old != new {
            changes.push(Change { field, old: old.to_owned(), new: new.to_owned() });
        }
    };
    differ(Field::Name, &known.client.name, wanted.name.as_deref().unwrap_or_default());
    let of = |id: AdvisorId| advisors.iter().find(|a| a.id == id).map_or("", |a| a.name.as_str());
    if let Some(advisor) = wanted.advisor {
        differ(Field::Advisor, of(known.client.advisor), of(advisor));
    }
    let people = matched(&known.people, &wanted.people);
    let first = people.first().and_then(|first| first.map(|person| person.row.id));
    for (kind, number) in &wanted.numbers {
        let is_same = |known: &&KnownNumber| {
            let whose = first.map(|first| taxpayer(known.client, numbers, wanted, first));
            known.kind == *kind && whose.is_none_or(|whose| known.taxpayer == whose)
        };
        let old = numbers.iter().filter(|number| number.client == known.client.id).find(is_same);
        differ(Field::TaxNumber(*kind), old.map_or("", |old| &old.number), number);
    }
    for (n, (person, known)) in wanted.people.iter().zip(people).enumerate() {
        let Some(known) = known else {
            differ(Field::Of(n, Detail::FullName), "", &person.name);
            continue;
        };
        differ(Field::Of(n, Detail::FullName), &known.row.name, &person.name);
        differ(Field::Of(n, Detail::GivenName), &known.row.given_name, &person.given_name);
        differ(Field::Of(n, Detail::Email), &known.row.email, &person.email);
        differ(Field::Of(n, Detail::Language), known.row.language.tag(), person.language.map_or("", Language::tag));
        let detail = |field: DetailField| known.details.get(field.word()).map_or("", String::as_str);
        differ(Field::Of(n, Detail::Phone), detail(DetailField::Phone), &person.phone);
        differ(Field::Of(n, Detail::Bsn), detail(DetailField::Bsn), &person.bsn);
    }
    // An import adds tags, and never removes any.
    let mut tags = known.tags.clone();
    tags.extend(wanted.tags.iter().filter(|t| !known.tags.iter().any(|k| k.eq_ignore_ascii_case(t))).cloned());
    differ(Field::Tags, &known.tags.join(", "), &tags.join(", "));
    changes
}
