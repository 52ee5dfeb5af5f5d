//! Each message of the protocol in JSON and in its bytes. An app that is months old must still understand the server,
//! so that what stands in a snapshot may be added to and never changes.

use documents::{
    document::Document,
    protocol::{Capabilities, DocumentInfo, ToDevice, ToServer, VERSION, decode, encode},
    replay::{ProposedChange, Reason},
};
use insta::assert_snapshot;
use model::{
    checklist::{AnswerKey, AnswerValue},
    id::*,
    record::Answer,
    section::{Party, Section, Write},
    time::{TaxYear, Timestamp},
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);

/// Returns a change as a device makes it, and its raw bytes.
fn change() -> (ProposedChange, Vec<u8>) {
    let (mut document, _) = Document::blank(Party::Client).unwrap();
    let checklist = ChecklistId::from_bytes([2; 16]);
    let key = AnswerKey { checklist, question: "koopwoning".into(), person: None, row: None };
    let at = Timestamp(1_772_442_000_000);
    let answer = Answer { value: AnswerValue::Yes, by: PersonId::from_bytes([3; 16]), at };
    let write = Write::of(&key, &answer);
    let (change, raw) = ProposedChange::make(&mut document, [4; 16], at, vec![write]).unwrap().unwrap();
    (change, raw.bytes)
}

/// Writes a message down, after making sure that its bytes say the same again.
fn written<M: Serialize + DeserializeOwned + Debug + PartialEq>(message: &M) -> String {
    let bytes = encode(message);
    assert_eq!(decode::<M>(&bytes).as_ref(), Ok(message));
    let hexadecimal: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}\n{hexadecimal}", serde_json::to_string(message).unwrap())
}

fn all_written<M: Serialize + DeserializeOwned + Debug + PartialEq>(messages: &[M]) -> String {
    messages.iter().map(written).collect::<Vec<_>>().join("\n\n")
}

/// Does not compile once there is a message that the snapshots below do not have.
fn is_in_a_snapshot(to_server: &ToServer, to_device: &ToDevice) -> bool {
    let is_known_to_server = match to_server {
        ToServer::Hello { .. } | ToServer::Push { .. } | ToServer::AskClock => true,
    };
    let is_known_to_device = match to_device {
        ToDevice::Documents(_)
        | ToDevice::Snapshot { .. }
        | ToDevice::Changes { .. }
        | ToDevice::Refused { .. }
        | ToDevice::TooOld
        | ToDevice::Welcome(_)
        | ToDevice::Clock(_) => true,
    };
    is_known_to_server && is_known_to_device
}

#[test]
fn what_a_device_says_to_the_server_is_said_as_before() {
    let hello = ToServer::Hello { version: VERSION, app_version: "0.1.0".into(), documents: vec![(DOCUMENT, 300)] };
    let push = ToServer::Push { document: DOCUMENT, batch: 7, changes: vec![change().0] };
    assert!(is_in_a_snapshot(&push, &ToDevice::TooOld));
    assert_snapshot!("to_server", all_written(&[hello, push, ToServer::AskClock]));
}

#[test]
fn what_the_server_says_to_a_device_is_said_as_before() {
    let info = |party| DocumentInfo {
        document: DOCUMENT,
        client: ClientId::from_bytes([5; 16]),
        tax_year: TaxYear(2025),
        party,
    };
    let messages = [
        ToDevice::Documents(vec![info(Party::Firm), info(Party::Client)]),
        ToDevice::Snapshot { document: DOCUMENT, seq: 300, bytes: vec![6; 4] },
        ToDevice::Changes { document: DOCUMENT, from_seq: 301, changes: vec![change().1] },
        ToDevice::Refused { document: DOCUMENT, batch: 7, index: 0, reason: Reason::OtherHash },
        ToDevice::TooOld,
        ToDevice::Welcome(Capabilities::of_this_release()),
        ToDevice::Clock(Timestamp(1_772_442_000_000)),
    ];
    assert_snapshot!("to_device", all_written(&messages));
}

#[test]
fn a_reason_and_a_section_have_the_numbers_that_they_had() {
    let reasons = [
        Reason::TooLarge,
        Reason::UnknownDependency,
        Reason::WrongParty,
        Reason::Malformed,
        Reason::WrongAuthor,
        Reason::NotAllowed,
        Reason::WrittenOnce,
        Reason::NoEffect,
        Reason::OtherHash,
        Reason::WrongActor,
        Reason::UnknownDocument,
        Reason::ServerFailure,
        Reason::UnknownSubject,
        Reason::TooOften,
        Reason::WrongClock,
        Reason::TooManyHeads,
        Reason::DocumentFull,
        Reason::DailyBudget,
    ];
    let sections: Vec<_> = Section::ALL.iter().filter(|section| section.party() == Party::Client).copied().collect();
    assert_snapshot!("numbers", format!("{}\n\n{}", all_written(&reasons), all_written(&sections)));
}
