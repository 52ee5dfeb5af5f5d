//! Attacks by the holder of an invitation: mails to anybody from the firm's address, codes that are guessed, and
//! addresses that are none.

use accounts::invitation;
use serde_json::{Value, json};
use testkit::{
    console_page::ConsolePage,
    harness::{Browser, TestApp},
};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 3600;

/// Texts that no mail goes to.
const NO_ADDRESSES: [&str; 8] = [
    "\"a b\"@x.nl",
    "\"a\"@x.nl",
    "a@[127.0.0.1]",
    "a@127.0.0.1",
    "-oQ@x.nl",
    "a@localhost",
    "a@-x.nl",
    "a@b.nl,c@d.nl",
];

async fn ask_code(browser: &mut Browser, token: &str, email: &str) -> String {
    browser.post("/api/invitation/mail", &json!({ "token": token, "email": email })).await.refusal()
}

async fn start(browser: &mut Browser, token: &str, email: &str, code: &str) -> String {
    let wish = json!({ "token": token, "user_name": "marieke", "email": email, "mail_code": code });
    browser.post("/api/registration/start", &wish).await.refusal()
}

fn mailed_code(app: &TestApp) -> String {
    let mail = app.mails_of("mail_code").remove(0).mail;
    mail.subject
        .chars()
        .chain(mail.body_text.chars())
        .collect::<String>()
        .split(|c: char| !c.is_ascii_digit())
        .find(|part| part.len() == 6)
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn an_invitation_mails_five_codes_and_no_more() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let (token, mut browser) = (app.invite(&home.people[0]), app.browser());
    let mut refusals = Vec::new();
    for victim in 0..57 {
        refusals.push(ask_code(&mut browser, &token, &format!("slachtoffer-{victim}@elders.example")).await);
        app.pass_seconds(MINUTE);
    }
    assert_eq!(app.mails_of("mail_code").len(), 5, "{refusals:?}");
    assert!(refusals[..5].iter().all(String::is_empty));
    assert!(refusals[5..].iter().all(|refusal| refusal == "mail_codes_spent"));
    // The person still gets in, with the address that was invited; another's invitation is another count.
    assert!(browser.register(&token, "marieke", &home.people[0].email).await.is_ok());
    let other = app.invite(&home.people[1]);
    assert_eq!(ask_code(&mut browser, &other, "thomas@elders.example").await, "");
}

#[tokio::test]
async fn a_new_code_sets_no_tries_back() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let (token, mut browser) = (app.invite(&home.people[0]), app.browser());
    let mut refusals = Vec::new();
    for _ in 0..4 {
        ask_code(&mut browser, &token, "nieuw@post.example").await;
        let wrong = if mailed_code(&app) == "000000" { "111111" } else { "000000" };
        for _ in 0..4 {
            refusals.push(start(&mut browser, &token, "nieuw@post.example", wrong).await);
        }
    }
    assert_eq!(refusals.iter().filter(|refusal| *refusal == "code_wrong").count(), 10, "{refusals:?}");
    let right = mailed_code(&app);
    assert_eq!(start(&mut browser, &token, "nieuw@post.example", &right).await, "mail_codes_spent");
    assert!(browser.register(&token, "marieke", &home.people[0].email).await.is_ok(), "the link itself is good");
}

#[tokio::test]
async fn a_mailed_code_lives_ten_minutes_and_a_spoken_one_a_day() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = home.people.clone();
    let (token, mut browser) = (app.invite(&marieke), app.browser());
    ask_code(&mut browser, &token, "nieuw@post.example").await;
    let old = mailed_code(&app);
    app.pass_seconds(10 * MINUTE);
    assert_eq!(start(&mut browser, &token, "nieuw@post.example", &old).await, "mail_code_expired");
    ask_code(&mut browser, &token, "nieuw@post.example").await;
    app.pass_seconds(10 * MINUTE - 1);
    let fresh = mailed_code(&app);
    assert_eq!(start(&mut browser, &token, "nieuw@post.example", &fresh).await, "");

    let now = app.now();
    let spoken = move |tx: &storage::db::Tx<'_>| invitation::invite_with_code(tx, &thomas, now);
    let (token, code) = app.state.db.write_blocking(spoken).unwrap();
    let wish =
        |code: &str| json!({ "token": token, "user_name": "thomas", "email": "thomas@huis.example", "code": code });
    app.pass_seconds(DAY - 1);
    assert_eq!(browser.post("/api/registration/start", &wish(&code)).await.refusal(), "");
    app.pass_seconds(1);
    assert_eq!(browser.post("/api/registration/start", &wish(&code)).await.refusal(), "code_expired");
}

#[tokio::test]
async fn who_asks_for_links_gets_ten_a_day() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let (mut token, mut browser) = (app.invite(&home.people[0]), app.browser());
    let mut sent = 0;
    for _ in 0..40 {
        app.pass_seconds(5 * MINUTE);
        let again: Value = browser.post("/api/invitation/again", &json!({ "token": token })).await.json();
        sent += usize::from(again["sent"] == json!(true));
        if let Some(mail) = app.mails_of("invitation").first() {
            token = mail.mail.body_text.split_once("#").unwrap().1.split_whitespace().next().unwrap().to_owned();
        }
    }
    assert_eq!(sent, 9, "the firm's own link counts too");
}

#[tokio::test]
async fn what_is_no_address_is_taken_nowhere() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let token = console.app.invite(&marieke);
    let mut browser = console.app.browser();
    let slug = console.home.firm.slug.clone();
    let mails = console.app.mails().len();
    for text in NO_ADDRESSES {
        assert_eq!(ask_code(&mut browser, &token, text).await, "mail_malformed", "{text}");
        assert_eq!(start(&mut browser, &token, text, "").await, "mail_malformed", "{text}");
        let wish = json!({ "firm": slug, "email": text });
        assert_eq!(browser.post("/api/invitation/by-mail", &wish).await.refusal(), "mail_malformed", "{text}");
        let fields = [("name", "Piet Visser"), ("given_name", "Piet"), ("email", text), ("role", "advisor")];
        let answer = console.browser.submit("/kantoor/adviseurs", &fields).await;
        assert!(answer.text().contains("Dit is geen e-mailadres"), "{text}");
        let person = [("name", "Bea de Boer"), ("given_name", "Bea"), ("email", text), ("role", "filler")];
        let path = format!("{}/personen/nieuw", testkit::console_page::PAGE);
        assert_eq!(console.browser.submit(&path, &person).await.status, 400, "{text}");
    }
    assert_eq!(console.app.mails().len(), mails);
}
