//! What the pages of an evidence pack and its check say, and the sheet with the answers of a checklist.

use super::assert_as_before;
use dossiers::evidence::{Material, collect, make};
use model::{
    approval::{Nonce, SignedRevision},
    checklist::{AnswerKey, AnswerValue},
    hash::ContentHash,
    id::*,
    language::Language,
    record::*,
};
use proof::{
    evidence::{text, verify, zip},
    seal::Seal,
};
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR},
    transcript::{Names, text_of_pdf},
};

/// Replaces everything random in the contents of a pack, so that its pages always say the same.
fn without_randomness(mut material: Material) -> Material {
    material.person.id = PersonId::from_bytes([1; 16]);
    material.request.nonce = Nonce([2; 32]);
    material.revision.file.hash = ContentHash([3; 32]);
    for one in &mut material.approval.signed {
        let (revision, statement) = (RevisionId::from_bytes([6; 16]), ContentHash([8; 32]));
        *one = SignedRevision { revision, content: ContentHash([3; 32]), statement, nonce: Nonce([2; 32]) };
    }
    for (link, ..) in &mut material.records {
        link.document = DocumentId::from_bytes([4; 16]);
        link.change = ContentHash([5; 32]);
    }
    material
}

/// Compares what the pages of a pack and its check say.
fn compare(console: &ConsolePage, approval: ApprovalId, name: &str) {
    let state = &console.app.state;
    let party = state.dossiers.relying_party();
    let material = collect(&state.dossiers, console.home.client.id, YEAR, approval, None).unwrap();
    let outcome = verify(&make(&material, party, &state.seal).unwrap());
    let pack = make(&without_randomness(material), party, &Seal::of(&[7; 32]).unwrap()).unwrap();
    let parts = zip::read(&pack).unwrap();
    for (language, page) in [(Language::Nl, "bewijs.nl.pdf"), (Language::En, "evidence.en.pdf")] {
        let (_, pdf) = parts.iter().find(|(name, _)| *name == page).unwrap();
        let check = Names::default().name(&text::lines(&outcome, language).join("\n"));
        let text = format!("{}\n---- akkoord-verify ----\n\n{check}", text_of_pdf(pdf));
        assert_as_before("evidence", &format!("{name}.{}", language.tag()), &text);
    }
}

#[tokio::test]
async fn the_evidence_of_an_approval_says_what_it_said() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let mut his = console.app.person_browser(&thomas).await;
    let revision = console.set_out_revision("1").await;
    let by_passkey = console.approve(&mut hers, &marieke, revision).await;
    compare(&console, by_passkey, "passkey");

    let key = his.certified_key(thomas.id).await;
    let challenge = testkit::consent::asked(&console, thomas.id, revision);
    let by_device = ApprovalId::from_random([8; 16]);
    let signature = key.sign(&challenge);
    let at = console.app.now();
    console.write(&mut his, &PerPerson { revision, person: thomas.id }, &Opening { by: thomas.id, at }).await;
    let signed = testkit::consent::to_sign(&console, thomas.id, &[revision]);
    let approval = Approval { revision, by: thomas.id, at, signed, signature };
    console.write(&mut his, &by_device, &approval).await;
    compare(&console, by_device, "device-key");

    let withdrawal = ApprovalWithdrawal { by: marieke.id, at: console.app.now(), reason: "Ik mis iets".into() };
    console.write(&mut hers, &by_passkey, &withdrawal).await;
    console.set_out_revision("2").await;
    compare(&console, by_passkey, "taken-back");
}

#[tokio::test]
async fn the_sheet_with_the_answers_says_what_it_said() {
    let mut console = ConsolePage::new().await;
    let checklist = console.set_out_checklist().await;
    let mut browser = console.app.person_browser(&console.home.people[0]).await;
    let by = console.home.people[0].id;
    for (question, value) in
        [("koopwoning", AnswerValue::Yes), ("spaarsaldo", AnswerValue::Text("=1+1; \"veel\"".into()))]
    {
        let key = AnswerKey { checklist, question: question.into(), person: None, row: None };
        console.write(&mut browser, &key, &Answer { value, by, at: console.app.now() }).await;
    }
    let key = AnswerKey { checklist, question: "koopwoning".into(), person: None, row: None }.to_string();
    let judgement = [("key", key.as_str()), ("outcome", "sent_back"), ("remark", "Sinds wanneer?")];
    console.browser.submit(&format!("{PAGE}/checklist/{checklist}/beoordelen"), &judgement).await;
    let out = format!("{PAGE}/checklist/{checklist}/antwoorden");
    let pdf = console.browser.get(&format!("{out}/pdf")).await;
    assert_as_before("answers", "sheet", &text_of_pdf(&pdf.body));
    let csv = console.page(&format!("{out}/csv")).await;
    assert_as_before("answers", "csv", &csv.replace("\r\n", "\n"));
    let mut json: serde_json::Value = console.browser.get(&format!("{out}/json")).await.json();
    // The questions without an answer look alike.
    json["answers"].as_array_mut().unwrap().retain(|place| place["answers"] != serde_json::json!([]));
    assert_as_before("answers", "json", &format!("{:#}", Names::default().name_json(&json)));
}
