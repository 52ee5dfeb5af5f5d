//! Tests of the archive in the console: what is delivered, and what is refused.

use axum::http::StatusCode;
use model::{money::Cents, record::*};
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect, pdf},
    harness::Answer,
};

const GOOD: &[(&str, &str)] = &[
    ("kind", "assessment"),
    ("title", "Definitieve aanslag 2025"),
    ("way", "pay"),
    ("amount", "558,05"),
    ("due", "2026-06-30"),
    ("iban", "nl86 ingb 0002 4455 88"),
    ("reference", "1000 0000 0000 0013"),
];

/// Sends the form for Marieke, with some fields changed.
async fn deliver(console: &mut ConsolePage, other: &[(&str, &str)], file: Option<&[u8]>) -> Answer {
    let person = console.home.people[0].id.to_string();
    let mut fields = vec![("person".to_owned(), person)];
    for (name, value) in GOOD {
        let value = other.iter().find(|(n, _)| n == name).map_or(*value, |(_, v)| v);
        fields.push(((*name).to_owned(), value.to_owned()));
    }
    console.upload_to(&format!("{PAGE}/archief"), &fields, file).await
}

#[tokio::test]
async fn an_assessment_comes_into_the_archive_with_all_that_paying_needs() {
    let mut console = ConsolePage::new().await;
    let archive = format!("{PAGE}/archief");
    assert!(console.page(&archive).await.contains("Er staat nog niets van u in het archief"));
    assert_redirect(&deliver(&mut console, &[], Some(&pdf("aanslag"))).await, &archive);
    let year = console.year();
    let (_, delivery) = year.deliveries.first().expect("it was delivered");
    let DeliveryKind::Assessment(assessment) = &delivery.kind else { panic!("{delivery:?}") };
    assert_eq!(assessment.amount, Cents(-55_805), "to pay is negative");
    assert_eq!(assessment.iban, "NL86INGB0002445588");
    assert_eq!(assessment.reference, "1000000000000013");
    assert!(console.page(&archive).await.contains("€ 558,05 te betalen"));
    let mails =
        console.app.state.db.read(|q| q.mails_of_year(console.home.client.id, YEAR, 50)).expect("mails are read");
    let told: Vec<_> = mails.iter().filter(|m| m.mail.kind.word() == "delivered").collect();
    assert_eq!(told.len(), console.home.people.len());
    assert!(told.iter().all(|m| m.mail.body_text.contains("/archief/2025") && !m.mail.body_text.contains("558")));
}

#[tokio::test]
async fn an_assessment_stands_beside_the_return_that_it_decides_on() {
    let mut console = ConsolePage::new().await;
    let revision = console.set_out_revision("1").await;
    let archive = format!("{PAGE}/archief");
    assert!(!console.page(&archive).await.contains("Over welke verstuurde aangifte"), "nothing was filed");
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, "termijn").unwrap();
    let filed = console.year().revision(revision).unwrap().revision.results[0];
    assert!(console.page(&archive).await.contains("Over welke verstuurde aangifte"));
    let whose = console.home.people[0].id.to_string();
    let worse = (filed.amount.0 - 12_000).abs();
    let way = if filed.amount.0 - 12_000 < 0 { "pay" } else { "back" };
    let fields = [
        ("kind", "assessment"),
        ("title", "Aanslag"),
        ("person", &whose),
        ("about", &filed.tax_return.to_string()),
        ("way", way),
        ("amount", &Cents(worse).plain()),
        ("dated", "2026-03-01"),
        ("iban", "NL86INGB0002445588"),
        ("reference", "1000000000000013"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_redirect(&console.upload_to(&archive, &fields, Some(&pdf("aanslag"))).await, &archive);
    let page = console.page(&archive).await;
    assert!(
        page.contains("€ 120 ongunstiger dan de aangifte") && page.contains("Bezwaar tot en met 12 april 2026"),
        "{page}"
    );
    // With two returns that were filed, a filed return has to be named.
    let mut as_filed = fields[1..2].to_vec();
    as_filed.push(("kind".to_owned(), "filed_return".to_owned()));
    let answer = console.upload_to(&archive, &as_filed, Some(&pdf("aangifte"))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Kies de aangifte."), "{}", answer.text());
    as_filed.push(("about".to_owned(), filed.tax_return.to_string()));
    assert_redirect(&console.upload_to(&archive, &as_filed, Some(&pdf("aangifte"))).await, &archive);
    assert_eq!(console.year().deliveries.len(), 2);
}

#[tokio::test]
async fn a_wrong_account_reference_amount_or_file_is_said_at_its_field() {
    let mut console = ConsolePage::new().await;
    let file = pdf("aanslag");
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("iban", "NL86INGB0002445589")], "Dit rekeningnummer klopt niet"),
        (&[("iban", "")], "Dit rekeningnummer klopt niet"),
        (&[("reference", "2000000000000013")], "Dit betalingskenmerk klopt niet"),
        (&[("amount", "")], "Vul het bedrag in"),
        (&[("amount", "veel")], "Dit is geen bedrag"),
        (&[("due", "morgen")], "Dit is geen datum"),
        (&[("title", " ")], "Geef het document een naam"),
        (&[("kind", "filed_return")], "nog geen aangifte verstuurd"),
        (&[("kind", "gift")], "Kies een soort"),
    ];
    for (other, sentence) in cases {
        let answer = deliver(&mut console, other, Some(&file)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{other:?}");
        assert!(answer.text().contains(sentence), "{other:?}: {sentence}");
    }
    assert!(deliver(&mut console, &[], None).await.text().contains("Kies de PDF"));
    assert!(deliver(&mut console, &[], Some(b"no pdf")).await.text().contains("geen pdf"));
    assert!(console.year().deliveries.is_empty());
}

#[tokio::test]
async fn who_gets_money_back_needs_no_account() {
    let mut console = ConsolePage::new().await;
    let back = [("way", "back"), ("iban", ""), ("reference", "")];
    assert_redirect(&deliver(&mut console, &back, Some(&pdf("aanslag"))).await, &format!("{PAGE}/archief"));
    assert!(console.page(&format!("{PAGE}/archief")).await.contains("€ 558,05 terug"));
}

#[tokio::test]
async fn another_firm_reaches_neither_the_archive_nor_its_files() {
    let mut console = ConsolePage::new().await;
    deliver(&mut console, &[], Some(&pdf("aanslag"))).await;
    let (client, hash) = (console.home.client.id, console.year().deliveries[0].1.file.hash);
    let path = format!("/api/clients/{client}/files/{hash}");
    assert_eq!(console.browser.get(&path).await.status, StatusCode::OK);
    let other = console.app.household("Zuid");
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    let person = other.people[0].clone();
    let mut stranger = console.app.person_browser(&person).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
}
