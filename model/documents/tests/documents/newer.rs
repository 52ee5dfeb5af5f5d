//! Tests of records that a newer release wrote: they are kept, reported, and never overwritten.

use automerge::{AutoCommit, ObjType, ROOT, transaction::Transactable};
use documents::{
    document::{Document, DocumentError, UnknownRecord},
    dossier::DossierYear,
    protocol::Capabilities,
    replay::{Author, ProposedChange, Reason},
};
use model::{
    checklist::{AnswerKey, AnswerValue},
    id::*,
    record::{Answer, Cover, FirmReading, Role},
    section::{ClientRecord, Party, Section, Write},
    time::Timestamp,
};
use serde_json::Value;
use std::collections::BTreeSet;

const ID: &str = "01010101-0101-4101-8101-010101010101";
const BY: PersonId = PersonId::from_bytes([3; 16]);

/// Returns a record of each section with all that it can say, with `ID` for each identifier.
fn sample(section: Section) -> String {
    let file = r#"{"name":"a.pdf","size":1,"hash":"HASH","pages":1}"#;
    let assertion = r#"{"credential":"AA","authenticator_data":"AA","client_data":"AA","signature":"AA"}"#;
    let json = match section {
        Section::Answers => r#"{"value":{"text":"a"},"by":"ID","at":1}"#.to_owned(),
        Section::Attachments => r#"{"name":"a","media_type":"b","size":1,"hash":"HASH","by":"ID","at":1}"#.to_owned(),
        Section::Withdrawals | Section::ProposalWithdrawals | Section::Openings => r#"{"by":"ID","at":1}"#.to_owned(),
        Section::HandIns => r#"{"checklist":"ID","by":"ID","at":1}"#.to_owned(),
        Section::Approvals => {
            let signed = r#"[{"revision":"ID","content":"HASH","statement":"HASH","nonce":"HASH"}]"#;
            format!(r#"{{"revision":"ID","by":"ID","at":1,"signed":{signed},"assertion":{assertion}}}"#)
        }
        Section::Declines => r#"{"revision":"ID","by":"ID","at":1,"reason":"a"}"#.to_owned(),
        Section::Messages => r#"{"by":"ID","at":1,"body":"a"}"#.to_owned(),
        Section::ItemReplies => r#"{"reply":{"dont_have":"a"},"by":"ID","at":1}"#.to_owned(),
        Section::Readings => r#"{"by":"ID","at":1,"through":1}"#.to_owned(),
        Section::Preferences => r#"{"by":"ID","at":1,"language":"nl","reminders":true,"messages":true}"#.to_owned(),
        Section::Proposals => {
            r#"{"by":"ID","at":1,"person":"ID","circumstance":"move","changes":[{"field":"city","old":"a","new":"b"}]}"#
                .to_owned()
        }
        Section::ApprovalWithdrawals => r#"{"by":"ID","at":1,"reason":"a"}"#.to_owned(),
        Section::Countersignatures => format!(r#"{{"approval":"ID","by":"ID","at":1,"assertion":{assertion}}}"#),
        Section::PaymentReports => r#"{"is_paid":true,"by":"ID","at":1}"#.to_owned(),
        Section::Cover => r##"{"firm":{"name":"a","phone":"b","accent":"#000000"},
            "advisor":{"name":"a","given_name":"b","hours":""},"client_number":"1","tax_year":2025}"##
            .to_owned(),
        Section::People => r#"{"name":"a","given_name":"b","role":"filler","language":"en"}"#.to_owned(),
        Section::Checklists => r#"{"template":{"id":"a","version":1,"year":2025,"title":{"nl":"a","en":"b"},
            "sections":[{"id":"a","title":{"nl":"a","en":"b"},"questions":[{"id":"a","kind":"choice",
            "text":{"nl":"a","en":"b"},"options":[{"id":"a","text":{"nl":"a","en":"b"}}],
            "when":{"is":{"question":"b","any_of":["yes"]}}}]}]}}"#
            .to_owned(),
        Section::Tasks => r#"{"kind":{"document_request":[{"title":"a","year":2025}]},
            "title":{"nl":"a","en":"b"},"asked_by":"a","at":1}"#
            .to_owned(),
        Section::Closings => r#"{"at":1,"withdrawn":false}"#.to_owned(),
        Section::Revisions => format!(
            r#"{{"tax_returns":["ID"],"number":1,"file":{file},
            "results":[{{"tax_return":"ID","of":"tax","amount":1}}],
            "figures":[{{"label":"a","this_year":1}}],"enough":"all","by":"a","at":1}}"#
        ),
        Section::Requests => r#"{"nonce":"HASH","capacity":"heir","signer":"a","statement":"b","at":1}"#.to_owned(),
        Section::Voids => r#"{"at":1,"replaced_by":"ID"}"#.to_owned(),
        Section::Filings => r#"{"at":1,"by":"a"}"#.to_owned(),
        Section::TaxReturns => r#"{"taxpayer":{"person":"ID"},"taxpayer_name":"a","kind":"ob","period":"2026-Q2",
            "number":1,"at":1}"#
            .to_owned(),
        Section::Receipts => r#"{"at":1,"hash":"HASH","size":1,"media_type":"a"}"#.to_owned(),
        Section::Verdicts | Section::CounterVerdicts => r#"{"at":1,"finding":"verified"}"#.to_owned(),
        Section::FirmMessages => format!(r#"{{"by":"a","at":1,"body":"b","files":[{file}]}}"#),
        Section::FirmReadings => r#"{"by":"a","at":1,"through":1}"#.to_owned(),
        Section::Reviews | Section::Intakes => r#"{"outcome":"accepted","by":"a","at":1}"#.to_owned(),
        Section::Reopenings => r#"{"at":1,"by":"a"}"#.to_owned(),
        Section::Deliveries => format!(
            r#"{{"kind":{{"assessment":{{"person":"ID","amount":1}}}},"title":"a","file":{file},"by":"b","at":1}}"#
        ),
        Section::Details => r#"{"fields":{"city":"a"}}"#.to_owned(),
        Section::ProposalReplies => r#"{"taken_over":true,"by":"a","at":1}"#.to_owned(),
        Section::Rulings => r#"{"accepted":true,"by":"a","at":1,"remark":"b"}"#.to_owned(),
        Section::Recalls => r#"{"reason":"a","by":"b","at":1}"#.to_owned(),
        Section::PaperApprovals => format!(r#"{{"file":{file},"signed_on":"2026-01-01","by":"a","at":1}}"#),
    };
    json.replace("ID", ID).replace("HASH", &"0".repeat(64))
}

/// Returns the value once for each object in it, with a field that nobody knows in that object.
fn with_a_new_field(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => {
            let mut all = Vec::new();
            let mut own = fields.clone();
            own.insert("brand_new".to_owned(), Value::from(1));
            all.push(Value::Object(own));
            for (name, inner) in fields {
                all.extend(with_a_new_field(inner).into_iter().map(|changed| {
                    let mut outer = fields.clone();
                    outer.insert(name.clone(), changed);
                    Value::Object(outer)
                }));
            }
            all
        }
        Value::Array(items) => (0..items.len())
            .flat_map(|at| {
                with_a_new_field(&items[at]).into_iter().map(move |changed| {
                    let mut outer = items.clone();
                    outer[at] = changed;
                    Value::Array(outer)
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_field_that_is_not_known_is_never_passed_over() {
    for section in Section::ALL {
        let json = sample(*section);
        section.try_reading(&json).unwrap_or_else(|error| panic!("{}: {json}: {error}", section.name()));
        let newer = with_a_new_field(&serde_json::from_str(&json).unwrap());
        assert!(!newer.is_empty(), "{}", section.name());
        for json in newer {
            assert!(section.try_reading(&json.to_string()).is_err(), "{}: {json}", section.name());
        }
    }
}

/// If this snapshot changes, a field is new: raise `REVISION` of its record with it, and let its `revision()`
/// say which records use what is new. Otherwise a device would send it to a server that cannot read it.
#[test]
fn the_fields_of_what_clients_write_are_those_of_its_revision() {
    let mut all = String::new();
    for section in Section::ALL.iter().filter(|section| section.party() == Party::Client) {
        all += &format!("{} {}\n", section.name(), section.revision());
        let mut known = BTreeSet::new();
        for json in with_a_new_field(&serde_json::from_str(&sample(*section)).unwrap()) {
            let error = section.try_reading(&json.to_string()).unwrap_err().to_string();
            known.insert(error.split(" at line").next().unwrap_or_default().to_owned());
        }
        for what in known {
            all += &format!("    {what}\n");
        }
    }
    insta::assert_snapshot!(all);
}

fn key() -> AnswerKey {
    AnswerKey { checklist: ChecklistId::from_bytes([1; 16]), question: "moved".into(), person: None, row: None }
}

fn answered(at: i64) -> Write {
    Write::of(&key(), &Answer { value: AnswerValue::Yes, by: BY, at: Timestamp(at) })
}

/// Returns a document of the client in which a newer release wrote `value`.
fn written_by_a_newer_release(section: &str, key: &str, value: &str) -> Document {
    let (mut document, _) = Document::blank(Party::Client).unwrap();
    document.write(&[7; 16], Timestamp(1), &[answered(1)]).unwrap();
    let mut newer = AutoCommit::load(&document.save()).unwrap();
    let map = match automerge::ReadDoc::get(&newer, ROOT, section).unwrap() {
        Some((_, map)) => map,
        None => newer.put_object(ROOT, section, ObjType::Map).unwrap(),
    };
    newer.put(&map, key, value).unwrap();
    Document::load(&newer.save()).unwrap()
}

#[test]
fn a_record_with_a_new_field_or_variant_is_reported_and_not_written_again() {
    for value in [
        format!(r#"{{"value":"yes","by":"{ID}","at":2,"sure":true}}"#),
        format!(r#"{{"value":{{"colour":"red"}},"by":"{ID}","at":2}}"#),
    ] {
        let mut document = written_by_a_newer_release("answers", &key().to_string(), &value);
        let year = DossierYear::read(None, Some(&document));
        let unknown = UnknownRecord { section: Some(Section::Answers), key: key().to_string() };
        assert_eq!(year.unknown, [unknown]);
        assert!(year.is_unknown::<Answer>(&key()) && year.answers.at(&key()).is_empty());

        let before = document.heads();
        let refused = document.write(&[8; 16], Timestamp(3), &[answered(3)]);
        assert!(matches!(refused, Err(DocumentError::UnknownRecord)), "{refused:?}");
        assert_eq!(document.heads(), before, "what was there is there as it was");
        let other = AnswerKey { question: "home".into(), ..key() };
        let answer = Answer { value: AnswerValue::No, by: BY, at: Timestamp(3) };
        document.write(&[8; 16], Timestamp(3), &[Write::of(&other, &answer)]).unwrap();
        let again = DossierYear::read(None, Some(&Document::load(&document.save()).unwrap()));
        assert_eq!((again.unknown.len(), again.answers.at(&other).len()), (1, 1), "the rest goes on");
    }
}

#[test]
fn a_section_that_is_not_known_is_reported_and_kept() {
    let document = written_by_a_newer_release("yachts", "a", "{}");
    let year = DossierYear::read(None, Some(&document));
    assert_eq!(year.unknown, [UnknownRecord { section: None, key: "a".to_owned() }]);
    assert_eq!(year.answers.at(&key()).len(), 1);
    let loaded = Document::load(&document.save()).unwrap();
    assert_eq!(DossierYear::read(None, Some(&loaded)), year);
}

/// Returns a key under which the sample of a section can stand.
fn key_of(section: Section) -> String {
    match section {
        Section::Answers | Section::Reviews => key().to_string(),
        Section::ItemReplies => format!("{ID}/0"),
        Section::Openings | Section::Requests | Section::PaperApprovals | Section::Filings => format!("{ID}/{ID}"),
        Section::Recalls => format!("revision/{ID}"),
        Section::Cover => Cover::KEY.to_owned(),
        Section::FirmReadings => FirmReading::KEY.to_owned(),
        _ => ID.to_owned(),
    }
}

/// A section that nobody reads would be written in vain.
#[test]
fn every_section_is_read() {
    for broken in Section::ALL {
        let of = |party| {
            let (mut document, _) = Document::blank(party).unwrap();
            let sections = Section::ALL.iter().filter(|section| section.party() == party);
            let mut writes: Vec<_> = sections
                .map(|section| Write { section: *section, key: key_of(*section), value: sample(*section) })
                .collect();
            if broken.party() == party {
                writes.push(Write { section: *broken, key: "broken".to_owned(), value: "broken".to_owned() });
            }
            document.write(&[7; 16], Timestamp(1), &writes).unwrap();
            document
        };
        let year = DossierYear::read(Some(&of(Party::Firm)), Some(&of(Party::Client)));
        assert_eq!(year.unknown, [UnknownRecord { section: Some(*broken), key: "broken".to_owned() }]);
    }
}

#[test]
fn an_older_server_refuses_what_it_does_not_know_and_a_device_can_tell_beforehand() {
    let newer = [
        Write { value: format!(r#"{{"value":"yes","by":"{BY}","at":1,"sure":true}}"#), ..answered(1) },
        Write { value: format!(r#"{{"value":"perhaps","by":"{BY}","at":1}}"#), ..answered(1) },
    ];
    for write in newer {
        assert_eq!(ClientRecord::read(&write), None);
        let (server, _) = Document::blank(Party::Client).unwrap();
        let mut device = server.clone();
        let (change, _) = ProposedChange::make(&mut device, [7; 16], Timestamp(1), vec![write]).unwrap().unwrap();
        let author = Author { person: BY, role: Role::Approver };
        assert_eq!(crate::household::take(&server, &[change], author).unwrap_err().reason, Reason::Malformed);
    }
    let mut capabilities = Capabilities::of_this_release();
    assert!(capabilities.take(&answered(1)));
    capabilities.0.insert("answers".to_owned(), 0);
    assert!(!capabilities.take(&answered(1)), "of a lower revision");
    capabilities.0.remove("answers");
    assert!(!capabilities.take(&answered(1)), "without the section");
}
