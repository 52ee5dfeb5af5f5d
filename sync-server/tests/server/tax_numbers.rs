//! Tests of the numbers of taxpayers: they are masked until somebody asks, the asking is logged, they are closed in the
//! database, and one that another client has is said.

use axum::http::StatusCode;
use dossiers::jobs;
use model::{event::Event, id::*, record::*, tax_number::NumberKind};
use storage::{
    clock::random,
    db::{Actor, Client, DbError, KnownNumber},
};
use testkit::console_page::{ConsolePage, PAGE, YEAR, assert_redirect};

const EDIT: &str = "/kantoor/klanten/10417/bewerken";

fn numbers(console: &ConsolePage) -> Vec<KnownNumber> {
    let vault = console.app.state.dossiers.vault();
    console.app.state.db.read(|q| q.tax_numbers(vault, console.home.client.id)).unwrap()
}

fn events(console: &ConsolePage) -> Vec<(Actor, Event)> {
    let events = console.app.state.db.read(|q| q.events(console.home.client.id, YEAR, 100)).unwrap();
    events.into_iter().map(|past| (past.actor, past.event)).collect()
}

/// Adds a client with an RSIN.
fn another_client(console: &ConsolePage, rsin: &str) {
    let client = Client {
        id: ClientId::from_random(random()),
        number: "20001".into(),
        name: "De Vries BV".into(),
        ..console.home.client.clone()
    };
    let known =
        KnownNumber { client: client.id, taxpayer: Taxpayer::Company, kind: NumberKind::Rsin, number: rsin.to_owned() };
    let (vault, now) = (console.app.state.dossiers.vault().clone(), console.app.now());
    let add = console.app.state.db.write_blocking::<_, DbError>(move |tx| {
        tx.add_client(&client, now)?;
        tx.set_tax_number(&vault, &known)
    });
    add.unwrap();
}

#[tokio::test]
async fn a_number_is_masked_until_somebody_asks_and_the_log_says_who_and_which() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let here = format!("{PAGE}/personen/{}", marieke.id);
    let typed = [
        ("action", "nummers"),
        ("bsn", "1112.22.333"),
        ("vat_id", "NL000099998B57"),
        ("vat", "111222333 B 01"),
        ("wage_tax", ""),
    ];
    assert_redirect(&console.browser.submit(&here, &typed).await, &here);
    assert_eq!(console.year().details[&marieke.id].fields[&DetailField::Bsn], "111222333", "the dossier knows the BSN");
    let html = console.page(&here).await;
    for masked in ["•••••2333", "NL•••••9998B57", "•••••2333B01", "niet bekend"] {
        assert!(html.contains(masked), "{masked} in {html}");
    }
    assert!(!html.contains("111222333") && !html.contains("000099998"));
    let contact = console.page(&format!("{PAGE}/berichten")).await;
    assert!(contact.contains("•••••2333") && !contact.contains("111222333"), "nor elsewhere");

    let shown = console.browser.submit(&here, &[("action", "toon"), ("kind", "vat")]).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.text().contains("111222333B01") && !shown.text().contains("NL000099998B57"),
        "only what was asked for"
    );
    let me = Actor::Advisor(console.home.advisor.id);
    let expected = Event::TaxNumberShown { kind: NumberKind::Vat, person: Some(marieke.id) };
    let looked: Vec<_> = events(&console).into_iter().filter(|(_, event)| event.word() == "tax_number_shown").collect();
    assert_eq!(looked, [(me, expected)]);
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains("OB-nummer van Marieke"));
    for kind in ["rsin", "shoe_size", ""] {
        let answer = console.browser.submit(&here, &[("action", "toon"), ("kind", kind)]).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}");
    }

    // What is left empty stays; what is ticked goes.
    assert_redirect(&console.browser.submit(&here, &[("action", "nummers"), ("remove_vat", "yes")]).await, &here);
    let left: Vec<_> = numbers(&console).into_iter().map(|known| (known.kind, known.number)).collect();
    let expected = [(NumberKind::Bsn, "111222333".to_owned()), (NumberKind::VatId, "NL000099998B57".to_owned())];
    assert_eq!(left, expected);
}

#[tokio::test]
async fn one_wrong_number_is_said_and_nothing_is_kept() {
    let mut console = ConsolePage::new().await;
    let here = format!("{PAGE}/personen/{}", console.home.people[0].id);
    let typed = [("action", "nummers"), ("bsn", "111222333"), ("vat", "111222334B01"), ("wage_tax", "111222333B01")];
    let answer = console.browser.submit(&here, &typed).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for sentence in ["Dit OB-nummer klopt niet", "Dit LH-nummer klopt niet"] {
        assert!(answer.text().contains(sentence), "{sentence}");
    }
    assert!(!answer.text().contains("Dit BSN klopt niet"));
    assert_eq!(numbers(&console), []);
}

#[tokio::test]
async fn a_number_of_another_client_is_kept_with_a_warning() {
    let mut console = ConsolePage::new().await;
    another_client(&console, "123456782");
    let typed = [("action", "nummers"), ("rsin", "123456782"), ("wage_tax", "123456782L02")];
    assert_redirect(&console.browser.submit(EDIT, &typed).await, EDIT);
    let html = console.page(EDIT).await;
    assert!(html.contains("Het RSIN staat ook bij klant 20001, De Vries BV"), "{html}");
    assert!(html.contains("•••••6782L02") && !html.contains("Het LH-nummer staat ook"));
    let shown = console.browser.submit(EDIT, &[("action", "toon"), ("kind", "rsin")]).await.text();
    assert!(shown.contains("<span") && shown.contains("123456782"), "{shown}");
    let looked = Event::TaxNumberShown { kind: NumberKind::Rsin, person: None };
    assert!(events(&console).iter().any(|(_, event)| *event == looked));
}

/// Sends a file to import, with the meaning of each column. Returns the address of the import.
async fn import(console: &mut ConsolePage, words: &[&str], rows: &str) -> String {
    let file = format!("{}\r\n{rows}", words.join(";"));
    let answer = console.upload_to("/kantoor/importeren", &[], Some(file.as_bytes())).await;
    let here = answer.header("location").to_owned();
    let named: Vec<_> = words.iter().enumerate().map(|(n, word)| (format!("column_{n}"), (*word).to_owned())).collect();
    let named: Vec<_> = named.iter().map(|(name, word)| (name.as_str(), word.as_str())).collect();
    assert_redirect(&console.browser.submit(&format!("{here}/kolommen"), &named).await, &here);
    here
}

const COLUMNS: [&str; 7] = ["number", "full_name_1", "email_1", "bsn_1", "rsin", "vat", "wage_tax"];

#[tokio::test]
async fn an_import_keeps_the_numbers_of_a_company_and_of_a_sole_trader() {
    let mut console = ConsolePage::new().await;
    another_client(&console, "123456782");
    let rows = "30001;Ada Bos;ada@bos.example;;123456782;123456782B01;123456782L01\r\n\
        30002;Bram Kok;bram@kok.example;111222333;;111222333B01;\r\n\
        30003;Cas Mol;cas@mol.example;111222333;;;\r\n\
        30004;Dirk Pot;dirk@pot.example;;;111222334B01;\r\n\
        10417;Marieke Jansen;marieke@huis.example;;;;111222333L01\r\n";
    let here = import(&mut console, &COLUMNS, rows).await;
    let html = console.page(&format!("{here}?toon=alles")).await;
    for sentence in [
        "Dit nummer is bekend bij klant 20001",
        "Dit nummer staat ook op regel 3, bij een andere klant",
        "Dit OB-nummer klopt niet",
        "•••••2333L01",
    ] {
        assert!(html.contains(sentence), "{sentence} in {html}");
    }
    let all: Vec<_> = (2..=6).map(|line| [(format!("asked-{line}"), "1"), (format!("take-{line}"), "1")]).collect();
    let all: Vec<_> = all.iter().flatten().map(|(name, value)| (name.as_str(), *value)).collect();
    console.browser.submit(&format!("{here}/regels?toon=alles"), &all).await;
    console.browser.submit(&format!("{here}/start"), &[]).await;
    jobs::run_due(&console.app.state.dossiers).await;
    let (vault, firm) = (console.app.state.dossiers.vault(), console.home.firm.id);
    let kept = |number: &str| {
        let client = console.app.state.db.read(|q| q.client_by_number(firm, number)).unwrap()?.id;
        let numbers = console.app.state.db.read(|q| q.tax_numbers(vault, client)).unwrap();
        let shown = numbers.into_iter().map(|known| (known.taxpayer == Taxpayer::Company, known.kind, known.number));
        Some(shown.collect::<Vec<_>>())
    };
    use NumberKind::{Bsn, Rsin, Vat, WageTax};
    let company =
        [(Rsin, "123456782"), (Vat, "123456782B01"), (WageTax, "123456782L01")].map(|(k, n)| (true, k, n.to_owned()));
    assert_eq!(kept("30001").unwrap(), company);
    let trader = [(Bsn, "111222333"), (Vat, "111222333B01")].map(|(kind, number)| (false, kind, number.to_owned()));
    assert_eq!(kept("30002").unwrap(), trader);
    assert_eq!(kept("30003").unwrap(), [(false, Bsn, "111222333".to_owned())]);
    assert_eq!(kept("30004"), None, "a row with a number that fails its test is left out");
    assert_eq!(kept("10417").unwrap(), [(false, WageTax, "111222333L01".to_owned())]);

    // What is taken along reads in again as it is.
    let taken = console.browser.get("/kantoor/importeren/klanten.csv").await.text();
    assert!(taken.contains("\"123456782L01\"") && taken.contains("\"111222333B01\""), "{taken}");
    let chain = console.app.state.db.read::<_, DbError>(|q| q.audit_chain(Some(firm))).unwrap().rows;
    let exported: Vec<_> = chain.iter().filter(|row| row.kind == "tax_numbers_exported").collect();
    assert_eq!((exported.len(), exported[0].detail.as_str()), (1, r#"{"count":8}"#));
}
