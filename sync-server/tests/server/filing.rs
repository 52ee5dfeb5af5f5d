//! Tests of what people hear about a tax return that others sign, too: a refusal by somebody else, and the mark that it
//! was filed, which can be undone.

use documents::dossier::DossierYear;
use dossiers::{ActionError, NewRevision, WantedReturn};
use mail::{Delivery, outbox::Outbox};
use model::{event::Event, hash::ContentHash, id::*, record::*, tax_return::Capacity};
use storage::{
    clock::random,
    db::{DbError, MailState, OutboxRow, PersonRow},
};
use sync_server::state::AppState;
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR},
    harness::{Browser, START},
};

/// Returns the household's return after everybody approved it.
async fn approved(console: &mut ConsolePage) -> RevisionId {
    let revision = console.set_out_revision("1").await;
    for person in console.home.people.clone() {
        let mut browser = console.app.person_browser(&person).await;
        console.approve(&mut browser, &person, revision).await;
    }
    revision
}

async fn decline(console: &ConsolePage, browser: &mut Browser, person: &PersonRow, revision: RevisionId) {
    let (by, at) = (person.id, console.app.now());
    let decline = Decline { revision, by, at, reason: "De verdeling klopt niet".into() };
    console.write(browser, &DeclineId::from_random(random()), &decline).await;
}

fn file(console: &ConsolePage, revision: RevisionId, reason: &str) -> Result<(), ActionError> {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, reason)
}

fn undo(console: &ConsolePage, revision: RevisionId) {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.undo_filing(&home.advisor, home.client.id, YEAR, revision).unwrap();
}

/// Returns the mails of a kind, oldest first.
fn mails(console: &ConsolePage, kind: &str) -> Vec<OutboxRow> {
    let mut mails = console.app.mails_of(kind);
    mails.sort_by_key(|row| row.id);
    mails
}

/// Sends what is due.
async fn send_due(console: &ConsolePage) {
    let AppState { db, clock, composer, .. } = console.app.state.clone();
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::new(db, clock, Delivery::Folder(folder.path().to_owned()), composer.queued());
    outbox.send_due().await.unwrap();
}

fn happened(console: &ConsolePage) -> Vec<Event> {
    let client = console.home.client.id;
    let events = console.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 100)).unwrap();
    events.into_iter().map(|past| past.event).collect()
}

#[tokio::test]
async fn those_who_signed_hear_that_another_refused() {
    let mut console = ConsolePage::new().await;
    let revision = console.set_out_revision("1").await;
    let [marieke, thomas] = console.home.people.clone();
    let mut his = console.app.person_browser(&thomas).await;
    let mut hers = console.app.person_browser(&marieke).await;
    // Nobody who has not signed is told.
    decline(&console, &mut his, &thomas, revision).await;
    assert!(mails(&console, "other_declined").is_empty());
    console.approve(&mut hers, &marieke, revision).await;
    decline(&console, &mut his, &thomas, revision).await;
    let told = mails(&console, "other_declined");
    assert_eq!(told.len(), 1);
    let OutboxRow { mail, .. } = &told[0];
    assert_eq!((&mail.to_address, mail.person), (&marieke.email, Some(marieke.id)));
    assert_eq!(mail.subject, format!("{} is niet akkoord: Aangifte IB 2025", thomas.given_name));
    assert!(!mail.body_text.contains("verdeling"), "the reason is not in the mail: {}", mail.body_text);
    // Her own refusal is told to nobody, because nobody else has an approval that stands.
    decline(&console, &mut hers, &marieke, revision).await;
    assert_eq!(mails(&console, "other_declined").len(), 1);
}

#[tokio::test]
async fn who_withdraws_an_approval_is_heard_by_those_who_signed() {
    let mut console = ConsolePage::new().await;
    let revision = console.set_out_revision("1").await;
    let [marieke, thomas] = console.home.people.clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let hers_id = console.approve(&mut hers, &marieke, revision).await;
    let mut his = console.app.person_browser(&thomas).await;
    console.approve(&mut his, &thomas, revision).await;
    let withdrawal = ApprovalWithdrawal { by: marieke.id, at: console.app.now(), reason: "Toch niet".into() };
    console.write(&mut hers, &hers_id, &withdrawal).await;
    let told: Vec<_> = mails(&console, "other_declined").iter().map(|row| row.mail.person).collect();
    assert_eq!(told, [Some(thomas.id)]);
}

#[tokio::test]
async fn mails_about_filing_leave_after_ten_minutes_and_an_undo_stops_them() {
    let mut console = ConsolePage::new().await;
    let revision = approved(&mut console).await;
    file(&console, revision, "").unwrap();
    file(&console, revision, "").unwrap();
    let waiting = mails(&console, "filed");
    assert_eq!(waiting.len(), 2, "one for each, also if it is marked twice");
    console.app.pass_seconds(590);
    send_due(&console).await;
    assert!(mails(&console, "filed").iter().all(|row| row.attempts == 0));
    undo(&console, revision);
    assert!(mails(&console, "filed").is_empty());
    undo(&console, revision);
    console.app.pass_seconds(3_600);
    send_due(&console).await;
    assert!(mails(&console, "filing_undone").is_empty(), "nobody was told anything");
    let undone = happened(&console).into_iter().filter(|e| matches!(e, Event::FilingUndone { told: false, .. }));
    assert_eq!(undone.count(), 1);
}

#[tokio::test]
async fn a_later_undo_corrects_what_was_told_and_only_that() {
    let mut console = ConsolePage::new().await;
    let revision = approved(&mut console).await;
    file(&console, revision, "").unwrap();
    console.app.pass_seconds(601);
    send_due(&console).await;
    assert!(mails(&console, "filed").iter().all(|row| row.attempts == 1));
    undo(&console, revision);
    let corrected = mails(&console, "filing_undone");
    assert_eq!(corrected.len(), 2);
    assert!(
        corrected.iter().all(|row| row.mail.subject.contains("Aangifte IB 2025") || row.mail.subject.contains("2025"))
    );
    // Marked once more and undone at once, nobody hears of it a second time.
    console.app.pass_seconds(60);
    file(&console, revision, "").unwrap();
    undo(&console, revision);
    assert_eq!((mails(&console, "filed").len(), mails(&console, "filing_undone").len()), (2, 2));
    let events = happened(&console);
    assert!(events.contains(&Event::FilingUndone { revision, told: true }));
    assert!(events.contains(&Event::FilingUndone { revision, told: false }));
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("krijgt een correctie") && page.contains("vertrokken niet"), "{page}");
}

#[tokio::test]
async fn filing_without_approval_is_told_in_words() {
    let mut console = ConsolePage::new().await;
    let revision = console.set_out_revision("1").await;
    assert!(matches!(file(&console, revision, ""), Err(ActionError::NotApproved)));
    assert!(mails(&console, "filed").is_empty());
    file(&console, revision, "De termijn liep af").unwrap();
    let told = mails(&console, "filed");
    let dutch = &told.iter().find(|row| row.mail.subject.starts_with("Verstuurd")).unwrap().mail.body_text;
    assert!(dutch.contains("Niet iedereen van wie wij akkoord vroegen, had toen akkoord gegeven."), "{dutch}");
    assert!(!dutch.contains("termijn liep af"), "{dutch}");
    assert!(happened(&console).contains(&Event::RevisionFiled { revision, unapproved: true }));
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains("zonder ieders akkoord"));
}

#[tokio::test]
async fn no_mail_about_filing_leaves_at_night() {
    let mut console = ConsolePage::new().await;
    let revision = approved(&mut console).await;
    // It was 10:00 in Dutch time, and becomes 20:55; the night ends 21 hours after the start.
    console.app.pass_seconds(START.0 / 1000 - console.app.now().0 / 1000 + 10 * 3_600 + 55 * 60);
    file(&console, revision, "").unwrap();
    for row in mails(&console, "filed") {
        let leaves = START.plus_seconds(21 * 3_600);
        assert_eq!(row.state, MailState::Waiting { next_attempt_at: leaves });
    }
    console.app.pass_seconds(6 * 3_600);
    undo(&console, revision);
    assert!(mails(&console, "filed").is_empty(), "in the night nobody was told");
}

#[tokio::test]
async fn the_open_return_of_the_partner_is_said_before_one_is_filed() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let alone = |person: &PersonRow| {
        let file = DeliveredFile { name: "a.pdf".into(), size: 1, hash: ContentHash(random()), pages: 1 };
        let new = NewRevision {
            returns: vec![WantedReturn::income_tax(person.id, YEAR)],
            approvers: vec![(person.id, Capacity::Taxpayer)],
            ..NewRevision::of_household(&DossierYear::default(), YEAR, file)
        };
        let (dossiers, home) = (&console.app.state.dossiers, &console.home);
        dossiers.set_out_revision(&home.advisor, home.client.id, YEAR, new).unwrap()
    };
    let (hers, his) = (alone(&marieke), alone(&thomas));
    let mut browser = console.app.person_browser(&marieke).await;
    console.approve(&mut browser, &marieke, hers).await;
    let year = console.year();
    assert_eq!(year.open_beside(year.revision(hers).unwrap()).map(|r| r.id), Some(his));
    assert!(year.open_beside(year.revision(his).unwrap()).is_none(), "hers is approved");
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    let warning = format!("De aangifte van {} over hetzelfde tijdvak is nog niet akkoord", thomas.name);
    assert_eq!(page.matches(&warning).count(), 1, "{page}");
    let mut browser = console.app.person_browser(&thomas).await;
    decline(&console, &mut browser, &thomas, his).await;
    assert!(console.page(&format!("{PAGE}/akkoord")).await.contains(&warning));
}
