//! Tests of the first start: the one-time link, the firm, the administrator.

use accounts::setup;
use serde_json::{Value, json};
use testkit::harness::TestApp;

async fn link(app: &TestApp) -> Option<String> {
    setup::link(&app.state.db, &app.state.config.origin, app.now()).await.unwrap()
}

fn token_of(link: &str) -> &str {
    link.split_once('#').unwrap().1
}

fn form(token: &str) -> Value {
    json!({
        "token": token, "firm_name": "Wilgenhof Belastingadvies", "firm_phone": "050 123 45 67",
        "sender_address": "portaal@wilgenhof.example", "name": "Sanne de Wit", "given_name": "Sanne",
        "email": "sanne@wilgenhof.example",
    })
}

#[tokio::test]
async fn whoever_holds_the_link_names_the_firm_and_gets_into_the_console() {
    let app = TestApp::new();
    let link = link(&app).await.unwrap();
    assert!(link.starts_with("http://localhost:8080/kantoor/begin#"), "{link}");
    let mut browser = app.browser();
    let answer: Value = browser.post("/api/setup", &form(token_of(&link))).await.result().unwrap();
    let token = answer["token"].as_str().unwrap();
    let identity = browser.register(token, "sanne", "sanne@wilgenhof.example").await.unwrap();
    assert!(identity.is_advisor);
    let firms = app.state.db.read(|q| q.firms()).unwrap();
    assert_eq!(firms.len(), 1);
    assert_eq!((firms[0].slug.as_str(), firms[0].phone.as_str()), ("wilgenhof-belastingadvies", "050 123 45 67"));
    assert!(firms[0].statement_nl.contains("Wilgenhof Belastingadvies mag"));

    assert_eq!(browser.post("/api/setup", &form(token_of(&link))).await.refusal(), "setup_done");
    assert_eq!(self::link(&app).await, None);
}

#[tokio::test]
async fn each_start_has_a_new_link_and_the_one_before_is_no_good() {
    let app = TestApp::new();
    let old = link(&app).await.unwrap();
    let new = link(&app).await.unwrap();
    assert_ne!(old, new);
    let mut browser = app.browser();
    assert_eq!(browser.post("/api/setup", &form(token_of(&old))).await.refusal(), "setup_unknown");
    assert_eq!(browser.post("/api/setup", &form("")).await.refusal(), "setup_unknown");
    assert!(app.state.db.read(|q| q.firms()).unwrap().is_empty());
    assert!(browser.post("/api/setup", &form(token_of(&new))).await.status.is_success());
}

#[tokio::test]
async fn who_left_before_making_a_passkey_goes_on_at_the_next_start() {
    let app = TestApp::new();
    let first = link(&app).await.unwrap();
    let mut browser = app.browser();
    browser.post("/api/setup", &form(token_of(&first))).await;
    let next = link(&app).await.unwrap();
    assert!(next.starts_with("http://localhost:8080/kantoor/welkom#"), "{next}");
    browser.register(token_of(&next), "sanne", "sanne@wilgenhof.example").await.unwrap();
    assert_eq!(link(&app).await, None);
}

#[tokio::test]
async fn a_form_that_is_not_right_changes_nothing() {
    let app = TestApp::new();
    let link = link(&app).await.unwrap();
    let mut browser = app.browser();
    for (field, value, refusal) in [
        ("firm_name", " ", "text_missing"),
        ("sender_address", "portaal", "mail_malformed"),
        ("email", "sanne@", "mail_malformed"),
        ("firm_name", "Wilgenhof\r\nBcc: all@example.com", "malformed"),
    ] {
        let mut form = form(token_of(&link));
        form[field] = value.into();
        assert_eq!(browser.post("/api/setup", &form).await.refusal(), refusal, "{field}: {value:?}");
    }
    assert!(app.state.db.read(|q| q.firms()).unwrap().is_empty());
}

#[tokio::test]
async fn the_operator_lets_a_further_firm_in_which_sees_nothing_of_the_first() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let run = |origin: &str| {
        let mut command = std::process::Command::new(crate::PROGRAM);
        command.args(["firm", "add", "--origin", origin, "--data"]).arg(&app.state.config.data);
        command.output().unwrap()
    };
    assert!(!run("http://example.org").status.success());
    let link = String::from_utf8(run("https://portaal.example.org").stdout).unwrap().trim().to_owned();
    assert!(link.starts_with("https://portaal.example.org/kantoor/begin#"), "{link}");
    let mut browser = app.browser();
    assert_eq!(browser.post("/api/setup", &form("made-up")).await.refusal(), "setup_done");
    let answer: Value = browser.post("/api/setup", &form(token_of(&link))).await.result().unwrap();
    browser.register(answer["token"].as_str().unwrap(), "sanne", "sanne@wilgenhof.example").await.unwrap();
    // The link works once, and another firm with the same name gets another slug.
    assert_eq!(browser.post("/api/setup", &form(token_of(&link))).await.refusal(), "setup_done");
    let link = setup::further_link(&app.state.db, &app.state.config.origin, app.now()).unwrap();
    assert!(browser.post("/api/setup", &form(token_of(&link))).await.status.is_success());
    let mut slugs: Vec<_> = app.state.db.read(|q| q.firms()).unwrap().into_iter().map(|firm| firm.slug).collect();
    slugs.sort();
    assert_eq!(slugs, ["wilgenhof", "wilgenhof-belastingadvies", "wilgenhof-belastingadvies-2"]);

    let table = browser.get("/kantoor/klanten").await.text();
    assert!(!table.contains(&home.client.name), "{table}");
    assert_eq!(browser.get("/kantoor/klanten/10417/2025").await.status, 404);
    // The link works for two weeks, and no longer.
    let link = setup::further_link(&app.state.db, &app.state.config.origin, app.now()).unwrap();
    app.pass_seconds(14 * 24 * 3600);
    assert_eq!(browser.post("/api/setup", &form(token_of(&link))).await.refusal(), "setup_done");
}
