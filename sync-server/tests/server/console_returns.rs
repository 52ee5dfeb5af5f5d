//! Tests of the console's table of tax returns.

use documents::dossier::DossierYear;
use dossiers::{NewRevision, WantedReturn, proposed_capacity};
use model::{hash::ContentHash, id::*, record::*, tax_return::ReturnKind, time::Date};
use storage::clock::random;
use testkit::console_page::{ConsolePage, PAGE, YEAR};

const PATH: &str = "/kantoor/aangiften";

fn set_out(console: &ConsolePage, taxpayer: Taxpayer, kind: ReturnKind, period: &str, due: Date) -> RevisionId {
    let wanted = WantedReturn::of(taxpayer, kind, period.parse().unwrap());
    let people = &console.home.people;
    let approvers =
        people.iter().map(|person| (person.id, proposed_capacity(std::slice::from_ref(&wanted), person.id)));
    let file = DeliveredFile { name: "a.pdf".into(), size: 1, hash: ContentHash(random()), pages: 1 };
    let new = NewRevision {
        approvers: approvers.collect(),
        returns: vec![wanted],
        due: Some(due),
        ..NewRevision::of_household(&DossierYear::default(), YEAR, file)
    };
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.set_out_revision(&home.advisor, home.client.id, YEAR, new).unwrap()
}

/// Returns the names of the returns in a file, in its order.
async fn listed(console: &mut ConsolePage, query: &str) -> Vec<String> {
    let file = console.browser.get(&format!("{PATH}/aangiften.csv?jaar=2025&{query}")).await.text();
    let rows = file.lines().skip(1).map(|line| line.split("\";\"").nth(3).unwrap().to_owned());
    rows.collect()
}

#[tokio::test]
async fn returns_are_listed_by_kind_period_and_status_and_what_is_due_first_is_on_top() {
    let mut console = ConsolePage::new().await;
    let day = |month, day| Date::constant(2026, month, day);
    let marieke = Taxpayer::Person(console.home.people[0].id);
    set_out(&console, marieke, ReturnKind::Ib, "2025", day(5, 1));
    let second = set_out(&console, Taxpayer::Company, ReturnKind::Ob, "2025-Q2", day(3, 1));
    set_out(&console, Taxpayer::Company, ReturnKind::Ob, "2025-Q1", day(4, 1));
    let (ib, q1, q2) = ("Aangifte IB 2025", "Aangifte OB 1e kwartaal 2025", "Aangifte OB 2e kwartaal 2025");
    assert_eq!(listed(&mut console, "").await, [q2, q1, ib]);
    assert_eq!(listed(&mut console, "soort=ob").await, [q2, q1]);
    assert_eq!(listed(&mut console, "soort=ob&tijdvak=2025-Q1").await, [q1]);
    assert_eq!(
        listed(&mut console, "soort=zz&tijdvak=nooit&fase=&adviseur=x").await,
        [q2, q1, ib],
        "what means nothing"
    );
    assert!(listed(&mut console, "fase=ingediend").await.is_empty());
    let advisor = console.home.advisor.id;
    assert_eq!(listed(&mut console, &format!("adviseur={advisor}&soort=ib")).await, [ib]);
    assert!(listed(&mut console, &format!("adviseur={}", AdvisorId::from_bytes([9; 16]))).await.is_empty());

    let (dossiers, home) = (console.app.state.dossiers.clone(), console.home.clone());
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, second, "telefonisch akkoord").unwrap();
    assert_eq!(listed(&mut console, "fase=ingediend").await, [q2]);
    assert_eq!(listed(&mut console, "").await, [q1, ib, q2], "what was filed is due no more");
    dossiers.undo_filing(&home.advisor, home.client.id, YEAR, second).unwrap();
    assert_eq!(listed(&mut console, "fase=wacht-op-akkoord").await, [q2, q1, ib]);

    let page = console.page(&format!("{PATH}?jaar=2025&soort=ob")).await;
    assert!(page.contains(&format!("{PAGE}/akkoord")) && page.contains(q1) && !page.contains(ib), "{page}");
    assert!(page.contains("Wacht op akkoord") && page.contains("0 van 2"), "{page}");
    let other = console.app.household("Zuid");
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    for path in [PATH.to_owned(), format!("{PATH}/aangiften.csv")] {
        let seen = stranger.get(&format!("{path}?jaar=2025&adviseur={advisor}")).await.text();
        assert!(!seen.contains(ib), "{seen}");
    }
}

#[tokio::test]
async fn a_new_version_and_a_refusal_are_seen_in_the_table() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let due = Date::constant(2026, 5, 1);
    let set_out = |console: &ConsolePage| set_out(console, Taxpayer::Person(marieke.id), ReturnKind::Ib, "2025", due);
    let revision = set_out(&console);
    let mut hers = console.app.person_browser(&marieke).await;
    let decline = Decline { revision, by: marieke.id, at: console.app.now(), reason: "Mijn adres klopt niet".into() };
    console.write(&mut hers, &DeclineId::from_random(random()), &decline).await;
    assert_eq!(listed(&mut console, "fase=niet-akkoord").await, ["Aangifte IB 2025"]);
    set_out(&console);
    assert!(listed(&mut console, "fase=niet-akkoord").await.is_empty());
    assert_eq!(listed(&mut console, "").await, ["Aangifte IB 2025"], "the new version is the same return");
}
