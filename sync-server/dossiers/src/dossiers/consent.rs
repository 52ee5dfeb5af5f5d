//! The rulings of an advisor on approvals that await one, and the recording of an approval that
//! was given on paper.

use super::{ActionError, Dossiers, Plan, tax_return::turn_notices};
use documents::dossier::ConsentState;
use model::{
    event::Event,
    id::*,
    record::{DeliveredFile, PaperApproval, PerPerson, Ruling},
    section::Write,
    time::{Date, TaxYear, Timestamp},
};
use storage::db::{Advisor, DbError, PersonRow};

/// An approval on paper, as the advisor records it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPaper {
    pub revision: RevisionId,
    pub person: PersonId,
    /// The stored scan.
    pub file: DeliveredFile,
    /// The day that is written beside the signature.
    pub signed_on: Date,
}

impl Dossiers {
    /// Returns the moment until which approvals of a person await a ruling.
    pub(super) fn ruling_needed_until(&self, person: &PersonRow) -> Result<Option<Timestamp>, DbError> {
        self.0.db.read(|q| q.approvals_need_ruling_until(person.id))
    }

    /// Rules on an approval that awaits a ruling.
    pub fn rule(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        approval: ApprovalId,
        accepted: bool,
        remark: String,
    ) -> Result<(), ActionError> {
        if remark.trim().is_empty() {
            return Err(ActionError::Empty);
        }
        self.act(by, client, tax_year, |year, now| {
            let mut consents = year
                .revisions
                .iter()
                .filter(|r| r.recall.is_none())
                .flat_map(|r| r.consents.iter().map(move |(p, c)| (r, *p, c)));
            let (given, person, _) =
                consents.find(|(.., c)| c.awaiting_ruling() == Some(approval)).ok_or(ActionError::NoSuchApproval)?;
            let ruling = Ruling { accepted, by: by.name.clone(), at: now, remark };
            let event =
                if accepted { Event::ApprovalReleased { approval } } else { Event::ApprovalRefused { approval } };
            let plan = Plan {
                writes: vec![Write::of(&approval, &ruling)],
                events: vec![event],
                notices: if accepted { turn_notices(year, given, person, tax_year) } else { Vec::new() },
            };
            Ok((plan, ()))
        })
    }

    /// Records an approval that was given on paper.
    pub fn record_paper(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        paper: NewPaper,
    ) -> Result<(), ActionError> {
        self.act(by, client, tax_year, |year, now| {
            let given = year.revision(paper.revision).filter(|r| r.is_current() && r.filed_at().is_none());
            // A consent on paper could not be withdrawn in the portal, as its statement says.
            let given = given.filter(|r| r.revision.scope.is_none());
            let given = given.ok_or(ActionError::NoSuchRevision)?;
            let consent = given.consents.get(&paper.person).ok_or(ActionError::NoApprover)?;
            let mut plan = Plan::default();
            if consent.state() != ConsentState::Approved {
                let NewPaper { revision, person, file, signed_on } = paper;
                plan.notices = turn_notices(year, given, person, tax_year);
                let record = PaperApproval { file, signed_on, by: by.name.clone(), at: now };
                plan.writes.push(Write::of(&PerPerson { revision, person }, &record));
                let number = given.revision.number;
                plan.events.push(Event::PaperApprovalRecorded { number, person });
            }
            Ok((plan, ()))
        })
    }
}
