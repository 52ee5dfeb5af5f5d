//! Tests of the outbox as the firm sees it, and of the settings of when mails leave.

use axum::http::StatusCode;
use mail::{Delivery, Notice, Schedule, Security, outbox::Outbox};
use model::{language::Bilingual, mail::DigestKind, mail_address::MailAddress};
use storage::db::{AdvisorRole, DbError, MailChoice, MailState};
use testkit::{
    console_page::{ConsolePage, PAGE, assert_redirect},
    harness::mailbox::{YEAR, task},
    smtp_server::{SmtpServer, smtp},
};

const OUTGOING: &str = "/kantoor/uitgaand";

async fn send_due(console: &ConsolePage, smtp_server: &SmtpServer) {
    let state = &console.app.state;
    let delivery = Delivery::smtp(&smtp(smtp_server.port()), "localhost").unwrap();
    Outbox::new(state.db.clone(), state.clock.clone(), delivery, state.composer.queued()).send_due().await.unwrap();
}

#[tokio::test]
async fn a_failed_mail_shows_where_it_matters_and_is_sent_again_to_the_address_of_now() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let smtp_server = SmtpServer::open();
    console.app.queue(task(marieke.id));
    console.app.queue(task(thomas.id));
    smtp_server.answer_for(&marieke.email, 550, "no such mailbox");
    send_due(&console, &smtp_server).await;
    let id = console.app.mails()[1].id;

    let table = console.page(&format!("{OUTGOING}?staat=mislukt")).await;
    for words in [marieke.email.as_str(), "no such mailbox", "Controleer het adres", "Niet bezorgd"] {
        assert!(table.contains(words), "{words}: {table}");
    }
    assert!(!table.contains(&thomas.email));
    assert!(console.page("/kantoor").await.contains("1 mail kon niet worden bezorgd."));
    let dossier = console.page(PAGE).await;
    assert!(dossier.contains(&format!("Een mail aan {} kon niet worden bezorgd", marieke.email)), "{dossier}");
    assert!(dossier.contains("Verstuurd ") && dossier.contains("klant=10417"), "{dossier}");
    for query in ["?staat=verstuurd", "?q=thomas%40", "?klant=10417&staat=verstuurd"] {
        let table = console.page(&format!("{OUTGOING}{query}")).await;
        assert!(table.contains(&thomas.email) && !table.contains(&format!("\"row\">{}", marieke.email)), "{query}");
    }

    let mut corrected = marieke.clone();
    corrected.email = "nieuw@huis.example".into();
    let person = corrected.clone();
    console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_email(person.id, &person.email)).unwrap();
    // A mail that is sent a second time much later gets five days more.
    console.app.pass_seconds(20 * 24 * 3600);
    console.browser.log_in().await.unwrap();
    assert_redirect(&console.browser.submit(&format!("{OUTGOING}/{id}/opnieuw"), &[]).await, OUTGOING);
    smtp_server.answer_for("nieuw@huis.example", 451, "greylisted");
    send_due(&console, &smtp_server).await;
    let row = &console.app.mails()[1];
    assert!(matches!(row.state, MailState::Waiting { .. }) && row.attempts == 1, "{row:?}");
    assert!(console.page(OUTGOING).await.contains("Wordt opnieuw geprobeerd"));
    smtp_server.answer_for("nieuw@huis.example", 250, "OK");
    console.browser.submit(&format!("{OUTGOING}/{id}/opnieuw"), &[]).await;
    send_due(&console, &smtp_server).await;
    assert_eq!(smtp_server.letters().last().unwrap().recipients, ["nieuw@huis.example"]);
    assert!(console.page(PAGE).await.matches("kon niet worden bezorgd").count() == 0);
    // A mail that was sent is not sent a second time.
    assert_eq!(console.browser.submit(&format!("{OUTGOING}/{id}/opnieuw"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_failure_that_was_seen_is_told_no_more_and_another_firm_reaches_none() {
    let mut console = ConsolePage::new().await;
    let other = console.app.household("Elders");
    let smtp_server = SmtpServer::open();
    let marieke = console.home.people[0].clone();
    console.app.queue(task(marieke.id));
    smtp_server.answer_for(&marieke.email, 550, "no such mailbox");
    send_due(&console, &smtp_server).await;
    let id = console.app.newest_mail().id;
    let mut stranger = console.app.advisor_browser(&other.advisor).await;
    for (method, path) in [("post", format!("{OUTGOING}/{id}/opnieuw")), ("post", format!("{OUTGOING}/{id}/gezien"))] {
        assert_eq!(stranger.submit(&path, &[]).await.status, StatusCode::NOT_FOUND, "{method} {path}");
    }
    assert!(!stranger.get(OUTGOING).await.text().contains("no such mailbox"));
    let row = console.app.state.db.read::<_, DbError>(|q| q.mail(id)).unwrap().unwrap();
    assert!(matches!(row.state, MailState::Failed { .. }));
    console.browser.submit(&format!("{OUTGOING}/{id}/gezien"), &[]).await;
    assert!(!console.page("/kantoor").await.contains("niet worden bezorgd"));
    assert!(!console.page(PAGE).await.contains("kon niet worden bezorgd"));
    assert!(console.page(&format!("{OUTGOING}?staat=mislukt")).await.contains("no such mailbox"));
}

#[tokio::test]
async fn the_table_shows_no_secret_that_a_mail_holds() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let token = console.app.invite(&marieke);
    console.app.queue(Notice::Invitation { person: marieke.id, token: token.clone() });
    let what = Security::MailCode { to: MailAddress::read("nieuw@huis.example").unwrap(), code: "482913".into() };
    console.app.queue(Notice::Security { person: marieke.id, what });
    for path in [OUTGOING, PAGE] {
        let html = console.page(path).await;
        assert!(
            html.contains("Code voor een mailadres") && !html.contains("482913") && !html.contains(&token),
            "{html}"
        );
    }
}

#[tokio::test]
async fn an_advisor_chooses_for_each_kind_how_to_hear_of_it() {
    let mut console = ConsolePage::new().await;
    let before = console.app.mails().len();
    let page = console.page("/kantoor/mailtijden").await;
    assert_eq!(page.matches("value=\"at_once\" checked").count(), 6, "{page}");
    let answer = console
        .browser
        .submit(
            "/kantoor/mailtijden/mijn",
            &[("approved", "digest"), ("declined", "never"), ("invitation", "never"), ("handed_in", "x")],
        )
        .await;
    assert_redirect(&answer, "/kantoor/mailtijden?opgeslagen");
    console.browser.submit("/kantoor/mailtijden/mijn", &[("language", "en")]).await;
    assert!(console.page("/kantoor/mailtijden").await.contains("When mails leave"));
    console.browser.submit("/kantoor/mailtijden/mijn", &[("language", "de")]).await;
    assert!(console.page("/kantoor/mailtijden").await.contains("When mails leave"));
    let me = console.home.advisor.id;
    let choice = |kind: DigestKind| console.app.state.db.read::<_, DbError>(|q| q.mail_choice(me, kind)).unwrap();
    assert_eq!(
        [DigestKind::Approved, DigestKind::Declined, DigestKind::HandedIn].map(choice),
        [MailChoice::Digest, MailChoice::Never, MailChoice::AtOnce]
    );
    console.app.queue(Notice::Declined {
        person: console.home.people[0].id,
        tax_year: YEAR,
        title: Bilingual::default(),
    });
    console.app.queue(Notice::Approved {
        person: console.home.people[0].id,
        tax_year: YEAR,
        title: Bilingual::default(),
    });
    assert_eq!(console.app.mails().len(), before);
}

#[tokio::test]
async fn a_firm_sets_hours_and_reminders_and_no_other_firm_feels_it() {
    let mut console = ConsolePage::new().await;
    let other = console.app.household("Elders");
    let fields = |approval| {
        [
            ("approval", approval),
            ("checklist", "-14, 2"),
            ("documents", ""),
            ("quiet_from", "9"),
            ("quiet_until", "12"),
            ("digest_at", "13"),
        ]
    };
    let wrong = console.browser.submit("/kantoor/mailtijden/kantoor", &fields("-99")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text().contains("tussen -60 en 60") && wrong.text().contains("-99"));
    let answer = console.browser.submit("/kantoor/mailtijden/kantoor", &fields("3, -7")).await;
    assert_redirect(&answer, "/kantoor/mailtijden?opgeslagen");
    let schedule = |firm| console.app.state.db.read(|q| Schedule::of(q, firm)).unwrap();
    let mine = schedule(console.home.firm.id);
    assert_eq!(
        (mine.approval, mine.checklist, mine.documents, mine.digest_at),
        (vec![-7, 3], vec![-14, 2], vec![], 13)
    );
    assert_eq!(schedule(other.firm.id), Schedule::default());
    // It is ten o'clock, which is a quiet hour for this firm and not for the other.
    console.app.queue(task(console.home.people[0].id));
    let quiet = console.app.newest_mail().state;
    assert_eq!(quiet, MailState::Waiting { next_attempt_at: console.app.now().plus_seconds(2 * 3600) });
    console.app.queue(task(other.people[0].id));
    assert_eq!(console.app.newest_mail().state, MailState::Waiting { next_attempt_at: console.app.now() });
    let colleague = storage::db::Advisor {
        id: model::id::AdvisorId::from_bytes([5; 16]),
        role: AdvisorRole::Advisor,
        ..console.home.advisor.clone()
    };
    let kept = colleague.clone();
    console
        .app
        .state
        .db
        .write_blocking::<_, DbError>(move |tx| tx.add_advisor(&kept, model::time::Timestamp(0)))
        .unwrap();
    let mut browser = console.app.advisor_browser(&colleague).await;
    assert_eq!(browser.submit("/kantoor/mailtijden/kantoor", &fields("")).await.status, StatusCode::FORBIDDEN);
    assert!(browser.get("/kantoor/mailtijden").await.text().contains("Alleen een beheerder"));
}
