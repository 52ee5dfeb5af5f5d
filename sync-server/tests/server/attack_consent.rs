//! Tests of unusual approvals: made during a recovery, withdrawn,
//! too early in an order, and given on paper.

use documents::{dossier::ConsentState, replay::Reason};
use model::{id::PersonId, record::*};
use testkit::{
    attacker::Siege,
    consent::{approval, asked, finding, scene, send, state},
    console_page::{ConsolePage, PAGE, pdf},
    harness::ORIGIN,
    transcript::text_of_pdf,
};

/// The key was revoked before the approval arrived, or access was renewed a few days before: an advisor decides.
#[tokio::test]
async fn an_approval_during_a_recovery_awaits_the_ruling_of_the_firm() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    siege.console.require_ruling_of(me);
    let bytes = asked(&siege.console, me, revision);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (id, record) = approval(&siege, revision, assertion.clone());
    assert_eq!(siege.write(&id, &record), Ok(()));
    assert_eq!(finding(&siege.console, id), Some(Finding::AwaitsRuling));
    assert_eq!(state(&siege.console, me, revision), ConsentState::Signed, "nobody decided yet");
    assert_eq!(send(&siege, revision, assertion), Finding::NotAsked, "the nonce is used up");
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Besluit nodig"), "{page}");
    let decide = format!("{PAGE}/akkoord/besluit/{id}");
    let empty = siege.console.browser.submit(&decide, &[("decision", "release"), ("remark", " ")]).await;
    assert!(!empty.status.is_redirection(), "without a word of how it was made sure");
    let fields = [("decision", "release"), ("remark", "Gebeld op haar vaste nummer")];
    assert!(siege.console.browser.submit(&decide, &fields).await.status.is_redirection());
    assert_eq!(state(&siege.console, me, revision), ConsentState::Approved);
    assert!(!siege.console.browser.submit(&decide, &fields).await.status.is_redirection(), "decided once");
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Overgenomen door Sanne de Wit") && page.contains("Gebeld op haar vaste nummer"), "{page}");
}

#[tokio::test]
async fn an_approval_that_awaited_a_ruling_and_was_refused_does_not_count() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    siege.console.require_ruling_of(me);
    let bytes = asked(&siege.console, me, revision);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (id, record) = approval(&siege, revision, assertion);
    assert_eq!(siege.write(&id, &record), Ok(()));
    let fields = [("decision", "refuse"), ("remark", "Zij was het niet")];
    let answer = siege.console.browser.submit(&format!("{PAGE}/akkoord/besluit/{id}"), &fields).await;
    assert!(answer.status.is_redirection());
    assert_eq!(state(&siege.console, me, revision), ConsentState::NotAccepted(Finding::AwaitsRuling));
    // After that time she signs once more and it counts.
    siege.console.app.pass_seconds(3601);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(send(&siege, revision, assertion), Finding::Verified);
}

#[tokio::test]
async fn an_approval_that_was_taken_back_does_not_count_and_cannot_be_sent_again() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    let bytes = asked(&siege.console, me, revision);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (id, record) = approval(&siege, revision, assertion.clone());
    assert_eq!(siege.write(&id, &record), Ok(()));
    assert_eq!(state(&siege.console, me, revision), ConsentState::Approved);
    let thomas = siege.console.home.people[1].id;
    let foreign = ApprovalWithdrawal { by: thomas, at: siege.now(), reason: "Toch niet".into() };
    assert_eq!(siege.write(&id, &foreign), Err(Reason::WrongAuthor));
    let silent = ApprovalWithdrawal { by: me, at: siege.now(), reason: " ".into() };
    assert_eq!(siege.write(&id, &silent), Err(Reason::Malformed));
    let withdrawal = ApprovalWithdrawal { by: me, at: siege.now(), reason: "Ik mis mijn giften".into() };
    assert_eq!(siege.write(&id, &withdrawal), Ok(()));
    assert_eq!(state(&siege.console, me, revision), ConsentState::Declined);
    assert_eq!(send(&siege, revision, assertion), Finding::NotAsked);
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Ingetrokken") && page.contains("Ik mis mijn giften"), "{page}");
}

#[tokio::test]
async fn where_the_firm_wants_an_order_nobody_signs_too_early() {
    let mut siege = Siege::new().await;
    let first = siege.console.year().approvers()[0];
    let second = siege.console.home.people.iter().find(|p| p.id != first).unwrap().clone();
    let mut fields = siege.console.revision_fields();
    fields.push(("turns".to_owned(), "order".to_owned()));
    assert!(siege.console.upload(&fields, Some(&pdf("versie 1"))).await.status.is_redirection());
    let revision = siege.console.year().revisions[0].id;
    let me = second.id;
    let person = siege.console.home.people.iter().find(|p| p.id == first).unwrap().clone();
    let other = if me == siege.person.id { &person } else { &second };
    let other_browser = siege.console.app.person_browser(other).await;
    // The order depends on ids, so either of them may be the one who is early.
    let (mut early, mut browser) = if me == siege.person.id {
        (siege, other_browser)
    } else {
        (Siege::of(siege.console, other_browser, second.clone()).await, siege.browser)
    };
    assert_eq!(early.console.year().revision(revision).unwrap().waits_for(me), Some(first));
    let bytes = asked(&early.console, me, revision);
    let assertion = early.browser.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(send(&early, revision, assertion), Finding::NotYet);

    // The person whose turn it is gets a mail at that time, and not before.
    let asked_by_mail = |console: &ConsolePage| {
        console.app.mails_of("revision").iter().filter(|m| m.mail.to_address == second.email).count()
    };
    assert_eq!(asked_by_mail(&early.console), 0);
    early.console.approve(&mut browser, &person, revision).await;
    assert_eq!(asked_by_mail(&early.console), 1);
}

#[tokio::test]
async fn the_statement_is_printed_for_who_is_asked_and_for_nobody_else() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    let statement = siege.console.year().revision(revision).unwrap().consents[&me].request.statement.clone();
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    let address = format!("{PAGE}/akkoord/{revision}/verklaring/{me}");
    assert!(page.contains(&address), "{page}");
    let printed = siege.console.browser.get(&address).await;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = words(&text_of_pdf(&printed.body));
    assert!(text.contains(&words(&statement)) && text.contains("Handtekening"), "{text}");
    let nobody = PersonId::from_bytes([9; 16]);
    for wrong in
        [format!("{revision}/verklaring/{nobody}"), format!("{nobody}/verklaring/{me}"), "x/verklaring/y".into()]
    {
        assert_eq!(siege.console.browser.get(&format!("{PAGE}/akkoord/{wrong}")).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn an_approval_on_paper_counts_and_says_so() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    let path = format!("{PAGE}/akkoord/{revision}/papier/{me}");
    let nothing = siege.console.upload_to(&path, &[("signed_on".to_owned(), "2026-03-01".to_owned())], None).await;
    assert!(nothing.status.is_client_error());
    let fields = [("signed_on".to_owned(), "2026-03-01".to_owned())];
    let answer = siege.console.upload_to(&path, &fields, Some(&pdf("scan"))).await;
    assert!(answer.status.is_redirection(), "{}", answer.text());
    assert_eq!(state(&siege.console, me, revision), ConsentState::Approved);
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Op papier") && page.contains("Geen digitale handtekening"), "{page}");
    let csv = siege.console.browser.get("/kantoor/seizoen/seizoen.csv").await.text();
    let week: Vec<_> = csv.lines().last().unwrap().trim().split(';').collect();
    assert_eq!(week[3..], [r#""1""#, r#""1""#, r#""0""#], "set out, approved, not filed: {csv}");
}
