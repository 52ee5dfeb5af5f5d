//! Tests of changing a client, blocking its people and archiving it; of the filters of the table
//! afterwards; and of the numbers of the dashboard, each with its clients.

use axum::http::StatusCode;
use model::{id::*, language::Language, record::*};
use storage::{
    clock::random,
    db::{Advisor, AdvisorRole, DbError},
};
use testkit::console_page::{ConsolePage, PAGE, assert_redirect};

const EDIT: &str = "/kantoor/klanten/10417/bewerken";

fn colleague(console: &ConsolePage) -> Advisor {
    let advisor = Advisor {
        id: AdvisorId::from_random(random()),
        account: None,
        name: "Piet Visser".into(),
        given_name: "Piet".into(),
        email: "piet@noord.example".into(),
        role: AdvisorRole::Advisor,
        language: Language::Nl,
        ..console.home.advisor.clone()
    };
    let (row, now) = (advisor.clone(), console.app.now());
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&row, now)).unwrap();
    advisor
}

#[tokio::test]
async fn a_client_gets_another_number_name_advisor_and_tags() {
    let mut console = ConsolePage::new().await;
    let piet = colleague(&console);
    let me = console.home.advisor.id.to_string();
    let form = console.page(EDIT).await;
    assert!(form.contains(r#"value="10417""#) && form.contains(r#"value="Jansen en Bakker""#));
    let wrong = [("action", "bewaar"), ("number", "a b"), ("name", ""), ("advisor", "nobody"), ("tags", "x")];
    let answer = console.browser.submit(EDIT, &wrong).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for sentence in ["Gebruik 1 tot 20 letters", "Geef het dossier een naam", "Kies een adviseur"] {
        assert!(answer.text().contains(sentence), "{sentence}");
    }
    let advisor = piet.id.to_string();
    let fields = [
        ("action", "bewaar"),
        ("number", "20417"),
        ("name", "Jansen & Bakker"),
        ("advisor", &advisor),
        ("tags", "ondernemer, VIP, vip"),
    ];
    let answer = console.browser.submit(EDIT, &fields).await;
    assert_redirect(&answer, "/kantoor/klanten/20417/2025");
    let year = console.year();
    let cover = year.cover.as_ref().unwrap();
    assert_eq!((cover.client_number.as_str(), cover.advisor.given_name.as_str()), ("20417", "Piet"));
    for (query, found) in [
        (format!("adviseur={advisor}"), true),
        (format!("adviseur={me}"), false),
        ("label=VIP".to_owned(), true),
        ("label=ander".to_owned(), false),
        ("q=20417".to_owned(), true),
        ("q=10417".to_owned(), false),
    ] {
        let html = console.page(&format!("/kantoor/klanten?{query}")).await;
        assert_eq!(html.contains("/kantoor/klanten/20417/2025"), found, "{query}");
    }
    assert!(console.page("/kantoor/klanten/20417/2025/akkoord").await.contains("wijzigde de gegevens van de klant"));
}

#[tokio::test]
async fn a_blocked_client_is_out_at_once_and_told_why_and_comes_back() {
    let mut console = ConsolePage::new().await;
    let mut marieke = console.app.person_browser(&console.home.people[0]).await;
    assert_eq!(marieke.me().await.unwrap().memberships.len(), 1);
    assert_redirect(&console.browser.submit(EDIT, &[("action", "blokkeer")]).await, EDIT);
    assert_eq!(marieke.me().await.unwrap_err(), "not_signed_in");
    assert_eq!(marieke.log_in().await.unwrap_err(), "access_blocked");
    let answer = console.browser.submit(&format!("{PAGE}/checklist"), &[("template", "ib-2025"), ("due", "")]).await;
    assert_redirect(&answer, PAGE);
    let mails = console.app.mails();
    assert!(mails.iter().all(|m| m.mail.kind.word() != "task"), "no mail to who is blocked");
    assert!(console.page("/kantoor/klanten?toon=geblokkeerd").await.contains("/kantoor/klanten/10417/2025"));
    assert!(console.page(EDIT).await.contains("Geblokkeerd sinds"));
    assert_redirect(&console.browser.submit(EDIT, &[("action", "deblokkeer")]).await, EDIT);
    marieke.log_in().await.unwrap();
    assert_eq!(marieke.me().await.unwrap().memberships.len(), 1);
    assert!(!console.page("/kantoor/klanten?toon=geblokkeerd").await.contains("/kantoor/klanten/10417/2025"));
}

#[tokio::test]
async fn who_belongs_to_another_client_too_only_loses_the_blocked_one() {
    let mut console = ConsolePage::new().await;
    let mut marieke = console.app.person_browser(&console.home.people[0]).await;
    let account = marieke.me().await.unwrap().account;
    let other = console.app.household("Zuid");
    let twin = other.people[0].id;
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_account(twin, account)).unwrap();
    assert_eq!(marieke.me().await.unwrap().memberships.len(), 2);
    console.browser.submit(EDIT, &[("action", "blokkeer")]).await;
    let left = marieke.me().await.unwrap().memberships;
    assert_eq!(left.iter().map(|m| m.client).collect::<Vec<_>>(), [other.client.id]);
}

#[tokio::test]
async fn an_archived_client_leaves_table_and_figures_and_is_found_in_the_archive() {
    let mut console = ConsolePage::new().await;
    console.browser.submit(EDIT, &[("action", "archiveer")]).await;
    let row = "/kantoor/klanten/10417/2025";
    assert!(!console.page("/kantoor/klanten").await.contains(row));
    assert!(console.page("/kantoor").await.contains("0 klanten"));
    let archive = console.page("/kantoor/klanten?toon=archief").await;
    assert!(archive.contains(row) && archive.contains("Gearchiveerd"));
    console.browser.submit(EDIT, &[("action", "terug")]).await;
    assert!(console.page("/kantoor/klanten").await.contains(row));
    let other = console.app.household("Zuid");
    let number = "only-10417".to_owned();
    let id = console.home.client.id;
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_client_number(id, &number)).unwrap();
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    assert_eq!(stranger.get("/kantoor/klanten/only-10417/bewerken").await.status, StatusCode::NOT_FOUND);
}

/// Returns the number of a box on the dashboard, and whether the client is behind its link.
async fn figure(console: &mut ConsolePage, html: &str, title: &str) -> (usize, bool) {
    let boxes = html.split("class=\"card kpi\"").skip(1);
    let found = boxes.into_iter().find(|part| part.contains(title)).unwrap_or_else(|| panic!("{title} in {html}"));
    let number = found.split("<b>").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
    let href = found.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let table = console.page(&href.replace("&amp;", "&").replace("&#38;", "&")).await;
    (number, table.contains("/kantoor/klanten/10417/2025"))
}

#[tokio::test]
async fn the_new_pages_speak_english_too_and_hold_no_script_or_style() {
    let console = ConsolePage::new().await;
    let mut jane = Advisor { language: Language::En, ..colleague(&console) };
    jane.id = AdvisorId::from_random(random());
    let (row, now) = (jane.clone(), console.app.now());
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&row, now)).unwrap();
    let mut browser = console.app.advisor_browser(&jane).await;
    for (path, words) in [
        ("/kantoor", "To do now"),
        ("/kantoor/klanten", "More filters"),
        ("/kantoor/importeren", "Read the file"),
        ("/kantoor/seizoen", "Nothing has happened in this season yet."),
        (EDIT, "Block this client"),
    ] {
        let html = browser.get(path).await.text();
        assert!(html.contains(r#"<html lang="en">"#) && html.contains(words), "{words} in {html}");
        for forbidden in [" style=", "<style", "javascript:", " onclick=", "<script>"] {
            assert!(!html.contains(forbidden), "{forbidden} on {path}");
        }
    }
}

#[tokio::test]
async fn every_number_of_the_dashboard_leads_to_its_clients() {
    let mut console = ConsolePage::new().await;
    let html = console.page("/kantoor").await;
    for title in ["Akkoord", "Checklists", "Documenten", "Vragen", "Te laat", "Klaar om te versturen", "Wacht op u"] {
        assert_eq!(figure(&mut console, &html, title).await, (0, false), "{title}");
    }
    let checklist = console.set_out_checklist().await;
    let mut marieke = console.app.person_browser(&console.home.people[0]).await;
    let by = console.home.people[0].id;
    let hand_in = HandIn { checklist, by, at: console.app.now() };
    console.write(&mut marieke, &HandInId::from_random(random()), &hand_in).await;
    console.browser.submit(&format!("{PAGE}/documenten"), &[("title_0", "Jaaropgave"), ("due", "2026-03-01")]).await;
    let html = console.page("/kantoor").await;
    for (title, number) in [("Checklists", 1), ("Te laat", 1), ("Wacht op u", 1)] {
        assert_eq!(figure(&mut console, &html, title).await, (number, true), "{title}");
    }
    let revision = console.set_out_revision("1").await;
    let mut thomas = console.app.person_browser(&console.home.people[1]).await;
    let people = console.home.people.clone();
    console.approve(&mut marieke, &people[0], revision).await;
    console.approve(&mut thomas, &people[1], revision).await;
    let html = console.page("/kantoor").await;
    assert_eq!(figure(&mut console, &html, "Akkoord").await, (2, true));
    assert_eq!(figure(&mut console, &html, "Klaar om te versturen").await, (1, true));
    let mine = console.page("/kantoor?wie=ik").await;
    assert_eq!(figure(&mut console, &mine, "Klaar om te versturen").await, (1, true));
    let piet = colleague(&console);
    let mut browser = console.app.advisor_browser(&piet).await;
    let theirs = browser.get("/kantoor?wie=ik").await.text();
    assert_eq!(figure(&mut console, &theirs, "Klaar om te versturen").await, (0, false));
    let season = console.page("/kantoor/seizoen").await;
    assert!(season.contains("<svg") && season.contains("8 maart 2026"), "{season}");
    let csv = console.browser.get("/kantoor/seizoen/seizoen.csv").await.text();
    assert!(csv.contains(r#""2026-03-08";"1";"1";"1";"1";"0""#), "{csv}");
}
