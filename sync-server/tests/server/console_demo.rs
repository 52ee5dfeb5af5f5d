//! Tests of the demo: twelve clients, written once, and links that work.

use documents::dossier::ConsentState;
use model::time::TaxYear;
use std::collections::BTreeMap;
use storage::db::{Attention, Client, YearStage};

use testkit::harness::TestApp;

const YEAR: TaxYear = TaxYear(2025);

fn token(link: &str) -> &str {
    link.split_once('#').unwrap().1
}

fn stages(app: &TestApp) -> BTreeMap<String, (YearStage, Option<Attention>)> {
    let db = &app.state.db;
    let firm = db.read(|q| q.firms()).unwrap()[0].id;
    let clients = db.read(|q| q.clients(firm)).unwrap();
    let status = |c: &Client| db.read(|q| q.year_status(c.id, YEAR)).unwrap();
    clients.iter().filter_map(|c| status(c).map(|s| (c.number.clone(), (s.stage, s.attention)))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_lets_a_newcomer_into_both_sides_and_goes_on_with_the_same_data() {
    let app = TestApp::new();
    let state = app.state.clone();
    let links =
        tokio::task::spawn_blocking(move || demo::fill(&state.dossiers, &state.config.origin).unwrap()).await.unwrap();
    let told = stages(&app);
    assert_eq!(told.len(), 12);
    for (number, stage, attention) in [
        ("10417", YearStage::Draft, None),
        ("10402", YearStage::Checklist, Some(Attention::Question)),
        ("10388", YearStage::Draft, Some(Attention::HandedIn)),
        ("10376", YearStage::Invited, None),
        ("10371", YearStage::Approved, Some(Attention::ReadyToFile)),
        ("10365", YearStage::Draft, None),
        ("10344", YearStage::Invited, None),
        ("10319", YearStage::Checklist, Some(Attention::Differing)),
        ("10311", YearStage::Registered, None),
        ("10307", YearStage::Draft, Some(Attention::Declined)),
        ("10299", YearStage::Draft, None),
        ("10288", YearStage::Draft, None),
    ] {
        assert_eq!(told[number], (stage, attention), "{number}");
    }

    let mut advisor = app.browser();
    let sanne = advisor.register(token(&links.advisor), "sanne", "sanne@wilgenhof.example").await.unwrap();
    assert!(sanne.is_advisor);
    for path in ["/kantoor", "/kantoor/klanten", "/kantoor/klanten/10388/2025", "/kantoor/klanten/10371/2025/akkoord"] {
        let html = advisor.get(path).await.text();
        assert!(html.contains("Wilgenhof Belastingadvies") && !html.contains("<i style"), "{path}");
    }
    let html = advisor.get("/kantoor/klanten/10319/2025").await.text();
    assert!(html.contains("Verschil") && html.contains("€ 21.150") && html.contains("€ 18.400"));
    let html = advisor.get("/kantoor/aangiften?jaar=2025&soort=ob").await.text();
    assert_eq!(html.matches("Kuiper Bouw B.V.").count(), 8, "four quarters, each with taxpayer and client: {html}");
    let html = advisor.get("/kantoor/klanten/10299/2025/akkoord").await.text();
    assert!(html.contains("€ 3.460 te betalen") && html.contains("berekend kenmerk"), "{html}");
    for (link, name) in links.clients.iter().zip(["marieke", "thomas"]) {
        let email = format!("{name}@voorbeeld.example");
        app.browser().register(token(link), name, &email).await.unwrap();
    }

    let app = app.restarted();
    let state = app.state.clone();
    let again =
        tokio::task::spawn_blocking(move || demo::fill(&state.dossiers, &state.config.origin).unwrap()).await.unwrap();
    assert!(again.advisor.ends_with("/kantoor/inloggen"));
    assert!(again.clients.iter().all(|link| link.ends_with("/inloggen/wilgenhof/nl")));
    assert_eq!(stages(&app), told);
}

#[tokio::test(flavor = "multi_thread")]
async fn signatures_in_the_demo_were_checked_like_any_other() {
    let app = TestApp::new();
    let state = app.state.clone();
    tokio::task::spawn_blocking(move || demo::fill(&state.dossiers, &state.config.origin).unwrap()).await.unwrap();
    let firm = app.state.db.read(|q| q.firms()).unwrap()[0].id;
    let client = app.state.db.read(|q| q.client_by_number(firm, "10365")).unwrap().unwrap();
    let year = app.state.dossiers.read(client.id, YEAR).unwrap();
    let states: Vec<_> = year.revisions[0].consents.values().map(|c| c.state()).collect();
    assert!(states.contains(&ConsentState::Approved) && states.contains(&ConsentState::Asked), "{states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unused_link_is_made_anew_at_each_start_and_real_data_are_left_alone() {
    let app = TestApp::new();
    let state = app.state.clone();
    let first =
        tokio::task::spawn_blocking(move || demo::fill(&state.dossiers, &state.config.origin).unwrap()).await.unwrap();
    let state = app.state.clone();
    let second =
        tokio::task::spawn_blocking(move || demo::fill(&state.dossiers, &state.config.origin).unwrap()).await.unwrap();
    assert_ne!(first, second);
    let mut browser = app.browser();
    let old = browser.register(token(&first.clients[0]), "marieke", "marieke@voorbeeld.example").await;
    assert_eq!(old.unwrap_err(), "invitation_voided");
    browser.register(token(&second.clients[0]), "marieke", "marieke@voorbeeld.example").await.unwrap();

    let real = TestApp::new();
    real.household("Noord");
    let state = real.state.clone();
    let refused = tokio::task::spawn_blocking(move || demo::fill(&state.dossiers, &state.config.origin).unwrap_err())
        .await
        .unwrap();
    assert!(matches!(refused, demo::DemoError::NotADemo));
}
