//! Tests of changing a client, blocking its people and archiving it; of the filters of the table
//! afterwards; and of the numbers of the dashboard, each with its clients.

use axum::http::StatusCode;
use model::{id::*, language::Language, record::*};
use storage::{
    clock::random,
    db::{Advisor, AdvisorRole, DbError},
};
use testkit::desk::{Desk, PAGE, assert_redirect};

const EDIT: &str = "/kantoor/klanten/10417/bewerken";

fn colleague(desk: &Desk) -> Advisor {
    let advisor = Advisor {
        id: AdvisorId::from_random(random()),
        account: None,
        name: "Piet Visser".into(),
        given_name: "Piet".into(),
        email: "piet@noord.example".into(),
        role: AdvisorRole::Advisor,
        language: Language::Nl,
        ..desk.home.advisor.clone()
    };
    let (row, now) = (advisor.clone(), desk.app.now());
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&row, now)).unwrap();
    advisor
}

#[tokio::test]
async fn a_client_gets_another_number_name_advisor_and_tags() {
    let mut desk = Desk::new().await;
    let piet = colleague(&desk);
    let me = desk.home.advisor.id.to_string();
    let form = desk.page(EDIT).await;
    assert!(form.contains(r#"value="10417""#) && form.contains(r#"value="Jansen en Bakker""#));
    let wrong = [("deed", "bewaar"), ("number", "a b"), ("name", ""), ("advisor", "nobody"), ("tags", "x")];
    let answer = desk.browser.submit(EDIT, &wrong).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for sentence in ["Gebruik 1 tot 20 letters", "Geef het dossier een naam", "Kies een adviseur"] {
        assert!(answer.text().contains(sentence), "{sentence}");
    }
    let advisor = piet.id.to_string();
    let fields = [
        ("deed", "bewaar"),
        ("number", "20417"),
        ("name", "Jansen & Bakker"),
        ("advisor", &advisor),
        ("tags", "ondernemer, VIP, vip"),
    ];
    let answer = desk.browser.submit(EDIT, &fields).await;
    assert_redirect(&answer, "/kantoor/klanten/20417/2025");
    let year = desk.year();
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
        let html = desk.page(&format!("/kantoor/klanten?{query}")).await;
        assert_eq!(html.contains("/kantoor/klanten/20417/2025"), found, "{query}");
    }
    assert!(desk.page("/kantoor/klanten/20417/2025/akkoord").await.contains("wijzigde de gegevens van de klant"));
}

#[tokio::test]
async fn a_blocked_client_is_out_at_once_and_told_why_and_comes_back() {
    let mut desk = Desk::new().await;
    let mut marieke = desk.app.person_browser(&desk.home.people[0]).await;
    assert_eq!(marieke.me().await.unwrap().memberships.len(), 1);
    assert_redirect(&desk.browser.submit(EDIT, &[("deed", "blokkeer")]).await, EDIT);
    assert_eq!(marieke.me().await.unwrap_err(), "not_signed_in");
    assert_eq!(marieke.log_in().await.unwrap_err(), "access_blocked");
    let answer = desk.browser.submit(&format!("{PAGE}/checklist"), &[("template", "ib-2025"), ("due", "")]).await;
    assert_redirect(&answer, PAGE);
    let mails = desk.app.state.db.read(|q| q.newest_mails(99)).unwrap();
    assert!(mails.iter().all(|m| m.mail.kind.word() != "task"), "no mail to who is blocked");
    assert!(desk.page("/kantoor/klanten?toon=geblokkeerd").await.contains("/kantoor/klanten/10417/2025"));
    assert!(desk.page(EDIT).await.contains("Geblokkeerd sinds"));
    assert_redirect(&desk.browser.submit(EDIT, &[("deed", "deblokkeer")]).await, EDIT);
    marieke.log_in().await.unwrap();
    assert_eq!(marieke.me().await.unwrap().memberships.len(), 1);
    assert!(!desk.page("/kantoor/klanten?toon=geblokkeerd").await.contains("/kantoor/klanten/10417/2025"));
}

#[tokio::test]
async fn who_belongs_to_another_client_too_only_loses_the_blocked_one() {
    let mut desk = Desk::new().await;
    let mut marieke = desk.app.person_browser(&desk.home.people[0]).await;
    let account = marieke.me().await.unwrap().account;
    let other = desk.app.household("Zuid");
    let twin = other.people[0].id;
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_account(twin, account)).unwrap();
    assert_eq!(marieke.me().await.unwrap().memberships.len(), 2);
    desk.browser.submit(EDIT, &[("deed", "blokkeer")]).await;
    let left = marieke.me().await.unwrap().memberships;
    assert_eq!(left.iter().map(|m| m.client).collect::<Vec<_>>(), [other.client.id]);
}

#[tokio::test]
async fn an_archived_client_leaves_table_and_figures_and_is_found_in_the_archive() {
    let mut desk = Desk::new().await;
    desk.browser.submit(EDIT, &[("deed", "archiveer")]).await;
    let row = "/kantoor/klanten/10417/2025";
    assert!(!desk.page("/kantoor/klanten").await.contains(row));
    assert!(desk.page("/kantoor").await.contains("0 klanten"));
    let archive = desk.page("/kantoor/klanten?toon=archief").await;
    assert!(archive.contains(row) && archive.contains("Gearchiveerd"));
    desk.browser.submit(EDIT, &[("deed", "terug")]).await;
    assert!(desk.page("/kantoor/klanten").await.contains(row));
    let other = desk.app.household("Zuid");
    let number = "only-10417".to_owned();
    let id = desk.home.client.id;
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_client_number(id, &number)).unwrap();
    let mut stranger = desk.app.advisor_browser(&other.advisor).await;
    assert_eq!(stranger.get("/kantoor/klanten/only-10417/bewerken").await.status, StatusCode::NOT_FOUND);
}

/// Returns the number of a box on the dashboard, and whether the client is behind its link.
async fn figure(desk: &mut Desk, html: &str, title: &str) -> (usize, bool) {
    let boxes = html.split("class=\"card kpi\"").skip(1);
    let found = boxes.into_iter().find(|part| part.contains(title)).unwrap_or_else(|| panic!("{title} in {html}"));
    let number = found.split("<b>").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
    let href = found.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let table = desk.page(&href.replace("&amp;", "&").replace("&#38;", "&")).await;
    (number, table.contains("/kantoor/klanten/10417/2025"))
}

#[tokio::test]
async fn the_new_pages_speak_english_too_and_hold_no_script_or_style() {
    let desk = Desk::new().await;
    let mut jane = Advisor { language: Language::En, ..colleague(&desk) };
    jane.id = AdvisorId::from_random(random());
    let (row, now) = (jane.clone(), desk.app.now());
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&row, now)).unwrap();
    let mut browser = desk.app.advisor_browser(&jane).await;
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
    let mut desk = Desk::new().await;
    let html = desk.page("/kantoor").await;
    for title in ["Akkoord", "Checklists", "Documenten", "Vragen", "Te laat", "Klaar om te versturen", "Wacht op u"] {
        assert_eq!(figure(&mut desk, &html, title).await, (0, false), "{title}");
    }
    let checklist = desk.set_out_checklist().await;
    let mut marieke = desk.app.person_browser(&desk.home.people[0]).await;
    let by = desk.home.people[0].id;
    let hand_in = HandIn { checklist, by, at: desk.app.now() };
    desk.write(&mut marieke, &HandInId::from_random(random()), &hand_in).await;
    desk.browser.submit(&format!("{PAGE}/documenten"), &[("title_0", "Jaaropgave"), ("due", "2026-03-01")]).await;
    let html = desk.page("/kantoor").await;
    for (title, number) in [("Checklists", 1), ("Te laat", 1), ("Wacht op u", 1)] {
        assert_eq!(figure(&mut desk, &html, title).await, (number, true), "{title}");
    }
    let revision = desk.set_out_revision("1").await;
    let mut thomas = desk.app.person_browser(&desk.home.people[1]).await;
    let people = desk.home.people.clone();
    desk.approve(&mut marieke, &people[0], revision).await;
    desk.approve(&mut thomas, &people[1], revision).await;
    let html = desk.page("/kantoor").await;
    assert_eq!(figure(&mut desk, &html, "Akkoord").await, (2, true));
    assert_eq!(figure(&mut desk, &html, "Klaar om te versturen").await, (1, true));
    let mine = desk.page("/kantoor?wie=ik").await;
    assert_eq!(figure(&mut desk, &mine, "Klaar om te versturen").await, (1, true));
    let piet = colleague(&desk);
    let mut browser = desk.app.advisor_browser(&piet).await;
    let theirs = browser.get("/kantoor?wie=ik").await.text();
    assert_eq!(figure(&mut desk, &theirs, "Klaar om te versturen").await, (0, false));
    let season = desk.page("/kantoor/seizoen").await;
    assert!(season.contains("<svg") && season.contains("8 maart 2026"), "{season}");
    let csv = desk.browser.get("/kantoor/seizoen/seizoen.csv").await.text();
    assert!(csv.contains("2026-03-08;1;1;1;1;0"), "{csv}");
}
