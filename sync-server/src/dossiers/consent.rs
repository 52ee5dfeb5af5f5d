//! What an advisor decides about approvals: one that was held, and one that
//! was given with a pen.

use super::{ActionError, Dossiers, Plan, actions::turn_notices};
use crate::db::{Advisor, DbError, PersonRow};
use model::{
    document::Write,
    dossier::ConsentState,
    id::*,
    record::{DeliveredFile, PaperApproval, PerPerson, Ruling},
    time::{Date, TaxYear, Timestamp},
};
use serde_json::json;

/// An approval with a pen, as the advisor records it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPaper {
    pub revision: RevisionId,
    pub person: PersonId,
    /// The stored scan.
    pub file: DeliveredFile,
    /// The day beside the signature.
    pub signed_on: Date,
}

impl Dossiers {
    /// Until when approvals of a person wait for the firm.
    pub(super) fn held_until(&self, person: &PersonRow) -> Result<Option<Timestamp>, DbError> {
        self.0.db.read(|q| q.approvals_held_until(person.id))
    }

    /// Decides about an approval that was held.
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
            let mut consents = year.revisions.iter().flat_map(|r| r.consents.iter().map(move |(p, c)| (r, *p, c)));
            let (given, person, _) =
                consents.find(|(.., c)| c.held() == Some(approval)).ok_or(ActionError::NoSuchApproval)?;
            let ruling = Ruling { accepted, by: by.name.clone(), at: now, remark };
            let kind = if accepted { "approval_released" } else { "approval_refused" };
            let plan = Plan {
                writes: vec![Write::of(&approval, &ruling)],
                events: vec![(kind, json!({ "approval": approval }))],
                notices: if accepted { turn_notices(year, given, person, tax_year) } else { Vec::new() },
            };
            Ok((plan, ()))
        })
    }

    /// Records an approval with a pen.
    pub fn record_paper(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        paper: NewPaper,
    ) -> Result<(), ActionError> {
        self.act(by, client, tax_year, |year, now| {
            let given = year.revision(paper.revision).filter(|r| r.void.is_none() && r.filing.is_none());
            let given = given.ok_or(ActionError::NoSuchRevision)?;
            let consent = given.consents.get(&paper.person).ok_or(ActionError::NoApprover)?;
            let mut plan = Plan::default();
            if consent.state() != ConsentState::Approved {
                let NewPaper { revision, person, file, signed_on } = paper;
                plan.notices = turn_notices(year, given, person, tax_year);
                let record = PaperApproval { file, signed_on, by: by.name.clone(), at: now };
                plan.writes.push(Write::of(&PerPerson { revision, person }, &record));
                let number = given.revision.number;
                plan.events.push(("paper_approval_recorded", json!({ "person": person, "number": number })));
            }
            Ok((plan, ()))
        })
    }
}
