//! Completes the details of a person from what the firm knows.

use documents::dossier::DossierYear;
use model::{record::DetailField, section::Write};
use std::collections::BTreeMap;
use storage::db::PersonRow;

/// Returns the details of a person completed from the firm's own data: name, mail
/// address and what other years say. Returns None if they are complete.
pub(super) fn filled(year: &DossierYear, row: &PersonRow, known: &BTreeMap<String, String>) -> Option<Write> {
    let mut details = year.details.get(&row.id).cloned().unwrap_or_default();
    details.fields.insert(DetailField::Name, row.name.clone());
    details.fields.insert(DetailField::Email, row.email.clone());
    for field in DetailField::ALL {
        if let Some(value) = known.get(field.word()) {
            details.fields.insert(field, value.clone());
        }
    }
    (year.details.get(&row.id) != Some(&details)).then(|| Write::of(&row.id, &details))
}
