//! Tests that each mail leaves once, leaves later, or visibly fails.

use mail::{Delivery, Notice, Smtp, outbox::Outbox};
use model::language::Bilingual;
use storage::db::{DbError, MailState, OutboxRow};
use testkit::{
    harness::{
        Household, START, TestApp,
        mailbox::{YEAR, task},
    },
    smtp_server::{SmtpServer, smtp},
};

fn outbox(app: &TestApp, delivery: Delivery) -> Outbox {
    Outbox::new(app.state.db.clone(), app.state.clock.clone(), delivery, app.state.composer.queued())
}

#[expect(clippy::unwrap_used, reason = "a test fails where its world does")]
fn to_server(app: &TestApp, smtp_server: &SmtpServer) -> Outbox {
    outbox(app, Delivery::smtp(&smtp(smtp_server.port()), "localhost").unwrap())
}

fn sent(row: &OutboxRow) -> bool {
    matches!(row.state, MailState::Sent { .. })
}

#[tokio::test]
async fn a_name_with_lines_in_it_adds_no_header() {
    let app = TestApp::new();
    let Household { mut firm, people: [marieke, _], .. } = app.household("Wilgenhof");
    firm.sender_name = "Wilgenhof\r\nBcc: evil@example.org".into();
    firm.name = "Wilgenhof\r\n\r\n<script>".into();
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_firm(&firm)).unwrap();
    let title = "Lijst\r\nBcc: evil@example.org\r\n\r\nhello";
    let title = Bilingual::new(title, title);
    app.queue(Notice::Task { person: marieke.id, tax_year: YEAR, title, due: None });
    let smtp_server = SmtpServer::open();
    to_server(&app, &smtp_server).send_due().await.unwrap();
    let letters = smtp_server.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].recipients, [marieke.email]);
    assert!(!letters[0].header().to_lowercase().contains("\r\nbcc:"), "{}", letters[0].header());
}

#[tokio::test]
async fn an_address_that_is_none_is_given_up_and_shown() {
    let app = TestApp::new();
    let Household { mut firm, people: [marieke, _], .. } = app.household("Wilgenhof");
    firm.sender_address = "a@b.example\r\nBcc: evil@example.org".into();
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_firm(&firm)).unwrap();
    app.queue(task(marieke.id));
    let smtp_server = SmtpServer::open();
    to_server(&app, &smtp_server).send_due().await.unwrap();
    assert!(smtp_server.letters().is_empty());
    let row = app.newest_mail();
    assert!(matches!(row.state, MailState::Failed { .. }));
    assert_eq!(row.last_error, "sender is no mail address");
}

#[tokio::test]
async fn a_mail_is_delivered_once_with_both_parts() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    let smtp_server = SmtpServer::open();
    let outbox = to_server(&app, &smtp_server);
    for _ in 0..3 {
        outbox.send_due().await.unwrap();
        app.pass_seconds(24 * 3600);
    }
    let letters = smtp_server.letters();
    assert_eq!(letters.len(), 1);
    let header = letters[0].header();
    let row = app.newest_mail();
    assert!(sent(&row) && row.attempts == 1);
    for words in [
        format!("Message-ID: <{}>", row.mail.message_id),
        "Date: Mon, 02 Mar 2026 09:00:00 +0000".to_owned(),
        "Auto-Submitted: auto-generated".to_owned(),
        "Reply-To: sanne@wilgenhof.example".to_owned(),
        "From: \"Wilgenhof Belastingadvies\" <portaal@wilgenhof.example>".to_owned(),
    ] {
        assert!(header.contains(&words), "{words}: {header}");
    }
    let text = letters[0].text();
    assert!(text.contains("multipart/alternative") && text.contains("text/plain") && text.contains("text/html"));
}

/// A copy of the database gives no access, not even with a link that somebody was mailed and has not used yet.
#[tokio::test]
async fn the_secret_of_a_link_is_forgotten_once_its_mail_has_left() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    let token = app.invite(&marieke);
    app.queue(Notice::Invitation { person: marieke.id, token: token.clone() });
    let holds = |text: &str| text.contains(&token);
    let kept = app.newest_mail().mail;
    assert!(holds(&kept.body_text) && holds(&kept.body_html), "until then it is to be sent");
    let smtp_server = SmtpServer::open();
    to_server(&app, &smtp_server).send_due().await.unwrap();
    // Quoted-printable breaks long lines.
    assert!(holds(&smtp_server.letters()[0].text().replace("=\r\n", "")), "the mail has it");
    let kept = app.newest_mail().mail;
    assert!(!holds(&kept.body_text) && !holds(&kept.body_html) && kept.body_text.contains("/welkom/wilgenhof/nl#…"));
}

#[tokio::test]
async fn two_rounds_at_once_send_a_mail_once() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    app.queue(task(thomas.id));
    let smtp_server = SmtpServer::open();
    let outbox = to_server(&app, &smtp_server);
    let (one, two, three) = tokio::join!(outbox.send_due(), outbox.send_due(), outbox.send_due());
    one.and(two).and(three).unwrap();
    assert_eq!(smtp_server.letters().len(), 2);
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_again_after_a_pause() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    app.queue(task(thomas.id));
    let smtp_server = SmtpServer::open();
    smtp_server.answer_for(&marieke.email, 451, "greylisted");
    let outbox = to_server(&app, &smtp_server);
    outbox.send_due().await.unwrap();
    // The other mail is not delayed.
    assert_eq!(smtp_server.letters().len(), 1);
    let row = app.mails().remove(1);
    assert_eq!(row.state, MailState::Waiting { next_attempt_at: START.plus_seconds(60) });
    assert!(row.last_error.contains("greylisted"), "{}", row.last_error);

    smtp_server.answer_for(&marieke.email, 250, "OK");
    app.pass_seconds(59);
    outbox.send_due().await.unwrap();
    assert_eq!(smtp_server.letters().len(), 1);
    app.pass_seconds(1);
    outbox.send_due().await.unwrap();
    assert_eq!(smtp_server.letters().len(), 2);
    let row = app.mails().remove(1);
    assert!(sent(&row) && row.attempts == 2 && row.last_error.is_empty());
}

#[tokio::test]
async fn a_server_that_says_never_is_not_asked_again_and_its_words_are_kept() {
    let app = TestApp::new();
    let Household { firm, client, people: [marieke, _], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    let smtp_server = SmtpServer::open();
    smtp_server.answer_for(&marieke.email, 550, "no such mailbox");
    let outbox = to_server(&app, &smtp_server);
    outbox.send_due().await.unwrap();
    let row = app.state.db.read::<_, DbError>(|q| q.mails_of_year(client.id, YEAR, 10)).unwrap().remove(0);
    assert_eq!(row.state, MailState::Failed { at: START });
    assert!(row.last_error.contains("no such mailbox"), "{}", row.last_error);
    assert_eq!(app.state.db.read::<_, DbError>(|q| q.count_outgoing(firm.id)).unwrap(), (0, 1));
    smtp_server.answer_for(&marieke.email, 250, "OK");
    app.pass_seconds(24 * 3600);
    outbox.send_due().await.unwrap();
    assert!(smtp_server.letters().is_empty());
}

#[tokio::test]
async fn a_server_that_is_down_for_days_loses_nothing_and_gets_nothing_twice() {
    let mut app = TestApp::new();
    let household = app.household("Wilgenhof");
    let smtp_server = SmtpServer::open();
    let port = smtp_server.port();
    smtp_server.close();
    for n in 0..7 {
        app.queue(task(household.people[n % 2].id));
    }
    // Each person gets one mail for today, and one with all the rest for tomorrow.
    let all = 4;
    assert_eq!(app.mails().len(), all);
    // These are two days, with the process restarted in between.
    for hour in 0..48 {
        if hour % 20 == 10 {
            app = app.restarted();
        }
        outbox(&app, Delivery::smtp(&smtp(port), "localhost").unwrap()).send_due().await.unwrap();
        app.pass_seconds(3600);
    }
    assert!(app.mails().iter().all(|row| matches!(row.state, MailState::Waiting { .. })));
    let smtp_server = SmtpServer::open_at(port);
    for _ in 0..7 {
        to_server(&app, &smtp_server).send_due().await.unwrap();
        app = app.restarted();
        app.pass_seconds(3600);
    }
    assert!(app.mails().iter().all(sent), "{:?}", app.mails());
    let mut ids: Vec<_> = smtp_server.letters().iter().map(testkit::smtp_server::Letter::message_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((smtp_server.letters().len(), ids.len()), (all, all));
}

#[tokio::test]
async fn a_mail_that_cannot_leave_for_five_days_is_given_up() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    let smtp_server = SmtpServer::open();
    smtp_server.answer_for(&marieke.email, 451, "greylisted");
    let outbox = to_server(&app, &smtp_server);
    for _ in 0..(5 * 24) {
        outbox.send_due().await.unwrap();
        assert!(matches!(app.newest_mail().state, MailState::Waiting { .. }));
        app.pass_seconds(3600);
    }
    app.pass_seconds(6 * 3600);
    outbox.send_due().await.unwrap();
    assert!(matches!(app.newest_mail().state, MailState::Failed { .. }));
}

#[tokio::test]
async fn a_login_that_the_server_refuses_throws_no_mail_away() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    let smtp_server = SmtpServer::open();
    smtp_server.ask_for_login("akkoord", "right");
    let with = |password: &str| {
        let settings =
            Smtp { user: Some("akkoord".into()), password: Some(password.into()), ..smtp(smtp_server.port()) };
        outbox(&app, Delivery::smtp(&settings, "localhost").unwrap())
    };
    with("wrong").send_due().await.unwrap();
    assert!(matches!(app.newest_mail().state, MailState::Waiting { .. }), "{:?}", app.newest_mail());
    assert!(!app.newest_mail().last_error.contains("wrong"));
    app.pass_seconds(60);
    with("right").send_due().await.unwrap();
    assert!(sent(&app.newest_mail()), "{}", app.newest_mail().last_error);
    assert_eq!(smtp_server.letters().len(), 1);
}

#[tokio::test]
async fn the_settings_may_fix_the_sender() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    let smtp_server = SmtpServer::open();
    let settings = Smtp { from: Some("portaal@host.example".into()), ..smtp(smtp_server.port()) };
    outbox(&app, Delivery::smtp(&settings, "localhost").unwrap()).send_due().await.unwrap();
    let letters = smtp_server.letters();
    assert!(letters[0].header().contains("From: \"Wilgenhof Belastingadvies\" <portaal@host.example>"));
}

#[tokio::test]
async fn a_queued_mail_wakes_the_outbox_of_a_running_server() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    let running = {
        let state = app.state.clone();
        tokio::spawn(async move { sync_server::service::send_mails(&state).await })
    };
    app.queue(task(marieke.id));
    let file = app.state.config.data.join("mail/1.eml");
    let arrived = async {
        while !(file.is_file() && sent(&app.newest_mail())) {
            tokio::task::yield_now().await;
        }
    };
    // This is well below the minute after which it would look by itself.
    tokio::time::timeout(std::time::Duration::from_secs(20), arrived).await.unwrap();
    running.abort();
    let eml = std::fs::read_to_string(file).unwrap();
    assert!(eml.contains("To: marieke@huis.example") && eml.contains("multipart/alternative"), "{eml}");
}

#[tokio::test]
async fn a_mail_that_rings_before_its_commit_is_not_missed() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    let outbox = outbox(&app, Delivery::Folder(app.state.config.data.join("mail")));
    let (rang, has_rung) = std::sync::mpsc::channel();
    let (commit, may_commit) = std::sync::mpsc::channel::<()>();
    let (db, composer, now) = (app.state.db.clone(), app.state.composer.clone(), app.now());
    let writer = std::thread::spawn(move || {
        db.write_blocking::<_, DbError>(move |tx| {
            composer.queue(tx, &task(marieke.id), now)?;
            rang.send(()).unwrap();
            may_commit.recv().unwrap();
            Ok(())
        })
    });
    has_rung.recv().unwrap();
    let mut round = Box::pin(outbox.send_due());
    tokio::select! {
        biased;
        _ = &mut round => panic!("the outbox looked before the mail was there"),
        () = std::future::ready(()) => {}
    }
    commit.send(()).unwrap();
    writer.join().unwrap().unwrap();
    round.await.unwrap();
    assert!(sent(&app.newest_mail()));
}
