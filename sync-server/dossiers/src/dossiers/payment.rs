//! What is to be paid without an assessment, after a return was filed.

use super::{
    ActionError, Dossiers, Plan,
    actions::{new_task, task_notices},
};
use documents::dossier::DossierYear;
use model::{
    event::Event,
    id::*,
    language::{Bilingual, Language},
    record::{Closing, Payment, TaskKind},
    section::Write,
    time::{Date, TaxYear, Timestamp},
};
use storage::{clock::random, db::Advisor};

impl Dossiers {
    /// Asks the client to pay what a filed return comes to, until `due`. It takes the place of an earlier request for the
    /// same return.
    pub fn ask_payment(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        payment: Payment,
        due: Date,
    ) -> Result<TaskId, ActionError> {
        self.act(by, client, tax_year, |year, now| {
            let tax_return = year.tax_returns.get(&payment.tax_return).ok_or(ActionError::NoSuchRevision)?;
            let is_filed = year.revisions.iter().any(|given| given.is_filed(payment.tax_return));
            if !is_filed || !tax_return.kind.is_paid_on_filing() || payment.amount.0 >= 0 {
                return Err(ActionError::NoSuchRevision);
            }
            let amount = payment.amount.abs().plain();
            let [nl, en] = [Language::Nl, Language::En].map(|language| tax_return.title(language));
            let title = Bilingual::new(format!("Betaal € {amount}: {nl}"), format!("Pay € {amount}: {en}"));
            let mut plan = Plan { writes: withdrawn(year, payment.tax_return, now), ..Plan::default() };
            let id = TaskId::from_random(random());
            plan.writes.push(Write::of(&id, &new_task(by, TaskKind::Payment(payment), title, Some(due), now)));
            // The mail names no amount.
            plan.notices = task_notices(year, tax_year, &Bilingual::new("belasting betalen", "pay tax"), Some(due));
            plan.events.push(Event::PaymentAsked { task: id });
            Ok((plan, id))
        })
    }
}

/// Returns the records that withdraw what was asked to be paid for a return.
pub(super) fn withdrawn(year: &DossierYear, tax_return: TaxReturnId, now: Timestamp) -> Vec<Write> {
    let closing = Closing { at: now, withdrawn: true };
    year.payments_asked(tax_return).map(|(task, _)| Write::of(&task.id, &closing)).collect()
}
