//! The results of filed returns that a document of the tax authority can be about.

use documents::dossier::{DossierYear, GivenRevision};
use model::record::{Decides, ResultOf, TaxReturn};

/// What a choice of the form ends with, if it is about the contribution to health insurance.
pub const ZVW: &str = "/zvw";

/// Returns the returns of a year that were filed, each with its tax and, if it has one, its contribution to health
/// insurance.
pub fn filed_results(year: &DossierYear) -> Vec<(Decides, TaxReturn)> {
    let mut all = Vec::new();
    for (id, tax_return) in &year.tax_returns {
        let is_filed = |given: &&GivenRevision| given.is_filed(*id);
        let Some(given) = year.revisions.iter().find(is_filed) else { continue };
        let has_zvw = given.revision.results.iter().any(|r| (r.tax_return, r.of) == (*id, ResultOf::Zvw));
        let kinds = [ResultOf::Tax].into_iter().chain(has_zvw.then_some(ResultOf::Zvw));
        all.extend(kinds.map(|of| (Decides { tax_return: *id, of }, tax_return.clone())));
    }
    all.sort_by_key(|(decides, known)| (known.kind, known.period, known.number, known.taxpayer, decides.of));
    all
}
