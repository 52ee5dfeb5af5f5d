//! Tests of what is to be paid for a return that was filed: it is passed on to the client, who says when it was paid.

use documents::dossier::{DossierYear, GivenTask, TaskState};
use dossiers::{NewRevision, WantedReturn, proposed_capacity};
use model::{
    hash::ContentHash,
    id::*,
    money::Cents,
    payment::{reference_of_return, show_reference},
    record::*,
    tax_number::NumberKind,
    tax_return::ReturnKind,
    time::Date,
};
use storage::{
    clock::random,
    db::{DbError, KnownNumber, Tx},
};
use testkit::console_page::{ConsolePage, PAGE, YEAR, assert_redirect};

fn set_out(console: &ConsolePage, taxpayer: Taxpayer, kind: ReturnKind, period: &str) -> (RevisionId, TaxReturnId) {
    let wanted = WantedReturn::of(taxpayer, kind, period.parse().unwrap());
    let marieke = console.home.people[0].id;
    let capacity = proposed_capacity(std::slice::from_ref(&wanted), marieke);
    let file = DeliveredFile { name: "a.pdf".into(), size: 1, hash: ContentHash(random()), pages: 1 };
    let new = NewRevision {
        returns: vec![wanted],
        results: vec![(0, ResultOf::Tax, Cents(-128_400))],
        approvers: vec![(marieke, capacity)],
        ..NewRevision::of_household(&DossierYear::default(), YEAR, file)
    };
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    let revision = dossiers.set_out_revision(&home.advisor, home.client.id, YEAR, new).unwrap();
    (revision, console.year().revision(revision).unwrap().tax_returns[0].0)
}

fn file(console: &ConsolePage, revision: RevisionId) {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, "telefonisch").unwrap();
}

fn payments(console: &ConsolePage) -> Vec<GivenTask> {
    let year = console.year();
    let payments = year.tasks.iter().filter(|t| matches!(t.task.kind, TaskKind::Payment(_)));
    payments.cloned().collect()
}

const GOOD: [(&str, &str); 5] = [
    ("pay_amount", "1.284"),
    ("pay_due", "2026-07-31"),
    ("pay_iban", "NL86 INGB 0002 4455 88"),
    ("pay_reference", "1999 9900 2160 1210"),
    ("pay_computed", ""),
];

#[tokio::test]
async fn what_is_to_be_paid_is_a_task_of_the_client_until_somebody_says_that_it_was_paid() {
    let mut console = ConsolePage::new().await;
    let (revision, tax_return) = set_out(&console, Taxpayer::Company, ReturnKind::Ob, "2025-Q2");
    let to = format!("{PAGE}/akkoord/betaling/{tax_return}");
    let early = console.browser.submit(&to, &GOOD).await;
    assert!(early.text().contains("niet verstuurd") && payments(&console).is_empty(), "{}", early.text());
    file(&console, revision);
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    for proposed in ["1.284", "2025-07-31", "NL86INGB0002445588"] {
        assert!(page.contains(&format!("value=\"{proposed}\"")), "{proposed}: {page}");
    }
    let before = console.app.mails_of("task").len();
    assert_redirect(&console.browser.submit(&to, &GOOD).await, &format!("{PAGE}/akkoord"));
    let [task] = payments(&console).try_into().unwrap();
    let TaskKind::Payment(payment) = &task.task.kind else { panic!("{task:?}") };
    assert_eq!((payment.amount, payment.is_computed), (Cents(-128_400), false));
    assert_eq!((payment.iban.as_str(), payment.reference.as_str()), ("NL86INGB0002445588", "1999990021601210"));
    assert_eq!(task.task.title.nl, "Betaal € 1.284: Aangifte OB 2e kwartaal 2025");
    assert_eq!(task.task.due, Some(Date::constant(2026, 7, 31)));
    let mails = console.app.mails_of("task");
    assert!(mails.len() > before && mails.iter().all(|m| !m.mail.body_text.contains("1.284")), "no amount in a mail");

    let [marieke, thomas] = console.home.people.clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let report = |is_paid| PaymentReport { is_paid, by: marieke.id, at: console.app.now() };
    console.write(&mut hers, &task.id, &report(true)).await;
    assert_eq!(console.year().task_state(&task, thomas.id), TaskState::Done, "once for the household");
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Betaald, volgens Marieke") && page.contains("meldde dat er is betaald"), "{page}");
    console.app.pass_seconds(1);
    let report = PaymentReport { is_paid: false, by: marieke.id, at: console.app.now() };
    console.write(&mut hers, &task.id, &report).await;
    assert_eq!(console.year().task_state(&task, thomas.id), TaskState::Open);
}

#[tokio::test]
async fn what_is_wrong_comes_back_at_its_field_and_nothing_is_passed_on() {
    let mut console = ConsolePage::new().await;
    let (revision, tax_return) = set_out(&console, Taxpayer::Company, ReturnKind::Lh, "2025-03");
    file(&console, revision);
    let to = format!("{PAGE}/akkoord/betaling/{tax_return}");
    for (field, typed, said) in [
        ("pay_amount", "", "meer dan nul"),
        ("pay_amount", "0", "meer dan nul"),
        ("pay_amount", "-12", "geen bedrag"),
        ("pay_amount", "twaalf", "geen bedrag"),
        ("pay_due", "", "laatste dag"),
        ("pay_due", "31-02-2026", "geen datum"),
        ("pay_iban", "NL86INGB0002445589", "rekeningnummer klopt niet"),
        ("pay_iban", "", "rekeningnummer klopt niet"),
        ("pay_reference", "1999990021601211", "betalingskenmerk klopt niet"),
        ("pay_reference", "12", "betalingskenmerk klopt niet"),
    ] {
        let fields = GOOD.map(|(name, value)| (name, if name == field { typed } else { value }));
        let answer = console.browser.submit(&to, &fields).await;
        assert!(answer.text().contains(said), "{field} {typed}: {}", answer.text());
    }
    assert!(payments(&console).is_empty());
    // A kind that is not paid on filing, and a return that does not exist.
    let marieke = Taxpayer::Person(console.home.people[0].id);
    let (revision, income_tax) = set_out(&console, marieke, ReturnKind::Ib, "2025");
    file(&console, revision);
    for other in [income_tax, TaxReturnId::from_bytes([9; 16])] {
        let answer = console.browser.submit(&format!("{PAGE}/akkoord/betaling/{other}"), &GOOD).await;
        assert!(!answer.status.is_redirection());
    }
    assert!(payments(&console).is_empty());
}

#[tokio::test]
async fn a_later_request_takes_the_place_of_the_earlier_one_and_undoing_the_filing_withdraws_it() {
    let mut console = ConsolePage::new().await;
    let (revision, tax_return) = set_out(&console, Taxpayer::Company, ReturnKind::Ob, "2025-Q3");
    file(&console, revision);
    let to = format!("{PAGE}/akkoord/betaling/{tax_return}");
    console.browser.submit(&to, &GOOD).await;
    let more = GOOD.map(|(name, value)| (name, if name == "pay_amount" { "1.300" } else { value }));
    assert_redirect(&console.browser.submit(&to, &more).await, &format!("{PAGE}/akkoord"));
    let open = |console: &ConsolePage| {
        let open = payments(console).into_iter().filter(|t| t.closing.is_none());
        open.map(|t| t.task.title.nl).collect::<Vec<_>>()
    };
    assert_eq!(open(&console), ["Betaal € 1.300: Aangifte OB 3e kwartaal 2025"]);
    console.browser.submit(&format!("{PAGE}/akkoord/{revision}/niet-verstuurd"), &[]).await;
    assert!(open(&console).is_empty(), "nobody pays for a return that was not filed");
}

#[tokio::test]
async fn a_reference_that_follows_from_the_number_of_the_taxpayer_is_proposed_and_marked_as_computed() {
    let mut console = ConsolePage::new().await;
    let known = KnownNumber {
        client: console.home.client.id,
        taxpayer: Taxpayer::Company,
        kind: NumberKind::Vat,
        number: "999990147B01".to_owned(),
    };
    let dossiers = console.app.state.dossiers.clone();
    let write = move |tx: &Tx<'_>| tx.set_tax_number(dossiers.vault(), &known);
    console.app.state.db.write_blocking::<_, DbError>(write).unwrap();
    let (revision, tax_return) = set_out(&console, Taxpayer::Company, ReturnKind::Ob, "2025-Q2");
    file(&console, revision);
    let computed = reference_of_return("999990147B01", ReturnKind::Ob, "2025-Q2".parse().unwrap()).unwrap();
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains(&format!("value=\"{}\"", show_reference(&computed))), "{page}");
    let to = format!("{PAGE}/akkoord/betaling/{tax_return}");
    for (reference, is_computed) in [(computed.as_str(), true), ("1999990021601210", false), ("", false)] {
        let fields = GOOD.map(|(name, value)| match name {
            "pay_reference" => (name, reference),
            "pay_computed" => (name, computed.as_str()),
            _ => (name, value),
        });
        assert_redirect(&console.browser.submit(&to, &fields).await, &format!("{PAGE}/akkoord"));
        let open = payments(&console).into_iter().find(|t| t.closing.is_none()).unwrap();
        let TaskKind::Payment(payment) = open.task.kind else { panic!("no payment") };
        assert_eq!((payment.reference.as_str(), payment.is_computed), (reference, is_computed));
    }
}
