//! What an assessment of the tax authority decided, beside what was filed.

use super::{DossierYear, GivenRevision};
use model::{
    money::Cents,
    record::{Assessment, TaxResult},
    tax_return::ReturnKind,
    time::Date,
};

impl DossierYear {
    /// Returns the last day to object to an assessment, if its date is known. A provisional assessment is not objected
    /// to: one asks for a change of it (Wet inkomstenbelasting 2001, art. 9.5).
    pub fn objection_until(&self, assessment: &Assessment) -> Option<Date> {
        let decides = assessment.decides.and_then(|decides| self.tax_returns.get(&decides.tax_return));
        let is_provisional = decides.is_some_and(|known| known.kind == ReturnKind::ProvisionalAssessment);
        assessment.objection_until().filter(|_| !is_provisional)
    }

    /// Returns by how much an assessment differs from the result of its return as it was filed, if both are known:
    /// positive if it is better for the taxpayer.
    pub fn difference_of(&self, assessment: &Assessment) -> Option<Cents> {
        let decides = assessment.decides?;
        let is_filed = |given: &&GivenRevision| given.is_filed(decides.tax_return);
        let filed = self.revisions.iter().filter(is_filed).max_by_key(|given| given.revision.number)?;
        let is_it = |result: &&TaxResult| (result.tax_return, result.of) == (decides.tax_return, decides.of);
        let result = filed.revision.results.iter().find(is_it)?;
        Some(Cents(assessment.amount.0.saturating_sub(result.amount.0)))
    }
}
