//! The actions of an advisor on documents: accepting those of the client or sending
//! them back, and adding the firm's own to the archive.

use super::{ActionError, Dossiers, Plan};
use documents::dossier::DocumentState;
use mail::Notice;
use model::{
    event::{Delivered, Event},
    id::*,
    record::*,
    section::Write,
    time::TaxYear,
};
use storage::{clock::random, db::Advisor};

/// A document that is to be added to the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDelivery {
    /// The kind of document.
    pub kind: DeliveryKind,
    /// The title, which is shown as its name.
    pub title: String,
    /// The stored file.
    pub file: DeliveredFile,
}

impl Dossiers {
    /// Accepts a document, or sends it back with a remark. If this is done more than once, the
    /// latest outcome counts.
    pub fn take_in(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        attachment: AttachmentId,
        outcome: ReviewOutcome,
        remark: String,
    ) -> Result<(), ActionError> {
        let remark = remark.trim().to_owned();
        if outcome == ReviewOutcome::SentBack && remark.is_empty() {
            return Err(ActionError::Empty);
        }
        self.act(by, client, tax_year, |year, now| {
            let given = year.attachment(attachment).ok_or(ActionError::NoSuchDocument)?;
            let is_here = given.receipt.is_some()
                && !matches!(year.document_state(given), DocumentState::Withdrawn | DocumentState::Replaced);
            if !is_here {
                return Err(ActionError::NoSuchDocument);
            }
            let mut plan = Plan::default();
            let said = given.intake.as_ref().map(|i| (i.outcome, i.remark.as_str()));
            if said == Some((outcome, remark.as_str())) {
                return Ok((plan, ()));
            }
            if outcome == ReviewOutcome::SentBack {
                plan.notices.push(Notice::DocumentSentBack { person: given.attachment.by, tax_year });
            }
            plan.events.push(match outcome {
                ReviewOutcome::Accepted => Event::DocumentTakenIn { attachment },
                ReviewOutcome::SentBack => Event::DocumentSentBack { attachment },
            });
            plan.writes.push(Write::of(&attachment, &Intake { outcome, remark, by: by.name.clone(), at: now }));
            Ok((plan, ()))
        })
    }

    /// Adds a document to the client's archive. A filed return needs a
    /// revision that was filed.
    pub fn deliver(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        new: NewDelivery,
    ) -> Result<DeliveryId, ActionError> {
        if new.title.trim().is_empty() {
            return Err(ActionError::Empty);
        }
        self.act(by, client, tax_year, |year, now| {
            match &new.kind {
                DeliveryKind::FiledReturn(tax_return) => {
                    let filed = |r: &documents::dossier::GivenRevision| r.is_of(*tax_return) && r.filed_at().is_some();
                    year.revisions.iter().find(|r| filed(r)).ok_or(ActionError::NoSuchRevision)?;
                }
                DeliveryKind::Assessment(assessment) => {
                    year.people.get(&assessment.person).ok_or(ActionError::NoSuchClient)?;
                }
                DeliveryKind::Letter => {}
            }
            let id = DeliveryId::from_random(random());
            let NewDelivery { kind, title, file } = new;
            let event = Event::Delivered { delivery: id, what: Delivered::from(&kind) };
            let delivery = Delivery { kind, title, file, by: by.name.clone(), at: now };
            let plan = Plan {
                writes: vec![Write::of(&id, &delivery)],
                notices: year.people.keys().map(|p| Notice::Delivered { person: *p, tax_year }).collect(),
                events: vec![event],
            };
            Ok((plan, id))
        })
    }
}
