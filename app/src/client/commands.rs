//! Commands for what a person does. Each writes records on this device and never waits for the network.

use super::{Client, SigningRequest, YearKey};
use crate::platform::{clock, random};
use model::{
    checklist::{AnswerKey, AnswerValue},
    id::*,
    record::*,
    section::{Record, Write},
    text::Shape,
    time::Timestamp,
};

/// Returns what somebody typed or pasted without the characters that no text has, because no server takes them.
pub(super) fn clean(typed: &str) -> String {
    Shape::Text.clean(typed).into_owned()
}

impl Client {
    /// Answers a question, or replaces its answer.
    pub fn answer(&self, year: YearKey, key: AnswerKey, value: AnswerValue) {
        let agreed = self.year(year).answers.agreed(&key).is_some_and(|a| a.value == value);
        if !agreed {
            self.write(year, &key, |by, at| Answer { value, by, at });
        }
    }

    /// Saves a typed answer, unless this person has given the same one before. A field sends what is left in it once
    /// more when its page closes, and that must not settle a conflict between two answers.
    pub fn answer_typed(&self, year: YearKey, key: AnswerKey, value: AnswerValue) {
        let me = self.me(year.client);
        let said = self.year(year).answers.at(&key).iter().any(|a| Some(a.by) == me && a.value == value);
        if !said {
            self.answer(year, key, value);
        }
    }

    /// Confirms answers: last year's, or ones that the firm asked about. They are written in one change, even if the
    /// document holds the same answers already.
    pub fn confirm(&self, year: YearKey, answers: Vec<(AnswerKey, AnswerValue)>) {
        let Some(by) = self.me(year.client) else { return };
        let at = clock::now();
        let writes = answers.into_iter().map(|(key, value)| Write::of(&key, &Answer { value, by, at }));
        self.write_all(year, writes.collect(), at);
    }

    /// Adds a row to the repeating question at `question`.
    pub fn add_row(&self, year: YearKey, question: AnswerKey) -> RowId {
        let row = RowId::from_random(random::bytes());
        let key = AnswerKey { row: Some(row), ..question };
        self.write(year, &key, |by, at| Answer { value: AnswerValue::Row(true), by, at });
        row
    }

    /// Removes a row. Its answers stay in the document.
    pub fn remove_row(&self, year: YearKey, row: AnswerKey) {
        self.write(year, &row, |by, at| Answer { value: AnswerValue::Row(false), by, at });
    }

    /// Replies to an item of a document request: why no document comes, or that one will come after all.
    pub fn reply_item(&self, year: YearKey, key: ItemKey, reply: Reply) {
        if self.year(year).item_replies.get(&key).is_none_or(|r| r.reply != reply) {
            self.write(year, &key, |by, at| ItemReply { reply, by, at });
        }
    }

    /// Says that a payment was made, or takes that back.
    pub fn report_payment(&self, year: YearKey, payment: TaskId, is_paid: bool) {
        if self.year(year).is_paid(payment) != is_paid {
            self.write(year, &payment, |by, at| PaymentReport { is_paid, by, at });
        }
    }

    /// Hands in a checklist.
    pub fn hand_in(&self, year: YearKey, checklist: ChecklistId) {
        let id = HandInId::from_random(random::bytes());
        self.write(year, &id, |by, at| HandIn { checklist, by, at });
    }

    /// Records that the person opened a revision, if it is the first time.
    pub fn open_revision(&self, year: YearKey, revision: RevisionId) {
        let Some(person) = self.me(year.client) else { return };
        let asked = self.year(year).revision(revision).and_then(|r| r.consents.get(&person).cloned());
        if asked.is_some_and(|consent| consent.opened.is_none()) {
            self.write(year, &PerPerson { revision, person }, |by, at| Opening { by, at });
        }
    }

    /// Withdraws the person's own approval. The approval stays in the document, with its evidence.
    pub fn withdraw_approval(&self, year: YearKey, approval: ApprovalId, reason: String) {
        self.write(year, &approval, |by, at| ApprovalWithdrawal { by, at, reason: clean(&reason) });
    }

    /// Declines a revision.
    pub fn decline(&self, year: YearKey, revision: RevisionId, reason: String) {
        let id = DeclineId::from_random(random::bytes());
        self.write(year, &id, |by, at| Decline { revision, by, at, reason: clean(&reason) });
    }

    /// Sends a message to the firm.
    pub fn write_message(&self, year: YearKey, body: String, about: Option<TaskId>) {
        let id = MessageId::from_random(random::bytes());
        self.write(year, &id, |by, at| Message {
            by,
            at,
            body: clean(&body),
            about,
            answer: None,
            attachments: Vec::new(),
        });
    }

    /// Returns a request to sign `challenge` with a passkey of this login, or `None` if nobody is signed in.
    pub(super) fn signing_request(&self, challenge: [u8; 32]) -> Option<SigningRequest> {
        self.0.sync.read(|engine| {
            let identity = engine.identity()?;
            let credentials = identity.passkeys.iter().map(|id| id.0.clone()).collect();
            Some(SigningRequest { challenge, rp_id: identity.rp_id.clone(), credentials })
        })
    }

    pub(super) fn write<R: Record>(&self, year: YearKey, key: &R::Key, record: impl FnOnce(PersonId, Timestamp) -> R) {
        let Some(by) = self.me(year.client) else { return };
        let at = clock::now();
        self.write_all(year, vec![Write::of(key, &record(by, at))], at);
    }

    /// Writes records in one change.
    pub(super) fn write_all(&self, year: YearKey, writes: Vec<Write>, at: Timestamp) {
        // This fails if the year is not on this device, but then no screen shows it.
        if !writes.is_empty() && self.0.sync.change(|engine| engine.write(year, writes, at)).is_ok() {
            self.changed();
        }
    }
}
