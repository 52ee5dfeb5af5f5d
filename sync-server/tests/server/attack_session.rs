//! Attacks with an open session of somebody else: it must not be enough to make a way in of one's own.

use axum::http::StatusCode;
use model::{api::Keyring, id::DeviceId};
use serde_json::{Value, json};
use storage::db::{Advisor, AdvisorRole, DbError};
use testkit::{
    console_page::{ConsolePage, PAGE},
    harness::{Answer, Browser, TestApp},
};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const PIET: [(&str, &str); 6] = [
    ("name", "Piet Visser"),
    ("given_name", "Piet"),
    ("email", "piet@noord.example"),
    ("hours", ""),
    ("role", "administrator"),
    ("language", "nl"),
];

/// Returns true for the page that asks for the passkey and keeps the form.
fn asks_for_passkey(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN && answer.text().contains("id=\"bevestigen\"")
}

/// Shows the passkey within the session, as the page's script does.
async fn confirm(browser: &mut Browser) -> String {
    let end = browser.prepare_login().await.unwrap();
    browser.post("/api/login/confirm", &end).await.refusal()
}

fn of_name(console: &ConsolePage, name: &str) -> Option<Advisor> {
    let all = console.app.state.db.read::<_, DbError>(|q| q.advisors(console.home.firm.id)).unwrap();
    all.into_iter().find(|a| a.name == name)
}

/// Returns a console in which a colleague has registered, and whose session is older than ten minutes.
async fn with_colleague() -> (ConsolePage, Advisor) {
    let mut console = ConsolePage::new().await;
    console.browser.submit("/kantoor/adviseurs", &PIET).await;
    let piet = of_name(&console, "Piet Visser").unwrap();
    console.app.advisor_browser(&piet).await;
    console.app.pass_seconds(11 * MINUTE);
    let piet = of_name(&console, "Piet Visser").unwrap();
    (console, piet)
}

#[tokio::test]
async fn an_open_session_changes_no_way_in_until_the_passkey_is_shown() {
    let (mut console, piet) = with_colleague().await;
    let marieke = console.home.people[0].clone();
    console.app.person_browser(&marieke).await;
    let his = format!("/kantoor/adviseurs/{}", piet.id);
    let person = format!("{PAGE}/personen/{}", marieke.id);
    let details = format!("{PAGE}/gegevens/{}", marieke.id);
    let mail_server = [("host", "mail.dief.example"), ("port", "587"), ("security", "starttls"), ("from", "")];
    let new = [("name", "Dief"), ("given_name", "Dief"), ("email", "dief@dief.example"), ("role", "administrator")];
    let attacks: [(&str, &[(&str, &str)]); 12] = [
        ("/kantoor/adviseurs", &new),
        (&his, &[("action", "rol"), ("role", "reader")]),
        (&his, &[("action", "gegevens"), ("name", "Piet"), ("given_name", "Piet"), ("email", "dief@dief.example")]),
        (&his, &[("action", "vernieuwen")]),
        (&his, &[("action", "deblokkeren")]),
        (&person, &[("action", "vernieuwen")]),
        (&person, &[("action", "rol"), ("rol", "reader")]),
        (&person, &[("action", "deblokkeren")]),
        (&details, &[("name", "Marieke Jansen"), ("email", "dief@dief.example")]),
        ("/kantoor/mailserver", &mail_server),
        ("/kantoor/mailserver/sleutel", &[("action", "make"), ("domain", "dief.example")]),
        ("/kantoor/klanten/10417/bewerken", &[("action", "deblokkeer")]),
    ];
    let (mails, events) = (console.app.mails().len(), events(&console));
    for (path, fields) in attacks {
        let answer = console.browser.submit(path, fields).await;
        assert!(asks_for_passkey(&answer), "{path} {fields:?}: {} {}", answer.status, answer.text());
        let page = answer.text();
        for (name, value) in fields {
            assert!(page.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name} is lost: {page}");
        }
        assert!(page.contains(&format!("action=\"{path}\"")) && page.contains("method=\"post\""), "{page}");
    }
    let export = console.browser.get("/kantoor/logboek/auditlog.jsonl").await;
    assert!(asks_for_passkey(&export), "{}", export.status);
    assert_eq!((console.app.mails().len(), self::events(&console)), (mails, events), "nothing happened");
    assert!(of_name(&console, "Dief").is_none());
    assert_eq!(of_name(&console, "Piet Visser").unwrap().role, AdvisorRole::Administrator);

    // The owner shows the passkey, and the same form goes on.
    assert_eq!(confirm(&mut console.browser).await, "");
    for (path, fields) in [attacks[1], attacks[6], attacks[8]] {
        let answer = console.browser.submit(path, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text());
    }
    assert_eq!(of_name(&console, "Piet Visser").unwrap().role, AdvisorRole::Reader);
    assert!(console.browser.get("/kantoor/logboek/auditlog.jsonl").await.status.is_success());
}

fn events(console: &ConsolePage) -> u64 {
    console.app.state.db.read::<_, DbError>(|q| q.last_event(console.home.firm.id)).unwrap()
}

#[tokio::test]
async fn what_is_done_every_day_and_what_shuts_somebody_out_asks_for_no_passkey() {
    let (mut console, piet) = with_colleague().await;
    let marieke = console.home.people[0].clone();
    let person = format!("{PAGE}/personen/{}", marieke.id);
    for (path, fields) in [
        (person.clone(), vec![("action", "uitnodigen")]),
        (person.clone(), vec![("action", "code")]),
        (person, vec![("action", "blokkeren")]),
        (format!("/kantoor/adviseurs/{}", piet.id), vec![("action", "blokkeren")]),
    ] {
        let answer = console.browser.submit(&path, &fields).await;
        assert!(!asks_for_passkey(&answer), "{path} {fields:?}");
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn only_the_sessions_own_passkey_makes_it_fresh() {
    let (mut console, piet) = with_colleague().await;
    let mut thief = console.app.browser();
    thief.cookies = console.browser.cookies.clone();
    // The thief has a passkey too, of another login here.
    let marieke = console.home.people[0].clone();
    thief.authenticator = console.app.person_browser(&marieke).await.authenticator;
    assert_eq!(confirm(&mut thief).await, "passkey_unknown");
    let end = console.browser.prepare_login().await.unwrap();
    let mut nobody = console.app.browser();
    assert_eq!(nobody.post("/api/login/confirm", &end).await.refusal(), "not_signed_in");
    let answer = thief.submit(&format!("/kantoor/adviseurs/{}", piet.id), &[("action", "vernieuwen")]).await;
    assert!(asks_for_passkey(&answer));
    // Ten minutes later it is over.
    assert_eq!(confirm(&mut console.browser).await, "");
    console.app.pass_seconds(10 * MINUTE);
    assert!(asks_for_passkey(&console.browser.submit("/kantoor/adviseurs", &PIET).await));
}

#[tokio::test]
async fn administrators_and_whom_it_concerns_are_told_of_each_change() {
    let mut console = ConsolePage::new().await;
    let told = |console: &ConsolePage, to: &str| {
        let mails = console.app.mails_to(to).into_iter();
        let mut subjects: Vec<_> =
            mails.filter(|m| m.mail.kind.word() == "advisor_way_in_changed").map(|m| m.mail.subject).collect();
        subjects.reverse();
        subjects
    };
    console.browser.submit("/kantoor/adviseurs", &PIET).await;
    let piet = of_name(&console, "Piet Visser").unwrap();
    console.app.advisor_browser(&piet).await;
    let his = format!("/kantoor/adviseurs/{}", piet.id);
    console.browser.submit(&his, &[("action", "rol"), ("role", "reader")]).await;
    let details =
        [("action", "gegevens"), ("name", "Piet Visser"), ("given_name", "Piet"), ("email", "nieuw@noord.example")];
    console.browser.submit(&his, &details).await;
    console.browser.get("/kantoor/logboek/auditlog.jsonl").await;
    let sanne = told(&console, "sanne@noord.example");
    assert_eq!(
        sanne,
        [
            "Piet Visser is uitgenodigd (Beheerder)",
            "Piet Visser heeft nu de rol Meelezer",
            "Het e-mailadres van Piet Visser is nu nieuw@noord.example",
            "Het auditlog is gedownload"
        ]
    );
    assert_eq!(told(&console, "piet@noord.example").len(), 2, "the role, and the address that was left");
    assert_eq!(told(&console, "nieuw@noord.example").len(), 1);

    let marieke = console.home.people[0].clone();
    let person = format!("{PAGE}/personen/{}", marieke.id);
    for fields in [[("action", "rol"), ("rol", "reader")], [("action", "deblokkeren"), ("rol", "")]] {
        console.browser.submit(&person, &fields).await;
    }
    let mails = console.app.mails_of("way_in_changed");
    assert!(mails.iter().all(|m| m.mail.to_address == marieke.email) && mails.len() == 2);
    assert!(mails[1].mail.body_text.contains("meelezen"), "{}", mails[1].mail.body_text);
}

#[tokio::test]
async fn the_console_asks_for_the_passkey_after_twelve_hours_and_the_form_goes_on() {
    let mut console = ConsolePage::new().await;
    console.app.pass_seconds(11 * HOUR);
    assert!(console.browser.get("/kantoor").await.status.is_success());
    console.app.pass_seconds(11 * HOUR);
    assert!(console.browser.get("/kantoor").await.status.is_success(), "its use was written down");
    // The app, and news that an open page asks for, are no use of the console.
    console.app.pass_seconds(6 * HOUR);
    console.browser.me().await.unwrap();
    console.browser.get_with("/kantoor/nieuws", &[("accept", "text/event-stream")]).await;
    console.app.pass_seconds(6 * HOUR);
    let page = console.browser.get("/kantoor/klanten").await;
    assert!(asks_for_passkey(&page) && !page.text().contains("Jansen en Bakker"), "{}", page.text());
    let answer = console.browser.submit(&format!("{PAGE}/documenten"), &[("title", "Jaaropgave"), ("item", "a")]).await;
    assert!(asks_for_passkey(&answer) && answer.text().contains("value=\"Jaaropgave\""), "{}", answer.text());
    assert!(console.browser.me().await.is_ok(), "the app goes on");
    assert_eq!(confirm(&mut console.browser).await, "");
    assert!(console.browser.get("/kantoor/klanten").await.text().contains("Jansen en Bakker"));
}

/// Makes one more session of a login, as another window of the same device, and goes on in the one that was there.
async fn log_in_once_more(browser: &mut Browser) {
    let session = browser.cookies.remove("__Host-sid").unwrap();
    browser.log_in().await.unwrap();
    browser.cookies.insert("__Host-sid".into(), session);
}

#[tokio::test]
async fn a_login_has_twenty_sessions_and_the_one_used_longest_ago_ends() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut first = app.person_browser(&home.people[0]).await;
    let mut second = app.browser();
    second.authenticator = std::mem::replace(&mut first.authenticator, app.browser().authenticator);
    second.log_in().await.unwrap();
    let mut other = app.person_browser(&home.people[1]).await;
    for _ in 0..18 {
        app.pass_seconds(2 * MINUTE);
        first.me().await.unwrap();
        log_in_once_more(&mut second).await;
    }
    assert!(second.me().await.is_ok(), "twenty are kept");
    // Its use was written down just now, so the next ones end those that were not used since.
    for _ in 0..5 {
        log_in_once_more(&mut second).await;
    }
    assert!(first.me().await.is_ok() && second.me().await.is_ok() && other.me().await.is_ok());
    for _ in 0..30 {
        app.pass_seconds(24 * HOUR / 20);
        log_in_once_more(&mut second).await;
        first.me().await.unwrap();
    }
    assert_eq!(second.me().await.unwrap_err(), "not_signed_in");
    assert!(other.me().await.is_ok(), "another login's are its own");
}

#[tokio::test]
async fn who_ends_all_sessions_stays_and_everybody_else_is_logged_out() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut here = app.person_browser(&home.people[0]).await;
    let mut lost = app.browser();
    lost.authenticator = here.authenticator;
    lost.log_in().await.unwrap();
    here.authenticator = std::mem::replace(&mut lost.authenticator, app.browser().authenticator);
    let mut partner = app.person_browser(&home.people[1]).await;
    app.pass_seconds(11 * MINUTE);
    assert_eq!(here.post("/api/keyring/sessions/end", &json!({})).await.refusal(), "prove_again");
    here.log_in().await.unwrap();
    let keyring: Keyring = here.post("/api/keyring/sessions/end", &json!({})).await.json();
    assert_eq!(keyring.devices.iter().filter(|d| d.is_this).map(|d| d.id).collect::<Vec<DeviceId>>().len(), 1);
    assert!(here.me().await.is_ok() && partner.me().await.is_ok());
    assert_eq!(lost.me().await.unwrap_err(), "not_signed_in");
    let none: Result<Value, _> = lost.post("/api/keyring/sessions/end", &json!({})).await.result();
    assert_eq!(none.unwrap_err(), "not_signed_in");
}

#[tokio::test]
async fn the_console_logs_out_everywhere_by_one_press() {
    let mut console = ConsolePage::new().await;
    let mut elsewhere = console.app.browser();
    std::mem::swap(&mut elsewhere.authenticator, &mut console.browser.authenticator);
    elsewhere.log_in().await.unwrap();
    let answer = console.browser.submit("/kantoor/overal-uitloggen", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/kantoor/inloggen"));
    assert_eq!(elsewhere.me().await.unwrap_err(), "not_signed_in");
}
