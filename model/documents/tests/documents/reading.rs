//! Tests that a year that is read a second time is the same as one that is read for the first time.

use documents::{document::Document, dossier::DossierYear};
use model::{
    checklist::{AnswerKey, AnswerValue, Template},
    id::*,
    record::{Answer, Checklist},
    section::{Party, Write},
    time::Timestamp,
};

const JSON: &str = include_str!("../../../../assets/checklists/vpb-2025.json");

#[test]
fn a_checklist_that_is_known_is_kept_and_a_new_one_is_read() {
    let mut firm = Document::blank(Party::Firm).unwrap().0;
    let mut client = Document::blank(Party::Client).unwrap().0;
    let checklist = Checklist::of(Template::from_json(JSON).unwrap());
    let (first, second) = (ChecklistId::from_bytes([1; 16]), ChecklistId::from_bytes([2; 16]));
    let mut seen = DossierYear::default();
    for (n, id) in [first, second].into_iter().enumerate() {
        let at = Timestamp(i64::try_from(n).unwrap());
        firm.write(&[7; 16], at, &[Write::of(&id, &checklist)]).unwrap();
        seen = seen.read_again(Some(&firm), Some(&client));
        assert_eq!(seen, DossierYear::read(Some(&firm), Some(&client)), "after checklist {n}");
        assert_eq!(seen.checklists.len(), n + 1);

        let key = AnswerKey { checklist: id, question: "naam".into(), person: None, row: None };
        let answer = Answer { value: AnswerValue::Unknown, by: PersonId::from_bytes([3; 16]), at };
        client.write(&[8; 16], at, &[Write::of(&key, &answer)]).unwrap();
        let again = seen.read_again(Some(&firm), Some(&client));
        assert_eq!(again, DossierYear::read(Some(&firm), Some(&client)), "after answer {n}");
        assert!(std::sync::Arc::ptr_eq(&again.checklists[&id], &seen.checklists[&id]), "read once");
        seen = again;
    }
    assert_eq!(seen.answers.given.len(), 2);
}
