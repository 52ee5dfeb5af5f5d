//! Tests of the console in process: tax returns, who approved them and the evidence.

use axum::http::StatusCode;
use model::{id::*, record::*};
use storage::{
    clock::random,
    db::{DbError, PersonRow},
};
use testkit::{
    console_page::{ConsolePage, PAGE, assert_redirect, pdf},
    harness::TestApp,
};

#[tokio::test]
async fn a_return_with_mistakes_is_not_set_out() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let mut fields = console.revision_fields();
    for (name, value) in &mut fields {
        if *name == format!("outcome_{}", marieke.id) {
            "twaalf".clone_into(value);
        }
        if *name == format!("outcome_{}", thomas.id) {
            "55-8".clone_into(value);
        }
    }
    let answer = console.upload(&fields, None).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for expected in ["Dit is geen bedrag", "Kies de PDF", r#"value="twaalf""#, r#"value="46.900""#] {
        assert!(answer.text().contains(expected), "{expected}");
    }
    let sound = console.revision_fields();
    for bytes in [b"GIF89a no pdf".as_slice(), b"%PDF-1.7 cut off", b""] {
        let answer = console.upload(&sound, Some(bytes)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text());
        assert!(answer.text().contains("aangifte-file-fout") && answer.text().contains(r#"value="1.842""#));
    }
    assert!(console.year().revisions.is_empty());
}

#[tokio::test]
async fn a_return_that_is_too_large_is_said_at_the_field_and_the_form_keeps_what_was_typed() {
    let app = TestApp::with(|config| config.max_upload = 300_000);
    let mut console = ConsolePage::at(app).await;
    let mut large = pdf("1");
    large.resize(300_001, b' ');
    let fields = console.revision_fields();
    let answer = console.upload(&fields, Some(&large)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("te groot") && answer.text().contains(r#"value="1.842""#));
    let huge = vec![b' '; 2_000_000];
    assert_eq!(console.upload(&fields, Some(&huge)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(console.year().revisions.is_empty());
    // This is more than other pages accept, and within the limit.
    large.truncate(299_999);
    let answer = console.upload(&fields, Some(&large)).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
}

#[tokio::test]
async fn an_approval_is_shown_with_evidence_that_can_be_checked_again() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let (mut hers, mut his) = (console.app.person_browser(&marieke).await, console.app.person_browser(&thomas).await);
    let revision = console.set_out_revision("1").await;
    let approval = console.approve(&mut hers, &marieke, revision).await;
    let html = console.page(&format!("{PAGE}/akkoord")).await;
    for expected in
        ["Gecontroleerd en geldig", "€ 1.842 terug", "€ 558,50 te betalen", "Aangifte IB 2025, versie 1", "48.210"]
    {
        assert!(html.contains(expected), "{expected}");
    }
    assert!(!html.contains("Markeer als verstuurd"), "one of two is not all");
    let early = console.browser.submit(&format!("{PAGE}/akkoord/{revision}/verstuurd"), &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.text().contains("Nog niet iedereen is akkoord"));

    let evidence = console.browser.get(&format!("{PAGE}/akkoord/bewijs/{approval}.zip")).await;
    let proven = proof::evidence::verify(&evidence.body).expect("a pack that holds");
    assert!(proven.counts && proven.approval.by == marieke.id);

    console.approve(&mut his, &thomas, revision).await;
    assert!(console.page("/kantoor").await.contains("Iedereen akkoord"));
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains("Markeer als verstuurd"));
    let filed = console.browser.submit(&format!("{PAGE}/akkoord/{revision}/verstuurd"), &[]).await;
    assert_redirect(&filed, &format!("{PAGE}/akkoord"));
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains("Verstuurd aan de Belastingdienst"));
}

#[tokio::test]
async fn a_new_revision_voids_the_one_before_it_visibly() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let (mut hers, mut his) = (console.app.person_browser(&marieke).await, console.app.person_browser(&thomas).await);
    let first = console.set_out_revision("1").await;
    console.approve(&mut hers, &marieke, first).await;
    let decline =
        Decline { revision: first, by: thomas.id, at: console.app.now(), reason: "De WOZ-waarde klopt niet".into() };
    console.write(&mut his, &DeclineId::from_random(random()), &decline).await;
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains("“De WOZ-waarde klopt niet”"));
    console.set_out_revision("2").await;
    let html = console.page(&format!("{PAGE}/akkoord")).await;
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
    let mut console = ConsolePage::new().await;
    let first = console.set_out_revision("1").await;
    let mut firm = console.home.firm.clone();
    firm.statement_nl = "Ik heb alles gelezen en ga akkoord.".into();
    let changed = firm.clone();
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_firm(&changed)).unwrap();
    let second = console.set_out_revision("2").await;
    let year = console.year();
    let [marieke, thomas] = &console.home.people;
    let asked =
        |revision, person: &PersonRow| year.revision(revision).unwrap().consents[&person.id].request.statement.clone();
    let ends = |revision, person: &PersonRow, of_firm: &str| {
        let statement = asked(revision, person);
        assert!(statement.ends_with(of_firm) && statement.contains(&person.name), "{statement}");
        statement
    };
    ends(first, marieke, &console.home.firm.statement_nl);
    let hers = ends(second, marieke, &firm.statement_nl);
    assert!(hers.starts_with("Aangifte inkomstenbelasting, 2025, van Marieke Jansen en Thomas "), "{hers}");
    let his = ends(second, thomas, &firm.statement_en);
    assert!(his.starts_with("Income tax return, 2025, of Marieke Jansen and Thomas "), "{his}");
    assert!(his.contains("agree as fiscal partner, also with the division"), "{his}");
}
