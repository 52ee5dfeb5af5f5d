//! The action of an advisor that takes something back that went to the wrong client or was wrong, and what follows from
//! it: its files are not given out any more.

use super::{ActionError, Dossiers, Plan, filing::title, if_readable};
use documents::dossier::{DossierYear, GivenTask};
use mail::Notice;
use model::{event::Event, hash::ContentHash, id::*, language::Bilingual, record::*, section::Write, time::TaxYear};
use std::collections::BTreeSet;
use storage::db::Advisor;

impl Dossiers {
    /// Takes back a revision, a document, a message, a checklist or a request of the firm. A return that was filed keeps
    /// its mark.
    pub fn recall(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        target: RecallTarget,
        reason: &str,
    ) -> Result<(), ActionError> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > MAX_TEXT {
            return Err(ActionError::Empty);
        }
        self.act(by, client, tax_year, |year, now| {
            if !year.has_target(target) {
                return Err(ActionError::NoSuchDocument);
            }
            if year.recall(target).is_some() {
                return Err(ActionError::AlreadyRecalled);
            }
            let recall = Recall { reason: reason.to_owned(), by: by.name.clone(), at: now };
            let mut plan = Plan { writes: vec![Write::of(&target, &recall)], ..Plan::default() };
            for task in year.tasks.iter().filter(|task| task.closing.is_none() && ends(year, target, task)) {
                plan.writes.push(Write::of(&task.id, &Closing { at: now, withdrawn: true }));
            }
            let document = words(year, target);
            plan.notices.extend(year.people.keys().map(|person| {
                let document = document.clone();
                Notice::Recalled { person: *person, tax_year, document }
            }));
            plan.events.push(Event::Recalled { target });
            Ok((plan, ()))
        })
    }

    /// Returns true if a file of a client was part of something that the firm took back, and of nothing else in any
    /// year.
    pub fn is_recalled_file(&self, client: ClientId, hash: &ContentHash) -> Result<bool, ActionError> {
        let documents = self.db().read(|q| q.documents_of_client(client))?;
        let years: BTreeSet<_> = documents.iter().map(|d| d.info.tax_year).collect();
        let mut is_recalled = false;
        for tax_year in years {
            let Some(year) = if_readable(self.read(client, tax_year))? else { continue };
            if year.has_file(hash) {
                return Ok(false);
            }
            is_recalled |= year.is_recalled_file(hash);
        }
        Ok(is_recalled)
    }
}

/// Returns true if a task is over once `target` is taken back.
fn ends(year: &DossierYear, target: RecallTarget, task: &GivenTask) -> bool {
    match (target, &task.task.kind) {
        (RecallTarget::Revision(id), TaskKind::Approval(tax_return)) => {
            year.latest_revision(*tax_return).is_some_and(|newest| newest.id == id)
        }
        (RecallTarget::Revision(id), TaskKind::Payment(payment)) => {
            let filed = year.revisions.iter().filter(|given| given.is_filed(payment.tax_return));
            // What was filed last is what is paid.
            filed.max_by_key(|given| given.revision.number).is_some_and(|given| given.id == id)
        }
        (RecallTarget::Checklist(id), TaskKind::Checklist(of)) => *of == id,
        (RecallTarget::Request(id), TaskKind::DocumentRequest(_)) => task.id == id,
        _ => false,
    }
}

/// Returns what a mail calls a thing. It says nothing of the contents, which may be about somebody else.
fn words(year: &DossierYear, target: RecallTarget) -> Bilingual {
    match target {
        RecallTarget::Revision(id) => year.revision(id).map(title).unwrap_or_default(),
        RecallTarget::Delivery(_) => Bilingual::new("een document in uw archief", "a document in your archive"),
        RecallTarget::Message(_) => Bilingual::new("een bericht", "a message"),
        RecallTarget::Checklist(_) => Bilingual::new("een checklist", "a checklist"),
        RecallTarget::Request(_) => Bilingual::new("een verzoek om documenten", "a request for documents"),
    }
}
