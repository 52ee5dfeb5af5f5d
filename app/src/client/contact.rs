//! Commands for what a person writes to the firm: messages, changes of personal details, and preferences.

use super::{Client, YearKey, commands::clean};
use crate::platform::random;
use documents::dossier::{Sender, Subject};
use model::{id::*, language::Language, record::*, time::Date};

/// A change of personal details that a person reports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProposal {
    /// Person whose details change.
    pub person: PersonId,
    /// Event that caused the change.
    pub circumstance: Circumstance,
    /// Day from which the change applies.
    pub effective: Option<Date>,
    /// Changed details, each with its old and its new value.
    pub changes: Vec<DetailChange>,
    /// Remark of the person.
    pub remark: String,
}

impl Client {
    /// Sends the firm a message about a subject, with documents of this client.
    pub fn write_about(&self, year: YearKey, body: String, subject: Subject, attachments: Vec<AttachmentId>) {
        let id = MessageId::from_random(random::bytes());
        let Subject { about, answer } = subject;
        self.write(year, &id, |by, at| Message { by, at, body: clean(&body), about, answer, attachments });
    }

    /// Records that the person has seen all messages of the firm.
    pub fn mark_read(&self, year: YearKey) {
        let Some(person) = self.me(year.client) else { return };
        let dossier = self.year(year);
        if dossier.unread_by(person) == 0 {
            return;
        }
        let from_firm = dossier.messages.iter().filter(|m| matches!(m.from, Sender::Advisor(_)));
        if let Some(through) = from_firm.map(|m| m.at).max() {
            self.write(year, &person, |by, at| Reading { by, at, through });
        }
    }

    /// Reports a change of details to the firm.
    pub fn propose(&self, year: YearKey, new: NewProposal) {
        let id = ProposalId::from_random(random::bytes());
        let NewProposal { person, circumstance, effective, changes, remark } = new;
        let remark = clean(&remark);
        self.write(year, &id, |by, at| ChangeProposal { by, at, person, circumstance, effective, changes, remark });
    }

    /// Withdraws a reported change.
    pub fn withdraw_proposal(&self, year: YearKey, proposal: ProposalId) {
        self.write(year, &proposal, |by, at| ProposalWithdrawal { by, at });
    }

    /// Returns whether the person at this device wants reminders and mails about messages, as the newest year says.
    pub fn preferences(&self) -> (bool, bool) {
        let known = || {
            let client = self.membership()?.client;
            let year = self.year(self.newest_year(client)?);
            year.preferences.get(&self.me(client)?).map(|p| (p.reminders, p.messages))
        };
        known().unwrap_or((true, true))
    }

    /// Tells every firm of this login the person's preferences.
    pub fn set_preferences(&self, language: Language, reminders: bool, messages: bool) {
        for membership in self.memberships() {
            if let Some(year) = self.newest_year(membership.client) {
                let wanted = |by, at| Preferences { by, at, language, reminders, messages };
                self.write(year, &membership.person, wanted);
            }
        }
    }
}
