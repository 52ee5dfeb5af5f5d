//! Tests of itemised document requests: the state of each document and each item.

use documents::{
    document::Document,
    dossier::{DocumentState, DossierYear, TaskState},
};
use model::{
    hash::ContentHash,
    id::*,
    language::Bilingual,
    record::*,
    section::{Party, Record, Write},
    time::Timestamp,
};

const ACTOR: [u8; 16] = [1; 16];

/// A year's two documents, with a request for two items.
struct Year {
    firm: Document,
    client: Document,
}

fn task() -> TaskId {
    TaskId::from_bytes([7; 16])
}

fn me() -> PersonId {
    PersonId::from_bytes([1; 16])
}

fn document(n: u8) -> AttachmentId {
    AttachmentId::from_bytes([n; 16])
}

impl Year {
    fn new(items: &[&str]) -> Self {
        let mut year =
            Self { firm: Document::blank(Party::Firm).unwrap().0, client: Document::blank(Party::Client).unwrap().0 };
        let kind = TaskKind::DocumentRequest(items.iter().map(|i| RequestItem::of(*i)).collect());
        let task =
            Task { kind, title: Bilingual::new("a", "a"), due: None, asked_by: "Sanne".into(), at: Timestamp(1) };
        year.firm(&self::task(), &task);
        year
    }

    fn firm<R: Record>(&mut self, key: &R::Key, record: &R) {
        self.firm.write(&ACTOR, Timestamp(1), &[Write::of(key, record)]).unwrap();
    }

    fn client<R: Record>(&mut self, key: &R::Key, record: &R) {
        self.client.write(&ACTOR, Timestamp(1), &[Write::of(key, record)]).unwrap();
    }

    fn give(&mut self, n: u8, item: Option<u32>, replaces: Option<u8>) {
        let attachment = Attachment {
            name: format!("{n}.pdf"),
            media_type: "application/pdf".into(),
            size: 1,
            hash: ContentHash([n; 32]),
            by: me(),
            at: Timestamp(i64::from(n)),
            answers: None,
            task: Some(task()),
            item,
            kind: None,
            replaces: replaces.map(document),
            year: None,
            note: String::new(),
        };
        self.client(&document(n), &attachment);
    }

    fn receive(&mut self, n: u8) {
        let receipt =
            Receipt { at: Timestamp(9), hash: ContentHash([n; 32]), size: 1, media_type: "application/pdf".into() };
        self.firm(&document(n), &receipt);
    }

    fn intake(&mut self, n: u8, outcome: ReviewOutcome) {
        self.firm(&document(n), &Intake { outcome, remark: "Blad 2".into(), by: "Sanne".into(), at: Timestamp(9) });
    }

    fn withdraw(&mut self, n: u8) {
        self.client(&document(n), &Withdrawal { by: me(), at: Timestamp(9) });
    }

    fn reply(&mut self, item: u32, reply: Reply) {
        self.client(&ItemKey { task: task(), item }, &ItemReply { reply, by: me(), at: Timestamp(9) });
    }

    fn read(&self) -> DossierYear {
        DossierYear::read(Some(&self.firm), Some(&self.client))
    }

    fn state(&self) -> TaskState {
        let year = self.read();
        year.task_state(year.task(task()).unwrap(), me())
    }

    fn of(&self, n: u8) -> DocumentState {
        let year = self.read();
        year.document_state(year.attachment(document(n)).unwrap())
    }
}

#[test]
fn a_request_is_open_until_each_item_has_a_document_or_a_reply() {
    let mut year = Year::new(&["Jaaropgave", "WOZ"]);
    assert_eq!(year.state(), TaskState::Open);
    year.give(1, Some(0), None);
    assert_eq!(year.state(), TaskState::Open);
    year.reply(1, Reply::DontHave("Nog niet gekregen".into()));
    assert_eq!(year.state(), TaskState::Waiting, "it is the firm's turn");
    year.receive(1);
    year.intake(1, ReviewOutcome::Accepted);
    assert_eq!(year.state(), TaskState::Done);
}

#[test]
fn a_reply_that_was_taken_back_is_none() {
    let mut year = Year::new(&["Jaaropgave"]);
    year.reply(0, Reply::NotApplicable);
    assert_eq!(year.state(), TaskState::Done, "there is nothing for the firm to take in");
    year.reply(0, Reply::Open);
    assert_eq!(year.state(), TaskState::Open);
}

#[test]
fn a_document_that_was_sent_back_opens_its_item_until_another_takes_its_place() {
    let mut year = Year::new(&["Jaaropgave"]);
    year.give(1, Some(0), None);
    year.receive(1);
    assert_eq!(year.of(1), DocumentState::Received);
    year.intake(1, ReviewOutcome::SentBack);
    assert_eq!((year.of(1), year.state()), (DocumentState::SentBack, TaskState::Open));
    year.give(2, Some(0), Some(1));
    assert_eq!((year.of(1), year.of(2)), (DocumentState::Replaced, DocumentState::Given));
    assert_eq!(year.state(), TaskState::Waiting);
    year.withdraw(2);
    assert_eq!((year.of(1), year.state()), (DocumentState::SentBack, TaskState::Open));
}

#[test]
fn what_was_taken_in_can_be_replaced_and_not_taken_back() {
    let mut year = Year::new(&["Jaaropgave"]);
    year.give(1, Some(0), None);
    year.receive(1);
    year.intake(1, ReviewOutcome::Accepted);
    year.withdraw(1);
    assert_eq!(year.of(1), DocumentState::TakenIn);
    year.give(2, Some(0), Some(1));
    assert_eq!((year.of(1), year.state()), (DocumentState::Replaced, TaskState::Waiting));
}

#[test]
fn a_document_for_another_item_another_task_or_none_counts_for_no_item() {
    let mut year = Year::new(&["Jaaropgave", "WOZ"]);
    year.give(1, Some(7), None);
    year.give(2, None, None);
    let read = year.read();
    assert!(read.items(read.task(task()).unwrap()).iter().all(|i| i.documents.is_empty()));
    let mut one = Year::new(&["Jaaropgave"]);
    one.give(1, None, None);
    assert_eq!(one.state(), TaskState::Waiting, "of one item it is clear which is meant");
}

#[test]
fn a_document_never_replaces_itself() {
    let mut year = Year::new(&["Jaaropgave"]);
    year.give(1, Some(0), Some(1));
    assert_eq!(year.of(1), DocumentState::Given);
}
