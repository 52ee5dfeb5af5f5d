//! Tests of messages, details and the changes that clients report, in the console.

use axum::http::StatusCode;
use documents::replay::{ProposedChange, Reason};
use dossiers::Pusher;
use model::{id::*, language::Language, record::*, section::Write, time::Timestamp};
use storage::{clock::random, db::PersonRow};
use testkit::console_page::{ConsolePage, PAGE, assert_redirect, pdf};

const CONTACT: &str = "/kantoor/klanten/10417/2025/berichten";

fn change(field: DetailField, old: &str, new: &str) -> DetailChange {
    DetailChange { field, old: old.into(), new: new.into() }
}

fn proposal(by: &PersonRow, at: Timestamp, changes: Vec<DetailChange>) -> ChangeProposal {
    let circumstance = Circumstance::Details;
    ChangeProposal { by: by.id, at, person: by.id, circumstance, effective: None, changes, remark: String::new() }
}

fn mails(console: &ConsolePage) -> Vec<(String, String)> {
    let mails = console
        .app
        .state
        .db
        .read(|q| q.mails_of_year(console.home.client.id, testkit::console_page::YEAR, 50))
        .unwrap();
    mails.into_iter().map(|m| (m.mail.kind.word().to_owned(), m.mail.to_address)).collect()
}

#[tokio::test]
async fn a_change_is_taken_over_once_and_both_addresses_hear_of_it() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    assert_eq!(console.year().details[&marieke.id].fields[&DetailField::Email], marieke.email);
    let id = ProposalId::from_random(random());
    let changes = vec![
        change(DetailField::Iban, "", "NL91ABNA0417164300"),
        change(DetailField::Email, &marieke.email, "nieuw@huis.example"),
        change(DetailField::Name, "Marieke Jansen", "Marieke Bakker <b>"),
    ];
    console.write(&mut hers, &id, &proposal(&marieke, console.app.now(), changes)).await;
    assert!(console.page("/kantoor").await.contains("Wijziging doorgegeven"));
    let html = console.page(CONTACT).await;
    assert!(html.contains("NL91 ABNA 0417 1643 00") && html.contains("niet bekend"), "{html}");
    assert!(!html.contains("Bakker <b>"), "what was typed is never markup");

    let path = format!("{PAGE}/wijzigingen/{id}");
    let mute = console.browser.submit(&path, &[("action", "answer"), ("remark", " ")]).await;
    assert_eq!(mute.status, StatusCode::BAD_REQUEST);
    assert!(mute.text().contains("Schrijf waarom"));
    assert_redirect(&console.browser.submit(&path, &[("action", "take_over")]).await, CONTACT);
    let year = console.year();
    assert_eq!(year.details[&marieke.id].fields[&DetailField::Iban], "NL91ABNA0417164300");
    assert_eq!(year.people[&marieke.id].name, "Marieke Bakker <b>");
    let row = console.app.state.db.read(|q| q.person(marieke.id)).unwrap().unwrap();
    assert_eq!((row.email.as_str(), row.name.as_str()), ("nieuw@huis.example", "Marieke Bakker <b>"));
    let told: Vec<_> =
        mails(&console).into_iter().filter(|(kind, _)| kind == "address_changed").map(|(_, to)| to).collect();
    assert!(told.len() == 2 && told.contains(&marieke.email) && told.contains(&row.email), "{told:?}");

    for action in ["take_over", "answer"] {
        let twice = console.browser.submit(&path, &[("action", action), ("remark", "x")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(twice.text().contains("Er is niets veranderd") && twice.text().contains("Overgenomen door"));
    }
    assert!(!console.page("/kantoor").await.contains("Wijziging doorgegeven"));
}

#[tokio::test]
async fn what_was_taken_back_or_is_about_a_stranger_is_never_taken_over() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let taken_back = ProposalId::from_random(random());
    let iban = || vec![change(DetailField::Iban, "", "NL91ABNA0417164300")];
    console.write(&mut hers, &taken_back, &proposal(&marieke, console.app.now(), iban())).await;
    console.write(&mut hers, &taken_back, &ProposalWithdrawal { by: marieke.id, at: console.app.now() }).await;
    let stranger = console.app.household("Zuid").people[0].clone();
    let about = ChangeProposal { person: stranger.id, ..proposal(&marieke, console.app.now(), iban()) };
    let me = hers.me().await.unwrap();
    let pusher = Pusher { account: me.account, device: me.device };
    let (document, mut replica) = console.replica();
    let writes = vec![Write::of(&ProposalId::from_random(random()), &about)];
    let (change, _) = ProposedChange::make(&mut replica, random(), console.app.now(), writes).unwrap().unwrap();
    let refused = console.app.state.dossiers.push(&pusher, document, &[change]).map_err(|refused| refused.reason);
    assert_eq!(refused, Err(Reason::UnknownSubject), "about a stranger");
    let take = |id: ProposalId| format!("{PAGE}/wijzigingen/{id}");
    let answer = console.browser.submit(&take(taken_back), &[("action", "take_over")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let unknown = ProposalId::from_random(random());
    assert_eq!(console.browser.submit(&take(unknown), &[("action", "take_over")]).await.status, StatusCode::NOT_FOUND);
    assert!(!console.year().details[&marieke.id].fields.contains_key(&DetailField::Iban));
    assert_eq!(console.year().open_proposals().count(), 0);
    assert_eq!(mails(&console).iter().filter(|(kind, _)| kind == "change_proposed").count(), 1);
    // An advisor of another firm finds nothing here.
    let other = console.app.household("Oost");
    let mut elsewhere = console.app.advisor_browser(&other.advisor).await;
    let answer = elsewhere.submit(&take(taken_back), &[("action", "take_over")]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_advisor_keeps_details_and_is_told_what_is_wrong_with_them() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let path = format!("{PAGE}/gegevens/{}", marieke.id);
    let wrong = [
        ("name", "Marieke Jansen"),
        ("email", "marieke@huis.example\r\nBcc: x@y.example"),
        ("iban", "NL92ABNA0417164300"),
    ];
    let answer = console.browser.submit(&path, &wrong).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let html = answer.text();
    for expected in ["Dit rekeningnummer klopt niet", "er staat een teken in dat niet kan"] {
        assert!(html.contains(expected), "{expected}");
    }
    let right = [
        ("name", "Marieke Jansen"),
        ("email", marieke.email.as_str()),
        ("bsn", "1112.22.333"),
        ("street", "Kanaalstraat 8"),
    ];
    assert_redirect(&console.browser.submit(&path, &right).await, CONTACT);
    assert!(!console.year().details[&marieke.id].fields.contains_key(&DetailField::Bsn), "it has a page of its own");
    let html = console.page(CONTACT).await;
    assert!(html.contains("Kanaalstraat 8"));
    assert!(mails(&console).is_empty(), "nothing that somebody must hear of changed");
    let nobody = format!("{PAGE}/gegevens/{}", PersonId::from_random(random()));
    assert_eq!(console.browser.submit(&nobody, &right).await.status, StatusCode::NOT_FOUND);
}

fn message(by: &PersonRow, at: Timestamp, body: &str, about: Option<TaskId>) -> Message {
    Message { by: by.id, at, body: body.into(), about, answer: None, attachments: Vec::new() }
}

#[tokio::test]
async fn a_question_about_a_task_is_answered_in_its_own_thread_with_a_file() {
    let mut console = ConsolePage::new().await;
    console.set_out_checklist().await;
    let task = console.year().tasks[0].id;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let write = message(&marieke, console.app.now(), "Wat is een WOZ-waarde?", Some(task));
    console.write(&mut hers, &MessageId::from_random(random()), &write).await;
    let html = console.page(CONTACT).await;
    assert!(html.contains("Wat is een WOZ-waarde?") && html.contains("1 nieuw"), "{html}");
    assert!(console.page("/kantoor").await.contains("Vraag gesteld"));
    console.app.pass_seconds(60);
    let empty = console.upload_to(&format!("{PAGE}/bericht"), &[("about".into(), task.to_string())], None).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    let fields = [("about".to_owned(), task.to_string()), ("body".to_owned(), "Zie de brief.".to_owned())];
    let broken = console.upload_to(&format!("{PAGE}/bericht"), &fields, Some(b"MZ is geen pdf")).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(broken.text().contains("Kies een PDF of foto.") && broken.text().contains("Zie de brief."));
    let sent = console.upload_to(&format!("{PAGE}/bericht"), &fields, Some(&pdf("uitleg"))).await;
    assert_redirect(&sent, CONTACT);
    let year = console.year();
    let [(subject, messages)] = &year.threads()[..] else { panic!("one thread") };
    assert_eq!((subject.about, messages.len(), messages[1].files.len()), (Some(task), 2, 1));
    assert_eq!((year.unread_by_firm(), year.unread_by(marieke.id)), (0, 1));
    let file = format!("/api/clients/{}/files/{}", console.home.client.id, messages[1].files[0].hash);
    assert_eq!(hers.get(&file).await.status, StatusCode::OK);
    let reading = Reading { by: marieke.id, at: console.app.now(), through: messages[1].at };
    console.write(&mut hers, &marieke.id, &reading).await;
    assert!(console.page(CONTACT).await.contains("Gelezen door Marieke"));
}

#[tokio::test]
async fn a_message_that_comes_in_late_is_not_taken_for_read() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let (mut hers, mut his) = (console.app.person_browser(&marieke).await, console.app.person_browser(&thomas).await);
    let offline = console.app.now();
    console.app.pass_seconds(600);
    let newer = message(&marieke, console.app.now(), "Bel mij even.", None);
    console.write(&mut hers, &MessageId::from_random(random()), &newer).await;
    assert_redirect(&console.browser.submit(&format!("{CONTACT}/gelezen"), &[]).await, CONTACT);
    assert_eq!(console.year().unread_by_firm(), 0);
    let late = message(&thomas, offline, "Van eerder, uit de trein.", None);
    console.write(&mut his, &MessageId::from_random(random()), &late).await;
    assert!(console.year().unread_by_firm() >= 1);
}

#[tokio::test]
async fn mails_follow_what_a_person_prefers() {
    let mut console = ConsolePage::new().await;
    let thomas = console.home.people[1].clone();
    let mut his = console.app.person_browser(&thomas).await;
    let wanted =
        Preferences { by: thomas.id, at: console.app.now(), language: Language::Nl, reminders: false, messages: false };
    console.write(&mut his, &thomas.id, &wanted).await;
    let known = console.app.state.db.read(|q| q.preferences_of(thomas.id)).unwrap().unwrap();
    assert_eq!((known.language, known.reminders, known.messages), (Language::Nl, false, false));
    assert_eq!(console.year().people[&thomas.id].language, Language::Nl);
    let body = [("body".to_owned(), "Kunt u bellen?".to_owned())];
    assert_redirect(&console.upload_to(&format!("{PAGE}/bericht"), &body, None).await, CONTACT);
    let to: Vec<_> = mails(&console).into_iter().filter(|(kind, _)| kind == "firm_message").map(|(_, to)| to).collect();
    assert_eq!(to, [console.home.people[0].email.clone()]);
}
