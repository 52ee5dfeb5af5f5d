//! What is written in mails, who gets them, and that each leaves once.

mod harness;
mod post_office;

use harness::{Household, START, TestApp};
use model::{id::*, language::Bilingual, time::TaxYear};
use post_office::PostOffice;
use serde_json::Value;
use sync_server::{
    config::{Smtp, SmtpSecurity},
    db::{DbError, MailState, OutboxRow},
    mail::{Delivery, Notice},
    outbox::Outbox,
};

const YEAR: TaxYear = TaxYear(2025);

fn queue(app: &TestApp, notice: Notice) {
    let (composer, now) = (app.state.composer.clone(), app.now());
    app.state.db.write_blocking::<_, DbError>(move |tx| composer.queue(tx, &notice, now)).unwrap();
}

/// Newest first.
fn mails(app: &TestApp) -> Vec<OutboxRow> {
    app.state.db.read(|q| q.newest_mails(100)).unwrap()
}

fn newest(app: &TestApp) -> OutboxRow {
    mails(app).remove(0)
}

fn task(person: PersonId) -> Notice {
    let title = Bilingual::new("Vragenlijst aangifte 2025", "Checklist tax return 2025");
    Notice::Task { person, tax_year: YEAR, title, due: Some(jiff::civil::date(2026, 4, 1)) }
}

fn outbox(app: &TestApp, delivery: Delivery) -> Outbox {
    Outbox::new(app.state.db.clone(), app.state.clock.clone(), delivery, app.state.composer.queued())
}

fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".into(),
        port: Some(port),
        security: SmtpSecurity::None,
        user: None,
        password: None,
        from: None,
    }
}

fn to_server(app: &TestApp, office: &PostOffice) -> Outbox {
    outbox(app, Delivery::smtp(&smtp(office.port()), "localhost").unwrap())
}

fn sent(row: &OutboxRow) -> bool {
    matches!(row.state, MailState::Sent { .. })
}

#[test]
fn a_person_is_written_to_in_their_own_language_by_their_advisor() {
    let app = TestApp::new();
    let Household { advisor, client, people: [marieke, thomas], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    let mail = newest(&app).mail;
    assert_eq!(mail.to_address, marieke.email);
    assert_eq!(mail.reply_to, advisor.email);
    assert_eq!(mail.from_address, "portaal@wilgenhof.example");
    assert_eq!((mail.client, mail.person, mail.tax_year), (Some(client.id), Some(marieke.id), Some(YEAR)));
    assert_eq!(mail.subject, "Sanne de Wit vraagt u iets: Vragenlijst aangifte 2025");
    for words in
        ["Beste Marieke,", "uiterlijk 1 april 2026", "http://localhost:8080/", "050 123 45 67", "Is deze mail echt?"]
    {
        assert!(mail.body_text.contains(words), "{words}: {}", mail.body_text);
    }
    assert!(mail.body_html.contains("lang=\"nl\"") && mail.body_html.contains("#2546a8"));
    queue(&app, task(thomas.id));
    let mail = newest(&app).mail;
    assert_eq!(mail.subject, "Sanne de Wit asks you something: Checklist tax return 2025");
    assert!(mail.body_text.contains("by 1 April 2026"), "{}", mail.body_text);
    assert!(mail.body_html.contains("lang=\"en\""));
}

#[test]
fn an_invitation_has_its_secret_in_the_fragment_and_says_how_long_it_works() {
    let app = TestApp::new();
    let Household { advisor, people: [marieke, _], .. } = app.household("Wilgenhof");
    let token = app.invite(&marieke);
    queue(&app, Notice::Invitation { person: marieke.id, token: token.clone() });
    let mail = newest(&app).mail;
    assert!(mail.body_text.contains(&format!("\nhttp://localhost:8080/welkom#{token}\n")), "{}", mail.body_text);
    // Made on 2 March: all of 15 March is within 14 days.
    assert!(mail.body_text.contains("tot en met 15 maart 2026"), "{}", mail.body_text);
    let token = app.invite_advisor(&advisor);
    queue(&app, Notice::AdvisorInvitation { advisor: advisor.id, token: token.clone() });
    let mail = newest(&app).mail;
    assert_eq!((mail.to_address.as_str(), mail.person, mail.advisor), (advisor.email.as_str(), None, Some(advisor.id)));
    assert!(mail.body_text.contains(&format!("http://localhost:8080/kantoor/welkom#{token}")), "{}", mail.body_text);
}

#[test]
fn the_advisor_is_told_of_what_people_do() {
    let app = TestApp::new();
    let Household { advisor, people: [marieke, _], .. } = app.household("Wilgenhof");
    let (person, tax_year) = (marieke.id, YEAR);
    let page = "http://localhost:8080/kantoor/klanten/10417/2025";
    let cases = [
        (Notice::DocumentReceived { person, tax_year }, "Marieke Jansen heeft een document gestuurd", page.to_owned()),
        (
            Notice::HandedIn { person, tax_year },
            "Marieke Jansen heeft de vragenlijst over 2025 ingeleverd",
            page.to_owned(),
        ),
        (
            Notice::Approved { person, tax_year, number: 2 },
            "Marieke Jansen gaf akkoord met de aangifte over 2025",
            format!("{page}/akkoord"),
        ),
        (
            Notice::ApprovalNotAccepted { person, tax_year },
            "Een akkoord van Marieke Jansen is niet geldig",
            format!("{page}/akkoord"),
        ),
        (
            Notice::Declined { person, tax_year, number: 1 },
            "Marieke Jansen is niet akkoord met de aangifte over 2025",
            format!("{page}/akkoord"),
        ),
        (Notice::MessageReceived { person, tax_year }, "Marieke Jansen heeft u een bericht gestuurd", page.to_owned()),
    ];
    for (notice, subject, link) in cases {
        queue(&app, notice);
        let mail = newest(&app).mail;
        assert_eq!((mail.to_address.as_str(), mail.subject.as_str()), (advisor.email.as_str(), subject));
        assert!(mail.body_text.lines().any(|line| line == link), "{}", mail.body_text);
        assert!(mail.body_text.contains("Klantnummer: 10417"), "{}", mail.body_text);
        assert_eq!((mail.person, mail.advisor), (Some(person), Some(advisor.id)));
    }
}

#[test]
fn a_newer_revision_says_that_the_earlier_one_no_longer_counts() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    for (number, kind, words) in
        [(1, "revision", "geeft u akkoord met uw passkey"), (2, "revision_again", "De vorige versie geldt niet meer")]
    {
        queue(&app, Notice::Revision { person: marieke.id, tax_year: YEAR, number, due: None });
        let mail = newest(&app).mail;
        assert_eq!(mail.kind, kind);
        assert!(mail.body_text.contains(words) && !mail.body_text.contains("uiterlijk"), "{}", mail.body_text);
    }
}

#[test]
fn a_mail_is_undone_with_the_change_that_caused_it() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    let (composer, now) = (app.state.composer.clone(), app.now());
    let failed: Result<(), DbError> = app.state.db.write_blocking(move |tx| {
        composer.queue(tx, &task(marieke.id), now)?;
        Err(DbError::Malformed("test"))
    });
    assert!(failed.is_err());
    assert!(mails(&app).is_empty());
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
    queue(&app, Notice::Task { person: marieke.id, tax_year: YEAR, title, due: None });
    let office = PostOffice::open();
    to_server(&app, &office).send_due().await.unwrap();
    let letters = office.letters();
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
    queue(&app, task(marieke.id));
    let office = PostOffice::open();
    to_server(&app, &office).send_due().await.unwrap();
    assert!(office.letters().is_empty());
    let row = newest(&app);
    assert!(matches!(row.state, MailState::Failed { .. }));
    assert_eq!(row.last_error, "sender is no mail address");
}

#[tokio::test]
async fn a_mail_is_delivered_once_with_both_parts() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    let office = PostOffice::open();
    let outbox = to_server(&app, &office);
    for _ in 0..3 {
        outbox.send_due().await.unwrap();
        app.pass_seconds(24 * 3600);
    }
    let letters = office.letters();
    assert_eq!(letters.len(), 1);
    let header = letters[0].header();
    let row = newest(&app);
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

#[tokio::test]
async fn two_rounds_at_once_send_a_mail_once() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    queue(&app, task(thomas.id));
    let office = PostOffice::open();
    let outbox = to_server(&app, &office);
    let (one, two, three) = tokio::join!(outbox.send_due(), outbox.send_due(), outbox.send_due());
    one.and(two).and(three).unwrap();
    assert_eq!(office.letters().len(), 2);
}

#[tokio::test]
async fn a_server_that_says_later_is_asked_again_after_a_pause() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    queue(&app, task(thomas.id));
    let office = PostOffice::open();
    office.answer_for(&marieke.email, 451, "greylisted");
    let outbox = to_server(&app, &office);
    outbox.send_due().await.unwrap();
    // The other mail is not held up.
    assert_eq!(office.letters().len(), 1);
    let row = mails(&app).remove(1);
    assert_eq!(row.state, MailState::Waiting { next_attempt_at: START.plus_seconds(60) });
    assert!(row.last_error.contains("greylisted"), "{}", row.last_error);

    office.answer_for(&marieke.email, 250, "OK");
    app.pass_seconds(59);
    outbox.send_due().await.unwrap();
    assert_eq!(office.letters().len(), 1);
    app.pass_seconds(1);
    outbox.send_due().await.unwrap();
    assert_eq!(office.letters().len(), 2);
    let row = mails(&app).remove(1);
    assert!(sent(&row) && row.attempts == 2 && row.last_error.is_empty());
}

#[tokio::test]
async fn a_server_that_says_never_is_not_asked_again_and_its_words_are_kept() {
    let app = TestApp::new();
    let Household { firm, client, people: [marieke, _], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    let office = PostOffice::open();
    office.answer_for(&marieke.email, 550, "no such mailbox");
    let outbox = to_server(&app, &office);
    outbox.send_due().await.unwrap();
    let row = app.state.db.read::<_, DbError>(|q| q.mails_of_year(client.id, YEAR, 10)).unwrap().remove(0);
    assert_eq!(row.state, MailState::Failed { at: START });
    assert!(row.last_error.contains("no such mailbox"), "{}", row.last_error);
    assert_eq!(app.state.db.read::<_, DbError>(|q| q.failed_mails(firm.id)).unwrap(), 1);
    office.answer_for(&marieke.email, 250, "OK");
    app.pass_seconds(24 * 3600);
    outbox.send_due().await.unwrap();
    assert!(office.letters().is_empty());
}

#[tokio::test]
async fn a_server_that_is_down_for_days_loses_nothing_and_gets_nothing_twice() {
    let mut app = TestApp::new();
    let household = app.household("Wilgenhof");
    let office = PostOffice::open();
    let port = office.port();
    office.close();
    let all = 7;
    for n in 0..all {
        queue(&app, task(household.people[n % 2].id));
    }
    // Two days, with the process started again in between.
    for hour in 0..48 {
        if hour % 20 == 10 {
            app = app.restarted();
        }
        outbox(&app, Delivery::smtp(&smtp(port), "localhost").unwrap()).send_due().await.unwrap();
        app.pass_seconds(3600);
    }
    assert!(mails(&app).iter().all(|row| matches!(row.state, MailState::Waiting { .. })));
    let office = PostOffice::open_at(port);
    for _ in 0..7 {
        to_server(&app, &office).send_due().await.unwrap();
        app = app.restarted();
        app.pass_seconds(3600);
    }
    assert!(mails(&app).iter().all(sent), "{:?}", mails(&app));
    let mut ids: Vec<_> = office.letters().iter().map(post_office::Letter::message_id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((office.letters().len(), ids.len()), (all, all));
}

#[tokio::test]
async fn a_mail_that_cannot_leave_for_five_days_is_given_up() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    let office = PostOffice::open();
    office.answer_for(&marieke.email, 451, "greylisted");
    let outbox = to_server(&app, &office);
    for _ in 0..(5 * 24) {
        outbox.send_due().await.unwrap();
        assert!(matches!(newest(&app).state, MailState::Waiting { .. }));
        app.pass_seconds(3600);
    }
    app.pass_seconds(6 * 3600);
    outbox.send_due().await.unwrap();
    assert!(matches!(newest(&app).state, MailState::Failed { .. }));
}

#[tokio::test]
async fn a_login_that_the_server_refuses_throws_no_mail_away() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    let office = PostOffice::open();
    office.ask_for_login("akkoord", "right");
    let with = |password: &str| {
        let settings = Smtp { user: Some("akkoord".into()), password: Some(password.into()), ..smtp(office.port()) };
        outbox(&app, Delivery::smtp(&settings, "localhost").unwrap())
    };
    with("wrong").send_due().await.unwrap();
    assert!(matches!(newest(&app).state, MailState::Waiting { .. }), "{:?}", newest(&app));
    assert!(!newest(&app).last_error.contains("wrong"));
    app.pass_seconds(60);
    with("right").send_due().await.unwrap();
    assert!(sent(&newest(&app)), "{}", newest(&app).last_error);
    assert_eq!(office.letters().len(), 1);
}

#[tokio::test]
async fn the_settings_may_fix_the_sender() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    queue(&app, task(marieke.id));
    let office = PostOffice::open();
    let settings = Smtp { from: Some("portaal@host.example".into()), ..smtp(office.port()) };
    outbox(&app, Delivery::smtp(&settings, "localhost").unwrap()).send_due().await.unwrap();
    let letters = office.letters();
    assert!(letters[0].header().contains("From: \"Wilgenhof Belastingadvies\" <portaal@host.example>"));
}

#[tokio::test]
async fn a_queued_mail_wakes_the_outbox_of_a_running_server() {
    let app = TestApp::new();
    let Household { people: [marieke, _], .. } = app.household("Wilgenhof");
    let running = tokio::spawn(sync_server::outbox::run(app.state.clone()));
    queue(&app, task(marieke.id));
    let file = app.state.config.data.join("mail/1.eml");
    let arrived = async {
        while !(file.is_file() && sent(&newest(&app))) {
            tokio::task::yield_now().await;
        }
    };
    // Well below the minute after which it would look by itself.
    tokio::time::timeout(std::time::Duration::from_secs(20), arrived).await.unwrap();
    running.abort();
    let eml = std::fs::read_to_string(file).unwrap();
    assert!(eml.contains("To: marieke@huis.example") && eml.contains("multipart/alternative"), "{eml}");
}

#[tokio::test]
async fn the_development_mailbox_shows_mails_on_this_machine_only() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    let mut browser = app.browser();
    assert!(browser.get("/dev/mailbox").await.text().contains("Er zijn nog geen mails."));
    let token = app.invite(&marieke);
    queue(&app, Notice::Invitation { person: marieke.id, token: token.clone() });
    queue(&app, task(thomas.id));

    let all: Vec<Value> = browser.get("/dev/mailbox.json").await.json();
    assert_eq!(all.len(), 2);
    assert_eq!((all[0]["to"].as_str(), all[0]["kind"].as_str()), (Some("thomas@huis.example"), Some("task")));
    assert_eq!(all[1]["at"].as_i64(), Some(START.0));
    assert!(all[1]["text"].as_str().unwrap().contains(&token) && all[1]["html"].as_str().unwrap().contains(&token));

    let list = browser.get("/dev/mailbox").await.text();
    assert!(list.contains("href=\"/dev/mailbox/1\"") && !list.contains("style="), "{list}");
    let page = browser.get("/dev/mailbox/1").await;
    assert!(page.text().contains(&format!("href=\"http://localhost:8080/welkom#{token}\"")), "{}", page.text());
    assert!(page.header("content-security-policy").contains("style-src 'self'"));
    let html = browser.get("/dev/mailbox/1/html").await;
    assert_eq!(
        html.header("content-security-policy"),
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    );
    assert_eq!(browser.get("/dev/mailbox/99").await.status, 404);

    let elsewhere = TestApp::with(|config| {
        config.origin = sync_server::config::Origin::parse("https://portaal.example.nl").unwrap();
    });
    let with_server = TestApp::with(|config| config.smtp = Some(smtp(25)));
    for app in [elsewhere, with_server] {
        for path in ["/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/1", "/dev/mailbox/1/html"] {
            assert_eq!(app.browser().get(path).await.status, 404, "{path}");
        }
    }
}
