//! What a person writes to the firm: messages, changes of their details, and
//! what they want of the portal.

use super::{Client, YearKey};
use crate::platform::random;
use documents::dossier::{Sender, Subject};
use model::{id::*, language::Language, record::*, time::Date};

/// A change that a person reports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProposal {
    /// Whose details they are.
    pub person: PersonId,
    /// What happened.
    pub circumstance: Circumstance,
    /// From which day on.
    pub effective: Option<Date>,
    /// Old to new.
    pub changes: Vec<DetailChange>,
    /// What else is to be said.
    pub remark: String,
}

impl Client {
    /// Writes to the firm about something, with documents of this client.
    pub fn write_about(&self, year: YearKey, body: String, subject: Subject, attachments: Vec<AttachmentId>) {
        let id = MessageId::from_random(random::bytes());
        let Subject { about, answer } = subject;
        self.write(year, &id, |by, at| Message { by, at, body, about, answer, attachments });
    }

    /// Notes that the person has seen all messages of the firm.
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

    /// Reports a change to the firm.
    pub fn propose(&self, year: YearKey, new: NewProposal) {
        let id = ProposalId::from_random(random::bytes());
        let NewProposal { person, circumstance, effective, changes, remark } = new;
        self.write(year, &id, |by, at| ChangeProposal { by, at, person, circumstance, effective, changes, remark });
    }

    /// Takes a reported change back.
    pub fn withdraw_proposal(&self, year: YearKey, proposal: ProposalId) {
        self.write(year, &proposal, |by, at| ProposalWithdrawal { by, at });
    }

    /// What the person at this device wants of the portal, in the newest year.
    pub fn preferences(&self) -> (bool, bool) {
        let known = || {
            let client = self.membership()?.client;
            let year = self.year(self.newest_year(client)?);
            year.preferences.get(&self.me(client)?).map(|p| (p.reminders, p.messages))
        };
        known().unwrap_or((true, true))
    }

    /// Tells every firm of this login what the person wants.
    pub fn set_preferences(&self, language: Language, reminders: bool, messages: bool) {
        for membership in self.memberships() {
            if let Some(year) = self.newest_year(membership.client) {
                let wanted = |by, at| Preferences { by, at, language, reminders, messages };
                self.write(year, &membership.person, wanted);
            }
        }
    }
}
