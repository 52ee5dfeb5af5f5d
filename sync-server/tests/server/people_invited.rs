//! Tests of inviting people: a list of them, everybody of a client, and one person chosen by name.

use accounts::invitation;
use model::time::TaxYear;
use storage::db::Actor;
use testkit::harness::TestApp;

#[tokio::test]
async fn many_are_invited_at_once_and_who_is_left_out_is_named_with_the_reason() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = home.people.clone();
    app.person_browser(&marieke).await;
    let marieke = app.state.db.read(|q| q.person(marieke.id)).unwrap().unwrap();
    let (composer, by, now) = (app.state.composer.clone(), Actor::Advisor(home.advisor.id), app.now());
    let people = vec![marieke.clone(), thomas.clone(), thomas.clone()];
    let skipped =
        app.state.db.write_blocking(move |tx| invitation::invite_many(tx, &composer, &people, by, now)).unwrap();
    assert_eq!(skipped, [(marieke.id, invitation::Skipped::Registered), (thomas.id, invitation::Skipped::JustInvited)]);
}

#[tokio::test]
async fn a_person_chosen_by_name_gets_a_new_link_and_everybody_at_once_only_if_not_just_invited() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    app.state.dossiers.open_year(&home.advisor, home.client.id, TaxYear(2025)).unwrap();
    let mut advisor = app.advisor_browser(&home.advisor).await;
    let year = "/kantoor/klanten/10417/2025";
    let person = format!("{year}/personen/{}", home.people[1].id);
    let sent = || {
        let events = app.state.db.read(|q| q.events(home.client.id, TaxYear(2025), 50)).unwrap();
        events.iter().filter(|e| e.event.word() == "person_invited").count()
    };
    assert_eq!(advisor.submit(&format!("{year}/uitnodigen"), &[]).await.status, 303);
    assert_eq!(sent(), 2, "both partners");
    assert_eq!(advisor.submit(&person, &[("action", "uitnodigen")]).await.status, 303);
    assert_eq!(sent(), 3, "a new link for one of them");

    let mut row = app.state.db.read(|q| q.person(home.people[1].id)).unwrap().unwrap();
    row.email = "nergens".to_owned();
    let (composer, by, now) = (app.state.composer.clone(), Actor::Advisor(home.advisor.id), app.now());
    let again = app.state.db.write_blocking(move |tx| invitation::invite_again(tx, &composer, &row, by, now));
    assert_eq!(again.unwrap(), Some(invitation::Skipped::NoMail));

    assert_eq!(advisor.submit(&person, &[("action", "blokkeren")]).await.status, 303);
    let refused = advisor.submit(&person, &[("action", "uitnodigen")]).await;
    assert!(refused.text().contains("is geblokkeerd en krijgt geen uitnodiging"), "the page says why");
    assert_eq!(sent(), 3);
}
