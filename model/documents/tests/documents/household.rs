//! A household as the tests of what a server accepts have it: two people, a checklist, a request, a revision.

use crate::given;
use documents::{
    document::Document,
    dossier::DossierYear,
    replay::{Accepted, Author, Budgets, Premises, ProposedChange, Reason, RefusedChange, replay},
};
use model::{
    approval::{Nonce, SignedRevision},
    checklist::{AnswerKey, AnswerValue, Template},
    hash::ContentHash,
    id::*,
    language::{Bilingual, Language},
    money::Cents,
    payment::TAX_AUTHORITY_IBAN,
    record::*,
    section::{Party, Write},
    tax_return::Capacity,
    time::Timestamp,
};

/// The moment at which everything happens.
pub const NOW: Timestamp = Timestamp(1_772_442_000_000);
pub const MARIEKE: Author = Author { person: person(1), role: Role::Approver };
pub const THOMAS: Author = Author { person: person(2), role: Role::Approver };
pub const CHECKLIST: ChecklistId = ChecklistId::from_bytes(id(9));
pub const REVISION: RevisionId = RevisionId::from_bytes(id(6));
pub const REQUEST: TaskId = TaskId::from_bytes(id(7));
pub const PAYMENT: TaskId = TaskId::from_bytes(id(9));

const TEMPLATE: &str = r#"{"id":"world","version":1,"year":2025,"title":{"nl":"Vragen","en":"Questions"},"sections":[
 {"id":"all","title":{"nl":"Alles","en":"All"},"questions":[
  {"id":"moved","kind":"yes_no","text":{"nl":"Verhuisd?","en":"Moved?"}},
  {"id":"home","kind":"yes_no","text":{"nl":"Koopwoning?","en":"Own home?"}},
  {"id":"savings","kind":"amount","text":{"nl":"Spaargeld","en":"Savings"}},
  {"id":"q0","kind":"amount","text":{"nl":"Eerste","en":"First"}},
  {"id":"q1","kind":"amount","text":{"nl":"Tweede","en":"Second"}},
  {"id":"q2","kind":"amount","text":{"nl":"Derde","en":"Third"}},
  {"id":"jobs","kind":"rows","text":{"nl":"Werkgevers","en":"Employers"},"columns":[
    {"id":"employer","kind":"text","text":{"nl":"Naam","en":"Name"}}]}]}]}"#;

pub const fn id(n: u8) -> [u8; 16] {
    [n; 16]
}

pub const fn person(n: u8) -> PersonId {
    PersonId::from_bytes(id(n))
}

pub fn blank() -> Document {
    Document::blank(Party::Client).unwrap().0
}

/// Returns the year as the firm's document has it.
pub fn year() -> DossierYear {
    let (mut firm, _) = Document::blank(Party::Firm).unwrap();
    let someone = |name: &str| Person {
        name: name.into(),
        given_name: name.into(),
        role: Role::Approver,
        language: Language::Nl,
    };
    let title = Bilingual::new("Vragen", "Questions");
    let task = |kind| Task { kind, title: title.clone(), due: None, asked_by: "Sanne".into(), at: NOW };
    let revision = Revision {
        tax_returns: vec![TaxReturnId::from_bytes(id(8))],
        file: DeliveredFile { name: "a.pdf".into(), size: 1, hash: ContentHash([1; 32]), pages: 1 },
        at: NOW,
        ..given::revision().revision
    };
    let payment = Payment {
        tax_return: TaxReturnId::from_bytes(id(8)),
        amount: Cents(-128_400),
        iban: TAX_AUTHORITY_IBAN.to_owned(),
        reference: "1999990021601210".to_owned(),
        is_computed: false,
    };
    let request = ApprovalRequest {
        nonce: Nonce([1; 32]),
        capacity: Capacity::Partner,
        signer: "Marieke".into(),
        statement: "Akkoord".into(),
        after: Vec::new(),
        at: NOW,
    };
    let mut writes = vec![
        Write::of(&MARIEKE.person, &someone("Marieke")),
        Write::of(&THOMAS.person, &someone("Thomas")),
        Write::of(&CHECKLIST, &Checklist::of(Template::from_json(TEMPLATE).unwrap())),
        Write::of(&REQUEST, &task(TaskKind::DocumentRequest(vec![RequestItem::of("WOZ")]))),
        Write::of(&PAYMENT, &task(TaskKind::Payment(payment))),
        Write::of(&REVISION, &revision),
    ];
    writes.extend(
        [MARIEKE, THOMAS].map(|asked| Write::of(&PerPerson { revision: REVISION, person: asked.person }, &request)),
    );
    firm.write(&id(90), NOW, &writes).unwrap();
    let year = DossierYear::read(Some(&firm), None);
    assert!(year.unknown.is_empty() && year.checklists.len() == 1);
    year
}

/// Replays with the usual budgets, all of them free.
pub fn take(
    server: &Document,
    batch: &[ProposedChange],
    author: Author,
) -> Result<(Document, Vec<Accepted>), RefusedChange> {
    let year = year();
    replay(server, batch, author, &Premises { year: &year, now: NOW, room: Budgets::default().left(0, 0, 0) })
}

pub fn propose(document: &mut Document, actor: [u8; 16], writes: Vec<Write>) -> ProposedChange {
    ProposedChange::make(document, actor, NOW, writes).unwrap().unwrap().0
}

/// Returns what becomes of one change with these records, and the document after it.
pub fn write(server: &Document, actor: u8, author: Author, writes: Vec<Write>) -> Result<Document, Reason> {
    let change = propose(&mut server.clone(), id(actor), writes);
    take(server, &[change], author).map(|(after, _)| after).map_err(|refusal| refusal.reason)
}

pub fn key(question: &str) -> AnswerKey {
    AnswerKey { checklist: CHECKLIST, question: question.into(), person: None, row: None }
}

pub fn answer(question: &str, value: AnswerValue, by: PersonId) -> Write {
    Write::of(&key(question), &Answer { value, by, at: NOW })
}

pub fn attachment(by: PersonId) -> Attachment {
    Attachment {
        name: "jaaropgave.pdf".into(),
        media_type: "application/pdf".into(),
        size: 10,
        hash: ContentHash([1; 32]),
        by,
        at: NOW,
        answers: None,
        task: None,
        item: None,
        kind: None,
        replaces: None,
        year: None,
        note: String::new(),
    }
}

pub fn message(by: PersonId, body: &str) -> Message {
    Message { by, at: NOW, body: body.into(), about: None, answer: None, attachments: Vec::new() }
}

/// Returns a line of the list that is signed.
pub fn signed(revision: RevisionId) -> SignedRevision {
    SignedRevision::of(revision, ContentHash([1; 32]), "Ik ga akkoord", Nonce([2; 32]))
}

pub fn approval(by: PersonId) -> Approval {
    let part = || Base64(vec![1]);
    let assertion =
        Assertion { credential: part(), authenticator_data: part(), client_data: part(), signature: part() };
    Approval { revision: REVISION, by, at: NOW, signed: vec![signed(REVISION)], signature: assertion.into() }
}
