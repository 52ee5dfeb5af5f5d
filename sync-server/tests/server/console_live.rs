//! Tests that a client's actions appear on an open page, and that a client can be found from any page.

use axum::http::StatusCode;
use model::{id::MessageId, record::Message};
use storage::{clock::random, db::DbError};
use testkit::{
    console_page::{ConsolePage, PAGE},
    harness::Browser,
};

/// Returns the address at which the page listens.
fn live_address(html: &str) -> String {
    let (_, rest) = html.split_once("data-live=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// Returns another browser with the same login.
fn another_tab(console: &ConsolePage) -> Browser {
    let mut browser = console.app.browser();
    browser.cookies.clone_from(&console.browser.cookies);
    browser
}

#[tokio::test]
async fn an_open_page_hears_of_what_a_client_writes_and_of_nothing_that_it_shows_already() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let address = live_address(&console.page(PAGE).await);
    let message = Message {
        by: marieke.id,
        at: console.app.now(),
        body: "Dag".into(),
        about: None,
        answer: None,
        attachments: Vec::new(),
    };
    let mut browser = another_tab(&console);
    let id = MessageId::from_random(random());
    let (news, ()) = tokio::join!(browser.get(&address), console.write(&mut hers, &id, &message));
    assert_eq!(news.status, StatusCode::OK);
    let (_, shown) = address.split_once("na=").unwrap();
    let now = live_address(&console.page(PAGE).await);
    let (_, now) = now.split_once("na=").unwrap();
    assert_ne!(shown, now);
    assert_eq!(news.text(), format!("event: changed\nid: {now}\ndata: {now}\n\n"));

    let broken_off = browser.get_with(&format!("{PAGE}/nieuws?na={now}"), &[("last-event-id", shown)]).await;
    assert!(broken_off.text().contains(&format!("id: {now}")), "a line that broke off goes on from what it saw last");
}

#[tokio::test]
async fn a_login_that_ended_hears_nothing_more() {
    let mut console = ConsolePage::new().await;
    let address = live_address(&console.page(PAGE).await);
    let mut listening = another_tab(&console);
    let (news, _) = tokio::join!(listening.get(&address), console.browser.submit("/kantoor/uitloggen", &[]));
    assert_eq!(news.text(), "");
}

#[tokio::test]
async fn a_client_is_found_by_part_of_a_name_and_only_at_the_own_firm() {
    let mut console = ConsolePage::new().await;
    let name = console.home.client.name.clone();
    let found = console.page("/kantoor/zoek?q=jans").await;
    assert!(found.contains(PAGE) && found.contains(&name), "{found}");
    assert!(console.page("/kantoor/zoek?q=%3Cb%3E%25").await.contains("Geen klant past"));
    // The other firm's client has the same name and number.
    console.app.household("Zuid");
    assert_eq!(console.page("/kantoor/zoek?q=jans").await.matches("class=\"line\"").count(), 1);
}

#[tokio::test]
async fn an_open_dashboard_hears_of_its_own_firm_and_no_other() {
    let mut console = ConsolePage::new().await;
    let south = console.app.household("Zuid");
    console.app.state.dossiers.open_year(&south.advisor, south.client.id, testkit::console_page::YEAR).unwrap();
    let address = live_address(&console.page("/kantoor").await);
    let mut theirs = console.app.person_browser(&south.people[0]).await;
    drop(theirs.me().await.unwrap());
    assert_eq!(live_address(&console.page("/kantoor").await), address, "what the other firm does is no news here");
    let mut listening = another_tab(&console);
    let (news, _) = tokio::join!(listening.get(&address), console.set_out_checklist());
    assert!(news.text().starts_with("event: changed\n"), "{}", news.text());
    assert_ne!(live_address(&console.page("/kantoor").await), address);
}

#[tokio::test]
async fn who_is_kept_out_hears_nothing_more() {
    let mut console = ConsolePage::new().await;
    let address = live_address(&console.page(PAGE).await);
    let mut listening = another_tab(&console);
    let (id, now) = (console.home.advisor.id, console.app.now());
    let account = console.browser.me().await.unwrap().account;
    let keep_out = async {
        console.app.state.db.write::<_, DbError>(move |tx| tx.set_advisor_blocked(id, Some(now))).await.unwrap();
        console.app.state.dossiers.hub().recheck(account);
    };
    let (news, ()) = tokio::join!(listening.get(&address), keep_out);
    assert!(news.text().is_empty() || news.status == StatusCode::FORBIDDEN, "{}", news.text());
}
