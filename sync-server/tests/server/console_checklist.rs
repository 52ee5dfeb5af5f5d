//! Tests of what an advisor does with a checklist: reviewing answers, reopening it, last year's answers, and
//! the answers as files.

use axum::http::StatusCode;
use model::{
    checklist::{AnswerKey, AnswerValue, QuestionState, Template},
    id::*,
    record::{Answer, HandIn},
    time::TaxYear,
};
use storage::clock::random;
use testkit::console_page::{ConsolePage, PAGE, YEAR, assert_redirect};

fn place(checklist: ChecklistId, question: &str) -> AnswerKey {
    AnswerKey { checklist, question: question.to_owned(), person: None, row: None }
}

async fn answer(console: &ConsolePage, browser: &mut testkit::harness::Browser, key: &AnswerKey, value: AnswerValue) {
    let by = console.home.people[0].id;
    console.write(browser, key, &Answer { value, by, at: console.app.now() }).await;
}

fn state(console: &ConsolePage, key: &AnswerKey) -> QuestionState {
    let year = console.year();
    let template = &year.checklists[&key.checklist].template;
    year.answers.state(template.path(&key.question).last().unwrap(), key)
}

#[tokio::test]
async fn an_answer_that_is_sent_back_is_open_for_the_client_until_it_is_answered_again() {
    let mut console = ConsolePage::new().await;
    let checklist = console.set_out_checklist().await;
    let mut client = console.app.person_browser(&console.home.people[0]).await;
    let key = place(checklist, "spaarsaldo");
    answer(&console, &mut client, &key, AnswerValue::Text("=1+1".into())).await;
    answer(&console, &mut client, &place(checklist, "koopwoning"), AnswerValue::No).await;
    let judge = format!("{PAGE}/checklist/{checklist}/beoordelen");
    let koopwoning = place(checklist, "koopwoning");

    let silent = console.browser.submit(&judge, &[("key", &koopwoning.to_string()), ("outcome", "sent_back")]).await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST);
    assert!(silent.text().contains("Schrijf erbij wat de klant moet nakijken."));

    let back =
        [("key", koopwoning.to_string()), ("outcome", "sent_back".into()), ("remark", "En het <b>huis</b>?".into())];
    let back: Vec<_> = back.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_redirect(&console.browser.submit(&judge, &back).await, PAGE);
    assert_eq!(state(&console, &koopwoning), QuestionState::SentBack);
    let page = console.page(PAGE).await;
    assert!(
        page.contains("Teruggestuurd") && page.contains("&#60;b&#62;huis") || page.contains("&lt;b&gt;huis"),
        "{page}"
    );

    console.app.pass_seconds(60);
    answer(&console, &mut client, &koopwoning, AnswerValue::Yes).await;
    assert_eq!(state(&console, &koopwoning), QuestionState::Answered);

    let section = console.browser.submit(&judge, &[("section", "woning"), ("outcome", "accepted")]).await;
    assert_redirect(&section, PAGE);
    assert!(console.page(PAGE).await.contains("Akkoord, "));

    // A place that does not exist, or that is none, is refused in words and changes nothing.
    for (key, expected) in [
        (place(checklist, "bestaat_niet").to_string(), StatusCode::NOT_FOUND),
        (place(ChecklistId::from_bytes([9; 16]), "koopwoning").to_string(), StatusCode::NOT_FOUND),
        ("../../x".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let answer = console.browser.submit(&judge, &[("key", &key), ("outcome", "accepted")]).await;
        assert_eq!(answer.status, expected, "{key}");
    }

    let out = |form: &str| format!("{PAGE}/checklist/{checklist}/antwoorden/{form}");
    let pdf = console.browser.get(&out("pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert_eq!(console.browser.get(&out("exe")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_checklist_that_both_partners_handed_in_is_open_again_with_the_remark() {
    let mut console = ConsolePage::new().await;
    let checklist = console.set_out_checklist().await;
    let reopen = format!("{PAGE}/checklist/{checklist}/heropenen");
    assert_eq!(console.browser.submit(&reopen, &[("remark", "x")]).await.status, StatusCode::NOT_FOUND);
    for n in 0..2 {
        let mut client = console.app.person_browser(&console.home.people[n]).await;
        let hand_in = HandIn { checklist, by: console.home.people[n].id, at: console.app.now() };
        console.write(&mut client, &HandInId::from_random(random()), &hand_in).await;
    }
    assert!(console.year().hand_ins.contains_key(&checklist));
    assert_redirect(&console.browser.submit(&reopen, &[("remark", "De WOZ ontbreekt.")]).await, PAGE);
    let year = console.year();
    assert!(!year.hand_ins.contains_key(&checklist));
    assert_eq!(year.reopenings[&checklist].remark, "De WOZ ontbreekt.");
    assert!(console.page(PAGE).await.contains("De WOZ ontbreekt."));
}

#[tokio::test]
async fn last_years_answers_are_proposed_where_the_same_is_asked_again() {
    let mut console = ConsolePage::new().await;
    let before = TaxYear(2024);
    let (advisor, client) = (console.home.advisor.clone(), console.home.client.id);
    let mut earlier = Template::from_json(include_str!("../../../assets/checklists/ib-2025.json")).unwrap();
    (earlier.id, earlier.year) = ("ib-2024".into(), 2024);
    let dossiers = console.app.state.dossiers.clone();
    dossiers.open_year(&advisor, client, before).unwrap();
    let old = dossiers.set_out_checklist(&advisor, client, before, earlier, None, true).unwrap();
    let mut browser = console.app.person_browser(&console.home.people[0]).await;
    for (question, value) in [("koopwoning", AnswerValue::Yes), ("volledig", AnswerValue::Yes)] {
        let key = AnswerKey { checklist: old, question: question.into(), person: None, row: None };
        console
            .write_in(
                before,
                &mut browser,
                &key,
                &Answer { value, by: console.home.people[0].id, at: console.app.now() },
            )
            .await;
    }
    let checklist = console.set_out_checklist().await;
    let year = console.year();
    let last_year = &year.checklists[&checklist].last_year;
    assert_eq!(last_year.get(&place(checklist, "koopwoning")), Some(&AnswerValue::Yes));
    assert!(!last_year.keys().any(|k| k.question == "volledig"), "a declaration is made anew");
    assert_eq!(state(&console, &place(checklist, "koopwoning")), QuestionState::Prefilled);
    assert!(console.page(PAGE).await.contains("Van vorig jaar, nog niet bevestigd"));
    assert_eq!(year.checklists[&checklist].template.year, YEAR.0);
}

#[tokio::test]
async fn a_checklist_of_another_kind_can_be_set_out_and_works_the_same() {
    let mut console = ConsolePage::new().await;
    let answer = console.browser.submit(&format!("{PAGE}/checklist"), &[("template", "vpb-2025"), ("due", "")]).await;
    assert_redirect(&answer, PAGE);
    let page = console.page(PAGE).await;
    assert!(page.contains("Checklist VPB 2025") && page.contains("RSIN van de vennootschap"));
}
