//! Tests of the console in process: tax returns, who approved them and the evidence.

use axum::http::StatusCode;
use model::{id::*, record::*};
use storage::{
    clock::random,
    db::{DbError, PersonRow},
};
use testkit::{
    desk::{Desk, PAGE, assert_redirect, pdf},
    harness::TestApp,
};

#[tokio::test]
async fn a_return_with_mistakes_is_not_set_out() {
    let mut desk = Desk::new().await;
    let [marieke, thomas] = desk.home.people.clone();
    let mut fields = desk.revision_fields();
    for (name, value) in &mut fields {
        if *name == format!("outcome_{}", marieke.id) {
            "twaalf".clone_into(value);
        }
        if *name == format!("outcome_{}", thomas.id) {
            value.clear();
        }
    }
    let answer = desk.upload(&fields, None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for expected in ["Dit is geen bedrag", "Vul het bedrag in", "Kies de PDF", r#"value="twaalf""#, r#"value="46.900""#]
    {
        assert!(answer.text().contains(expected), "{expected}");
    }
    let sound = desk.revision_fields();
    for bytes in [b"GIF89a no pdf".as_slice(), b"%PDF-1.7 cut off", b""] {
        let answer = desk.upload(&sound, Some(bytes)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
        assert!(answer.text().contains("aangifte-file-fout") && answer.text().contains(r#"value="1.842""#));
    }
    assert!(desk.year().revisions.is_empty());
}

#[tokio::test]
async fn a_return_that_is_too_large_is_said_at_the_field_and_the_form_keeps_what_was_typed() {
    let app = TestApp::with(|config| config.max_upload = 300_000);
    let mut desk = Desk::at(app).await;
    let mut large = pdf("1");
    large.resize(300_001, b' ');
    let fields = desk.revision_fields();
    let answer = desk.upload(&fields, Some(&large)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("te groot") && answer.text().contains(r#"value="1.842""#));
    let huge = vec![b' '; 2_000_000];
    assert_eq!(desk.upload(&fields, Some(&huge)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(desk.year().revisions.is_empty());
    // This is more than other pages accept, and within the limit.
    large.truncate(299_999);
    let answer = desk.upload(&fields, Some(&large)).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
}

#[tokio::test]
async fn an_approval_is_shown_with_evidence_that_can_be_checked_again() {
    let mut desk = Desk::new().await;
    let [marieke, thomas] = desk.home.people.clone();
    let (mut hers, mut his) = (desk.app.person_browser(&marieke).await, desk.app.person_browser(&thomas).await);
    let revision = desk.set_out_revision("1").await;
    let approval = desk.approve(&mut hers, &marieke, revision).await;
    let html = desk.page(&format!("{PAGE}/akkoord")).await;
    for expected in
        ["Gecontroleerd en geldig", "€ 1.842 terug", "€ 558,50 te betalen", "Aangifte IB 2025, versie 1", "48.210"]
    {
        assert!(html.contains(expected), "{expected}");
    }
    assert!(!html.contains("Markeer als verstuurd"), "one of two is not all");
    let early = desk.browser.submit(&format!("{PAGE}/akkoord/{revision}/verstuurd"), &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.text().contains("Nog niet iedereen is akkoord"));

    let evidence = desk.browser.get(&format!("{PAGE}/akkoord/bewijs/{approval}.zip")).await;
    let proven = proof::evidence::verify(&evidence.body).expect("a pack that holds");
    assert!(proven.counts && proven.approval.by == marieke.id);

    desk.approve(&mut his, &thomas, revision).await;
    assert!(desk.page("/kantoor").await.contains("Iedereen akkoord"));
    assert!(desk.page(&format!("{PAGE}/akkoord")).await.contains("Markeer als verstuurd"));
    let filed = desk.browser.submit(&format!("{PAGE}/akkoord/{revision}/verstuurd"), &[]).await;
    assert_redirect(&filed, &format!("{PAGE}/akkoord"));
    assert!(desk.page(&format!("{PAGE}/akkoord")).await.contains("Verstuurd aan de Belastingdienst"));
}

#[tokio::test]
async fn a_new_revision_voids_the_one_before_it_visibly() {
    let mut desk = Desk::new().await;
    let [marieke, thomas] = desk.home.people.clone();
    let (mut hers, mut his) = (desk.app.person_browser(&marieke).await, desk.app.person_browser(&thomas).await);
    let first = desk.set_out_revision("1").await;
    desk.approve(&mut hers, &marieke, first).await;
    let decline =
        Decline { revision: first, by: thomas.id, at: desk.app.now(), reason: "De WOZ-waarde klopt niet".into() };
    desk.write(&mut his, &DeclineId::from_random(random()), &decline).await;
    assert!(desk.page(&format!("{PAGE}/akkoord")).await.contains("“De WOZ-waarde klopt niet”"));
    desk.set_out_revision("2").await;
    let html = desk.page(&format!("{PAGE}/akkoord")).await;
    for expected in [
        "Aangifte IB 2025, versie 2",
        "Eerdere versies",
        "Marieke gaf akkoord, ",
        "Thomas: “De WOZ-waarde klopt niet”",
        "Vervallen",
    ] {
        assert!(html.contains(expected), "{expected}");
    }
    assert!(!html.contains("Gecontroleerd en geldig"), "nothing said of version 1 counts for version 2");
}

#[tokio::test]
async fn each_is_asked_with_the_firms_statement_in_their_own_language() {
    let mut desk = Desk::new().await;
    let first = desk.set_out_revision("1").await;
    let mut firm = desk.home.firm.clone();
    firm.statement_nl = "Ik heb alles gelezen en ga akkoord.".into();
    let changed = firm.clone();
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_firm(&changed)).unwrap();
    let second = desk.set_out_revision("2").await;
    let year = desk.year();
    let [marieke, thomas] = &desk.home.people;
    let asked =
        |revision, person: &PersonRow| year.revision(revision).unwrap().consents[&person.id].request.statement.clone();
    assert_eq!(asked(first, marieke), desk.home.firm.statement_nl, "what was asked stays what it was");
    assert_eq!(asked(second, marieke), firm.statement_nl);
    assert_eq!(asked(second, thomas), firm.statement_en, "who reads English agrees in English");
}
