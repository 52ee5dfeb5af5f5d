//! The JSON that an app and the server exchange at `/api`: a whole life of a login.

use super::assert_as_before;
use accounts::{invitation, setup};
use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::{
    device_key::SoftDeviceKey,
    harness::{Browser, Household, ORIGIN, TestApp},
    transcript::Transcript,
};

/// Finishes a ceremony that was started with a new passkey.
async fn credential(browser: &mut Browser, ceremony: &Value) -> Value {
    let credential = browser.authenticator.create(ORIGIN, &ceremony["options"]).await;
    json!({ "ceremony": ceremony["ceremony"], "credential": credential })
}

#[tokio::test]
async fn an_invitation_is_exchanged_for_a_login_as_before() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    let mut said = Transcript::default();
    let mut browser = app.browser();
    let (id, now) = (thomas.id, app.now());
    let with_code = app.state.db.write_blocking(move |tx| {
        let person = tx.person(id)?.unwrap();
        invitation::invite_with_code(tx, &person, now)
    });
    let (with_code, _) = with_code.unwrap();
    let token = app.invite(&marieke);
    said.post(&mut browser, "/api/invitation", &json!({ "token": "made-up" })).await;
    said.post(&mut browser, "/api/invitation", &json!({ "token": with_code })).await;
    let begin =
        json!({ "token": with_code, "user_name": "thomas", "email": thomas.email, "code": "12", "mail_code": "" });
    said.post(&mut browser, "/api/registration/start", &begin).await;
    said.post(&mut browser, "/api/invitation", &json!({ "token": token })).await;
    let begin = |email: &str| json!({ "token": token, "user_name": "marieke", "email": email });
    said.post(&mut browser, "/api/registration/start", &begin("nieuw@post.example")).await;
    said.post(&mut browser, "/api/invitation/mail", &json!({ "token": token, "email": "nieuw@post.example" })).await;
    let begun = said.post(&mut browser, "/api/registration/start", &begin(&marieke.email)).await.json();
    let end = credential(&mut browser, &begun).await;
    let done = said.post(&mut browser, "/api/registration/finish", &end).await;
    assert_eq!(done.status, StatusCode::OK);
    said.post(&mut browser, "/api/invitation", &json!({ "token": token })).await;
    said.post(&mut browser, "/api/invitation/again", &json!({ "token": token })).await;
    let by_mail = json!({ "firm": "wilgenhof", "email": "niemand@huis.example" });
    said.post(&mut browser, "/api/invitation/by-mail", &by_mail).await;
    said.post(&mut browser, "/api/invitation/not-me", &json!({ "token": with_code })).await;
    assert_as_before("api", "invitation", &said.text());
}

#[tokio::test]
async fn a_login_its_passkeys_and_its_devices_are_spoken_of_as_before() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    let elsewhere = app.household("Elders");
    let mut said = Transcript::default();
    let mut browser = app.browser();
    said.get(&mut browser, "/api/me").await;
    browser.register(&app.invite(&marieke), "marieke", &marieke.email).await.unwrap();
    said.post(&mut browser, "/api/logout", &json!({})).await;
    let begun: Value = said.post(&mut browser, "/api/login/start", &json!({})).await.json();
    let shown = browser.authenticator.get(ORIGIN, &begun["options"]).await;
    let end = json!({ "ceremony": begun["ceremony"], "credential": shown });
    said.post(&mut browser, "/api/login/finish", &end).await;

    let begun: Value = browser.post("/api/login/start", &json!({})).await.json();
    let shown = browser.authenticator.get(ORIGIN, &begun["options"]).await;
    let join = json!({
        "token": app.invite(&elsewhere.people[0]), "ceremony": begun["ceremony"], "credential": shown
    });
    said.post(&mut browser, "/api/invitation/join", &join).await;

    let (key, person) = (SoftDeviceKey::new(), json!({ "person": marieke.id }));
    let nonce: Value = said.post(&mut browser, "/api/keyring/device-keys/start", &person).await.json();
    let nonce = serde_json::from_value(nonce["nonce"].clone()).unwrap();
    let certificate = key.certificate(&mut browser.authenticator, marieke.id, nonce).await;
    let certificate = serde_json::to_value(certificate).unwrap();
    said.post(&mut browser, "/api/keyring/device-keys/finish", &certificate).await;

    app.pass_seconds(60);
    let begun = said.post(&mut browser, "/api/keyring/passkeys/start", &json!({})).await.json();
    let end = credential(&mut browser, &begun).await;
    let ring: Value = said.post(&mut browser, "/api/keyring/passkeys/finish", &end).await.json();
    let old = &ring["passkeys"][0]["id"];
    said.post(&mut browser, "/api/keyring/passkeys/rename", &json!({ "id": old, "name": "Oude telefoon" })).await;
    let device = &ring["devices"][0]["id"];
    said.post(&mut browser, "/api/keyring/devices/rename", &json!({ "id": device, "name": "Laptop" })).await;
    said.post(&mut browser, "/api/keyring/passkeys/revoke", &json!({ "id": old })).await;
    said.get(&mut browser, "/api/keyring").await;
    said.post(&mut browser, "/api/keyring/devices/revoke", &json!({ "id": device })).await;
    assert_as_before("api", "login", &said.text());
}

#[tokio::test]
async fn a_server_is_set_up_as_before() {
    let app = TestApp::new();
    let link = setup::link(&app.state.db, &app.state.config.origin, app.now()).await.unwrap().unwrap();
    let mut said = Transcript::default();
    let form = json!({
        "token": link.split_once('#').unwrap().1, "firm_name": "Wilgenhof Belastingadvies",
        "firm_phone": "050 123 45 67", "sender_address": "portaal@wilgenhof.example", "name": "Sanne de Wit",
        "given_name": "Sanne", "email": "sanne@wilgenhof.example",
    });
    for _ in 0..2 {
        said.post(&mut app.browser(), "/api/setup", &form).await;
    }
    said.post(&mut app.browser(), "/api/alarm", &json!({ "token": "made-up" })).await;
    assert_as_before("api", "setup", &said.text());
}
