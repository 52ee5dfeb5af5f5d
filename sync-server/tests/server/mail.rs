//! Tests of the texts of mails, and of who gets them.

use mail::Notice;
use model::{
    language::Bilingual,
    mail::{DigestKind, MailKind},
};
use serde_json::Value;
use storage::db::{DbError, MailChoice};
use testkit::{
    harness::{
        Household, START, TestApp,
        mailbox::{YEAR, task},
    },
    smtp_server::smtp,
};

#[test]
fn a_person_is_written_to_in_their_own_language_by_their_advisor() {
    let app = TestApp::new();
    let Household { advisor, client, people: [marieke, thomas], .. } = app.household("Wilgenhof");
    app.queue(task(marieke.id));
    let mail = app.newest_mail().mail;
    assert_eq!(mail.to_address, marieke.email);
    assert_eq!(mail.reply_to, advisor.email);
    assert_eq!(mail.from_address, "portaal@wilgenhof.example");
    assert_eq!((mail.client, mail.person, mail.tax_year), (Some(client.id), Some(marieke.id), Some(YEAR)));
    assert_eq!(mail.subject, "Sanne de Wit vraagt u iets: Checklist IB 2025");
    app.queue(task(thomas.id));
    let mail = app.newest_mail().mail;
    assert_eq!(mail.subject, "Sanne de Wit asks you something: Checklist income tax 2025");
    assert!(mail.body_text.contains("by 1 April 2026"), "{}", mail.body_text);
}

#[test]
fn an_invitation_has_its_secret_in_the_fragment_and_says_how_long_it_works() {
    let app = TestApp::new();
    let Household { advisor, people: [marieke, _], .. } = app.household("Wilgenhof");
    let token = app.invite(&marieke);
    app.queue(Notice::Invitation { person: marieke.id, token: token.clone() });
    let mail = app.newest_mail().mail;
    assert!(
        mail.body_text.contains(&format!("\nhttp://localhost:8080/welkom/wilgenhof/nl#{token}\n")),
        "{}",
        mail.body_text
    );
    // It was made on 2 March, and all of 15 March is within 14 days.
    assert!(mail.body_text.contains("tot en met 15 maart 2026"), "{}", mail.body_text);
    let token = app.invite_advisor(&advisor);
    app.queue(Notice::AdvisorInvitation { advisor: advisor.id, token: token.clone() });
    let mail = app.newest_mail().mail;
    assert_eq!((mail.to_address.as_str(), mail.person, mail.advisor), (advisor.email.as_str(), None, Some(advisor.id)));
    assert!(mail.body_text.contains(&format!("http://localhost:8080/kantoor/welkom#{token}")), "{}", mail.body_text);
}

#[test]
fn the_advisor_is_told_of_what_people_do() {
    let app = TestApp::new();
    let Household { advisor, people: [marieke, _], .. } = app.household("Wilgenhof");
    let (person, tax_year) = (marieke.id, YEAR);
    let chooser = advisor.id;
    for kind in DigestKind::ALL {
        app.state.db.write_blocking(move |tx| tx.set_mail_choice(chooser, *kind, MailChoice::AtOnce)).unwrap();
    }
    let page = "http://localhost:8080/kantoor/klanten/10417/2025";
    let (approval, messages) = (format!("{page}/akkoord"), format!("{page}/berichten"));
    let cases = [
        (Notice::DocumentReceived { person, tax_year }, MailKind::DocumentReceived, page),
        (Notice::HandedIn { person, tax_year }, MailKind::HandedIn, page),
        (
            Notice::Approved { person, tax_year, title: Bilingual::new("Aangifte OB januari 2025", "VAT") },
            MailKind::Approved,
            &approval,
        ),
        (Notice::ApprovalNotAccepted { person, tax_year }, MailKind::ApprovalNotAccepted, &approval),
        (
            Notice::Declined { person, tax_year, title: Bilingual::new("Aangifte OB januari 2025, versie 1", "VAT") },
            MailKind::Declined,
            &approval,
        ),
        (Notice::MessageReceived { person, tax_year }, MailKind::MessageReceived, &messages),
        (Notice::ChangeProposed { person, tax_year }, MailKind::ChangeProposed, &messages),
    ];
    for (notice, kind, link) in cases {
        app.queue(notice);
        let mail = app.newest_mail().mail;
        assert_eq!((mail.to_address.as_str(), mail.kind), (advisor.email.as_str(), kind));
        assert!(mail.subject.contains("Marieke Jansen"), "{}", mail.subject);
        assert!(mail.body_text.lines().any(|line| line == link), "{}", mail.body_text);
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
        app.queue(Notice::Revision { person: marieke.id, tax_year: YEAR, number, due: None });
        let mail = app.newest_mail().mail;
        assert_eq!(mail.kind.word(), kind);
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
        Err(DbError::given_up("on purpose"))
    });
    assert!(failed.is_err());
    assert!(app.mails().is_empty());
}

#[tokio::test]
async fn the_development_mailbox_shows_mails_on_this_machine_only() {
    let app = TestApp::new();
    let Household { people: [marieke, thomas], .. } = app.household("Wilgenhof");
    let mut browser = app.browser();
    assert!(browser.get("/dev/mailbox").await.text().contains("Er zijn nog geen mails."));
    let token = app.invite(&marieke);
    app.queue(Notice::Invitation { person: marieke.id, token: token.clone() });
    app.queue(task(thomas.id));

    let all: Vec<Value> = browser.get("/dev/mailbox.json").await.json();
    assert_eq!(all.len(), 2);
    assert_eq!((all[0]["to"].as_str(), all[0]["kind"].as_str()), (Some("thomas@huis.example"), Some("task")));
    assert_eq!(all[1]["at"].as_i64(), Some(START.0));
    assert!(all[1]["text"].as_str().unwrap().contains(&token) && all[1]["html"].as_str().unwrap().contains(&token));

    let list = browser.get("/dev/mailbox").await.text();
    assert!(list.contains("href=\"/dev/mailbox/1\"") && !list.contains("style="), "{list}");
    let page = browser.get("/dev/mailbox/1").await;
    assert!(
        page.text().contains(&format!("href=\"http://localhost:8080/welkom/wilgenhof/nl#{token}\"")),
        "{}",
        page.text()
    );
    assert!(page.header("content-security-policy").contains("style-src 'self'"));
    let html = browser.get("/dev/mailbox/1/html").await;
    assert_eq!(
        html.header("content-security-policy"),
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    );
    assert_eq!(browser.get("/dev/mailbox/99").await.status, 404);

    let elsewhere = TestApp::with(|config| {
        config.origin = accounts::origin::Origin::parse("https://portaal.example.nl").unwrap();
    });
    let with_server = TestApp::with(|config| config.smtp = Some(smtp(25)));
    for app in [elsewhere, with_server] {
        for path in ["/dev/mailbox", "/dev/mailbox.json", "/dev/mailbox/1", "/dev/mailbox/1/html"] {
            assert_eq!(app.browser().get(path).await.status, 404, "{path}");
        }
    }
}
