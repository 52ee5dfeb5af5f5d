//! Tests of what a server accepts from its devices, honest or not.

use crate::household::*;
use documents::{
    document::Document,
    replay::{Author, MAX_CHANGES, MAX_VALUE, ProposedChange, Reason},
};
use model::{
    checklist::AnswerValue,
    hash::ContentHash,
    id::*,
    money::Cents,
    record::{MAX_TEXT, *},
    section::{Party, Section, Write},
};
use proptest::prelude::*;

fn propose(document: &mut Document, actor: u8, write: Write) -> ProposedChange {
    crate::household::propose(document, id(actor), vec![write])
}

/// Returns the reason with which a single write by `author` is refused, if it is.
fn check(author: Author, write: Write) -> Result<(), Reason> {
    let server = blank();
    let change = propose(&mut server.clone(), 3, write);
    take(&server, &[change], author).map(|_| ()).map_err(|refusal| refusal.reason)
}

#[test]
fn an_honest_change_is_accepted_under_the_same_hash() {
    let server = blank();
    let mut device = server.clone();
    let change = propose(&mut device, 3, answer("moved", AnswerValue::Yes, MARIEKE.person));
    let (after, accepted) = take(&server, std::slice::from_ref(&change), MARIEKE).unwrap();
    assert_eq!(after.heads(), device.heads());
    assert_eq!(accepted[0].hash, change.hash);
    let (again, nothing) = take(&after, &[change], MARIEKE).unwrap();
    assert_eq!((again.heads(), nothing.len()), (after.heads(), 0), "sent twice, taken once");
}

#[test]
fn differing_answers_of_two_devices_are_both_kept() {
    let server = blank();
    let hers = propose(&mut server.clone(), 3, answer("moved", AnswerValue::Yes, MARIEKE.person));
    let his = propose(&mut server.clone(), 4, answer("moved", AnswerValue::No, THOMAS.person));
    let (server, _) = take(&server, &[hers], MARIEKE).unwrap();
    let (mut server, _) = take(&server, &[his], THOMAS).unwrap();
    let given = |document: &Document| {
        let records = document.records::<Answer>(&mut Vec::new());
        records.iter().find(|(place, _)| *place == key("moved")).unwrap().1.len()
    };
    assert_eq!(given(&server), 2);
    let again = propose(&mut server.clone(), 3, answer("moved", AnswerValue::No, MARIEKE.person));
    server = take(&server, &[again], MARIEKE).unwrap().0;
    assert_eq!(given(&server), 1, "answering again resolves");
}

#[test]
fn what_is_no_record_of_its_author_is_refused_with_its_reason() {
    let by = MARIEKE.person;
    let filler = Author { role: Role::Filler, ..MARIEKE };
    let reader = Author { role: Role::Reader, ..MARIEKE };
    let raw = |section, key: &str, value: &str| Write { section, key: key.into(), value: value.into() };
    let good = answer("moved", AnswerValue::Yes, by);
    let file = |name: &str, size| {
        Write::of(&AttachmentId::from_bytes(id(5)), &Attachment { name: name.into(), size, ..attachment(by) })
    };
    let decline = |reason: &str| {
        let decline = Decline { revision: RevisionId::from_bytes(id(6)), by, at: NOW, reason: reason.into() };
        Write::of(&DeclineId::from_bytes(id(7)), &decline)
    };
    let opening = |person: PersonId| {
        Write::of(&PerPerson { revision: RevisionId::from_bytes(id(6)), person }, &Opening { by, at: NOW })
    };
    let cases = [
        (MARIEKE, good.clone(), Ok(())),
        (MARIEKE, file("jaaropgave.pdf", 10), Ok(())),
        (filler, good.clone(), Ok(())),
        (reader, opening(by), Ok(())),
        (MARIEKE, answer("moved", AnswerValue::Yes, person(2)), Err(Reason::WrongAuthor)),
        (reader, good.clone(), Err(Reason::NotAllowed)),
        (filler, decline("klopt niet"), Err(Reason::NotAllowed)),
        (MARIEKE, opening(person(2)), Err(Reason::Malformed)),
        (MARIEKE, decline("  "), Err(Reason::Malformed)),
        (MARIEKE, decline(&"x".repeat(MAX_TEXT + 1)), Err(Reason::Malformed)),
        (MARIEKE, answer("a", AnswerValue::Amount(Cents(Cents::LIMIT + 1)), by), Err(Reason::Malformed)),
        (MARIEKE, answer("a", AnswerValue::Amount(Cents(i64::MIN + 1)), by), Err(Reason::Malformed)),
        (MARIEKE, answer("jobs", AnswerValue::Row(true), by), Err(Reason::Malformed)),
        (MARIEKE, file("../secret", 10), Err(Reason::Malformed)),
        (MARIEKE, file("empty.pdf", 0), Err(Reason::Malformed)),
        (MARIEKE, file("huge.pdf", u64::MAX), Err(Reason::Malformed)),
        (MARIEKE, raw(Section::Answers, "moved", &good.value), Err(Reason::Malformed)),
        (MARIEKE, raw(Section::Answers, &good.key.to_uppercase(), &good.value), Err(Reason::Malformed)),
        (MARIEKE, raw(Section::Answers, &good.key, "{"), Err(Reason::Malformed)),
        (MARIEKE, raw(Section::Answers, &good.key, &format!(" {}", good.value)), Err(Reason::Malformed)),
        (MARIEKE, raw(Section::Answers, &good.key, &good.value.replace('{', "{\"x\":1,")), Err(Reason::Malformed)),
        (MARIEKE, raw(Section::Answers, &good.key, &"x".repeat(MAX_VALUE + 1)), Err(Reason::TooLarge)),
    ];
    for (author, write, expected) in cases {
        let told = format!("{:?} {} {}", write.section, write.key, &write.value[..write.value.len().min(80)]);
        assert_eq!(check(author, write), expected, "{told}");
    }
}

#[test]
fn a_firm_record_from_a_device_is_refused_before_it_is_read() {
    let mut change = propose(&mut blank(), 3, answer("moved", AnswerValue::Yes, MARIEKE.person));
    change.writes = vec![Write { section: Section::Verdicts, key: "x".into(), value: "{}".into() }];
    assert_eq!(take(&blank(), &[change], MARIEKE).unwrap_err().reason, Reason::WrongParty);
}

#[test]
fn what_is_written_once_is_never_written_again() {
    let server = blank();
    let said = |body: &str| Write::of(&MessageId::from_bytes(id(8)), &message(MARIEKE.person, body));
    let first = propose(&mut server.clone(), 3, said("een"));
    let (server, _) = take(&server, &[first], MARIEKE).unwrap();
    let second = propose(&mut server.clone(), 3, said("twee"));
    assert_eq!(take(&server, &[second], MARIEKE).unwrap_err().reason, Reason::WrittenOnce);
}

#[test]
fn a_batch_counts_as_a_whole_or_not_at_all() {
    let server = blank();
    let mut device = server.clone();
    let good = propose(&mut device, 3, answer("moved", AnswerValue::Yes, MARIEKE.person));
    let mut bad = propose(&mut device, 3, answer("home", AnswerValue::Yes, MARIEKE.person));
    bad.hash[0] ^= 1;
    let refusal = take(&server, &[good.clone(), bad], MARIEKE).unwrap_err();
    assert_eq!((refusal.index, refusal.reason), (1, Reason::OtherHash));
    let far = ProposedChange { deps: vec![[7; 32]], ..good.clone() };
    assert_eq!(take(&server, &[far], MARIEKE).unwrap_err().reason, Reason::UnknownDependency);
    let many = vec![good; MAX_CHANGES + 1];
    assert_eq!(take(&server, &many, MARIEKE).unwrap_err().reason, Reason::TooLarge);
}

/// An edit on one of three devices, or a device receiving those of all others.
#[derive(Debug, Clone)]
enum Act {
    Answer(usize, u8, u8),
    Hear(usize),
    Push(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0..3_usize, 0..3_u8, 0..4_u8).prop_map(|(device, question, value)| Act::Answer(device, question, value)),
        1 => (0..3_usize).prop_map(Act::Hear),
        1 => (0..3_usize).prop_map(Act::Push),
    ];
    prop::collection::vec(act, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_order_of_honest_edits_is_accepted_and_converges(acts in acts()) {
        let mut server = blank();
        let mut devices = vec![(blank(), Vec::new()), (blank(), Vec::new()), (blank(), Vec::new())];
        let all: Vec<_> = (0..3).map(Act::Push).collect();
        for act in acts.into_iter().chain(all) {
            match act {
                Act::Answer(device, question, value) => {
                    let write = answer(&format!("q{question}"), AnswerValue::Amount(Cents(value.into())), MARIEKE.person);
                    let (document, outbox) = &mut devices[device];
                    let made = ProposedChange::make(document, id(10 + device as u8), NOW, vec![write]).unwrap();
                    outbox.extend(made.map(|(change, _)| change));
                }
                Act::Hear(device) => devices[device].0.merge(&server).unwrap(),
                Act::Push(device) => {
                    let batch = std::mem::take(&mut devices[device].1);
                    let (after, accepted) = take(&server, &batch, MARIEKE).map_err(|r| TestCaseError::fail(format!("{r:?}")))?;
                    prop_assert_eq!(accepted.len(), batch.len());
                    server = after;
                }
            }
        }
        prop_assert!(Document::load(&server.save()).is_ok_and(|d| d.heads() == server.heads()));
        for (device, _) in &mut devices {
            device.merge(&server).unwrap();
            prop_assert_eq!(device.heads(), server.heads());
        }
    }

    #[test]
    fn no_bytes_of_a_device_bring_the_server_down(bytes in prop::collection::vec(any::<u8>(), 0..400), at in any::<prop::sample::Index>(), with in any::<u8>()) {
        use documents::protocol::{ToServer, decode, encode};
        // Whatever it reads there, it must not panic and must not take it for a change.
        if let Ok(ToServer::Push { changes, .. }) = decode::<ToServer>(&bytes) {
            prop_assert!(take(&blank(), &changes, MARIEKE).map_or(true, |(_, accepted)| accepted.is_empty()));
        }
        let change = propose(&mut blank(), 3, answer("moved", AnswerValue::Yes, MARIEKE.person));
        let push = ToServer::Push { document: DocumentId::from_bytes(id(1)), batch: 1, changes: vec![change.clone()] };
        let mut frame = encode(&push);
        let at = at.index(frame.len());
        frame[at] = with;
        if let Ok(ToServer::Push { changes, .. }) = decode::<ToServer>(&frame)
            && let Ok((after, accepted)) = take(&blank(), &changes, MARIEKE)
        {
            prop_assert!(Document::load(&after.save()).is_ok());
            prop_assert!(accepted.iter().all(|a| a.hash == change.hash), "only the honest change passes");
        }
    }
}

#[test]
fn a_receipt_for_other_bytes_is_none_for_the_attachment() {
    use documents::dossier::DossierYear;
    let id_of_file = AttachmentId::from_bytes(id(5));
    let received = |hash: u8| {
        let (mut firm, mut client) = (Document::blank(Party::Firm).unwrap().0, blank());
        client.write(&id(3), NOW, &[Write::of(&id_of_file, &attachment(MARIEKE.person))]).unwrap();
        let hash = ContentHash([hash; 32]);
        let receipt = Receipt { at: NOW, hash, size: 10, media_type: "application/pdf".into() };
        firm.write(&id(4), NOW, &[Write::of(&id_of_file, &receipt)]).unwrap();
        DossierYear::read(Some(&firm), Some(&client)).attachments[0].receipt.is_some()
    };
    assert!(received(1));
    assert!(!received(2));
}
