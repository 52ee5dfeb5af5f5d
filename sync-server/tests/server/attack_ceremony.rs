//! Attacks on those who are about to log in: floods of ceremonies, and failures in somebody else's name.

use axum::http::Request;
use model::{api::CertificateNonce, record::Base64};
use serde_json::{Value, json};
use testkit::{
    device_key::SoftDeviceKey,
    harness::{Answer, Browser, ORIGIN, TestApp},
};

/// More ceremonies than any server keeps.
const FLOOD: usize = 10_001;

async fn post_from(browser: &mut Browser, address: &str, path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header("content-type", "application/json")
        .header("x-forwarded-for", address)
        .body(body.to_string().into());
    browser.send(request.unwrap()).await
}

/// Returns a login that cannot hold, with a passkey that claims to be of this account.
async fn forged_login(thief: &mut Browser, address: &str, account: &[u8]) -> Value {
    let begun: Value = post_from(thief, address, "/api/login/start", &json!({})).await.json();
    let mut credential = thief.authenticator.get(ORIGIN, &begun["options"]).await;
    credential["response"]["userHandle"] = json!(Base64(account.to_vec()));
    json!({ "ceremony": begun["ceremony"], "credential": credential })
}

#[tokio::test]
async fn a_flood_of_ceremonies_pushes_out_nobodys() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    let mut browser = app.person_browser(marieke).await;
    let login = browser.prepare_login().await.unwrap();
    let mut newcomer = app.browser();
    let registration = newcomer.prepare_registration(&app.invite(thomas), "thomas", &thomas.email).await.unwrap();
    let nonce = browser.certificate_nonce(marieke.id).await.unwrap();

    // Theirs are the oldest.
    app.pass_seconds(1);
    let (passkeys, now) = (&app.state.accounts.passkeys, app.now());
    for _ in 0..FLOOD {
        passkeys.start_login(now).unwrap();
    }
    let mut thief = app.person_browser(&home.people[1]).await;
    for number in 0..200 {
        // As fast as one login may.
        app.pass_seconds(i64::from(number % 20 == 0));
        let wish = json!({ "person": home.people[1].id });
        assert!(thief.post("/api/keyring/device-keys/start", &wish).await.result::<CertificateNonce>().is_ok());
    }

    assert!(browser.post("/api/login/finish", &login).await.status.is_success(), "a login goes on");
    let certificate = SoftDeviceKey::new().certificate(&mut browser.authenticator, marieke.id, nonce).await;
    assert!(browser.hand_in_certificate(&certificate).await.is_ok(), "a certificate goes on");
    // The invitation was used meanwhile, so the ceremony is known and the invitation is not good any more.
    let answer = newcomer.post("/api/registration/finish", &registration).await;
    assert_ne!(answer.refusal(), "ceremony_unknown", "a registration goes on");
}

#[tokio::test]
async fn who_is_logged_in_starts_only_so_many_ceremonies() {
    let app = TestApp::with(|config| config.requests_per_minute = 3);
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let wish = json!({ "person": home.people[0].id });
    let mut refusals = Vec::new();
    for path in ["/api/keyring/device-keys/start", "/api/keyring/passkeys/start"] {
        for _ in 0..2 {
            refusals.push(browser.post(path, &wish).await.refusal());
        }
    }
    assert_eq!(refusals, ["", "", "", "too_many_requests"]);
    app.pass_seconds(60);
    assert_eq!(browser.post("/api/keyring/device-keys/start", &wish).await.refusal(), "");
}

#[tokio::test]
async fn a_strangers_failures_lock_no_login() {
    let app = TestApp::with(|config| (config.requests_per_minute, config.trusted_proxies) = (60, 1));
    let home = app.household("Wilgenhof");
    let mut owner = app.person_browser(&home.people[0]).await;
    let mut colleague = app.person_browser(&home.people[1]).await;
    let account = owner.me().await.unwrap().account;
    let elsewhere = TestApp::new();
    let there = elsewhere.household("Elders");
    let mut thief = app.browser();
    thief.authenticator = elsewhere.person_browser(&there.people[0]).await.authenticator;

    for number in 0..70 {
        let from = format!("10.0.1.{number}");
        let end = forged_login(&mut thief, &from, account.as_bytes()).await;
        assert_eq!(post_from(&mut thief, &from, "/api/login/finish", &end).await.refusal(), "passkey_unknown");
    }
    let begun: Value = post_from(&mut owner, "10.0.0.1", "/api/login/start", &json!({})).await.json();
    let credential = owner.authenticator.get(ORIGIN, &begun["options"]).await;
    let end = json!({ "ceremony": begun["ceremony"], "credential": credential });
    assert_eq!(post_from(&mut owner, "10.0.0.1", "/api/login/finish", &end).await.refusal(), "", "the owner gets in");

    // Somebody in the same office who fails often waits, and nobody else there does.
    let mut refusals = Vec::new();
    for _ in 0..12 {
        let end = forged_login(&mut thief, "10.0.0.2", account.as_bytes()).await;
        refusals.push(post_from(&mut thief, "10.0.0.2", "/api/login/finish", &end).await.refusal());
    }
    assert_eq!(refusals.iter().filter(|refusal| *refusal == "passkey_unknown").count(), 10, "{refusals:?}");
    assert_eq!(refusals[11], "too_many_requests");
    let begun: Value = post_from(&mut colleague, "10.0.0.2", "/api/login/start", &json!({})).await.json();
    let credential = colleague.authenticator.get(ORIGIN, &begun["options"]).await;
    let end = json!({ "ceremony": begun["ceremony"], "credential": credential });
    assert_eq!(post_from(&mut colleague, "10.0.0.2", "/api/login/finish", &end).await.refusal(), "");
}

#[tokio::test]
async fn an_office_behind_one_address_logs_in_within_a_minute() {
    let app = TestApp::with(|config| config.requests_per_minute = 20);
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    for _ in 0..30 {
        assert!(browser.log_in().await.is_ok());
    }
}
