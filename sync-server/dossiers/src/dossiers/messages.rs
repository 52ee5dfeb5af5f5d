//! The firm's messages to a client, and how far the firm has read the client's.

use super::{ActionError, Dossiers, Plan};
use documents::dossier::{DossierYear, Sender};
use mail::Notice;
use model::{
    checklist::AnswerKey,
    event::Event,
    id::*,
    record::*,
    section::Write,
    time::{TaxYear, Timestamp},
};
use storage::{clock::random, db::Advisor};

/// A message that the firm writes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewMessage {
    /// The text, which may be empty if there is a file.
    pub body: String,
    /// The task that it is about.
    pub about: Option<TaskId>,
    /// The answer that it is about.
    pub answer: Option<AnswerKey>,
    /// The stored files.
    pub files: Vec<DeliveredFile>,
}

impl Dossiers {
    /// Writes a text to the client.
    pub fn write_message(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        body: String,
    ) -> Result<MessageId, ActionError> {
        self.write(by, client, tax_year, NewMessage { body, ..NewMessage::default() })
    }

    /// Writes to the client, and marks the messages before as read.
    pub fn write(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        new: NewMessage,
    ) -> Result<MessageId, ActionError> {
        if new.body.trim().is_empty() && new.files.is_empty() {
            return Err(ActionError::Empty);
        }
        self.act(by, client, tax_year, |year, now| {
            let id = MessageId::from_random(random());
            let NewMessage { body, about, answer, files } = new;
            // A subject that is not in this dossier is ignored.
            let about = about.filter(|task| year.task(*task).is_some());
            let answer = answer.filter(|key| year.question(key).is_some());
            let message = FirmMessage { by: by.name.clone(), at: now, body, about, answer, files };
            let mut plan = Plan {
                writes: vec![Write::of(&id, &message)],
                notices: year.people.keys().map(|p| Notice::FirmMessage { person: *p, tax_year }).collect(),
                events: vec![Event::MessageWritten { message: id }],
            };
            plan.writes.extend(reading(year, by, now));
            Ok((plan, id))
        })
    }

    /// Records that the firm has read everything that the client wrote.
    pub fn mark_read(&self, by: &Advisor, client: ClientId, tax_year: TaxYear) -> Result<(), ActionError> {
        self.act(by, client, tax_year, |year, now| {
            Ok((Plan { writes: reading(year, by, now).into_iter().collect(), ..Plan::default() }, ()))
        })
    }
}

/// Returns the record that everything up to the newest message is read; None if it was.
fn reading(year: &DossierYear, by: &Advisor, at: Timestamp) -> Option<Write> {
    let through = year.messages.iter().filter(|m| matches!(m.from, Sender::Person(_))).map(|m| m.at).max()?;
    let known = year.firm_reading.as_ref().is_some_and(|r| r.through >= through);
    (!known).then(|| Write::of(&FirmReading::KEY.to_owned(), &FirmReading { by: by.name.clone(), at, through }))
}
