//! Tests that a client's actions appear on an open page, and that a client can be found from any page.

use axum::http::StatusCode;
use model::{id::MessageId, record::Message};
use storage::{clock::random, db::DbError};
use testkit::{
    desk::{Desk, PAGE},
    harness::Browser,
};

/// Returns the address at which the page listens.
fn live_address(html: &str) -> String {
    let (_, rest) = html.split_once("data-live=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// Returns another browser with the same login.
fn another_tab(desk: &Desk) -> Browser {
    let mut browser = desk.app.browser();
    browser.cookies.clone_from(&desk.browser.cookies);
    browser
}

#[tokio::test]
async fn an_open_page_hears_of_what_a_client_writes_and_of_nothing_that_it_shows_already() {
    let mut desk = Desk::new().await;
    let marieke = desk.home.people[0].clone();
    let mut hers = desk.app.person_browser(&marieke).await;
    let address = live_address(&desk.page(PAGE).await);
    let message = Message {
        by: marieke.id,
        at: desk.app.now(),
        body: "Dag".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    let mut browser = another_tab(&desk);
    let id = MessageId::from_random(random());
    let (news, ()) = tokio::join!(browser.get(&address), desk.write(&mut hers, &id, &message));
    assert_eq!(news.status, StatusCode::OK);
    let (_, shown) = address.split_once("na=").unwrap();
    let now = live_address(&desk.page(PAGE).await);
    let (_, now) = now.split_once("na=").unwrap();
    assert_ne!(shown, now);
    assert_eq!(news.text(), format!("event: changed\nid: {now}\ndata: {now}\n\n"));

    let broken_off = browser.get_with(&format!("{PAGE}/nieuws?na={now}"), &[("last-event-id", shown)]).await;
    assert!(broken_off.text().contains(&format!("id: {now}")), "a line that broke off goes on from what it saw last");
}

#[tokio::test]
async fn a_login_that_ended_hears_nothing_more() {
    let mut desk = Desk::new().await;
    let address = live_address(&desk.page(PAGE).await);
    let mut listening = another_tab(&desk);
    let (news, _) = tokio::join!(listening.get(&address), desk.browser.submit("/kantoor/uitloggen", &[]));
    assert_eq!(news.text(), "");
}

#[tokio::test]
async fn a_client_is_found_by_part_of_a_name_and_only_at_the_own_firm() {
    let mut desk = Desk::new().await;
    let name = desk.home.client.name.clone();
    let found = desk.page("/kantoor/zoek?q=jans").await;
    assert!(found.contains(PAGE) && found.contains(&name), "{found}");
    assert!(desk.page("/kantoor/zoek?q=%3Cb%3E%25").await.contains("Geen klant past"));
    // The other firm's client has the same name and number.
    desk.app.household("Zuid");
    assert_eq!(desk.page("/kantoor/zoek?q=jans").await.matches("class=\"line\"").count(), 1);
}

#[tokio::test]
async fn an_open_dashboard_hears_of_its_own_firm_and_no_other() {
    let mut desk = Desk::new().await;
    let south = desk.app.household("Zuid");
    desk.app.state.dossiers.open_year(&south.advisor, south.client.id, testkit::desk::YEAR).unwrap();
    let address = live_address(&desk.page("/kantoor").await);
    let mut theirs = desk.app.person_browser(&south.people[0]).await;
    drop(theirs.me().await.unwrap());
    assert_eq!(live_address(&desk.page("/kantoor").await), address, "what the other firm does is no news here");
    let mut listening = another_tab(&desk);
    let (news, _) = tokio::join!(listening.get(&address), desk.set_out_checklist());
    assert!(news.text().starts_with("event: changed\n"), "{}", news.text());
    assert_ne!(live_address(&desk.page("/kantoor").await), address);
}

#[tokio::test]
async fn who_is_kept_out_hears_nothing_more() {
    let mut desk = Desk::new().await;
    let address = live_address(&desk.page(PAGE).await);
    let mut listening = another_tab(&desk);
    let (id, now) = (desk.home.advisor.id, desk.app.now());
    let account = desk.browser.me().await.unwrap().account;
    let keep_out = async {
        desk.app.state.db.write::<_, DbError>(move |tx| tx.set_advisor_blocked(id, Some(now))).await.unwrap();
        desk.app.state.dossiers.hub().recheck(account);
    };
    let (news, ()) = tokio::join!(listening.get(&address), keep_out);
    assert!(news.text().is_empty() || news.status == StatusCode::FORBIDDEN, "{}", news.text());
}
