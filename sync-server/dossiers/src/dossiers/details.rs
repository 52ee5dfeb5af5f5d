//! The details that the firm knows of a person, and the handling of changes that
//! people propose.

use super::{ActionError, Dossiers, InSameTransaction, Plan};
use documents::dossier::{DossierYear, GivenProposal};
use mail::Notice;
use model::{
    event::Event,
    id::*,
    mail_address::MailAddress,
    record::*,
    section::Write,
    time::{TaxYear, Timestamp},
};
use std::collections::BTreeMap;
use storage::db::{Advisor, PersonChange};

/// The details that change, with their new values; an empty value removes the detail.
pub type NewDetails = BTreeMap<DetailField, String>;

impl Dossiers {
    /// Stores details of a person that the advisor knows.
    pub fn keep_details(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        person: PersonId,
        new: NewDetails,
    ) -> Result<(), ActionError> {
        self.act_also(by, client, tax_year, |year, _| {
            let mut plan = Plan::default();
            let in_same_transaction = change(year, tax_year, person, new, &mut plan)?;
            if in_same_transaction.is_some() {
                plan.events.push(Event::DetailsChanged { person });
            }
            Ok((plan, in_same_transaction, ()))
        })
    }

    /// Accepts a change that somebody proposed into the firm's data.
    pub fn take_over(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        proposal: ProposalId,
        remark: String,
    ) -> Result<(), ActionError> {
        self.act_also(by, client, tax_year, |year, now| {
            let given = open(year, proposal)?;
            let (person, proposed) = (given.proposal.person, &given.proposal.changes);
            let new = proposed.iter().map(|c| (c.field, c.new.clone())).collect();
            let mut plan = replied(given, by, true, remark, tax_year, now);
            let in_same_transaction = change(year, tax_year, person, new, &mut plan)?;
            plan.events.push(Event::ProposalTakenOver { proposal });
            Ok((plan, in_same_transaction, ()))
        })
    }

    /// Answers a proposal without accepting it.
    pub fn answer_proposal(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        proposal: ProposalId,
        remark: String,
    ) -> Result<(), ActionError> {
        if remark.trim().is_empty() {
            return Err(ActionError::Empty);
        }
        self.act(by, client, tax_year, |year, now| {
            let mut plan = replied(open(year, proposal)?, by, false, remark, tax_year, now);
            plan.events.push(Event::ProposalAnswered { proposal });
            Ok((plan, ()))
        })
    }
}

/// Returns a proposal about somebody of this client that is still open.
fn open(year: &DossierYear, proposal: ProposalId) -> Result<&GivenProposal, ActionError> {
    let given = year.proposals.iter().find(|p| p.id == proposal).ok_or(ActionError::NoSuchProposal)?;
    if !year.people.contains_key(&given.proposal.person) {
        return Err(ActionError::NoSuchProposal);
    }
    if given.is_open() { Ok(given) } else { Err(ActionError::ProposalOver) }
}

fn replied(
    given: &GivenProposal,
    by: &Advisor,
    taken_over: bool,
    remark: String,
    tax_year: TaxYear,
    at: Timestamp,
) -> Plan {
    let reply = ProposalReply { taken_over, remark, by: by.name.clone(), at };
    let notice = Notice::ProposalAnswered { person: given.proposal.by, tax_year };
    Plan { writes: vec![Write::of(&given.id, &reply)], notices: vec![notice], events: Vec::new() }
}

/// Writes new details to the document and returns what changes in the firm's
/// table of people; None if all of them were known.
fn change(
    year: &DossierYear,
    tax_year: TaxYear,
    person: PersonId,
    new: NewDetails,
    plan: &mut Plan,
) -> Result<Option<InSameTransaction>, ActionError> {
    let known = year.people.get(&person).ok_or(ActionError::NoSuchPerson)?;
    let mut details = year.details.get(&person).cloned().unwrap_or_default();
    let mut row = PersonChange::of(person);
    let mut kept = Vec::new();
    for (field, value) in new {
        let old = details.fields.get(&field).cloned().unwrap_or_default();
        if old == value {
            continue;
        }
        match field {
            DetailField::Name => {
                row.name = Some(value.clone());
                plan.writes.push(Write::of(&person, &Person { name: value.clone(), ..known.clone() }));
            }
            DetailField::Email => {
                row.email = Some(value.clone());
                // The mail goes to both addresses, because somebody who did not ask for the change must learn of it.
                for to in [&old, &value].into_iter().filter_map(|to| MailAddress::read(to)) {
                    plan.notices.push(Notice::AddressChanged { person, tax_year, to });
                }
            }
            _ => kept.push((field, value.clone())),
        }
        if value.is_empty() {
            details.fields.remove(&field);
        } else {
            details.fields.insert(field, value);
        }
    }
    if year.details.get(&person) == Some(&details) {
        return Ok(None);
    }
    plan.writes.push(Write::of(&person, &details));
    Ok(Some(Box::new(move |tx| {
        for (field, value) in kept {
            tx.set_person_detail(person, field.word(), &value)?;
        }
        tx.change_person(&row)
    })))
}
