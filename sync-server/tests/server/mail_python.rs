//! Tests of the outbox with a mail server that others made, in a process of its
//! own, and of mails as other programs read them.

use mail::{Delivery, Notice, Smtp, SmtpSecurity, outbox::Outbox, sign};
use model::{language::Bilingual, time::TaxYear};
use std::collections::{BTreeMap, BTreeSet};
use storage::db::{DbError, MailState, OutboxRow};
use testkit::{
    console_page::ConsolePage,
    harness::{
        Household, TestApp,
        mailbox::{YEAR, task},
    },
    python_mail::{PASSWORD, PythonMail, USER, verifies},
    server_process::ServerProcess,
};

fn outbox(app: &TestApp, smtp: &Smtp) -> Outbox {
    let delivery = Delivery::smtp(smtp, "localhost").expect("the settings can be used");
    let state = &app.state;
    Outbox::new(state.db.clone(), state.clock.clone(), delivery, state.composer.queued())
        .with_own_servers(state.reach())
}

fn sent(row: &OutboxRow) -> bool {
    matches!(row.state, MailState::Sent { .. })
}

/// Queues urgent mails, each of which leaves by itself.
fn queue_urgent(app: &TestApp, home: &Household, count: usize) {
    for n in 0..count {
        let number = u32::try_from(n).unwrap_or(0) + 2;
        app.queue(Notice::Revision { person: home.people[n % 2].id, tax_year: YEAR, number, due: None });
    }
}

#[tokio::test]
async fn mails_leave_over_tls_after_a_login_and_only_to_whom_is_trusted() {
    let folder = tempfile::tempdir().unwrap();
    for mode in [SmtpSecurity::StartTls, SmtpSecurity::Tls] {
        let app = TestApp::new();
        let home = app.household("Wilgenhof");
        app.queue(task(home.people[0].id));
        let python_mail = PythonMail::open(folder.path(), mode, true);
        let good = python_mail.settings();
        for (wrong, words) in [
            (Smtp { trust: None, ..good.clone() }, "certificate"),
            (Smtp { password: Some("fout".into()), ..good.clone() }, "535"),
            (Smtp { user: None, password: None, ..good.clone() }, "530"),
            (Smtp { port: Some(1), ..good.clone() }, "refused"),
        ] {
            outbox(&app, &wrong).send_due().await.unwrap();
            let row = app.mails().remove(0);
            // Our own mistake loses no mail, and the message names no secret.
            assert!(matches!(row.state, MailState::Waiting { .. }), "{words}: {row:?}");
            let error = row.last_error.to_lowercase();
            assert!(error.contains(words) && !error.contains("fout"), "{mode:?} {words}: {error}");
            app.pass_seconds(6 * 3600);
        }
        assert!(python_mail.taken().is_empty());
        outbox(&app, &good).send_due().await.unwrap();
        assert!(app.mails().iter().all(sent), "{mode:?}: {:?}", app.mails()[0].last_error);
        let taken = python_mail.taken();
        assert_eq!(taken.len(), 1);
        assert!(taken[0].tls && taken[0].to == [home.people[0].email.clone()]);
    }
}

#[tokio::test]
async fn what_is_refused_is_given_up_what_is_postponed_is_tried_again_and_nothing_else_waits() {
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    let other = app.household("Elders");
    let [marieke, thomas] = &home.people;
    app.queue(task(marieke.id));
    app.queue(task(thomas.id));
    let python_mail = PythonMail::open(folder.path(), SmtpSecurity::None, false);
    python_mail.answer(&[(&marieke.email, "550 5.1.1 no such mailbox"), (&thomas.email, "451 4.7.1 greylisted")]);
    outbox(&app, &python_mail.settings()).send_due().await.unwrap();
    let [thomas_row, marieke_row]: [_; 2] = app.mails().try_into().unwrap();
    assert!(
        matches!(marieke_row.state, MailState::Failed { .. }) && marieke_row.last_error.contains("no such mailbox")
    );
    assert!(matches!(thomas_row.state, MailState::Waiting { .. }) && thomas_row.last_error.contains("greylisted"));
    // The same happens at the end of the conversation.
    python_mail.answer(&[("DATA", "452 4.3.1 disk full")]);
    app.queue(Notice::Revision { person: other.people[0].id, tax_year: YEAR, number: 2, due: None });
    outbox(&app, &python_mail.settings()).send_due().await.unwrap();
    assert!(app.mails()[0].last_error.contains("disk full") && python_mail.taken().is_empty());
    python_mail.answer(&[]);
    app.pass_seconds(3600);
    outbox(&app, &python_mail.settings()).send_due().await.unwrap();
    assert_eq!((python_mail.taken().len(), app.mails().iter().filter(|row| sent(row)).count()), (2, 2));
}

#[tokio::test]
async fn three_days_without_the_server_lose_nothing_and_send_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = TestApp::new();
    let home = app.household("Wilgenhof");
    let mut python_mail = PythonMail::open(folder.path(), SmtpSecurity::StartTls, true);
    python_mail.stop();
    queue_urgent(&app, &home, 12);
    for hour in 0..72 {
        if hour % 24 == 11 {
            app = app.restarted();
            queue_urgent(&app, &home, 1);
        }
        outbox(&app, &python_mail.settings()).send_due().await.unwrap();
        app.pass_seconds(3600);
    }
    assert!(app.mails().iter().all(|row| matches!(row.state, MailState::Waiting { .. })));
    python_mail.start();
    for _ in 0..8 {
        outbox(&app, &python_mail.settings()).send_due().await.unwrap();
        app = app.restarted();
        app.pass_seconds(3600);
    }
    assert!(app.mails().iter().all(sent));
    let ids: Vec<_> = python_mail.read().iter().map(|mail| mail.header("Message-ID")[0].to_owned()).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!((ids.len(), unique.len()), (15, 15));
}

#[expect(clippy::disallowed_methods, reason = "it waits for another process, and not for ever")]
#[test]
fn a_sender_that_is_killed_again_and_again_loses_nothing_and_a_mail_sent_twice_is_the_same_mail() {
    const MAILS: usize = 30;
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::new();
    let home = app.household("Wilgenhof");
    queue_urgent(&app, &home, MAILS);
    let python_mail = PythonMail::open(folder.path(), SmtpSecurity::StartTls, true);
    // The server waits between accepting a mail and saying so, and meanwhile the sender dies.
    python_mail.answer(&[("pause", "0.03")]);
    let (port, root) = (python_mail.port.to_string(), python_mail.root());
    let environment = [
        ("AKKOORD_SMTP_HOST", "localhost"),
        ("AKKOORD_SMTP_PORT", port.as_str()),
        ("AKKOORD_SMTP_USER", USER),
        ("AKKOORD_SMTP_PASSWORD", PASSWORD),
        ("AKKOORD_SMTP_TRUST", root.to_str().unwrap()),
    ];
    let mut kills = 0;
    while python_mail.taken().len() < MAILS {
        let before = python_mail.taken().len();
        let process = ServerProcess::start_with(crate::PROGRAM, &app.state.config.data, &environment);
        python_mail.wait_for(MAILS.min(before + 5));
        process.kill();
        kills += 1;
    }
    let process = ServerProcess::start_with(crate::PROGRAM, &app.state.config.data, &environment);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !app.mails().iter().all(sent) {
        assert!(std::time::Instant::now() < deadline, "{:?}", app.mails().iter().filter(|row| !sent(row)).count());
        std::thread::yield_now();
    }
    process.kill();
    let mut copies: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for (mail, taken) in python_mail.read().iter().zip(python_mail.taken()) {
        copies.entry(mail.header("Message-ID")[0].to_owned()).or_default().push(std::fs::read(taken.file).unwrap());
    }
    let queued: BTreeSet<_> = app.mails().iter().map(|row| format!("<{}>", row.mail.message_id)).collect();
    assert_eq!(copies.keys().cloned().collect::<BTreeSet<_>>(), queued, "each arrived");
    assert!(copies.values().all(|same| same.iter().all(|bytes| *bytes == same[0])), "twice the same is the same");
    let twice: usize = copies.values().map(|same| same.len() - 1).sum();
    assert!(kills >= 3 && twice <= kills, "{twice} twice after {kills} kills: one at most for each");
}

#[tokio::test]
async fn other_programs_read_in_a_mail_what_was_meant_whatever_names_look_like() {
    let folder = tempfile::tempdir().unwrap();
    let python_mail = PythonMail::open(folder.path(), SmtpSecurity::None, false);
    let names = [
        "Wilgenhof\r\nBcc: evil@example.org",
        "Ünïcødé & \"Zonen\", <b>x</b>; (commentaar) \\ @",
        "\u{202e}gnirts 👩‍👩‍👧 \u{0}\u{7f}\u{2028}Bcc: evil@example.org",
        "=?utf-8?q?Bcc=3A_evil=40example.org?=",
        "{{ config }} {% for x in y %} {voornaam} [[x]] [knop]",
        &"Een heel lange naam van een kantoor ".repeat(8),
        "\r\n\r\n<script>alert(1)</script>",
    ];
    for name in names {
        let app = TestApp::new();
        let mut home = app.household("Wilgenhof");
        home.firm.name = name.to_owned();
        home.firm.sender_name = name.to_owned();
        let firm = home.firm.clone();
        app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_firm(&firm)).unwrap();
        let title = Bilingual::new(name, name);
        app.queue(Notice::Task { person: home.people[0].id, tax_year: TaxYear(2025), title, due: None });
        outbox(&app, &python_mail.settings()).send_due().await.unwrap();
        let (row, mail) = (app.mails().remove(0), python_mail.read().pop().unwrap());
        assert!(sent(&row), "{name:?}: {}", row.last_error);
        assert_eq!(mail.types, ["multipart/alternative", "text/plain", "text/html"], "{name:?}");
        assert_eq!(mail.defects, [""; 0], "{name:?}");
        assert_eq!((mail.header("Bcc"), mail.header("Cc")), (vec![], vec![]), "{name:?}");
        let names: BTreeSet<_> = mail.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), mail.headers.len(), "each header once: {:?}", mail.headers);
        assert_eq!(mail.header("To"), [home.people[0].email.as_str()], "{name:?}");
        assert_eq!(mail.from, "portaal@wilgenhof.example");
        // A text that looks like an encoded word is shown as it was typed, except for a space.
        let shown = |text: &str| text.replace("=?", "= ?");
        assert_eq!(mail.from_name.trim(), shown(&row.mail.from_name), "{name:?}");
        assert_eq!(mail.header("Subject"), [shown(&row.mail.subject)], "{name:?}");
        assert_eq!(mail.header("Message-ID"), [format!("<{}>", row.mail.message_id)]);
        assert_eq!(mail.text.replace("\r\n", "\n"), row.mail.body_text, "{name:?}");
        assert_eq!(mail.html.replace("\r\n", "\n").trim_end(), row.mail.body_html.trim_end(), "{name:?}");
        assert!(!mail.html.contains("<script") && !mail.html.contains("<b>x"), "{name:?}");
    }
}

#[tokio::test]
async fn a_signature_is_good_elsewhere_and_bad_after_any_change() {
    let folder = tempfile::tempdir().unwrap();
    let python_mail = PythonMail::open(folder.path(), SmtpSecurity::None, false);
    for algorithm in [sign::Algorithm::Ed25519, sign::Algorithm::Rsa] {
        let app = TestApp::new();
        let home = app.household("Wilgenhof");
        let (firm, vault, now) = (home.firm.id, app.state.vault.clone(), app.now());
        let mut key = sign::make_key(&vault, firm, "wilgenhof.example", algorithm, now).unwrap();
        let record = sign::dns_record(&key);
        for used in [false, true] {
            key.used = used;
            key.changed_at = key.changed_at.plus_seconds(1);
            let kept = key.clone();
            app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_mail_key(firm, Some(&kept))).unwrap();
            queue_urgent(&app, &home, 1);
            outbox(&app, &python_mail.settings()).send_due().await.unwrap();
            let mail = python_mail.read().pop().unwrap();
            assert_eq!(mail.header("DKIM-Signature").len(), usize::from(used));
            assert_eq!(mail.defects, [""; 0]);
        }
        let file = python_mail.taken().pop().unwrap().file;
        assert!(verifies(&file, &record));
        let bytes = String::from_utf8(std::fs::read(&file).unwrap()).unwrap();
        for (old, new) in [
            ("Subject: ", "Subject: x"),
            ("To: ", "To: evil@example.org, "),
            ("Beste", "Beste,"),
            ("From: ", "From: x"),
        ] {
            assert!(bytes.contains(old), "{old}");
            let bent = folder.path().join("bent.eml");
            std::fs::write(&bent, bytes.replacen(old, new, 1)).unwrap();
            assert!(!verifies(&bent, &record), "{old}");
        }
        let other = sign::dns_record(&sign::make_key(&vault, firm, "wilgenhof.example", algorithm, now).unwrap());
        assert!(!verifies(&file, &(record.0, other.1)), "another key");
    }
}

#[tokio::test]
async fn a_firms_own_mail_server_is_tried_kept_sealed_used_and_holds_up_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let common = PythonMail::open(folder.path(), SmtpSecurity::None, false);
    let mut own = PythonMail::open(folder.path(), SmtpSecurity::StartTls, true);
    let smtp = Smtp { trust: Some(own.root()), ..common.settings() };
    let app = TestApp::with(|config| config.smtp = Some(smtp.clone()));
    let mut console = ConsolePage::at(app).await;
    let other = console.app.household("Elders");
    let port = own.port.to_string();
    let fields = |password: &'static str, action: &'static str| {
        [
            ("host", "localhost"),
            ("port", &port),
            ("security", "starttls"),
            ("user", USER),
            ("password", password),
            ("action", action),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |console: &mut ConsolePage, password, action| {
        let fields = fields(password, action);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        console.browser.submit("/kantoor/mailserver", &fields).await
    };
    // The test shows the server's own words, and stores nothing.
    let bad = send(&mut console, "fout", "test").await.text();
    assert!(bad.contains("535") && bad.contains("De test is niet gelukt"), "{bad}");
    let good = send(&mut console, PASSWORD, "test").await.text();
    assert!(good.contains("250") && good.contains("taken as 0"), "{good}");
    assert_eq!(own.taken()[0].to, ["sanne@noord.example"]);
    own.answer(&[("sanne@noord.example", "550 5.7.1 relaying denied")]);
    assert!(send(&mut console, PASSWORD, "test").await.text().contains("relaying denied"));
    own.answer(&[]);
    assert!(console.page("/kantoor/mailserver").await.contains("via de mailserver van Akkoord"));

    assert_eq!(send(&mut console, PASSWORD, "save").await.status, 303);
    let page = console.page("/kantoor/mailserver").await;
    assert!(page.contains("Uw mails gaan via localhost") && !page.contains("een lang geheim"), "{page}");
    // A stored password need not be typed a second time, and is encrypted.
    assert!(send(&mut console, "", "test").await.text().contains("taken as 1"));
    for file in std::fs::read_dir(&console.app.state.config.data).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(14).any(|part| part == b"een lang gehei"), "{path:?}");
        }
    }
    // Nothing of it is sent to another server.
    let elsewhere =
        [("host", "127.0.0.1"), ("port", &port), ("security", "starttls"), ("user", USER), ("action", "test")];
    assert_eq!(console.browser.submit("/kantoor/mailserver", &elsewhere).await.status, 400);

    own.stop();
    queue_urgent(&console.app, &console.home.clone(), 1);
    queue_urgent(&console.app, &other, 1);
    outbox(&console.app, &smtp).send_due().await.unwrap();
    assert_eq!((common.taken().len(), own.taken().len()), (1, 2));
    assert_eq!(common.taken()[0].to, [other.people[0].email.clone()]);
    own.start();
    console.app.pass_seconds(3600);
    outbox(&console.app, &smtp).send_due().await.unwrap();
    // Two of them tell the advisor of a new passkey and of the other mail server.
    assert_eq!((common.taken().len(), own.taken().len()), (1, 5));
    // The firm goes back to the common server, which the advisor is told, too.
    console.browser.log_in().await.unwrap();
    console.browser.submit("/kantoor/mailserver", &[("action", "remove")]).await;
    queue_urgent(&console.app, &console.home.clone(), 1);
    outbox(&console.app, &smtp).send_due().await.unwrap();
    assert_eq!((common.taken().len(), own.taken().len()), (3, 5));
}
