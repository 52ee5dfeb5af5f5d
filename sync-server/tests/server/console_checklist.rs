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
use testkit::desk::{Desk, PAGE, YEAR, assert_redirect};

fn place(checklist: ChecklistId, question: &str) -> AnswerKey {
    AnswerKey { checklist, question: question.to_owned(), person: None, row: None }
}

async fn answer(desk: &Desk, browser: &mut testkit::harness::Browser, key: &AnswerKey, value: AnswerValue) {
    let by = desk.home.people[0].id;
    desk.write(browser, key, &Answer { value, by, at: desk.app.now() }).await;
}

fn state(desk: &Desk, key: &AnswerKey) -> QuestionState {
    let year = desk.year();
    let template = &year.checklists[&key.checklist].template;
    year.answers.state(template.path(&key.question).last().unwrap(), key)
}

#[tokio::test]
async fn an_answer_that_is_sent_back_is_open_for_the_client_until_it_is_answered_again() {
    let mut desk = Desk::new().await;
    let checklist = desk.set_out_checklist().await;
    let mut client = desk.app.person_browser(&desk.home.people[0]).await;
    let key = place(checklist, "spaarsaldo");
    answer(&desk, &mut client, &key, AnswerValue::Text("=1+1".into())).await;
    answer(&desk, &mut client, &place(checklist, "koopwoning"), AnswerValue::No).await;
    let judge = format!("{PAGE}/checklist/{checklist}/beoordelen");
    let koopwoning = place(checklist, "koopwoning");

    let silent = desk.browser.submit(&judge, &[("key", &koopwoning.to_string()), ("outcome", "sent_back")]).await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST);
    assert!(silent.text().contains("Schrijf erbij wat de klant moet nakijken."));

    let back =
        [("key", koopwoning.to_string()), ("outcome", "sent_back".into()), ("remark", "En het <b>huis</b>?".into())];
    let back: Vec<_> = back.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_redirect(&desk.browser.submit(&judge, &back).await, PAGE);
    assert_eq!(state(&desk, &koopwoning), QuestionState::SentBack);
    let page = desk.page(PAGE).await;
    assert!(
        page.contains("Teruggestuurd") && page.contains("&#60;b&#62;huis") || page.contains("&lt;b&gt;huis"),
        "{page}"
    );

    desk.app.pass_seconds(60);
    answer(&desk, &mut client, &koopwoning, AnswerValue::Yes).await;
    assert_eq!(state(&desk, &koopwoning), QuestionState::Answered);

    let section = desk.browser.submit(&judge, &[("section", "woning"), ("outcome", "accepted")]).await;
    assert_redirect(&section, PAGE);
    assert!(desk.page(PAGE).await.contains("Akkoord, "));

    // A place that does not exist, or that is none, is refused in words and changes nothing.
    for (key, expected) in [
        (place(checklist, "bestaat_niet").to_string(), StatusCode::NOT_FOUND),
        (place(ChecklistId::from_bytes([9; 16]), "koopwoning").to_string(), StatusCode::NOT_FOUND),
        ("../../x".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        let answer = desk.browser.submit(&judge, &[("key", &key), ("outcome", "accepted")]).await;
        assert_eq!(answer.status, expected, "{key}");
    }

    let out = |form: &str| format!("{PAGE}/checklist/{checklist}/antwoorden/{form}");
    let csv = desk.page(&out("csv")).await;
    assert!(csv.contains("\"'=1+1\""), "a formula is disarmed: {csv}");
    let json: serde_json::Value = serde_json::from_str(&desk.page(&out("json")).await).unwrap();
    assert_eq!(json["template"]["id"], "ib-2025");
    let pdf = desk.browser.get(&out("pdf")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert_eq!(desk.browser.get(&out("exe")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_checklist_that_both_partners_handed_in_is_open_again_with_the_remark() {
    let mut desk = Desk::new().await;
    let checklist = desk.set_out_checklist().await;
    let reopen = format!("{PAGE}/checklist/{checklist}/heropenen");
    assert_eq!(desk.browser.submit(&reopen, &[("remark", "x")]).await.status, StatusCode::NOT_FOUND);
    for n in 0..2 {
        let mut client = desk.app.person_browser(&desk.home.people[n]).await;
        let hand_in = HandIn { checklist, by: desk.home.people[n].id, at: desk.app.now() };
        desk.write(&mut client, &HandInId::from_random(random()), &hand_in).await;
    }
    assert!(desk.year().hand_ins.contains_key(&checklist));
    assert_redirect(&desk.browser.submit(&reopen, &[("remark", "De WOZ ontbreekt.")]).await, PAGE);
    let year = desk.year();
    assert!(!year.hand_ins.contains_key(&checklist));
    assert_eq!(year.reopenings[&checklist].remark, "De WOZ ontbreekt.");
    assert!(desk.page(PAGE).await.contains("De WOZ ontbreekt."));
}

#[tokio::test]
async fn last_years_answers_are_proposed_where_the_same_is_asked_again() {
    let mut desk = Desk::new().await;
    let before = TaxYear(2024);
    let (advisor, client) = (desk.home.advisor.clone(), desk.home.client.id);
    let mut earlier = Template::from_json(include_str!("../../../assets/checklists/ib-2025.json")).unwrap();
    (earlier.id, earlier.year) = ("ib-2024".into(), 2024);
    let dossiers = desk.app.state.dossiers.clone();
    dossiers.open_year(&advisor, client, before).unwrap();
    let old = dossiers.set_out_checklist(&advisor, client, before, earlier, None, true).unwrap();
    let mut browser = desk.app.person_browser(&desk.home.people[0]).await;
    for (question, value) in [("koopwoning", AnswerValue::Yes), ("volledig", AnswerValue::Yes)] {
        let key = AnswerKey { checklist: old, question: question.into(), person: None, row: None };
        desk.write_in(before, &mut browser, &key, &Answer { value, by: desk.home.people[0].id, at: desk.app.now() })
            .await;
    }
    let checklist = desk.set_out_checklist().await;
    let year = desk.year();
    let last_year = &year.checklists[&checklist].last_year;
    assert_eq!(last_year.get(&place(checklist, "koopwoning")), Some(&AnswerValue::Yes));
    assert!(!last_year.keys().any(|k| k.question == "volledig"), "a declaration is made anew");
    assert_eq!(state(&desk, &place(checklist, "koopwoning")), QuestionState::Prefilled);
    assert!(desk.page(PAGE).await.contains("Van vorig jaar, nog niet bevestigd"));
    assert_eq!(year.checklists[&checklist].template.year, YEAR.0);
}

#[tokio::test]
async fn a_checklist_of_another_kind_can_be_set_out_and_works_the_same() {
    let mut desk = Desk::new().await;
    let answer = desk.browser.submit(&format!("{PAGE}/checklist"), &[("template", "vpb-2025"), ("due", "")]).await;
    assert_redirect(&answer, PAGE);
    let page = desk.page(PAGE).await;
    assert!(page.contains("Checklist VPB 2025") && page.contains("RSIN van de vennootschap"));
}
