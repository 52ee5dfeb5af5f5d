//! Tests of mails by the clock: quiet hours, one a day, reminders and the digest.

use dossiers::jobs;
use mail::{Delivery, Notice, Nudge, Schedule, Security, nudge, outbox::Outbox};
use model::{id::ClientId, language::Bilingual, mail::DigestKind, mail_address::MailAddress};
use storage::db::{Advisor, DbError, MailState, OutboxRow, PersonRow, ReminderRow, Tx};
use sync_server::state::AppState;
use testkit::{
    harness::{
        Household, START, TestApp,
        mailbox::{YEAR, task},
    },
    smtp_server::smtp,
};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// Runs what the outbox does by the clock, as after a restart.
async fn strike(app: &TestApp, folder: &std::path::Path) {
    let AppState { db, clock, composer, dossiers, .. } = app.state.clone();
    jobs::make_mails(&dossiers).await;
    let outbox = Outbox::new(db, clock, Delivery::Folder(folder.to_owned()), composer.queued());
    outbox.send_due().await.unwrap();
}

fn leaves(row: &OutboxRow) -> i64 {
    match row.state {
        MailState::Waiting { next_attempt_at } => (next_attempt_at.0 - START.0) / 1000,
        state => panic!("{state:?}"),
    }
}

#[test]
fn what_comes_on_top_of_a_days_mail_waits_for_the_morning_and_becomes_one() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    app.queue(task(marieke.id));
    app.queue(Notice::FirmMessage { person: marieke.id, tax_year: YEAR });
    app.queue(task(thomas.id));
    let all = app.mails();
    assert_eq!(all.len(), 3);
    // It is 10:00 in Dutch time, and the next morning starts 21 hours later.
    assert_eq!(all.iter().rev().map(leaves).collect::<Vec<_>>(), [0, 21 * HOUR, 0]);
    let several = &app.mails_of("several")[0].mail;
    assert_eq!(several.subject, "Er staan 2 dingen voor u klaar bij Wilgenhof Belastingadvies");
    for words in ["Checklist IB 2025 (uiterlijk 1 april 2026)", "Een bericht van uw adviseur"] {
        assert!(several.body_text.contains(words), "{}", several.body_text);
    }
    // A new version is urgent, so it does not wait.
    app.queue(Notice::Revision { person: marieke.id, tax_year: YEAR, number: 2, due: None });
    assert_eq!(leaves(&app.newest_mail()), 0);
}

#[test]
fn nobody_is_mailed_at_night_but_for_what_is_urgent() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    app.pass_seconds(12 * HOUR);
    app.queue(task(marieke.id));
    assert_eq!(leaves(&app.newest_mail()), 21 * HOUR);
    app.queue(Notice::Security { person: thomas.id, what: Security::PasskeyAdded { alarm: "geheim".into() } });
    assert_eq!(leaves(&app.newest_mail()), 12 * HOUR);
}

#[test]
fn a_changed_address_is_told_to_the_old_one_too() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    for to in [marieke.email.as_str(), "oud@huis.example"].map(|to| MailAddress::read(to).unwrap()) {
        app.queue(Notice::AddressChanged { person: marieke.id, tax_year: YEAR, to });
    }
    app.queue(Notice::Security {
        person: marieke.id,
        what: Security::DeviceAdded { device: "Chrome op Android".into(), alarm: "geheim".into() },
    });
    let told: Vec<_> =
        app.mails().into_iter().map(|row| (row.mail.kind.word().to_owned(), row.mail.to_address)).collect();
    let expected = [
        ("device_added", marieke.email.as_str()),
        ("address_changed", "oud@huis.example"),
        ("address_changed", &marieke.email),
    ];
    assert_eq!(told, expected.map(|(kind, to)| (kind.to_owned(), to.to_owned())));
    assert!(
        app.newest_mail().mail.body_text.contains("nog niet kenden: Chrome op Android."),
        "{}",
        app.newest_mail().mail.body_text
    );
}

#[tokio::test]
async fn the_advisor_gets_one_digest_a_day_with_what_came_in() {
    let mut app = TestApp::new();
    let folder = tempfile::tempdir().unwrap();
    let Household { advisor, people: [marieke, thomas], .. } = app.household("Wilgenhof");
    let (person, tax_year) = (marieke.id, YEAR);
    for notice in [
        Notice::DocumentReceived { person, tax_year },
        Notice::DocumentReceived { person, tax_year },
        Notice::Approved { person: thomas.id, tax_year, title: Bilingual::default() },
    ] {
        app.queue(notice);
    }
    assert!(app.mails().is_empty());
    for _ in 0..3 {
        strike(&app, folder.path()).await;
        app = app.restarted();
    }
    let digest = &app.mails_of("digest")[..];
    assert_eq!(digest.len(), 1);
    assert_eq!(digest[0].mail.to_address, advisor.email);
    let text = &digest[0].mail.body_text;
    assert!(text.contains("Marieke Jansen stuurde een document voor 2025, 2 keer ("), "{text}");
    assert!(text.contains("Thomas Bakker gaf akkoord over 2025 ("), "{text}");
    // What comes later the same day waits for the next day.
    app.queue(Notice::HandedIn { person, tax_year });
    app.pass_seconds(HOUR);
    strike(&app, folder.path()).await;
    assert_eq!(app.mails_of("digest").len(), 1);
    app.pass_seconds(DAY);
    strike(&app, folder.path()).await;
    let digests = app.mails_of("digest");
    assert_eq!(digests.len(), 2);
    assert!(!digests[0].mail.body_text.contains("document voor"), "{}", digests[0].mail.body_text);
}

#[test]
fn each_advisor_chooses_per_kind_at_once_digest_or_never() {
    use storage::db::MailChoice;
    let app = TestApp::new();
    let Household { advisor, people: [marieke, _], .. } = app.household("Wilgenhof");
    let choose = |choice| {
        app.state
            .db
            .write_blocking::<_, DbError>(move |tx| tx.set_mail_choice(advisor.id, DigestKind::Approved, choice))
            .unwrap();
        app.queue(Notice::Approved { person: marieke.id, tax_year: YEAR, title: Bilingual::default() });
        (app.mails().len(), app.state.db.read::<_, DbError>(|q| q.digest_items(advisor.id)).unwrap().len())
    };
    assert_eq!(choose(MailChoice::Never), (0, 0));
    assert_eq!(choose(MailChoice::AtOnce), (1, 0));
    assert_eq!(choose(MailChoice::Digest), (1, 1));
}

/// Asks a client for one document, in a year that is opened for it.
async fn ask_for_document(app: &TestApp, by: &Advisor, client: ClientId, due: model::time::Date) {
    let (dossiers, by) = (app.state.dossiers.clone(), by.clone());
    let items = vec![model::record::RequestItem::of("Jaaropgave")];
    tokio::task::spawn_blocking(move || {
        dossiers.open_year(&by, client, YEAR).unwrap();
        dossiers.request_documents(&by, client, YEAR, items, Some(due)).unwrap();
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn reminders_go_before_and_after_the_due_date_and_stop_when_it_is_done() {
    let mut app = TestApp::new();
    let folder = tempfile::tempdir().unwrap();
    let Household { advisor, client, people, .. } = app.household("Wilgenhof");
    let due = jiff::civil::date(2026, 4, 1);
    ask_for_document(&app, &advisor, client.id, due).await;
    let mut days = Vec::new();
    for day in 0..40 {
        for _ in 0..2 {
            strike(&app, folder.path()).await;
        }
        app = app.restarted();
        let reminded = app.mails_of("reminder").len();
        if reminded > days.iter().map(|(_, n)| n).sum::<usize>() {
            days.push((day, reminded - days.iter().map(|(_, n)| n).sum::<usize>()));
        }
        if day == 29 {
            // On the day after 31 March the firm has what it wanted.
            let (dossiers, by) = (app.state.dossiers.clone(), advisor.clone());
            tokio::task::spawn_blocking(move || {
                let task = dossiers.read(client.id, YEAR).unwrap().tasks[0].id;
                dossiers.close_task(&by, client.id, YEAR, task).unwrap();
            })
            .await
            .unwrap();
        }
        app.pass_seconds(DAY);
    }
    // Counted from 2 March, these are 25 and 31 March but not 4 April, for everybody who is no reader.
    let doers = people.iter().filter(|p| p.role != model::record::Role::Reader).count();
    assert_eq!(days, [(23, doers), (29, doers)]);
    let mail = &app.mails_of("reminder")[0].mail;
    assert!(mail.body_text.contains("1 april 2026") || mail.body_text.contains("1 April 2026"), "{}", mail.body_text);
}

#[tokio::test]
async fn what_has_to_wait_does_not_stand_before_what_need_not() {
    let app = TestApp::new();
    let folder = tempfile::tempdir().unwrap();
    let Household { advisor, client, people: [marieke, thomas], .. } = app.household("Wilgenhof");
    let due = jiff::civil::date(2026, 3, 10);
    ask_for_document(&app, &advisor, client.id, due).await;
    // Marieke got a mail today, so all of hers wait: more than are read at once, and all of them due longer.
    let early = jiff::civil::date(2026, 2, 1);
    let rows = (1..=450_i32).map(move |day| ReminderRow {
        person: marieke.id,
        client: client.id,
        tax_year: YEAR,
        due: early.saturating_add(jiff::Span::new().days(day)),
        done_through: early,
    });
    let plan = move |tx: &Tx<'_>| rows.into_iter().try_for_each(|row| tx.plan_reminder(&row, Some(early)));
    app.state.db.write_blocking::<_, DbError>(plan).unwrap();
    app.pass_seconds(DAY);
    app.queue(task(marieke.id));
    app.pass_seconds(HOUR);
    strike(&app, folder.path()).await;
    let reminded: Vec<_> = app.mails_of("reminder").into_iter().map(|row| row.mail.to_address).collect();
    assert_eq!(reminded, [thomas.email]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_advisor_reminds_of_at_night_waits_for_the_morning() {
    let app = TestApp::new();
    let Household { advisor, client, people: [marieke, thomas], .. } = app.household("Wilgenhof");
    ask_for_document(&app, &advisor, client.id, jiff::civil::date(2026, 4, 1)).await;
    let view = app.state.dossiers.read(client.id, YEAR).unwrap();
    let remind = |person: &PersonRow| {
        let (view, person, composer, now) = (view.clone(), person.clone(), app.state.composer.clone(), app.now());
        app.state.db.write_blocking(move |tx| nudge(tx, &composer, &view, &person, YEAR, now)).unwrap()
    };
    assert_eq!(remind(&thomas), Nudge::MailedToday, "he was told of the task today");
    // It is 22:00 in Dutch time.
    app.pass_seconds(DAY + 12 * HOUR);
    assert_eq!(remind(&marieke), Nudge::Sent);
    assert_eq!(leaves(&app.mails_of("reminder")[0]), DAY + 21 * HOUR);
    assert_eq!(remind(&marieke), Nudge::MailedToday, "one a day, also when that day is tomorrow");
    assert_eq!(app.mails_of("reminder").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_follow_what_the_firm_sets_also_when_it_changes() {
    let app = TestApp::new();
    let folder = tempfile::tempdir().unwrap();
    let Household { firm, advisor, client, .. } = app.household("Wilgenhof");
    let set = |documents: &[i16]| {
        let schedule = Schedule { documents: documents.to_vec(), ..Schedule::default() };
        let (firm, now) = (firm.id, app.now());
        app.state.db.write_blocking::<_, DbError>(move |tx| schedule.keep(tx, firm, now)).unwrap();
    };
    set(&[-20]);
    let due = jiff::civil::date(2026, 4, 1);
    ask_for_document(&app, &advisor, client.id, due).await;
    let mut days = Vec::new();
    for day in 0..40 {
        let before = app.mails_of("reminder").len();
        strike(&app, folder.path()).await;
        if app.mails_of("reminder").len() > before {
            days.push(day);
        }
        if day == 12 {
            set(&[-10, 2]);
        }
        app.pass_seconds(DAY);
    }
    // Counted from 2 March, these are 12 March by the first setting, and 22 March and 3 April by the second.
    assert_eq!(days, [10, 20, 32]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_independent_reader_of_mails_finds_every_part_and_no_foreign_header() {
    let app = TestApp::new();
    let Household { mut firm, people: [marieke, _], .. } = app.household("Wilgenhof");
    firm.sender_name = format!("Kantoor Łąka & Zn. 🌳 \r\nBcc: evil@example.org{}", "ë".repeat(400));
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_firm(&firm)).unwrap();
    let title = "Jaaropgave – énquête \r\nX-Evil: 1\u{2028}".to_owned() + &"ü".repeat(300);
    let title = Bilingual::new(title.clone(), title);
    app.queue(Notice::Task { person: marieke.id, tax_year: YEAR, title, due: None });
    let smtp_server = testkit::smtp_server::SmtpServer::open();
    let delivery = Delivery::smtp(&smtp(smtp_server.port()), "localhost").unwrap();
    let outbox = Outbox::new(app.state.db.clone(), app.state.clock.clone(), delivery, app.state.composer.queued());
    outbox.send_due().await.unwrap();
    let letter = smtp_server.letters().remove(0);
    let message = mail_parser::MessageParser::default().parse(&letter.bytes).unwrap();
    let names: Vec<_> = message.headers().iter().map(|header| header.name().to_lowercase()).collect();
    assert!(!names.iter().any(|name| name == "bcc" || name == "x-evil"), "{names:?}");
    let row = app.newest_mail().mail;
    assert_eq!(message.subject(), Some(row.subject.as_str()));
    let from = message.from().and_then(|from| from.first()).unwrap();
    assert_eq!((from.name(), from.address()), (Some(row.from_name.as_str()), Some("portaal@wilgenhof.example")));
    assert_eq!(message.message_id(), Some(row.message_id.as_str()));
    assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), row.body_text);
    assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), row.body_html.replace("\r\n", "\n"));
    assert!(letter.header().lines().all(|line| line.len() <= 998 && line.is_ascii()));
    assert_eq!(message.attachment_count(), 0);
}
