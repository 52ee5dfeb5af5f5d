//! Attacks by an administrator with the settings of the firm's own mail server: no connection goes to
//! where the operator does not allow it, and nothing is told of what stands there.

use mail::{Delivery, DeliveryError, Notice, outbox::Outbox};
use std::{
    io::Write,
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use storage::db::{DbError, MailServer, MailState};
use testkit::{
    console_page::ConsolePage,
    harness::{Answer, TestApp, mailbox::YEAR},
    smtp_server::{SmtpServer, smtp},
};

/// Every spelling of this machine that gets past a look at the text, and some that do not.
const INSIDE: [&str; 9] = [
    "127.1",
    "127.0.1",
    "0x7f.1",
    "0177.0.0.1",
    "127.0.0.1",
    "2130706433",
    "localhost",
    "localhost.",
    "localhost.localdomain",
];

const NOT_REACHED: &str = "deze mailserver is niet bereikt over een beveiligde verbinding met een geldig certificaat";

async fn test(console: &mut ConsolePage, host: &str, port: u16, security: &str) -> Answer {
    let port = port.to_string();
    let fields = [("host", host), ("port", &port), ("security", security), ("action", "test")];
    console.browser.submit("/kantoor/mailserver", &fields).await
}

/// Stores a mail server without TLS for the firm.
fn set_server(console: &ConsolePage, host: &str, port: u16) {
    let firm = console.home.firm.id;
    let server = MailServer {
        host: host.to_owned(),
        port,
        security: "none".to_owned(),
        user: String::new(),
        password: None,
        from: String::new(),
        changed_at: console.app.now(),
    };
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_mail_server(firm, Some(&server))).unwrap();
}

fn revision(console: &ConsolePage, person: usize) -> Notice {
    Notice::Revision { person: console.home.people[person].id, tax_year: YEAR, number: 2, due: None }
}

/// Sends what is due, with `common` as the operator's mail server.
async fn send_due(console: &ConsolePage, common: &SmtpServer) {
    let state = &console.app.state;
    let delivery = Delivery::smtp(&smtp(common.port()), "localhost").unwrap();
    let outbox = Outbox::new(state.db.clone(), state.clock.clone(), delivery, state.composer.queued())
        .with_own_servers(state.reach());
    outbox.send_due().await.unwrap();
}

/// Lets an hour pass. Then the advisor logs in again, since a mail server is changed after a new login only.
async fn an_hour_later(console: &mut ConsolePage) {
    console.app.pass_seconds(3600);
    console.browser.log_in().await.unwrap();
}

#[tokio::test]
async fn a_mail_server_inside_is_reached_neither_by_a_test_nor_by_a_mail() {
    let app = TestApp::with(|config| config.mail_servers_inside = false);
    let mut console = ConsolePage::at(app).await;
    let (inside, common) = (SmtpServer::open(), SmtpServer::open());
    for host in INSIDE {
        for security in ["none", "starttls", "tls"] {
            let answer = test(&mut console, host, inside.port(), security).await;
            let text = answer.text();
            assert!(answer.status == 400 || text.contains(NOT_REACHED), "{host} {security}: {text}");
            an_hour_later(&mut console).await;
        }
        // The same settings in the database, as if they had been there before.
        set_server(&console, host, inside.port());
        console.app.queue(revision(&console, 0));
        send_due(&console, &common).await;
        // After the first one that is tried the others wait, and none is lost.
        let rows = console.app.mails();
        assert!(rows.iter().all(|row| matches!(row.state, MailState::Waiting { .. })), "{host}: {rows:?}");
        let tried: Vec<_> = rows.iter().map(|row| row.last_error.as_str()).filter(|why| !why.is_empty()).collect();
        assert!(!tried.is_empty() && tried.iter().all(|why| *why == DeliveryError::NOT_REACHED), "{host}: {tried:?}");
    }
    assert_eq!((inside.callers(), common.callers()), (0, 0));
}

#[tokio::test]
async fn what_a_server_says_before_tls_is_told_nobody_and_open_and_closed_look_the_same() {
    let mut console = ConsolePage::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let called = Arc::<AtomicBool>::default();
    let is_called = called.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            is_called.store(true, Ordering::SeqCst);
            stream.unwrap().write_all(b"554 5.7.1 INTERN-GEHEIM versie 9.9 op host db01.intern\r\n").ok();
        }
    });
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut pages = Vec::new();
    for (port, security) in [(port, "starttls"), (port, "tls"), (port, "none"), (closed, "starttls"), (closed, "none")]
    {
        let text = test(&mut console, "localhost", port, security).await.text();
        assert!(text.contains(NOT_REACHED), "{security}: {text}");
        assert!(!text.contains("GEHEIM") && !text.contains("db01"), "{security}: {text}");
        let notice = text.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
        pages.push(notice);
    }
    assert!(called.load(Ordering::SeqCst));
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?}");
}

#[tokio::test]
async fn what_a_server_without_tls_refuses_is_given_up_or_tried_again_and_its_words_stay_unsaid() {
    let mut console = ConsolePage::new().await;
    let (own, common) = (SmtpServer::open(), SmtpServer::open());
    let [marieke, thomas] = [0, 1].map(|n| console.home.people[n].email.clone());
    own.answer_for(&marieke, 550, "5.1.1 GEHEIM");
    own.answer_for(&thomas, 451, "4.7.1 GEHEIM");
    own.answer_for(&console.home.advisor.email, 550, "5.7.1 GEHEIM");
    let text = test(&mut console, "127.0.0.1", own.port(), "none").await.text();
    assert!(text.contains("deze mailserver weigert de mail") && !text.contains("GEHEIM"), "{text}");
    set_server(&console, "127.0.0.1", own.port());
    for person in [0, 1] {
        console.app.queue(revision(&console, person));
    }
    send_due(&console, &common).await;
    let rows = console.app.mails();
    let to = |address: &str| rows.iter().find(|row| row.mail.to_address == *address).unwrap();
    assert!(matches!(to(&marieke).state, MailState::Failed { .. }), "{rows:?}");
    assert_eq!(to(&marieke).last_error, DeliveryError::UNQUOTED_REFUSED);
    assert!(matches!(to(&thomas).state, MailState::Waiting { .. }), "{rows:?}");
    assert_eq!(to(&thomas).last_error, DeliveryError::UNQUOTED_LATER);
    let page = console.page("/kantoor/uitgaand").await;
    assert!(
        page.contains("Uw mailserver weigert deze mail.")
            && page.contains("Uw mailserver weigert deze mail voorlopig.")
    );
    assert!(!page.contains("GEHEIM") && common.letters().is_empty(), "{page}");
}

#[tokio::test]
async fn tests_are_counted_for_each_firm_by_the_hour() {
    let mut console = ConsolePage::new().await;
    let server = SmtpServer::open();
    for _ in 0..10 {
        assert_eq!(test(&mut console, "localhost", server.port(), "none").await.status, 200);
    }
    let callers = server.callers();
    let refused = test(&mut console, "localhost", server.port(), "none").await;
    assert_eq!((refused.status.as_u16(), server.callers()), (429, callers));
    assert!(refused.text().contains("al tien tests"), "{}", refused.text());
    let other = console.app.household("Elders");
    let mut browser = console.app.advisor_browser(&other.advisor).await;
    let port = server.port().to_string();
    let fields = [("host", "localhost"), ("port", port.as_str()), ("security", "none"), ("action", "test")];
    assert_eq!(browser.submit("/kantoor/mailserver", &fields).await.status, 200);
    an_hour_later(&mut console).await;
    assert_eq!(test(&mut console, "localhost", server.port(), "none").await.status, 200);
}
