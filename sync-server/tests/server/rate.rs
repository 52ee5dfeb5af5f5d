//! Tests of trying too often: each address, link and firm has a count of its own.

use axum::http::Request;
use model::id::PersonId;
use serde_json::{Value, json};
use storage::db::{DbError, PersonRow};
use testkit::harness::{Answer, Browser, TestApp};

/// Sends a request by way of our proxy, from any address.
async fn post_from(browser: &mut Browser, address: u8, path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("x-forwarded-for", format!("10.0.0.{address}"))
        .body(body.to_string().into());
    browser.send(request.unwrap()).await
}

#[tokio::test]
async fn an_address_a_link_and_a_firm_that_try_too_often_wait_and_are_told_how_long() {
    let app = TestApp::with(|config| (config.requests_per_minute, config.trusted_proxies) = (1, 1));
    let home = app.household("Wilgenhof");
    let mut browser = app.browser();
    let mut from = 0;
    let mut elsewhere = || {
        from += 1;
        from
    };
    // One address is limited, whatever it asks for, until the next minute.
    let alarm = |token: &str| json!({ "token": token });
    assert_eq!(post_from(&mut browser, 200, "/api/alarm", &alarm("a")).await.refusal(), "alarm_over");
    let answer = post_from(&mut browser, 200, "/api/login/start", &json!({})).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, "60"));
    assert_eq!(answer.refusal(), "too_many_requests");
    app.pass_seconds(60);
    assert!(post_from(&mut browser, 200, "/api/login/start", &json!({})).await.status.is_success());
    // One link is limited, from any address.
    for refusal in ["alarm_over", "too_many_requests"] {
        assert_eq!(post_from(&mut browser, elsewhere(), "/api/alarm", &alarm("b")).await.refusal(), refusal);
    }
    // One firm is limited: each of these people has a link and an address of their own.
    let mut refusals = Vec::new();
    for number in 0..21 {
        let person = PersonRow { id: PersonId::from_bytes([number; 16]), ..home.people[0].clone() };
        let (row, now) = (person.clone(), app.now());
        app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_person(&row, now)).unwrap();
        let wish =
            json!({ "token": app.invite(&person), "user_name": format!("name-{number}"), "email": person.email });
        refusals.push(post_from(&mut browser, elsewhere(), "/api/registration/start", &wish).await.refusal());
    }
    assert!(refusals[..20].iter().all(String::is_empty), "{refusals:?}");
    assert_eq!(refusals[20], "too_many_requests");
}

#[tokio::test]
async fn a_login_that_writes_without_end_waits_and_its_colleagues_at_the_same_address_do_not() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut marieke = app.person_browser(&home.people[0]).await;
    let mut thomas = app.person_browser(&home.people[1]).await;
    let wish = json!({ "id": marieke.me().await.unwrap().device, "name": "Laptop" });
    let mut taken = 0;
    while marieke.post("/api/keyring/devices/rename", &wish).await.status.is_success() {
        taken += 1;
        assert!(taken < 200);
    }
    let answer = marieke.post("/api/keyring/devices/rename", &wish).await;
    assert_eq!((answer.status.as_u16(), answer.refusal()), (429, "too_many_requests".to_owned()));
    assert!(taken >= 95, "{taken}");
    assert_eq!(marieke.get("/api/me").await.status.as_u16(), 200, "reading goes on");
    let his = json!({ "id": thomas.me().await.unwrap().device, "name": "Laptop" });
    assert!(thomas.post("/api/keyring/devices/rename", &his).await.status.is_success());
    app.pass_seconds(1);
    for _ in 0..20 {
        assert!(marieke.post("/api/keyring/devices/rename", &wish).await.status.is_success());
    }
    assert_eq!(marieke.post("/api/keyring/devices/rename", &wish).await.status.as_u16(), 429);
}
