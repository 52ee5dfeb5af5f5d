//! Attacks by mail: what one person causes must not delay what others wait for.

use mail::{Delivery, Notice, outbox::Outbox};
use model::{id::PersonId, language::Bilingual, mail::DigestKind};
use storage::db::{DbError, MailState, OutboxRow, PersonRow};
use testkit::harness::{Household, TestApp, mailbox::YEAR};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;

fn not_accepted(person: PersonId) -> Notice {
    Notice::ApprovalNotAccepted { person, tax_year: YEAR }
}

fn leaves(app: &TestApp, row: &OutboxRow) -> i64 {
    match row.state {
        MailState::Waiting { next_attempt_at } => (next_attempt_at.0 - app.now().0) / 1000,
        _ => panic!("it has left"),
    }
}

async fn send(app: &TestApp) {
    let delivery = Delivery::Folder(app.state.config.data.join("mail"));
    let queued = app.state.composer.queued();
    Outbox::new(app.state.db.clone(), app.state.clock.clone(), delivery, queued).send_due().await.unwrap();
}

fn invitation(app: &TestApp, person: &PersonRow) -> Notice {
    Notice::Invitation { person: person.id, token: app.invite(person) }
}

/// Returns one more person of the household.
fn another(app: &TestApp, home: &Household, number: u8) -> PersonRow {
    let person = PersonRow {
        id: PersonId::from_bytes([number; 16]),
        account: None,
        email: format!("p{number}@huis.example"),
        ..home.people[0].clone()
    };
    let (row, now) = (person.clone(), app.now());
    app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_person(&row, now)).unwrap();
    person
}

#[tokio::test]
async fn four_hundred_approvals_that_do_not_hold_are_two_mails_and_delay_no_invitation() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    for _ in 0..400 {
        app.queue(not_accepted(marieke.id));
    }
    app.queue(invitation(&app, thomas));
    let told = app.mails_of("approval_not_accepted");
    assert_eq!(told.len(), 2);
    assert_eq!((leaves(&app, &told[1]), leaves(&app, &told[0])), (0, HOUR), "the first at once, the rest in an hour");
    assert!(told[0].mail.subject.contains("(399 keer)"), "{}", told[0].mail.subject);
    assert!(told[0].mail.body_text.contains("Dit gebeurde 399 keer"), "{}", told[0].mail.body_text);
    send(&app).await;
    let invited = app.mails_of("invitation").remove(0);
    assert!(matches!(invited.state, MailState::Sent { .. }));

    // What happens after an hour is told an hour after the last mail.
    app.pass_seconds(HOUR);
    send(&app).await;
    app.pass_seconds(MINUTE);
    app.queue(not_accepted(marieke.id));
    let next = app.newest_mail();
    assert_eq!((leaves(&app, &next), app.mails_of("approval_not_accepted").len()), (HOUR - MINUTE, 3));
    assert!(!next.mail.subject.contains("keer"));
}

#[tokio::test]
async fn what_others_do_and_what_is_of_another_kind_is_told_at_once() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let [marieke, thomas] = &home.people;
    app.mail_at_once(&home.advisor);
    for notice in [
        not_accepted(marieke.id),
        not_accepted(thomas.id),
        Notice::MessageReceived { person: marieke.id, tax_year: YEAR },
        Notice::Declined { person: marieke.id, tax_year: YEAR, title: Bilingual::default() },
    ] {
        app.queue(notice);
        assert_eq!(leaves(&app, &app.newest_mail()), 0);
    }
    assert_eq!(app.mails().len(), 4);
}

#[tokio::test]
async fn what_is_about_access_leaves_before_what_is_urgent_and_the_rest_comes_last() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    // More than leave in a minute, each of somebody else.
    for number in 0..130 {
        app.queue(not_accepted(another(&app, &home, number).id));
    }
    app.queue(testkit::harness::mailbox::task(home.people[0].id));
    app.queue(invitation(&app, &home.people[1]));
    let kind = |id| Ok(app.state.db.read(|q| q.mail(id))?.unwrap().mail.kind.word());
    let order = app.state.db.read::<_, DbError>(|q| q.due_mails(home.firm.id, app.now(), 200)).unwrap();
    let order = order.into_iter().map(kind).collect::<Result<Vec<_>, DbError>>().unwrap();
    assert_eq!((order[0], order[1], order[131]), ("invitation", "approval_not_accepted", "task"));
    send(&app).await;
    assert!(matches!(app.mails_of("invitation").remove(0).state, MailState::Sent { .. }));
}

#[tokio::test]
async fn what_a_person_causes_beyond_the_budget_of_a_day_is_in_the_digest() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let marieke = &home.people[0];
    app.mail_at_once(&home.advisor);
    let message = || Notice::MessageReceived { person: marieke.id, tax_year: YEAR };
    for _ in 0..48 {
        for notice in [message(), Notice::Declined { person: marieke.id, tax_year: YEAR, title: Bilingual::default() }]
        {
            app.queue(notice);
        }
        app.pass_seconds(HOUR / 2 - 1);
        send(&app).await;
    }
    let mails = app.mails().len();
    assert!((30..40).contains(&mails), "{mails}");
    let items = app.state.db.read::<_, DbError>(|q| q.digest_items(home.advisor.id)).unwrap();
    assert!(items.iter().any(|item| item.kind == DigestKind::MessageReceived), "the rest is told all the same");
    // Somebody else's are told at once, and an alarm always is.
    app.queue(Notice::MessageReceived { person: home.people[1].id, tax_year: YEAR });
    assert_eq!(app.newest_mail().mail.kind.word(), "message_received");
    app.queue(Notice::AlarmRaised { person: marieke.id });
    assert_eq!((app.newest_mail().mail.kind.word(), leaves(&app, &app.newest_mail())), ("alarm_raised", 0));
}

#[tokio::test]
async fn a_login_gets_thirty_new_devices_a_day() {
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut browser = app.person_browser(&home.people[0]).await;
    let mut refused = 0;
    for _ in 0..40 {
        browser.cookies.clear();
        refused += usize::from(browser.log_in().await == Err("ways_in_spent".into()));
    }
    assert_eq!(
        (refused, app.mails_of("device_added").len()),
        (12, 28),
        "with the first passkey and device it is thirty"
    );
    app.pass_seconds(24 * HOUR);
    assert!(browser.log_in().await.is_ok());
}
