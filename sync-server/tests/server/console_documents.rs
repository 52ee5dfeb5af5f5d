//! Tests of documents in the console: asked for item by item, accepted, sent back.

use axum::http::StatusCode;
use documents::dossier::{DocumentState, TaskState};
use model::{hash::ContentHash, id::*, record::*};
use storage::{
    clock::random,
    db::{FileRow, FileView, Tx},
};
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect},
    harness::Browser,
};

/// Asks for three documents, as the form does.
async fn ask(console: &mut ConsolePage) -> TaskId {
    let asked = [
        ("title_0", "Jaaropgave"),
        ("year_0", "2025"),
        ("example_0", "Van uw werkgever, in januari gekregen"),
        ("title_1", "WOZ-beschikking"),
        ("title_2", "Nota van afrekening"),
    ];
    assert_redirect(&console.browser.submit(&format!("{PAGE}/documenten"), &asked).await, PAGE);
    console.year().tasks[0].id
}

/// Gives a document of Marieke for an item, and lets it arrive.
async fn give(
    console: &mut ConsolePage,
    hers: &mut Browser,
    task: TaskId,
    item: u32,
    replaces: Option<AttachmentId>,
) -> AttachmentId {
    let marieke = console.home.people[0].clone();
    let (id, hash, at) = (AttachmentId::from_random(random()), ContentHash(random()), console.app.now());
    let attachment = Attachment {
        name: "scan.pdf".into(),
        media_type: "application/pdf".into(),
        size: 10,
        hash,
        by: marieke.id,
        at,
        answers: None,
        task: Some(task),
        item: Some(item),
        kind: None,
        replaces,
        year: None,
        note: String::new(),
    };
    console.write(hers, &id, &attachment).await;
    let (client, media_type) = (console.home.client.id, "application/pdf".to_owned());
    let receipt = Receipt { at, hash, size: 10, media_type: media_type.clone() };
    let file = FileRow { client, hash, size: 10, media_type, pages: 1, view: FileView::Copy, stored_at: at };
    let with_file = Box::new(move |tx: &Tx<'_>| tx.add_file(&file));
    console.app.state.dossiers.receive(&marieke, YEAR, id, receipt, with_file).unwrap();
    id
}

fn state(console: &ConsolePage, id: AttachmentId) -> DocumentState {
    let year = console.year();
    year.document_state(year.attachment(id).unwrap())
}

#[tokio::test]
async fn a_request_names_each_item_and_a_row_can_be_added_without_script() {
    let mut console = ConsolePage::new().await;
    let more = [("title_0", "Jaaropgave"), ("rows", "3"), ("more", "1")];
    let answer = console.browser.submit(&format!("{PAGE}/documenten"), &more).await;
    assert_eq!(answer.status, StatusCode::OK);
    let html = answer.text();
    assert!(html.contains("name=\"title_3\"") && html.contains("value=\"Jaaropgave\""), "what was typed stays");
    assert!(console.year().tasks.is_empty());
    let wrong = [("title_0", "Jaaropgave"), ("year_0", "tweeduizend"), ("example_1", "zonder naam")];
    let answer = console.browser.submit(&format!("{PAGE}/documenten"), &wrong).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("Dit is geen jaar") && answer.text().contains("Zeg welk document u bedoelt"));
    let task = ask(&mut console).await;
    let year = console.year();
    let items: Vec<_> = year.items(year.task(task).unwrap()).iter().map(|i| i.item.clone()).collect();
    assert_eq!(items.len(), 3, "empty rows are left out");
    assert_eq!((items[0].year, items[0].example.as_str()), (Some(2025), "Van uw werkgever, in januari gekregen"));
}

#[tokio::test]
async fn a_document_is_taken_in_another_sent_back_and_replaced() {
    let mut console = ConsolePage::new().await;
    let task = ask(&mut console).await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let (first, second) =
        (give(&mut console, &mut hers, task, 0, None).await, give(&mut console, &mut hers, task, 1, None).await);
    let reply = ItemReply { reply: Reply::DontHave("Bank is failliet".into()), by: marieke.id, at: console.app.now() };
    console.write(&mut hers, &ItemKey { task, item: 2 }, &reply).await;
    let html = console.page(PAGE).await;
    assert!(html.contains("Marieke heeft dit niet: Bank is failliet") && html.contains("Bekijk wat er binnen is"));
    let html = console.page(&format!("{PAGE}?stuk={first}")).await;
    assert!(html.contains("data-reads-here=\"") && html.contains("Boek in"));

    assert_redirect(
        &console.browser.submit(&format!("{PAGE}/stukken/{first}"), &[("outcome", "accept")]).await,
        &format!("{PAGE}?stuk={first}"),
    );
    let bare = console.browser.submit(&format!("{PAGE}/stukken/{second}"), &[("outcome", "send_back")]).await;
    assert_eq!(bare.status, StatusCode::BAD_REQUEST);
    assert!(bare.text().contains("Schrijf wat er mee is"));
    let fields = [("outcome", "send_back"), ("remark", "Pagina 2 ontbreekt")];
    for _ in 0..2 {
        console.browser.submit(&format!("{PAGE}/stukken/{second}"), &fields).await;
    }
    assert_eq!((state(&console, first), state(&console, second)), (DocumentState::TakenIn, DocumentState::SentBack));
    let mails = console.app.state.db.read(|q| q.mails_of_year(console.home.client.id, YEAR, 50)).unwrap();
    assert_eq!(
        mails.iter().filter(|m| m.mail.kind.word() == "document_sent_back").count(),
        1,
        "twice the same is told once"
    );
    assert!(console.page(&format!("{PAGE}?stukken=teruggestuurd")).await.contains("Teruggestuurd: Pagina 2 ontbreekt"));

    let withdrawal = Withdrawal { by: marieke.id, at: console.app.now() };
    console.write(&mut hers, &first, &withdrawal).await;
    assert_eq!(state(&console, first), DocumentState::TakenIn, "what was taken in is not taken back");
    let third = give(&mut console, &mut hers, task, 1, Some(second)).await;
    assert_eq!(state(&console, second), DocumentState::Replaced);
    let late = console.browser.submit(&format!("{PAGE}/stukken/{second}"), &[("outcome", "accept")]).await;
    assert!(late.text().contains("ingetrokken, vervangen of nog niet binnen"));
    console.browser.submit(&format!("{PAGE}/stukken/{third}"), &[("outcome", "accept")]).await;
    let year = console.year();
    assert_eq!(year.task_state(year.task(task).unwrap(), marieke.id), TaskState::Done);
    assert!(console.page(PAGE).await.contains("Alles binnen"));
}

#[tokio::test]
async fn a_document_that_is_not_there_is_not_taken_in() {
    let mut console = ConsolePage::new().await;
    let id = AttachmentId::from_random(random());
    let answer = console.browser.submit(&format!("{PAGE}/stukken/{id}"), &[("outcome", "accept")]).await;
    assert!(answer.text().contains("Er is niets veranderd"));
    let odd = console.browser.submit(&format!("{PAGE}/stukken/{id}"), &[("outcome", "burn")]).await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        console.browser.get(&format!("{PAGE}?stuk=../../x&stukken=%22%3E%3Cscript%3E")).await.status,
        StatusCode::OK
    );
}
