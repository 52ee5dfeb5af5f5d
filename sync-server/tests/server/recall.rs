//! Tests of taking something back: it is not given out any more, no approval of it counts, and the firm sees who saw it.

use documents::dossier::TaskState;
use dossiers::{ActionError, NewMessage};
use model::{event::Event, hash::ContentHash, id::*, record::*, time::Timestamp};
use storage::{
    clock::random,
    db::{DbError, PersonRow},
};
use testkit::{
    consent::finding,
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect, pdf},
    harness::Browser,
    upload,
};

const REASON: &str = "Deze aangifte was van een andere klant";

fn recall(console: &ConsolePage, target: RecallTarget) -> Result<(), ActionError> {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.recall(&home.advisor, home.client.id, YEAR, target, REASON)
}

fn address(console: &ConsolePage, hash: ContentHash) -> String {
    format!("/api/clients/{}/files/{hash}", console.home.client.id)
}

async fn status(browser: &mut Browser, path: &str) -> u16 {
    browser.get(path).await.status.as_u16()
}

fn told(console: &ConsolePage) -> Vec<String> {
    console.app.mails_of("recalled").into_iter().map(|row| row.mail.subject).collect()
}

/// Delivers a letter and returns it with its file.
async fn letter(console: &mut ConsolePage, text: &str) -> (DeliveryId, ContentHash) {
    // The newest is the first, and those of one moment are in no order.
    console.app.pass_seconds(1);
    let fields = [("kind", "letter"), ("title", "Brief over Jan")].map(|(n, v)| (n.to_owned(), v.to_owned()));
    let answer = console.upload_to(&format!("{PAGE}/archief"), &fields, Some(&pdf(text))).await;
    assert_redirect(&answer, &format!("{PAGE}/archief"));
    let (id, delivery) = console.year().deliveries[0].clone();
    (id, delivery.file.hash)
}

/// Sends an approval that the person signed before the recall was known to the device.
async fn approve(console: &ConsolePage, browser: &mut Browser, person: &PersonRow, revision: RevisionId) -> Finding {
    let id = console.approve(browser, person, revision).await;
    finding(console, id).unwrap()
}

#[tokio::test]
async fn a_return_that_was_taken_back_is_not_given_out_and_no_approval_of_it_counts() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let revision = console.set_out_revision("1").await;
    let target = RecallTarget::Revision(revision);
    let mut hers = console.app.person_browser(&marieke).await;
    let mut his = console.app.person_browser(&thomas).await;
    let before = console.approve(&mut hers, &marieke, revision).await;
    let file = address(&console, console.year().revision(revision).unwrap().revision.file.hash);
    assert_eq!(status(&mut hers, &file).await, 200);
    let pack = format!("/api/clients/{}/years/{YEAR}/evidence/{before}", console.home.client.id);
    assert_eq!(status(&mut hers, &pack).await, 200);

    let page = console.page(&format!("{PAGE}/terughalen/{target}")).await;
    for words in [
        "Terughalen: Aangifte IB 2025, versie 1",
        "Opende het",
        "Gaf akkoord",
        "Kreeg het bestand",
        "Downloadde het bewijspakket",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let path = format!("{PAGE}/terughalen/{target}");
    for (reason, sentence) in [(" ".to_owned(), "Schrijf waarom"), ("x".repeat(4_001), "te lang")] {
        let refused = console.browser.submit(&path, &[("reason", reason.as_str())]).await;
        assert!(refused.status == 400 && refused.text().contains(sentence), "{}", refused.text());
    }
    assert!(console.year().recalled.is_empty() && told(&console).is_empty());
    assert_redirect(&console.browser.submit(&path, &[("reason", REASON)]).await, &path);

    let year = console.year();
    let given = year.revision(revision).unwrap();
    assert!(!given.is_approved() && !given.may_be_filed() && year.current_revisions().is_empty());
    for person in [&marieke, &thomas] {
        assert!(year.tasks.iter().all(|task| year.task_state(task, person.id) == TaskState::Withdrawn));
    }
    for browser in [&mut hers, &mut his] {
        for path in [file.clone(), format!("{file}/shown")] {
            let answer = browser.get(&path).await;
            assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (410, "recalled"));
        }
    }
    assert_eq!(status(&mut hers, &pack).await, 410);
    assert_eq!(status(&mut console.browser, &file).await, 200, "the firm goes on seeing it");
    assert_eq!(status(&mut console.browser, &format!("{PAGE}/akkoord/bewijs/{before}.zip")).await, 200);
    assert_eq!(approve(&console, &mut his, &thomas, revision).await, Finding::Recalled);
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    let filed = dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, "toch");
    assert!(matches!(filed, Err(ActionError::NoSuchRevision)));
    assert!(console.year().revision(revision).unwrap().filings.is_empty());
    let subjects = told(&console);
    assert_eq!(subjects.len(), 2);
    assert!(subjects.iter().any(|s| s == "Teruggehaald door uw kantoor: Aangifte IB 2025"), "{subjects:?}");
    let client = console.home.client.id;
    let events = console.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 50)).unwrap();
    assert_eq!(events.iter().filter(|past| past.event == Event::Recalled { target }).count(), 1);
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Teruggehaald door Sanne de Wit"), "{page}");
    // Taking it back once more changes nothing, and says so.
    assert_redirect(&console.browser.submit(&path, &[("reason", "Nog eens")]).await, &path);
    assert!(matches!(recall(&console, target), Err(ActionError::AlreadyRecalled)));
    assert_eq!(console.year().recalled[0].recall.reason, REASON);
    // A new version of the same return is a new task.
    let second = console.set_out_revision("2").await;
    assert_eq!(approve(&console, &mut hers, &marieke, second).await, Finding::Verified);
    let year = console.year();
    let open = year.tasks.iter().filter(|task| year.task_state(task, thomas.id) == TaskState::Open);
    assert_eq!(open.count(), 1);
}

#[tokio::test]
async fn what_was_filed_can_be_taken_back_and_keeps_its_mark() {
    let mut console = ConsolePage::new().await;
    let revision = console.set_out_revision("1").await;
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, "termijn").unwrap();
    let target = RecallTarget::Revision(revision);
    let page = console.page(&format!("{PAGE}/terughalen/{target}")).await;
    assert!(page.contains("Die markering blijft staan"), "{page}");
    recall(&console, target).unwrap();
    let given = console.year().revision(revision).unwrap().clone();
    assert!(given.filed_at().is_some() && given.recall.is_some());
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Verstuurd aan de Belastingdienst") && page.contains("Teruggehaald door"), "{page}");
    let next = console.set_out_revision("2").await;
    assert_eq!(console.year().revision(next).unwrap().revision.corrects, Some(revision));
}

#[tokio::test]
async fn a_document_is_gone_and_one_that_is_given_elsewhere_stays() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let (first, hash) = letter(&mut console, "brief").await;
    let (second, same) = letter(&mut console, "brief").await;
    assert_eq!(hash, same);
    let file = address(&console, hash);
    recall(&console, RecallTarget::Delivery(first)).unwrap();
    assert_eq!(status(&mut hers, &file).await, 200, "it was given a second time, and not taken back there");
    recall(&console, RecallTarget::Delivery(second)).unwrap();
    assert_eq!(status(&mut hers, &file).await, 410);
    let seen = console.app.state.db.read::<_, DbError>(|q| q.file_readings(console.home.client.id)).unwrap();
    assert_eq!(seen.iter().map(|r| (r.person, r.hash)).collect::<Vec<_>>(), [(marieke.id, hash)]);
    assert!(seen[0].last_at < console.app.now().plus_seconds(1) && seen[0].first_at > Timestamp(0));
    assert!(told(&console).iter().all(|subject| !subject.contains("Jan")), "a mail names nothing of the contents");
}

#[tokio::test]
async fn messages_checklists_and_requests_end_with_what_came_of_them() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let checklist = console.set_out_checklist().await;
    let (dossiers, by, client) =
        (console.app.state.dossiers.clone(), console.home.advisor.clone(), console.home.client.id);
    let new = NewMessage { body: "Beste Jan".into(), ..NewMessage::default() };
    let message = dossiers.write(&by, client, YEAR, new).unwrap();
    let items = vec![RequestItem::of("Jaaropgave van Jan")];
    let request = dossiers.request_documents(&by, client, YEAR, items, None).unwrap();
    assert_eq!((console.year().unread_by(marieke.id), dossiers.open_tasks(&marieke).unwrap()), (1, 2));
    for target in [RecallTarget::Message(message), RecallTarget::Checklist(checklist), RecallTarget::Request(request)] {
        recall(&console, target).unwrap();
        let page = console.page(&format!("{PAGE}/terughalen/{target}")).await;
        assert!(page.contains(REASON), "{page}");
    }
    assert_eq!((console.year().unread_by(marieke.id), dossiers.open_tasks(&marieke).unwrap()), (0, 0));
    let left = (*console.year()).clone().without_recalled();
    assert!(left.checklists.is_empty() && left.messages[0].body.is_empty());
    assert!(!format!("{left:?}").contains("Jan\""), "{left:?}");
    let page = console.page(PAGE).await;
    assert_eq!(page.matches("Teruggehaald door Sanne de Wit").count(), 2, "{page}");
    // The checklist can be set out anew.
    console.set_out_checklist().await;
    assert_eq!(console.year().checklists.len(), 2);
    assert!(dossiers.open_tasks(&marieke).unwrap() > 0);
}

#[tokio::test]
async fn what_was_taken_back_does_not_come_back_by_sending_it() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let bytes = pdf("van een andere klant");
    let (wrong, hash) = letter(&mut console, "van een andere klant").await;
    let client = console.home.client.id;
    // One upload began before the recall, and one after it.
    let earlier = upload::attachment();
    upload::tell(&console.app, &mut hers, &marieke, earlier, bytes.len(), hash).await.unwrap();
    recall(&console, RecallTarget::Delivery(wrong)).unwrap();
    let (later, mut his) = (upload::attachment(), console.app.person_browser(&console.home.people[1].clone()).await);
    upload::tell(&console.app, &mut hers, &marieke, later, bytes.len(), hash).await.unwrap();
    for attachment in [earlier, later] {
        let answer = upload::begin(&mut hers, client, attachment, &bytes).await;
        assert_eq!((answer.status.as_u16(), answer.refusal().as_str()), (410, "recalled"));
    }
    assert!(console.year().attachments.iter().all(|given| given.receipt.is_none()));
    for browser in [&mut hers, &mut his] {
        assert_eq!(status(browser, &address(&console, hash)).await, 410);
    }
}

#[tokio::test]
async fn nobody_takes_back_what_is_not_there_or_not_theirs() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let (id, hash) = letter(&mut console, "brief").await;
    let mut hers = console.app.person_browser(&marieke).await;
    let own = MessageId::from_random(random());
    let (by, at) = (marieke.id, console.app.now());
    let message = Message { by, at, body: "Dag".into(), about: None, answer: None, attachments: Vec::new() };
    console.write(&mut hers, &own, &message).await;
    let nothing = [7; 16];
    for target in [
        RecallTarget::Message(own),
        RecallTarget::Revision(RevisionId::from_bytes(nothing)),
        RecallTarget::Delivery(DeliveryId::from_bytes(nothing)),
        RecallTarget::Checklist(ChecklistId::from_bytes(nothing)),
        RecallTarget::Request(TaskId::from_bytes(nothing)),
    ] {
        assert!(matches!(recall(&console, target), Err(ActionError::NoSuchDocument)), "{target}");
        let path = format!("{PAGE}/terughalen/{target}");
        assert_eq!(console.browser.submit(&path, &[("reason", REASON)]).await.status, 404);
    }
    for path in ["revision/x", "answer/1", &format!("revision/{id}")] {
        assert_eq!(status(&mut console.browser, &format!("{PAGE}/terughalen/{path}")).await, 404, "{path}");
    }
    let other = console.app.household("Zuid");
    let target = RecallTarget::Delivery(id);
    let (dossiers, client) = (&console.app.state.dossiers, console.home.client.id);
    let refused = dossiers.recall(&other.advisor, client, YEAR, target, REASON);
    assert!(matches!(refused, Err(ActionError::NoSuchClient)));
    assert!(matches!(dossiers.recall(&console.home.advisor, client, YEAR, target, " "), Err(ActionError::Empty)));
    assert!(console.year().recalled.is_empty() && told(&console).is_empty());
    assert_eq!(status(&mut hers, &address(&console, hash)).await, 200);
}
