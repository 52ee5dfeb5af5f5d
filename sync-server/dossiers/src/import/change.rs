//! Compares a row with what is known of its client.

use super::{
    columns::{Detail, Field},
    row::{Wanted, WantedPerson},
};
use model::{id::AdvisorId, language::Language, record::DetailField};
use storage::db::{Advisor, KnownClient, KnownPerson};

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

/// Returns what a row would change about a client.
pub fn changes(known: &KnownClient, wanted: &Wanted, advisors: &[Advisor]) -> Vec<Change> {
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
    for (n, (person, known)) in wanted.people.iter().zip(matched(&known.people, &wanted.people)).enumerate() {
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
