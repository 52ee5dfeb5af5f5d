//! A person of the demo at a device. The server replays what such a device sends
//! like everything that comes from real devices.

use super::{
    error::DemoError,
    firm::{DemoFirm, plain},
    household::{Household, YEAR},
    paperwork::{Picture, picture},
    signature::SoftKey,
};
use documents::{document::Document, replay::ProposedChange};
use dossiers::Pusher;
use model::{
    approval::challenge,
    attachment::MediaType,
    checklist::{AnswerKey, AnswerValue, AskedQuestion, QuestionKind, QuestionState},
    event::Event,
    id::*,
    record::*,
    section::{Party, Write},
};
use std::collections::BTreeMap;
use storage::{
    clock::random,
    db::{Account, Actor, DbError, DeviceRow, PasskeyRow, PersonRow},
};

/// The answers of a household by question. Other questions get the plainest answer.
pub(super) type Answers<'a> = BTreeMap<&'a str, AnswerValue>;

/// A person at a device.
pub(super) struct DemoPerson<'s> {
    firm: &'s DemoFirm<'s>,
    pub person: PersonRow,
    account: AccountId,
    device: DeviceId,
    device_name: String,
    actor: [u8; 16],
    document: DocumentId,
}

/// The document as a device knew it when it made a change.
pub(super) struct KnownDocument(Document);

impl<'s> DemoPerson<'s> {
    /// Gives a person of the household a login and a device. Nobody has its passkey: only
    /// the people with a link can log in.
    pub fn register(
        firm: &'s DemoFirm<'s>,
        household: &Household,
        which: usize,
        device_name: &str,
    ) -> Result<Self, DemoError> {
        let person = household.people.get(which).ok_or(DemoError::Incomplete)?.clone();
        let (account, device, at) = (AccountId::from_random(random()), DeviceId::from_random(random()), firm.now());
        let account_row = Account {
            id: account,
            user_name: format!("{}-{}", plain(&person.given_name), household.client.number),
            email: person.email.clone(),
        };
        let device_row = DeviceRow {
            id: device,
            account,
            name: device_name.to_owned(),
            created_at: at,
            last_seen_at: at,
            revoked_at: None,
        };
        let (id, registered) = (person.id, Event::Registered { account });
        let registered = firm.event(&household.client, Actor::Person(id), registered);
        firm.db().write_blocking(move |tx| {
            tx.add_account(&account_row, at)?;
            tx.add_device(&device_row)?;
            tx.set_person_account(id, account)?;
            tx.log(&registered)
        })?;
        firm.dossiers.refresh(household.client.id)?;
        let documents = firm.db().read(|q| q.documents_of_year(person.client, YEAR))?;
        let document = documents.iter().find(|d| d.info.party == Party::Client).ok_or(DemoError::Incomplete)?;
        Ok(Self {
            firm,
            person: PersonRow { account: Some(account), ..person },
            account,
            device,
            device_name: device_name.to_owned(),
            actor: random(),
            document: document.info.document,
        })
    }

    /// Returns the document as the device knows it now.
    pub fn read_document(&self) -> Result<KnownDocument, DemoError> {
        let changes = self.firm.db().read(|q| q.changes_after(self.document, 0, usize::MAX))?;
        let mut document = Document::empty();
        document.apply(changes.iter().map(Vec::as_slice))?;
        Ok(KnownDocument(document))
    }

    /// Makes changes to what the device knew, and sends them.
    pub fn write_to(&self, mut known: KnownDocument, writes: Vec<Write>) -> Result<(), DemoError> {
        let change = ProposedChange::make(&mut known.0, self.actor, self.firm.now(), writes)?;
        if let Some((change, _)) = change {
            let pusher = Pusher { account: self.account, device: self.device };
            self.firm.dossiers.push(&pusher, self.document, &[change])?;
        }
        Ok(())
    }

    fn write<R: model::section::Record>(&self, key: &R::Key, record: &R) -> Result<(), DemoError> {
        self.write_to(self.read_document()?, vec![Write::of(key, record)])
    }

    /// Returns an answer as it is sent.
    pub fn answer(&self, key: &AnswerKey, value: AnswerValue) -> Write {
        Write::of(key, &Answer { value, by: self.person.id, at: self.firm.now() })
    }

    /// Returns the key of an answer of the whole household, outside of rows.
    pub fn answer_key(&self, checklist: ChecklistId, question: &str) -> AnswerKey {
        AnswerKey { checklist, question: question.to_owned(), person: None, row: None }
    }

    /// Fills in the first `sections` sections as far as they are open.
    pub fn fill_in(&self, checklist: ChecklistId, sections: usize, answers: &Answers<'_>) -> Result<(), DemoError> {
        // Each round answers the questions that the round before made visible.
        for _ in 0..6 {
            let year = self.firm.dossiers.read(self.person.client, YEAR)?;
            let set_out = year.checklists.get(&checklist).ok_or(DemoError::NoChecklist)?;
            let people = year.approvers();
            let mut writes = Vec::new();
            for section in set_out.template.sections.iter().take(sections) {
                for asked in set_out.template.asked(section, checklist, &people, &year.answers) {
                    asked.each(&mut |one| {
                        if one.state == QuestionState::Open {
                            writes.push(self.answer_to(one, answers));
                        }
                    });
                }
            }
            if writes.is_empty() {
                return Ok(());
            }
            self.write_to(self.read_document()?, writes)?;
        }
        Ok(())
    }

    fn answer_to(&self, asked: &AskedQuestion<'_>, answers: &Answers<'_>) -> Write {
        let question = asked.question;
        let known = answers.get(question.id.as_str()).cloned();
        if question.kind == QuestionKind::Rows && known == Some(AnswerValue::Row(true)) {
            let row = AnswerKey { row: Some(RowId::from_random(random())), ..asked.key.clone() };
            return self.answer(&row, AnswerValue::Row(true));
        }
        let plain = match question.kind {
            QuestionKind::YesNo => AnswerValue::No,
            QuestionKind::Upload => AnswerValue::DontHave("Die stuur ik later".to_owned()),
            _ => AnswerValue::NotApplicable,
        };
        self.answer(&asked.key, known.unwrap_or(plain))
    }

    /// Takes a photograph of a document and sends it, for a question or for none.
    pub fn photograph(&self, what: &Picture<'_>, answers: Option<AnswerKey>) -> Result<(), DemoError> {
        let (bytes, name) = (picture(what, &self.person.name), format!("{} {}.jpg", what.title, what.sender));
        let firm = self.firm;
        let stored = firm.keep_file(self.person.client, &bytes, MediaType::Jpeg, 1)?;
        let id = AttachmentId::from_random(random());
        let attachment = Attachment {
            name,
            media_type: stored.media_type.mime().to_owned(),
            size: stored.size,
            hash: stored.hash,
            by: self.person.id,
            at: firm.now(),
            answers,
            task: None,
            item: None,
            kind: None,
            replaces: None,
            year: None,
            note: String::new(),
        };
        self.write(&id, &attachment)?;
        let receipt =
            Receipt { at: firm.now(), hash: stored.hash, size: stored.size, media_type: attachment.media_type.clone() };
        Ok(firm.dossiers.receive(&self.person, YEAR, id, receipt, Box::new(|_| Ok(())))?)
    }

    /// Hands in the checklist.
    pub fn hand_in(&self, checklist: ChecklistId) -> Result<(), DemoError> {
        let hand_in = HandIn { checklist, by: self.person.id, at: self.firm.now() };
        self.write(&HandInId::from_random(random()), &hand_in)
    }

    /// Opens a tax return.
    pub fn open(&self, revision: RevisionId) -> Result<(), DemoError> {
        let opening = Opening { by: self.person.id, at: self.firm.now() };
        self.write(&PerPerson { revision, person: self.person.id }, &opening)
    }

    /// Declines a tax return.
    pub fn decline(&self, revision: RevisionId, reason: &str) -> Result<(), DemoError> {
        let decline = Decline { revision, by: self.person.id, at: self.firm.now(), reason: reason.to_owned() };
        self.write(&DeclineId::from_random(random()), &decline)
    }

    /// Writes to the firm.
    pub fn write_message(&self, body: &str) -> Result<(), DemoError> {
        let message = Message {
            by: self.person.id,
            at: self.firm.now(),
            body: body.to_owned(),
            about: None,
            answer: None,
            attachments: Vec::new(),
        };
        self.write(&MessageId::from_random(random()), &message)
    }

    /// Reports a move.
    pub fn report_move(&self, day: model::time::Date, street: &str, city: &str) -> Result<(), DemoError> {
        let change = |field, new: &str| DetailChange { field, old: String::new(), new: new.to_owned() };
        let (by, at) = (self.person.id, self.firm.now());
        let proposal = ChangeProposal {
            by,
            at,
            person: by,
            circumstance: Circumstance::Move,
            effective: Some(day),
            changes: vec![change(DetailField::Street, street), change(DetailField::City, city)],
            remark: String::new(),
        };
        self.write(&ProposalId::from_random(random()), &proposal)
    }

    /// Approves with a key that is made for the demo and thrown away afterwards. The
    /// server checks it like any other.
    pub fn approve(&self, revision: RevisionId) -> Result<(), DemoError> {
        let (firm, at) = (self.firm, self.firm.now());
        let key = SoftKey::new()?;
        let passkey = PasskeyRow {
            credential: key.credential().to_vec(),
            account: self.account,
            passkey: key.stored().to_string(),
            name: format!("{} (demo)", self.device_name),
            created_at: at,
            last_used_at: Some(at),
            revoked_at: None,
        };
        firm.db().write_blocking::<_, DbError>(move |tx| tx.add_passkey(&passkey))?;
        let year = firm.dossiers.read(self.person.client, YEAR)?;
        let given = year.revision(revision).ok_or(DemoError::Incomplete)?;
        let consent = given.consents.get(&self.person.id).ok_or(DemoError::Incomplete)?;
        if consent.opened.is_none() {
            self.open(revision)?;
        }
        let signed = vec![given.to_sign(self.person.id).ok_or(DemoError::Incomplete)?];
        let bytes = challenge(self.person.id, &signed);
        let assertion = key.sign(firm.origin, &bytes);
        let approval = Approval { revision, by: self.person.id, at, signed, signature: assertion.into() };
        self.write(&ApprovalId::from_random(random()), &approval)
    }
}
