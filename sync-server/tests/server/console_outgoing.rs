//! Tests of the outbox as the firm sees it, and of the settings of when mails leave.

use axum::http::StatusCode;
use mail::{Delivery, Notice, Schedule, Security, outbox::Outbox};
use model::mail::DigestKind;
use storage::db::{AdvisorRole, DbError, MailChoice, MailState};
use testkit::{
    desk::{Desk, PAGE, assert_redirect},
    post_office::{PostOffice, YEAR, mails, newest, queue, smtp, task},
};

const OUTGOING: &str = "/kantoor/uitgaand";

async fn send_due(desk: &Desk, office: &PostOffice) {
    let state = &desk.app.state;
    let delivery = Delivery::smtp(&smtp(office.port()), "localhost").unwrap();
    Outbox::new(state.db.clone(), state.clock.clone(), delivery, state.composer.queued()).send_due().await.unwrap();
}

#[tokio::test]
async fn a_failed_mail_shows_where_it_matters_and_is_sent_again_to_the_address_of_now() {
    let mut desk = Desk::new().await;
    let [marieke, thomas] = desk.home.people.clone();
    let office = PostOffice::open();
    queue(&desk.app, task(marieke.id));
    queue(&desk.app, task(thomas.id));
    office.answer_for(&marieke.email, 550, "no such mailbox");
    send_due(&desk, &office).await;
    let id = mails(&desk.app)[1].id;

    let table = desk.page(&format!("{OUTGOING}?staat=mislukt")).await;
    for words in [marieke.email.as_str(), "no such mailbox", "Controleer het adres", "Niet bezorgd"] {
        assert!(table.contains(words), "{words}: {table}");
    }
    assert!(!table.contains(&thomas.email));
    assert!(desk.page("/kantoor").await.contains("1 mail kon niet worden bezorgd."));
    let dossier = desk.page(PAGE).await;
    assert!(dossier.contains(&format!("Een mail aan {} kon niet worden bezorgd", marieke.email)), "{dossier}");
    assert!(dossier.contains("Verstuurd ") && dossier.contains("klant=10417"), "{dossier}");
    for query in ["?staat=verstuurd", "?q=thomas%40", "?klant=10417&staat=verstuurd"] {
        let table = desk.page(&format!("{OUTGOING}{query}")).await;
        assert!(table.contains(&thomas.email) && !table.contains(&format!("\"row\">{}", marieke.email)), "{query}");
    }

    let mut corrected = marieke.clone();
    corrected.email = "nieuw@huis.example".into();
    let person = corrected.clone();
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.set_person_email(person.id, &person.email)).unwrap();
    // A mail that is sent a second time much later gets five days more.
    desk.app.pass_seconds(20 * 24 * 3600);
    assert_redirect(&desk.browser.submit(&format!("{OUTGOING}/{id}/opnieuw"), &[]).await, OUTGOING);
    office.answer_for("nieuw@huis.example", 451, "greylisted");
    send_due(&desk, &office).await;
    let row = &mails(&desk.app)[1];
    assert!(matches!(row.state, MailState::Waiting { .. }) && row.attempts == 1, "{row:?}");
    assert!(desk.page(OUTGOING).await.contains("Wordt opnieuw geprobeerd"));
    office.answer_for("nieuw@huis.example", 250, "OK");
    desk.browser.submit(&format!("{OUTGOING}/{id}/opnieuw"), &[]).await;
    send_due(&desk, &office).await;
    assert_eq!(office.letters().last().unwrap().recipients, ["nieuw@huis.example"]);
    assert!(desk.page(PAGE).await.matches("kon niet worden bezorgd").count() == 0);
    // A mail that was sent is not sent a second time.
    assert_eq!(desk.browser.submit(&format!("{OUTGOING}/{id}/opnieuw"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_failure_that_was_seen_is_told_no_more_and_another_firm_reaches_none() {
    let mut desk = Desk::new().await;
    let other = desk.app.household("Elders");
    let office = PostOffice::open();
    let marieke = desk.home.people[0].clone();
    queue(&desk.app, task(marieke.id));
    office.answer_for(&marieke.email, 550, "no such mailbox");
    send_due(&desk, &office).await;
    let id = newest(&desk.app).id;
    let mut stranger = desk.app.advisor_browser(&other.advisor).await;
    for (method, path) in [("post", format!("{OUTGOING}/{id}/opnieuw")), ("post", format!("{OUTGOING}/{id}/gezien"))] {
        assert_eq!(stranger.submit(&path, &[]).await.status, StatusCode::NOT_FOUND, "{method} {path}");
    }
    assert!(!stranger.get(OUTGOING).await.text().contains("no such mailbox"));
    let row = desk.app.state.db.read::<_, DbError>(|q| q.mail(id)).unwrap().unwrap();
    assert!(matches!(row.state, MailState::Failed { .. }));
    desk.browser.submit(&format!("{OUTGOING}/{id}/gezien"), &[]).await;
    assert!(!desk.page("/kantoor").await.contains("niet worden bezorgd"));
    assert!(!desk.page(PAGE).await.contains("kon niet worden bezorgd"));
    assert!(desk.page(&format!("{OUTGOING}?staat=mislukt")).await.contains("no such mailbox"));
}

#[tokio::test]
async fn the_table_shows_no_secret_that_a_mail_holds() {
    let mut desk = Desk::new().await;
    let marieke = desk.home.people[0].clone();
    let token = desk.app.invite(&marieke);
    queue(&desk.app, Notice::Invitation { person: marieke.id, token: token.clone() });
    let what = Security::MailCode { to: "nieuw@huis.example".into(), code: "482913".into() };
    queue(&desk.app, Notice::Security { person: marieke.id, what });
    for path in [OUTGOING, PAGE] {
        let html = desk.page(path).await;
        assert!(
            html.contains("Code voor een mailadres") && !html.contains("482913") && !html.contains(&token),
            "{html}"
        );
    }
}

#[tokio::test]
async fn an_advisor_chooses_for_each_kind_how_to_hear_of_it() {
    let mut desk = Desk::new().await;
    let before = mails(&desk.app).len();
    let page = desk.page("/kantoor/mailtijden").await;
    assert_eq!(page.matches("value=\"at_once\" checked").count(), 6, "{page}");
    let answer = desk
        .browser
        .submit(
            "/kantoor/mailtijden/mijn",
            &[("approved", "digest"), ("declined", "never"), ("invitation", "never"), ("handed_in", "x")],
        )
        .await;
    assert_redirect(&answer, "/kantoor/mailtijden?opgeslagen");
    desk.browser.submit("/kantoor/mailtijden/mijn", &[("language", "en")]).await;
    assert!(desk.page("/kantoor/mailtijden").await.contains("When mails leave"));
    desk.browser.submit("/kantoor/mailtijden/mijn", &[("language", "de")]).await;
    assert!(desk.page("/kantoor/mailtijden").await.contains("When mails leave"));
    let me = desk.home.advisor.id;
    let choice = |kind: DigestKind| desk.app.state.db.read::<_, DbError>(|q| q.mail_choice(me, kind)).unwrap();
    assert_eq!(
        [DigestKind::Approved, DigestKind::Declined, DigestKind::HandedIn].map(choice),
        [MailChoice::Digest, MailChoice::Never, MailChoice::AtOnce]
    );
    queue(&desk.app, Notice::Declined { person: desk.home.people[0].id, tax_year: YEAR, number: 1 });
    queue(&desk.app, Notice::Approved { person: desk.home.people[0].id, tax_year: YEAR, number: 1 });
    assert_eq!(mails(&desk.app).len(), before);
}

#[tokio::test]
async fn a_firm_sets_hours_and_reminders_and_no_other_firm_feels_it() {
    let mut desk = Desk::new().await;
    let other = desk.app.household("Elders");
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
    let wrong = desk.browser.submit("/kantoor/mailtijden/kantoor", &fields("-99")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.text().contains("tussen -60 en 60") && wrong.text().contains("-99"));
    let answer = desk.browser.submit("/kantoor/mailtijden/kantoor", &fields("3, -7")).await;
    assert_redirect(&answer, "/kantoor/mailtijden?opgeslagen");
    let schedule = |firm| desk.app.state.db.read(|q| Schedule::of(q, firm)).unwrap();
    let mine = schedule(desk.home.firm.id);
    assert_eq!(
        (mine.approval, mine.checklist, mine.documents, mine.digest_at),
        (vec![-7, 3], vec![-14, 2], vec![], 13)
    );
    assert_eq!(schedule(other.firm.id), Schedule::default());
    // It is ten o'clock, which is a quiet hour for this firm and not for the other.
    queue(&desk.app, task(desk.home.people[0].id));
    let quiet = newest(&desk.app).state;
    assert_eq!(quiet, MailState::Waiting { next_attempt_at: desk.app.now().plus_seconds(2 * 3600) });
    queue(&desk.app, task(other.people[0].id));
    assert_eq!(newest(&desk.app).state, MailState::Waiting { next_attempt_at: desk.app.now() });
    let colleague = storage::db::Advisor {
        id: model::id::AdvisorId::from_bytes([5; 16]),
        role: AdvisorRole::Advisor,
        ..desk.home.advisor.clone()
    };
    let kept = colleague.clone();
    desk.app.state.db.write_blocking::<_, DbError>(move |tx| tx.add_advisor(&kept, model::time::Timestamp(0))).unwrap();
    let mut browser = desk.app.advisor_browser(&colleague).await;
    assert_eq!(browser.submit("/kantoor/mailtijden/kantoor", &fields("")).await.status, StatusCode::FORBIDDEN);
    assert!(browser.get("/kantoor/mailtijden").await.text().contains("Alleen een beheerder"));
}
