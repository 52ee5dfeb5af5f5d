//! Tests of the console in process: pages, forms, what they refuse and whom they know.

use axum::http::StatusCode;
use model::{
    checklist::{AnswerKey, AnswerValue},
    hash::ContentHash,
    id::*,
    money::Cents,
    record::{self, *},
};
use storage::{
    clock::random,
    db::{AdvisorRole, DbError, PersonRow},
};
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect},
    harness::TestApp,
};

fn assert_strict(html: &str) {
    for forbidden in [" style=", "<style", "javascript:", " onclick=", "<script>"] {
        assert!(!html.contains(forbidden), "{forbidden} in {html}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_goes_to_the_login_page() {
    let app = TestApp::new();
    let mut browser = app.browser();
    for path in ["/kantoor", "/kantoor/klanten", "/kantoor/klanten/nieuw", PAGE, "/kantoor/portaal"] {
        assert_redirect(&browser.get(path).await, "/kantoor/inloggen");
    }
    for path in ["/kantoor/begin", "/kantoor/welkom", "/kantoor/inloggen"] {
        let answer = browser.get_with(path, &[("accept-language", "en-GB")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains(r#"<html lang="en">"#));
        assert_strict(&answer.text());
    }
}

#[tokio::test]
async fn a_person_of_a_client_has_no_console() {
    let app = TestApp::new();
    let home = app.household("Noord");
    let mut browser = app.person_browser(&home.people[0]).await;
    let answer = browser.get("/kantoor").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("geen toegang"));
}

#[tokio::test]
async fn every_page_follows_the_strict_policy_and_has_no_dead_link() {
    let mut console = ConsolePage::new().await;
    console.set_out_checklist().await;
    console.set_out_revision("1").await;
    for path in [
        "/kantoor",
        "/kantoor/klanten",
        "/kantoor/klanten/nieuw",
        PAGE,
        &format!("{PAGE}/akkoord"),
        "/kantoor/portaal",
        "/kantoor/importeren",
        "/kantoor/seizoen",
        "/kantoor/klanten/10417/bewerken",
    ] {
        let html = console.page(path).await;
        assert_strict(&html);
        for link in html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            if link.starts_with("/kantoor") {
                let target = console.browser.get(&link.replace("&#38;", "&").replace("&amp;", "&")).await;
                assert_eq!(target.status, StatusCode::OK, "{link} on {path}");
            }
            if let Some(id) = link.strip_prefix('#') {
                assert!(html.contains(&format!("id=\"{id}\"")), "{link} on {path}");
            }
        }
    }
}

#[tokio::test]
async fn a_new_client_with_two_persons_is_invited_in_one_go() {
    let mut console = ConsolePage::new().await;
    let fields = [
        ("number", "10402"),
        ("name", "Ayşe Yılmaz en Bram Kok"),
        ("name_1", "Ayşe Yılmaz"),
        ("given_name_1", "Ayşe"),
        ("email_1", "ayse@voorbeeld.example"),
        ("language_1", "nl"),
        ("name_2", "Bram Kok"),
        ("given_name_2", "Bram"),
        ("email_2", "bram@voorbeeld.example"),
        ("language_2", "en"),
        ("action", "invite"),
    ];
    let answer = console.browser.submit("/kantoor/klanten/nieuw", &fields).await;
    assert_redirect(&answer, "/kantoor/klanten/10402/2025");
    let html = console.page("/kantoor/klanten/10402/2025").await;
    assert!(html.contains("Ayşe Yılmaz en Bram Kok") && html.contains("bram@voorbeeld.example"));
    assert_eq!(html.matches("Uitgenodigd ").count(), 2, "{html}");
    let db = &console.app.state.db;
    let client = db.read(|q| q.client_by_number(console.home.firm.id, "10402")).unwrap().unwrap();
    let mails = db.read(|q| q.mails_of_year(client.id, YEAR, 10)).unwrap();
    let mut to: Vec<_> = mails.iter().map(|m| m.mail.to_address.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ayse@voorbeeld.example", "bram@voorbeeld.example"]);
    let table = console.page("/kantoor/klanten?fase=uitgenodigd").await;
    assert!(table.contains("Ayşe Yılmaz en Bram Kok") && !table.contains("Jansen en Bakker"));
    assert!(console.page("/kantoor/klanten?q=BRAM%40").await.contains("10402"));
}

#[tokio::test]
async fn the_table_is_searched_ordered_and_taken_along_as_csv() {
    let mut console = ConsolePage::new().await;
    for (number, name, given) in [("9", "=Ayşe Yılmaz; Zn.", "Ayşe"), ("80", "André Čapek", "André")] {
        let fields = [
            ("number", number),
            ("name", name),
            ("name_1", name),
            ("given_name_1", given),
            ("email_1", "post@huis.example"),
            ("action", "add"),
        ];
        let answer = console.browser.submit("/kantoor/klanten/nieuw", &fields).await;
        assert_redirect(&answer, &format!("/kantoor/klanten/{number}/2025"));
    }
    for (query, found) in
        [("capek", "80"), ("ANDRE", "80"), ("ayse", "9"), ("80", "80"), ("marieke%40huis", "10417"), ("%22", "")]
    {
        let html = console.page(&format!("/kantoor/klanten?q={query}")).await;
        for number in ["9", "80", "10417"] {
            assert_eq!(html.contains(&format!("/kantoor/klanten/{number}/2025")), number == found, "{query} {number}");
        }
    }
    let places = |html: &str| ["9", "80", "10417"].map(|n| html.find(&format!("/kantoor/klanten/{n}/2025")).unwrap());
    assert!(places(&console.page("/kantoor/klanten?op=nummer").await).is_sorted());
    assert!(places(&console.page("/kantoor/klanten?op=-nummer").await).is_sorted_by(|a, b| a > b));
    let file = console.browser.get("/kantoor/klanten/klanten.csv?q=ayse").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let text = file.text();
    assert!(text.starts_with('\u{feff}') && text.contains("9\";\"'=Ayşe Yılmaz; Zn.\";"), "{text}");
    assert_eq!(text.lines().count(), 2, "only what was searched for: {text}");
    let other = console.app.household("Zuid");
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    for path in ["/kantoor/klanten?q=ayse", "/kantoor/klanten/klanten.csv"] {
        assert!(!stranger.get(path).await.text().contains("Yılmaz"), "{path}");
    }
}

#[tokio::test]
async fn a_client_with_mistakes_comes_back_with_a_sentence_at_each_field_and_what_was_typed() {
    let mut console = ConsolePage::new().await;
    let fields = [
        ("number", "10417"),
        ("name", "Tweede <b>huishouden</b>"),
        ("name_1", "Piet"),
        ("given_name_1", ""),
        ("email_1", "piet@"),
        ("given_name_2", "Kees"),
        ("action", "invite"),
    ];
    let answer = console.browser.submit("/kantoor/klanten/nieuw", &fields).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let html = answer.text();
    for expected in [
        "Vul de voornaam in",
        "Dit is geen e-mailadres",
        "Vul de volledige naam in",
        "Zonder e-mail kan deze persoon niet inloggen.",
        r#"value="piet@""#,
        r#"value="Kees""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert!(!html.contains("<b>huishouden"), "what was typed is never markup");
    let sound = [
        ("number", "10417"),
        ("name", "Dubbel"),
        ("name_1", "Piet Puk"),
        ("given_name_1", "Piet"),
        ("email_1", "piet@puk.example"),
    ];
    let answer = console.browser.submit("/kantoor/klanten/nieuw", &sound).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Dit nummer is al van Jansen en Bakker."));
    assert_eq!(console.app.state.db.read(|q| q.clients(console.home.firm.id)).unwrap().len(), 1);
    assert!(console.app.state.db.read(|q| q.mails_of_year(console.home.client.id, YEAR, 9)).unwrap().is_empty());
}

#[tokio::test]
async fn a_checklist_is_set_out_once() {
    let mut console = ConsolePage::new().await;
    let wrong =
        console.browser.submit(&format!("{PAGE}/checklist"), &[("template", "ib-2025"), ("due", "gisteren")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text().contains("Dit is geen datum") && wrong.text().contains(r#"value="gisteren""#));
    assert!(console.year().checklists.is_empty());
    console.set_out_checklist().await;
    let again = console.browser.submit(&format!("{PAGE}/checklist"), &[("template", "ib-2025"), ("due", "")]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.text().contains("staat al klaar"));
    let html = console.page(PAGE).await;
    assert!(html.contains("Eigen woning") && html.contains("voor 1 april"));
}

#[tokio::test]
async fn two_answers_to_one_question_are_both_shown_with_names() {
    let mut console = ConsolePage::new().await;
    let checklist = console.set_out_checklist().await;
    let [marieke, thomas] = console.home.people.clone();
    let (mut hers, mut his) = (console.app.person_browser(&marieke).await, console.app.person_browser(&thomas).await);
    let key = AnswerKey { checklist, question: "spaarsaldo".into(), person: None, row: None };
    let at = console.app.now();
    let answer = move |by: &PersonRow, euros: i64| record::Answer {
        value: AnswerValue::Amount(Cents(euros * 100)),
        by: by.id,
        at,
    };
    let before = console.replica();
    console.write_on(&mut hers, &before, &key, &answer(&marieke, 18_400)).await;
    console.write_on(&mut his, &before, &key, &answer(&thomas, 21_150)).await;
    let html = console.page(PAGE).await;
    for expected in ["€ 18.400", "€ 21.150", "(Marieke, ", "(Thomas, ", "Verschil"] {
        assert!(html.contains(expected), "{expected}");
    }
    assert!(console.page("/kantoor").await.contains("Twee antwoorden"));
    console.write(&mut his, &key, &answer(&thomas, 18_400)).await;
    let html = console.page(PAGE).await;
    assert!(!html.contains("Verschil") && !html.contains("€ 21.150"));
}

#[tokio::test]
async fn documents_stand_with_hash_and_whether_they_arrived() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let id = AttachmentId::from_random(random());
    let hash = ContentHash::of(b"jaaropgave");
    let attachment = Attachment {
        name: "jaaropgave <2025>.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 2_400_000,
        hash,
        by: marieke.id,
        at: console.app.now(),
        answers: None,
        task: None,
        item: None,
        kind: None,
        replaces: None,
        year: None,
        note: String::new(),
    };
    console.write(&mut hers, &id, &attachment).await;
    let html = console.page(PAGE).await;
    assert!(html.contains("Onderweg") && html.contains("2,4 MB") && html.contains(&hash.to_string()));
    assert!(!html.contains("/files/"), "what is not here has no link");
    let receipt = Receipt { at: console.app.now(), hash, size: 2_400_000, media_type: "image/jpeg".into() };
    console.app.state.dossiers.receive(&marieke, YEAR, id, receipt, Box::new(|_| Ok(()))).unwrap();
    let html = console.page(&format!("{PAGE}?stuk={id}")).await;
    assert!(
        html.contains(&format!("/api/clients/{}/files/{hash}", console.home.client.id)) && html.contains("Ontvangen ")
    );
}

#[tokio::test]
async fn documents_are_asked_for_and_messages_written() {
    let mut console = ConsolePage::new().await;
    let empty = console.browser.submit(&format!("{PAGE}/documenten"), &[("title_0", " "), ("due", "")]).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.text().contains("Noem minstens één document"));
    let asked =
        [("title_0", "Jaaropgave"), ("year_0", "2025"), ("title_2", "Nota van afrekening"), ("due", "2026-03-20")];
    assert_redirect(&console.browser.submit(&format!("{PAGE}/documenten"), &asked).await, PAGE);
    let html = console.page(PAGE).await;
    assert!(
        html.contains("Jaaropgave, 2025") && html.contains("Nota van afrekening") && html.contains("voor 20 maart")
    );
    let task = console.year().tasks[0].id;
    assert_redirect(&console.browser.submit(&format!("{PAGE}/taken/{task}/sluiten"), &[]).await, PAGE);
    let twice = console.browser.submit(&format!("{PAGE}/taken/{task}/sluiten"), &[]).await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
    assert!(twice.text().contains("al afgerond"));
}

#[tokio::test]
async fn another_firms_client_does_not_exist() {
    let mut console = ConsolePage::new().await;
    let other = console.app.household("Zuid");
    let stranger = storage::db::Client { id: ClientId::from_random(random()), number: "777".into(), ..other.client };
    let (row, at) = (stranger.clone(), console.app.now());
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_client(&row, at)).unwrap();
    console.app.state.dossiers.open_year(&other.advisor, stranger.id, YEAR).unwrap();
    let base = "/kantoor/klanten/777/2025";
    let approval = ApprovalId::from_random(random());
    for path in [
        base.to_owned(),
        format!("{base}/akkoord"),
        format!("{base}/berichten"),
        format!("{base}/akkoord/bewijs/{approval}.json"),
    ] {
        assert_eq!(console.browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["openen", "uitnodigen", "checklist", "documenten", "berichten/gelezen"] {
        let fields = [("template", "ib-2025"), ("items", "x"), ("body", "x")];
        let answer = console.browser.submit(&format!("{base}/{path}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let year = console.app.state.dossiers.read(stranger.id, YEAR).unwrap();
    assert!(year.tasks.is_empty() && year.messages.is_empty());
    assert!(!console.page("/kantoor/klanten").await.contains("777"));
    assert_eq!(console.browser.get("/kantoor/klanten/10417/1900").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_reader_sees_and_changes_nothing() {
    let app = TestApp::new();
    let home = app.household("Noord");
    app.state.dossiers.open_year(&home.advisor, home.client.id, YEAR).unwrap();
    let mut reader = home.advisor.clone();
    (reader.id, reader.role, reader.email) =
        (AdvisorId::from_random(random()), AdvisorRole::Reader, "lezer@noord.example".into());
    let (row, at) = (reader.clone(), app.now());
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&row, at)).unwrap();
    let mut browser = app.advisor_browser(&reader).await;
    let html = browser.get(PAGE).await.text();
    assert!(html.contains("U kunt meekijken") && !html.contains("method=\"post\" action=\"/kantoor/klanten"));
    for (path, fields) in [
        (format!("{PAGE}/checklist"), [("template", "ib-2025")]),
        (format!("{PAGE}/documenten"), [("title_0", "x")]),
        (format!("{PAGE}/berichten/gelezen"), [("body", "x")]),
        (format!("{PAGE}/wijzigingen/{}", ProposalId::from_random(random())), [("action", "take_over")]),
        (format!("{PAGE}/gegevens/{}", home.people[0].id), [("name", "x")]),
        (format!("{PAGE}/uitnodigen"), [("person", "")]),
        ("/kantoor/klanten/nieuw".to_owned(), [("number", "1")]),
        ("/kantoor/portaal".to_owned(), [("name", "x")]),
    ] {
        assert_eq!(browser.submit(&path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(app.state.dossiers.read(home.client.id, YEAR).unwrap().tasks.is_empty());
}

#[tokio::test]
async fn logging_out_ends_the_session() {
    let mut console = ConsolePage::new().await;
    assert_redirect(&console.browser.submit("/kantoor/uitloggen", &[]).await, "/kantoor/inloggen");
    assert_redirect(&console.browser.get("/kantoor").await, "/kantoor/inloggen");
}
