//! Tests of the editor of checklists.

use axum::http::StatusCode;
use model::checklist::Template;
use storage::db::DRAFT;
use testkit::{
    console_page::{ConsolePage, assert_redirect},
    harness::Answer,
};

const EDITOR: &str = "/kantoor/vragenlijsten/ib-2025";

fn mark_of(html: &str) -> String {
    let (_, rest) = html.split_once("name=\"mark\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// Does one step of the editor, based on what its page shows now.
async fn step(console: &mut ConsolePage, editor: &str, fields: &[(&str, &str)]) -> Answer {
    let mark = mark_of(&console.page(editor).await);
    let mut all = vec![("mark", mark.as_str())];
    all.extend_from_slice(fields);
    console.browser.submit(editor, &all).await
}

fn draft(console: &ConsolePage) -> Option<Template> {
    let firm = console.home.firm.id;
    let version = console.app.state.db.read(|q| q.template_version(firm, "ib-2025", DRAFT)).unwrap()?;
    Some(Template::from_json(&version.json).unwrap())
}

const NEW: [(&str, &str); 5] = [
    ("action", "save"),
    ("part", "persoonlijk"),
    ("new", "eind"),
    ("text_nl", "Heeft u een bijbaan (zwart)?"),
    ("text_en", "Do you have a side job?"),
];

#[tokio::test]
async fn a_new_question_reaches_the_clients_only_once_it_is_published() {
    let mut console = ConsolePage::new().await;
    let added = step(&mut console, EDITOR, &[&NEW[..], &[("kind", "yes_no")]].concat()).await;
    assert_redirect(&added, &format!("{EDITOR}?deel=heeft_u_een_bijbaan_zwart&klaar=bewaard"));
    let below = [
        ("action", "save"),
        ("part", "heeft_u_een_bijbaan_zwart"),
        ("new", "onder"),
        ("kind", "choice"),
        ("text_nl", "Waar?"),
        ("text_en", "Where?"),
        ("after_no", "yes"),
        ("options", "Thuis = At home\r\nElders = Elsewhere\r\n"),
        ("when", "nieuwe_klant=yes"),
    ];
    assert_eq!(step(&mut console, EDITOR, &below).await.status, StatusCode::SEE_OTHER);
    let edited = draft(&console).unwrap();
    let path = edited.path("waar");
    assert_eq!(path.len(), 2);
    assert_eq!((path[1].after.as_slice(), path[1].options[1].text.en.as_str()), (&["no".to_owned()][..], "Elsewhere"));

    console.set_out_checklist().await;
    let given = |console: &ConsolePage| console.year().checklists.values().next().unwrap().template.clone();
    assert!(given(&console).path("waar").is_empty(), "a draft is for nobody");
    let published = step(&mut console, EDITOR, &[("action", "publish")]).await;
    assert_redirect(&published, &format!("{EDITOR}?klaar=gepubliceerd"));
    assert!(given(&console).path("waar").is_empty(), "a client keeps what was set out");
    assert_eq!(draft(&console), None);
    let html = console.page(EDITOR).await;
    assert!(html.contains("Versie 4, Sanne de Wit"), "{html}");

    let other = console.app.household("Zuid");
    let mut theirs = console.app.advisor_browser(&other.advisor).await;
    assert!(!theirs.get(EDITOR).await.text().contains("bijbaan"), "another firm's checklist stays as it was");
}

#[tokio::test]
async fn what_would_break_a_checklist_is_refused_where_it_was_typed() {
    let mut console = ConsolePage::new().await;
    let untranslated = [("action", "save"), ("part", "nieuwe_klant"), ("text_nl", "Nieuw?"), ("text_en", " ")];
    let answer = step(&mut console, EDITOR, &untranslated).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Vul beide talen in") && answer.text().contains("Nieuw?"));

    let cyclic = [
        ("action", "save"),
        ("part", "nieuwe_klant"),
        ("text_nl", "Nieuw?"),
        ("text_en", "New?"),
        ("when", "nieuwe_klant=yes"),
    ];
    assert!(step(&mut console, EDITOR, &cyclic).await.text().contains("hangt van zichzelf af"));
    let wrong = [&NEW[..], &[("kind", "choice"), ("options", "alleen Nederlands")]].concat();
    assert!(step(&mut console, EDITOR, &wrong).await.text().contains("Schrijf beide talen met een ="));
    let long = "x".repeat(1_001);
    let long = [("action", "save"), ("part", "nieuwe_klant"), ("text_nl", long.as_str()), ("text_en", "New?")];
    assert!(step(&mut console, EDITOR, &long).await.text().contains("te lang"));
    for fields in [
        vec![("action", "remove"), ("part", "bestaat_niet")],
        vec![("action", "explode")],
        vec![("action", "save"), ("part", "bestaat_niet"), ("text_nl", "a"), ("text_en", "b")],
        [&NEW[..], &[("kind", "riddle")]].concat(),
        vec![("action", "restore"), ("version", "77")],
        vec![("action", "publish")],
    ] {
        let answer = step(&mut console, EDITOR, &fields).await;
        assert!(answer.status.is_client_error(), "{fields:?}: {}", answer.status);
    }
    assert_eq!(draft(&console), None, "nothing of all that was kept");
}

#[tokio::test]
async fn markup_stays_text_and_who_was_first_is_not_overwritten() {
    let mut console = ConsolePage::new().await;
    let old = mark_of(&console.page(EDITOR).await);
    let markup = [("action", "save"), ("part", ""), ("text_nl", "<script>x</script>"), ("text_en", "b")];
    assert_eq!(step(&mut console, EDITOR, &markup).await.status, StatusCode::SEE_OTHER);
    assert!(!console.page(EDITOR).await.contains("<script>x"));
    let late = console
        .browser
        .submit(EDITOR, &[("mark", &old), ("action", "save"), ("text_nl", "Laat"), ("text_en", "Late")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("Sanne de Wit heeft deze lijst net gewijzigd") && late.text().contains("Laat"));
    assert_redirect(&step(&mut console, EDITOR, &[("action", "discard")]).await, EDITOR);
    assert_eq!(draft(&console), None);
}

#[tokio::test]
async fn questions_are_moved_removed_and_brought_back_by_an_earlier_version() {
    let mut console = ConsolePage::new().await;
    let ids = |t: &Template| t.sections[0].questions.iter().map(|q| q.id.clone()).collect::<Vec<_>>();
    let first = ids(&Template::from_json(include_str!("../../../assets/checklists/ib-2025.json")).unwrap());
    step(&mut console, EDITOR, &[("action", "down"), ("part", &first[0])]).await;
    assert_eq!(ids(&draft(&console).unwrap())[..2], [first[1].clone(), first[0].clone()]);
    step(&mut console, EDITOR, &[("action", "publish")]).await;
    let removed = step(&mut console, EDITOR, &[("action", "remove"), ("part", &first[0])]).await;
    assert_redirect(&removed, EDITOR);
    assert!(!ids(&draft(&console).unwrap()).contains(&first[0]));
    step(&mut console, EDITOR, &[("action", "publish")]).await;
    step(&mut console, EDITOR, &[("action", "restore"), ("version", "4")]).await;
    assert!(ids(&draft(&console).unwrap()).contains(&first[0]));
}

#[tokio::test]
async fn next_year_is_made_of_this_one_once() {
    let mut console = ConsolePage::new().await;
    let next = "/kantoor/vragenlijsten/ib-2026";
    assert_redirect(&step(&mut console, EDITOR, &[("action", "next_year")]).await, next);
    let html = console.page(next).await;
    assert!(html.contains("Checklist IB 2026"));
    assert_eq!(console.app.browser().get(next).await.status, StatusCode::SEE_OTHER, "only for who is logged in");
    step(&mut console, next, &[("action", "save"), ("part", ""), ("text_nl", "Eigen naam"), ("text_en", "Own name")])
        .await;
    assert_redirect(&step(&mut console, EDITOR, &[("action", "next_year")]).await, next);
    assert!(console.page(next).await.contains("Eigen naam"), "what was made of it stays");
}
