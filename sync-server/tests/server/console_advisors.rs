//! Tests of the firm's advisors: they are invited like clients, given a role, and blocked;
//! but somebody who can set up the firm always remains.

use axum::http::StatusCode;
use model::mail::DigestKind;
use serde_json::json;
use storage::db::{Advisor, AdvisorRole, DbError, Tx};
use testkit::{
    console_page::{ConsolePage, assert_redirect},
    harness::{Browser, TestApp},
};

const LIST: &str = "/kantoor/adviseurs";
const PIET: [(&str, &str); 6] = [
    ("name", "Piet Visser"),
    ("given_name", "Piet"),
    ("email", "piet@noord.example"),
    ("hours", "ma t/m do"),
    ("role", "advisor"),
    ("language", "nl"),
];

fn of_name(app: &TestApp, home: &testkit::harness::Household, name: &str) -> Advisor {
    let all = app.state.db.read::<_, DbError>(|q| q.advisors(home.firm.id)).unwrap();
    all.into_iter().find(|a| a.name == name).unwrap()
}

/// Returns the secret in the newest mail with a link to the console's welcome.
fn token(app: &TestApp, address: &str) -> String {
    let mails = app.mails_to(address);
    let text = mails.iter().map(|row| &row.mail.body_text).find(|text| text.contains("/kantoor/welkom#")).unwrap();
    text.split("/kantoor/welkom#").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

async fn invited(console: &mut ConsolePage) -> Advisor {
    let answer = console.browser.submit(LIST, &PIET).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains("De uitnodiging is onderweg naar piet@noord.example"), "{}", answer.text());
    of_name(&console.app, &console.home, "Piet Visser")
}

async fn joined(console: &mut ConsolePage) -> (Advisor, Browser) {
    let piet = invited(console).await;
    let mut browser = console.app.browser();
    let token = token(&console.app, &piet.email);
    assert!(browser.register(&token, "piet", &piet.email).await.unwrap().is_advisor);
    (of_name(&console.app, &console.home, "Piet Visser"), browser)
}

fn page_of(advisor: &Advisor) -> String {
    format!("{LIST}/{}", advisor.id)
}

async fn action(console: &mut ConsolePage, of: &Advisor, fields: &[(&str, &str)]) -> testkit::harness::Answer {
    console.browser.submit(&page_of(of), fields).await
}

#[tokio::test]
async fn a_colleague_is_invited_comes_in_and_may_what_the_role_says() {
    let mut console = ConsolePage::new().await;
    let (piet, mut his) = joined(&mut console).await;
    assert_eq!((piet.role, piet.hours.as_str()), (AdvisorRole::Advisor, "ma t/m do"));
    let page = his.get(LIST).await.text();
    assert!(page.contains("Sanne de Wit") && page.contains("Alleen een beheerder"), "{page}");
    assert_eq!(his.submit(LIST, &PIET).await.status, StatusCode::FORBIDDEN);
    assert_eq!(his.get(&page_of(&piet)).await.status, StatusCode::FORBIDDEN);

    let answer = action(&mut console, &piet, &[("action", "rol"), ("role", "reader")]).await;
    assert_redirect(&answer, &page_of(&piet));
    assert_eq!(his.submit(&format!("{}/openen", testkit::console_page::PAGE), &[]).await.status, StatusCode::FORBIDDEN);
    action(&mut console, &piet, &[("action", "rol"), ("role", "administrator")]).await;
    assert_eq!(his.get(&page_of(&piet)).await.status, StatusCode::OK);
    assert_eq!(
        action(&mut console, &piet, &[("action", "rol"), ("role", "king")]).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn an_invitation_with_mistakes_is_not_sent() {
    let mut console = ConsolePage::new().await;
    let mut fields = PIET;
    for (at, wrong, sentence) in [
        (0, "", "Vul de volledige naam in"),
        (2, "piet", "Dit is geen e-mailadres"),
        (2, "SANNE@noord.example", "Er werkt al iemand met dit e-mailadres"),
        (4, "king", "Kies een rol"),
    ] {
        let right = std::mem::replace(&mut fields[at].1, wrong);
        let answer = console.browser.submit(LIST, &fields).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{sentence}");
        assert!(answer.text().contains(sentence), "{sentence}: {}", answer.text());
        fields[at].1 = right;
    }
    let all = console.app.state.db.read::<_, DbError>(|q| q.advisors(console.home.firm.id)).unwrap();
    assert_eq!(all.len(), 1);
}

#[tokio::test]
async fn an_invitation_is_withdrawn_sent_again_and_asked_for_again() {
    let mut console = ConsolePage::new().await;
    let piet = invited(&mut console).await;
    let first = token(&console.app, &piet.email);
    assert!(console.page(&page_of(&piet)).await.contains("Uitgenodigd op"));
    action(&mut console, &piet, &[("action", "intrekken")]).await;
    assert!(console.page(&page_of(&piet)).await.contains("Uitnodiging ingetrokken"));
    let mut his = console.app.browser();
    assert_eq!(his.register(&first, "piet", &piet.email).await.unwrap_err(), "invitation_withdrawn");
    let asked = his.post("/api/invitation/again", &json!({ "token": first })).await;
    assert_eq!(asked.json::<serde_json::Value>()["sent"], false, "the firm took it back");

    action(&mut console, &piet, &[("action", "uitnodigen")]).await;
    let second = token(&console.app, &piet.email);
    console.app.pass_seconds(15 * 24 * 3600);
    console.browser.log_in().await.unwrap();
    assert!(console.page(&page_of(&piet)).await.contains("is verlopen"));
    assert_eq!(his.register(&second, "piet", &piet.email).await.unwrap_err(), "invitation_expired");
    let asked = his.post("/api/invitation/again", &json!({ "token": second })).await;
    assert_eq!(asked.json::<serde_json::Value>()["sent"], true);
    let third = token(&console.app, &piet.email);
    assert_ne!(third, second);
    his.register(&third, "piet", &piet.email).await.unwrap();
    assert!(console.page(&page_of(&piet)).await.contains("Heeft toegang"));
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let mut console = ConsolePage::new().await;
    let me = console.home.advisor.clone();
    let last = "Dit is de laatste beheerder";
    let answer = action(&mut console, &me, &[("action", "rol"), ("role", "advisor")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains(last), "{}", answer.text());
    // Somebody who was invited and never came does not count.
    let piet = invited(&mut console).await;
    action(&mut console, &piet, &[("action", "rol"), ("role", "administrator")]).await;
    let answer = action(&mut console, &me, &[("action", "rol"), ("role", "reader")]).await;
    assert!(answer.text().contains(last), "{}", answer.text());
    assert_eq!(of_name(&console.app, &console.home, &me.name).role, AdvisorRole::Administrator);
    let answer = action(&mut console, &me, &[("action", "blokkeren")]).await;
    assert!(answer.text().contains("Uzelf blokkeren kan niet"), "{}", answer.text());

    let mut his = console.app.browser();
    his.register(&token(&console.app, &piet.email), "piet", &piet.email).await.unwrap();
    assert_redirect(&action(&mut console, &me, &[("action", "rol"), ("role", "advisor")]).await, LIST);
    assert_eq!(console.browser.get(&page_of(&me)).await.status, StatusCode::FORBIDDEN);
    let sure = his.submit(&page_of(&me), &[("action", "rol"), ("role", "administrator")]).await;
    assert_redirect(&sure, &page_of(&me));
}

#[tokio::test]
async fn who_is_kept_out_is_out_at_once_and_the_clients_know_who_comes_next() {
    let mut console = ConsolePage::new().await;
    let (piet, mut his) = joined(&mut console).await;
    let id = piet.id.to_string();
    let edit = "/kantoor/klanten/10417/bewerken";
    let to_piet = [("action", "bewaar"), ("number", "10417"), ("name", "Jansen"), ("advisor", &id), ("tags", "")];
    assert_eq!(console.browser.submit(edit, &to_piet).await.status, StatusCode::SEE_OTHER);
    assert_eq!(console.year().cover.as_ref().unwrap().advisor.name, "Piet Visser");
    assert_eq!(his.get("/kantoor").await.status, StatusCode::OK);

    let answer = action(&mut console, &piet, &[("action", "blokkeren")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Kies wie de klanten overneemt"), "{}", answer.text());
    // This is something for his digest of tomorrow.
    let (his_id, about, now) = (piet.id, (console.home.client.id, console.home.people[0].id), console.app.now());
    let item =
        move |tx: &Tx<'_>| tx.add_digest_item(his_id, about, testkit::console_page::YEAR, DigestKind::HandedIn, now);
    console.app.state.db.write_blocking::<_, DbError>(item).unwrap();
    let successor = console.home.advisor.id.to_string();
    assert_redirect(
        &action(&mut console, &piet, &[("action", "blokkeren"), ("successor", &successor)]).await,
        &page_of(&piet),
    );
    assert_eq!(his.get("/kantoor").await.status, StatusCode::FORBIDDEN);
    assert!(!his.me().await.unwrap().is_advisor);
    let waits = |of| console.app.state.db.read::<_, DbError>(|q| q.digest_items(of)).unwrap().len();
    assert_eq!((waits(piet.id), waits(console.home.advisor.id)), (0, 1));
    assert_eq!(console.year().cover.as_ref().unwrap().advisor.name, "Sanne de Wit");
    assert!(!console.page(edit).await.contains("Piet Visser"), "nobody is given work who cannot get in");
    assert!(console.page(LIST).await.contains("Geblokkeerd"));

    action(&mut console, &piet, &[("action", "deblokkeren")]).await;
    assert_eq!(his.get("/kantoor").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_lost_every_passkey_comes_back_with_a_code() {
    let mut console = ConsolePage::new().await;
    let (piet, mut old) = joined(&mut console).await;
    let answer = action(&mut console, &piet, &[("action", "vernieuwen")]).await;
    let text = answer.text();
    assert!(text.contains("Vertel deze code aan Piet"), "{text}");
    let code = text.split("num lead").nth(1).unwrap().split("<strong>").nth(1).unwrap().split('<').next().unwrap();
    let kinds: Vec<_> = console.app.mails_to(&piet.email).into_iter().map(|row| row.mail.kind.word()).collect();
    assert_eq!(kinds[..2], ["advisor_new_access", "advisor_access_renewed"]);
    let token = token(&console.app, &piet.email);
    let start = |code: &str| json!({ "token": token, "user_name": "", "email": "", "code": code });
    let mut his = console.app.browser();
    assert_eq!(his.post("/api/registration/start", &start("000000")).await.refusal(), "code_wrong");
    assert_eq!(his.post("/api/registration/start", &start(code)).await.status, StatusCode::OK);
    assert_eq!(old.get("/kantoor").await.status, StatusCode::OK, "nothing ends before the new link is used");
    // A session that was left open cannot renew access.
    console.app.pass_seconds(3600);
    let answer = action(&mut console, &piet, &[("action", "vernieuwen")]).await;
    assert!(answer.text().contains("Bevestig met uw passkey"), "{}", answer.text());
}

#[tokio::test]
async fn what_clients_see_of_a_colleague_changes_with_it() {
    let mut console = ConsolePage::new().await;
    let me = console.home.advisor.clone();
    let fields = [
        ("action", "gegevens"),
        ("name", "Sanne Bos"),
        ("given_name", "Sanne"),
        ("email", "sanne@noord.example"),
        ("hours", "ma t/m vr, 9.00 – 17.00 uur"),
    ];
    let answer = action(&mut console, &me, &fields).await;
    assert_redirect(&answer, &format!("{}?opgeslagen", page_of(&me)));
    assert!(console.page(&format!("{}?opgeslagen", page_of(&me))).await.contains("Opgeslagen."));
    let cover = console.year().cover.clone().unwrap();
    assert_eq!(
        (cover.advisor.name.as_str(), cover.advisor.hours.as_str()),
        ("Sanne Bos", "ma t/m vr, 9.00 – 17.00 uur")
    );
    // Nobody of another firm is found, whatever the address says.
    let other = console.app.household("Zuid").advisor;
    assert_eq!(console.browser.get(&page_of(&other)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(action(&mut console, &other, &fields).await.status, StatusCode::NOT_FOUND);
}
