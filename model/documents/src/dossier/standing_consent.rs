//! Standing consents: which of them covers a return, and until when.

use super::{DossierYear, GivenRevision};
use model::{
    record::{Basis, ConsentScope, TaxReturn, Taxpayer},
    tax_return::{Period, ReturnKind},
    time::Date,
};

impl DossierYear {
    /// Returns the standing consents that were signed, and that were neither withdrawn, replaced nor taken back.
    pub fn standing_consents(&self) -> impl Iterator<Item = (&GivenRevision, &ConsentScope)> {
        let standing = self.revisions.iter().filter(|given| given.stands_as_consent());
        standing.filter_map(|given| Some((given, given.revision.scope.as_ref()?)))
    }

    /// Returns the standing consent that covers all of these returns on a day, the longest one if there are several.
    pub fn standing_consent_for(
        &self,
        returns: &[(Taxpayer, ReturnKind, Period)],
        day: Date,
    ) -> Option<(&GivenRevision, Date)> {
        let in_time = self.standing_consents().filter(|(_, scope)| day <= scope.until);
        let covering = in_time.filter(|(given, _)| returns.iter().all(|wanted| given.covers(*wanted)));
        covering.map(|(given, scope)| (given, scope.until)).max_by_key(|(_, until)| *until)
    }

    /// Adds to each revision that a standing consent is named for until when it can be filed by it.
    pub(super) fn add_standing_consents(&mut self) {
        let until = |given: &GivenRevision| {
            let Basis::StandingConsent(id) = given.revision.basis else { return None };
            let consent = self.revision(id).filter(|consent| consent.stands_as_consent())?;
            let covers = |(_, known): &(_, TaxReturn)| consent.covers((known.taxpayer, known.kind, known.period));
            let is_covered = !given.tax_returns.is_empty() && given.tax_returns.iter().all(covers);
            consent.revision.scope.as_ref().filter(|_| is_covered).map(|scope| scope.until)
        };
        let found: Vec<_> = self.revisions.iter().map(until).collect();
        for (given, until) in self.revisions.iter_mut().zip(found) {
            given.covered_until = until;
        }
    }
}

impl GivenRevision {
    fn stands_as_consent(&self) -> bool {
        self.revision.scope.is_some() && self.is_current() && self.is_approved() && self.in_two_minds().is_none()
    }

    /// Returns true if a standing consent is about returns like this one, whether it was signed or not.
    fn covers(&self, (taxpayer, kind, period): (Taxpayer, ReturnKind, Period)) -> bool {
        let (Some(scope), Some(own)) = (&self.revision.scope, self.tax_return()) else { return false };
        own.taxpayer == taxpayer && scope.kinds.contains(&kind) && own.period.contains(period)
    }
}
