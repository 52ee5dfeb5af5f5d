//! The actions of an advisor that mark a tax return as filed, and undo that. The mails about it leave after a while,
//! so that a slip of the finger tells nobody anything.

use super::{ActionError, Dossiers, InSameTransaction, Plan, payment};
use documents::dossier::{DossierYear, GivenRevision};
use mail::{FilingGround, Notice, day_of};
use model::{
    event::Event,
    id::*,
    language::{Bilingual, Language},
    record::*,
    section::Write,
    time::{TaxYear, Timestamp},
};
use std::collections::BTreeSet;
use storage::db::{Advisor, DbError, MailState, OutboxRow};

/// The time before a mail leaves within which it counts as gone, in seconds, because it may be on its way already.
const GONE: i64 = 5;

impl Dossiers {
    /// Marks the returns of a revision as sent to the tax authority. If not all approved, `reason` says why it was sent
    /// all the same.
    pub fn file_revision(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        revision: RevisionId,
        reason: &str,
    ) -> Result<(), ActionError> {
        self.act(by, client, tax_year, |year, now| {
            let given = year.revision(revision).filter(|r| r.is_current()).ok_or(ActionError::NoSuchRevision)?;
            if !given.is_to_be_filed() {
                return Err(ActionError::NoSuchRevision);
            }
            let is_clear = given.is_clear_to_file_on(day_of(now));
            let reason = reason.trim();
            if !is_clear && reason.is_empty() {
                return Err(ActionError::NotApproved);
            }
            let reason = if is_clear { "" } else { reason };
            let mut plan = Plan::default();
            if given.filed_at().is_none() {
                for tax_return in &given.revision.tax_returns {
                    let filing = Filing { at: now, by: by.name.clone(), reason: reason.to_owned(), undone_at: None };
                    plan.writes.push(Write::of(&PerReturn { revision, tax_return: *tax_return }, &filing));
                }
                let ground = match given.revision.basis {
                    _ if !is_clear => FilingGround::Unapproved,
                    Basis::StandingConsent(_) => FilingGround::StandingConsent,
                    Basis::Approval | Basis::Information => FilingGround::Approval,
                };
                let document = title(given);
                let told = concerned(year, given).into_iter();
                plan.notices.extend(told.map(|person| {
                    let document = document.clone();
                    Notice::Filed { person, tax_year, revision, document, ground }
                }));
                plan.events.push(Event::RevisionFiled { revision, unapproved: !is_clear });
            }
            Ok((plan, ()))
        })
    }

    /// Undoes the mark that a revision was filed. Mails about it that did not leave are deleted; those who got one get
    /// a correction.
    pub fn undo_filing(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        revision: RevisionId,
    ) -> Result<(), ActionError> {
        self.act_also(by, client, tax_year, |year, now| {
            let given = year.revision(revision).ok_or(ActionError::NoSuchRevision)?;
            let mut plan = Plan::default();
            let standing: Vec<_> = given.filings.iter().filter(|(_, filing)| filing.stands()).collect();
            let Some(since) = standing.iter().map(|(_, filing)| filing.at).min() else { return Ok((plan, None, ())) };
            for (tax_return, filing) in standing {
                plan.writes.extend(payment::withdrawn(year, *tax_return, now));
                let undone = Filing { undone_at: Some(now), ..filing.clone() };
                plan.writes.push(Write::of(&PerReturn { revision, tax_return: *tax_return }, &undone));
            }
            let mails = self.db().read::<_, DbError>(|q| q.mails_about(client, revision, since))?;
            let (held, gone): (Vec<_>, Vec<_>) = mails.into_iter().partition(|row| is_held(row, now));
            let told: BTreeSet<_> = gone.iter().filter_map(|row| row.mail.person).collect();
            plan.events.push(Event::FilingUndone { revision, told: !told.is_empty() });
            let document = title(given);
            let corrections = told.into_iter();
            plan.notices.extend(corrections.map(|person| {
                let document = document.clone();
                Notice::FilingUndone { person, tax_year, document }
            }));
            let stop: InSameTransaction = Box::new(move |tx| held.iter().try_for_each(|row| tx.delete_mail(row.id)));
            Ok((plan, Some(stop), ()))
        })
    }
}

/// Returns true if a mail is not on its way yet.
fn is_held(row: &OutboxRow, now: Timestamp) -> bool {
    let waits = |at: Timestamp| at > now.plus_seconds(GONE);
    row.attempts == 0 && matches!(row.state, MailState::Waiting { next_attempt_at } if waits(next_attempt_at))
}

/// Returns what a revision is called, in both languages.
pub(super) fn title(given: &GivenRevision) -> Bilingual {
    Bilingual::new(given.title(Language::Nl), given.title(Language::En))
}

/// Returns the people whom the filing of a revision concerns: those who were asked, and whose return it is.
fn concerned(year: &DossierYear, given: &GivenRevision) -> BTreeSet<PersonId> {
    let taxpayers = given.tax_returns.iter().filter_map(|(_, tax_return)| match tax_return.taxpayer {
        Taxpayer::Person(person) => Some(person),
        Taxpayer::Company => None,
    });
    let all = given.consents.keys().copied().chain(taxpayers);
    all.filter(|person| year.people.contains_key(person)).collect()
}
