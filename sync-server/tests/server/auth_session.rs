//! Tests of sessions and their cookies, requests of other websites, and who reaches
//! what, from outside.

use accounts::{SignedIn, access, error::Refusal};
use axum::{body::Body, http::Request};
use model::id::FirmId;
use serde_json::json;
use storage::db::DbError;
use testkit::harness::{ORIGIN, TestApp};

const DAY: i64 = 24 * 3600;

#[tokio::test]
async fn the_cookies_are_for_this_host_and_not_for_scripts() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let token = app.invite(&home.people[0]);
    let mut browser = app.browser();
    let end = browser.prepare_registration(&token, "marieke", &home.people[0].email).await.unwrap();
    let answer = browser.post("/api/registration/finish", &end).await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 2);
    for (cookie, name) in cookies.iter().zip(["__Host-sid=", "__Host-device="]) {
        assert!(cookie.starts_with(name), "{cookie}");
        for flag in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(flag), "{cookie} lacks {flag}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    let token = &browser.cookies["__Host-sid"];
    for file in std::fs::read_dir(&app.state.config.data).unwrap().map(|entry| entry.unwrap().path()) {
        let bytes = if file.is_file() { std::fs::read(&file).unwrap() } else { Vec::new() };
        assert!(!bytes.windows(token.len()).any(|w| w == token.as_bytes()), "{} knows the token", file.display());
    }
}

#[tokio::test]
async fn a_session_ends_by_disuse_by_age_and_by_revoking_its_device() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    app.pass_seconds(29 * DAY);
    assert!(browser.me().await.is_ok());
    app.pass_seconds(29 * DAY);
    assert!(browser.me().await.is_ok(), "its use was written down");
    app.pass_seconds(30 * DAY);
    assert_eq!(browser.me().await.unwrap_err(), "not_signed_in");

    browser.log_in().await.unwrap();
    for _ in 0..8 {
        app.pass_seconds(20 * DAY);
        assert!(browser.me().await.is_ok());
    }
    app.pass_seconds(20 * DAY);
    assert_eq!(browser.me().await.unwrap_err(), "not_signed_in", "180 days");

    let first = browser.log_in().await.unwrap();
    let now = app.now();
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.revoke_device(first.device, now)).unwrap();
    assert_eq!(browser.me().await.unwrap_err(), "not_signed_in");
    let second = browser.log_in().await.unwrap();
    assert_ne!(second.device, first.device, "a revoked device stays revoked");
}

#[tokio::test]
async fn each_login_is_a_new_session_and_the_one_before_is_over() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let before = browser.cookies.clone();
    browser.log_in().await.unwrap();
    assert_ne!(browser.cookies["__Host-sid"], before["__Host-sid"]);
    let mut thief = app.browser();
    thief.cookies = before;
    assert_eq!(thief.me().await.unwrap_err(), "not_signed_in");
}

/// Two people share a laptop: each is known on it, and neither is the other's device.
#[tokio::test]
async fn a_device_belongs_to_one_account_and_a_shared_browser_is_known_to_each() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut marieke = app.person_browser(&home.people[0]).await;
    let mut thomas = app.browser();
    let hers = marieke.me().await.unwrap().device;
    thomas.cookies.insert("__Host-device".into(), marieke.cookies["__Host-device"].clone());
    let token = app.invite(&home.people[1]);
    let his = thomas.register(&token, "thomas", &home.people[1].email).await.unwrap().device;
    assert_ne!(his, hers);
    let told = |kind: &str| app.mails_of(kind).len();
    // They log in one after the other in his browser, as often as they like.
    for _ in 0..2 {
        std::mem::swap(&mut marieke.authenticator, &mut thomas.authenticator);
        assert_eq!(thomas.log_in().await.unwrap().device, hers);
        std::mem::swap(&mut marieke.authenticator, &mut thomas.authenticator);
        assert_eq!(thomas.log_in().await.unwrap().device, his);
    }
    assert_eq!(told("device_added"), 0, "nothing is new");
    // A made-up list is cut short and does no harm.
    let made_up = ["x", "", &hers.to_string()].join(".");
    thomas.cookies.insert("__Host-device".into(), made_up);
    assert_ne!(thomas.log_in().await.unwrap().device, hers, "hers is never his");
}

#[tokio::test]
async fn a_request_of_another_website_changes_nothing() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    for origin in [Some("https://evil.example"), Some("null"), Some("http://localhost:80800"), None] {
        browser.origin = origin.map(str::to_owned);
        assert_eq!(browser.post("/api/logout", &json!({})).await.refusal(), "origin_refused", "{origin:?}");
    }
    let form = Request::post("/api/logout").header("sec-fetch-site", "cross-site");
    let answer = browser.send(form.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.refusal(), "origin_refused");
    assert!(browser.me().await.is_ok(), "still logged in");
    let form = Request::post("/api/logout").header("sec-fetch-site", "same-origin");
    assert!(browser.send(form.body(Body::empty()).unwrap()).await.status.is_success());
}

#[tokio::test]
async fn the_socket_needs_our_origin() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let handshake = || {
        Request::get("/sync")
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("sec-fetch-site", "same-origin")
            .body(Body::empty())
            .unwrap()
    };
    for origin in [Some("https://evil.example"), Some("null"), None] {
        browser.origin = origin.map(str::to_owned);
        assert_eq!(browser.send(handshake()).await.refusal(), "origin_refused", "{origin:?}");
    }
    browser.origin = Some(ORIGIN.to_owned());
    // In process there is no connection to upgrade; it matters only that the request got that far.
    assert_eq!(browser.send(handshake()).await.status, 426);
    assert_eq!(app.browser().send(handshake()).await.refusal(), "not_signed_in");
}

#[tokio::test]
async fn the_console_is_for_the_firm_only() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let answer = app.browser().get("/kantoor").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/kantoor/inloggen"));
    let answer = app.browser().submit("/kantoor/klanten/nieuw", &[]).await;
    assert_eq!(answer.status, 401, "what was typed is not lost to a redirect");
    let answer = app.person_browser(&home.people[0]).await.get("/kantoor").await;
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("U heeft hier geen toegang toe."));
    assert_eq!(app.advisor_browser(&home.advisor).await.get("/kantoor").await.status, 200);
}

#[tokio::test]
async fn access_is_to_the_own_client_and_the_own_firm() {
    let app = TestApp::new();
    let (home, other) = (app.household("Wilgenhof"), app.household("Elders"));
    let me = app.person_browser(&home.people[0]).await.me().await.unwrap();
    let signed_in = SignedIn { account: me.account, device: me.device, session: [0; 32] };
    let db = &app.state.db;
    assert_eq!(access::of_client(db, &signed_in, home.client.id).unwrap().id, home.people[0].id);
    let refused = access::of_client(db, &signed_in, other.client.id).unwrap_err();
    assert_eq!(refused.refusal(), Refusal::NotFound);
    // Both firms have a client with this number.
    for household in [&home, &other] {
        let client = access::client_of_firm(db, &household.advisor, "10417").unwrap();
        assert_eq!(client.id, household.client.id);
    }
    assert!(access::client_of_firm(db, &home.advisor, "10418").is_err());
}

#[tokio::test]
async fn a_login_in_a_frame_of_another_site_is_refused_like_a_passkey_made_there() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    for (more, is_refused) in [
        (json!({ "crossOrigin": true }), true),
        (json!({ "crossOrigin": true, "topOrigin": "https://evil.example" }), true),
        (json!({ "topOrigin": "https://evil.example" }), true),
        (json!({ "crossOrigin": false }), false),
    ] {
        let begun: serde_json::Value = browser.post("/api/login/start", &json!({})).await.json();
        let credential = browser.authenticator.get_saying(ORIGIN, &begun["options"], &more).await;
        let end = json!({ "ceremony": begun["ceremony"], "credential": credential });
        let answer = browser.post("/api/login/finish", &end).await;
        let expected = if is_refused { "passkey_unknown" } else { "" };
        assert_eq!(answer.refusal(), expected, "{more}");
    }
}

/// Returns the newest events of a firm, the newest first: each with its word and its facts.
fn events(app: &TestApp, firm: FirmId) -> Vec<(String, String)> {
    let log = app.state.db.read::<_, DbError>(|q| q.audit_log()).unwrap();
    let chain = log.chains().iter().find(|chain| chain.firm == Some(firm)).unwrap();
    chain.rows.iter().rev().map(|row| (row.kind.clone(), row.detail.clone())).collect()
}

#[tokio::test]
async fn logins_refused_ones_and_logouts_are_in_the_log_of_the_firm_and_bounded() {
    let app = TestApp::with(|config| config.trusted_proxies = 1);
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let me = browser.me().await.unwrap();
    let finish = |end: serde_json::Value, from: &'static str| {
        Request::post("/api/login/finish")
            .header("content-type", "application/json")
            .header("x-forwarded-for", from)
            .body(Body::from(end.to_string()))
            .unwrap()
    };
    let end = browser.prepare_login().await.unwrap();
    assert!(browser.send(finish(end, "203.0.113.77")).await.status.is_success());
    let login = format!(r#"{{"account":"{}","device":"{}","network":"203.0.113.0/24"}}"#, me.account, me.device);
    assert_eq!(events(&app, home.firm.id)[0], ("logged_in".to_owned(), login));
    // A signature over something else, again and again: one line an hour.
    for hour in 0..2 {
        for _ in 0..5 {
            let mut end = browser.prepare_login().await.unwrap();
            end["credential"]["response"]["signature"] = json!("MEUCIQ");
            assert_eq!(browser.send(finish(end, "2a02:a450:1:2::3")).await.refusal(), "passkey_unknown");
        }
        let refused = async {
            while events(&app, home.firm.id).iter().filter(|(kind, _)| kind == "login_refused").count() <= hour {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), refused).await.unwrap();
        app.pass_seconds(3600);
    }
    let all = events(&app, home.firm.id);
    let refused: Vec<_> = all.iter().filter(|(kind, _)| kind == "login_refused").collect();
    assert_eq!(refused.len(), 2);
    assert_eq!(refused[0].1, format!(r#"{{"account":"{}","network":"2a02:a450:1::/48"}}"#, me.account));

    let answer = browser.post("/api/logout", &json!({})).await;
    assert_eq!(answer.header("clear-site-data"), "\"cache\"");
    let logout = format!(r#"{{"account":"{}","device":"{}"}}"#, me.account, me.device);
    assert_eq!(events(&app, home.firm.id)[0], ("logged_out".to_owned(), logout));
    // Without a session there is nothing to write.
    browser.post("/api/logout", &json!({})).await;
    assert_eq!(events(&app, home.firm.id).len(), all.len() + 1);
}
